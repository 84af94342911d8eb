import { hash, randomUUID } from 'node:crypto'

/** Every protocol address of this server, in one place (docs/architecture.md, "Protocol addresses"). */

/** The actor that signs fetches, and asks for and holds membership. */
export const INSTANCE = 'instance'
/** The feed of this place, which is the author of its cafés, and announces those of the structures that it hosts. */
export const CAFES = 'cafes'

/** Returns the address of one of our actors; `origin` is this server's own, without a trailing slash. */
export const actorUri = (origin: string, identifier: string): string =>
  `${origin}/actors/${identifier}`

/** Returns the address of the followers of one of our actors. */
export const followersUri = (origin: string, identifier: string): string =>
  `${actorUri(origin, identifier)}/followers`

/**
 * Returns the address of a key without a fragment, for servers that fetch the key's id alone and remember what they
 * find: it answers with the actor, as if the actor had this key only.
 */
export const keyUri = (keyId: string): string => keyId.replace('#', '/keys/')

/** Returns the page that lists the people of this site, which directories read. */
export const facilitatorActorUri = (origin: string): string => `${origin}/animation`

/** Returns the address at which a directory answers a restored server what it knows of it. */
export const restorationUri = (origin: string): string =>
  `${actorUri(origin, INSTANCE)}/restoration`

/** Returns the address at which a site tells directories which servers have followers of it. */
export const followerServersUri = (origin: string): string =>
  `${actorUri(origin, CAFES)}/follower-servers`

/** Returns the address of the inbox that all our actors share. */
export const sharedInboxUri = (origin: string): string => `${origin}/inbox`

/** Makes the address of a new activity. It cannot be guessed, and has no fragment, so that it can be looked up. */
export const newActivityUri = (origin: string): string => `${origin}/activities/${randomUUID()}`

/** Returns the address of a new Note, with a random UUID. */
export const newNoteUri = (origin: string): string => `${origin}/notes/${randomUUID()}`

/** Returns whether an address is one that a server of this software gives to its Notes. */
export const isNoteOf = (uri: string, origin: string): boolean => uri.startsWith(`${origin}/notes/`)

/**
 * Returns the address of a feed's own post about a café. It is the same each time: a UUID (RFC 9562 §5.8) of both
 * names.
 * @param turn - How often the café had left the feed before; no id is used twice.
 */
export function feedPostUri(
  origin: string,
  { feed, cafeUri, turn }: { feed: string; cafeUri: string; turn: number },
): string {
  const hex = hash('sha256', `${feed} ${cafeUri}${turn === 0 ? '' : ` ${turn}`}`)
  const uuid = [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`]
  return `${origin}/notes/${[...uuid, hex.slice(20, 32)].join('-')}`
}

/** Returns the address of a collection in which a feed lists places, by its number from 1. */
export const featuredCollectionUri = (origin: string, feed: string, part: number): string =>
  `${actorUri(origin, feed)}/collections/${part}`

/** Returns the address of a stamp, by which third servers verify a quote or a collection. */
export const stampUri = (origin: string, id: string): string => `${origin}/stamps/${id}`

/** Makes the address of a new attestation, which cannot be guessed until it is shown. */
export const newAttestationUri = (origin: string): string =>
  `${origin}/attestations/${randomUUID()}`

/** Returns the address of the list of revoked attestations. */
export const revocationsUri = (origin: string): string => `${origin}/attestations/revoquees`

/** Returns the address of a territory, which is that of its page at a directory. */
export const territoryUri = (origin: string, code: string): string =>
  `${origin}/territoires/${code}`

/**
 * Makes the address of a new Announce of a feed. It contains the café's id here, since its text is made from the row of
 * the café.
 */
export const newAnnounceUri = (origin: string, identifier: string, cafeId: string): string =>
  `${announcesUri(origin, identifier)}${cafeId}.${randomUUID().slice(0, 8)}`

/** Returns with what the addresses of an actor's Announces begin, its slash included. */
export const announcesUri = (origin: string, identifier: string): string =>
  `${actorUri(origin, identifier)}/announces/`

/** Returns the identifier of the actor at this address, when it is one of ours. */
export function identifierOf(origin: string, uri: string): string | undefined {
  const prefix = `${origin}/actors/`
  if (!uri.startsWith(prefix)) return undefined
  const identifier = uri.slice(prefix.length)
  return /^[a-z0-9][a-z0-9-]*$/.test(identifier) ? identifier : undefined
}

/**
 * Returns which of our accounts is the author of a café of ours: that of the structure which organises it, `cafes` for
 * the site's own.
 */
export const authorOf = (origin: string, { organizer }: { organizer: { uri: string } }): string =>
  identifierOf(origin, organizer.uri) ?? CAFES

/** Returns the id of the Note with a title that stands in for a café. */
export const fallbackNoteUri = (cafeUri: string): string => `${cafeUri}/note`

/** Returns the id of the Note without a title that stands in for a café, of ours or of a member's. */
export const postUri = (cafeUri: string): string => `${cafeUri}/post`

/** Returns the id of the Announce of that Note, beside the one of the Event. */
export const postAnnounceUri = (announceId: string): string => `${announceId}.post`
