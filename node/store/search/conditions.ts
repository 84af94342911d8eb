import { type RawBuilder, sql } from 'kysely'
import { type Box, EARTH_RADIUS_KM, type Point } from '../../geo/distance.ts'
import { toSeconds } from '../database/columns.ts'
import type { Database } from '../database/database.ts'
import { prepare } from '../database/prepared.ts'
import { isOfNetwork } from '../networks/cafes.ts'
import { findNetwork } from '../networks/networks.ts'
import { cellsAround, cellsOfBox } from '../search-index/cells.ts'
import { dialectOf, type Match, type SearchDialect } from '../search-index/dialects.ts'
import { searchWords, withoutBeginnings } from '../search-index/fold-words.ts'
import { isHeld, isShown } from '../search-index/shown-entries.ts'
import { facetOf, territoryToken, token } from '../search-index/tokens.ts'
import type { CafeQuery } from './cafe-query.ts'
import { hasChangedSince } from './changed-cafes.ts'
import { isCounted } from './counted.ts'

type Test = RawBuilder<boolean>

/** One condition on a café, over `entry` (its row in the index) and `cafe`. */
export type Condition = {
  /**
   * What the full-text index is asked for; undefined where it cannot tell, or where reading along the dates is less
   * work.
   */
  match?: Match | undefined
  /** The same condition without that index; what `match` has checked need not be tested again. */
  test: Test
  /** Whether `match` lets too many through, so that `test` decides. */
  isRough?: boolean
  /** Whether `test` reads `cafe`. */
  readsCafe?: boolean
}

/** Returns the kilometres from a point, by the same formula as `geo/distance.ts`; null without coordinates. */
export const toDistance = (
  { latitude, longitude }: Point,
  { atMostOne }: Pick<SearchDialect, 'atMostOne'>,
): RawBuilder<number> => {
  const half = sql<number>`sqrt(
    pow(sin(radians(entry.latitude - ${latitude}) / 2), 2)
    + cos(radians(${latitude})) * cos(radians(entry.latitude))
      * pow(sin(radians(entry.longitude - ${longitude}) / 2), 2)
  )`
  return sql<number>`${sql.lit(2 * EARTH_RADIUS_KM)} * asin(${atMostOne(half)})`
}

/** Makes all conditions of a query except `near`: a search by distance looks around in its own way. */
export async function listConditions(db: Database, query: CafeQuery): Promise<Condition[]> {
  return [
    query.counted ? { test: isCounted(query.counted), readsCafe: true } : { test: isShown },
    ...openness(query),
    ...(query.isHeld ? [IS_HELD] : []),
    ...(query.isCancelled ? [oneOf([token.cancelled])] : []),
    ...times(query),
    ...(query.box ? [inBox(query.box)] : []),
    ...wordConditions(db, query.words ?? ''),
    ...facets(query),
    ...(query.structure === undefined ? [] : [await ofStructure(db, query.structure)]),
    ...(query.isOurs ? [await ofOurs(db)] : []),
    ...(query.network === undefined ? [] : [await ofNetwork(db, query.network)]),
    ...(query.organizer ? [ofOrganizer(query.organizer)] : []),
    ...(query.updatedSince
      ? [{ test: await hasChangedSince(db, query.updatedSince), readsCafe: true }]
      : []),
  ]
}

const openness = ({ openTo }: CafeQuery): Condition[] =>
  openTo === 'all'
    ? []
    : [{ test: sql<boolean>`entry.reserved = ${sql.lit(openTo === 'reserved' ? 1 : 0)}` }]

const IS_HELD: Condition = { test: isHeld }

/** Returns midnight as a number that can be compared with what a clock shows. */
const toLocalSeconds = (day: Temporal.PlainDate): number =>
  toSeconds(day.toZonedDateTime('UTC').toInstant())

function times({ from, until, overBy, withinOwn }: CafeQuery): Condition[] {
  const conditions: Condition[] = []
  if (from instanceof Temporal.Instant)
    conditions.push({ test: sql<boolean>`entry.ends_at > ${toSeconds(from)}` })
  else if (from) conditions.push({ test: sql<boolean>`entry.ends_local > ${toLocalSeconds(from)}` })
  if (until instanceof Temporal.Instant)
    conditions.push({ test: sql<boolean>`entry.starts_at < ${toSeconds(until)}` })
  else if (until)
    conditions.push({
      test: sql<boolean>`entry.starts_local < ${toLocalSeconds(until.add({ days: 1 }))}`,
    })
  if (withinOwn) conditions.push({ test: beginsWithin(withinOwn) })
  if (overBy) conditions.push({ test: sql<boolean>`entry.ends_at <= ${toSeconds(overBy)}` })
  return conditions
}

const DAY_SECONDS = 86_400

/**
 * Returns the condition that a café begins within so many days. The local time beside the instant shows how far the
 * clock of the place is from UTC when the café begins; in mainland France, where that changes twice a year, it must be
 * the current difference.
 */
function beginsWithin({ now, days }: NonNullable<CafeQuery['withinOwn']>): Test {
  const paris = now.toZonedDateTimeISO('Europe/Paris').offsetNanoseconds / 1e9
  const ofCafe = sql`(entry.starts_local - entry.starts_at)`
  const offset = sql`(case when ${ofCafe} in (3600, 7200) then ${sql.lit(paris)} else ${ofCafe} end)`
  const today = sql`((${sql.lit(toSeconds(now))} + ${offset}) / ${sql.lit(DAY_SECONDS)})`
  return sql<boolean>`entry.starts_local < (${today} + ${sql.lit(days + 1)}) * ${sql.lit(DAY_SECONDS)}`
}

/** Returns the conditions of the words, each of which is a prefix. */
const wordConditions = (db: Database, text: string): Condition[] =>
  withoutBeginnings(searchWords(text)).map((word) => {
    const match = { beginning: word }
    return { match, test: dialectOf(db).meets(match) }
  })

const facets = (query: CafeQuery): Condition[] => listFacetTokens(query).map(oneOf)

/** Returns the tokens of the facets by which a query filters: a café has at least one of each of these lists. */
export function listFacetTokens(query: CafeQuery): string[][] {
  const anyOf = <T extends string>(
    names: T | readonly T[] | undefined,
    make: (value: T) => string,
  ) => {
    const all = (typeof names === 'string' ? [names] : (names ?? [])).filter(Boolean)
    return all.length === 0 ? [] : [all.map(make)]
  }
  return [
    ...anyOf(query.mode, token.mode),
    ...(query.territory ? [[territoryToken(query.territory)]] : []),
    ...anyOf(query.format, token.format),
    ...anyOf(query.audience, token.audience),
    ...anyOf(query.language, token.language),
    ...(query.kinds?.length ? [query.kinds.map(token.kind)] : []),
    ...(query.intentions?.length ? [query.intentions.map(token.intention)] : []),
    ...(query.accessibility ?? []).map((code) => [token.accessibility(code)]),
  ]
}

/** Returns the condition that an entry has at least one of these tokens. */
function oneOf(tokens: readonly string[]): Condition {
  const tests = tokens.map((each) => sql<boolean>`instr(entry.facets, ${` ${facetOf(each)} `}) > 0`)
  return { match: { anyOf: tokens }, test: sql<boolean>`(${sql.join(tests, sql` or `)})` }
}

/** Returns the condition that it is of a structure of this server by its slug, or of any by the name of its page. */
async function ofStructure(db: Database, name: string): Promise<Condition> {
  const structure = await findStructure(db, name)
  if (!structure) return { test: sql<boolean>`false` }
  if ('uri' in structure) return ofOrganizer(structure.uri)
  return {
    match: { anyOf: [token.structure(structure.id)] },
    test: sql<boolean>`cafe.organization_id = ${structure.id}`,
    readsCafe: true,
  }
}

/** Finds the id of a structure of this server by its slug, or the actor of any by the name of its page. */
async function findStructure(
  db: Database,
  name: string,
): Promise<{ id: string } | { uri: string } | undefined> {
  const [own] = (await selectOwnStructure(db, { name })).rows
  if (own) return own
  return db
    .selectFrom('structure')
    .select('uri')
    .where('id', '=', name)
    .orderBy('uri')
    .executeTakeFirst()
}

/** Returns the tokens of who announces the cafés of a query; of a structure or a network that is not known, none. */
export async function listAnnouncerTokens(
  db: Database,
  { organizer, structure: name, network: slug }: CafeQuery,
): Promise<string[]> {
  const structure = name === undefined ? undefined : await findStructure(db, name)
  const network = slug === undefined ? undefined : await findNetwork(db, { slug })
  return [
    ...(organizer ? [token.organizer(organizer)] : []),
    ...(structure
      ? ['uri' in structure ? token.organizer(structure.uri) : token.structure(structure.id)]
      : []),
    ...(network ? [token.network(network.id)] : []),
  ]
}

/** Returns the condition that it is of any structure of this server. */
async function ofOurs(db: Database): Promise<Condition> {
  const { rows } = await selectOwnStructures(db, {})
  const test = sql<boolean>`cafe.organization_id is not null`
  if (rows.length === 0) return { test, readsCafe: true }
  return { match: { anyOf: rows.map(({ id }) => token.structure(id)) }, test, readsCafe: true }
}

const selectOwnStructures = prepare((db) => db.selectFrom('organization').select('id'))

const selectOwnStructure = prepare((db, { name }: { name: string }) =>
  db.selectFrom('organization').select('id').where('slug', '=', name),
)

/**
 * Returns the condition of a network. The tokens follow slowly when a membership begins, some at a time; one that has
 * ended counts no more at once.
 */
async function ofNetwork(db: Database, slug: string): Promise<Condition> {
  const network = await findNetwork(db, { slug })
  if (!network) return { test: sql<boolean>`false` }
  return {
    match: { anyOf: [token.network(network.id)] },
    test: isOfNetwork(slug),
    readsCafe: true,
    isRough: true,
  }
}

const ofOrganizer = (uri: string): Condition => ({
  match: { anyOf: [token.organizer(uri)] },
  test: sql<boolean>`cafe.organizer_uri = ${uri}`,
  readsCafe: true,
  isRough: true,
})

/** Asks for cafés in a box, its edges included. */
function inBox(box: Box): Condition {
  const cells = cellsOfBox(box)
  const [isEast, isWest] = [
    sql`entry.longitude >= ${box.west}`,
    sql`entry.longitude <= ${box.east}`,
  ]
  const between =
    box.west <= box.east ? sql`${isEast} and ${isWest}` : sql`(${isEast} or ${isWest})`
  return {
    match: cells && { anyOf: cells },
    test: sql<boolean>`(entry.latitude between ${box.south} and ${box.north} and ${between})`,
    isRough: true,
  }
}

/** Asks for cafés at most `radiusKm` away from a point. */
export const within = (near: Point & { radiusKm: number }, dialect: SearchDialect): Condition => {
  const cells = cellsAround(near)
  return {
    match: cells && { anyOf: cells },
    test: sql<boolean>`${toDistance(near, dialect)} <= ${near.radiusKm}`,
    isRough: true,
  }
}
