import { type Commune, communeAt, index, toVector } from './commune-table.ts'
import { wholeCommune } from './communes.ts'
import type { Point } from './distance.ts'
import { EARTH_RADIUS_KM } from './distance.ts'

/** A town near a point, with its distances to the east and north in km. */
export type TownAround = Pick<
  Commune,
  'codeInsee' | 'name' | 'departement' | 'latitude' | 'longitude' | 'population'
> & { eastKm: number; northKm: number }

/**
 * Lists the towns around a point, the most populous first, within so many km to the east and west, and to the north and
 * south. Only exactly known points count (`nearestCommune`).
 */
export function listTownsAround(
  here: Point,
  { eastKm, northKm, most }: { eastKm: number; northKm: number; most: number },
): TownAround[] {
  const { exactRows } = index()
  const found = new Map<string, TownAround>()
  for (const at of listWithin(here, Math.hypot(eastKm, northKm))) {
    if (found.size === most) break
    const town = wholeCommune(communeAt(exactRows[at] ?? 0))
    const { codeInsee, name, departement, latitude, longitude, population } = town
    const offset = offsetKm(here, { latitude, longitude })
    if (Math.abs(offset.eastKm) > eastKm || Math.abs(offset.northKm) > northKm) continue
    found.set(codeInsee, {
      ...{ codeInsee, name, departement, latitude, longitude, population },
      ...offset,
    })
  }
  return [...found.values()]
}

/** A band that has a larger share of all communes is not sorted: looking through all in their order is as quick. */
const NARROW = 1 / 8

/** Lists the positions in `exactRows` of the communes within this distance in km, the most populous first. */
function* listWithin(here: Point, km: number): Generator<number> {
  const { vectors, northwards } = index()
  const [x, y, z] = toVector(here.latitude, here.longitude)
  const angle = km / EARTH_RADIUS_KM
  const least = Math.cos(angle)
  const isWithin = (at: number): boolean =>
    x * (vectors[3 * at] ?? 0) + y * (vectors[3 * at + 1] ?? 0) + z * (vectors[3 * at + 2] ?? 0) >=
    least
  // The difference of two sines is no greater than that of their angles, which skips most rows.
  const [first, last] = [placeOf(z - angle), placeOf(z + angle + 1e-12)]
  if (last - first > northwards.length * NARROW) {
    for (let at = 0; at < northwards.length; at++) if (isWithin(at)) yield at
  } else yield* northwards.subarray(first, last).filter(isWithin).sort()
}

/** Returns the position in `northwards` where the sines of latitude reach this one. */
function placeOf(sine: number): number {
  const { vectors, northwards } = index()
  let low = 0
  let high = northwards.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((vectors[3 * (northwards[middle] ?? 0) + 2] ?? 0) < sine) low = middle + 1
    else high = middle
  }
  return low
}

const KM_A_DEGREE = (EARTH_RADIUS_KM * Math.PI) / 180

/** Returns the offset on a plane that touches the Earth at `here`, which is exact enough for some tens of km. */
const offsetKm = (here: Point, there: Point): { eastKm: number; northKm: number } => ({
  eastKm:
    (there.longitude - here.longitude) * KM_A_DEGREE * Math.cos((here.latitude * Math.PI) / 180),
  northKm: (there.latitude - here.latitude) * KM_A_DEGREE,
})
