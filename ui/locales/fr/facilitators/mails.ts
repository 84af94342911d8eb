import { CONSENT_DAYS, RETENTION_DAYS } from '../../../../node/domain/values/retention.ts'
import { daysInFrench } from '../../durations.ts'
import { ofName } from '../../french-articles.ts'
import { sentenceCase } from '../../typography.ts'
import { OWN_LINK, YEAR } from './terms.ts'

/** The texts about facilitators for the team, and the mails to facilitators. */
export const facilitatorAdminFr = {
  title: 'Animation',
  lead: 'Les personnes qui animent vos cafés. Chacune écrit son profil et choisit ce qui est publié ; vous ne pouvez pas le faire à sa place. Vous pouvez retirer un profil pour la personne, en disant pourquoi.',
  none: 'Personne pour l’instant.',
  requests: 'Demandes à examiner',
  people: 'Personnes',
  col: { name: 'Nom', state: 'Profil', sight: 'Visible par', actions: 'Que faire' },
  states: {
    invited: 'Invitation envoyée',
    draft: 'Écrit, pas publié',
    published: 'Publié',
    unpublished: 'Retiré de la vue',
    expired: 'Accord expiré',
    hidden: 'Masqué',
  },
  until: (until: string) => `jusqu’au ${until}`,
  handed: 'Accord donné par un lien que l’équipe a remis, sans preuve par courriel',
  answer: 'Répondre',
  accept: 'Accepter',
  acceptTitle: (name: string) => `Accepter ${name} ?`,
  acceptEffects: (email: string) =>
    `La demande vient ${ofName(email)} : cette adresse a été prouvée par un lien.\nLa personne reçoit un courriel, puis publie elle-même son profil.\nSon profil paraît parmi les personnes qui animent ici, et dans les annuaires qu’elle choisit.\nVous pourrez le retirer, avec une raison.`,
  refuse: 'Refuser',
  withdraw: 'Retirer l’invitation',
  erase: 'Retirer à sa place',
  refusal: {
    title: (name: string) => `Refuser la demande ${ofName(name)} ?`,
    lead: 'La personne a demandé à figurer parmi celles qui animent.',
    effects: `Sa demande, ce qu’elle a écrit et son adresse sont effacés ici tout de suite.\nVotre nom, la date et la raison restent ${daysInFrench(RETENTION_DAYS.journal)} dans le journal, sans son nom. Elle peut demander à nouveau.`,
    submit: 'Refuser et effacer cette demande',
  },
  erasure: {
    title: (name: string) => `Retirer le profil ${ofName(name)} à sa place`,
    lead: 'Pour une personne qui le demande et n’a plus sa boîte aux lettres, qui a écrit pour être effacée (article 17 du RGPD), ou qu’un imposteur a inscrite.',
    effects: `Son profil, sa photo, ses accords et son adresse sont effacés ici tout de suite, et les annuaires sont prévenus.\nVotre nom, la date et la raison restent ${daysInFrench(RETENTION_DAYS.journal)} dans le journal, sans son nom. Cela ne peut pas être annulé.`,
    submit: 'Retirer et effacer ce profil',
  },
  eraseReason: 'La raison',
  eraseNotice: {
    mailed: 'La personne reçoit un courriel avec la raison que vous donnez.',
    handed:
      'Ce site n’envoie pas de courriels : le message avec la raison est à remettre à la personne, depuis « Courriels ».',
    none: 'La personne n’a pas donné d’adresse : ce site ne peut pas la prévenir.',
  },
  eraseReasonHint: 'Pour la personne et pour le journal. N’y mettez aucun nom.',
  eraseReasonWrong: 'Dites pourquoi, en 300 caractères au plus.',
  journal: 'Profils retirés par l’équipe',
  nameless: 'Sans nom',
  invite: 'Inviter une personne',
  inviteLead: 'Elle reçoit un lien, sans compte à créer. Elle doit avoir 18 ans ou plus.',
  name: 'Son nom',
  nameHint: 'Pour vous y retrouver. Elle choisira elle-même ce qui est publié.',
  email: 'Son adresse e-mail',
  emailHint: 'Pour une invitation par courriel.',
  byMail: 'Inviter par courriel',
  onPaper: 'Faire un lien sur papier',
  nameMissing: 'Donnez un nom, pour vous y retrouver.',
  nameTooLong: 'Ce nom est trop long : 80 caractères au plus.',
  emailWrong: 'L’adresse e-mail de l’invitation est incomplète.',
  tooMany: 'Trop d’invitations attendent déjà. Retirez-en.',
  paperTitle: 'Un lien à remettre en main propre',
  paperLead: (site: string) => `${site} vous invite à publier votre profil d’animation.`,
  paperOnce: 'Ce lien n’est montré qu’une fois : imprimez cette page ou recopiez-le.',
  paperUntil: `Il cesse de servir s’il n’est pas ouvert pendant ${OWN_LINK}. Qui l’a peut écrire le profil : remettez-le à la bonne personne.`,
  back: 'Revenir à la liste',
  attached: 'Animé par',
  attachedHint:
    'Chaque personne reçoit une question par courriel. Sans réponse, son nom est écrit sans lien ; après un non, il n’y est pas. Il n’est pas dans l’annonce envoyée ailleurs.',
}

export const facilitatorMailsFr = {
  invitationSubject: (site: string) => `${site} vous invite à publier votre profil d’animation`,
  invitation: (site: string, link: string) =>
    `Bonjour,\n\n${site} vous invite à figurer parmi les personnes qui animent des cafés IA.\n\nVotre lien, sans compte à créer :\n${link}\n\nVous choisissez ce qui est publié. Rien ne l’est avant votre accord, et vous pouvez tout retirer à tout moment par ce même lien. Il faut avoir 18 ans ou plus.\n\nCe courriel n’est pas pour vous ? Ne faites rien : tout est effacé dans ${daysInFrench(CONSENT_DAYS.unconfirmed)}.`,
  linkSubject: (site: string) => `Votre lien pour votre profil d’animation, ${site}`,
  link: (site: string, link: string) =>
    `Bonjour,\n\nVotre lien pour écrire, changer ou retirer votre profil d’animation sur ${site} :\n${link}\n\nGardez-le pour vous. Il met fin aux liens d’avant, et sert tant que vous l’ouvrez au moins une fois en ${OWN_LINK}. Vous n’avez rien demandé ? Ne faites rien.`,
  approvedSubject: (site: string) => `${site} a accepté votre demande`,
  approved: (site: string, link: string) =>
    `Bonjour,\n\nL’équipe ${ofName(site)} a accepté votre demande. Il reste à relire votre profil et à donner votre accord :\n${link}`,
  renewSubject: 'Votre profil d’animation : toujours d’accord ?',
  renew: (site: string, until: string, link: string) =>
    `Bonjour,\n\nVotre profil d’animation sur ${site} est publié jusqu’au ${until}. Sans nouvel accord, il sera retiré ce jour-là.\n\nPour le garder ${YEAR} de plus, le changer ou tout effacer :\n${link}`,
  refusedSubject: (site: string) => `${site} n’a pas accepté votre demande`,
  refused: (site: string, reason: string) =>
    `Bonjour,\n\nVous avez demandé à figurer parmi les personnes qui animent des cafés IA. L’équipe ${ofName(site)} n’a pas accepté votre demande. La raison donnée :\n${reason}\n\nCe que vous aviez écrit est effacé, et votre adresse l’est dès que ce courriel est parti. Vous pouvez demander à nouveau, ou écrire à l’équipe.`,
  removedSubject: (site: string) => `${site} a retiré votre profil d’animation`,
  removed: (site: string, reason: string) =>
    `Bonjour,\n\nL’équipe ${ofName(site)} a retiré et effacé votre profil d’animation. La raison donnée :\n${reason}\n\nLes annuaires et les autres sites qui l’avaient reçu sont prévenus. Votre adresse est effacée ici dès que ce courriel est parti.\n\nCe n’est pas ce que vous vouliez ? Écrivez à l’équipe : vous pouvez faire un nouveau profil quand vous voulez.`,
  addressSubject: (site: string) => `L’adresse de votre profil d’animation a changé, ${site}`,
  address: (site: string) =>
    `Bonjour,\n\nLe profil d’animation qui avait cette adresse sur ${site} en a maintenant une autre. Les liens envoyés ici ne servent plus.\n\nCe n’est pas vous ? Écrivez sans attendre à l’équipe ${ofName(site)} : elle peut retirer le profil.`,
  directoriesSubject: (site: string) => `${site} a rejoint un annuaire : voulez-vous y être ?`,
  directories: (site: string, hosts: string, link: string) =>
    `Bonjour,\n\n${site} est maintenant membre de : ${hosts}. Votre profil d’animation n’y est pas, et n’y va pas sans votre accord.\n\nPour lire ce que cela veut dire, et dire oui si vous le voulez :\n${link}\n\nVous préférez que non ? Il n’y a rien à faire.`,
  namedSubject: (site: string) => `${site} : un café vous nomme`,
  named: (site: string, list: string, link: string) =>
    `Bonjour,\n\nL’équipe ${ofName(site)} vous nomme comme animatrice ou animateur :\n\n${list}\n\nSans votre accord, votre nom y est écrit sans lien et sans portrait, et votre compte n’en annonce rien. Dites oui ou non, pour un café ou pour tous ceux de ce lieu :\n${link}`,
  expiredSubject: 'Votre profil d’animation n’est plus publié',
  expired: (site: string, link: string) =>
    `Bonjour,\n\n${sentenceCase(YEAR)} a passé sans nouvel accord : votre profil n’est plus publié sur ${site}, et les annuaires l’effacent.\n\nPour le publier de nouveau, ou tout effacer :\n${link}`,
  notHandedOnSubject: 'Votre message n’a pas pu être remis',
  somebody: 'la personne à qui vous avez écrit',
  notHandedOn: (person: string, site: string) =>
    `Bonjour,\n\nUn message laissé avec votre adresse pour ${person} n’a pas pu être remis : trop de messages arrivent en ce moment, sa boîte ne répond pas, ou cette personne ne peut pas être jointe par ce moyen. Vous pouvez réessayer demain, ou écrire à l’équipe du site. D’autres messages de ce jour peuvent être dans le même cas : nous n’écrivons qu’une fois.\n\nSi vous n’avez écrit à personne, ne tenez pas compte de ce courriel.\n\n${site}`,
  relaySubject: (name: string, site: string) => `${name} vous écrit par ${site}`,
  relay: (message: string, name: string, email: string, site: string) =>
    `${message}\n\n${name}\n${email}\n\n(Ce message vient du formulaire de votre profil sur ${site}. En répondant, vous donnez votre adresse à cette personne.)`,
}
