import type { Json } from '../../federation/wire/json.ts'
import type { RemotePeer } from './remote-peer.ts'

/** Servers of others that answer as was seen on the wire; each function gives one habit to a remote peer. */

const objectOf = (json: Json): Json =>
  typeof json.object === 'object' && json.object !== null ? (json.object as Json) : {}

/** Gancio 1.21 by its defaults: the request with a Note is never answered. */
export function answersNoNote(peer: RemotePeer): void {
  peer.answer.to = (json) =>
    json.type === 'Create' && objectOf(json).type === 'Note' ? 'hang' : undefined
}

/**
 * Gancio 1.21 as a follower of feeds: 404 to an Announce of an event that it does not know; and a server that refuses
 * what is forwarded in the name of another one (403). `origin` is who speaks to it.
 */
export function refusesAnnouncesAndForwards(peer: RemotePeer, origin: string): void {
  peer.answer.to = ({ type, actor }) => {
    if (type === 'Announce') return 404
    return String(actor).startsWith(`${origin}/`) ? undefined : 403
  }
}

/** A server to which whatever is to be undone or deleted is unknown. */
export function knowsNothing(peer: RemotePeer, status: 400 | 404): void {
  peer.answer.to = ({ type }) => (type === 'Undo' || type === 'Delete' ? status : undefined)
}
