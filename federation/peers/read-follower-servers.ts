import type { Context } from '../../node/context.ts'
import type { Peer } from '../../node/domain/federation/peer.ts'
import {
  MOST_FOLLOWER_SERVERS,
  saveFollowerServers,
} from '../../node/store/directory/follower-servers.ts'
import { findPeer } from '../../node/store/directory/peers.ts'
import { enqueueTask, type Task } from '../../node/store/queues/tasks.ts'
import { fetchObject } from '../remote/read-collection.ts'
import type { Services } from '../services.ts'
import { toList } from '../wire/json.ts'
import { followerServersUri } from '../wire/uris.ts'

/** The maximum length of a shared inbox's address, in characters; longer ones are ignored. */
const MOST_CHARACTERS = 300

/**
 * Plans, once a day, that a directory asks its members which servers have followers of theirs, in case they lose their
 * data.
 */
export async function planFollowerServers(
  { db, now, isDirectory }: Context,
  { id, membership }: Pick<Peer, 'id' | 'membership'>,
): Promise<void> {
  if (isDirectory && membership === 'member')
    await enqueueTask(db, { kind: 'follower-servers', subject: id }, now())
}

/** Stores what one member says. */
export async function readFollowerServers(
  context: Context,
  services: Services,
  { subject }: Pick<Task, 'subject'>,
): Promise<void> {
  const peer = await findPeer(context.db, subject)
  if (peer?.membership !== 'member') return
  const reader = { ...services, sign: services.signQuestion }
  const { items } = await fetchObject(reader, followerServersUri(peer.origin))
  const inboxes = readSharedInboxes(toList(items), {
    check: services.egress.check,
    except: [context.config.origin, peer.origin],
  })
  await context.db
    .transaction()
    .execute((trx) => saveFollowerServers(trx, { peerId: peer.id, inboxes }, context.now()))
}

/** Returns the addresses to which we may deliver, one for each server; anything else in the list is left out. */
export function readSharedInboxes(
  items: readonly unknown[],
  { check, except }: { check: (url: string) => string | undefined; except: readonly string[] },
): string[] {
  const inboxes = new Map<string, string>()
  for (const item of items.slice(0, MOST_FOLLOWER_SERVERS)) {
    if (typeof item !== 'string' || item.length > MOST_CHARACTERS || !URL.canParse(item)) continue
    const { origin, host, href, username, hash } = new URL(item)
    if (except.includes(origin) || username !== '' || hash !== '' || check(href)) continue
    if (!inboxes.has(host)) inboxes.set(host, href)
  }
  return [...inboxes.values()]
}
