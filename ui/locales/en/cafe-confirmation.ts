import type { confirmationFr } from '../fr/cafe-confirmation.ts'

/** The English of `ui/locales/fr/cafe-confirmation.ts`. */
export const confirmationEn: typeof confirmationFr = {
  mail: {
    subject: (title) => `Is your café still taking place? ${title}`,
    text: ({ siteName, cafe, yes, edit, cancel }) =>
      [
        'Hello,',
        '',
        `Is your café still taking place? One answer is enough for the whole team of ${siteName}.`,
        '',
        cafe,
        '',
        'Yes, it takes place (one click, no password):',
        yes,
        '',
        'Change: something is different:',
        edit,
        '',
        'Cancel: it will not take place:',
        cancel,
        '',
        'After your “yes”, the café’s page says that the team confirmed it, with the date. Without an answer, it says nothing more.',
        '',
      ].join('\n'),
  },
  title: 'Is your café still taking place?',
  lead: 'Answer with the button: the café’s page will say that your team confirmed it.',
  yes: 'Yes, it takes place',
  edit: 'Change it',
  cancel: 'Cancel it',
  signIn: 'To change or cancel it, you have to sign in.',
  confirmed: 'It is confirmed',
  confirmedOn: (day) => `The café’s page says so: the team confirmed it on ${day}. Thank you!`,
  see: 'See the café’s page',
  off: {
    moved: 'The date of this café has changed',
    movedWhy: 'This link was for the former date. Another message is sent for the new one.',
    cancelled: 'This café is already cancelled',
    cancelledWhy: 'Its page says so. It can be reinstated in the administration.',
    postponed: 'This café is postponed',
    postponedWhy: 'Give it a new date in the administration.',
  },
  open: 'Open this café in the administration',
  admin: 'Go to the administration',
}
