import { getLogger } from '@logtape/logtape'
import type { Context } from '../node/context.ts'
import { isBlocked } from '../node/store/directory/blocks.ts'
import { findTrustedPeer, findTrustedPeerAt } from '../node/store/directory/peers.ts'
import { findRemoteActor, listRemoteKeys } from '../node/store/directory/remote-actors.ts'
import { createRoughLimiter } from '../node/store/queues/rate-limits.ts'
import { hurryTasksAt } from '../node/store/queues/tasks.ts'
import { createKeyRing } from './actors/keys.ts'
import { findFormerKey } from './actors/registry.ts'
import { rememberActor } from './actors/remember-actor.ts'
import { createGate, type Gate } from './gate/gate.ts'
import { signHeaders } from './gate/sign-request.ts'
import { createReceiver } from './inbox/inbox.ts'
import { withFormerActors } from './moves/former-keys.ts'
import { createEgress } from './remote/egress.ts'
import { createRestingHosts } from './remote/resting-hosts.ts'
import type { Services, Sign } from './services.ts'
import { verificationMethodOf, verifyProof } from './wire/proof.ts'
import { INSTANCE } from './wire/uris.ts'

/** Number of verified activities that a process counts before it tells the other processes. */
const VERIFIED_STEP = 100

export type Federation = { services: Services; gate: Gate }

/** Makes the protocol with this server's database and keys, and with `egress`, through which all requests leave. */
export function createFederation(
  context: Context,
  { version, signal, woken }: { version: string; signal: AbortSignal; woken: () => Promise<void> },
): Federation {
  const { config, db, now } = context
  const services = createServices(context, { version, signal, woken })
  const { egress, hosts, sign } = services
  const isMember = async (host: string) => (await findTrustedPeerAt(db, host)) !== undefined
  const receive = createReceiver(context)
  const gate = createGate({
    origin: config.origin,
    allow: config.allowLoopback,
    egress,
    hosts,
    sign,
    now,
    listKeys: (actorUri) => listRemoteKeys(db, actorUri),
    isKnownActor: async (uri) => (await findRemoteActor(db, uri)) !== undefined,
    rememberActor: (document) =>
      db.transaction().execute((trx) => rememberActor(trx, document, now())),
    isBlocked: (uri) => isBlocked(db, uri),
    isMember,
    createLimiter: (limit) => createRoughLimiter(db, { ...limit, step: VERIFIED_STEP }),
    verifyForwarded: async (activity, findKey) => {
      const keyId = verificationMethodOf(activity)
      const actorUri = typeof activity.actor === 'string' ? activity.actor : undefined
      if (!keyId || !actorUri) return false
      const former = await findFormerKey(context, activity, { keyId, actorUri })
      const key = former ?? (await findKey(actorUri, keyId))
      return key !== undefined && verifyProof(activity, key)
    },
    accept: async (message) => {
      const { host } = new URL(message.signerUri)
      // A member that was away is read at once. A message from a stranger does not end the rest of its host, since a
      // stranger may send without ever answering.
      if (hosts.until(host) && (await isMember(host))) {
        hosts.answered(host)
        await hurryTasksAt(db, host, now())
      }
      return receive(message)
    },
  })
  return { services, gate }
}

/** Makes what everything of the protocol uses: the way out, the keys and what signs with them. */
function createServices(
  context: Context,
  { version, signal, woken }: { version: string; signal: AbortSignal; woken: () => Promise<void> },
): Services {
  const { config, db, now } = context
  const keyRing = withFormerActors(createKeyRing(context), context.config.origin)
  const hosts = createRestingHosts(now)
  const egress = createEgress({
    hosts,
    now,
    allow: config.allowLoopback,
    proxy: config.egressProxy,
    userAgent: `cafe-ia/${version} (+${config.origin}/)`,
  })
  const sign: Sign = async (request) =>
    signHeaders(request, (await keyRing.keysOf(INSTANCE)).rsa, 'cavage')
  // A server of this software looks up the keys that it has and fetches none to answer a question, so the request is
  // signed with the key that it has known longest.
  const signQuestionAs =
    (identifier: string): Sign =>
    async (request) => {
      const { rsa, former } = await keyRing.keysOf(identifier)
      return signHeaders(request, former.at(-1) ?? rsa, 'rfc9421')
    }
  return {
    egress,
    hosts,
    keyRing,
    sign,
    signQuestion: signQuestionAs(INSTANCE),
    signQuestionAs,
    findTrustedPeer: (origin) => findTrustedPeer(db, origin),
    logger: getLogger(['cafe-ia', 'federation']),
    signal,
    woken,
  }
}
