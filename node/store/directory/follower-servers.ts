import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { toInstantText } from '../database/columns.ts'
import type { Database } from '../database/database.ts'
import { isBlockedHost } from './blocks.ts'

/**
 * The maximum number of servers that are stored for the followers of one place, by their shared inboxes: those that
 * followed first.
 */
export const MOST_FOLLOWER_SERVERS = 1_000

/** The number of days for which a server is kept that its member no longer names. */
const KEPT_DAYS = 30

/**
 * Saves what a member says today, one shared inbox for each server. Those that it no longer names are kept for 30 days,
 * up to a thousand, since a member that lost its data has no followers either.
 */
export async function saveFollowerServers(
  trx: Database,
  { peerId, inboxes }: { peerId: string; inboxes: readonly string[] },
  now: Temporal.Instant,
): Promise<void> {
  const named = new Map(inboxes.map((inbox) => [new URL(inbox).host, inbox]))
  const hosts = [...named.keys()]
  const ofPeer = () => trx.selectFrom('follower_server').where('peer_id', '=', peerId)
  await trx
    .updateTable('follower_server')
    .set({ missing_since: toInstantText(now) })
    .where('peer_id', '=', peerId)
    .where('missing_since', 'is', null)
    .$if(hosts.length > 0, (query) => query.where('host', 'not in', hosts))
    .execute()
  if (hosts.length > 0)
    await trx
      .insertInto('follower_server')
      .values([...named].map(([host, inbox]) => ({ peer_id: peerId, host, inbox })))
      .onConflict((oc) =>
        oc
          .columns(['peer_id', 'host'])
          .doUpdateSet({ inbox: sql.ref('excluded.inbox'), missing_since: null }),
      )
      .execute()
  const lately = ofPeer()
    .select('host')
    .where('missing_since', '>=', toInstantText(now.subtract({ hours: KEPT_DAYS * 24 })))
    .orderBy('missing_since', 'desc')
    .orderBy('host')
    .limit(MOST_FOLLOWER_SERVERS)
  const kept = (await lately.execute()).map(({ host }) => host)
  await trx
    .deleteFrom('follower_server')
    .where('peer_id', '=', peerId)
    .where('missing_since', 'is not', null)
    .$if(kept.length > 0, (query) => query.where('host', 'not in', kept))
    .execute()
}

/** Lists the shared inboxes that are kept for a member, those that it named last first. */
export async function listFollowerServers(db: Database, peerId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('follower_server')
    .select('inbox')
    .where('peer_id', '=', peerId)
    .orderBy((eb) => eb.fn.coalesce('missing_since', eb.val('9')), 'desc')
    .orderBy('host')
    .limit(MOST_FOLLOWER_SERVERS)
    .execute()
  return rows.map(({ inbox }) => inbox)
}

/**
 * Lists those that a member named at this time or later: those of a backup from then, and what came after it.
 */
export async function listFollowerServersSince(
  db: Database,
  peerId: string,
  since: Temporal.Instant,
): Promise<string[]> {
  const rows = await db
    .selectFrom('follower_server')
    .select('inbox')
    .where('peer_id', '=', peerId)
    .where((eb) =>
      eb.or([eb('missing_since', 'is', null), eb('missing_since', '>=', toInstantText(since))]),
    )
    .execute()
  return rows.map(({ inbox }) => inbox)
}

/** Returns a hash of the servers of these inboxes, by which two servers find whether they know the same ones. */
export const hashServers = (inboxes: readonly string[]): string => {
  const hosts = new Set(inboxes.map((inbox) => new URL(inbox).host))
  return createHash('sha256')
    .update([...hosts].sort().join('\n'))
    .digest('hex')
}

/** Deletes what is kept for a member that is none any more. */
export async function deleteFollowerServers(trx: Database, peerId: string): Promise<void> {
  await trx.deleteFrom('follower_server').where('peer_id', '=', peerId).execute()
  await trx.deleteFrom('recovery').where('peer_id', '=', peerId).execute()
}

/** Lists the shared inboxes of the followers of one of our actors, one for each server, those that followed first. */
export async function listSharedInboxes(db: Database, actor: string): Promise<string[]> {
  const rows = await db
    .selectFrom('follower')
    .select((eb) => ['host', eb.fn.min('shared_inbox').as('inbox')])
    .where('actor', '=', actor)
    .where('shared_inbox', 'is not', null)
    .where((eb) => eb.not(isBlockedHost('follower.host')))
    .groupBy('host')
    .orderBy((eb) => eb.fn.min('created_at'))
    .orderBy('host')
    .limit(MOST_FOLLOWER_SERVERS)
    .execute()
  return rows.flatMap(({ host, inbox }) =>
    new URL(inbox ?? '').host === host ? (inbox ?? []) : [],
  )
}
