import type { Context } from '../../node/context.ts'
import type { Requester } from '../../node/domain/federation/reading-shares.ts'
import { settleDirectory } from '../../node/store/backup/restoration.ts'
import type { Database } from '../../node/store/database/database.ts'
import { isBlocked } from '../../node/store/directory/blocks.ts'
import { hashServers, listSharedInboxes } from '../../node/store/directory/follower-servers.ts'
import { requesterOf } from '../../node/store/directory/requesters.ts'
import { hasRoomForFollower, saveFollower } from '../../node/store/feeds/followers.ts'
import { appendChange } from '../../node/store/queues/changes.ts'
import { enqueueTask } from '../../node/store/queues/tasks.ts'
import { EgressError } from '../remote/egress-error.ts'
import type { Services } from '../services.ts'
import { isObject, toList } from '../wire/json.ts'
import { ACTIVITY_ACCEPT } from '../wire/media-types.ts'
import { parseStrictJson } from '../wire/strict-json.ts'
import { CAFES, restorationUri } from '../wire/uris.ts'
import { readSharedInboxes } from './read-follower-servers.ts'

/**
 * Asks for the servers of the followers. From then on each of them that has no follower here gets deliveries again, and
 * is first told of the new keys of a site that lost everything. While the directory's team has not agreed, nothing
 * changes.
 *
 * @param since - When the backup was made; undefined where there was none. A directory that knows no other server than
 * those of the backup need not ask its team.
 * @throws EgressError when it is to be asked again.
 */
export async function askForFollowers(
  context: Context,
  reader: Services,
  { uri, since }: { uri: string; since: Temporal.Instant | undefined },
): Promise<void> {
  const { db, config, now } = context
  const { origin } = new URL(uri)
  const here = (await listSharedInboxes(db, CAFES)).filter(
    (inbox) => new URL(inbox).origin !== origin,
  )
  const asked = since && new URLSearchParams({ since: since.toString(), known: hashServers(here) })
  const url = `${restorationUri(origin)}?followers${asked ? `&${asked}` : ''}`
  const answer = await reader.egress.get(url, { accept: ACTIVITY_ACCEPT, sign: reader.sign })
  if (answer.status === 202) return
  if (answer.status !== 200 || new URL(answer.url).origin !== origin)
    throw new EgressError('status', `${origin} answered ${answer.status}`, answer.status)
  const inboxes = readSharedInboxes(readItems(answer.text), {
    check: reader.egress.check,
    except: [config.origin, origin],
  })
  const hosts = new Set(here.map((inbox) => new URL(inbox).host))
  await db.transaction().execute(async (trx) => {
    let servers = 0
    // Their visits take turns with what this site reads by itself.
    const requester = await requesterOf(trx, origin)
    const others = inboxes.filter((each) => !hosts.has(new URL(each).host))
    // A directory that lies must not make this site write to a thousand servers of its choice.
    for (const inbox of others.slice(0, config.shares.followerServers))
      if (await saveServer(trx, context, { inbox, requester })) servers += 1
    const answered = since ? { followers: 'answered' as const } : { state: 'answered' as const }
    await settleDirectory(trx, { uri, ...answered, servers })
    if (servers > 0 && !since)
      await appendChange(trx, { type: 'keys-renewed', actor: CAFES }, now())
  })
  context.wake()
}

function readItems(text: string): unknown[] {
  try {
    const collection = parseStrictJson(text)
    if (isObject(collection)) return toList(collection.items)
  } catch {}
  throw new EgressError('content_type', 'the directory answered with broken JSON')
}

/** Saves a server as a follower; the accounts that follow there are not known, so the server itself stands for them. */
async function saveServer(
  trx: Database,
  { config, now }: Context,
  { inbox, requester }: { inbox: string; requester: Requester },
): Promise<boolean> {
  const { origin, host } = new URL(inbox)
  const server = { actor: CAFES, uri: origin, inbox, sharedInbox: inbox, followId: '' }
  if (await isBlocked(trx, host)) return false
  if (!(await hasRoomForFollower(trx, server, config.shares))) return false
  await saveFollower(trx, server, now())
  // The visit reads the software of the server, on which the form of further messages depends.
  await enqueueTask(trx, { kind: 'visit', subject: origin, requester }, now())
  return true
}
