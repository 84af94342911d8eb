import { LINK_MINUTES } from '../../../node/domain/values/link.ts'
import { plural } from '../../../node/domain/values/number-text.ts'
import { RETENTION_DAYS } from '../../../node/domain/values/retention.ts'
import { daysInEnglish, minutesInEnglish } from '../durations.ts'
import type { safetyFr } from '../fr/safety.ts'

/** The English translation of `ui/locales/fr/safety.ts`. */
export const safetyEn: typeof safetyFr = {
  more: 'More',
  askAdministrator: 'Only somebody who administers this site can give them: tell them.',
  errors: {
    next: 'The next cafés',
    near: 'Find a café near you',
    contact: 'Write to the team of this site',
  },
  resume: {
    written: 'What you had written',
    review: 'Look at the form before sending it',
    files: 'The file that you had chosen could not be kept: it has to be chosen again.',
  },
  backups: {
    title: 'Backups',
    last: (ago, when) => `The last backup of the whole site was made and checked ${ago} (${when}).`,
    none: 'No backup has been made yet: the first comes within the hour.',
    off: 'This site makes no backups by itself: whoever looks after the machine set it so.',
    lateTitle: 'No recent backup',
    lateMeans:
      'If the machine failed, what has changed since would be lost. Whoever looks after it can run “cafe-ia doctor”, which says what to do.',
    copyTitle: 'Backups are no longer copied elsewhere',
    copyMeans: (day) =>
      `Since ${day} the second place takes none. If the machine failed, they would be lost with it.`,
    problem: 'What was missing the last time:',
    now: 'Back up now',
    asked: (when, places) =>
      `A backup was asked for on ${when}: it begins within a minute${places > 1 ? `, and goes to the ${places} places that are set` : ''}. Open this page again to see whether it is done.`,
    how: 'The site makes a backup each night. Restoring one takes the machine: see the guide “Sauvegarder et restaurer”.',
    heldTitle: 'The site was restored from a backup: nothing leaves yet',
    held: (announcements, mails) => {
      const things = [
        ...(announcements > 0
          ? [plural(announcements, 'announcement', 'announcements', 'en')]
          : []),
        ...(mails > 0 ? [plural(mails, 'e-mail', 'e-mails', 'en')] : []),
      ]
      if (things.length === 0) return 'No message is waiting.'
      return `${things.join(' and ')} ${announcements + mails === 1 ? 'is' : 'are'} waiting.`
    },
    heldHow:
      'Did the site run on after this backup? Then these messages have left once already: drop them. Deletions, withdrawals and what is new will leave all the same. If it did not, send everything.',
    drop: 'Drop what was waiting',
    send: 'Send everything',
    letGo: 'Let what is new leave',
  },
  copyTodo: {
    CAFE_IA_BACKUP_COPY:
      'See that the disk or folder of CAFE_IA_BACKUP_COPY is there, that there is room on it, and that the site may write to it.',
    CAFE_IA_BACKUP_S3:
      'See that the storage of CAFE_IA_BACKUP_S3 answers, that its key (CAFE_IA_BACKUP_S3_KEY and CAFE_IA_BACKUP_S3_SECRET) is still valid, and that there is room.',
  },
  copyThen: 'The site tries again each hour: once it is mended there is nothing else to do.',
  email: {
    password: 'Current password',
    passwordHint: 'Only to change your e-mail address. The former address is told.',
    waiting: (email) =>
      `The address ${email} is not confirmed yet: open the link that we sent to it. Nothing changes before that.`,
    confirm: {
      title: 'Confirm your address',
      lead: (email) => `From now on your account has this address: ${email}.`,
      submit: 'Confirm',
      doneTitle: 'Address confirmed',
      done: (email) => `You now sign in with the address ${email}.`,
      subject: (site) => `Confirm your address on ${site}`,
      text: ({ siteName, link }) =>
        [
          'Hello,',
          '',
          `This address was given for an account on ${siteName}. If it was you, confirm it (the link works for ${minutesInEnglish(LINK_MINUTES['confirm-email'])}):`,
          link,
          '',
          'Was it not you? There is nothing to do: nothing changes unless it is confirmed.',
          '',
        ].join('\n'),
    },
    passwordMissing: 'To change your e-mail address, give your current password.',
    mail: {
      subject: (site) => `Your e-mail address has changed on ${site}`,
      text: ({ siteName, next, contact }) =>
        [
          'Hello,',
          '',
          `The account that had this address on ${siteName} now has this one: ${next}.`,
          '',
          'Was it you? Then there is nothing to do.',
          '',
          'Was it not? Tell somebody who administers this site at once:',
          contact,
          '',
        ].join('\n'),
    },
  },
  sure: {
    member: {
      title: (name) => `Remove ${name} from the directory?`,
      effects: (cafes) =>
        [
          `Its cafés to come are no longer shown, at once (${plural(cafes, 'café', 'cafés', 'en')} received in all).`,
          `Its past cafés stay for ${daysInEnglish(RETENTION_DAYS.formerPeer)}, then all that came from this site is deleted.`,
          'This site is told. It may ask to come back.',
        ].join('\n'),
      submit: 'Yes, remove this site',
    },
    block: {
      title: (target) => `Block ${target}?`,
      account:
        'Its messages are refused, and it no longer counts among the followers. What it publishes here is hidden, and its site is told with your reason. The other accounts of that site do not change.',
      effects: (told) =>
        [
          'Its cafés are no longer shown, subdomains included, even those that another site passed on.',
          {
            nobody: 'Its messages are refused. It is not told.',
            without:
              'Its messages are refused. Its team learns of it, without a reason. To give one, block it from the page “Blocks and limits”.',
            reason: 'Its messages are refused. Its team learns of it, with your reason.',
          }[told],
          'You may unblock it: its cafés are then shown again.',
        ].join('\n'),
      submit: 'Yes, block',
    },
    limit: {
      title: (domain) => `Limit ${domain}?`,
      effects: [
        'Its cafés, structures and people leave the search, the lists, the feeds and the exports, subdomains included.',
        'Their pages stay here, for who has their address. Its messages are still received.',
        'Its site is not told by a message: write to it. The reason is on the page “Transparency”.',
        'You may lift this limit: everything comes back into the lists.',
      ].join('\n'),
      submit: 'Yes, limit',
    },
    eraseClaims: {
      title: (total) =>
        total === 1 ? 'Erase it for good?' : `Erase these ${total} items for good?`,
      effects: [
        'Their address answers for ever that it is deleted.',
        'Of a profile, nothing is kept.',
        'Other sites are told once more.',
      ].join('\n'),
      submit: 'Yes, erase',
    },
    putBack: {
      title: (total) => (total === 1 ? 'Put it back?' : `Put these ${total} items back?`),
      effects: [
        'Cafés are shown on this site again.',
        'Profiles are shown once their people agree anew.',
        'A directory that takes them for deleted does not show them any more.',
      ].join('\n'),
      submit: 'Yes, put back',
    },
    leave: {
      title: (name) => `Leave the directory ${name}?`,
      effects: [
        'Your cafés to come are no longer shown there. They stay on your site.',
        `Your past cafés may stay there for ${daysInEnglish(RETENTION_DAYS.formerPeer)}.`,
        'You may ask to come back.',
      ].join('\n'),
      submit: 'Yes, leave this directory',
    },
    unfollow: {
      title: (name) => `Stop following ${name}?`,
      effects: [
        'Its next cafés are no longer received.',
        'Those that are here already are no longer shown.',
        'You may follow it again.',
      ].join('\n'),
      submit: 'Yes, stop following',
    },
    reason: 'Why?',
    reasonHint:
      'Sent to the team of this place, which reads it on its first page, and by mail if its site sends any.',
    reasonMissing: 'Say why: the team of the place will read it.',
    dismiss: {
      title: (title) => `Set “${title}” aside?`,
      effects: [
        'This café is shown to nobody here, and no longer waits for your decision.',
        'You can show it again, in “What is hidden”.',
      ].join('\n'),
      submit: 'Yes, set it aside',
    },
    token: {
      title: (label) => `Revoke the token “${label}”?`,
      effects: [
        'The program that uses it can no longer announce or change anything, at once.',
        'The cafés that it announced stay.',
        'A revoked token does not come back: another one has to be made.',
      ].join('\n'),
      submit: 'Yes, revoke this token',
    },
    webhook: {
      title: 'Delete this webhook?',
      effects: [
        'The program learns nothing more at this address, at once.',
        'What waited to be sent is deleted.',
      ].join('\n'),
      submit: 'Yes, delete this webhook',
    },
    unfollowCalendar: {
      title: 'Stop following this calendar?',
      effects: [
        'It is no longer read: its changes and cancellations no longer follow.',
        'The cafés that it brought stay, and its series without an end go on here.',
      ].join('\n'),
      submit: 'Yes, stop following it',
    },
    cancelGone: {
      title: (n) => `Cancel ${plural(n, 'café', 'cafés')}?`,
      effects: [
        'Their pages say that they will not take place, and those who follow them are told.',
        'If the calendar has them again, they are reinstated.',
      ].join('\n'),
      submit: 'Yes, cancel them',
    },
    demote: {
      title: (name) => `Should ${name} no longer administer?`,
      effects: [
        'This person still announces, changes and cancels cafés.',
        'The settings, the network, the tokens and the team are closed to them, at once.',
        'An administrator may give the role back.',
      ].join('\n'),
      self: 'This is your own account: you cannot give the role back to yourself.',
      submit: 'Yes, take this role away',
    },
    invitation: {
      title: (whose) => `Withdraw the invitation “${whose}”?`,
      effects: [
        'Its link no longer works, at once, even sent or printed already.',
        'The person is not told. You may invite them again.',
      ].join('\n'),
      submit: 'Yes, withdraw this invitation',
    },
  },
}
