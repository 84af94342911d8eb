import type { startFr } from '../../fr/cafes/start.ts'

export const startEn: typeof startFr = {
  menu: 'I am new to this',
  title: 'Your first café',
  lead: 'Two questions. You leave with a person to write to, a programme that is ready, and a date.',
  labels: { ou: 'Where is it?', qui: 'Who will come?' },
  hints: { ou: 'Town, postcode, département or région' },
  audiences: {
    tous: {
      title: 'Everybody',
      who: 'No knowledge needed',
      for: 'for everybody',
      advice:
        'Begin with what each person has seen or heard: a picture, a headline, a strange phone call.',
    },
    ados: {
      title: 'Teenagers',
      who: 'Class, club, youth centre',
      for: 'with teenagers',
      advice: 'Ask them to show you what they use already, and how they notice that it is wrong.',
    },
    aines: {
      title: 'Elderly people',
      who: 'Club, residence',
      for: 'with elderly people',
      advice: 'Keep groups of four and large print, and talk about telephone scams as well.',
    },
    familles: {
      title: 'Families',
      who: 'Children from the age of 8',
      for: 'with families',
      advice:
        'Let two generations guess together: real or made up? An hour is enough for children.',
    },
  },
  submit: 'Show my answer',
  byMyself: 'I would rather search by myself',
  nothingKept:
    'No account. Nothing is kept: the answer is a page that you can keep or send to your colleagues.',
  orElse: 'Did you mean: ',
  again: 'Change my answers',
  answerTitle: (place, audience) =>
    `${place === undefined ? 'Everywhere in France' : place}, ${audience}: where to begin`,
  person: {
    kicker: '1 · A person',
    referentText: 'This person knows the places of your territory and helps with a first café.',
    leads: (km) =>
      km === ''
        ? 'This person leads cafés in your territory.'
        : `This person leads cafés near you (${km}).`,
    orLed: 'To lead it:',
    team: (siteName) => `The team of ${siteName}`,
    teamText: 'Nobody answers for your territory yet: the team reads you and puts you in touch.',
    write: (name) => `Write to ${name}`,
    writeTeam: 'Write to the team',
  },
  programme: {
    kicker: (kind) => `2 · ${kind ?? 'A programme that is ready'}`,
    text: 'A conversation, not a lesson: the programme minute by minute, the sheet to count on, the list of what to prepare.',
    facts: '1 h 30 · 5 to 30 people · no computer',
    noComputer: 'no computer',
    see: 'See how it goes',
    open: 'Print the programme',
    guide: 'The guide to a first café',
  },
  date: {
    kicker: '3 · A date',
    title: 'Come and see first',
    online: 'It is online: come from home and see how it goes.',
    orNear: 'Or on site:',
    toCalendar: 'Add it to my calendar',
    none: 'No date for now',
    noneText: 'No café is announced near you or online: yours would be the first.',
    beNotified: 'Hear of the next ones',
  },
  ready: 'Ready for yours?',
  freeDay: (day) => `No other café is announced within 25 km on ${day}.`,
  readyText: 'Suggest it without an account: a place, a day, a question.',
  announce: 'Suggest a café',
  sendIt: 'The address of this answer:',
  nextOnline: 'Next time: ',
  onlineText: 'From home, where no question is silly. Ideal to see one before you organise yours.',
}
