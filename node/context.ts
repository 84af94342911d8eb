import type { Config } from './config.ts'
import type { FacilitatorAnswer, FacilitatorQuestion } from './domain/facilitators/remote-search.ts'
import type { RequesterAnswer } from './domain/federation/requester.ts'
import type { Refusal } from './domain/values/refusal.ts'
import type { OpenDatabase } from './store/database/database.ts'
import type { FoundNetwork } from './store/networks/network-requests.ts'

/** What every route, job and protocol handler receives. Built once, in main.ts or in a test. */
export type Context = {
  config: Config
  db: OpenDatabase
  now: () => Temporal.Instant
  /** Admits members and announces their cafés: what makes a server a directory. */
  isDirectory: boolean
  /** Says that a change or a delivery waits, so that it leaves at once. Never awaited by a page. */
  wake: () => void
  /** The signed registry of the keys that proofs are made with, as JSON; made in federation/. */
  registry: () => Promise<string>
  /** What a page must ask the network; made in federation/, 10 s at most. */
  remote: Remote
}

export type Remote = {
  /** A calendar or a spreadsheet at an address that a person typed. */
  fetchCalendar(url: string): Promise<FetchedFile>
  /** The same once more; `known` is what its server said of what we have. */
  refetchCalendar(
    url: string,
    known: Validators | undefined,
  ): Promise<FetchedFile | { outcome: 'unchanged' }>
  /** The network whose page has this address. */
  findNetwork(address: string): Promise<FoundNetworkAnswer>
  /** Who announces cafés at the address of a site, or as an account. */
  findStructure(address: string): Promise<StructureAnswer>
  /** Where a visitor's own server asks them whether to follow one of our accounts. */
  findFollowPage(request: FollowPageRequest): Promise<FollowPage>
  /** Which server signed this question to read: the address of its actor; undefined for anybody. */
  findAsker(request: Asked): Promise<string | undefined>
  /** Who can lead a café, by the directories that this site has joined, as they tell a structure of the network. */
  findRemoteFacilitators(question: FacilitatorQuestion): Promise<FacilitatorAnswer[]>
  /** Whether the directories that this site has joined show a café of ours, by its ActivityPub id; 3 s at most. */
  findDirectoryViews(cafeUri: string): Promise<DirectoryView[]>
  /** What the site at an origin, which asks to be in this directory, says of itself and its next cafés; 3 s at most. */
  findRequester(origin: string): Promise<RequesterAnswer>
}

export type Asked = {
  method: string
  /** Path and query. */
  path: string
  headers: { get(name: string): string | null | undefined }
}

/** `missing`: it answers that it has no such café to show. `silent`: it does not answer as a directory does. */
export type DirectoryView = { name: string; outcome: 'shown' | 'missing' | 'silent' }

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
  /** `@cafes@mediatheque.example`, and the address of the same. */
  handle: string
  actorUri: string
  /** The page of ours to come back to. */
  returnTo: string
}

export type FollowPage =
  | { outcome: 'found'; href: string; host: string }
  | { outcome: 'refused'; reason: Refusal }

/** ETag and Last-Modified of an answer (RFC 9110 §8.8), to be asked about with. */
export type Validators = { etag: string | undefined; lastModified: string | undefined }

export type FetchedFile =
  | { outcome: 'fetched'; bytes: Buffer; contentType: string; validators?: Validators }
  /** `retryAfter`: in seconds, where its server asks for that. */
  | { outcome: 'refused'; reason: Refusal; retryAfter?: number | undefined }
