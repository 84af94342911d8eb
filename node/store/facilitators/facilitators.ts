import type { Selectable } from 'kysely'
import type { Facilitator } from '../../domain/facilitators/facilitator.ts'
import { RETENTION_DAYS } from '../../domain/values/retention.ts'
import { deleteLinks } from '../accounts/links.ts'
import { fromInstantText, instantOrUndefined, toInstantText } from '../database/columns.ts'
import type { Database } from '../database/database.ts'
import { FACILITATOR } from '../schema/facilitators.ts'
import type { Schema } from '../schema.ts'
import { saveFacilitatorEntries } from './search-entries.ts'
import { endTies } from './ties.ts'

/** Finds a profile, ours or another server's; `visibleTo` decides what of it may be shown. */
export async function findFacilitator(db: Database, id: string): Promise<Facilitator | undefined> {
  const row = await db.selectFrom('facilitator').selectAll().where('id', '=', id).executeTakeFirst()
  return row && toFacilitator(row)
}

/**
 * Finds a profile, of this server or of another, by its address; undefined where there is none. Whether it may be shown
 * is for the caller to decide.
 */
export async function findFacilitatorByUri(
  db: Database,
  uri: string,
): Promise<Facilitator | undefined> {
  const row = await db
    .selectFrom('facilitator')
    .selectAll()
    .where('uri', '=', uri)
    .executeTakeFirst()
  return row && toFacilitator(row)
}

/** Finds one of this site's own profiles by the last segment of its address, random or chosen. */
export async function findOwnFacilitator(
  db: Database,
  handle: string,
): Promise<Facilitator | undefined> {
  const row = await db
    .selectFrom('facilitator')
    .selectAll()
    .where((eb) => eb.or([eb('handle', '=', handle), eb('alias', '=', handle)]))
    .where('peer_id', 'is', null)
    .executeTakeFirst()
  return row && toFacilitator(row)
}

/**
 * Creates the profile, or changes the one of this id. Mandates that it no longer names, or not publicly, no longer name
 * it in anything signed.
 */
export async function saveFacilitator(
  trx: Database,
  profile: Facilitator,
  now: Temporal.Instant,
): Promise<void> {
  const isHidden = profile.state === 'hidden'
  const isForAll = (profile.state === 'published' || isHidden) && profile.level === 'public'
  const facilitator = isForAll ? profile : { ...profile, mandates: [] }
  await endTies(trx, isHidden ? { ...facilitator, mandates: [] } : facilitator, now)
  const { id, created_at, ...columns } = FACILITATOR.toRow(facilitator)
  await trx
    .insertInto('facilitator')
    .values({ id, created_at, ...columns })
    .onConflict((oc) => oc.column('id').doUpdateSet(columns))
    .execute()
  await saveFacilitatorEntries(trx, facilitator)
}

/** Deletes the profile alone, with the rows about it; a person who withdraws is deleted by `withdrawFacilitator`. */
export async function deleteFacilitator(
  trx: Database,
  id: string,
  now: Temporal.Instant,
): Promise<void> {
  const gone = await findFacilitator(trx, id)
  if (gone) await endTies(trx, { uri: gone.uri, mandates: [] }, now)
  // What was flagged about a person goes with them.
  if (gone) await trx.deleteFrom('flag_case').where('uri', '=', gone.uri).execute()
  for (const purpose of ['own-profile', 'stop-profile-named'] as const)
    await deleteLinks(trx, { purpose, subject: id })
  await trx.deleteFrom('facilitator').where('id', '=', id).execute()
}

/** Converts a row, of this server or of another. */
export const toFacilitator = (row: Selectable<Schema['facilitator']>): Facilitator => ({
  ...FACILITATOR.fromRow(row),
  expiresAt: instantOrUndefined(endOfShowing(row)),
})

/**
 * Returns until when a profile is shown: to the end of its person's consent. One of another site is shown no longer
 * than a day after that site last answered, since its person may have left meanwhile.
 */
export function endOfShowing({
  expires_at,
  confirmed_at,
}: Pick<Selectable<Schema['facilitator']>, 'expires_at' | 'confirmed_at'>): string | null {
  if (confirmed_at === null) return expires_at
  const unconfirmed = toInstantText(
    fromInstantText(confirmed_at).add({ hours: RETENTION_DAYS.unconfirmedProfile * 24 }),
  )
  return expires_at !== null && expires_at < unconfirmed ? expires_at : unconfirmed
}
