import { type Commune, communeAt, index, toVector } from './commune-table.ts'
import { wholeCommune } from './communes.ts'
import type { Point } from './distance.ts'
import { EARTH_RADIUS_KM } from './distance.ts'

/** A town near a point: how far east and north of it, in km, and how many people live there. */
export type TownAround = {
  codeInsee: string
  name: string
  eastKm: number
  northKm: number
  population: number
}

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
  const least = Math.cos(Math.hypot(eastKm, northKm) / EARTH_RADIUS_KM)
  const found = new Map<string, Commune>()
  for (let at = 0; at < exactRows.length; at++) {
    const cosine =
      x * (vectors[3 * at] ?? 0) + y * (vectors[3 * at + 1] ?? 0) + z * (vectors[3 * at + 2] ?? 0)
    if (cosine < least) continue
    const commune = wholeCommune(communeAt(exactRows[at] ?? 0))
    found.set(commune.codeInsee, commune)
  }
  return [...found.values()]
    .map((commune) => ({
      codeInsee: commune.codeInsee,
      name: commune.name,
      population: commune.population,
      ...offsetKm(here, commune),
    }))
    .filter((town) => Math.abs(town.eastKm) <= eastKm && Math.abs(town.northKm) <= northKm)
    .sort((one, other) => other.population - one.population)
    .slice(0, most)
}

const KM_A_DEGREE = (EARTH_RADIUS_KM * Math.PI) / 180

/** On a plane that touches the earth at `here`: good enough for some tens of km. */
const offsetKm = (here: Point, there: Point): { eastKm: number; northKm: number } => ({
  eastKm:
    (there.longitude - here.longitude) * KM_A_DEGREE * Math.cos((here.latitude * Math.PI) / 180),
  northKm: (there.latitude - here.latitude) * KM_A_DEGREE,
})
