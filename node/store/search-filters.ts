import { type SelectQueryBuilder, sql } from 'kysely'
import { boundingBox, EARTH_RADIUS_KM, type Point } from '../geo/distance.ts'
import { codesOfCommune, codesOfEpci } from '../geo/epci-communes.ts'
import type { Territory } from '../geo/territories.ts'
import { isBlockedHost } from './blocks.ts'
import { fromListText, toInstantText } from './columns.ts'
import type { Database } from './database.ts'
import type { Schema } from './schema.ts'
import type { CafeQuery } from './search.ts'
import { searchWords } from './words.ts'

/** A WHERE of the search, in SQL. Whatever a stranger typed is a bound value, never a pattern or a syntax. */
type Matching = SelectQueryBuilder<Schema, 'cafe', object>

/** A server whose word about cafés counts now: a member, or one that we follow; and whose domain is not blocked. */
export const isTrusted = sql<boolean>`
  (peer.membership = 'member' or peer.following = 'accepted')
  and not ${isBlockedHost('peer.host')}`

/**
 * What everyone may see: published, not held back for the team to look at, and from this server or from one whose
 * word counts now.
 */
export const isVisible = sql<boolean>`
  cafe.publication = 'published' and cafe.hidden_reason is null and (
    cafe.peer_id is null or cafe.peer_id in (select peer.id from peer where ${isTrusted})
  )`

/** Kilometres from a point, by the same formula as `geo/distance.ts`; null without coordinates. */
export const toDistance = ({ latitude, longitude }: Point) => sql<number>`
  2 * ${EARTH_RADIUS_KM} * asin(min(1.0, sqrt(
    pow(sin(radians(cafe.latitude - ${latitude}) / 2), 2)
    + cos(radians(${latitude})) * cos(radians(cafe.latitude))
      * pow(sin(radians(cafe.longitude - ${longitude}) / 2), 2)
  )))`

export async function selectMatching(db: Database, query: CafeQuery): Promise<Matching> {
  let cafes: Matching = db.selectFrom('cafe').where(isVisible)
  if (query.from) cafes = notOverBefore(cafes, query.from)
  if (query.until) cafes = beginningBefore(cafes, query.until)
  if (query.near) cafes = within(cafes, query.near)
  if (query.territory) cafes = inTerritory(cafes, query.territory)
  for (const word of searchWords(query.words ?? ''))
    cafes = cafes.where(sql<boolean>`instr(cafe.search_text, ${` ${word}`}) > 0`)
  if (query.mode) cafes = cafes.where('cafe.attendance_mode', '=', query.mode)
  if (query.openTo !== 'all') cafes = cafes.where('cafe.open_to', '=', query.openTo ?? 'public')
  if (query.organizer) cafes = cafes.where('cafe.organizer_uri', '=', query.organizer)
  if (query.structure !== undefined) cafes = ofStructure(cafes, db, query.structure)
  if (query.updatedSince)
    cafes = cafes.where('cafe.updated_at', '>=', toInstantText(query.updatedSince))
  if (query.ids) cafes = cafes.where('cafe.id', 'in', inJson(query.ids))
  if (query.intentions?.length) {
    const wanted = inJson(query.intentions)
    cafes = cafes.where(
      sql<boolean>`exists (select 1 from json_each(cafe.intentions) as had where had.value in ${wanted})`,
    )
  }
  for (const code of query.accessibility ?? [])
    cafes = cafes.where(sql<boolean>`instr(cafe.accessibility, ${`"${code}"`}) > 0`)
  if (query.format) cafes = ofFormat(cafes, await findFormats(db, query.format))
  if (query.audience) cafes = ofAudiences(cafes, await findAudiences(db, query.audience))
  return cafes
}

/** A list of any length as one bound value. */
const inJson = (values: readonly string[]) =>
  sql<string>`(select value from json_each(${JSON.stringify(values)}))`

/** Zones of France where another day begins than in Paris; any other zone is taken as Paris. */
const FAR_ZONES = [
  'America/Cayenne',
  'America/Guadeloupe',
  'America/Marigot',
  'America/Martinique',
  'America/Miquelon',
  'America/St_Barthelemy',
  'Indian/Kerguelen',
  'Indian/Mayotte',
  'Indian/Reunion',
  'Pacific/Gambier',
  'Pacific/Marquesas',
  'Pacific/Noumea',
  'Pacific/Tahiti',
  'Pacific/Wallis',
]

type Bound = {
  /** The instant for the café's own zone, in SQL. */
  at: ReturnType<typeof sql<string>>
  /** Over all zones, for an index to use. */
  earliest: Temporal.Instant
  latest: Temporal.Instant
}

function toBound(limit: Temporal.Instant | Temporal.PlainDate): Bound {
  if (limit instanceof Temporal.Instant)
    return { at: sql<string>`${toInstantText(limit)}`, earliest: limit, latest: limit }
  const midnightAt = (zone: string) => limit.toZonedDateTime(zone).toInstant()
  const paris = midnightAt('Europe/Paris')
  const cases = FAR_ZONES.map((zone) => sql`when ${zone} then ${toInstantText(midnightAt(zone))}`)
  return {
    at: sql<string>`case cafe.timezone ${sql.join(cases, sql` `)} else ${toInstantText(paris)} end`,
    // Half a day ahead and half a day behind Paris hold every zone of the list, in summer and winter.
    earliest: paris.subtract({ hours: 12 }),
    latest: paris.add({ hours: 12 }),
  }
}

/** No event of ours or of a peer's is longer: what began before that is over. */
const LONGEST_DAYS = 31

function notOverBefore(cafes: Matching, from: Temporal.Instant | Temporal.PlainDate): Matching {
  const { at, earliest } = toBound(from)
  return cafes
    .where('cafe.ends_at', '>', at)
    .where('cafe.starts_at', '>=', toInstantText(earliest.subtract({ hours: 24 * LONGEST_DAYS })))
}

function beginningBefore(cafes: Matching, until: Temporal.Instant | Temporal.PlainDate): Matching {
  const { at, latest } = toBound(until instanceof Temporal.Instant ? until : until.add({ days: 1 }))
  return cafes.where('cafe.starts_at', '<', at).where('cafe.starts_at', '<', toInstantText(latest))
}

function within(cafes: Matching, near: Point & { radiusKm: number }): Matching {
  const box = boundingBox(near, near.radiusKm)
  return cafes
    .where('cafe.latitude', '>=', box.south)
    .where('cafe.latitude', '<=', box.north)
    .where('cafe.longitude', '>=', box.west)
    .where('cafe.longitude', '<=', box.east)
    .where(toDistance(near), '<=', near.radiusKm)
}

function inTerritory(cafes: Matching, territory: Territory): Matching {
  switch (territory.kind) {
    case 'region':
      return cafes.where('cafe.region', '=', territory.region.code)
    case 'departement':
      return cafes.where('cafe.departement', '=', territory.departement.code)
    case 'epci':
      return cafes.where('cafe.code_insee', 'in', inJson(codesOfEpci(territory.epci.code)))
    case 'commune':
      return cafes.where(
        'cafe.code_insee',
        'in',
        inJson(codesOfCommune(territory.commune.codeInsee)),
      )
  }
}

const ofStructure = (cafes: Matching, db: Database, slug: string): Matching =>
  cafes.where(
    'cafe.organization_id',
    'in',
    db.selectFrom('organization').select('organization.id').where('organization.slug', '=', slug),
  )

const ofFormat = (cafes: Matching, formats: readonly string[]): Matching =>
  cafes.where('cafe.format', 'in', inJson(formats))

const ofAudiences = (cafes: Matching, lists: readonly string[]): Matching =>
  cafes.where('cafe.audiences', 'in', inJson(lists))

/** Accents, capitals and a plural do not tell two words of a free text apart. */
const comparable = (text: string): string => searchWords(text).join(' ')

const firstWord = (text: string): string => ` ${searchWords(text)[0] ?? ''}`

/** SQL cannot fold: it gives the spellings in use that begin alike, and those that mean the same are kept. */
async function findFormats(db: Database, format: string): Promise<string[]> {
  const rows = await db
    .selectFrom('cafe')
    .select('format')
    .distinct()
    .where('format', 'is not', null)
    .where(sql<boolean>`instr(cafe.search_text, ${firstWord(format)}) > 0`)
    .execute()
  return rows
    .flatMap((row) => row.format ?? [])
    .filter((used) => comparable(used) === comparable(format))
}

/** The lists of audiences, as stored, that hold this one. */
async function findAudiences(db: Database, audience: string): Promise<string[]> {
  const rows = await db
    .selectFrom('cafe')
    .select('audiences')
    .distinct()
    .where(sql<boolean>`instr(cafe.search_text, ${firstWord(audience)}) > 0`)
    .execute()
  return rows
    .map((row) => row.audiences)
    .filter((list) => fromListText(list).some((used) => comparable(used) === comparable(audience)))
}

/** The first spelling of each. */
export const listComparable = (texts: readonly string[]): string[] =>
  [...new Map(texts.toReversed().map((text) => [comparable(text), text])).values()].toReversed()
