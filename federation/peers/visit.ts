import type { Context } from '../../node/context.ts'
import type { Peer } from '../../node/domain/federation/peer.ts'
import { saveSoftware } from '../../node/store/directory/hosts.ts'
import { listPeers, markPeerFailing, markPeerSeen } from '../../node/store/directory/peers.ts'
import {
  findActorEtag,
  saveActorEtag,
  saveVisit,
} from '../../node/store/directory/unreachable-peers.ts'
import { expediteHost } from '../../node/store/queues/deliveries.ts'
import { hurryTasksAt, LIGHT_VISIT, type Task } from '../../node/store/queues/tasks.ts'
import { rememberActor } from '../actors/remember-actor.ts'
import { findMove } from '../moves/follow-move.ts'
import { type ActorDocument, parseActorDocument } from '../remote/actor-document.ts'
import { EgressError } from '../remote/egress-error.ts'
import { fetchSoftware } from '../remote/look-up.ts'
import { BudgetSpentError } from '../remote/reading-budget.ts'
import type { Services } from '../services.ts'
import { originOf } from '../wire/json.ts'
import { ACTIVITY_ACCEPT, isActivityType } from '../wire/media-types.ts'
import { parseStrictJson } from '../wire/strict-json.ts'
import { readStructures } from './read-structures.ts'

const MAX_BYTES = 256 * 1024

/**
 * Visits a server to find whether it is reachable. A light visit asks for the actor's document once, and for nothing
 * else where that is unchanged, within ten seconds. Another one also asks which software answers there and what its
 * structures say about themselves.
 */
export async function visit(
  context: Context,
  services: Services,
  { subject: origin, cursor }: Pick<Task, 'subject' | 'cursor'>,
): Promise<void> {
  const { db, now } = context
  const { host } = new URL(origin)
  const isLight = cursor === LIGHT_VISIT
  if (!isLight) await saveSeenSoftware(context, services, origin)
  const peer = await services.findTrustedPeer(origin)
  if (!peer) return readRequester(context, services, origin)
  try {
    const { etag, document } = await askForActor(services, peer, await findActorEtag(db, peer.id))
    const follow = await findMove(context, services, { peer, document })
    await db.transaction().execute(async (trx) => {
      // Its keys may have changed since it last answered; those that it gave up count no longer.
      if (document && !document.unreachable) await rememberActor(trx, document, now())
      await saveVisit(trx, origin, now())
      await follow?.(trx)
      await saveActorEtag(trx, { peerId: peer.id, etag })
      await markPeerSeen(trx, origin, now())
      // The next try may be half a day away, and a server that was down does not know that something waits for it.
      await expediteHost(trx, host, now())
      await hurryTasksAt(trx, host, now())
    })
  } catch (error) {
    if (services.signal.aborted) return
    // Our own spent budget says nothing about the peer.
    if (error instanceof BudgetSpentError) throw error
    const message = error instanceof Error ? error.message : String(error)
    await db.transaction().execute(async (trx) => {
      await saveVisit(trx, origin, now())
      await markPeerFailing(trx, { origin, error: message }, now())
    })
    return
  }
  if (!isLight && context.isDirectory) await readStructures(context, services, peer)
  context.wake()
}

/**
 * Reads where a site that asks to join is, since the referent of its territory is asked too. Nothing of it is shown
 * before it is admitted.
 */
async function readRequester(context: Context, services: Services, origin: string): Promise<void> {
  if (!context.isDirectory) return
  const requester = (await listPeers(context.db)).find(
    (peer) => peer.origin === origin && peer.membership === 'requested',
  )
  if (requester) await readStructures(context, services, requester)
}

/** Stores which software answers there, which decides how we speak to it. */
export async function saveSeenSoftware(
  { db, now }: Context,
  services: Services,
  origin: string,
): Promise<void> {
  const software = await fetchSoftware(services, origin)
  await saveSoftware(db, { host: new URL(origin).host, software }, now())
}

/**
 * Asks for the actor's document if it has changed (RFC 9110 §13.1.2).
 * @throws EgressError when nothing answers, or something other than that actor.
 */
async function askForActor(
  { egress, sign }: Services,
  { actorUri }: Peer,
  etag: string | undefined,
): Promise<{ etag: string | undefined; document: ActorDocument | undefined }> {
  const answer = await egress.get(actorUri, {
    accept: ACTIVITY_ACCEPT,
    maxBytes: MAX_BYTES,
    sign,
    ...(etag !== undefined && { headers: { 'if-none-match': etag } }),
  })
  const { host } = new URL(answer.url)
  if (answer.status === 304 && etag !== undefined) return { etag, document: undefined }
  if (answer.status < 200 || answer.status > 299)
    throw new EgressError('status', `${host} answered ${answer.status}`, answer.status)
  const document = isActivityType(answer.headers['content-type'])
    ? parseActorDocument(parse(answer.text), { uri: actorUri, check: egress.check })
    : undefined
  if (!document) throw new EgressError('content_type', `${host} did not answer with that actor`)
  // An answer from another server shows that the actor exists, but its keys are not believed.
  const isOwnWord = originOf(answer.url) === originOf(actorUri)
  return { etag: etagOf(answer.headers), document: isOwnWord ? document : undefined }
}

function parse(text: string): unknown {
  try {
    return parseStrictJson(text)
  } catch {
    return undefined
  }
}

/** Returns the ETag, if it may be sent back as it is. */
const etagOf = ({ etag }: Record<string, string>): string | undefined =>
  etag !== undefined && /^(W\/)?"[\x21\x23-\x7e]{1,200}"$/.test(etag) ? etag : undefined
