import { sql } from 'kysely'
import { purposeToStop, REPEATED_MAILS } from '../../domain/values/link.ts'
import { type Database, inTransaction, type OpenDatabase } from '../database/database.ts'
import { listPeers } from '../directory/peers.ts'
import { markAllUnconfirmed, planRechecks } from '../facilitators/received-profiles.ts'
import { saveHeld } from '../queues/held.ts'
import { enqueueTask } from '../queues/tasks.ts'
import { forgetBackups } from './backup-state.ts'

/** The jump in the numbers is larger than what a site uses between two backups. */
const LEAP = 1_000_000

/**
 * Prepares a database that was restored from a backup to be served, on SQLite: everybody must sign in anew, links that
 * were given out open nothing, numbers continue above all that others may have seen, every server that we hear is read
 * anew as soon as the site runs, and nothing is sent until a person has said what becomes of what waits (`findHeld`).
 */
export const prepareRestored = (db: OpenDatabase, now: Temporal.Instant): Promise<void> =>
  inTransaction(db, async (trx) => {
    await trx.deleteFrom('session').execute()
    // The link at the end of a mail that unsubscribes its reader stays valid.
    const stops = ['stop-alert', ...REPEATED_MAILS.map(purposeToStop)] as const
    await trx.deleteFrom('link').where('purpose', 'not in', stops).execute()
    await trx.deleteFrom('gone_row').execute()
    // Each webhook tells its program to read all anew, since the numbers begin anew: no older text is said before.
    await trx.deleteFrom('webhook_message').where('over_at', 'is', null).execute()
    await forgetBackups(trx)
    await releaseAll(trx)
    await leap(trx)
    await readAnew(trx, now)
    await saveHeld(trx, now)
  })

async function releaseAll(trx: Database): Promise<void> {
  await trx.updateTable('delivery').set({ lease_until: null }).execute()
  await trx.updateTable('task').set({ lease_until: null }).execute()
}

/** Plans that what others said since the backup is read: their cafés, and the people whom they still have. */
async function readAnew(trx: Database, now: Temporal.Instant): Promise<void> {
  for (const peer of await listPeers(trx))
    if (peer.following === 'accepted')
      await enqueueTask(trx, { kind: 'reconcile', subject: peer.id }, now)
  await markAllUnconfirmed(trx, now)
  await planRechecks(trx, now)
}

/**
 * Makes everybody who keeps a copy of our listing begin anew, since a number may have been given out after the backup.
 */
async function leap(trx: Database): Promise<void> {
  await sql`update sqlite_sequence set seq = seq + ${LEAP}`.execute(trx)
  await sql`update listing_state set epoch = lower(hex(randomblob(6))), last = max(last,
    coalesce((select max(change_number) from cafe), 0), coalesce((select max(number) from removed_cafe), 0),
    coalesce((select max(changed) from search_source), 0)) + ${LEAP}`.execute(trx)
}
