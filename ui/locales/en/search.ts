import { plural } from '../../../node/domain/values/number-text.ts'
import type { exploreFr, findFr, searchFr } from '../fr/search.ts'
import { departementsText } from './departements.ts'

const cafes = (n: number) => plural(n, 'café', 'cafés', 'en')

/** A filtered search may have left other cafés out, which the sentence says. */
const ofSearch = (isNarrowed: boolean): string => (isNarrowed ? ' of this search' : '')

export const findEn: typeof findFr = {
  title: {
    all: 'Cafés IA',
    past: 'Past Cafés IA',
    near: (title, km, place) => `${title} within ${km}\u00a0km of ${place || 'this point'}`,
    inTerritory: (title, territory) => `${title}, ${territory}`,
    by: (name) => `organised by ${name}`,
    intention: { apprendre: 'to learn', experimenter: 'to try things out', debattre: 'to debate' },
    openTo: { reserve: 'for a specific group', tous: 'open to everyone or not' },
    when: {
      aujourdhui: 'today',
      'ce-week-end': 'this weekend',
      'cette-semaine': 'this week',
      '7-jours': 'in the next 7 days',
      'ce-mois': 'this month',
    },
    on: (day) => `on ${day}`,
    between: (from, until) => `from ${from} to ${until}`,
    from: (day) => `from ${day}`,
    until: (day) => `until ${day}`,
  },
  toCome: (n) => `${cafes(n)} to come.`,
  within: (found, territory) => `${found}: ${territory}`,
  beside: (town) => `a point near ${town}`,
  filter: 'Filter',
  quickFilters: 'Filters',
  quick: { begin: 'Beginners', access: 'Accessible' },
  show: 'Show the cafés',
  remove: 'remove',
  facets: {
    intention: 'People come to',
    audience: 'For whom',
    accessibility: 'Adapted welcome',
    language: 'Language',
  },
  anyIntention: 'Whatever one comes for',
  anyLanguage: 'All languages',
  audienceHint: 'In French, for example: séniors, jeunes',
  past: 'Search past cafés',
  wrongDates: 'Dates to be put right',
  others: ({ total, isMore, areCancelled }, name) => {
    const [one, many] = areCancelled
      ? ['other cancelled café', 'other cancelled cafés']
      : ['other café', 'other cafés']
    return `and ${isMore ? 'more than ' : ''}${plural(total, one, many, 'en')} of ${name} that day`
  },
  suggestions: {
    format: (value) => `search without the format “${value}”`,
    audience: (value) => `search without the audience “${value}”`,
    kind: (value) => `search without the type of organisation “${value}”`,
    language: (value) => `search without the language “${value}”`,
    intention: (value) => `search whatever one comes for, not only “${value}”`,
    territory: (value) => `search without the area “${value}”`,
    network: (value) => `search without the network “${value}”`,
    place: (value) => `search without the place “${value}”`,
    accessibility: 'search without an adapted welcome',
    openTo: 'search cafés open to everyone',
    organizer: 'search the cafés of all organisers',
    past: 'search upcoming cafés',
  },
  map: 'See on the map',
  files: {
    'cafes.ics': 'Calendar',
    'cafes.atom': 'Feed reader',
    'feed.json': 'Feed reader, in JSON',
  },
  aroundMe: {
    button: 'Around me',
    wait: 'One moment…',
    failed: 'Your position is not known. Write a town or a postcode.',
    none: 'No place of this name',
  },
}

export const exploreEn: typeof exploreFr = {
  copy: 'Copy',
  heading: 'Everywhere in France',
  inDepartements: (codes) => `There are some in ${departementsText(codes)}.`,
  allTerritories: 'All territories',
  more: 'Also in the directory',
  follow: 'Hear of the next ones',
  all: 'All upcoming cafés',
  isYours: 'What if it were at your place?',
  isYoursText:
    'A room, a few chairs, a question: that is enough to begin. Three ways to announce it, from the simplest to the most independent.',
  toOrganise: 'Organise a café',
  find: 'Find a café',
  quick: 'Without typing',
  structures: 'The organisations that host',
  statistics: 'The figures',
  newsletter: 'The letter of cafés to come',
  embed: 'The list of cafés on your site',
  page: (territory) => `The page of the cafés: ${territory}`,
}

export const searchEn: typeof searchFr = {
  title: 'Find a Café IA',
  titleHome: 'Let’s talk about AI, over a coffee',
  lead: 'Free meetings, near you, to understand artificial intelligence and debate it together.',
  toCome: (n) => `${cafes(n)} to come.`,
  form: 'Search for a café',
  where: 'Where?',
  whereHint: 'Postcode, town, territory, place…',
  radius: 'Within',
  km: (n) => `${n}\u00a0km`,
  when: 'When?',
  around: (place) => `Around ${place}`,
  order: 'In which order?',
  anywhere: 'Everywhere',
  change: 'Change',
  anyDay: 'Any date',
  today: 'Today',
  weekend: 'This weekend',
  thisWeek: 'This week',
  week: '7 days',
  month: 'This month',
  more: 'More options',
  from: 'From',
  until: 'To',
  datesHint: 'Used instead of “When?”',
  quoted: (q) => `“${q}”`,
  texts: 'Words',
  wordsHint: 'In French, for example: emploi, école, images',
  mode: 'On site or online',
  anyMode: 'All cafés',
  submit: 'Search',
  next: 'The next cafés',
  found: (n, more, place, radiusKm) =>
    `${more ? 'More than ' : ''}${cafes(n)}${near(place, radiusKm)}`,
  besidesCancelled: (held, n) => `${held}, and ${n} cancelled`,
  none: ({ when, place, radiusKm, isNarrowed }) =>
    when && !isNarrowed
      ? `Nothing ${when}${near(place, radiusKm)}`
      : `No café${ofSearch(isNarrowed)}${when ? ` ${when}` : ''}${near(place, radiusKm)}`,
  byDate: 'Soonest first',
  byDistance: 'Nearest first',
  sortByDate: 'Sort by date',
  sortByDistance: 'Sort by distance',
  cancelled: (n) => (n === 1 ? 'The cancelled café' : 'The cancelled cafés'),
  groups: {
    later: 'Another day, at the same place',
    farther: 'Farther away',
    laterFarther: 'Farther away, another day',
    online: 'Online',
    laterOnline: 'Online, another day',
    next: 'The next cafés, everywhere',
  },
  groupAll: {
    later: 'All dates',
    farther: '',
    laterFarther: '',
    online: 'All cafés online',
    laterOnline: 'All cafés online',
    next: '',
  },
  nearestAt: (km, place) =>
    place ? `The nearest is ${km} from ${place}.` : `The nearest is ${km} away.`,
  within: (km, place) => `The cafés within ${km}\u00a0km of ${place || 'this point'}`,
  alsoPossible: 'You can also:',
  steps: {
    heading: 'What next?',
    calendar: 'In my calendar',
    follow: (territory) => `Follow the cafés: ${territory}`,
    followAll: 'Follow the cafés',
    request: 'I’d like a café here',
    share: 'Send this page',
  },
  whatNow: 'You can:',
  allDates: 'search all dates',
  allModes: 'search cafés on site and online',
  noWords: (q) => `search without the words “${q}”`,
  onlineInstead: 'see the cafés online',
  everywhere: 'see all upcoming cafés',
  noneAnywhere: 'No café is announced at the moment. Come back soon.',
  otherTowns: (count) => `and ${plural(count, 'town', 'towns', 'en')} around · choose`,
  cedex: (code, town) => `${code} is no town’s postcode: here is around ${town}.`,
  called: (typed, { place, territory, days }) =>
    `“${typed}”: here is ${[place ? `around ${place}` : (territory ?? 'everywhere'), days]
      .filter(Boolean)
      .join(', ')}.`,
  street: (typed, town) => `“${typed}”: streets are not known here, here is around ${town}.`,
  abroad: (name) =>
    `“${name}” is not known here: the directory knows the towns and territories of France.`,
  notKnown: (text) => `“${text}” is not known here.`,
  asWords: (text) => `“${text}” is not a town: here are the cafés that have these words.`,
  asName: (text: string) => `The cafés of “${text}”, and those where these words are written.`,
  asked: 'Did you mean',
  askedPlace: (place) => `${place}?`,
  or: 'or',
  otherNames: (count) => `and ${count === 1 ? 'another one' : `${count} others`} · choose`,
  moreResults: 'More cafés',
  unknown: 'Write a postcode (35000) or the name of a town (Rennes).',
}

function near(place: string, radiusKm: number | undefined): string {
  if (radiusKm === undefined) return place && ` near ${place}`
  return ` within ${radiusKm}\u00a0km of ${place || 'this point'}`
}
