import type { ClosedPast } from '../../domain/structures/hosted.ts'
import { appendAudit } from '../accounts/acts.ts'
import { deleteUnusedAccount } from '../accounts/unused-accounts.ts'
import { toInstantText } from '../database/columns.ts'
import { type Database, inTransaction, type OpenDatabase } from '../database/database.ts'
import { appendChange } from '../queues/changes.ts'
import { findHosted } from './hosted.ts'

/** How a structure that this site hosts closes: its people go at once, its cafés some at a time (`runClosings`). */

/**
 * Closes a hosted structure for good: nobody works for it any more, no program has a token, no calendar is read for it, and
 * its mail address and telephone number are gone. Its name in addresses is never given to another one.
 * @returns Whether it was open before.
 */
export const saveClosing = (
  db: OpenDatabase,
  { id, past, by }: { id: string; past: ClosedPast; by: string },
  now: Temporal.Instant,
): Promise<boolean> =>
  inTransaction(db, async (trx) => {
    const structure = await findHosted(trx, { id })
    if (!structure || structure.closing) return false
    await trx
      .updateTable('organization')
      .set({
        ...{ closed_at: toInstantText(now), closed_past: past, is_closing: 1 },
        ...{ phone: null, email: null },
      })
      .where('id', '=', id)
      .execute()
    // No date of its series is made any more.
    await trx
      .updateTable('series')
      .set({ next_on: null })
      .where('organization_id', '=', id)
      .execute()
    await deleteTeam(trx, id)
    await appendAudit(trx, { who: by, act: 'structure-closed', about: structure.name }, now)
    return true
  })

/** Deletes the ways in of a structure, and the accounts that have no other work here. */
async function deleteTeam(trx: Database, organizationId: string): Promise<void> {
  const team = await trx
    .deleteFrom('role')
    .where('organization_id', '=', organizationId)
    .returning('account_id')
    .execute()
  await trx
    .updateTable('session')
    .set({ organization_id: null })
    .where('organization_id', '=', organizationId)
    .execute()
  for (const table of ['team_invitation', 'api_token'] as const)
    await trx.deleteFrom(table).where('organization_id', '=', organizationId).execute()
  for (const { account_id } of team) await deleteUnusedAccount(trx, account_id)
}

/** A structure that closes, of which something is still to be done. */
export type Closing = { id: string; slug: string; past: ClosedPast }

/** Lists the structures that close, with what is to become of their past. */
export async function listClosing(db: Database): Promise<Closing[]> {
  const rows = await db
    .selectFrom('organization')
    .select(['id', 'slug', 'closed_past'])
    .where('is_closing', '=', 1)
    .orderBy('id')
    .execute()
  return rows.map(({ id, slug, closed_past }) => ({ id, slug, past: closed_past ?? 'kept' }))
}

/** What belongs to a structure that closes, and is still to be dealt with: ids, some at a time. */
export type LeftToClose = Record<
  'calendars' | 'people' | 'series' | 'cafes' | 'resources',
  string[]
>

/** Finds some of what is left to close; where the past is kept, a café that is held or cancelled is left alone. */
export async function findLeftToClose(
  db: Database,
  { id, past }: Closing,
  { now, limit }: { now: Temporal.Instant; limit: number },
): Promise<LeftToClose> {
  const idsOf = async (table: 'followed_calendar' | 'facilitator' | 'series' | 'resource') =>
    (
      await db
        .selectFrom(table)
        .select(`${table}.id as id`)
        .where(`${table}.organization_id`, '=', id)
        .limit(limit)
        .execute()
    ).map((row) => row.id)
  const toClose = await db
    .selectFrom('cafe')
    .select('id')
    .where('organization_id', '=', id)
    .$if(past === 'kept', (qb) =>
      qb.where((eb) =>
        eb.or([
          eb('publication', '<>', 'published'),
          eb.and([eb('ends_at', '>', toInstantText(now)), eb('status', '<>', 'cancelled')]),
        ]),
      ),
    )
    .limit(limit)
    .execute()
  return {
    calendars: await idsOf('followed_calendar'),
    people: await idsOf('facilitator'),
    series: past === 'gone' ? await idsOf('series') : [],
    cafes: toClose.map((row) => row.id),
    resources: past === 'gone' ? await idsOf('resource') : [],
  }
}

/**
 * Notes that nothing is left to close. Where its past goes too, the structure's account is gone from now on (410), and says
 * so to who followed it.
 */
export const endClosing = (
  db: OpenDatabase,
  { id, slug, past }: Closing,
  now: Temporal.Instant,
): Promise<void> =>
  inTransaction(db, async (trx) => {
    await trx.updateTable('organization').set({ is_closing: 0 }).where('id', '=', id).execute()
    if (past === 'kept') return
    await appendChange(trx, { type: 'structure-closed', slug }, now)
  })
