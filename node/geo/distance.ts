/** Coordinates in degrees, WGS 84. */
export type Point = { latitude: number; longitude: number }

/** A box in degrees. One whose `west` is greater than its `east` crosses the antimeridian (RFC 7946 §5.2). */
export type Box = { south: number; west: number; north: number; east: number }

/** The mean radius of the Earth, R1 of the IUGG. */
export const EARTH_RADIUS_KM = 6371.0088

const toRadians = (degrees: number) => (degrees * Math.PI) / 180
const toDegrees = (radians: number) => (radians * 180) / Math.PI

/** Returns the distance in kilometres along a great circle (haversine on a sphere, exact within 0.5 %). */
export function distanceKm(one: Point, other: Point): number {
  const latitudes = Math.sin(toRadians(other.latitude - one.latitude) / 2) ** 2
  const longitudes = Math.sin(toRadians(other.longitude - one.longitude) / 2) ** 2
  const cosines = Math.cos(toRadians(one.latitude)) * Math.cos(toRadians(other.latitude))
  const chord = latitudes + cosines * longitudes
  return 2 * EARTH_RADIUS_KM * Math.asin(Math.min(1, Math.sqrt(chord)))
}

/**
 * Returns the smallest box of latitudes and longitudes that contains every point within `radiusKm`, for searching an
 * index.
 */
export function boundingBox(point: Point, radiusKm: number): Box {
  const angle = radiusKm / EARTH_RADIUS_KM
  const south = Math.max(-90, point.latitude - toDegrees(angle))
  const north = Math.min(90, point.latitude + toDegrees(angle))
  const sine = Math.sin(angle) / Math.cos(toRadians(point.latitude))
  const holdsAPole = south === -90 || north === 90
  if (holdsAPole || sine >= 1) return { south, west: -180, north, east: 180 }
  const halfWidth = toDegrees(Math.asin(sine))
  const west = point.longitude - halfWidth
  const east = point.longitude + halfWidth
  if (west < -180 || east > 180) return { south, west: -180, north, east: 180 }
  return { south, west, north, east }
}

/** Returns whether a longitude is in a box; where its west lies east of its east it crosses the antimeridian. */
const spans = ({ west, east }: Box, longitude: number): boolean =>
  west <= east ? longitude >= west && longitude <= east : longitude >= west || longitude <= east

/** Returns the kilometres from a point to the nearest point of a box, about; 0 for one that is in it. */
export function distanceToBox(box: Box, { latitude, longitude }: Point): number {
  const nearest = Math.min(Math.max(latitude, box.south), box.north)
  const to = (edge: number) =>
    distanceKm({ latitude, longitude }, { latitude: nearest, longitude: edge })
  return spans(box, longitude) ? to(longitude) : Math.min(to(box.west), to(box.east))
}

/** Returns whether two numbers in degrees are a point; west and south are negative. */
export const isOnEarth = ({ latitude, longitude }: Point): boolean =>
  Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180
