import { plural } from '../node/domain/number-words.ts'
import type { findFr } from './words-find-fr.ts'

const cafes = (n: number) => plural(n, 'café', 'cafés', 'en')

export const findEn: typeof findFr = {
  title: {
    all: 'Cafés IA',
    past: 'Past Cafés IA',
    near: (title, km, place) => `${title} within ${km}\u00a0km of ${place || 'this point'}`,
    by: (name) => `organised by ${name}`,
    when: {
      aujourdhui: 'today',
      'ce-week-end': 'this weekend',
      '7-jours': 'in the next 7 days',
      'ce-mois': 'this month',
    },
    on: (day) => `on ${day}`,
    between: (from, until) => `from ${from} to ${until}`,
    from: (day) => `from ${day}`,
    until: (day) => `until ${day}`,
  },
  toCome: (n, isCapped) => `${isCapped ? 'More than ' : ''}${cafes(n)} to come.`,
  widened: (km, place, nearest) =>
    `No café within ${km}\u00a0km of ${place || 'this point'}; the nearest is ${nearest} away`,
  around: (km) => `Within ${km}\u00a0km`,
  active: 'What you chose',
  remove: 'remove',
  refine: 'Narrow down',
  capped: 'There are too many cafés to count them all: choose one of these.',
  facets: {
    mode: 'On site or online',
    format: 'Format',
    audience: 'For whom',
    accessibility: 'Adapted welcome',
    kind: 'Type of organisation',
    language: 'Language',
    region: 'Région',
    departement: 'Département',
  },
  anyKind: 'All types',
  anyLanguage: 'All languages',
  formatHint: 'In French, for example: débat, atelier',
  audienceHint: 'In French, for example: séniors, jeunes',
  past: 'Search past cafés',
  others: (n, name) => `and ${plural(n, 'other café', 'other cafés', 'en')} of ${name} that day`,
  take: 'Take this search with you',
  takeHow: 'You can keep and share the address of this page. The same cafés, for other tools:',
  map: 'See on the map',
  files: {
    'cafes.ics': 'Calendar',
    'cafes.atom': 'Feed reader',
    'feed.json': 'Feed reader, in JSON',
    'cafes.csv': 'Spreadsheet (CSV)',
    'cafes.geojson': 'Map (GeoJSON)',
    'cafes.jsonld': 'Linked data (JSON-LD)',
    'cafes.json': 'Data for software (JSON)',
    'cafes.ndjson': 'Signed originals',
  },
  aroundMe: {
    button: 'Around me',
    wait: 'One moment…',
    failed: 'Your position is not known. Write a town or a postcode.',
    none: 'No town of this name',
  },
}
