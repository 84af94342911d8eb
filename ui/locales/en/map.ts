import type { mapFr } from '../fr/map.ts'
import { departementsText } from './departements.ts'

const plural = (n: number, one: string, many: string) =>
  `${n === 0 ? 'no' : n} ${n === 1 ? one : many}`
const cafes = (n: number) => plural(n, 'café', 'cafés')
const inDepartements = (codes: readonly string[]) =>
  codes.length === 0 ? '' : ` in ${departementsText(codes)}`

export const mapEn: typeof mapFr = {
  title: 'The map of cafés to come',
  lead: 'Choose a département on the map, or in the list that follows it.',
  titleOfSearch: (search) => `On the map: ${search}`,
  jump: 'Go to the map',
  asList: 'Skip the map: read the list of départements',
  picture: (total, departements) =>
    `Map of France: ${cafes(total)} to come${inDepartements(departements)}.`,
  departement: (name, code, count) => `${name} (${code}): ${cafes(count)} to come`,
  pictureOfSearch: (total, departements) =>
    `Map of France: ${cafes(total)}${inDepartements(departements)}.`,
  found: (name, code, count) => `${name} (${code}): ${cafes(count)}`,
  point: (title, when, place) => `${title}, ${when}, ${place}`,
  severalAt: (count, place) => `${cafes(count)} in ${place}`,
  legend: 'Cafés to come',
  legendOfSearch: 'Cafés found',
  folded: (codes) => `The list of ${departementsText(codes)}`,
  counted: (count) => `There are more: the numbers by département are those of ${cafes(count)}.`,
  none: 'none',
  few: (to) => (to === undefined ? '1 or more' : to === 1 ? '1' : `1 to ${to}`),
  many: (from) => `${from} or more`,
  points: 'a café, or several in one place',
  capped: (count) => `The map shows the next ${count}.`,
  listTitle: 'By département',
  nowhere: 'No café is announced at the moment.',
  noneFound: 'No café of this search has a place on the map.',
  restOfSearch: 'No café of this search',
  restTitle: 'No café yet',
  restLead: 'The page of each territory says where the nearest café is.',
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
}
