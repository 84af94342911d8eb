import { type Commune, communeAt, index, toVector } from './commune-table.ts'
import { wholeCommune } from './communes.ts'
import type { Point } from './distance.ts'
import { EARTH_RADIUS_KM } from './distance.ts'

/** A town near a point: how far east and north of it, in km. */
export type TownAround = Pick<
  Commune,
  'codeInsee' | 'name' | 'departement' | 'latitude' | 'longitude' | 'population'
> & { eastKm: number; northKm: number }

/**
 * The towns around a point, the most populous first, within so many km to the east and west, and to the north and
 * south. Only exactly known points count (`nearestCommune`).
 */
export function listTownsAround(
  here: Point,
  { eastKm, northKm, most }: { eastKm: number; northKm: number; most: number },
): TownAround[] {
  const { exactRows, vectors } = index()
  const [x, y, z] = toVector(here.latitude, here.longitude)
  const angle = Math.hypot(eastKm, northKm) / EARTH_RADIUS_KM
  const least = Math.cos(angle)
  const found = new Map<string, TownAround>()
  for (let at = 0; at < exactRows.length && found.size < most; at++) {
    const up = vectors[3 * at + 2] ?? 0
    // The difference of two sines is no greater than that of their angles: most rows are passed over by it.
    if (up - z > angle || z - up > angle) continue
    if (x * (vectors[3 * at] ?? 0) + y * (vectors[3 * at + 1] ?? 0) + z * up < least) continue
    const { codeInsee, name, departement, latitude, longitude, population } = wholeCommune(
      communeAt(exactRows[at] ?? 0),
    )
    const offset = offsetKm(here, { latitude, longitude })
    if (Math.abs(offset.eastKm) > eastKm || Math.abs(offset.northKm) > northKm) continue
    found.set(codeInsee, {
      ...{ codeInsee, name, departement, latitude, longitude, population },
      ...offset,
    })
  }
  return [...found.values()]
}

const KM_A_DEGREE = (EARTH_RADIUS_KM * Math.PI) / 180

/** On a plane that touches the earth at `here`: good enough for some tens of km. */
const offsetKm = (here: Point, there: Point): { eastKm: number; northKm: number } => ({
  eastKm:
    (there.longitude - here.longitude) * KM_A_DEGREE * Math.cos((here.latitude * Math.PI) / 180),
  northKm: (there.latitude - here.latitude) * KM_A_DEGREE,
})
