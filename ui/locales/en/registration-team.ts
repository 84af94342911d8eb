import type { SideTotals } from '../../../node/domain/registrations/totals.ts'
import { plural } from '../../../node/domain/values/number-text.ts'
import type { registrationTeamFr } from '../fr/registration-team.ts'

const count = (n: number, one: string, many: string) => plural(n, one, many, 'en')
const seats = (n: number) => count(n, 'seat', 'seats')
const registrations = (n: number) => count(n, 'registration', 'registrations')

const totalsText = (n: Omit<SideTotals, 'side'>): string => {
  const parts = [
    `${seats(n.taken)} taken${n.capacity === undefined ? '' : ` of ${n.capacity}`}: ${registrations(n.registrations)}`,
    ...(n.held > 0 ? [`${seats(n.held)} held for an answer`] : []),
    ...(n.waiting > 0
      ? [`${count(n.waiting, 'person waits', 'people wait')}, ${seats(n.waitingSeats)} asked for`]
      : []),
  ]
  return `${parts.join('; ')}.`
}

export const registrationTeamEn: typeof registrationTeamFr = {
  title: 'Who comes',
  link: 'Registrations',
  lead: (title, when) => `${title}, ${when}`,
  full: 'Full.',
  sides: { onsite: 'On site', online: 'Online' },
  totals: totalsText,
  ofSide: (side, text) => `${side}: ${text}`,
  over: (n) => `${seats(n)} too many: nobody is taken off the list.`,
  everybody: (n) => `With ${seats(n)}, everybody comes in.`,
  changeCapacity: 'Change the number of seats',
  drawn: (n) => `${seats(n.taken)} taken, ${n.held} held, ${n.free} free`,
  print: 'Sheet to print',
  states: 'States',
  tabs: { coming: 'Coming', waiting: 'Waiting', over: 'Cancelled' },
  words: 'Look for a first name or a contact',
  none: 'Nobody yet.',
  noneFound: 'Nobody matches.',
  found: registrations,
  name: 'First name',
  seats: 'Seats',
  seatsOf: seats,
  state: 'State',
  stateOf: {
    unproven: 'address to confirm',
    confirmed: 'comes',
    waiting: 'waits',
    offered: 'seat offered',
    cancelled: 'cancelled',
    lapsed: 'seat not taken',
  },
  rank: (n) => `rank ${n}`,
  until: (time) => `until ${time}`,
  passed: (p) =>
    `keeps the rank: on ${p.when}, ${p.free > 1 ? `${p.free} seats became free` : 'one seat became free'}, ${p.seats} are needed`,
  call: 'to be told by telephone',
  byTeam: 'added by the team',
  byProgram: 'added by a program of the team',
  byAccount: 'from an account of another site',
  byAdult: 'an adult registers a person under 15',
  contact: 'Contact',
  account: 'Account',
  asked: 'Registration',
  needs: 'For the welcome',
  open: 'Open',
  of: (name) => ` the registration of ${name}`,
  answerCounts: (question, answers) =>
    `${question} ${answers.map(({ answer, seats: n }) => `${answer}: ${n}`).join(', ')}.`,
  needsCounts: (lines) => `For the welcome: ${lines}.`,
  add: 'Add a person',
  addHint: 'For those who call or ask at the desk. Tell them that their first name is noted here.',
  known: 'Somebody has already registered with this contact.',
  addSubmit: 'Add',
  prenom: 'First name',
  places: 'Seats',
  contactField: 'Telephone or e-mail',
  keep: (day) => `Next deletion: all that names a person is deleted on ${day}. The numbers stay.`,
  back: 'Back to who comes',
  backToCafe: 'See the café',
  one: {
    title: (name) => `Registration of ${name}`,
    seats: 'Number of seats',
    change: 'Change',
    changeTold: 'Somebody who comes and has an e-mail address gets the new number.',
    confirm: 'Confirm',
    confirmLead: {
      unproven:
        'This person has not confirmed their address yet. Confirm for them if you have spoken to them.',
      offered: 'The seat is offered. Note the answer if they give it to you in person.',
      waiting: (rank) =>
        rank > 1
          ? `Rank ${rank}: ${count(rank - 1, 'person has waited longer, and keeps their rank', 'people have waited longer, and keep their rank')}.`
          : 'Rank 1: nobody has waited longer.',
    },
    decline: 'They do not come',
    move: 'Another date',
    moveLead:
      'The registration goes to this date, after those that are there. The person hears it by mail, if they have an address.',
    date: 'Date',
    choose: 'Choose a date',
    noDate: 'Choose a date.',
    dateOf: (when, left) =>
      left === undefined ? when : `${when} (${left > 0 ? `${seats(left)} free` : 'full'})`,
    moveSubmit: 'Move the registration',
    cancel: 'Cancel the registration',
    cancelLead: 'The seat becomes free. The reason leaves by mail, if the person has an address.',
    cancelLeadCall: 'The seat becomes free. This person has no e-mail address: call them.',
    reason: 'Reason',
    reasonMissing: 'Write the reason: the person will read it.',
    reasonLong: (max) => `The reason has more than ${max} characters.`,
    notEnough: (free) =>
      free > 0
        ? `There are only ${seats(free)}: raise the number of seats of the café.`
        : 'There is no seat left: raise the number of seats of the café.',
    knownThere: 'This person is already registered on this date.',
    changed: 'This registration has changed meanwhile. Look at it, then try again.',
    closed: 'This registration is not changed any more.',
  },
  noShows: (n) =>
    n === 0
      ? 'At your last cafés almost everybody who was registered came.'
      : `At your last cafés ${count(n, 'person', 'people')} in 10 who were registered did not come, on average.`,
  counted: (p) =>
    `Counted at this café: ${count(p.participants, 'person', 'people')}, ${p.unregistered} of them without registering. ${seats(p.absent)} stayed empty.`,
  write: 'Write',
  message: {
    title: 'Write to those who are registered',
    to: 'To whom',
    groups: {
      coming: (n) => `To those who come (${n})`,
      waiting: (n) => `To those who wait (${n})`,
      all: (n) => `To everybody (${n})`,
    },
    text: 'Message',
    hint: (max) =>
      `At most ${max} characters. The name of the place, the date and each person’s link are added.`,
    see: 'See the message',
    preview: 'What each person will read',
    mails: (n) =>
      n === 0
        ? 'No mail leaves: nobody has an e-mail address.'
        : `${count(n, 'mail leaves', 'mails leave')}, one for each person. Nobody sees the address of another.`,
    toCall: 'Without an e-mail address, to be called:',
    accounts: (n) =>
      `${plural(n, 'person comes', 'people come', 'en')} by an account of another site: a private message leaves for ${n === 1 ? 'that account' : 'each account'}.`,
    noContact: 'no contact',
    send: (n) => `Send ${count(n, 'message', 'messages')}`,
    noGroup: 'Choose to whom you write.',
    noText: 'Write your message.',
    tooLong: (max) => `The message has more than ${max} characters.`,
    shareUsed:
      'Today your structure has sent all mails of its share of this site. Try again tomorrow, or ask the team of the site for a larger share.',
    tooMany: 'You have written a lot about this café today. Try again tomorrow.',
  },
  download: 'Download the table',
  withNeeds: 'With what people need',
  table: {
    name: 'First name',
    seats: 'Seats',
    side: 'Where',
    email: 'E-mail',
    phone: 'Telephone',
    account: 'Account',
    asked: 'Registration',
  },
  countLink: 'Count',
  count: {
    title: 'Count',
    inRoom: 'in the room',
    unregistered: 'without registering',
    less: 'One person fewer without registering',
    more: 'One person more without registering',
    howMany: (name) => `${name}: how many are here?`,
    finish: 'Finish',
    finishWith: 'Finish:',
    meaning: 'Whoever is not ticked when you finish is absent. Only the numbers stay.',
    offline: 'No network: kept here, sent later. Leave this page open.',
    refused: 'Your session has ended. What you have ticked stays on this telephone.',
    savedShort: 'Sign in',
    stale: (p) =>
      `Somebody else of the team has counted meanwhile: ${count(p.participants, 'person', 'people')}, at ${p.time}. Nothing that you ticked is lost: finish again to keep it instead.`,
    wrong: (max) => `The number of people without registering goes from 0 to ${max}.`,
    early: 'The café has not begun: count on the day. What you have ticked is kept.',
    over: 'The names of this café are deleted: nobody counts any more.',
  },
  sheet: {
    title: 'Sheet of those who are registered',
    lead: 'An A4 sheet, to print before the café. It has no address and no telephone number.',
    print: 'Print',
    howTo: 'To print, use the menu of your browser.',
    heading: 'Who comes?',
    registrations: (n) => (n === 1 ? 'registration' : 'registrations'),
    taken: (capacity) => (capacity === undefined ? 'seats taken' : `seats taken of ${capacity}`),
    needsToPlan: 'to plan for the welcome',
    present: 'present in all',
    here: 'Here',
    name: 'First name or pseudonym',
    needs: 'To plan',
    walkIns: 'Came without registering, one box each:',
    online: (n) => `${seats(n)} online, not on this sheet.`,
    firstTime: 'For the first time:',
    printed: (time) =>
      `Made on ${time}. Without address or telephone. To be destroyed after the café.`,
    erased: (day) => `Registrations are deleted from the site on ${day}.`,
    none: 'Nobody is registered yet.',
  },
}
