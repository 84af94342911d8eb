import type { ListedCafe } from '../../ui/cafe-card.tsx'
import { paths } from '../../ui/paths.ts'
import type { Context } from '../context.ts'
import type { Cafe } from '../domain/cafe.ts'
import type { Database } from '../store/database.ts'
import { findFirstOrganization, type Organization } from '../store/organizations.ts'
import { listPeers } from '../store/peers.ts'

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
  const peers = cafes.some(({ peerId }) => peerId) ? await listPeers(db) : []
  const sources = new Map(peers.map((peer) => [peer.id, peer]))
  return cafes.map((cafe) => ({
    cafe,
    href: paths.cafe(cafe.id),
    distanceKm: cafe.distanceKm,
    source: cafe.peerId ? sources.get(cafe.peerId) : undefined,
  }))
}
