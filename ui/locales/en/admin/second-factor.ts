import { plural } from '../../../../node/domain/values/number-text.ts'
import type { secondFactorFr } from '../../fr/admin/second-factor.ts'

export const secondFactorEn: typeof secondFactorFr = {
  title: 'Second factor',
  code: 'Code',
  codeHint: 'The six digits of your application, or one of your recovery codes.',
  wrong:
    'This code is not the right one, or it was used already. Wait for the next one and try again.',
  unreadable:
    'This site has lost the key by which it checks the codes of your application. Type a recovery code. Once in your account, remove the second factor with another recovery code, then add it again.',
  wait: 'Too many codes were tried. Try again tomorrow.',
  over: 'Ten minutes have passed, or this step was used already: sign in again.',
  stepTitle: 'Your code',
  stepLead: 'This account has a second factor. Open your application and type its code.',
  lost: 'You no longer have your phone?',
  lostHow:
    'Type a recovery code. You have none left? An administrator can remove your second factor, on the page “Team”; failing that, the person who runs the server: cafe-ia account factor.',
  isOn: (since) => `A code is asked for each time you sign in, since ${since}.`,
  left: (total) =>
    total === 0
      ? 'You have no recovery code left.'
      : `You have ${plural(total, 'recovery code', 'recovery codes')} left.`,
  isRequired: 'The team of this site asks each account for a second factor.',
  why: 'This account reads addresses of people. With a second factor, a stolen password is no longer enough: each time you sign in, an application of your phone gives a code. Your open sessions and your tokens stay.',
  begin: 'Add a second factor',
  newCodes: 'Make new recovery codes',
  end: 'Remove the second factor',
  password: 'Your password',
  passwordWrong: 'This is not your password.',
  newTitle: 'Add a second factor',
  stepApplication:
    'Install an application for codes on your phone, for example Aegis, FreeOTP or that of your organisation.',
  stepScan: 'In this application, add an account by pointing at this code:',
  qrLabel: 'QR code for your application; the same key is written below',
  byHand: 'Or type this key (based on time, six digits):',
  stepCode: 'Type the six digits that the application shows now.',
  confirm: 'Add',
  codesTitle: 'Your recovery codes',
  codesOnce: 'Done. These ten codes will never be shown again.',
  codesKeep:
    'Each stands in for your phone once. Keep them on paper or in a password manager, elsewhere than on this phone.',
  codesKept: 'I have kept them',
  setting: {
    isOn: 'Each account must have a second factor: without it, it opens only its page “My account”.',
    isOff: 'Each person chooses to have one, on “My account”.',
    ask: 'Ask all accounts for it',
    stop: 'No longer ask for it',
  },
  reset: {
    action: 'Remove the second factor',
    title: (name) => `Remove the second factor of ${name}?`,
    effects:
      'Make sure first that it is this person who asks for it.\nTheir password, or a link by mail, is then enough to sign in.\nThey learn of it by mail, and it is written in the access log.',
    submit: 'Remove',
  },
  mail: {
    subject: (site) => `Second factor of your account at ${site}`,
    text: ({ siteName, what, contact }) =>
      [
        {
          on: `A second factor was just added to your account at ${siteName}: a code will be asked for each time you sign in.`,
          off: `The second factor of your account at ${siteName} was just removed.`,
          codes: `New recovery codes were just made for your account at ${siteName}; those before no longer count.`,
          reset: `An administrator of ${siteName} has just removed the second factor of your account. You can add another one on “My account”.`,
        }[what],
        '',
        'It was not you? Change your password, end your other sessions on “My account”, and write to the team:',
        contact,
      ].join('\n'),
  },
}
