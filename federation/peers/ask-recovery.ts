import type { Context } from '../../node/context.ts'
import type { Requester } from '../../node/domain/federation/reading-shares.ts'
import {
  findRecoveryQuestion,
  saveRecoveryQuestion,
} from '../../node/store/backup/recovery-question.ts'
import type { Database } from '../../node/store/database/database.ts'
import { isBlocked } from '../../node/store/directory/blocks.ts'
import { requesterOf } from '../../node/store/directory/requesters.ts'
import { hasRoomForFollower, saveFollower } from '../../node/store/feeds/followers.ts'
import { appendChange } from '../../node/store/queues/changes.ts'
import { enqueueTask, type Task } from '../../node/store/queues/tasks.ts'
import { EgressError } from '../remote/egress-error.ts'
import type { Services } from '../services.ts'
import { isObject, toList } from '../wire/json.ts'
import { ACTIVITY_ACCEPT } from '../wire/media-types.ts'
import { parseStrictJson } from '../wire/strict-json.ts'
import { CAFES, recoveryUri } from '../wire/uris.ts'
import { readSharedInboxes } from './read-follower-servers.ts'

/** The longest list of shared inboxes has fewer bytes. */
const MOST_BYTES = 512 * 1024

/**
 * Asks, for a site that lost everything, its directory for the servers of its followers, until the directory's team has
 * answered. From then on each of them gets deliveries again, and is first told of the new keys.
 *
 * @throws EgressError when it is to be asked again.
 */
export async function askRecovery(
  context: Context,
  services: Services,
  { subject: directory }: Pick<Task, 'subject'>,
): Promise<void> {
  const { db, config } = context
  const question = await findRecoveryQuestion(db)
  if (question?.state !== 'waiting' || question.directory !== directory) return
  const url = recoveryUri(directory)
  const answer = await services.egress.get(url, {
    accept: ACTIVITY_ACCEPT,
    maxBytes: MOST_BYTES,
    sign: services.signQuestion,
  })
  const settle = (state: 'refused' | 'unable') => saveRecoveryQuestion(db, { ...question, state })
  // 404 means an earlier version of this program.
  if (answer.status === 404 || answer.status === 410) return settle('unable')
  if (answer.status === 403) return settle('refused')
  if (answer.status === 202) return
  if (answer.status !== 200 || new URL(answer.url).origin !== directory)
    throw new EgressError('status', `${directory} answered ${answer.status}`, answer.status)
  const inboxes = readSharedInboxes(readItems(answer.text), {
    check: services.egress.check,
    except: [config.origin, directory],
  })
  await db.transaction().execute(async (trx) => {
    let servers = 0
    // Their visits take turns with what this site reads by itself.
    const requester = await requesterOf(trx, directory)
    for (const inbox of inboxes)
      if (await saveServer(trx, context, { inbox, requester })) servers += 1
    await saveRecoveryQuestion(trx, { ...question, state: 'granted', servers })
    if (servers > 0) await appendChange(trx, { type: 'keys-renewed', actor: CAFES }, context.now())
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
