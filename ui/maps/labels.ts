/** A named point of a map, in units of the map. */
export type NamedPoint = { name: string; x: number; y: number; radius: number }
export type Box = { left: number; right: number; top: number; bottom: number }
export type Label = { name: string; x: number; y: number; anchor: 'start' | 'middle' | 'end' }

/** The height of the letters, and the maximum width of one. */
type Letters = { size: number; letter: number }

type MapOfNames = Letters & {
  width: number
  height: number
  most?: number
  /** Areas where no name may be drawn. */
  taken: readonly Box[]
}

const GAP = 4
/** The minimum distance from the edge of the map. */
const EDGE = 3

/**
 * Places names so that none overlaps another or a taken area, the first points first: to the right of the point, to its
 * left, below or above. Points without room get no name.
 */
export function placeLabels<P extends NamedPoint>(
  points: readonly P[],
  map: MapOfNames,
): Map<P, Label> {
  const { width, height, most = points.length } = map
  const taken = [...map.taken]
  const labels = new Map<P, Label>()
  for (const point of points) {
    if (labels.size === most) break
    for (const label of sidesOf(point, map)) {
      const box = boxOf(label, map)
      const isInside =
        box.left >= EDGE &&
        box.right <= width - EDGE &&
        box.top >= EDGE &&
        box.bottom <= height - EDGE
      if (!isInside || taken.some((other) => isOverlapping(box, other))) continue
      taken.push(box)
      labels.set(point, label)
      break
    }
  }
  return labels
}

function sidesOf({ name, x, y, radius }: NamedPoint, { size }: MapOfNames): Label[] {
  const away = radius + GAP
  const middle = y + size / 3
  return [
    { name, x: x + away, y: middle, anchor: 'start' },
    { name, x: x - away, y: middle, anchor: 'end' },
    { name, x, y: y + away + size * 0.8, anchor: 'middle' },
    { name, x, y: y - away, anchor: 'middle' },
  ]
}

/** Returns the area that a name takes. */
export function boxOf({ name, x, y, anchor }: Label, { size, letter }: Letters): Box {
  const width = name.length * letter
  const left = x - { start: 0, middle: width / 2, end: width }[anchor]
  return { left, right: left + width, top: y - size * 0.8, bottom: y + size * 0.25 }
}

const isOverlapping = (one: Box, other: Box): boolean =>
  one.left < other.right &&
  one.right > other.left &&
  one.top < other.bottom &&
  one.bottom > other.top
