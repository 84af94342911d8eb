import type { Config } from './config.ts'
import type { Cafe } from './domain/cafes/cafe.ts'
import type { DirectoryStanding } from './domain/cafes/circulation.ts'
import type { FacilitatorAnswer, FacilitatorQuestion } from './domain/facilitators/remote-search.ts'
import type { RequesterAnswer } from './domain/federation/requester.ts'
import type { Refusal } from './domain/values/refusal.ts'
import type { OpenDatabase } from './store/database/database.ts'
import type { FoundNetwork } from './store/networks/memberships.ts'

/** What every route, job and protocol handler receives. It is built once, in main.ts or in a test. */
export type Context = {
  config: Config
  db: OpenDatabase
  now: () => Temporal.Instant
  /** Whether this server is a directory, which admits members and announces their cafés. */
  isDirectory: boolean
  /** Says that a change or a delivery waits, so that it is sent at once. No page awaits it. */
  wake: () => void
  /** Returns the signed registry of the keys that make proofs, as JSON; it is made in federation/. */
  registry: () => Promise<string>
  /** Signs what stands on paper with the key of this site: `z…`; it is made in federation/. */
  signPaper: (statement: string) => Promise<string>
  /** What a page must ask of the network, within 10 s; it is made in federation/. */
  remote: Remote
}

export type Remote = {
  /** Fetches a calendar or a spreadsheet at an address that a person typed. */
  fetchCalendar(url: string): Promise<FetchedFile>
  /** Fetches the same again; `known` are the validators of our copy. */
  refetchCalendar(
    url: string,
    known: Validators | undefined,
  ): Promise<FetchedFile | { outcome: 'unchanged' }>
  /** Fetches the bytes of a picture at an address that a program sent; undefined where it cannot be had. */
  fetchPicture(url: string, maxBytes: number): Promise<Uint8Array | undefined>
  /** Returns whether no request may be sent to an address, as far as its text tells: it is not public. */
  isInnerAddress(url: string): boolean
  /** Finds the network whose page has this address. */
  findNetwork(address: string): Promise<FoundNetworkAnswer>
  /** Finds the structure at the address of a site, or of an account. */
  findStructure(address: string): Promise<StructureAnswer>
  /** Finds the page on which a visitor's own server asks them whether to follow one of our accounts. */
  findFollowPage(request: FollowPageRequest): Promise<FollowPage>
  /** Finds the server that signed this request to read: the address of its actor; undefined for anybody else. */
  findAsker(request: Asked): Promise<string | undefined>
  /**
   * Finds people who can lead a café, in the directories that this site has joined, as these tell a structure of the
   * network.
   */
  findRemoteFacilitators(question: FacilitatorQuestion): Promise<FacilitatorAnswer[]>
  /** Finds whether the directories that this site has joined show a café of ours as it is now, within 3 s. */
  findDirectoryViews(cafe: Pick<Cafe, 'uri' | 'updatedAt'>): Promise<DirectoryView[]>
  /**
   * Finds what the site at an origin, which asks to be in this directory, says of itself and its next cafés, within 3
   * s.
   */
  findRequester(origin: string): Promise<RequesterAnswer>
}

export type Asked = {
  method: string
  /** The path and query. */
  path: string
  headers: { get(name: string): string | null | undefined }
}

/** What one directory answers about a café of ours. */
export type DirectoryView = {
  name: string
  outcome: Extract<DirectoryStanding['outcome'], 'shown' | 'older' | 'missing' | 'silent'>
}

export type FoundNetworkAnswer =
  | { outcome: 'found'; network: FoundNetwork }
  | { outcome: 'refused'; reason: Refusal }

export type StructureAnswer =
  | { outcome: 'found'; uri: string; name: string }
  | { outcome: 'refused'; reason: Refusal }

/** An account of a visitor, and the account of ours that they want to follow. */
export type FollowPageRequest = {
  /** As typed: `@name@host`, or the address of a profile. */
  account: string
  /** The account of ours, `@cafes@mediatheque.example`, and its address. */
  handle: string
  actorUri: string
  /** The page of ours to which one returns. */
  returnTo: string
}

export type FollowPage =
  | { outcome: 'found'; href: string; host: string }
  | { outcome: 'refused'; reason: Refusal }

/** ETag and Last-Modified of an answer (RFC 9110 §8.8), for conditional requests. */
export type Validators = { etag: string | undefined; lastModified: string | undefined }

export type FetchedFile =
  | { outcome: 'fetched'; bytes: Buffer; contentType: string; validators?: Validators }
  /** `retryAfter` is in seconds, where its server asks for that. */
  | { outcome: 'refused'; reason: Refusal; retryAfter?: number | undefined }
