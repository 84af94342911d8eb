import { isCollectivity } from '../domain/territories/collectivity.ts'
import { comparableName, splitLabel, withoutArticle } from './names.ts'
import {
  findTerritory,
  listDepartements,
  listEpcis,
  listRegions,
  type Territory,
} from './territories.ts'

const CODE = /^(?:\d{1,3}|2[ab])$/i

/**
 * Names that people use and that no list has: régions of before 2016, short names, the two halves of Corsica as one
 * number.
 */
const OTHER_NAMES: Record<string, string> = {
  '20': 'r-94',
  alsace: 'r-44',
  lorraine: 'r-44',
  'champagne ardenne': 'r-44',
  'champagne ardennes': 'r-44',
  aquitaine: 'r-75',
  limousin: 'r-75',
  'poitou charentes': 'r-75',
  'poitou charente': 'r-75',
  auvergne: 'r-84',
  'rhone alpes': 'r-84',
  aura: 'r-84',
  'basse normandie': 'r-28',
  'haute normandie': 'r-28',
  bourgogne: 'r-27',
  'franche comte': 'r-27',
  'languedoc roussillon': 'r-76',
  languedoc: 'r-76',
  'midi pyrenees': 'r-76',
  'nord pas de calais': 'r-32',
  picardie: 'r-32',
  paca: 'r-93',
  provence: 'r-93',
  'cote d azur': 'r-93',
  'region sud': 'r-93',
  idf: 'r-11',
  'region parisienne': 'r-11',
  'centre val de loire': 'r-24',
  'guyane francaise': '973',
  'pays basque': '64',
  bearn: '64',
  'neuf trois': '93',
  'grand paris': 'e-200054781',
  'grand lyon': 'e-200046977',
}

/**
 * Finds the département or région with this name or number: `Ille-et-Vilaine`, `35`, `bretagne`. Where both are the
 * same area and have one name, as at La Réunion, it is the département.
 */
export function findAreaNamed(text: string): Territory | undefined {
  const typed = text.trim()
  const words = withoutArticle(comparableName(typed).replace(KIND, ''))
  const code =
    OTHER_NAMES[words] ?? (CODE.test(words) ? words.padStart(2, '0') : codes().get(words))
  return code === undefined ? undefined : findTerritory(code)
}

/** The words that people put before the name of a territory. */
const KIND =
  /^(?:le |la )?(?:departement|dept|dpt|dep|region)(?: de la| de l| des| de| du| d)? (?=.)/

/**
 * Finds the intercommunality with this name, with or without its kind: `Rennes Métropole`, `Diois`, `communauté de
 * communes du Diois`.
 */
export function findIntercommunalityNamed(text: string): Territory | undefined {
  const wanted = splitKind(text)
  if (wanted.name === '') return undefined
  const found = listEpcisByName().get(wanted.name) ?? []
  // Two of different kinds may have the same name.
  const epci = found.find(({ kind }) => kind === wanted.kind) ?? found[0]
  return epci && findTerritory(`e-${epci.code}`)
}

let byName: ReadonlyMap<string, { code: string; kind: string; name: string }[]> | undefined

/**
 * Returns the intercommunalities by what `splitKind` leaves of their names. It is made once, since reading all twelve
 * hundred takes milliseconds.
 */
export function listEpcisByName(): NonNullable<typeof byName> {
  byName ??= Map.groupBy(
    listEpcis().map(({ code, name }) => ({ code, ...splitKind(name) })),
    ({ name }) => name,
  )
  return byName
}

const INTERCOMMUNAL =
  /^(cc|ca|cu|communaute (?:de communes|d agglomeration|urbaine)|metropole|agglomeration)(?: de la| de l| des| de| du| d)? (?=.)/

const LETTERS_OF: Record<string, string> = {
  'communaute de communes': 'cc',
  'communaute d agglomeration': 'ca',
  'communaute urbaine': 'cu',
}

/** Splits kind and name, without the letters that a list puts after some names: « (CCTV) ». */
function splitKind(text: string): { kind: string; name: string } {
  const comparable = comparableName(splitLabel(text, /^[A-Z\d ]{2,7}$/).name)
  const [start = '', kind = ''] = INTERCOMMUNAL.exec(comparable) ?? []
  return {
    kind: LETTERS_OF[kind] ?? kind,
    name: withoutArticle(comparable.slice(start.length)),
  }
}

/** Finds an area with what our pages put after the name: `La Réunion (974)`, `Bretagne (région)`. */
export function findAreaLabelled(text: string): Territory | undefined {
  const { name, note = '' } = splitLabel(text)
  const area = CODE.test(name) ? undefined : findAreaNamed(name)
  const kind = area && isCollectivity(area.code) ? 'collectivite' : area?.kind
  const notes = [area?.code, area?.kind, kind].map((one) => comparableName(one ?? ''))
  return notes.includes(comparableName(note)) ? area : undefined
}

/** Returns the names of régions and départements as `comparableName` reads them, each with its territory's code. */
export const listAreaNames = (): Iterable<[name: string, code: string]> => codes()

let known: ReadonlyMap<string, string> | undefined

/** Returns the codes by name; a later entry replaces an earlier one. */
function codes(): ReadonlyMap<string, string> {
  known ??= new Map(
    [
      ...listRegions().map(({ code, name }) => ({ code: `r-${code}`, name })),
      ...listDepartements(),
    ].map(({ code, name }) => [withoutArticle(comparableName(name)), code]),
  )
  return known
}
