import { type Selectable, sql } from 'kysely'
import { type AttendanceMode, attendanceModeOf, type CafeStatus } from '../../domain/cafes/cafe.ts'
import { KINDS } from '../../domain/values/structure-kinds.ts'
import { endIfLeft, giveWay } from '../../turns/turns.ts'
import { fromListText } from '../database/columns.ts'
import type { Database } from '../database/database.ts'
import type { CafeTable } from '../schema/cafes.ts'
import { facetOf, token } from '../search-index/tokens.ts'
import type { CafeQuery } from './cafe-query.ts'
import { withNear } from './find.ts'
import { type Plan, planSearch, selectHits } from './hits.ts'

/** By what the cafés of a search are counted; each but the month is a parameter of the search. */
export const FACET_NAMES = [
  ...(['region', 'departement', 'epci', 'commune'] as const),
  ...(['mode', 'format', 'audience', 'language', 'kind', 'month'] as const),
] as const
export type FacetName = (typeof FACET_NAMES)[number]

/** `value` as the search takes it, e.g. `35` or `Atelier`; of a month `2026-12`. */
export type FacetCount = { value: string; cafes: number }

export type FacetCounts = {
  total: number
  /** Whether only the soonest ones were counted. */
  isCapped: boolean
  /** Those with the most cafés first. */
  counts: Map<FacetName, FacetCount[]>
}

/** The greatest number of cafés that is counted, so that no question costs more as there are more cafés. */
const COUNTED_MAX = 10_000
/** How many of them are counted between two turns of other requests. */
const COUNTED_AT_ONCE = 500
/** The maximum number of values of one facet. */
const VALUES_MAX = 100

type Row = Pick<
  Selectable<CafeTable>,
  'status' | 'attendance_mode' | 'format' | 'audiences' | 'languages' | 'wall_starts_at'
> & { position: number; facets: string }

/**
 * Counts the cafés of a search that take place by each of these facets, as the search with a value finds them.
 *
 * @throws VisitorLeft when nobody waits for it any more.
 */
export async function countFacets(
  db: Database,
  query: CafeQuery,
  names: readonly FacetName[],
): Promise<FacetCounts> {
  const whole = { ...query, isHeld: true, cursor: undefined }
  const tallies = new Map(names.map((name) => [name, new Map<string, FacetCount>()]))
  let plan = withNear(await planSearch(db, whole), query.near)
  let total = 0
  for (;;) {
    const rows = await readRows(db, plan, Math.min(COUNTED_AT_ONCE, COUNTED_MAX + 1 - total))
    for (const row of rows.slice(0, COUNTED_MAX - total)) addRow(tallies, row)
    total += rows.length
    const last = rows.at(-1)
    if (!last || rows.length < COUNTED_AT_ONCE) break
    plan = { ...plan, first: last.position + 1 }
    await giveWay()
    endIfLeft()
  }
  const counts = new Map([...tallies].map(([name, tally]) => [name, toSorted(tally)]))
  return { total: Math.min(total, COUNTED_MAX), isCapped: total > COUNTED_MAX, counts }
}

async function readRows(db: Database, plan: Plan, limit: number): Promise<Row[]> {
  const columns = sql`entry.position, entry.cafe_id, entry.facets`
  const { rows } = await sql<Row>`
    select hit.position, hit.facets, cafe.status, cafe.attendance_mode, cafe.format, cafe.audiences,
      cafe.languages, cafe.wall_starts_at
    from (${selectHits(plan, { columns, order: 'soonest', limit })}) as hit
    ${plan.dialect.join} cafe on cafe.id = hit.cafe_id
    order by hit.position`.execute(db)
  return rows
}

/** Counts a café once for each value, under the token by which the search finds it. */
function addRow(tallies: Map<FacetName, Map<string, FacetCount>>, row: Row): void {
  const facets = row.facets.trim().split(' ')
  for (const [name, tally] of tallies) {
    const values = new Map(VALUES[name](row, facets).map((value) => [KEYS[name](value), value]))
    for (const [key, value] of values) {
      const counted = tally.get(key)
      if (counted) counted.cafes++
      else tally.set(key, { value, cafes: 1 })
    }
  }
}

const toSorted = (tally: Map<string, FacetCount>): FacetCount[] =>
  [...tally.values()]
    .toSorted((one, other) => other.cafes - one.cafes || (one.value < other.value ? -1 : 1))
    .slice(0, VALUES_MAX)

const KIND_OF = new Map<string, string>(KINDS.map((kind) => [kind.toLowerCase(), kind]))

/** Reads what follows the mark of a facet in those of an entry. */
const after =
  (make: (value: string) => string, toValue: (code: string) => string) =>
  (_row: Row, facets: readonly string[]): string[] => {
    const mark = facetOf(make(''))
    return facets.flatMap((each) =>
      each.startsWith(mark) ? toValue(each.slice(mark.length).toUpperCase()) : [],
    )
  }

const VALUES: Record<FacetName, (row: Row, facets: readonly string[]) => string[]> = {
  region: after(token.region, (code) => `r-${code}`),
  departement: after(token.departement, (code) => code),
  epci: after(token.epci, (code) => `e-${code}`),
  commune: after(token.commune, (code) => `c-${code}`),
  mode: ({ attendance_mode, status }) => [
    attendanceModeOf({
      attendanceMode: attendance_mode as AttendanceMode,
      status: status as CafeStatus,
    }),
  ],
  format: ({ format }) => (format === null ? [] : [format]),
  audience: ({ audiences }) => fromListText(audiences),
  language: ({ languages }) => fromListText(languages),
  kind: after(token.kind, (code) => KIND_OF.get(code.toLowerCase()) ?? code),
  month: ({ wall_starts_at }) => [wall_starts_at.slice(0, 7)],
}

const same = (value: string): string => value
const KEYS: Record<FacetName, (value: string) => string> = {
  ...{ region: same, departement: same, epci: same, commune: same, mode: same, kind: same },
  ...{ format: token.format, audience: token.audience, language: token.language, month: same },
}
