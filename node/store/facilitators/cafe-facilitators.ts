import { sql } from 'kysely'
import type { Cafe } from '../../domain/cafes/cafe.ts'
import {
  type Audience,
  type Facilitator,
  type LedCafes,
  visibleTo,
} from '../../domain/facilitators/facilitator.ts'
import { toCafe } from '../cafes/cafes.ts'
import { isVisible } from '../cafes/visibility.ts'
import { fromInstantText, toInstantText } from '../database/columns.ts'
import type { Database } from '../database/database.ts'
import { isTextAmong, type ListParameter, toListParameter } from '../database/dialect.ts'
import { prepare } from '../database/prepared.ts'
import { appendChange } from '../queues/changes.ts'
import { toFacilitator } from './facilitators.ts'

/**
 * Stores whom the team names as leading a café. They are kept beside the café and never in it, so that a person who
 * withdraws is nowhere in what was signed. Until the person says yes (`namings.ts`) nothing links to them and their
 * account announces nothing; a no stays, however often the team names them again.
 */
export async function setCafeFacilitators(
  trx: Database,
  { cafeId, facilitatorIds }: { cafeId: string; facilitatorIds: readonly string[] },
  now: Temporal.Instant,
): Promise<void> {
  const before = await listFacilitatorIds(trx, cafeId)
  if (before.join() === facilitatorIds.join()) return
  await trx
    .deleteFrom('cafe_facilitator')
    .where('cafe_id', '=', cafeId)
    .where(isNotRefused)
    .$if(facilitatorIds.length > 0, (qb) => qb.where('facilitator_id', 'not in', facilitatorIds))
    .execute()
  const agreeing = await trx
    .selectFrom('facilitator_contact')
    .select('facilitator_id')
    .where('facilitator_id', 'in', ['', ...facilitatorIds])
    .where('always_named_at', 'is not', null)
    .execute()
  const always = new Set(agreeing.map(({ facilitator_id }) => facilitator_id))
  for (const [position, id] of facilitatorIds.entries())
    await trx
      .insertInto('cafe_facilitator')
      .values({
        ...{ cafe_id: cafeId, facilitator_id: id, position },
        answer: always.has(id) ? 'yes' : null,
      })
      .onConflict((oc) => oc.columns(['cafe_id', 'facilitator_id']).doUpdateSet({ position }))
      .execute()
  // The followers of a person are told of the cafés that they lead.
  const touched = new Set([...before, ...facilitatorIds])
  for (const facilitatorId of touched)
    if (before.includes(facilitatorId) !== facilitatorIds.includes(facilitatorId))
      await appendChange(
        trx,
        { type: 'facilitator-changed', facilitatorId, leftDirectory: false, leftFediverse: false },
        now,
      )
}

/** The condition that the person has not said no. */
const isNotRefused = sql<boolean>`coalesce(cafe_facilitator.answer, '') <> 'no'`

/**
 * Lists the ids of the people whom the team names for a café and who have not said no, in the order that the team chose.
 * Whether they may be shown is not decided here.
 */
export async function listFacilitatorIds(db: Database, cafeId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('cafe_facilitator')
    .select('facilitator_id')
    .where('cafe_id', '=', cafeId)
    .where(isNotRefused)
    .orderBy('position')
    .execute()
  return rows.map(({ facilitator_id }) => facilitator_id)
}

/** Lists those whom the team names for a café and who have not answered, as everybody may see their profiles now. */
export async function listUnanswered(
  db: Database,
  cafeId: string,
  now: Temporal.Instant,
): Promise<Facilitator[]> {
  const rows = await db
    .selectFrom('cafe_facilitator')
    .innerJoin('facilitator', 'facilitator.id', 'cafe_facilitator.facilitator_id')
    .selectAll('facilitator')
    .where('cafe_facilitator.cafe_id', '=', cafeId)
    .where('cafe_facilitator.answer', 'is', null)
    .orderBy('cafe_facilitator.position')
    .execute()
  return rows.flatMap((row) => visibleTo(toFacilitator(row), 'public', now) ?? [])
}

/** Lists those who lead each café, ours or a peer's, and whom this audience may see now, by the café's id. */
export async function listFacilitatorsOf(
  db: Database,
  cafeIds: readonly string[],
  { audience, now }: { audience: Audience; now: Temporal.Instant },
): Promise<Map<string, Facilitator[]>> {
  const found = new Map<string, Facilitator[]>()
  if (cafeIds.length === 0) return found
  const asked = { ids: toListParameter(db, cafeIds) }
  const rows = [...(await selectOwn(db, asked)).rows, ...(await selectTheirs(db, asked)).rows]
  for (const { cafe_id, ...row } of rows) {
    const shown = visibleTo(toFacilitator(row), audience, now)
    if (shown) found.set(cafe_id, [...(found.get(cafe_id) ?? []), shown])
  }
  return found
}

const selectOwn = prepare((db, { ids }: { ids: ListParameter }) =>
  db
    .selectFrom('cafe_facilitator')
    .innerJoin('facilitator', 'facilitator.id', 'cafe_facilitator.facilitator_id')
    .selectAll('facilitator')
    .select('cafe_facilitator.cafe_id')
    .where(isTextAmong(db, sql.ref('cafe_facilitator.cafe_id'), ids))
    .where('cafe_facilitator.answer', '=', 'yes')
    .orderBy('cafe_facilitator.position'),
)

const selectTheirs = prepare((db, { ids }: { ids: ListParameter }) =>
  db
    .selectFrom('cafe')
    .innerJoin('facilitates', 'facilitates.cafe_uri', 'cafe.uri')
    .innerJoin('facilitator', 'facilitator.id', 'facilitates.facilitator_id')
    .selectAll('facilitator')
    .select('cafe.id as cafe_id')
    .where(isTextAmong(db, sql.ref('cafe.id'), ids))
    .whereRef('cafe.peer_id', '=', 'facilitator.peer_id')
    .orderBy('facilitator.name')
    .orderBy('facilitator.id'),
)

/** Lists public upcoming cafés that a person leads, ours or a peer's, soonest first. */
export async function listCafesOf(
  db: Database,
  { facilitatorId, now, limit }: { facilitatorId: string; now: Temporal.Instant; limit: number },
): Promise<Cafe[]> {
  const rows = await selectPublicCafesOf(db, facilitatorId)
    .selectAll('cafe')
    .where('cafe.ends_at', '>', toInstantText(now))
    .orderBy('cafe.starts_at')
    .orderBy('cafe.id')
    .limit(limit)
    .execute()
  return rows.map(toCafe)
}

/** Counts the public cafés that a person led and that took place; undefined where there is none. */
export async function findLedCafes(
  db: Database,
  { facilitatorId, now }: { facilitatorId: string; now: Temporal.Instant },
): Promise<LedCafes | undefined> {
  const row = await selectPublicCafesOf(db, facilitatorId)
    .select(({ fn }) => [
      fn.countAll<number | string>().as('total'),
      fn.min('cafe.starts_at').as('first'),
    ])
    .where('cafe.ends_at', '<=', toInstantText(now))
    .where('cafe.status', 'not in', ['cancelled', 'postponed'])
    .executeTakeFirst()
  return row?.first ? { total: Number(row.total), first: fromInstantText(row.first) } : undefined
}

const selectPublicCafesOf = (db: Database, facilitatorId: string) =>
  db
    .selectFrom('cafe')
    .where((eb) =>
      eb.or([
        eb(
          'cafe.id',
          'in',
          eb
            .selectFrom('cafe_facilitator')
            .select('cafe_facilitator.cafe_id')
            .where('cafe_facilitator.facilitator_id', '=', facilitatorId)
            .where('cafe_facilitator.answer', '=', 'yes'),
        ),
        eb(
          'cafe.uri',
          'in',
          eb
            .selectFrom('facilitates')
            .select('facilitates.cafe_uri')
            .where('facilitates.facilitator_id', '=', facilitatorId),
        ),
      ]),
    )
    .where('cafe.open_to', '=', 'public')
    .where(isVisible)
