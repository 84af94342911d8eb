import { LRUCache } from 'lru-cache'
import type { RemoteKey } from '../../node/store/schema/actors.ts'
import { type ActorDocument, type ListedKey, parseActorDocument } from '../remote/actor-document.ts'
import { parsePublicPem } from '../remote/public-keys.ts'
import type { Egress, RestingHosts, Sign } from '../services.ts'

const REMEMBERED_ACTORS = 5_000
/** Keys are read again after this time, since another process of this server may have met the actor with other keys. */
const REMEMBERED_MS = 60_000
const REMEMBERED_FAILURES = 20_000
/** The least time between two fetches of a known actor whose signatures do not verify. */
const PAUSE_MS = 5 * 60 * 1000
/**
 * The pause after a first failed fetch, in milliseconds; it doubles with each further failure, up to `PAUSE_MS`. It is
 * short because a new site may send before its own address answers (its proxy waits for a certificate), and will send
 * again.
 */
const FIRST_PAUSE_MS = 10 * 1000
/** The deadline leaves time to answer within the 10 s for which a sender waits. */
const FETCH_MS = 8_000
const MAX_DOCUMENT = 256 * 1024
/**
 * Each fetch holds a request in memory. Above this number at once, an unknown actor is answered 429. Some places are
 * kept for members, and one host has `MAX_AT_A_HOST` at most.
 */
const MAX_FETCHES = 128
const FOR_MEMBERS = 32
const MAX_AT_A_HOST = 32

export type KnownActor = {
  keys: readonly ListedKey[]
  /** The document was fetched but is not stored yet: nothing that it signed has been verified so far. */
  unsaved: ActorDocument | undefined
}

export type SignerKeys = {
  /** Finds an actor in memory or in the store; undefined for an actor never met. */
  find(actorUri: string): Promise<KnownActor | undefined>
  /**
   * Fetches the actor's own document. The result is `paused` when the actor or its host failed a short while ago, or
   * was fetched anew in the last five minutes.
   */
  fetch(
    actorUri: string,
    asked?: { isMember: boolean },
  ): Promise<KnownActor | 'failed' | 'paused' | 'busy'>
  saved(actorUri: string): void
  forget(actorUri: string): void
}

export type SignerKeysDeps = {
  egress: Pick<Egress, 'getJson' | 'check'>
  hosts?: Pick<RestingHosts, 'until'> | undefined
  /** Signs as our `instance`, since GoToSocial and others answer 401 to an unsigned GET. */
  sign: Sign
  listKeys: (actorUri: string) => Promise<RemoteKey[]>
  now: () => Temporal.Instant
}

/** Keeps the public keys of other servers' actors, and only those that the document at the actor's own id lists. */
export function createSignerKeys({
  egress,
  hosts,
  sign,
  listKeys,
  now,
}: SignerKeysDeps): SignerKeys {
  const known = new LRUCache<string, KnownActor>({
    max: REMEMBERED_ACTORS,
    ttl: REMEMBERED_MS,
  })
  const failures = new LRUCache<string, { count: number; until: number }>({
    max: REMEMBERED_FAILURES,
  })
  const refetchableAt = new LRUCache<string, number>({ max: REMEMBERED_FAILURES })
  const pending = new Map<string, Promise<KnownActor | 'failed'>>()
  const isPaused = (actorUri: string) => {
    const until = Math.max(failures.get(actorUri)?.until ?? 0, refetchableAt.get(actorUri) ?? 0)
    return now().epochMilliseconds < until
  }
  const countAtHost = (host: string) =>
    [...pending.keys()].filter((uri) => hostOf(uri) === host).length
  /**
   * Whether the actor's host rests. A message of a member may mean that its host is back, so one fetch at a time is let
   * through.
   */
  const isResting = (actorUri: string, isMember: boolean) => {
    const host = hostOf(actorUri)
    if (hosts?.until(host, PAUSE_MS / 1000) === undefined) return false
    return !isMember || countAtHost(host) > 0
  }
  const isFull = (actorUri: string, isMember: boolean) => {
    const most = isMember ? MAX_FETCHES : MAX_FETCHES - FOR_MEMBERS
    return pending.size >= most || countAtHost(hostOf(actorUri)) >= MAX_AT_A_HOST
  }

  async function find(actorUri: string): Promise<KnownActor | undefined> {
    const remembered = known.get(actorUri)
    if (remembered) return remembered
    const keys = (await listKeys(actorUri)).flatMap((stored) => {
      const key = parsePublicPem(stored.pem)
      return key ? [{ ...stored, key }] : []
    })
    if (keys.length === 0) return undefined
    const found = { keys, unsaved: undefined }
    known.set(actorUri, found)
    return found
  }

  async function fetch(
    actorUri: string,
    { isMember = false } = {},
  ): Promise<KnownActor | 'failed' | 'paused' | 'busy'> {
    const running = pending.get(actorUri)
    if (running) return running
    if (isPaused(actorUri) || isResting(actorUri, isMember)) return 'paused'
    if (isFull(actorUri, isMember)) return 'busy'
    const begun = fetchNow(actorUri).finally(() => pending.delete(actorUri))
    pending.set(actorUri, begun)
    return begun
  }

  async function fetchNow(actorUri: string): Promise<KnownActor | 'failed'> {
    const isRefetch = (await find(actorUri)) !== undefined
    const document = await fetchDocument(actorUri)
    if (!document) {
      noteFailure(actorUri)
      return 'failed'
    }
    if (isRefetch) refetchableAt.set(actorUri, now().epochMilliseconds + PAUSE_MS)
    failures.delete(actorUri)
    const fetched = { keys: document.keys, unsaved: document }
    known.set(actorUri, fetched)
    return fetched
  }

  function noteFailure(actorUri: string): void {
    const count = failures.get(actorUri)?.count ?? 0
    const pause = Math.min(FIRST_PAUSE_MS * 2 ** count, PAUSE_MS)
    failures.set(actorUri, { count: count + 1, until: now().epochMilliseconds + pause })
  }

  /**
   * Fetches an actor's document. A redirect to another server is refused, since anybody could answer for the actor by
   * an open redirect.
   */
  async function fetchDocument(actorUri: string): Promise<ActorDocument | undefined> {
    try {
      const { url, json } = await egress.getJson(actorUri, {
        sign,
        maxBytes: MAX_DOCUMENT,
        deadlineMs: FETCH_MS,
      })
      if (new URL(url).origin !== new URL(actorUri).origin) return undefined
      return parseActorDocument(json, { uri: actorUri, check: egress.check })
    } catch {
      return undefined
    }
  }

  function saved(actorUri: string): void {
    const actor = known.get(actorUri)
    if (actor) known.set(actorUri, { keys: actor.keys, unsaved: undefined })
  }

  return { find, fetch, saved, forget: (actorUri) => known.delete(actorUri) }
}

const hostOf = (actorUri: string): string => new URL(actorUri).host
