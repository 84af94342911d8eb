import type { Context } from '../../node/context.ts'
import type { Cafe, CafeContent } from '../../node/domain/cafes/cafe.ts'
import { saveCafe } from '../../node/store/cafes/cafes.ts'
import { upsertPeer } from '../../node/store/directory/peers.ts'
import { setMembership } from '../../node/store/memberships.ts'
import { saveDescription } from '../../node/store/structures/descriptions.ts'
import { ownCafe } from './own-cafe.ts'

/** What a directory has of servers that do not run and are asked nothing. */

type Reached = { context: Pick<Context, 'db' | 'now'> }

export const RENNES = { commune: 'Rennes', codeInsee: '35238', departement: '35', region: '53' }
export const BREST = { commune: 'Brest', codeInsee: '29019', departement: '29', region: '53' }

type Place = typeof RENNES

type KnownPeer = {
  /** The first part of its address, and its name unless another is given. */
  host: string
  place: Place
  membership: 'member' | 'requested'
  name?: string
}

/** Stores a place that has joined, or asks to. */
export async function knowPeer(
  { context: { db, now } }: Reached,
  { host, place, membership, name = host }: KnownPeer,
): Promise<{ id: string; origin: string }> {
  const origin = `https://${host}.example`
  const { id } = await upsertPeer(db, { actorUri: `${origin}/actors/instance`, name })
  await setMembership(db, id, membership, now())
  await saveDescription(
    db,
    {
      uri: `${origin}/actors/cafes`,
      username: 'cafes',
      kind: undefined,
      website: undefined,
      address: { ...place, streetAddress: undefined, postalCode: undefined },
      name,
      url: `${origin}/`,
      peerId: id,
      isNamed: true,
    },
    now(),
  )
  return { id, origin }
}

/** Stores a café of such a member. */
export async function knowCafe(
  server: Reached,
  { host, place, name = host }: Omit<KnownPeer, 'membership'>,
  content: Partial<CafeContent> = {},
): Promise<Cafe> {
  const { id: peerId, origin } = await knowPeer(server, { host, place, name, membership: 'member' })
  const startsAt = content.startsAt ?? server.context.now().add({ hours: 24 * 30 })
  const endsAt = startsAt.add({ hours: 2 })
  const own = ownCafe({ title: `Café de ${name}`, ...content, startsAt, endsAt })
  const uri = `${origin}/cafes/1`
  const cafe: Cafe = {
    ...own,
    ...{ id: `cafe-${host}`, uri, url: uri, uid: uri, peerId, organizationId: undefined },
    venue: own.venue && { ...own.venue, ...place, latitude: undefined, longitude: undefined },
    organizer: { uri: `${origin}/actors/cafes`, name, url: `${origin}/` },
  }
  await saveCafe(server.context.db, cafe)
  return cafe
}
