import type { linksFr } from '../fr/links.ts'

const STOP_ON_ACCOUNT = 'Sign in: “My account” says which mails you receive, and stops them.'

export const linksEn: typeof linksFr = {
  dead: {
    title: 'This link no longer works',
    why: {
      used: 'It has already been used: it works once.',
      expired: 'It is too old.',
      unknown: 'It is incomplete, it was replaced, or what it was made for is over.',
    },
    next: {
      'sign-in': 'Sign in with your password, or ask for another link.',
      'first-password':
        'If you have already chosen a password, sign in. If not, ask the person who gave you access for another link.',
      'confirm-email':
        'If you have confirmed already, sign in with the new address. If not, sign in with the former one and ask for another link.',
      'join-team':
        'If you already have an account, sign in. If not, ask the person who invited you for another invitation.',
      'confirm-cafe':
        'The café may have begun, been moved to another date or been deleted. If you are in its team, the administration shows your cafés.',
      report:
        'The café took place more than 30 days ago, it was deleted, or you are no longer in its team. If you are, the administration shows your cafés.',
      'keep-alert':
        'If the request has expired, we no longer have your address. You can make another one.',
      'stop-alert':
        'If you have already stopped, we no longer have your address and you will receive nothing more.',
      'stop-to-do': STOP_ON_ACCOUNT,
      'stop-confirm-cafe': STOP_ON_ACCOUNT,
      'stop-answers': STOP_ON_ACCOUNT,
      'stop-report': STOP_ON_ACCOUNT,
      'stop-profile-named':
        'Ask for a link to your profile: its page says whether you receive these mails, and stops them.',
      'own-profile':
        'If your profile still exists, ask for another link. The team of the site can also give you one.',
      mandate: 'Ask the team of the directory for another link.',
      'referent-access':
        'If you have already come in, sign in. If not, ask the team of the directory for another link.',
      registration:
        'The registration was deleted, or is over. The page of the café says whether one can register.',
      suggestion: 'The suggestion was erased or withdrawn. You can make another one.',
      flag: 'The report was deleted. You can report the page again.',
      'not-my-mandate':
        'If you are not the person who was appointed, tell the team of the directory.',
    },
    go: {
      signIn: 'Sign in',
      admin: 'Go to the administration',
      alert: 'Make a new request',
      profile: 'Receive a new link',
      home: 'See the cafés',
      suggest: 'Suggest a café',
    },
  },
  stopMail: {
    foot: (link) => `To stop these mails, without signing in:\n${link}`,
    ofTheDay: (site) => `${site}: your mail of the day`,
    title: 'Stop receiving these mails',
    lead: {
      'to-do': (email) =>
        `The mail that says what waits for you will no longer be sent to ${email}. Your first page stays as it is.`,
      'confirm-cafe': (email) =>
        `“Does your café still take place?” will no longer be sent to ${email}. Your first page stays as it is.`,
      answers: (email) =>
        `What directories answer, and the structures that you invite, will no longer be sent to ${email}. Your first page and your dashboards stay as they are.`,
      report: (email) =>
        `“How many were you?” will no longer be sent to ${email}. Your first page stays as it is.`,
      'profile-named': (email) =>
        `When a café names you, no mail will be sent to ${email} any more. The question stays on the page of your profile.`,
    },
    submit: 'Stop receiving them',
    doneTitle: 'Stopped',
    done: (email) =>
      `This mail is no longer sent to ${email}. If one is on its way, it is the last.`,
    again: 'Receive it again',
  },
  notMyMandate: {
    title: 'This is not me',
    lead: (territory) =>
      `The directory has appointed somebody with your e-mail address, for this territory: ${territory}. It is not you? The mandate ends at once, the attestation is revoked, your address leaves this mandate, and the team is told.`,
    submit: 'It is not me: end this mandate',
    doneTitle: 'Ended',
    done: 'The mandate is over, your address is no longer in it, and the team of the directory is told. There is nothing else to do.',
  },
  firstPassword: {
    title: 'Choose your password',
    lead: (email) =>
      `You are given access to the dashboard of a network. You will sign in with the address ${email} and this password.`,
    submit: 'Enter',
  },
}
