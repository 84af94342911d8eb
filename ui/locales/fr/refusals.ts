import type { RefusalTexts } from '../../../node/domain/values/refusal.ts'
import { typesetFrench } from '../typography.ts'

/** The messages for what was refused, or failed on another server. */
export const refusalsFr = typesetFrench<RefusalTexts>({
  'accounts.account_gone': 'Ce compte n’existe plus.',
  'accounts.email_taken': 'Cette adresse e-mail est déjà celle d’un autre compte.',
  'accounts.invitation_gone': 'Cette invitation n’attend plus.',
  'accounts.no_such_role': 'Ce rôle n’existe pas.',
  'accounts.second_factor_required':
    'L’équipe de ce site demande un deuxième facteur à chaque compte : ajoutez-le d’abord, sur « Mon compte ».',
  'accounts.token_gone': 'Ce jeton n’existe plus.',
  'admin.mail_gone': 'Ce message n’est plus à envoyer.',
  'admin.no_mail_here': 'Ce site n’envoie pas de courriels.',
  'admin.not_an_email': 'Cette adresse e-mail est incomplète.',
  'cafes.cafe_gone': 'Ce café n’existe plus.',
  'cafes.changed_meanwhile':
    'L’une de ces annonces a changé entre-temps : regardez-les de nouveau.',
  'cafes.deleted': 'La structure qui organisait ce café l’a supprimé.',
  'cafes.not_announced': 'Ce café n’existe pas, n’existe plus, ou n’est pas encore annoncé.',
  'cafes.not_yours': 'Ce café n’existe pas, ou n’est pas à votre structure.',
  'cafes.one_gone': 'L’un de ces cafés n’existe plus.',
  'cafes.series_deleted': 'La structure qui organisait cette série l’a supprimée.',
  'cafes.series_of_calendar':
    'Les dates de cette série viennent d’un agenda que vous suivez : changez-les là-bas, ou cessez de le suivre.',
  'cafes.series_not_yours': 'Cette série n’existe pas, ou n’est pas à votre structure.',
  'cafes.venue_not_yours': 'Ce lieu n’existe pas, ou n’est pas à votre structure.',
  'data.agenda_needs_key':
    'OpenAgenda ne laisse lire un agenda qu’avec une clé publique : ajoutez-la à la fin de l’adresse (?key=…).',
  'data.calendar_cut': 'L’agenda reçu s’arrête au milieu : sa fin manque.',
  'data.webhook_gone': 'Ce webhook n’existe plus.',
  'data.calendar_gone': 'Cet agenda n’est plus suivi.',
  'data.document_too_large':
    'Ce fichier est trop grand pour être vérifié sans JavaScript : 1 Mo au plus.',
  'data.exports_busy': ({ minutes }) =>
    `Trop de fichiers sont demandés en ce moment. Revenez dans ${minutes > 1 ? `${minutes} minutes` : 'une minute'}.`,
  'data.files_in_preparation':
    'Les fichiers sont en préparation. Réessayez dans quelques instants.',
  'data.import_busy': 'D’autres fichiers sont en cours de lecture. Recommencez dans une minute.',
  'data.import_too_large': 'Ce fichier est trop grand : 5 Mo au plus.',
  'data.import_too_slow':
    'Ce fichier demande trop de temps ou de mémoire à lire. Découpez-le en plusieurs fichiers.',
  'data.not_a_calendar': 'À cette adresse, il n’y a ni agenda ni tableau que nous sachions lire.',
  'data.too_many_calendars':
    'Vous suivez déjà 20 agendas : arrêtez d’en suivre un avant d’en ajouter.',
  'data.unknown_agenda': 'OpenAgenda ne connaît pas d’agenda de ce nom.',
  'directory.following_gone': 'Cet abonnement n’existe plus.',
  'directory.hidden_above':
    'L’équipe de l’annuaire, ou quelqu’un d’un territoire plus large, a masqué ceci : demandez-lui de le montrer.',
  'directory.object_gone': 'Ce que vous vouliez masquer ou montrer n’est plus ici.',
  'directory.structure_hidden':
    'La structure de ce café est masquée ici : montrez d’abord la structure.',
  'directory.unknown_site': 'Ce site n’est pas connu ici.',
  'facilitators.already_accepted': 'Cette demande est déjà acceptée.',
  'facilitators.already_written': 'Cette personne a déjà écrit son profil.',
  'facilitators.profile_gone': 'Ce profil n’existe plus.',
  'follow.not_offered': ({ host }) =>
    `${host} ne permet pas de suivre un compte depuis un autre site. Copiez plutôt l’adresse ci-dessous dans sa recherche.`,
  'flags.gone': 'Ce signalement, ou ce qu’il visait, n’est plus ici.',
  'flags.not_yours': 'Ce signalement n’est pas de votre territoire.',
  'flags.outcome': 'Cette décision n’est pas possible pour cette page.',
  'flags.same_person':
    'Vous avez pris cette décision : une autre personne de l’équipe répond au recours.',
  'follow.not_whole':
    'Écrivez l’adresse entière de votre compte, par exemple @camille@mastodon.example',
  'follow.own_address':
    'C’est l’adresse de ce site. Donnez celle de votre propre compte, sur un autre site.',
  'follow.unknown_account': 'Ce site ne connaît pas ce compte.',
  'networks.changed_meanwhile': 'Cela a changé entre-temps : revenez à la page du réseau.',
  'networks.list_changed_meanwhile': 'Cela a changé entre-temps : revenez à la page des réseaux.',
  'networks.manager_gone': 'Cette personne n’a plus accès.',
  'networks.no_such_network':
    'Il n’y a pas de réseau à cette adresse. Vérifiez-la : elle contient /reseaux/.',
  'networks.no_such_structure': 'Il n’y a pas de structure qui annonce des cafés à cette adresse.',
  'networks.not_yours': 'Ce réseau n’existe pas, ou n’est pas à votre structure.',
  'referents.directory_not_ready':
    'L’annuaire n’a pas encore rempli ses pages légales : l’équipe doit le faire d’abord.',
  'referents.no_such_request':
    'Aucun lieu à cette adresse n’attend une réponse de l’équipe, ou il est dans un autre territoire. Revenez à la page précédente : ce que vous avez écrit y est encore.',
  'referents.not_your_territory': 'Cette page n’existe pas, ou n’est pas de votre territoire.',
  'referents.person_gone': 'Cette personne n’est plus connue ici.',
  'remote.blocked_address': 'Cette adresse n’est pas celle d’un site public.',
  'remote.content_type': 'Le site a répondu autre chose que ce qui était attendu.',
  'remote.network': 'Le site ne répond pas.',
  'remote.no_account': 'Il n’y a pas de compte à suivre à cette adresse.',
  'remote.not_a_site': 'Cette adresse n’est pas celle d’un site.',
  'remote.other_name': ({ name, host }) =>
    `Le compte auquel @${name}@${host} mène ne porte pas ce nom.`,
  'remote.redirect': 'Cette adresse renvoie vers une autre, puis une autre encore.',
  'remote.scheme': 'L’adresse doit commencer par https://.',
  'remote.status': 'Le site a répondu par une erreur.',
  'remote.status_code': ({ status }) => `Le site a répondu par l’erreur ${status}.`,
  'remote.timeout': 'Le site n’a pas répondu à temps.',
  'remote.too_big': 'Ce fichier est trop gros.',
  'remote.unexpected': 'Ce site ne répond pas comme attendu.',
  'remote.unknown_handle': ({ name, host }) => `${host} ne connaît pas @${name}@${host}.`,
  'remote.unreachable_account': 'Ce compte ne peut pas être joint.',
  'registrations.gone': 'Cette inscription n’existe plus : la personne l’a peut-être effacée.',
  'resources.not_yours': 'Cette ressource n’existe pas, ou n’est pas à votre structure.',
  'site.administrators_only':
    'Cette page est réservée aux personnes qui administrent ce site. Demandez à l’une d’elles de faire ce que vous vouliez, ou de vous donner ce rôle, page « Équipe ».',
  'site.foreign_form':
    'Cette demande ne vient pas d’une page de ce site : rien n’a été changé. Ouvrez la page depuis le menu, puis recommencez.',
  'site.form_expired':
    'Cette page était ouverte depuis trop longtemps : rien n’a été changé. Revenez en arrière, rechargez la page et recommencez ; ce que vous avez écrit y est peut-être encore.',
  'site.form_too_large': 'Ce qui a été envoyé est trop grand.',
  'site.image_too_large':
    'Cette image est trop grande : 10 Mo au plus. Revenez à la page précédente : ce que vous avez écrit y est encore.',
  'site.busy': 'Trop de demandes arrivent en ce moment. Réessayez dans une minute.',
  'site.malformed_address': 'Cette adresse est mal formée.',
  'site.no_such_page': 'Cette page n’existe pas.',
  'site.session_over':
    'Votre session est terminée, et ce formulaire est trop grand pour être gardé. Connectez-vous dans un autre onglet, puis revenez à la page précédente : ce que vous avez écrit y est encore.',
  'site.team_only':
    'Cette page est réservée à l’équipe. Connectez-vous avec un compte de l’équipe, ou demandez-lui une invitation.',
  'site.unreadable_form': 'Ce formulaire n’a pas pu être lu. Recommencez.',
  'structures.file_too_large':
    'Ce fichier est trop grand : 10 Mo au plus. Revenez à la page précédente et choisissez un fichier plus petit, ou collez-y seulement les lignes de votre lieu.',
  'structures.no_such_structure': 'Cette structure n’existe pas, ou n’est pas la vôtre.',
  'structures.site_only':
    'Cette page est à l’équipe du site. Choisissez le site en haut de la page, si vous en faites partie.',
  'structures.suspended':
    'Votre structure est suspendue : rien ne peut y être changé. L’accueil de l’administration en dit la raison.',
  'territories.not_in_newsletter': 'Ce café n’est pas de cette lettre.',
})
