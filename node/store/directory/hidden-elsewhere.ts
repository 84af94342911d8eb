import { fromInstantText, toInstantText } from '../database/columns.ts'
import type { Database } from '../database/database.ts'

/** A café of ours that a directory no longer shows. */
export type HiddenElsewhere = {
  cafeId: string
  title: string
  startsAt: Temporal.Instant
  /** The name of the directory; its host until that is known. */
  directory: string
  /** The reason in the words of its team or of a referent; empty where none was given. */
  reason: string
  at: Temporal.Instant
}

type HiddenElsewhereKey = { cafeId: string; directory: string }

/**
 * Saves that a directory no longer shows a café; `directory` is the address of its account. Saying it twice only
 * changes the reason.
 */
export async function saveHiddenElsewhere(
  trx: Database,
  { cafeId, directory, reason }: HiddenElsewhereKey & { reason: string },
  now: Temporal.Instant,
): Promise<void> {
  await trx
    .insertInto('hidden_elsewhere')
    .values({ cafe_id: cafeId, directory, reason, at: toInstantText(now), told_at: null })
    .onConflict((oc) => oc.columns(['cafe_id', 'directory']).doUpdateSet({ reason }))
    .execute()
}

/** Notes that the directory shows the café again. */
export async function deleteHiddenElsewhere(
  trx: Database,
  { cafeId, directory }: HiddenElsewhereKey,
): Promise<void> {
  await trx
    .deleteFrom('hidden_elsewhere')
    .where('cafe_id', '=', cafeId)
    .where('directory', '=', directory)
    .execute()
}

/** Lists them for upcoming cafés of one structure and directories that it is in, soonest first. */
export async function listHiddenElsewhere(
  db: Database,
  { organizationId, now }: { organizationId: string; now: Temporal.Instant },
): Promise<HiddenElsewhere[]> {
  const rows = await selectHidden(db, now)
    .where('cafe.organization_id', '=', organizationId)
    .execute()
  return rows.map(toHiddenElsewhere)
}

/** Lists those of which the team has not been told by mail. */
export async function listUnreportedHidden(
  db: Database,
  now: Temporal.Instant,
): Promise<HiddenElsewhere[]> {
  const rows = await selectHidden(db, now).where('hidden_elsewhere.told_at', 'is', null).execute()
  return rows.map(toHiddenElsewhere)
}

/**
 * Notes that the team was told of all that is hidden elsewhere, those of other structures included. It is called in the
 * transaction that appends the mails.
 */
export async function markHiddenSent(trx: Database, now: Temporal.Instant): Promise<void> {
  await trx
    .updateTable('hidden_elsewhere')
    .set({ told_at: toInstantText(now) })
    .where('told_at', 'is', null)
    .execute()
}

const selectHidden = (db: Database, now: Temporal.Instant) =>
  db
    .selectFrom('hidden_elsewhere')
    .innerJoin('cafe', 'cafe.id', 'hidden_elsewhere.cafe_id')
    .innerJoin('following', (join) =>
      join
        .onRef('following.target_uri', '=', 'hidden_elsewhere.directory')
        .on('following.is_join', '=', 1)
        .on('following.state', '=', 'accepted'),
    )
    .leftJoin('peer', 'peer.actor_uri', 'hidden_elsewhere.directory')
    .select([
      'cafe.id',
      'cafe.title',
      'cafe.starts_at',
      'hidden_elsewhere.directory',
      'hidden_elsewhere.reason',
      'hidden_elsewhere.at',
      'peer.name',
    ])
    .where('cafe.ends_at', '>', toInstantText(now))
    .orderBy('cafe.starts_at')
    .orderBy('cafe.id')

type Row = Awaited<ReturnType<ReturnType<typeof selectHidden>['execute']>>[number]

const toHiddenElsewhere = (row: Row): HiddenElsewhere => ({
  cafeId: row.id,
  title: row.title,
  startsAt: fromInstantText(row.starts_at),
  directory: row.name || new URL(row.directory).host,
  reason: row.reason,
  at: fromInstantText(row.at),
})
