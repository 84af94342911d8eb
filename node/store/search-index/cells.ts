import { type Box, boundingBox, type Point } from '../../geo/distance.ts'

/**
 * The smallest cells of the index, in degrees, about 5.5 km high and wide in France; each of the four sizes is four times
 * the one before.
 */
const HEIGHT = 0.05
const WIDTH = 0.07
const SIZES = [0, 1, 2, 3]
const LARGEST = 3

/** The maximum number of cells that are looked up at once; the mainland has 80 of the largest. */
const CELLS_MAX = 30
const LARGEST_MAX = 80

const rowOf = (latitude: number, size: number): number =>
  Math.trunc((latitude + 90) / (HEIGHT * 4 ** size))
const columnOf = (longitude: number, size: number): number =>
  Math.trunc((longitude + 180) / (WIDTH * 4 ** size))
const cellOf = (size: number, row: number, column: number): string => `___g${size}_${row}_${column}`

/** Returns the tokens of the cells in which a point lies, one of each size. */
export const cellsOf = ({ latitude, longitude }: Point): string[] =>
  SIZES.map((size) => cellOf(size, rowOf(latitude, size), columnOf(longitude, size)))

/**
 * Returns the tokens of cells that cover a circle, of the smallest size of which few are enough. Undefined where none
 * is (around a pole, or from some 1,200 km): then only the distance decides.
 */
export function cellsAround(near: Point & { radiusKm: number }): string[] | undefined {
  // The box is slightly larger than the circle: what lies on its edge is decided by the distance, not by rounding.
  const box = boundingBox({ ...near, longitude: 0 }, near.radiusKm * 1.001 + 0.001)
  return cellsIn(box, spansOf(near.longitude + box.west, near.longitude + box.east))
}

/** Returns the tokens of cells that cover a box, as `cellsAround` does; its west may lie east of its east. */
export const cellsOfBox = (box: Box): string[] | undefined =>
  cellsIn(box, spansOf(box.west, box.west <= box.east ? box.east : box.east + 360))

function cellsIn(
  box: Pick<Box, 'south' | 'north'>,
  spans: readonly [number, number][],
): string[] | undefined {
  for (const size of SIZES) {
    const rows = range(rowOf(box.south, size), rowOf(box.north, size))
    const columns = spans.flatMap(([west, east]) =>
      range(columnOf(west, size), columnOf(east, size)),
    )
    if (rows.length * columns.length <= (size === LARGEST ? LARGEST_MAX : CELLS_MAX))
      return rows.flatMap((y) => columns.map((x) => cellOf(size, y, x)))
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
