import { plural } from '../../../../node/domain/values/number-text.ts'
import type { cafeStatusFr, confirmationFr, duplicatesFr } from '../../fr/cafes/status.ts'

const SEEN = 'Everyone can see it, at most 255 characters.'
const SEEN_WHY =
  'One sentence that everyone can see, at most 255 characters. For example: the room is flooded.'

export const cafeStatusEn: typeof cafeStatusFr = {
  change: {
    title: 'Change this café',
    open: 'Postponed, full, online…',
    question: 'What happens to this café?',
    unpublished: 'This café is not published yet: nobody expects it. Edit it or delete it.',
    choice: {
      'as-planned': 'It takes place as planned',
      full: 'It is full',
      'moved-online': 'It takes place online',
      postponed: 'It is postponed, without a date for now',
      cancelled: 'It is cancelled',
    },
    effect: {
      'as-planned': 'There are places left, and it is held where it was announced.',
      full: 'The page says “Full”. Nobody can sign up any more.',
      'moved-online': 'The page gives the link instead of the address.',
      postponed:
        'The page says “Postponed”. When you have a date, edit the café: the new date will be announced.',
      cancelled: 'The page stays online and says “Cancelled”.',
    },
    now: 'This is the case now.',
    labels: {
      situation: 'What happens to this café?',
      note: 'A word of explanation',
      'note.as-planned': 'A word of explanation',
      'note.full': 'A word of explanation',
      onlineUrl: 'Link to join online',
      'note.moved-online': 'A word of explanation',
      'note.postponed': 'Why?',
      'note.cancelled': 'Why?',
    },
    hints: {
      'note.full': SEEN,
      onlineUrl: 'Everyone can see it. For example: video.example.org/cafe',
      'note.moved-online': SEEN,
      'note.postponed': SEEN_WHY,
      'note.cancelled': SEEN_WHY,
      'note.as-planned': SEEN,
    },
    submit: 'Save and tell everyone',
    submitOnly: 'Save',
    newDate: 'Give another date',
    newDateHow: 'Do you already have another date? Just change the day and time.',
  },
  venues: {
    nav: 'Rooms and addresses',
    title: 'Rooms and addresses',
    lead: 'Where your cafés take place. Written once, chosen from a list afterwards.',
    address: 'Address',
    name: 'Name',
    add: 'Add a venue',
    none: 'No venue for now.',
    titleNew: 'Add a venue',
    titleEdit: 'Edit a venue',
    labels: {
      name: 'Name of the venue',
      town: 'Postcode or town',
      codeInsee: 'Which town?',
      streetAddress: 'Street and number',
      access: 'How to get in',
      accessibility: 'Accessible to people with',
      acceslibreUrl: 'Its page on Accès libre',
      closures: 'Days on which it is closed',
      latitude: 'Latitude',
      longitude: 'Longitude',
      update: 'Upcoming cafés',
    },
    hints: {
      name: 'For example: Médiathèque du Canal',
      town: 'We find the town, the time zone and the point on the map.',
      streetAddress: 'For example: 12 quai du Canal',
      access:
        'At most 500 characters. Entrance, floor, bus stop, parking. For example: entrance through the courtyard, lift on the right.',
      acceslibreUrl: 'On acceslibre.beta.gouv.fr, if the venue is described there.',
      closures:
        'One on each line, or from the first to the last day. For example: 24/12/2026 au 03/01/2027 : end of year. Series of cafés then propose to skip these dates.',
      latitude: 'For example: 48.1113',
      longitude: 'For example: -1.68',
    },
    point: 'The point on the map',
    pointHint: 'Without an answer, the centre of the town.',
    update: (n, isTold) =>
      (n === 1
        ? 'Also update the café that is to be held there'
        : `Also update the ${n} cafés that are to be held there`) +
      (isTold ? ', and tell everyone' : ''),
    save: 'Save',
    yours: 'Your venues',
    acceslibre: 'Accessibility of the venue (Accès libre, in French)',
  },
  online: {
    title: {
      waits: 'Your café is not online yet',
      closed: 'Your café is saved, and the pages of this site are not shown',
      hidden: 'Your café is published, and this directory does not show it',
      online: 'Your café is online',
      changed: 'Your change is online',
      rescheduled: 'The new date is online',
      maintained: 'Your café takes place',
      full: 'Your café is full',
      movedOnline: 'Your café takes place online',
      cancelled: 'Your café is cancelled',
      postponed: 'Your café is postponed',
    },
    where: 'Where it is shown',
    tell: 'Tell people',
    message: 'Message to copy',
    code: 'Code to print (QR)',
    next: 'What next?',
    again: 'Do it again the week after',
    duplicate: 'Duplicate, on another date',
    changes: 'Something changes?',
    newDate: 'Its date changes',
    newDateMeans: 'Both dates are on the page, and whoever follows you is told.',
    remove:
      'Announced by mistake? A café that will not take place is better cancelled: its page says so to whoever had noted it. Deleted, it disappears without a word.',
    confirmed: (when: string) => `Confirmed by the team on ${when}`,
  },
  circulation: {
    page: 'Its page is open to everyone:',
    pageClosed: 'Its page is not shown at the moment:',
    here: 'This directory shows it.',
    hereClosed: 'This directory does not show it.',
    directory: {
      shown: (name) => `In ${name}: seen just now, by asking the directory.`,
      older: (name) =>
        `In ${name}: seen just now, as it was before. The change is on its way: reload the page in a minute.`,
      missing: (name) =>
        `In ${name}: asked just now, it is not there. Right after an announcement it may take a minute: reload the page. If it is still missing then, write to the team of the directory.`,
      silent: (name) =>
        `In ${name}: the directory does not answer now, we do not know whether it shows it.`,
      hidden: (name) => `${name} does not show it.`,
      asked: (name) => `${name} has not answered your request yet: it shows nothing of this site.`,
      refused: (name) => `${name} does not accept the cafés of this site.`,
      failed: (name) => `${name} cannot be found: it has not received your request.`,
    },
    nowhere: 'In no directory: this site has joined none.',
    nobodyFollows: 'No account follows this place at the moment.',
    followers: {
      later: (n) =>
        `${plural(n, 'account that follows this place', 'accounts that follow this place', 'en')} will be told a week before.`,
      sent: (n) =>
        `${plural(n, 'account that follows this place was told', 'accounts that follow this place were told', 'en')}.`,
      waiting: (n) =>
        `${plural(n, 'account that follows this place', 'accounts that follow this place', 'en')} will be told: it is being sent.`,
      held: (n) =>
        `${plural(n, 'account that follows this place is not told', 'accounts that follow this place are not told', 'en')}: nothing leaves this site at the moment.`,
    },
    feed: {
      later: (title, n) =>
        `${title}: ${plural(n, 'account', 'accounts', 'en')} will be told a week before.`,
      told: (title, n) => `${title}: ${plural(n, 'account was told', 'accounts were told', 'en')}.`,
      waiting: (title, n) =>
        `${title}: ${plural(n, 'account', 'accounts', 'en')} will be told with the next message.`,
      held: (title, n) =>
        `${title}: ${plural(n, 'account is not told', 'accounts are not told', 'en')}, nothing leaves at the moment.`,
      listed: (title, n) =>
        `${title}: the café is in its list, without a message to its ${plural(n, 'follower', 'followers', 'en')}.`,
    },
    others: {
      waiting: 'It is being sent to other sites.',
      held: 'Nothing leaves this site at the moment: it was restored from a backup.',
    },
    unreached: (n) =>
      n === 1 ? 'One server could not be reached:' : `${n} servers could not be reached:`,
    alerts: (n) =>
      n === 1
        ? 'One e-mail alert may still leave, to the person who asked for it.'
        : `Up to ${n} e-mail alerts still leave, to the people who asked for them.`,
  },
  confirmation: {
    yes: 'Yes, it takes place',
  },
  publishing: {
    lead: 'Leave it empty to publish at once. It is the time at the venue.',
    publishNow: 'Publish',
    at: (when) => when,
  },
}

export const duplicatesEn: typeof duplicatesFr = {
  nav: 'Duplicates',
  also: 'Also announced by',
  title: 'Cafés announced twice',
  lead: 'Two sites announce cafés that look alike? The directory shows both until you decide. If one of them then changes and no longer looks like the other, both are shown again. A café that two organisations of one site announce is shown once.',
  first: (n) => `The first ${n} only. Those that follow come once these are over or decided.`,
  suspected: 'Perhaps the same café',
  none: 'Nothing to look at.',
  folded: 'Shown once',
  apart: 'Two cafés, says your team',
  one: 'One announcement',
  other: 'The other',
  shown: 'Shown',
  hidden: 'Folded',
  why: 'Why',
  action: 'Your decision',
  reason: {
    uid: 'same identifier of a calendar, on one site',
    likeness: 'same town, same place, similar times and titles',
    team: 'your team decided it',
  },
  areTwo: 'They are two cafés',
  areOne: (host, by) => `It is the same café: show the announcement of ${host} (${by})`,
  about: (one, other) => `: ${one} and ${other}`,
}

export const confirmationEn: typeof confirmationFr = {
  several: (n) => `Do your ${n} cafés still take place?`,
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
