import type { LegalBasis, Purpose } from '../../../../node/domain/structures/personal-data.ts'
import { LINK_MINUTES } from '../../../../node/domain/values/link.ts'
import {
  ALERT_DAYS,
  CONSENT_DAYS,
  RETENTION_DAYS,
} from '../../../../node/domain/values/retention.ts'
import { daysInFrench, minutesInFrench } from '../../durations.ts'
import { sentenceCase, typesetFrench } from '../../typography.ts'

/**
 * One row of the page and of the register. `interest` completes the sentence of the legal basis that the site has chosen;
 * `basis` is another one, which no setting changes. `who` are the people, `to` those who get the data.
 */
export type DataRow = {
  purpose: string
  who: string
  note?: string
  to: string
  keep: string
} & ({ interest: string; basis?: never } | { basis: string; interest?: never })

const days = daysInFrench
const { mail, signInMail, audit, edit, session, remoteActor, journal } = RETENTION_DAYS

const SENT = `Le texte : jusqu’à l’envoi ; la trace de l’envoi : ${days(mail)}`
const EVERYBODY = 'Tout le monde, ce site étant public'

const rows: Record<Purpose, DataRow> = {
  accounts: {
    purpose: 'Comptes de l’équipe et des autres personnes qui se connectent',
    who: 'L’équipe, les référentes et référents, les têtes de réseau',
    interest: 'faire fonctionner le site',
    to: 'L’équipe',
    keep: `Tant que le compte existe ; une session inutilisée : ${days(session)} au plus ; qui a changé un accès ou un réglage : ${days(audit)} ; qui a annoncé, changé, annulé ou supprimé un café ou un lieu, ou changé les mots du site : ${days(edit)}`,
  },
  mails: {
    purpose: 'Messages à l’équipe : invitations, liens de connexion, questions sur un café',
    who: 'L’équipe, les personnes invitées',
    interest: 'faire entrer l’équipe seule, n’annoncer que ce qui a lieu',
    to: 'La personne à qui on écrit',
    keep: `${days(mail)} ; ${days(signInMail)} pour une demande de lien`,
  },
  notice: {
    purpose: 'Mentions légales de ce site',
    who: 'La personne responsable de la publication, celle qui répond pour les données',
    basis: 'Obligation légale (loi du 21 juin 2004, article 1-1 ; RGPD, article 13)',
    to: EVERYBODY,
    keep: `Tant que l’équipe ne les change pas ; ce qui était écrit avant : ${days(edit)}`,
  },
  cited: {
    purpose: 'Personnes citées dans un café : qui intervient, qui est nommé, qui est sur une photo',
    who: 'Les personnes qui interviennent, et celles dont parle un texte ou que montre une photo',
    interest: 'annoncer une rencontre publique',
    note: 'Pour une photo : l’accord de la personne, ou de ses parents.',
    to: 'Tout le monde ; les annuaires et les comptes qui suivent ce site',
    keep: `Tant que la page du café existe ; ôté sur demande, ici et aux annuaires. Un nom ôté n’est dans aucun historique ; les autres mots d’avant : ${days(edit)} pour l’équipe, ou effacés sur demande`,
  },
  registrations: {
    purpose: 'Inscriptions à un café : garder une place',
    who: 'Les personnes qui s’inscrivent',
    note: 'Les besoins pour l’accueil sont choisis dans une liste fermée.',
    basis: 'La demande de la personne (RGPD, art. 6 §1 b)',
    to: 'L’équipe du lieu ; personne d’autre',
    keep: '',
  },
  suggestions: {
    purpose: 'Proposer un café à l’annuaire',
    who: 'Les personnes qui en proposent un',
    note: 'Le nom de la structure et ce qui est dit du café sont publics une fois publiés ; l’adresse e-mail ne l’est jamais.',
    basis: 'La demande de la personne (RGPD, art. 6 §1 b)',
    to: 'L’équipe de l’annuaire, et la référente ou le référent du territoire ; personne d’autre',
    keep: `${sentenceCase(days(RETENTION_DAYS.suggestion))} après le café ou après un refus ; ${days(RETENTION_DAYS.unprovenSuggestion)} sans confirmation ; effacée avant, par le lien de la personne`,
  },
  followers: {
    purpose: 'Comptes qui suivent ce site, depuis Mastodon et réseaux compatibles',
    who: 'Les personnes qui ont ces comptes',
    interest: 'envoyer ce qui a été demandé',
    to: 'Le serveur de ce compte',
    keep: `Tant que le compte suit ce site, puis ${days(remoteActor)}`,
  },
  security: {
    purpose: 'Sécurité',
    who: 'Les personnes qui visitent ce site',
    interest: 'protéger le site',
    note: 'Pour freiner les demandes trop nombreuses.',
    to: 'Personne',
    keep: `${days(RETENTION_DAYS.requests)} au plus, en mémoire ; ce logiciel ne les écrit sur aucun disque`,
  },
  joining: {
    purpose: 'Demandes entre sites : ce que les équipes s’écrivent',
    who: 'Les équipes des sites',
    interest: 'savoir qui rejoint le réseau',
    to: 'L’équipe de l’autre site',
    keep: `Jusqu’à la réponse ; puis ${days(RETENTION_DAYS.formerPeer)} après un départ ou un refus`,
  },
  profiles: {
    purpose: 'Profils des animatrices et animateurs',
    who: 'Les personnes qui animent des cafés, majeures',
    basis:
      'L’accord de la personne, élément par élément, qu’elle peut retirer à tout moment par son lien',
    note: 'Elle choisit ce qui est publié, et pour qui. Son adresse e-mail ne l’est jamais.',
    to: 'Qui la personne a choisi : tout le monde, les structures du réseau, ou personne ; les annuaires qu’elle a acceptés, un par un',
    keep: `${sentenceCase(days(CONSENT_DAYS.kept))}, sauf nouvel accord, puis ${days(CONSENT_DAYS.expired)} sans être montré ; effacé tout de suite si elle se retire (seule reste une empreinte de l’adresse de la page) ; un lien sans usage : ${minutesInFrench(LINK_MINUTES['own-profile'])}`,
  },
  messages: {
    purpose: 'Écrire à une animatrice ou un animateur',
    who: 'Les personnes qui écrivent',
    interest: 'répondre à la demande',
    to: 'L’animatrice ou l’animateur',
    keep: SENT,
  },
  listedProfiles: {
    purpose: 'Animatrices et animateurs des lieux membres',
    who: 'Les personnes qui ont accepté d’être dans cet annuaire',
    basis:
      'L’accord de la personne, donné sur le site de son lieu, qu’elle peut retirer à tout moment',
    note: 'Ce qu’elle a accepté de montrer ici, avec une petite copie de sa photo.',
    to: 'Qui la personne a choisi : tout le monde, ou les structures du réseau',
    keep: `Tant que son accord dure et que son site le confirme ; effacé dès qu’elle se retire, en ${days(RETENTION_DAYS.unconfirmedProfile)} au plus (seule reste une empreinte de l’adresse de la page)`,
  },
  flags: {
    purpose: 'Signaler une page, et contester la décision',
    who: 'Les personnes qui signalent',
    interest: 'examiner ce qui est signalé, et répondre',
    note: 'Ni l’équipe ni le lieu ne lisent l’adresse. Les mots sont transmis au site d’origine si la personne le veut, sans son adresse.',
    to: 'Le site qui publie la page, pour les mots',
    keep: `Jusqu’à la fin du délai de recours ; ${days(RETENTION_DAYS.flag)} au plus ; effacés tout de suite par le lien de la personne`,
  },
  relayedMessages: {
    purpose: 'Messages transmis à une animatrice ou un animateur',
    who: 'Les personnes qui écrivent',
    interest: 'faire suivre la demande au site de la personne',
    to: 'Le site de l’animatrice ou de l’animateur',
    keep: `Quelques minutes, le temps de les transmettre ; ${days(RETENTION_DAYS.contactMessage)} au plus`,
  },
  alerts: {
    purpose: '« Prévenez-moi » : un courriel quand un café est annoncé',
    who: 'Les personnes qui l’ont demandé',
    basis: 'Votre accord, confirmé par le lien d’un courriel',
    to: 'Personne',
    keep: `Jusqu’à ce que vous arrêtiez, d’un clic ; ${days(ALERT_DAYS.kept)} au plus sans nouvel accord ; ${days(ALERT_DAYS.unconfirmed)} sans confirmation`,
  },
  requests: {
    purpose: '« J’aimerais un café ici » : compter une fois par jour',
    who: 'Les personnes qui visitent ce site',
    interest: 'savoir où des cafés sont attendus',
    note: 'Une empreinte du début de l’adresse IP, avec un sel qui change chaque jour ; ensuite, un nombre par commune.',
    to: 'Personne',
    keep: 'L’empreinte : le jour même ; le nombre ne dit plus rien de personne',
  },
  mandates: {
    purpose: 'Référentes et référents des territoires',
    who: 'Les personnes qui répondent pour un territoire',
    basis: 'L’accord de la personne, qu’elle peut retirer à tout moment par son lien',
    note: 'L’adresse e-mail n’est jamais publiée.',
    to: `${EVERYBODY}, sauf l’adresse e-mail`,
    keep: `Le temps du mandat ; l’adresse, ${days(RETENTION_DAYS.referentAddress)} de plus ; un refus, ${days(RETENTION_DAYS.declinedMandate)} ; un mandat terminé, pour l’équipe seule, ${days(RETENTION_DAYS.endedMandate)} ; le journal des décisions, ${days(journal)}`,
  },
  referentMessages: {
    purpose: 'Écrire à une référente ou un référent',
    who: 'Les personnes qui écrivent',
    interest: 'répondre à la demande',
    to: 'La référente, le référent ou l’équipe',
    keep: SENT,
  },
}

/** The texts of the page about personal data, and of the register of processing. */
export const personalDataFr = typesetFrench({
  title: 'Données personnelles',
  lead: 'Vous pouvez lire ce site sans rien nous dire de vous.',
  controller: 'Qui est responsable',
  controllerText: (name: string) => `${name} est responsable des données traitées sur ce site.`,
  dpo: 'Délégué à la protection des données',
  contact: 'À qui en parler',
  cookies: 'Cookies et mesure d’audience',
  cookiesText:
    'Ce site ne dépose aucun cookie chez les personnes qui le visitent, et ne compte pas leurs visites.',
  nothingElsewhere: 'Aucune page ne charge quoi que ce soit depuis un autre site.',
  tiles: (host: string) =>
    `Une seule page charge quelque chose depuis un autre site : la carte à déplacer demande ses images à ${host}, qui reçoit donc votre adresse IP et l’adresse de ce site. Sans JavaScript, elle ne demande rien.`,
  position:
    'Si vous appuyez sur « Autour de moi », votre position est arrondie à un kilomètre environ. Elle n’est que dans l’adresse de cette recherche.',
  cookiesTeam:
    'Un seul cookie existe : il garde ouverte la session d’une personne qui s’est connectée à l’administration. Il est nécessaire à ce service et ne demande donc pas d’accord.',
  drafts: `Dans l’administration, le navigateur garde aussi, sur l’appareil de la personne, le café qu’elle est en train d’écrire : ${days(RETENTION_DAYS.formDraft)} au plus, jusqu’à l’envoi ou la déconnexion. Personne d’autre ne le voit.`,
  purposes: 'Ce que nous gardons, et pourquoi',
  col: {
    purpose: 'Pour quoi',
    who: 'De qui',
    what: 'Quoi',
    basis: 'De quel droit',
    to: 'Qui le reçoit',
    keep: 'Combien de temps',
  },
  rows,
  kinds: {
    name: 'nom',
    email: 'adresse e-mail',
    account: 'adresse publique d’un compte',
    territory: 'territoire',
    work: 'ce qu’elle dit de son animation',
    contact: 'téléphone ou adresse à montrer',
    photo: 'photo',
    words: 'mots écrits à leur sujet',
    message: 'texte du message',
    choice: 'choix faits ici',
    consent: 'accords donnés, avec leur texte et leur date',
    acts: 'ce qui a été fait, et quand',
    password: 'empreinte du mot de passe (pas le mot de passe)',
    factor: 'secret du deuxième facteur',
    link: 'empreinte des liens secrets',
    browser: 'navigateur utilisé',
    network: 'adresse IP',
    print: 'empreinte qui ne dit rien par elle-même',
  },
  basis: {
    interest: (why: string) => `Intérêt légitime : ${why}`,
    task: (why: string) => `Mission d’intérêt public : ${why}`,
  } satisfies Record<LegalBasis, (why: string) => string>,
  registrationsKeep: (term: number) =>
    `Les besoins : jusqu’au lendemain du café ; une adresse qui n’est pas confirmée : 24 heures ; le reste : ${daysInFrench(term)} après le café`,
  /** The entries are deleted in the night after the period ends, hence one day more. */
  limitsInDatabase: `${days(RETENTION_DAYS.requests + 1)} au plus, dans la base du site`,
  inBackups: {
    most: (total: number) => `Sauvegardes comprises : ${days(total)} au plus.`,
    more: `Dans les sauvegardes : ${days(RETENTION_DAYS.backup)} de plus au plus.`,
  },
  backups: `Une sauvegarde de ce site, faite la nuit en cas de panne, peut garder ce qui est effacé ${days(RETENTION_DAYS.backup)} de plus au plus ; celle d’avant une mise à jour du programme, jusqu’à la mise à jour suivante. Si elle est remise, ce qui avait été effacé l’est de nouveau avant que le site réponde.`,
  noBackups:
    'Ce site ne fait pas de sauvegarde lui-même, sauf une avant chaque mise à jour du programme, gardée jusqu’à la suivante. Qui l’héberge peut en faire d’autres.',
  hostLogs:
    'L’hébergeur peut garder un journal technique des visites, avec l’adresse IP, pour la sécurité : un an au plus.',
  shared: 'Avec qui c’est partagé',
  sharedText:
    'Un café publié est envoyé aux annuaires et aux comptes qui suivent ce site. Quand nous le supprimons, nous leur demandons de l’effacer ; nous ne pouvons pas le garantir. Le profil d’une personne qui anime des cafés va aux annuaires qu’elle a acceptés, nommés un par un, et à eux seuls ; à qui suit son compte, si elle l’a accepté. Un message à une personne d’un autre site passe par l’annuaire jusqu’à ce site. Aucune autre donnée n’est transmise, vendue ou louée.',
  directories: (hosts: string) => `Annuaires que ce site a rejoints : ${hosts}.`,
  noDirectory: 'Ce site n’a rejoint aucun annuaire.',
  members: (count: number) =>
    `Cet annuaire échange avec les sites de ses membres (${count} aujourd’hui).`,
  outside:
    'Les serveurs des comptes qui suivent ce site, ou une personne qui y anime, peuvent être dans n’importe quel pays, aussi hors de l’Union européenne : c’est le choix de qui les suit. Ils ne reçoivent que ce qui est public.',
  processors: 'Qui travaille pour nous',
  host: (name: string) => `Hébergement : ${name}.`,
  mailRelay: (host: string) =>
    `Courriels : ${host} les remet ; il voit l’adresse et le texte de chacun.`,
  noMailRelay: 'Courriels : aucun ne part de ce site, l’équipe remet elle-même les messages.',
  storage: (host: string) =>
    `Sauvegardes : ${host} en garde une copie chiffrée, qu’il ne peut pas lire, pendant la même durée.`,
  copies: {
    encrypted: 'Sauvegardes : une copie chiffrée est gardée ailleurs, pendant la même durée.',
    plain: 'Sauvegardes : une copie est gardée ailleurs, pendant la même durée.',
  },
  database: (host: string) => `Base de données : sur une autre machine, ${host}.`,
  proxy: (host: string) => `Échanges avec les autres sites : ils passent par ${host}.`,
  tileServer: (host: string) => `Fond de carte : ${host}.`,
  rights: 'Vos droits',
  rightsText:
    'Vous pouvez demander à voir vos données, à les corriger, à les effacer, à en limiter l’usage, ou vous y opposer. Vous pouvez retirer à tout moment un accord que vous avez donné, sans que cela change ce qui s’est fait avant. Vous pouvez recevoir vos données dans un fichier, pour les emporter ailleurs. Nous répondons en un mois au plus.',
  cnil: 'Si notre réponse ne vous convient pas, vous pouvez vous plaindre à la CNIL :',
  cnilLink: 'déposer une plainte sur cnil.fr',
  register: {
    title: 'Registre des traitements',
    lead: 'Ce que demande l’article 30 du RGPD, rempli avec vos réponses et les réglages du site. Imprimez-le, ou enregistrez-le en PDF. Il ne sait rien de ce que vous faites à côté de ce logiciel : ajoutez-le.',
    madeOn: (day: string) => `Établi le ${day}.`,
    activities: 'Les traitements',
    transfers: 'Transferts hors de l’Union européenne',
    security: 'Mesures de sécurité',
    measures: `Échanges chiffrés (HTTPS) ; mots de passe gardés en empreinte (Argon2id) ; liens secrets gardés en empreinte.
Droits par rôle ; qui a changé un accès, un mandat ou un réglage est noté.
Aucun script ni aucune image d’un autre site sur les pages publiques, sauf le fond de carte s’il est nommé ici.
Ce qui est effacé l’est aussi des fichiers de la base, et de nouveau si une ancienne sauvegarde est remise.
Aucun nom ni aucune adresse e-mail dans le journal technique.`,
    encrypted: 'Sauvegardes chiffrées.',
    notEncrypted: 'Sauvegardes non chiffrées : gardez-les aussi bien que la base.',
    see: 'Voir le registre des traitements, à imprimer',
  },
})
