import { ofName } from '../french-articles.ts'
import { typesetFrench } from '../typography.ts'

type QuestionParts = {
  siteName: string
  /** Title, date and place, a line each. */
  cafe: string
  yes: string
  edit: string
  cancel: string
}

/** The question that is mailed three days before, and the page that its link opens. */
export const confirmationFr = typesetFrench({
  mail: {
    subject: (title: string) => `Votre café a-t-il toujours lieu ? ${title}`,
    text: ({ siteName, cafe, yes, edit, cancel }: QuestionParts) =>
      [
        'Bonjour,',
        '',
        `Votre café a-t-il toujours lieu ? Une seule réponse suffit pour toute l’équipe ${ofName(siteName)}.`,
        '',
        cafe,
        '',
        'Oui, il a lieu (en un clic, sans mot de passe) :',
        yes,
        '',
        'Modifier : il y a un changement :',
        edit,
        '',
        'Annuler : il n’aura pas lieu :',
        cancel,
        '',
        'Après votre « oui », la page du café dit que l’équipe l’a confirmé, avec la date. Sans réponse, elle ne dit rien de plus.',
        '',
      ].join('\n'),
  },
  title: 'Votre café a\u2011t\u2011il toujours lieu ?',
  lead: 'Répondez par le bouton : la page du café dira que votre équipe l’a confirmé.',
  yes: 'Oui, il a lieu',
  edit: 'Modifier',
  cancel: 'Annuler',
  signIn: 'Pour modifier ou annuler, il faut se connecter.',
  confirmed: 'C’est confirmé',
  confirmedOn: (day: string) => `La page du café le dit : l’équipe l’a confirmé le ${day}. Merci !`,
  see: 'Voir la page du café',
  off: {
    moved: 'La date de ce café a changé',
    movedWhy: 'Ce lien était pour l’ancienne date. Un autre message part pour la nouvelle.',
    cancelled: 'Ce café est déjà annulé',
    cancelledWhy: 'La page du café le dit. Il peut être rétabli dans l’administration.',
    postponed: 'Ce café est reporté',
    postponedWhy: 'Donnez-lui une nouvelle date dans l’administration.',
  },
  open: 'Ouvrir ce café dans l’administration',
  admin: 'Aller à l’administration',
})
