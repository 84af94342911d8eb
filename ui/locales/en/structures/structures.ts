import { plural } from '../../../../node/domain/values/number-text.ts'
import type { followAreaFr, organiseFr, structureFr } from '../../fr/structures/structures.ts'

export const structureEn: typeof structureFr = {
  help: {
    title: 'First, a helping hand',
    text: 'A lost password, a form to fill in online, a first telephone: places near you help with a computer or paperwork, without a word about AI.',
    link: 'Find a place that helps',
    linkIn: (name) => `Places that help: ${name}`,
    source: '(Cartographie nationale, the national map of digital inclusion)',
  },
  list: {
    title: 'Hosts',
    lead: 'Libraries, shared workshops, associations, town halls…: who hosts AI cafés.',
    form: 'Search for a host',
    texts: 'Name',
    kind: 'Kind',
    anyKind: 'All kinds',
    where: 'Area',
    whereHint: 'Town, département or region',
    submit: 'Search',
    total: (n) => plural(n, 'host', 'hosts', 'en'),
    none: 'No host matches.',
    all: 'See all hosts',
    more: 'More hosts',
    several: (text) => `Several areas match “${text}”:`,
    unknown: (text) => `No area is called “${text}”.`,
  },
  counts: (toCome, held) =>
    [
      toCome > 0 ? `${plural(toCome, 'café', 'cafés', 'en')} to come` : 'No café to come',
      held > 0 ? `${plural(held, 'past café', 'past cafés', 'en')}` : '',
    ]
      .filter(Boolean)
      .join(', '),
  toCome: 'Cafés to come',
  held: 'Past cafés',
  noneToCome: 'This host announces no café for now.',
  moreToCome: 'All cafés to come',
  about: 'About',
  ownSite: 'Its site',
  website: 'Website',
  follow: 'Follow',
  followHow:
    'On Mastodon and compatible networks, paste this address into the search, then follow the account.',
  lastWord: (ago) => `Announced or changed a café ${ago}.`,
  embed: 'Show its cafés on another site',
  calendar: 'Subscribe to its calendar',
  description: (name) => `The AI cafés of “${name}”: dates, place, how to follow.`,
}

export const organiseEn: typeof organiseFr = {
  menu: 'Organise',
  title: 'Organise an AI café',
  lead: 'An AI café needs no specialist: a room, a date, a question to think about together. It is free and open. Three ways to announce it, from the simplest to the most independent.',
  one: {
    title: 'I announce a café',
    text: 'You have a date and a place, and no site for it: suggest it here, without an account. A person reads it, and the directory announces it for your organisation.',
    action: 'Suggest a café',
  },
  welcomed: {
    title: 'A place nearby announces ours',
    text: 'A library, a town hall or an association near you already announces cafés: ask them to announce yours on their site. Look who is near you:',
    where: 'Your area',
    whereHint: 'Town, département or region',
    submit: 'See the hosts',
  },
  led: {
    title: 'I am looking for somebody to lead it',
    text: 'Facilitators travel, and say on which themes and in which formats.',
    action: 'Find a person',
  },
  own: {
    title: 'I install our own site',
    text: 'The software is free and runs on a small computer. Your cafés live at your place, the directory shows them at once. It takes half an hour.',
    steps: {
      machine: 'You need a machine that stays on and a domain name.',
      install: 'Two commands install everything; an assistant asks what is needed.',
      join: 'In the administration of your site, ask to join the directory, with this address:',
    },
    action: 'Install, step by step',
    software: 'The software',
  },
  first: {
    title: 'It is the first time',
    text: 'From the idea to the evening itself: the place, the question to ask, how an hour and a half goes. In French.',
    start: 'I am new to this',
    action: 'Organise a first café',
    all: 'All guides',
  },
}

export const followAreaEn: typeof followAreaFr = {
  heading: 'Choose an area',
  lead: 'Follow only the cafés of your département or region.',
  label: 'Area',
  everywhere: 'All of France',
  submit: 'Choose',
  departements: 'Départements',
  regions: 'Regions',
}
