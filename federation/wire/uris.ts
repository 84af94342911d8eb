import { hash, randomUUID } from 'node:crypto'

/** Every protocol address of this server, in one place (docs/architecture.md, "Protocol addresses"). */

/** Signs fetches; asks for and holds membership. */
export const INSTANCE = 'instance'
/** The feed of this place; author of its cafés. */
export const CAFES = 'cafes'
export const actorUri = (origin: string, identifier: string): string =>
  `${origin}/actors/${identifier}`

export const followersUri = (origin: string, identifier: string): string =>
  `${actorUri(origin, identifier)}/followers`

/**
 * A key at an address without a fragment, for who asks for the key's id alone and remembers what is there: it answers with
 * the actor, as if it had this key only.
 */
export const keyUri = (keyId: string): string => keyId.replace('#', '/keys/')

/** The people of this site, for directories: the address of the page that lists them. */
export const facilitatorActorUri = (origin: string): string => `${origin}/animation`

/** Of a directory: what a restored server asks it. */
export const erasuresUri = (origin: string): string => `${actorUri(origin, INSTANCE)}/erasures`

/** Of a place, for directories: which servers have followers of it. */
export const followerServersUri = (origin: string): string =>
  `${actorUri(origin, CAFES)}/follower-servers`

/** Of a directory: what a member that lost its data asks it. */
export const recoveryUri = (origin: string): string => `${actorUri(origin, INSTANCE)}/recovery`

export const sharedInboxUri = (origin: string): string => `${origin}/inbox`

/** Unguessable, and without a fragment so that it can be looked up. */
export const newActivityUri = (origin: string): string => `${origin}/activities/${randomUUID()}`

export const newNoteUri = (origin: string): string => `${origin}/notes/${randomUUID()}`

/**
 * Of a feed's own post about a café: the same each time, as a UUID (RFC 9562 §5.8) of both names.
 * @param turn - how often the café had left the feed before; no id is used again.
 */
export function feedPostUri(
  origin: string,
  { feed, cafeUri, turn }: { feed: string; cafeUri: string; turn: number },
): string {
  const hex = hash('sha256', `${feed} ${cafeUri}${turn === 0 ? '' : ` ${turn}`}`)
  const uuid = [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`]
  return `${origin}/notes/${[...uuid, hex.slice(20, 32)].join('-')}`
}

/** Unguessable until it is shown: what was signed about a person. */
export const newAttestationUri = (origin: string): string =>
  `${origin}/attestations/${randomUUID()}`

/** What was taken back of it. */
export const revocationsUri = (origin: string): string => `${origin}/attestations/revoquees`

/** A territory, by the address of its page at a directory. */
export const territoryUri = (origin: string, code: string): string =>
  `${origin}/territoires/${code}`

/** Of a feed, with the café's id here in it: its text is made from the row of the café. */
export const newAnnounceUri = (origin: string, identifier: string, cafeId: string): string =>
  `${announcesUri(origin, identifier)}${cafeId}.${randomUUID().slice(0, 8)}`

export const announcesUri = (origin: string, identifier: string): string =>
  `${actorUri(origin, identifier)}/announces/`

/** The identifier of the actor at this address, when it is one of ours. */
export function identifierOf(origin: string, uri: string): string | undefined {
  const prefix = `${origin}/actors/`
  if (!uri.startsWith(prefix)) return undefined
  const identifier = uri.slice(prefix.length)
  return /^[a-z0-9][a-z0-9-]*$/.test(identifier) ? identifier : undefined
}
