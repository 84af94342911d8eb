import type { ListedCafe } from '../../../ui/cafes/card.tsx'
import type { NavLink } from '../../../ui/components/site.ts'
import { toPrintedCafe } from '../../../ui/locales/printed-cafe.ts'
import { paths } from '../../../ui/paths.ts'
import type { Context } from '../../context.ts'
import type { Cafe } from '../../domain/cafes/cafe.ts'
import type { Venue } from '../../domain/cafes/venue.ts'
import { findCommune } from '../../geo/communes.ts'
import type { Point } from '../../geo/distance.ts'
import { oncePerVersion } from '../../store/database/content-version.ts'
import type { Database, OpenDatabase } from '../../store/database/database.ts'
import { listSources } from '../../store/directory/peers.ts'
import { listJoinedDirectories } from '../../store/facilitators/recipients.ts'
import { listCafePictures } from '../../store/files/cafe-pictures.ts'

/** Which directories a place is in hardly ever changes, and every list names them. */
const findJoined = oncePerVersion(listJoinedDirectories)

/** Returns whose cafés a list shows: a place shows those of its own structures, a directory everybody's. */
export const ofListedSites = ({ isDirectory }: Pick<Context, 'isDirectory'>) => ({
  isOurs: !isDirectory,
})

/** Adds to cafés what a list shows beside them: their page here, the distance, and the server from which they come. */
export async function toListed(
  db: Database,
  cafes: readonly (Cafe & { distanceKm?: number })[],
): Promise<ListedCafe[]> {
  const peerIds = new Set(cafes.flatMap(({ peerId }) => peerId ?? []))
  const sources = new Map(
    (await listSources(db, [...peerIds])).map((source) => [source.id, source]),
  )
  const ofPeers = cafes.filter(({ peerId }) => peerId !== undefined)
  const pictures = await listCafePictures(
    db,
    ofPeers.map(({ id }) => id),
  )
  return cafes.map((cafe) => ({
    cafe: toPrintedCafe(cafe),
    href: paths.cafe(cafe.id),
    distanceKm: cafe.distanceKm,
    approximate: cafe.distanceKm !== undefined && isTownPoint(cafe.venue),
    copy: pictures.get(cafe.id),
    source: cafe.peerId ? sources.get(cafe.peerId) : undefined,
  }))
}

/** A tolerance in degrees, about a metre, for rounding on the way. */
const SAME_POINT = 1e-5

/** Returns whether the venue was placed where its town is, because nothing better was known. */
function isTownPoint(venue: Venue | undefined): boolean {
  const town = venue?.codeInsee === undefined ? undefined : findCommune(venue.codeInsee)
  if (!town || venue?.latitude === undefined || venue.longitude === undefined) return false
  return (
    Math.abs(venue.latitude - town.latitude) < SAME_POINT &&
    Math.abs(venue.longitude - town.longitude) < SAME_POINT
  )
}

/**
 * Lists links to the directories that this site has joined, each by the name of its server, to all cafés or those
 * around a place.
 */
export async function listDirectoryLinks(db: OpenDatabase, around = ''): Promise<NavLink[]> {
  const joined = await findJoined(db)
  const origins = [...new Set(joined.map(({ uri }) => new URL(uri).origin))].sort()
  return origins.map((origin) => ({ href: `${origin}/${around}`, label: new URL(origin).host }))
}

/** Returns the point of a café's venue, if that is known. */
export const pointOf = ({ venue }: Cafe): Point | undefined =>
  venue?.latitude !== undefined && venue.longitude !== undefined
    ? { latitude: venue.latitude, longitude: venue.longitude }
    : undefined
