import type { mapFr } from '../fr/map.ts'
import { departementsText } from './departements.ts'

const plural = (n: number, one: string, many: string) =>
  `${n === 0 ? 'no' : n} ${n === 1 ? one : many}`
const cafes = (n: number) => plural(n, 'café', 'cafés')

type Count = { held: number; cancelled: number }

const ofTown = ({ held, cancelled }: Count): string => {
  if (held === 0) return plural(cancelled, 'cancelled café', 'cancelled cafés')
  return cancelled === 0 ? cafes(held) : `${cafes(held)}, and ${cancelled} cancelled,`
}

export const mapEn: typeof mapFr = {
  title: 'The map of cafés to come',
  heading: (total) =>
    total === 0 ? 'No café to come at the moment' : `${cafes(total)} to come, all over France`,
  titleOfSearch: (search) => `On the map: ${search}`,
  jump: 'Go to the map',
  here: (name) => `Here, ${name}`,
  circle: (km, name) => `The circle shows ${km} km around ${name}.`,
  departement: (name, code, count) => `${name} (${code}): ${cafes(count)} to come`,
  found: (name, code, count) => `${name} (${code}): ${cafes(count)}`,
  inTown: (count, town) => `${ofTown(count)} in ${town}`,
  aroundTown: (count, town) => `${ofTown(count)} around ${town}`,
  counted: (count) => `There are more: the numbers are those of ${cafes(count)}.`,
  one: 'one or two cafés',
  several: 'three or more',
  off: 'cancelled',
  nearYou: 'Near you?',
  town: 'Town or postcode',
  see: 'See',
  listTitle: 'By région',
  townsTitle: 'By town',
  noneFound: 'No café of this search has a place on the map.',
  nowhere: 'No café is announced at the moment.',
  folded: (codes) => `The list of ${departementsText(codes)}`,
  colon: ': ',
  count: cafes,
  placeless: (count) =>
    `${cafes(count)} without a point on the map: online, or in no town that is known.`,
  seeOnline: 'See the cafés online',
  change: 'Change the search',
  all: 'See the map of all cafés to come',
  toSearch: 'Back to the list of results',
  credit: 'Outlines: Natural Earth (public domain).',
  zoom: 'A map to move and to enlarge',
  zoomIn: 'Zoom in',
  zoomOut: 'Zoom out',
  closePopup: 'Close',
  surroundings: {
    atlantic: 'Atlantic',
    channel: 'Channel',
    mediterranean: 'Mediterranean',
    belgium: 'Belgium',
    switzerland: 'Switzerland',
    italy: 'Italy',
    spain: 'Spain',
  },
}
