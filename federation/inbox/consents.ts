import { findRemoteActor } from '../../node/store/directory/remote-actors.ts'
import { saveStamp } from '../../node/store/feeds/stamps.ts'
import { count } from '../../node/store/queues/counters.ts'
import { isInboxFull } from '../../node/store/queues/deliveries.ts'
import { takeLimited } from '../../node/store/queues/shares.ts'
import { findGiver } from '../actors/givers.ts'
import { enqueue } from '../wire/activities.ts'
import { consentAnswer, kindOfRequest } from '../wire/consent.ts'
import { idOf, isObject, isPlainlySpelled, originOf, toList } from '../wire/json.ts'
import type { Handler, Received } from './handler.ts'

/**
 * Answers a request to quote an object of ours (FEP-044f), or to list an account of ours in a collection (FEP-7aa9): an
 * Accept with a stamp where what is published is open to everybody, else a Reject. A repeated request gets the same
 * stamp again, and what was refused stays so. What is a person's waits for the team. Nothing is fetched: whether a
 * quote is decent, nobody here could tell.
 */
export const onConsentRequest: Handler = async (trx, received, context) => {
  const { config, now } = context
  const kind = kindOfRequest(received.type)
  const { actorUri: requesterUri, id: requestUri } = received
  const targetUri = idOf(toList(received.activity.object)[0])
  const instrumentUri = readInstrument(received)
  const requester = await findRemoteActor(trx, requesterUri)
  const isAnswerable = kind && targetUri && instrumentUri && requester
  if (!isAnswerable || (await isInboxFull(trx, requester.inbox)))
    return count(trx, 'inbox:other', now())
  const { host } = new URL(requesterUri)
  if (!(await takeLimited(trx, 'stamp', { host }, now()))) return count(trx, 'inbox:refused', now())
  const giving = await findGiver(trx, context, { kind, uri: targetUri })
  if (!giving) return count(trx, 'inbox:other', now())
  const { giver, consent } = giving
  const asked = { kind, giver, targetUri, instrumentUri, requesterUri }
  const at = { inbox: requester.inbox, at: now() }
  const stamp =
    consent === 'closed'
      ? undefined
      : await saveStamp(trx, {
          ...{ ...asked, ...at, requestUri: consent === 'asked' ? requestUri : undefined },
          state: consent === 'asked' ? 'asked' : 'given',
        })
  if (stamp === 'waiting-full') return count(trx, 'inbox:refused', now())
  if (stamp?.state === 'asked') return
  const stampId = stamp?.state === 'given' ? stamp.id : undefined
  const activity = consentAnswer(config.origin, { ...asked, requestUri }, stampId)
  await enqueue(trx, { activity, actor: giver, inboxes: [requester.inbox] }, now())
}

/**
 * Returns the id of the post or the collection for which an actor asks; undefined where it is not of the actor's own
 * server, or says that it is somebody else's.
 */
function readInstrument({ activity, actorUri }: Received): string | undefined {
  const [instrument] = toList(activity.instrument)
  const uri = idOf(instrument)
  if (!uri || !isPlainlySpelled(uri) || originOf(uri) !== originOf(actorUri)) return undefined
  const authors = isObject(instrument) ? toList(instrument.attributedTo) : []
  return authors.every((author) => idOf(author) === actorUri) ? uri : undefined
}
