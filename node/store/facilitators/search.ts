import { type RawBuilder, sql } from 'kysely'
import {
  type Audience,
  type Facilitator,
  type FacilitatorTitle,
  type Training,
  visibleTo,
} from '../../domain/facilitators/facilitator.ts'
import { boundingBox, distanceKm, type Point } from '../../geo/distance.ts'
import { codesOfEpci } from '../../geo/epci-communes.ts'
import type { Territory } from '../../geo/territories.ts'
import { parentsOf } from '../../geo/territory-family.ts'
import { toInstantText } from '../database/columns.ts'
import type { Database } from '../database/database.ts'
import { contains, isAmong } from '../database/dialect.ts'
import { isListedPeer } from '../directory/trusted.ts'
import type { Schema } from '../schema.ts'
import { toDistance } from '../search/conditions.ts'
import { dialectOf } from '../search-index/dialects.ts'
import { foldWords, searchWords } from '../search-index/fold-words.ts'
import { toFacilitator } from './facilitators.ts'

export type FacilitatorQuery = {
  /** Who asks; what is found and what is shown of it depend on it. */
  audience: Exclude<Audience, 'own'>
  now: Temporal.Instant
  /** Leaves out the people of other servers. */
  isOurs?: boolean | undefined
  /** The people of one structure of ours. */
  organizationId?: string | undefined
  /** People within `radiusKm` of the point, or who travel that far, or whose territory contains the place. */
  near?: (Point & { radiusKm: number; within: readonly Territory[] }) | undefined
  /** People whose territory is in this one, or contains it. */
  territory?: Territory | undefined
  format?: string | undefined
  theme?: string | undefined
  language?: string | undefined
  training?: Training | undefined
  word?: FacilitatorTitle | undefined
  /** The words as typed. */
  q?: string | undefined
  limit: number
  /** The `id` of the last profile on the page before. */
  after?: string | undefined
}

export type FoundFacilitator = Facilitator & { distanceKm?: number | undefined }

/** The farthest that anybody travels (`TRAVEL_RADII`). */
const FARTHEST_KM = 100

/**
 * Lists profiles as the audience may see them, nearest first where a place is given, otherwise by name. What a person
 * hides from this audience is neither shown nor searched: `facilitator_entry` has nothing of it.
 */
export async function listFacilitators(
  db: Database,
  query: FacilitatorQuery,
): Promise<{ facilitators: FoundFacilitator[]; total: number; next: string | undefined }> {
  const { total } = await selectFound(db, query)
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  if (Number(total) === 0) return { facilitators: [], total: 0, next: undefined }
  const rows = await (await selectPage(db, query)).limit(query.limit + 1).execute()
  const ids = rows.slice(0, query.limit).map(({ id }) => id)
  return {
    facilitators: await readProfiles(db, ids, query),
    total: Number(total),
    next: rows.length > query.limit ? ids.at(-1) : undefined,
  }
}

/** Returns whether a person of this site is shown to everybody, which decides whether the menu has a link to them. */
export async function isAnybodyShown(db: Database): Promise<boolean> {
  const row = await db
    .selectFrom('facilitator')
    .select('id')
    .where('peer_id', 'is', null)
    .where('state', '=', 'published')
    .where('level', '=', 'public')
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

const column = (name: keyof Schema['facilitator_entry']) => sql.ref(`entry.${name}`)

/** Selects profiles for this audience, ours and those of servers whose word counts, whose consent has not expired. */
const selectShown = (db: Database, { audience, now }: FacilitatorQuery) =>
  db
    .selectFrom('facilitator_entry as entry')
    .where('entry.audience', '=', audience)
    .where((eb) =>
      eb.or([eb('entry.expires_at', 'is', null), eb('entry.expires_at', '>', toInstantText(now))]),
    )
    .where(
      sql<boolean>`(entry.peer_id is null or entry.peer_id in (
        select peer.id from peer where ${isListedPeer}))`,
    )

function selectFound(db: Database, query: FacilitatorQuery): ReturnType<typeof selectShown> {
  const { isOurs, near, territory, word, training, language, format, theme } = query
  let select = selectShown(db, query)
  if (isOurs) select = select.where('entry.organization_id', 'is not', null)
  const { organizationId } = query
  if (organizationId) select = select.where('entry.organization_id', '=', organizationId)
  if (word) select = select.where('entry.title', '=', word)
  if (training) select = select.where('entry.training', '=', training)
  if (language) select = select.where(contains(db, column('languages'), JSON.stringify(language)))
  if (format) select = select.where(contains(db, column('formats'), foldWords(format)))
  if (theme) select = select.where(contains(db, column('themes'), foldWords(theme)))
  for (const each of searchWords(query.q ?? ''))
    select = select.where(contains(db, column('words'), ` ${each}`))
  if (territory) select = select.where((eb) => eb.or(conditionsOf(db, territory)))
  return near ? select.where(isNear(db, near)) : select
}

/** Selects a page in the order of the list, after the last profile of the page before. */
async function selectPage(db: Database, query: FacilitatorQuery) {
  const { near } = query
  const last = await findPlace(db, query)
  const found = selectFound(db, query).select('entry.facilitator_id as id')
  const ordered = near ? found.orderBy(kmOf(db, near)) : found
  const from = !last
    ? ordered
    : ordered.where(
        near
          ? sql<boolean>`(${kmOf(db, near)}, entry.name, entry.facilitator_id) > (${last.km}, ${last.name}, ${last.id})`
          : sql<boolean>`(entry.name, entry.facilitator_id) > (${last.name}, ${last.id})`,
      )
  return from.orderBy('entry.name').orderBy('entry.facilitator_id')
}

/** Finds the position of the last profile of the page before; if it is gone, the first page is given. */
async function findPlace(db: Database, query: FacilitatorQuery) {
  const { near, after } = query
  if (after === undefined) return undefined
  return selectShown(db, query)
    .select(['entry.name', 'entry.facilitator_id as id'])
    .select((near ? kmOf(db, near) : sql<number>`0`).as('km'))
    .where('entry.facilitator_id', '=', after)
    .executeTakeFirst()
}

/** Returns whether `after` still gives a position: a profile that the audience sees. */
export const isPlaceKnown = async (db: Database, query: FacilitatorQuery): Promise<boolean> =>
  query.after === undefined || (await findPlace(db, query)) !== undefined

type Near = NonNullable<FacilitatorQuery['near']>

/** Returns the distance; 0 for a person without a point, whose territory contains the place. */
const kmOf = (db: Database, near: Near): RawBuilder<number> =>
  sql<number>`coalesce(${toDistance(near, dialectOf(db))}, 0)`

/**
 * Returns the condition that they are within the circle, travel that far, or have a territory that contains the place.
 */
function isNear(db: Database, near: Near): RawBuilder<boolean> {
  const box = boundingBox(near, Math.max(near.radiusKm, FARTHEST_KM))
  const codes = near.within.map(({ code }) => code)
  return sql<boolean>`(${isAmong(db, column('territory'), codes)} or (
    entry.latitude between ${box.south} and ${box.north}
    and entry.longitude between ${box.west} and ${box.east}
    and ${toDistance(near, dialectOf(db))} <= case
      when entry.radius_km > ${near.radiusKm} then entry.radius_km else ${near.radiusKm} end))`
}

/** Returns the condition that their territory is in this one, or around it. */
function conditionsOf(db: Database, territory: Territory) {
  const around = [territory.code, ...parentsOf(territory).map(({ code }) => code)]
  const conditions = [isAmong(db, column('territory'), around)]
  if (territory.kind === 'departement')
    conditions.push(sql<boolean>`entry.departement = ${territory.code}`)
  if (territory.kind === 'region')
    conditions.push(sql<boolean>`entry.region = ${territory.region.code}`)
  if (territory.kind === 'epci') {
    const communes = codesOfEpci(territory.epci.code).map((code) => `c-${code}`)
    conditions.push(isAmong(db, column('territory'), communes))
  }
  return conditions
}

/** Reads profiles in the order of the ids, with no more than the audience may see. */
async function readProfiles(
  db: Database,
  ids: readonly string[],
  { audience, now, near }: FacilitatorQuery,
): Promise<FoundFacilitator[]> {
  const rows = await db
    .selectFrom('facilitator')
    .selectAll()
    .where(isAmong(db, sql.ref('id'), ids))
    .execute()
  const byId = new Map(rows.map((row) => [row.id, toFacilitator(row)]))
  return ids.flatMap((id) => {
    const facilitator = byId.get(id)
    const seen = facilitator && visibleTo(facilitator, audience, now)
    if (!seen) return []
    return near ? { ...seen, distanceKm: kmBetween(seen, near) } : seen
  })
}

function kmBetween(
  { latitude, longitude }: Pick<Facilitator, 'latitude' | 'longitude'>,
  point: Point,
): number | undefined {
  if (latitude === undefined || longitude === undefined) return undefined
  return distanceKm({ latitude, longitude }, point)
}
