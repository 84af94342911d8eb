import { sql } from 'kysely'
import { ATTENDANCE_MODES, INTENTIONS } from '../../domain/cafes/cafe.ts'
import type { FacetChoice, FacetName, Facets } from '../../domain/cafes/search-facets.ts'
import { ACCESSIBILITY_CODES } from '../../domain/values/accessibility.ts'
import { KIND_GROUPS } from '../../domain/values/structure-kinds.ts'
import { listDepartements, listRegions } from '../../geo/territories.ts'
import { fromListText } from '../database/columns.ts'
import type { Database } from '../database/database.ts'
import { token } from '../search-index/tokens.ts'
import type { CafeQuery } from './cafe-query.ts'
import { withNear } from './find.ts'
import { planSearch } from './hits.ts'
import { type Hit, listHits } from './passing-hits.ts'

/** Beyond it a count is « more than 1,000 », so that no search costs more as there are more cafés. */
const COUNTED_MAX = 1000

/**
 * How many cafés a search finds, by what they could be narrowed to, the cancelled ones apart; within a bound, soonest
 * first.
 */
export async function countFacets(db: Database, query: CafeQuery): Promise<Facets> {
  const plan = withNear(await planSearch(db, query), query.near)
  const columns = sql`entry.position, entry.cafe_id, entry.facets`
  const rows = await listHits<Hit & { facets: string }>(db, plan, {
    columns,
    order: 'soonest',
    limit: COUNTED_MAX + 1,
  })
  const found = rows.slice(0, COUNTED_MAX)
  const counted = found.filter(({ facets }) => !facets.includes(` ${token.cancelled} `))
  const totals = new Map<string, { total: number; cafeId: string }>()
  for (const { cafe_id: cafeId, facets } of counted)
    for (const each of facets.trim().split(' ')) {
      const known = totals.get(each)
      if (known) known.total += 1
      else totals.set(each, { total: 1, cafeId })
    }
  const ofValues = (values: readonly string[], make: (value: string) => string) =>
    mostFirst(
      values.flatMap((value) => {
        const found = totals.get(make(value))
        return found ? [{ value, total: found.total }] : []
      }),
    )
  const texts = await readTexts(db, totals)
  const choices: Record<FacetName, FacetChoice[]> = {
    mode: ofValues(ATTENDANCE_MODES, (value) => token.mode(value as 'online')),
    intention: ofValues(INTENTIONS, token.intention),
    format: texts.formats,
    audience: texts.audiences,
    accessibility: ofValues(ACCESSIBILITY_CODES, token.accessibility),
    kind: ofValues(Object.values(KIND_GROUPS).flat(), token.kind),
    language: ofValues(texts.languages, token.language),
    region: ofValues(
      listRegions().map(({ code }) => code),
      token.region,
    ),
    departement: ofValues(
      listDepartements().map(({ code }) => code),
      token.departement,
    ),
  }
  return {
    total: counted.length,
    cancelled: found.length - counted.length,
    isCapped: rows.length > COUNTED_MAX,
    choices,
  }
}

const mostFirst = (choices: FacetChoice[]): FacetChoice[] =>
  choices.toSorted((one, other) => other.total - one.total)

/** Free texts offered of each kind. */
const TEXTS_MAX = 8

/** The most frequent free texts, as the first café that has each spells them: the index only knows them folded. */
async function readTexts(
  db: Database,
  totals: ReadonlyMap<string, { total: number; cafeId: string }>,
): Promise<{ formats: FacetChoice[]; audiences: FacetChoice[]; languages: string[] }> {
  const most = (prefix: string) =>
    [...totals]
      .filter(([name]) => name.startsWith(prefix))
      .sort(([, one], [, other]) => other.total - one.total)
      .slice(0, TEXTS_MAX)
  const [formats, audiences, languages] = [most('___f'), most('___p'), most('___l')]
  const ids = [...formats, ...audiences, ...languages].map(([, { cafeId }]) => cafeId)
  if (ids.length === 0) return { formats: [], audiences: [], languages: [] }
  const rows = await db
    .selectFrom('cafe')
    .select(['id', 'format', 'audiences', 'languages'])
    .where('id', 'in', ids)
    .execute()
  const spell = (
    [name, { total, cafeId }]: [string, { total: number; cafeId: string }],
    textsOf: (row: (typeof rows)[number]) => string[],
    make: (text: string) => string,
  ): FacetChoice[] => {
    const row = rows.find(({ id }) => id === cafeId)
    const value = row && textsOf(row).find((text) => make(text) === name)
    return value === undefined ? [] : [{ value, total }]
  }
  return {
    formats: formats.flatMap((each) => spell(each, (row) => [row.format ?? ''], token.format)),
    audiences: audiences.flatMap((each) =>
      spell(each, (row) => fromListText(row.audiences), token.audience),
    ),
    languages: languages
      .flatMap((each) => spell(each, (row) => fromListText(row.languages), token.language))
      .map(({ value }) => value),
  }
}
