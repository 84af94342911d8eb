import { PROOF_MINUTES } from '../../../node/domain/registrations/seating.ts'
import { plural } from '../../../node/domain/values/number-text.ts'
import type { registrationFr } from '../fr/registrations.ts'

const count = (n: number, one: string, many: string) => `${n} ${n === 1 ? one : many}`
const seats = (n: number) => count(n, 'seat', 'seats')

export const registrationEn: typeof registrationFr = {
  form: {
    title: 'Register',
    lead: 'One minute, without an account. It is free.',
    full: 'No seat is left: you will be on the waiting list, at your rank.',
    prenom: 'Your first name',
    prenomHint: 'A pseudonym will do: it is what you say at the door.',
    places: 'How many seats?',
    dates: 'For which dates?',
    datesHint: 'You get a seat at each date that has one left. You can give back each of them.',
    oneDate: (when) => `This one only: ${when}`,
    allDates: (n) => `All dates to come (${n})`,
    cote: 'Where will you come?',
    sides: { onsite: 'On site', online: 'Online' },
    sideFull: '(full: you will be on the waiting list)',
    contact: 'One of the two is enough: to confirm your seat. Nothing else.',
    courriel: 'Your e-mail address',
    telephone: 'Your telephone number',
    telephoneHint: 'Without an e-mail address, a code is shown at the end: keep it.',
    needsFold: 'I need something to come',
    besoins: 'To come, I need',
    besoinsHint: 'Say nothing about your health: we do not need it.',
    needs: {
      'step-free': 'Step-free access',
      'sign-language': 'A sign-language interpreter',
      'hearing-loop': 'A hearing loop',
      'large-print': 'Documents in large print',
      'call-me': 'Please call me about it',
    },
    age: 'I am 15 or older, or an adult registers me.',
    byAdult: 'I am an adult who registers a person under 15',
    pass: 'I pass',
    submit: 'Book',
    left: (n) => `${seats(n)} left.`,
    privacy: ({ who, contact, day, last }) =>
      `Controller: ${who}.${contact === undefined ? '' : ` Whom to ask about your data: ${contact}.`} Only its team reads your answers, to register you and to tell you of changes as you ask (GDPR, art. 6 §1 b), nothing else. They are deleted on ${day}${last === undefined ? '' : `, and in backups by ${last} (the one from before an update of the program holds them until the next update)`}. By the link or code of your registration you see, change or delete them before.`,
    privacyLink: 'Your data',
    nameMissing: 'Say how you will be called at the door.',
    nameLong: 'This first name is too long.',
    contactMissing: 'Give an e-mail address or a telephone number.',
    emailWrong: 'This e-mail address is incomplete. Example: camille@mail.example.',
    phoneWrong: 'This number does not have the right form. Example: +33 6 39 98 00 00.',
    phoneForCall: 'For the team to call you, give your telephone number.',
    ageMissing: 'Tick this box: a person under 15 is registered by an adult.',
    placesWrong: 'Choose one to six seats.',
    notEnough: (free) => (free > 0 ? `Only ${seats(free)} left.` : 'No seat is left.'),
    noMail: 'This site sends no e-mail: give your telephone number.',
    emailNeeded:
      'The seats that one takes without an e-mail address are taken. Give an address, or call the place.',
    crowded: (max) =>
      `This café has ${plural(max, 'registration', 'registrations', 'en')} already: this site can hold no more. Call the place.`,
    tooMany: 'Too many registrations come from your network. Wait an hour, or call the place.',
    tooManyHere:
      'Too many registrations at this café come from your network. Come back tomorrow, or call the place.',
    tooFast: 'Check your answers, then press the button again.',
  },
  sent: {
    title: 'Look at your e-mails',
    lead: `A link is sent to this address. Open it and press the button: without that, nothing follows. If seats are left, yours are kept for ${PROOF_MINUTES} minutes.`,
    to: 'Address given:',
    notThere:
      'Nothing arrives? Look among unwanted e-mails, and read the address again. If you had got a link for this café already, it still serves.',
    sendAgain: 'Send the e-mail again',
    mend: 'Correct the address',
    again:
      'The e-mail is sent to this address again, once a day at most. Open the link and press the button: without that, nothing follows.',
  },
  code: {
    title: { confirmed: 'Your seat is kept', waiting: 'You are on the waiting list' },
    lead: 'Keep this code: with it you see, change or cancel your registration.',
    where: (address) => `On the page ${address}`,
    waitingCall: 'If a seat becomes free, the team calls you.',
  },
  find: {
    title: 'Find my registration',
    lead: 'Type the code that the page gave you.',
    code: 'Your code',
    submit: 'See my registration',
    unknown: 'This code opens no registration. Check each letter.',
  },
  closed: {
    elsewhere: 'This café takes no registrations on this site.',
    hidden: 'This café is not shown on this site: one cannot register.',
    off: 'This café does not take place on this date: one can no longer register.',
    begun: 'This café has begun: one can no longer register.',
  },
  back: 'See the café',
  own: {
    title: 'My registration',
    states: {
      unproven: 'Confirm your address to keep your seat.',
      confirmed: 'Your seat is kept.',
      waiting: 'You are on the waiting list.',
      offered: 'A seat became free for you.',
      cancelled: 'This registration is cancelled.',
      lapsed: 'The seat that was offered is no longer kept for you.',
    },
    name: 'First name',
    seats: 'Seats',
    rank: 'Rank on the waiting list',
    contact: 'Contact',
    needs: 'For your welcome',
    online: 'To connect',
    prove: 'Confirm my registration',
    accept: 'I take the seat',
    acceptMany: 'I take the seats',
    decline: 'I leave the seat',
    until: (time) => `Answer before ${time}.`,
    change: 'Change the number of seats',
    notEnough: (free) =>
      free > 0
        ? `There are only ${seats(free)} for you: yours stay as before.`
        : 'There is no other seat: yours stay as before.',
    cancel: 'Cancel my registration',
    otherDates: 'Your other dates',
    giveBack: 'Give this date back',
    erase: 'Delete all that is about me',
    eraseHint: 'Your seat is given back, and nothing of you stays in the list of the place.',
    take: 'My data, as a file',
    done: {
      confirmed: 'Confirmed: your seat is kept.',
      waiting: 'Noted: you are on the waiting list.',
      declined: 'Noted: you leave the seat.',
      cancelled: 'Cancelled: thank you for telling us.',
      changed: 'The number of seats is changed.',
      erased: 'All is deleted.',
      late: 'This offer no longer holds.',
    },
  },
}
