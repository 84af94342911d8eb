import { sql } from 'kysely'
import {
  type Audience,
  type Facilitator,
  type FacilitatorWord,
  type Training,
  visibleTo,
} from '../domain/facilitator.ts'
import { boundingBox, distanceKm, type Point } from '../geo/distance.ts'
import { codesOfEpci } from '../geo/epci-communes.ts'
import type { Territory } from '../geo/territories.ts'
import { parentsOf } from '../geo/territory-family.ts'
import { toInstantText } from './columns.ts'
import type { Database } from './database.ts'
import { isAmong } from './dialect.ts'
import { toFacilitator, wordsOf } from './facilitators.ts'
import { isTrusted } from './search-filters.ts'
import { foldWords, searchWords } from './words.ts'

export type FacilitatorQuery = {
  /** Who asks: what is found and what is shown of it depend on it. */
  audience: Exclude<Audience, 'own'>
  now: Temporal.Instant
  /** Only this structure's own. */
  organizationId?: string | undefined
  /** Those within `radiusKm` of the point, or who travel as far, or whose territory holds the place. */
  near?: (Point & { radiusKm: number; within: readonly Territory[] }) | undefined
  /** Those whose territory is in this one, or holds it. */
  territory?: Territory | undefined
  format?: string | undefined
  theme?: string | undefined
  language?: string | undefined
  training?: Training | undefined
  word?: FacilitatorWord | undefined
  /** Words, as typed. */
  q?: string | undefined
  limit: number
  /** The `id` of the last one of the page before. */
  after?: string | undefined
}

export type FoundFacilitator = Facilitator & { distanceKm?: number | undefined }

/** Nobody travels farther (`TRAVEL_RADII`). */
const FARTHEST_KM = 100

/**
 * Profiles as the audience may see them, nearest first where a place is asked for, else by name. What a person hides
 * from this audience is neither shown nor found by.
 */
export async function listFacilitators(
  db: Database,
  query: FacilitatorQuery,
): Promise<{ facilitators: FoundFacilitator[]; total: number; next: string | undefined }> {
  const rows = await selectCandidates(db, query).execute()
  const found = rows
    .flatMap((row) => visibleTo(toFacilitator(row), query.audience, query.now) ?? [])
    .filter((facilitator) => isWanted(facilitator, query))
    .map((facilitator): FoundFacilitator => withDistance(facilitator, query))
    .sort(byDistanceThenName)
  const start = query.after ? found.findIndex(({ id }) => id === query.after) + 1 : 0
  const facilitators = found.slice(start, start + query.limit)
  const isMore = start + query.limit < found.length
  return { facilitators, total: found.length, next: isMore ? facilitators.at(-1)?.id : undefined }
}

/** Whether somebody of this site is shown to everybody: what decides if its menu leads there. */
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

function selectCandidates(db: Database, query: FacilitatorQuery) {
  const { audience, now, organizationId, near, territory } = query
  const levels = audience === 'public' ? ['public'] : ['public', 'network']
  let select = db
    .selectFrom('facilitator')
    .selectAll('facilitator')
    .where('facilitator.state', '=', 'published')
    .where('facilitator.level', 'in', levels)
    .where((eb) =>
      eb.or([
        eb('facilitator.expires_at', 'is', null),
        eb('facilitator.expires_at', '>', toInstantText(now)),
      ]),
    )
    .where((eb) =>
      eb.or([
        eb('facilitator.peer_id', 'is', null),
        eb.exists(
          eb
            .selectFrom('peer')
            .select('peer.id')
            .whereRef('peer.id', '=', 'facilitator.peer_id')
            .where(isTrusted),
        ),
      ]),
    )
  if (organizationId) select = select.where('facilitator.organization_id', '=', organizationId)
  for (const word of searchWords(query.q ?? ''))
    select = select.where('facilitator.search_text', 'like', `% ${word}%`)
  if (territory) select = select.where((eb) => eb.or(conditionsOf(db, territory)))
  if (!near) return select
  const box = boundingBox(near, Math.max(near.radiusKm, FARTHEST_KM))
  return select.where((eb) =>
    eb.or([
      isAmong(
        db,
        sql.ref('facilitator.territory'),
        near.within.map(({ code }) => code),
      ),
      eb.and([
        eb('facilitator.latitude', '>=', box.south),
        eb('facilitator.latitude', '<=', box.north),
        eb('facilitator.longitude', '>=', box.west),
        eb('facilitator.longitude', '<=', box.east),
      ]),
    ]),
  )
}

/** In it, or around it. */
function conditionsOf(db: Database, territory: Territory) {
  const around = [territory.code, ...parentsOf(territory).map(({ code }) => code)]
  const column = sql.ref('facilitator.territory')
  const conditions = [isAmong(db, column, around)]
  if (territory.kind === 'departement')
    conditions.push(sql<boolean>`${sql.ref('facilitator.departement')} = ${territory.code}`)
  if (territory.kind === 'region')
    conditions.push(sql<boolean>`${sql.ref('facilitator.region')} = ${territory.region.code}`)
  if (territory.kind === 'epci')
    conditions.push(
      isAmong(
        db,
        column,
        codesOfEpci(territory.epci.code).map((code) => `c-${code}`),
      ),
    )
  return conditions
}

/** Once more, on what this audience sees of it. */
function isWanted(facilitator: Facilitator, query: FacilitatorQuery): boolean {
  const { format, theme, language, training, word, near, territory } = query
  if ((near || territory) && facilitator.territory === undefined) return false
  if (word && facilitator.word !== word) return false
  if (training && facilitator.training !== training) return false
  if (language && !facilitator.languages.includes(language)) return false
  if (format && !isNamed(facilitator.formats, format)) return false
  if (theme && !isNamed(facilitator.themes, theme)) return false
  const text = wordsOf(facilitator)
  if (!searchWords(query.q ?? '').every((each) => text.includes(` ${each}`))) return false
  if (!near) return true
  if (near.within.some(({ code }) => code === facilitator.territory)) return true
  const km = kmBetween(facilitator, near)
  return km !== undefined && km <= Math.max(near.radiusKm, facilitator.radiusKm ?? 0)
}

const isNamed = (names: readonly string[], wanted: string): boolean =>
  names.some((name) => foldWords(name).includes(foldWords(wanted)))

function kmBetween(
  { latitude, longitude }: Pick<Facilitator, 'latitude' | 'longitude'>,
  point: Point,
): number | undefined {
  if (latitude === undefined || longitude === undefined) return undefined
  return distanceKm({ latitude, longitude }, point)
}

const withDistance = (facilitator: Facilitator, { near }: FacilitatorQuery): FoundFacilitator =>
  near ? { ...facilitator, distanceKm: kmBetween(facilitator, near) } : facilitator

const byDistanceThenName = (one: FoundFacilitator, other: FoundFacilitator): number =>
  (one.distanceKm ?? 0) - (other.distanceKm ?? 0) ||
  one.name.localeCompare(other.name, 'fr') ||
  one.id.localeCompare(other.id)
