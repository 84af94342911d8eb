import type { Context as HonoContext } from 'hono'
import type { Problem } from '../../../domain/values/problem.ts'
import { readCursor } from '../../../store/search/cursor.ts'
import { parameterIn, readSearch, readSearchValues } from '../../search/query.ts'
import { findWrongParameters } from '../parameters.ts'
import { type ReadParameters, readParameters, SearchParameters } from './parameters.ts'

/** The names of the parameters of a page's search, with those of the API. */
const NAMES: Record<string, string> = {
  territoire: 'territory',
  format: 'format',
  intention: 'intention',
  public: 'audience',
  acces: 'accessibility',
  type: 'kind',
  langue: 'language',
  organisateur: 'organizer',
  ouvert: 'openTo',
  structure: 'structure',
  reseau: 'network',
  limit: 'limit',
  updatedSince: 'updatedSince',
}

/** The parameters that only a page's search has. */
const FRENCH = [
  'ou',
  'rayon',
  'quand',
  'du',
  'au',
  'tri',
  'territoire',
  'public',
  'acces',
  'type',
  'langue',
  'organisateur',
  'passes',
  'ouvert',
  'reseau',
]

/** The parameters of a page's search, all of which a search of the API or for a file takes too. */
export const PAGE_PARAMETERS = [...FRENCH, 'curseur', 'lang']

const PARAMETERS = new Map(
  [...Object.keys(SearchParameters.shape), ...PAGE_PARAMETERS].map((name) => [name, undefined]),
)

/** Finds parameters that no search has, whose condition would be lost. */
export const findUnknownSearchParameters = (given: Record<string, string[]>): Problem[] =>
  findWrongParameters(given, PARAMETERS)

const FRENCH_MODES = ['presentiel', 'en-ligne', 'mixte']
const FRENCH_INTENTIONS = ['apprendre', 'experimenter', 'debattre']
/** The French values with those of the API, by the API's name of the parameter. */
const VALUES: Record<string, Record<string, string>> = {
  openTo: { reserve: 'reserved', tous: 'all' },
  intention: { apprendre: 'learn', experimenter: 'try', debattre: 'debate' },
}

/**
 * Reads a search with the parameters of the API or of the pages, so that any address of a search can be exported. With
 * those of the pages `ou` has precedence over `territoire`, as on the page.
 * @param asked - The parameters that count, where some of the address do not.
 */
export function readExportSearch(
  c: HonoContext,
  now: Temporal.Instant,
  asked: Record<string, string[]> = c.req.queries(),
): ReadParameters {
  return readAnySearch(asked, now)
}

/** Reads a search whose parameters have the names of the API or of the pages. */
export function readAnySearch(
  asked: Record<string, string[]>,
  now: Temporal.Instant,
): ReadParameters {
  const first = (name: string) => asked[name]?.[0]
  const isFrench =
    FRENCH.some((name) => name in asked) ||
    FRENCH_MODES.includes(first('mode') ?? '') ||
    FRENCH_INTENTIONS.includes(first('intention') ?? '')
  const cursor = asked.cursor ?? asked.curseur ?? []
  if (!isFrench) return readParameters({ ...asked, cursor }, now)

  const search = readSearch(readSearchValues(parameterIn(asked), now), now)
  if (search.problems) return { problems: search.problems }
  const { place: _place, beside: _beside, area: _area, ...query } = search.query
  const isPlaced = (first('ou') ?? '').trim() !== ''
  const others = readParameters(
    Object.fromEntries(
      Object.entries(NAMES)
        .filter(([french]) => !(isPlaced && french === 'territoire'))
        .map(([french, name]) => [
          name,
          (asked[french] ?? []).map((value) => VALUES[name]?.[value] ?? value),
        ]),
    ),
    now,
  )
  if ('problems' in others) return { problems: others.problems.map(inFrench) }
  const [cursorText] = cursor
  const after = cursorText ? readCursor(cursorText, query.order ?? 'date') : undefined
  if (cursorText && !after) return { problems: [{ field: 'cursor', code: 'invalid' }] }
  return { query: { ...others.query, ...query, cursor: after } }
}

const inFrench = <T extends { field: string }>(problem: T): T => ({
  ...problem,
  field: Object.entries(NAMES).find(([, name]) => name === problem.field)?.[0] ?? problem.field,
})
