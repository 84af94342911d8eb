import type { KeyObject } from 'node:crypto'
import type { Readable } from 'node:stream'
import type { HttpBindings } from '@hono/node-server'
import { getLogger } from '@logtape/logtape'
import type { Context, Handler } from 'hono'
import type { RemoteKey } from '../../node/store/schema/actors.ts'
import { ARRIVALS_MS } from '../../node/turns/arrivals.ts'
import { createFairQueue } from '../../node/turns/fair-queue.ts'
import { type ActorDocument, keyFor } from '../remote/actor-document.ts'
import type { AllowLoopback } from '../remote/addresses.ts'
import type { Egress, RestingHosts, Sign } from '../services.ts'
import type { Json } from '../wire/json.ts'
import {
  type Envelope,
  isFromOwner,
  isRefusal,
  parseObject,
  parseUri,
  type Refusal,
  readEnvelope,
  refuseByOrigin,
  withSigner,
} from './envelope.ts'
import { type CreateLimiter, createLimits, type OtherPoints } from './limits.ts'
import { readBody } from './request-body.ts'
import { readSignature } from './signature.ts'
import type { ReadSignature } from './signature-parts.ts'
import { createSignerKeys, type KnownActor } from './signer-keys.ts'

const logger = getLogger(['cafe-ia', 'gate'])

/**
 * How many requests are let in during one turn of the event loop. There are few turns while a group is committed, and
 * the next group gathers in them. With a higher number a page would wait for several forged requests, which cost two
 * milliseconds each.
 */
const LET_IN_TOGETHER = 2
/** How long a sender is asked to wait when the fault is ours or the server is overloaded, in seconds. */
const COME_BACK_S = 60

/**
 * Finds a key by which an actor signs its proofs. The document at the actor's own id lists it, and is fetched where
 * necessary.
 */
type FindActorKey = (actorUri: string, keyId: string) => Promise<KeyObject | undefined>

/** What the gate lets through: a message that is authenticated and of its sender's own origin, and not yet applied. */
export type GateMessage = {
  activity: Json
  id: string
  type: string
  /** The actor that speaks. Use this and never `activity.actor`, which may be an embedded object. */
  actorUri: string
  /** The actor that signed the request: the one that speaks, or the server that forwards its proven word. */
  signerUri: string
  /** The hash of what the signer signed, which is the same when somebody sends a recorded request again. */
  signed: string
  /** Decodes the body, which few messages need as a text. */
  readText: () => string
  /** The signer's document, when it was fetched for this message; `rememberActor` has stored it by then. */
  actorDocument: ActorDocument | undefined
}

export type GateDeps = {
  origin: string
  allow: AllowLoopback
  egress: Pick<Egress, 'getJson' | 'check'>
  /** Tells which hosts did not answer lately. */
  hosts?: Pick<RestingHosts, 'until'> | undefined
  /** Signs our fetches as `instance`. */
  sign: Sign
  now: () => Temporal.Instant
  /** Lists the keys that `rememberActor` stored; empty for an actor that is unknown here. */
  listKeys: (actorUri: string) => Promise<RemoteKey[]>
  isKnownActor: (actorUri: string) => Promise<boolean>
  /** Stores the actor and exactly these keys; called once something that it signed has been verified. */
  rememberActor: (document: ActorDocument) => Promise<void>
  /** Whether an actor is blocked: itself, its host, or a domain above it. */
  isBlocked: (actorUri: string) => Promise<boolean>
  isMember: (host: string) => Promise<boolean>
  /** Whether the activity's own proof (eddsa-jcs-2022) is by its actor. */
  verifyForwarded: (
    activity: Json,
    findKey: FindActorKey,
    now: Temporal.Instant,
  ) => Promise<boolean>
  /** Applies the message in a transaction of its own, and returns the HTTP status of the answer. */
  accept: (message: GateMessage) => Promise<number>
  limits?: OtherPoints | undefined
  createLimiter?: CreateLimiter | undefined
}

type GateRequest = {
  method: string
  /** The path and query. */
  path: string
  headers: Headers
  body: Readable | undefined
  /** The sender's IP address. */
  address: string
}

type GateAnswer = { status: number } & Partial<Refusal>

export type Gate = (request: GateRequest) => Promise<GateAnswer>

/**
 * Makes the gate, which decides who may speak before any JSON-LD work: size and type, shape, signature, origins, key
 * and limits, in this order (FEDERATION.md). A refusal changes nothing here, and makes no request except for the
 * signer's own document.
 */
export function createGate(deps: GateDeps): Gate {
  const keys = createSignerKeys(deps)
  const uriRules = { allow: deps.allow, ownOrigin: deps.origin }
  const limits = createLimits(deps.limits, deps.createLimiter)
  const line = createFairQueue({ all: LET_IN_TOGETHER, turnMs: ARRIVALS_MS })

  async function decide(request: GateRequest): Promise<GateAnswer> {
    // The request waits before its body is read, so that the waiting bytes are held by the operating system and not by
    // us.
    await line.take('senders')
    const body = await readBody(request)
    if (isRefusal(body)) return body
    const parsed = parseObject(body)
    if (isRefusal(parsed)) return parsed
    const signature = readOwnSignature({ ...request, body })
    if (isRefusal(signature)) return signature
    const envelope = readEnvelope(withSigner(parsed.activity, signature.keyId), uriRules)
    if (isRefusal(envelope)) return envelope
    const signerUri = signerOf(envelope, signature.keyId)
    const refusal =
      refuseBySigner(signerUri, signature.keyId) ??
      refuseByOrigin(envelope, uriRules) ??
      (await refuseBlocked(envelope, signerUri))
    if (refusal) return refusal
    if (await isAccountDeleteOfStranger(envelope)) return { status: 202 }
    return admit({ envelope, signature, signerUri, body, address: request.address })
  }

  function readOwnSignature(
    request: Omit<GateRequest, 'body'> & { body: Uint8Array },
  ): ReadSignature | Refusal {
    const signature = readSignature({ ...request, origin: deps.origin }, deps.now())
    if ('refused' in signature) return { status: 401, reason: signature.refused }
    const reachable = parseUri(signature.keyId, uriRules) && !deps.egress.check(signature.keyId)
    return reachable
      ? signature
      : { status: 401, reason: 'the key id is not a public https address' }
  }

  /**
   * A Delete is accepted even from a blocked sender, about its own objects (`refuseByOrigin`): a person who withdraws
   * their profile must reach every copy, whatever became of the two servers.
   */
  async function refuseBlocked(
    { type, actorUri }: Envelope,
    signerUri: string,
  ): Promise<Refusal | undefined> {
    if (type === 'Delete' && signerUri === actorUri) return undefined
    for (const uri of new Set([signerUri, actorUri]))
      if (await deps.isBlocked(uri))
        return { status: 403, reason: 'this account or its domain is blocked here' }
    return undefined
  }

  /**
   * Whether a stranger deletes its own account. Thousands of copies arrive when a large server deletes one; there is
   * nothing to forget here, and nothing is fetched.
   */
  const isAccountDeleteOfStranger = async ({
    type,
    actorUri,
    objectUri,
  }: Envelope): Promise<boolean> =>
    type === 'Delete' && objectUri === actorUri && !(await deps.isKnownActor(actorUri))

  async function admit(signed: SignedMessage): Promise<GateAnswer> {
    const { envelope, signerUri, body, address } = signed
    const { activity, id, type, actorUri } = envelope
    const signer = await authenticate(signed)
    if (isRefusal(signer)) return signer
    const host = new URL(signerUri).host
    const wait = await limits.countVerified(host, deps)
    if (wait !== undefined) return tooMany(wait)
    if (signer.unsaved?.unreachable) return { status: 403, reason: signer.unsaved.unreachable }
    if (signerUri !== actorUri) {
      const findKey = (owner: string, keyId: string) => findProofKey(owner, keyId, address)
      if (!(await deps.verifyForwarded(activity, findKey, deps.now())))
        return { status: 401, reason: 'forwarded without a valid proof by its actor' }
    }
    const actorDocument = signer.unsaved
    if (actorDocument) {
      await deps.rememberActor(actorDocument)
      keys.saved(signerUri)
    }
    const readText = () => new TextDecoder().decode(body)
    const who = { actorUri, signerUri, signed: signed.signature.signed }
    const message = { activity, id, type, ...who, readText, actorDocument }
    const status = await deps.accept(message)
    return status === 429 ? tooMany(COME_BACK_S) : { status }
  }

  /**
   * Finds the signer and verifies the signature. A key that we know is tried before any limit, so that forged mail in
   * somebody's name shuts nobody out.
   */
  async function authenticate(signed: SignedMessage): Promise<KnownActor | Refusal> {
    const { signature, signerUri, address } = signed
    const signedBy = (actor: KnownActor | undefined) => {
      const key = actor && keyFor(actor.keys, signature.keyId)
      return key !== undefined && signature.verify(key.key)
    }
    const known = await keys.find(signerUri)
    if (known && signedBy(known)) {
      if (known.unsaved || (await deps.isKnownActor(signerUri))) return known
      // The actor was deleted or purged meanwhile. The message needs its inbox, so its document is fetched anew.
      keys.forget(signerUri)
    }
    const fetched = await fetchWithinLimits({ actorUri: signerUri, address, settle: signedBy })
    if (isRefusal(fetched)) return fetched
    return signedBy(fetched) ? fetched : badSignature
  }

  async function findProofKey(actorUri: string, keyId: string, address: string) {
    const settle = (actor: KnownActor) => keyFor(actor.keys, keyId) !== undefined
    const known = await keys.find(actorUri)
    const key = known && keyFor(known.keys, keyId)
    if (key) return key.key
    const fetched = await fetchWithinLimits({ actorUri, address, settle })
    return isRefusal(fetched) ? undefined : keyFor(fetched.keys, keyId)?.key
  }

  /**
   * Fetches the document of an unknown signer. It is counted when it begins, so that a thousand at once are all
   * counted, and given back when `settle` finds the key.
   */
  async function fetchWithinLimits({
    actorUri,
    address,
    settle,
  }: {
    actorUri: string
    address: string
    settle: (actor: KnownActor) => boolean
  }): Promise<KnownActor | Refusal> {
    const { host } = new URL(actorUri)
    const wait = await limits.strike(address, host)
    if (wait !== undefined) return tooMany(wait)
    const isMember = await deps.isMember(host)
    const isNew = !isMember && !(await keys.find(actorUri))
    const full = isNew ? await limits.meet(host) : undefined
    if (full !== undefined) return tooMany(full)
    const fetched = await keys.fetch(actorUri, { isMember })
    const settled = typeof fetched === 'object' && settle(fetched)
    if (settled) await limits.forgive(address, host)
    else if (isNew) await limits.unmeet(host)
    if (fetched === 'busy') return tooMany(COME_BACK_S)
    return typeof fetched === 'object' ? fetched : KEYS_NOT_HAD[fetched]
  }

  return async (request) => {
    try {
      const answer = await decide(request)
      if (answer.reason) logger.debug('refused {status}: {reason}', { ...answer })
      return answer
    } catch (error) {
      logger.error('the gate failed: {error}', { error })
      return { status: 503, reason: 'try again later', retryAfter: COME_BACK_S }
    }
  }
}

type SignedMessage = {
  envelope: Envelope
  signature: ReadSignature
  signerUri: string
  body: Buffer
  address: string
}

const badSignature: Refusal = { status: 401, reason: 'the signature does not verify' }

/** The refusals where the signature may be good, and the key by which it could be verified was not to be had. */
const KEYS_NOT_HAD: Record<'failed' | 'paused', Refusal> = {
  failed: { status: 401, reason: 'the document of the signer, with its key, could not be fetched' },
  paused: {
    status: 401,
    reason: 'no key that is known here verifies it, and the signer was asked a short while ago',
  },
}

const tooMany = (retryAfter: number): Refusal => ({
  status: 429,
  reason: 'too many requests',
  retryAfter,
})

/**
 * Returns the signer: the actor itself, unless a key of another server signed an owner's word that carries its own
 * proof; then the actor that the key's id names before its fragment.
 */
function signerOf({ hasProof, actorUri, ...envelope }: Envelope, keyId: string): string {
  const isElsewhere = new URL(keyId).origin !== new URL(actorUri).origin
  if (!isElsewhere || !hasProof || !isFromOwner(envelope)) return actorUri
  return keyId.split('#', 1)[0] ?? keyId
}

const refuseBySigner = (signerUri: string, keyId: string): Refusal | undefined =>
  new URL(signerUri).origin === new URL(keyId).origin
    ? undefined
    : { status: 401, reason: 'the key is not of the actor’s server' }

/** Returns the gate as a Hono handler for the inboxes. */
export const inboxHandler =
  (gate: Gate, addressOf: (c: Context) => string): Handler<{ Bindings: Partial<HttpBindings> }> =>
  async (c) => {
    const { pathname, search } = new URL(c.req.raw.url)
    const { status, reason, retryAfter } = await gate({
      method: c.req.method,
      path: pathname + search,
      headers: c.req.raw.headers,
      body: c.env.incoming,
      address: addressOf(c),
    })
    const headers = new Headers({ 'cache-control': 'no-store' })
    if (retryAfter !== undefined) headers.set('retry-after', String(retryAfter))
    if (reason) headers.set('content-type', 'text/plain; charset=utf-8')
    return new Response(reason ?? null, { status, headers })
  }
