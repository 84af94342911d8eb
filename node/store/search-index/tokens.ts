import { hash } from 'node:crypto'
import type { Selectable } from 'kysely'
import { LRUCache } from 'lru-cache'
import { type AttendanceMode, attendanceModeOf, type CafeStatus } from '../../domain/cafes/cafe.ts'
import { findCommune, wholeCommune } from '../../geo/communes.ts'
import { distanceKm } from '../../geo/distance.ts'
import type { Territory } from '../../geo/territories.ts'
import { fromListText } from '../database/columns.ts'
import type { CafeTable } from '../schema/cafes.ts'
import { cellsOf } from './cells.ts'
import { foldWords, searchWords } from './fold-words.ts'

/**
 * The tokens by which a café is found beside its words. They begin with a mark that no folded word can contain, so that
 * nobody can type one. `reindex-cafes.ts` puts them together.
 */
const MARK = '___'

const MODES: Record<AttendanceMode, string> = { offline: 'o', online: 'n', mixed: 'x' }

export const token = {
  mode: (mode: AttendanceMode) => `${MARK}m${MODES[mode]}`,
  cancelled: `${MARK}xc`,
  format: (format: string) => `${MARK}f${joined(format)}`,
  audience: (audience: string) => `${MARK}p${joined(audience)}`,
  accessibility: (code: string) => `${MARK}a${code}`,
  intention: (intention: string) => `${MARK}i${intention}`,
  language: (tag: string) => `${MARK}l${joined(tag)}`,
  kind: (kind: string) => `${MARK}k${kind.toLowerCase()}`,
  region: (code: string) => `${MARK}r${joined(code)}`,
  departement: (code: string) => `${MARK}d${joined(code)}`,
  epci: (code: string) => `${MARK}e${joined(code)}`,
  commune: (code: string) => `${MARK}c${joined(code)}`,
  public: `${MARK}xo`,
  reserved: `${MARK}xr`,
  /** Its point is not near the middle of its commune, or its commune is not known. */
  far: `${MARK}xf`,
  network: (id: string) => `${MARK}w${id.replaceAll('-', '')}`,
  structure: (organizationId: string) => `${MARK}s${organizationId.replaceAll('-', '')}`,
  organizer: (uri: string) => `${MARK}o${hash('sha256', uri).slice(0, 16)}`,
}

/** A token of PostgreSQL has at most 2046 bytes. */
const TOKEN_MAX = 500

/** Returns a token as the index of PostgreSQL keeps it. */
export const cutToken = (token: string): string =>
  token.length <= TOKEN_MAX ? token : [...token].slice(0, TOKEN_MAX).join('')

/** Returns a token as the facets of an entry have it, without the mark. */
export const facetOf = (token: string): string => token.slice(MARK.length)

/** What was joined last: most cafés have the codes, formats and audiences of others. */
const joinedTexts = new LRUCache<string, string>({ max: 2000 })

/** Returns the token of a free text, whatever its accents, capitals and plurals. */
function joined(text: string): string {
  const known = joinedTexts.get(text)
  if (known !== undefined) return known
  const words = searchWords(text).join('_')
  joinedTexts.set(text, words)
  return words
}

/** Returns the INSEE codes of the communes among the facets of an entry; that of the café's own comes first. */
export const listCommuneCodes = (facets: readonly string[]): string[] =>
  facets.flatMap((each) =>
    each.startsWith(COMMUNE) ? each.slice(COMMUNE.length).toUpperCase() : [],
  )

const COMMUNE = facetOf(token.commune(''))

/** Returns the word by which the index finds the cafés of a territory. */
export function territoryToken(territory: Territory): string {
  switch (territory.kind) {
    case 'region':
      return token.region(territory.region.code)
    case 'departement':
      return token.departement(territory.departement.code)
    case 'epci':
      return token.epci(territory.epci.code)
    case 'commune':
      return token.commune(territory.commune.codeInsee)
  }
}

/** The columns from which the words of a café are made. */
export const WORDS = [
  'title',
  'summary',
  'format',
  'themes',
  'audiences',
  'venue_name',
  'commune',
  'organizer_name',
  'description_html',
] as const satisfies (keyof CafeTable)[]
/** The columns by which cafés can be filtered. */
export const FACETS = [
  'attendance_mode',
  'status',
  'format',
  'audiences',
  'accessibility',
  'intentions',
  'languages',
  'code_insee',
  'departement',
  'region',
] as const satisfies (keyof CafeTable)[]

type Row<Columns extends readonly (keyof CafeTable)[]> = Pick<
  Selectable<CafeTable>,
  Columns[number]
>
/** Returns all words of a café, folded, separated by spaces. */
const textOf = (row: Row<typeof WORDS>): string =>
  foldWords(
    [
      row.title,
      row.summary,
      row.format,
      ...fromListText(row.themes),
      ...fromListText(row.audiences),
      row.venue_name,
      row.commune,
      row.organizer_name,
      row.description_html.replace(/<[^<>]*>/g, ' '),
    ]
      .filter((part) => part !== null)
      .join(' '),
  )

/** The maximum number of different words by which a café can be found. */
const WORDS_MAX = 2000

/** Returns each word once. */
export const wordsOf = (row: Row<typeof WORDS>): string[] =>
  [...new Set(textOf(row).trim().split(' '))].slice(0, WORDS_MAX).filter(Boolean)

/**
 * Returns the tokens by which a café is filtered, each once: its ways of attending, its format, its
 * public, its languages, its places.
 */
export function facetsOf(row: Row<typeof FACETS>): string[] {
  const tokens = [
    token.mode(
      attendanceModeOf({
        attendanceMode: row.attendance_mode as AttendanceMode,
        status: row.status as CafeStatus,
      }),
    ),
    ...(row.status === 'cancelled' ? [token.cancelled] : []),
    ...(row.format === null ? [] : [token.format(row.format)]),
    ...fromListText(row.audiences).map(token.audience),
    ...fromListText(row.accessibility).map(token.accessibility),
    ...fromListText(row.intentions).map(token.intention),
    ...fromListText(row.languages).map(token.language),
    ...placesOf(row),
  ]
  return [...new Set(tokens)]
}

/** Returns the territories in which a café is; an arrondissement of Lyon is in Lyon too. */
function placesOf({ code_insee, departement, region }: Row<typeof FACETS>): string[] {
  const commune = code_insee === null ? undefined : findCommune(code_insee)
  const whole = commune && wholeCommune(commune)
  return [
    ...(region === null ? [] : [token.region(region)]),
    ...(departement === null ? [] : [token.departement(departement)]),
    ...(whole?.epci === undefined ? [] : [token.epci(whole.epci)]),
    ...(code_insee === null ? [] : [token.commune(code_insee)]),
    ...(commune === undefined ? [] : [token.commune(commune.codeInsee)]),
    ...(whole === undefined ? [] : [token.commune(whole.codeInsee)]),
  ]
}

/** What is within so many kilometres of the middle of its commune is looked for there when it is removed. */
export const NEAR_COMMUNE_KM = 30

/** Returns the token of a café whose point its commune does not tell; none where it has no point. */
export function farTokensOf({
  code_insee,
  latitude,
  longitude,
}: Pick<Selectable<CafeTable>, 'code_insee' | 'latitude' | 'longitude'>): string[] {
  if (latitude === null || longitude === null) return []
  const commune = code_insee === null ? undefined : findCommune(code_insee)
  const isNear = commune && distanceKm({ latitude, longitude }, commune) <= NEAR_COMMUNE_KM
  return isNear ? [] : [token.far]
}

/** Returns the tokens of who announces a café: its organizer, its structure here, its networks (by their ids). */
export const announcerTokensOf = (
  cafe: Pick<Selectable<CafeTable>, 'organizer_uri' | 'organization_id'>,
  networks: readonly string[],
): string[] => [
  token.organizer(cafe.organizer_uri),
  ...(cafe.organization_id === null ? [] : [token.structure(cafe.organization_id)]),
  ...networks.map(token.network),
]

/** Returns the tokens of the cells of the map in which a café lies. */
export const cellTokensOf = ({
  latitude,
  longitude,
}: Pick<Selectable<CafeTable>, 'latitude' | 'longitude'>): string[] =>
  latitude === null || longitude === null ? [] : cellsOf({ latitude, longitude })
