import type { KeyObject } from 'node:crypto'
import type { Logger } from '@logtape/logtape'
import type { Peer } from '../node/domain/federation/peer.ts'
import type { Spent } from '../node/domain/limits/reading-budget.ts'
import type { Database } from '../node/store/database/database.ts'
import type { Signer } from './wire/proof.ts'

export type UnsignedRequest = {
  method: 'GET' | 'POST'
  url: URL
  /** Names are in lower case. */
  headers: Record<string, string>
  body?: string | Uint8Array | undefined
  /** The SHA-256 of the body in base64, where it is known already. */
  digest?: string | undefined
}

/** An RSA key, and the address of its public half. */
export type SigningKey = { keyId: string; privateKey: KeyObject }

/** Returns all headers with which a request is sent, its signature included. */
export type Sign = (request: UnsignedRequest) => Promise<Record<string, string>>

export type GetOptions = {
  accept: string
  /** Content types (`type/subtype`) that a 2xx answer may have; any when undefined. */
  types?: readonly string[] | undefined
  maxBytes?: number | undefined
  headers?: Record<string, string> | undefined
  /** Signs each hop anew, over `accept` and what the signer adds, since proxies on the way may change other headers. */
  sign?: Sign | undefined
  deadlineMs?: number | undefined
}

export type GetAnswer = {
  /** The address that answered, after redirects. */
  url: string
  status: number
  headers: Record<string, string>
  bytes: Buffer
  /** The body as UTF-8; broken sequences become U+FFFD (snac2 sends some). */
  text: string
}

export type PostOptions = {
  body: string | Uint8Array
  headers: Record<string, string>
  deadlineMs?: number | undefined
}

export type PostAnswer = Pick<GetAnswer, 'status' | 'headers' | 'text'>

/**
 * Sends requests to addresses that a stranger can choose; no other code opens sockets to them. All errors are
 * EgressErrors.
 */
export type Egress = {
  /** Any status is returned as an answer; `types` and the size are checked on the last hop. */
  get(url: string | URL, options: GetOptions): Promise<GetAnswer>
  /**
   * Fetches and parses an ActivityPub document; statuses other than 2xx throw. It never follows `Link: rel=alternate`.
   */
  getJson(
    url: string | URL,
    options?: Partial<GetOptions>,
  ): Promise<{ url: string; json: unknown; text: string }>
  /** Follows no redirect: a 3xx is returned as the answer. */
  post(url: string | URL, options: PostOptions): Promise<PostAnswer>
  /** Why this address may never be contacted, as far as its text tells; undefined when it may. */
  check(url: string): string | undefined
  close(): Promise<void>
}

export type RequestKey = SigningKey & {
  publicKey: KeyObject
  publicPem: string
  createdAt: Temporal.Instant
}

/** An Ed25519 key that makes proofs. */
export type ProofKey = { keyId: string; publicKey: KeyObject; signer: Signer }

/**
 * The keys with which one of our actors signs, and what is published of them, at this moment (`actor-key.ts` of the
 * domain).
 */
export type ActorKeys = {
  /** The newest RSA key, which signs requests. */
  rsa: RequestKey
  /** The RSA keys that are still published beside it, the newest first, for a server that does not take `rsa` yet. */
  former: readonly RequestKey[]
  /** The key that makes proofs. */
  ed25519: ProofKey
  /** All keys for proofs that are published, the newest first. */
  proofKeys: readonly ProofKey[]
  /** The newest key for proofs, since a code on paper is read for months and has no date. */
  posterSigner: Signer
  /** Ids of keys for proofs that somebody else may hold, the oldest first. */
  leaked: readonly string[]
}

export type KeyRing = { keysOf: (actor: string) => Promise<ActorKeys> }

/**
 * The hosts that did not answer and are left alone for a while (10 s, three times as long after each further failure,
 * an hour at most), for every caller. A hundred addresses at a dead server then do not cost ten seconds each. They are
 * kept in the memory of each process.
 */
export type RestingHosts = {
  /**
   * Until when a host is not to be asked, counting at most `mostSeconds` of its rest; undefined when it may be asked.
   */
  until(host: string, mostSeconds?: number): Temporal.Instant | undefined
  /** Whether the last call to it failed, however long ago. */
  isFailing(host: string): boolean
  /** Notes that the host did not accept the connection or did not answer in time, for a call that began at `begun`. */
  failed(host: string, begun: Temporal.Instant): void
  /** Notes that the host answered, or sent us a request, which ends its rest. */
  answered(host: string): void
}

export type Budget = {
  /**
   * Adds to what was used.
   * @throws BudgetSpentError as soon as a limit is passed.
   */
  spend(used: Partial<Omit<Spent, 'seconds'>>): void
  /** What this reading has used of its budget so far. */
  used(): Spent
}

/** The services that the protocol needs besides the context; each process makes them once. */
export type Services = {
  egress: Egress
  /** The hosts that did not answer lately. */
  hosts: RestingHosts
  /** The remaining budget of the peer that is being read. */
  budget?: Budget | undefined
  keyRing: KeyRing
  /** Signs our fetches as `instance`; GoToSocial and others answer only signed ones. */
  sign: Sign
  /** Signs as `instance` in the form of RFC 9421, which every server of this software reads. */
  signQuestion: Sign
  /** Signs as another of our actors, for servers that know only that one. */
  signQuestionAs: (identifier: string) => Sign
  findTrustedPeer: (origin: string) => Promise<Peer | undefined>
  logger: Logger
  /** Aborted when the server stops; every loop ends at its next turn. */
  signal: AbortSignal
  /** Resolves when there is more to deliver, for the loop that is delivering. */
  woken: () => Promise<void>
}

/** What a change leads to, for the transaction in which the change ends: activities and their deliveries. */
export type Effect = (trx: Database) => Promise<void>
