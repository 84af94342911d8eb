import type { ListedCafe } from '../../../ui/cafes/card.tsx'
import { paths } from '../../../ui/paths.ts'
import type { Context } from '../../context.ts'
import type { Cafe } from '../../domain/cafes/cafe.ts'
import type { Venue } from '../../domain/cafes/venue.ts'
import { findCommune } from '../../geo/communes.ts'
import type { Database } from '../../store/database/database.ts'
import { listPeersOf } from '../../store/directory/peers.ts'
import { findFirstOrganization, type Organization } from '../../store/structures/organizations.ts'

/** Whose cafés a list shows: a place its own, a directory everybody's. */
export async function findListed({
  db,
  isDirectory,
}: Pick<Context, 'db' | 'isDirectory'>): Promise<Organization | undefined> {
  return isDirectory ? undefined : findFirstOrganization(db)
}

/** Cafés with what a list says beside them: their page here, the distance, the server they come from. */
export async function toListed(
  db: Database,
  cafes: readonly (Cafe & { distanceKm?: number })[],
): Promise<ListedCafe[]> {
  const peerIds = new Set(cafes.flatMap(({ peerId }) => peerId ?? []))
  const peers = await listPeersOf(db, [...peerIds])
  const sources = new Map(peers.map((peer) => [peer.id, peer]))
  return cafes.map((cafe) => ({
    cafe,
    href: paths.cafe(cafe.id),
    distanceKm: cafe.distanceKm,
    approximate: isTownPoint(cafe.venue),
    source: cafe.peerId ? sources.get(cafe.peerId) : undefined,
  }))
}

/** Degrees: a tenth of a metre or so, what rounding on the way may lose. */
const SAME_POINT = 1e-5

/** Whether the venue stands where its town does, for want of anything better. */
function isTownPoint(venue: Venue | undefined): boolean {
  const town = venue?.codeInsee === undefined ? undefined : findCommune(venue.codeInsee)
  if (!town || venue?.latitude === undefined || venue.longitude === undefined) return false
  return (
    Math.abs(venue.latitude - town.latitude) < SAME_POINT &&
    Math.abs(venue.longitude - town.longitude) < SAME_POINT
  )
}
