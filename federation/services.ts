import type { KeyObject } from 'node:crypto'
import type { Logger } from '@logtape/logtape'
import type { Peer } from '../node/domain/federation/peer.ts'
import type { Spent } from '../node/domain/federation/reading-budget.ts'
import type { Signer } from './wire/proof.ts'

export type UnsignedRequest = {
  method: 'GET' | 'POST'
  url: URL
  /** Names in lower case. */
  headers: Record<string, string>
  body?: string | Uint8Array | undefined
}

/** An RSA key, and the address at which its public half is found. */
export type SigningKey = { keyId: string; privateKey: KeyObject }

/** All headers with which a request is sent, its signature among them. */
export type Sign = (request: UnsignedRequest) => Promise<Record<string, string>>

export type GetOptions = {
  accept: string
  /** Content types (`type/subtype`) that a 2xx answer may have; any when undefined. */
  types?: readonly string[] | undefined
  maxBytes?: number | undefined
  headers?: Record<string, string> | undefined
  /** Signs each hop anew, over `accept` and what the signer adds: proxies on the way may change other headers. */
  sign?: Sign | undefined
  deadlineMs?: number | undefined
}

export type GetAnswer = {
  /** Where the answer came from, after redirects. */
  url: string
  status: number
  headers: Record<string, string>
  bytes: Buffer
  /** As UTF-8; broken sequences become U+FFFD (snac2 sends some). */
  text: string
}

export type PostOptions = {
  body: string | Uint8Array
  headers: Record<string, string>
  deadlineMs?: number | undefined
}

export type PostAnswer = Pick<GetAnswer, 'status' | 'headers' | 'text'>

/** The only place that opens sockets to addresses that a stranger can choose. All errors are EgressErrors. */
export type Egress = {
  /** Any status is an answer; `types` and the size are checked on the last hop. */
  get(url: string | URL, options: GetOptions): Promise<GetAnswer>
  /** An ActivityPub document, parsed; other statuses than 2xx throw. Never follows `Link: rel=alternate`. */
  getJson(
    url: string | URL,
    options?: Partial<GetOptions>,
  ): Promise<{ url: string; json: unknown; text: string }>
  /** Follows no redirect: a 3xx is the answer. */
  post(url: string | URL, options: PostOptions): Promise<PostAnswer>
  /** Why this address will never be spoken to, as far as its text tells; undefined when it may be. */
  check(url: string): string | undefined
  close(): Promise<void>
}

export type RequestKey = SigningKey & { publicKey: KeyObject; publicPem: string }

/** Ed25519. */
export type ProofKey = { keyId: string; publicKey: KeyObject; signer: Signer }

/** What one of our actors signs with, and what is published of it, at this moment (`actor-key.ts` of the domain). */
export type ActorKeys = {
  /** Signs requests: the newest one. */
  rsa: RequestKey
  /** Those that are still published beside it, the newest first: for who does not take `rsa` yet. */
  former: readonly RequestKey[]
  /** Makes proofs. */
  ed25519: ProofKey
  /** All that are published, the newest first. */
  proofKeys: readonly ProofKey[]
  /** The newest: a code on paper is read for months, and has no date. */
  posterSigner: Signer
  /** Ids of keys for proofs that somebody else may hold, the oldest first. */
  leaked: readonly string[]
}

export type KeyRing = { keysOf: (actor: string) => Promise<ActorKeys> }

/**
 * Hosts that did not answer are not asked for a while (10 s, three times as long after each further failure, an hour at
 * most), whoever would ask them. So a hundred addresses at a dead server do not cost ten seconds each. It is kept in the
 * memory of each process.
 */
export type RestingHosts = {
  /** Until when a host is not to be asked, counting no more than `mostSeconds` of its rest; undefined when it may be. */
  until(host: string, mostSeconds?: number): Temporal.Instant | undefined
  /** Whether the last call to it failed, however long ago. */
  isFailing(host: string): boolean
  /** Notes a call, begun at `begun`, to which the host did not connect or did not answer in time. */
  failed(host: string, begun: Temporal.Instant): void
  /** Notes that the host answered or sent us a request: its rest is over. */
  answered(host: string): void
}

export type Budget = {
  /** @throws BudgetSpentError as soon as a limit is passed. */
  spend(used: Partial<Omit<Spent, 'seconds'>>): void
  /** What this reading has used so far. */
  used(): Spent
}

/** What the protocol needs beyond the context; made once per process. */
export type Services = {
  egress: Egress
  /** The hosts that did not answer lately. */
  hosts: RestingHosts
  /** While a peer is read: what may still be read of it. */
  budget?: Budget | undefined
  keyRing: KeyRing
  /** Signs our fetches, as `instance`: GoToSocial and others answer nobody else. */
  sign: Sign
  /** The same in the form of RFC 9421, which every server of this software reads. */
  signQuestion: Sign
  /** As another of our actors, for servers that know that one only. */
  signQuestionAs: (identifier: string) => Sign
  findTrustedPeer: (origin: string) => Promise<Peer | undefined>
  logger: Logger
  /** Aborted when the server stops: whoever loops ends at the next turn. */
  signal: AbortSignal
  /** Resolves when there is more to deliver: for who is busy delivering. */
  woken: () => Promise<void>
}
