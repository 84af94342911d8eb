import type { Json } from '../../federation/wire/json.ts'
import type { ReceivedActivity, RemotePeer } from './remote-peer.ts'

/** Servers of others that answer as was seen on the wire; each function gives one habit to a remote peer. */

const objectOf = (json: Json): Json =>
  typeof json.object === 'object' && json.object !== null ? (json.object as Json) : {}

/** Answers like Gancio 1.21 by its defaults: a request with a Note is never answered. */
export function answersNoNote(peer: RemotePeer): void {
  peer.answer.to = (json) =>
    json.type === 'Create' && objectOf(json).type === 'Note' ? 'hang' : undefined
}

/**
 * Answers like Gancio 1.21 as a follower of feeds: 404 to an Announce of an event that it does not know; and like a
 * server that refuses what is forwarded in the name of another one (403). `origin` is the server that sends.
 */
export function refusesAnnouncesAndForwards(peer: RemotePeer, origin: string): void {
  peer.answer.to = ({ type, actor }) => {
    if (type === 'Announce') return 404
    return String(actor).startsWith(`${origin}/`) ? undefined : 403
  }
}

/** Answers like a server that does not know what is to be undone or deleted. */
export function knowsNothing(peer: RemotePeer, status: 400 | 404): void {
  peer.answer.to = ({ type }) => (type === 'Undo' || type === 'Delete' ? status : undefined)
}

/** Returns what is shown of an object, like Mastodon's `converted_text` for an event. */
export const wordsOf = ({ name, summary, status, content }: Json): string =>
  [name, summary, status, content].filter((part) => typeof part === 'string').join(' ')

/** What a person reads at a server that shows posts: the text, and the account through which it came. */
type Post = { id: string; content: string; by: string }

/** Returns whether it was signed by the server whose actor speaks, and not forwarded by another one. */
export const isFirstHand = ({ headers, json }: ReceivedActivity): boolean => {
  const [, keyId = ''] =
    /keyid="([^"]+)"/i.exec(String(headers['signature-input'] ?? headers.signature)) ?? []
  return keyId !== '' && new URL(keyId).origin === new URL(String(json.actor)).origin
}

/**
 * Returns the home timeline of somebody at Mastodon or GoToSocial who follows these actors, from what came to their
 * server and what it fetches. A post is shown once when a followed account makes or shares it, however often it is
 * shared, until each share is undone. A reply is shown only when the author of what it replies to is followed too. What
 * is forwarded in another server's name is not believed.
 * @param read - Returns the object at an address.
 * @param readsUpdates - Whether an edited event is shown anew.
 */
export async function timelineOf(
  peer: RemotePeer,
  follows: readonly string[],
  read: (uri: string) => Promise<Json>,
  { readsUpdates = false } = {},
): Promise<Post[]> {
  const posts = new Map<string, Post & { shares: Set<string> }>()
  for (const activity of peer.activities.filter(isFirstHand)) {
    const { json } = activity
    const by = String(json.actor)
    const id = typeof json.object === 'string' ? json.object : String(objectOf(json).id)
    const known = posts.get(id)
    if (json.type === 'Delete') posts.delete(id)
    if (json.type === 'Undo') takeBackShare(posts, id)
    if (json.type === 'Update' && known && (readsUpdates || objectOf(json).type === 'Note'))
      known.content = wordsOf(objectOf(json))
    if (json.type === 'Announce') known?.shares.add(String(json.id))
    if (!follows.includes(by) || known) continue
    if (json.type !== 'Create' && json.type !== 'Announce') continue
    const object = json.type === 'Create' ? objectOf(json) : await read(id)
    const { inReplyTo } = object
    const isReply = json.type === 'Create' && typeof inReplyTo === 'string'
    if (isReply && !follows.includes(String((await read(inReplyTo)).attributedTo))) continue
    const shares = new Set([String(json.id)])
    posts.set(id, { id, by, content: wordsOf(object), shares })
  }
  return [...posts.values()]
}

function takeBackShare(posts: Map<string, { shares: Set<string> }>, share: string): void {
  for (const [id, { shares }] of posts)
    if (shares.delete(share) && shares.size === 0) posts.delete(id)
}

/**
 * Reads like Mobilizon 5.1: what others than its author say of an event is not believed; what is announced is fetched.
 */
export function readsAnnounced(peer: RemotePeer, origin: string): Map<string, Json> {
  const events = new Map<string, Json>()
  const fetchAnew = async (uri: string) => {
    const answer = await fetch(uri, { headers: { accept: 'application/activity+json' } }).catch(
      () => undefined,
    )
    if (answer?.ok) events.set(uri, (await answer.json()) as Json)
  }
  peer.answer.to = ({ type, actor, object }) => {
    if (type === 'Announce' && typeof object === 'string') void fetchAnew(object)
    return String(actor).startsWith(`${origin}/`) ? undefined : 403
  }
  return events
}

/** Serves a NodeInfo with this software. */
export function declareSoftware(peer: RemotePeer, name: string, version: string): void {
  const rel = 'http://nodeinfo.diaspora.software/ns/schema/2.1'
  peer.pages.set('/.well-known/nodeinfo', { links: [{ rel, href: `${peer.origin}/nodeinfo/2.1` }] })
  peer.pages.set('/nodeinfo/2.1', { version: '2.1', software: { name, version } })
}

/**
 * Refuses like Mobilizon 5.1: one hashtag that does not have 2 to 40 characters, or a long address to sign up, and the
 * event is refused.
 */
export function refusesWhatIsTooLong(peer: RemotePeer): void {
  peer.answer.to = (json) => {
    const { type, tag, externalParticipationUrl: url } = objectOf(json)
    if (type !== 'Event') return undefined
    const names = (tag as { name: string }[]).map(({ name }) => name.replace(/^#/, ''))
    const isFitting = names.every((name) => name.length >= 2 && name.length <= 40)
    return isFitting && String(url).length <= 255 ? undefined : 400
  }
}
