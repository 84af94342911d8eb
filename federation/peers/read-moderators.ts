import type { Context } from '../../node/context.ts'
import { isWholeServer, type Peer } from '../../node/domain/federation/peer.ts'
import { replaceModerators } from '../../node/store/directory/moderators.ts'
import { EgressError } from '../remote/egress-error.ts'
import { fetchObject } from '../remote/read-collection.ts'
import type { Services } from '../services.ts'
import { idOf, isObject, isStorable, type Json, originOf, textOf, toList } from '../wire/json.ts'

/** The maximum number of moderators that are stored for one group. */
const MOST = 100

/**
 * Reads who speaks for a group that is followed: its document names them, or a collection of them, as `attributedTo`
 * (FEP-1b12, Lemmy) or as `moderators` (Lemmy before 0.18). Only actors of the group's own server count. They are read
 * whenever the peer is read as a whole, so once a day at least. When the list cannot be fetched, no moderator is kept.
 */
export async function readModerators(
  { db }: Pick<Context, 'db'>,
  services: Pick<Services, 'egress' | 'sign'>,
  { actor, peer }: { actor: Json; peer: Peer },
): Promise<void> {
  if (isWholeServer(peer)) return
  const isGroup = actor.id === peer.actorUri && toList(actor.type).includes('Group')
  const words = isGroup ? [...toList(actor.attributedTo), ...toList(actor.moderators)] : []
  const named = new Set(words.slice(0, MOST).flatMap((word) => idOf(word) ?? []))
  const uris = new Set<string>()
  for (const uri of named) {
    if (originOf(uri) !== peer.origin) continue
    for (const one of await membersOf(services, { uri, isOnly: named.size === 1 })) uris.add(one)
  }
  const isOther = (uri: string) => originOf(uri) === peer.origin && uri !== peer.actorUri
  const own = [...uris].filter((uri) => isStorable(uri) && isOther(uri))
  await db.transaction().execute((trx) => replaceModerators(trx, peer.id, own.slice(0, MOST)))
}

/**
 * Returns the actors that one address names. Where it is the only one, it may be a collection, of which the first page
 * is read.
 */
async function membersOf(
  services: Pick<Services, 'egress' | 'sign'>,
  { uri, isOnly }: { uri: string; isOnly: boolean },
): Promise<string[]> {
  if (!isOnly) return [uri]
  try {
    const found = await fetchObject(services, uri)
    if (!toList(found.type).some((type) => textOf(type)?.endsWith('Collection'))) return [uri]
    const page = isObject(found.first) ? found.first : found
    return [...toList(page.orderedItems), ...toList(page.items)].flatMap((item) => idOf(item) ?? [])
  } catch (error) {
    if (error instanceof EgressError) return []
    throw error
  }
}
