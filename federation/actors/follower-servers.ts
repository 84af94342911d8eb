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
 * Returns the shared inboxes of the servers where this site has followers, so that nobody is named. They are told to
 * the directories that this site joined; undefined for anybody else.
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
 * Returns what a directory keeps for a member that lost its data, once the team has agreed to give it. The request
 * itself is shown to the team; asking again changes nothing.
 *
 * @returns undefined when the asker is not the `instance` of a member.
 */
export async function recoveryText(
  { db, config, now }: Context,
  asker: string | undefined,
): Promise<string | 'waiting' | 'refused' | undefined> {
  const peer = asker === undefined ? undefined : await findPeerByActor(db, asker)
  if (peer?.membership !== 'member') return undefined
  const id = recoveryUri(config.origin)
  const inboxes = await listFollowerServers(db, peer.id)
  // Without a stored list, there is nothing for the team to approve.
  if (inboxes.length === 0) return collection(id, [])
  const answer = await db.transaction().execute((trx) => askRecovery(trx, peer.id, now()))
  return answer === 'granted' ? collection(id, inboxes) : answer
}

const collection = (id: string, items: readonly string[]): string =>
  JSON.stringify({
    '@context': ACTIVITY_STREAMS,
    ...{ id, type: 'Collection', totalItems: items.length, items },
  })
