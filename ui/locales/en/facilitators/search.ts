import { plural } from '../../../../node/domain/values/number-text.ts'
import type { facilitatorSearchFr } from '../../fr/facilitators/search.ts'

const people = (n: number) => plural(n, 'person', 'people', 'en')

export const facilitatorSearchEn: typeof facilitatorSearchFr = {
  lead: 'Find somebody who can lead an AI café near you. Each person has chosen what they show here.',
  form: 'Look for a facilitator',
  where: 'Where',
  whereHint: 'Postcode, town, territory…',
  radius: 'Distance',
  km: (km) => `${km} km`,
  territory: 'Territory',
  territoryHint: 'Department, region, group of towns',
  theme: 'Theme',
  themeHint: 'Work, school, health…',
  format: 'Format',
  formatHint: 'Debate, workshop…',
  language: 'Language',
  anyLanguage: 'All languages',
  training: 'Training',
  anyTraining: 'Trained or not',
  trained: 'Trained',
  begun: 'In training',
  enrolled: 'Enrolled in a training course',
  texts: 'Words',
  wordsHint: 'Name, presentation…',
  submit: 'Search',
  more: 'More criteria',
  found: people,
  foundAt: (n, { label, isAround }) => `${people(n)} ${isAround ? 'around' : 'in'} ${label}`,
  next: 'Next people',
  away: (km) => `${km} away`,
  comes: 'comes as far as you',
  all: 'Show everybody',
  nobody: {
    title: 'Nobody matches',
    wider: (km) => `Search up to ${km} km`,
    without: (what) => `Search without "${what}"`,
    online: 'A café can also be held online, with somebody from further away.',
    ask: 'Write to the team of the directory',
  },
  empty:
    'Nobody has published their profile yet. Organisations of the network invite the people who lead their cafés.',
  unknownTerritory: (text) => `No territory is called "${text}".`,
  appear: {
    title: 'Do you lead cafés?',
    text: 'Your profile begins with an organisation that holds cafés near you: ask it to invite you.',
    action: 'Find an organisation',
  },
  origin: 'See the profile on the site that publishes it',
  write: {
    lead: 'Your message goes to this person’s site, which hands it over by e-mail. Their address stays hidden; they will see yours, to answer you.',
    siteFull:
      'This person’s site has already received many messages of visitors today, and yours was not sent. Try again tomorrow, or write to the team of that site.',
    full: 'This person has already received many messages today, and yours was not sent. Try again tomorrow, or write to the team of the site that publishes their profile.',
    tooMany:
      'Too many messages leave from here today, and yours was not sent. Try again tomorrow, or write to the team of the site that publishes their profile.',
    onItsWayTitle: 'Message on its way',
    onItsWay:
      'It goes to this person’s site, which will hand it over by e-mail. If that site cannot pass it on, we try to tell you by e-mail.',
  },
  admin: {
    title: 'Find a facilitator',
    lead: 'These profiles come from the directories that your site has joined. Some are shown to organisations of the network only: keep them to yourself.',
    none: 'No directory has accepted your site yet.',
    join: 'Join a directory',
    failed: (name) => `${name} does not answer for now. Try again in a few minutes.`,
    networkOnly: 'Shown to organisations only',
    from: (name) => `Directory: ${name}`,
    write: 'Write to them',
    empty: 'Write your message: the date, the place, the audience.',
    long: (max) => `This message is too long: at most ${max} characters.`,
    nobody: 'Nobody matches. Try further away, or with fewer criteria.',
    submit: 'Send',
    message: 'Your message',
    messageHint:
      'The date, the place, the audience. Your name and e-mail address are attached, for the answer.',
    look: 'See their profile',
  },
}
