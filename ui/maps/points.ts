import type { Box } from './labels.ts'

/** A position on a map: from 0 to 1 to the right, and down in the same unit; on a drawing, in its own units. */
export type Place = { x: number; y: number }

/** The radius of the disc with a number, in units of the drawing. */
export const NUMBER_RADIUS = 13

/** Rounds to a tenth of a unit. */
export const toTenth = (value: number): number => Math.round(value * 10) / 10

/** Returns the square around a disc. */
export const around = ({ x, y }: Place, radius: number): Box => ({
  ...{ left: x - radius, right: x + radius, top: y - radius, bottom: y + radius },
})

/** Returns a place of a map on a drawing of this width. */
export const toScale = <P extends Place>(place: P, width: number): P => ({
  ...place,
  x: toTenth(place.x * width),
  y: toTenth(place.y * width),
})

/** Returns the outline of a disc: many in one path are written faster than an element for each. */
export const discPath = ({ x, y }: Place, radius: number): string =>
  `M${toTenth(x - radius)} ${y}a${radius} ${radius} 0 1 0 ${toTenth(2 * radius)} 0a${radius} ${radius} 0 1 0 ${toTenth(-2 * radius)} 0`

type Spread<P> = { point: P; at: Place; from: Place | undefined }

/**
 * Returns the line from a moved number to its position. Lines are drawn before all numbers, so that they cover none.
 */
export const toLine = ({ at, from }: Spread<Place>): string =>
  from ? `M${from.x} ${from.y}L${at.x} ${at.y}` : ''

/** Returns the point from which such a line comes, as a line of no length with round ends. */
export const toTip = ({ from }: Spread<Place>): string => (from ? `M${from.x} ${from.y}h0` : '')

type Room = { width: number; height: number; taken: readonly Box[] }

/** Moves numbers apart that would overlap, or cover what is taken; a line leads from each to its position. */
export function placeNumbers<P extends Place>(
  points: readonly P[],
  { width, height, taken }: Room,
): Spread<P>[] {
  const placed: Spread<P>[] = []
  const isFree = ({ x, y }: Place) =>
    x > NUMBER_RADIUS &&
    x < width - NUMBER_RADIUS &&
    y > NUMBER_RADIUS &&
    y < height - NUMBER_RADIUS &&
    placed.every(({ at }) => Math.hypot(at.x - x, at.y - y) > 2 * NUMBER_RADIUS) &&
    !taken.some((box) => isTouching({ x, y }, box))
  for (const point of points) {
    const from = { x: point.x, y: point.y }
    const at = isFree(from) ? from : (ringsAround(from).find(isFree) ?? from)
    placed.push({ point, at, from: at === from ? undefined : from })
  }
  return placed
}

const isTouching = ({ x, y }: Place, { left, right, top, bottom }: Box): boolean =>
  Math.hypot(x - Math.min(right, Math.max(left, x)), y - Math.min(bottom, Math.max(top, y))) <
  NUMBER_RADIUS

const RINGS = [1, 2, 3, 4]
const TURNS = 12

const STEPS_ASIDE: readonly Place[] = RINGS.flatMap((ring) =>
  Array.from({ length: TURNS }, (_, turn) => {
    const angle = (turn / TURNS) * 2 * Math.PI - 1
    const away = ring * (2 * NUMBER_RADIUS + 1)
    return { x: away * Math.cos(angle), y: away * Math.sin(angle) }
  }),
)

const ringsAround = ({ x, y }: Place): Place[] =>
  STEPS_ASIDE.map((step) => ({ x: toTenth(x + step.x), y: toTenth(y + step.y) }))
