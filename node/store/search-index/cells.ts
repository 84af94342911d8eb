import { boundingBox, type Point } from '../../geo/distance.ts'

/** The smallest cells of the index, in degrees; each of the four sizes is four times the one before. */
const HEIGHT = 0.05
const WIDTH = 0.07
const SIZES = [0, 1, 2, 3]
const LARGEST = 3

/** The maximum number of cells that are looked up at once; the mainland has 80 of the largest. */
const CELLS_MAX = 30
const LARGEST_MAX = 80

/**
 * Returns the tokens of cells that cover a circle, of the smallest size of which few are enough. Undefined where none
 * is (around a pole, or from some 1,200 km): then only the distance decides.
 */
export function cellsAround(near: Point & { radiusKm: number }): string[] | undefined {
  // The box is slightly larger than the circle: what lies on its edge is decided by the distance, not by rounding.
  const box = boundingBox({ ...near, longitude: 0 }, near.radiusKm * 1.001 + 0.001)
  const spans = spansOf(near.longitude + box.west, near.longitude + box.east)
  for (const size of SIZES) {
    const scale = 4 ** size
    const row = (latitude: number) => Math.trunc((latitude + 90) / (HEIGHT * scale))
    const column = (longitude: number) => Math.trunc((longitude + 180) / (WIDTH * scale))
    const rows = range(row(box.south), row(box.north))
    const columns = spans.flatMap(([west, east]) => range(column(west), column(east)))
    if (rows.length * columns.length <= (size === LARGEST ? LARGEST_MAX : CELLS_MAX))
      return rows.flatMap((y) => columns.map((x) => `___g${size}_${y}_${x}`))
  }
  return undefined
}

/** Longitudes from west to east: two spans where the antimeridian lies between them. */
function spansOf(west: number, east: number): [number, number][] {
  if (east - west >= 360) return [[-180, 180]]
  if (west < -180)
    return [
      [west + 360, 180],
      [-180, east],
    ]
  if (east > 180)
    return [
      [west, 180],
      [-180, east - 360],
    ]
  return [[west, east]]
}

const range = (first: number, last: number): number[] =>
  Array.from({ length: last - first + 1 }, (_, index) => first + index)
