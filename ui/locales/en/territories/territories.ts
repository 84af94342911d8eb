import { plural } from '../../../../node/domain/values/number-text.ts'
import type { territoryFr } from '../../fr/territories/territories.ts'

const cafes = (n: number) => plural(n, 'café', 'cafés', 'en')

export const territoryEn: typeof territoryFr = {
  index: {
    title: 'Areas',
    lead: 'Choose a region or a département: its next cafés, its hosts, and how to hear of the next one.',
    some: 'Where there are some',
    all: 'The list of regions and départements',
  },
  breadcrumb: 'You are here',
  title: (name) => `AI cafés: ${name}`,
  description: (name, toCome) =>
    toCome === 0
      ? `AI cafés, ${name}: be told of the next one, or say that you would like one.`
      : `${cafes(toCome)} to come, ${name}: free meetings to talk about artificial intelligence.`,
  cafes,
  structures: (n) => plural(n, 'host', 'hosts', 'en'),
  toCome: (n) => `${cafes(n)} to come`,
  upcoming: 'The next cafés',
  more: 'See all these cafés',
  none: 'No café is announced here for now.',
  noneHeld: 'No other café is announced here for now.',
  noneNear: (km) => `No café is announced within ${km} km.`,
  noneAnywhere: 'No café is announced for now, here or elsewhere.',
  nearest: (distance, from) => `The nearest café is ${distance} from ${from}`,
  around: (km) => `Within ${km} km`,
  structuresHere: 'Who hosts cafés here',
  allStructures: 'See all hosts',
  children: {
    region: 'Départements',
    departement: 'Groups of towns',
    epci: 'Towns',
    commune: 'Districts',
  },
  neighbours: {
    region: 'Neighbouring regions',
    departement: 'Neighbouring départements',
    epci: 'Neighbouring groups of towns',
    commune: 'Neighbouring towns',
  },
  follow: {
    heading: 'Follow the cafés',
    of: (name) => `Cafés: ${name}`,
    how: 'On Mastodon and compatible networks, paste this address into the search, then follow the account.',
    own: 'Follow from my account',
    places: 'Follow all places at once',
    calendar: 'Subscribe to the calendar',
    feed: 'Feed, for a feed reader',
    json: 'Data (JSON)',
  },
  unknown: {
    title: 'There is no such area',
    text: 'We know no region, département, group of towns or town of this name or code.',
    suggestions: 'Did you mean?',
    all: 'See all regions and départements',
  },
  request: {
    heading: 'I would like a café here',
    lead: 'Say so in one click, without giving your name: hosts nearby will know that they are expected.',
    total: (n) => `${plural(n, 'request', 'requests', 'en')} for a café here in a year.`,
    commune: 'Your town',
    communeHint: 'Postcode or name',
    submit: 'I would like a café',
    thanks: 'Thank you, your request is counted.',
    known: 'A request of today from your network is already counted.',
    tooMany: 'Many requests came from your network today. Come back tomorrow.',
    organise: 'Organise a café yourself',
    title: 'I would like a café',
    choose: 'Choose your town:',
  },
  admin: {
    title: 'Requests',
    nav: 'Requests',
    lead: 'How often visitors said “I would like a café here” in a year. Those who ask from one network count once a day and town; nothing says who they are.',
    by: 'By area',
    levels: { commune: 'Towns', departement: 'Départements', region: 'Regions' },
    none: 'Nobody has asked for a café yet.',
    words: 'Territory',
    found: (n) => plural(n, 'territory', 'territories', 'en'),
    noneFound: 'No territory matches.',
    col: {
      name: 'Area',
      within: 'In',
      total: 'Requests',
      toCome: 'Cafés to come',
      last: 'Last request',
    },
    sortBy: 'Sort by',
    file: 'Download the table (CSV)',
  },
}
