import type { Context } from '../../node/context.ts'
import {
  listFollowerServers,
  listSharedInboxes,
} from '../../node/store/directory/follower-servers.ts'
import { findPeerByActor } from '../../node/store/directory/peers.ts'
import { askRecovery } from '../../node/store/directory/recoveries.ts'
import { listJoinedDirectories } from '../../node/store/facilitators/recipients.ts'
import { ACTIVITY_STREAMS } from '../wire/context.ts'
import { CAFES, followerServersUri, recoveryUri } from '../wire/uris.ts'

/**
 * Which servers have followers of this site: shared inboxes and nothing else, so that nobody is named. Told to the
 * directories that it joined; undefined for anybody else.
 */
export async function followerServersText(
  { db, config }: Context,
  asker: string | undefined,
): Promise<string | undefined> {
  const directories = await listJoinedDirectories(db)
  if (!directories.some(({ uri }) => uri === asker)) return undefined
  const own = new Set(directories.map(({ uri }) => new URL(uri).host))
  const inboxes = (await listSharedInboxes(db, CAFES)).filter(
    (inbox) => !own.has(new URL(inbox).host),
  )
  return collection(followerServersUri(config.origin), inboxes)
}

/**
 * Of a directory: what is kept for a member that lost its data, once the team has agreed. That it asks is what the team
 * reads; asking again changes nothing.
 *
 * @returns undefined for whoever is no member's `instance`.
 */
export async function recoveryText(
  { db, config, now }: Context,
  asker: string | undefined,
): Promise<string | 'waiting' | 'refused' | undefined> {
  const peer = asker === undefined ? undefined : await findPeerByActor(db, asker)
  if (peer?.membership !== 'member') return undefined
  const id = recoveryUri(config.origin)
  const inboxes = await listFollowerServers(db, peer.id)
  // There is nothing to agree to.
  if (inboxes.length === 0) return collection(id, [])
  const answer = await db.transaction().execute((trx) => askRecovery(trx, peer.id, now()))
  return answer === 'granted' ? collection(id, inboxes) : answer
}

const collection = (id: string, items: readonly string[]): string =>
  JSON.stringify({
    '@context': ACTIVITY_STREAMS,
    ...{ id, type: 'Collection', totalItems: items.length, items },
  })
