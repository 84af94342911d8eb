import { type GeoProjection, geoConicConformal, geoMercator } from 'd3-geo'
import { readDataFile } from './data-file.ts'

/** The left, top, right and bottom edges, in the map's own units. */
type Extent = [number, number, number, number]

/**
 * A part of the map with a scale of its own.
 *
 * @internal
 */
export type FrameData = {
  name: string
  codes: string[]
  extent: Extent
  projection: 'conic' | 'mercator'
  boxed: boolean
  /** The lines of text below the frame. */
  label: string[]
  scale: number
  translate: [number, number]
}

/**
 * The content of the file that `build-outlines.ts` makes.
 *
 * @internal
 */
export type MapData = {
  width: number
  height: number
  frames: FrameData[]
  shapes: { code: string; frame: string; d: string }[]
  /** The countries beside France. */
  neighbours: { frame: string; d: string }[]
  /** The mainland and Corsica without their départements, for a map that is small. */
  coast: string
}

type Loaded = { data: MapData; frames: { data: FrameData; project: GeoProjection }[] }

let loaded: Loaded | undefined

/** Reads the map of France, drawn from Natural Earth (public domain), once. */
function load(): Loaded {
  if (loaded) return loaded
  const data: MapData = JSON.parse(readDataFile('outlines.json').toString('utf8'))
  loaded = {
    data,
    frames: data.frames.map((frame) => ({ data: frame, project: toProjection(frame) })),
  }
  return loaded
}

function toProjection({ projection, scale, translate }: FrameData): GeoProjection {
  const made =
    projection === 'conic' ? geoConicConformal().parallels([44, 49]).rotate([-3, 0]) : geoMercator()
  return made.scale(scale).translate(translate)
}

/** A point, and the département that says in which frame it is. */
type Located = { departement: string | undefined; latitude: number; longitude: number }

/** A part of the map, in its own units; it is `tall` times as high as wide. */
export type MapWindow = { frame: string; left: number; top: number; size: number; tall: number }

/** The départements around Paris are drawn twice: small, and in a frame. */
const PARIS = 'paris'
const MAINLAND = 'metropole'

/** Returns the mainland and Corsica, with some sea and some of the neighbours. */
export const windowOfMainland = (): MapWindow => ({
  ...{ frame: MAINLAND, left: 0, top: -2, size: load().data.width, tall: 0.85 },
})

/** Returns the départements around Paris, at their larger scale. */
export const windowOfParis = (): MapWindow => windowOfFrame(PARIS, 1)

/** Lists the frames of the territories overseas, each with the codes of those in it. */
export const listOverseas = (): { codes: string[]; window: MapWindow }[] =>
  load()
    .frames.filter(({ data }) => data.boxed && data.name !== PARIS)
    .map(({ data: { name, codes } }) => ({ codes, window: windowOfFrame(name, 0.7) }))

function windowOfFrame(name: string, tall: number): MapWindow {
  const frame = load().frames.find(({ data }) => data.name === name)
  const [left, top, right, bottom] = frame?.data.extent ?? [0, 0, 1, 1]
  const size = Math.max(right - left, (bottom - top) / tall) * (1 + 2 * MARGIN)
  return {
    ...{ frame: name, size, tall, left: (left + right - size) / 2 },
    top: (top + bottom - size * tall) / 2,
  }
}

/** Returns the coordinates of the middle of a window, and the width of the window in kilometres. */
export function findMiddleOf({
  frame,
  left,
  top,
  size,
  tall,
}: MapWindow): { latitude: number; longitude: number; kmWide: number } | undefined {
  const project = load().frames.find(({ data }) => data.name === frame)?.project
  const middle = [left + size / 2, top + (size * tall) / 2] as const
  const [longitude, latitude] = project?.invert?.([...middle]) ?? []
  if (!project || longitude === undefined || latitude === undefined) return undefined
  const north = project([longitude, latitude + 1 / KM_A_DEGREE])
  if (!north) return undefined
  const unitsAKm = Math.hypot(north[0] - middle[0], north[1] - middle[1])
  return { latitude, longitude, kmWide: size / unitsAKm }
}

/**
 * Returns the square around a point of a département, so many kilometres wide, with the steps on the map for a
 * kilometre to the east and to the north, for placing other points on it. Undefined where its département has no
 * outline.
 */
export function findWindowAround(
  point: Located,
  kmWide: number,
): (MapWindow & { unitsAKm: number }) | undefined {
  const found = load().frames.find(({ data }) => data.codes.includes(point.departement ?? ''))
  const at = found?.project([point.longitude, point.latitude])
  const north = found?.project([point.longitude, point.latitude + 1 / KM_A_DEGREE])
  if (!found || !at || !north) return undefined
  const unitsAKm = Math.hypot(north[0] - at[0], north[1] - at[1])
  const size = kmWide * unitsAKm
  return {
    ...{ frame: found.data.name, left: at[0] - size / 2, top: at[1] - size / 2 },
    ...{ size, tall: 1, unitsAKm },
  }
}

const KM_A_DEGREE = 111.2

/**
 * Returns the square around the outlines of these départements; undefined where they have none, or not in one frame.
 */
export function windowOf(departements: readonly string[]): MapWindow | undefined {
  const { shapes } = boxedShapes()
  const [first, ...others] = shapes.filter(({ code }) => departements.includes(code))
  if (!first || others.some(({ frame }) => frame !== first.frame && frame !== PARIS))
    return undefined
  const boxes = [first, ...others.filter(({ frame }) => frame === first.frame)].map(
    ({ box }) => box,
  )
  const left = Math.min(...boxes.map((box) => box[0]))
  const top = Math.min(...boxes.map((box) => box[1]))
  const width = Math.max(...boxes.map((box) => box[2])) - left
  const height = Math.max(...boxes.map((box) => box[3])) - top
  const size = Math.max(width, height) * (1 + 2 * MARGIN)
  return {
    frame: first.frame,
    left: left + width / 2 - size / 2,
    top: top + height / 2 - size / 2,
    ...{ size, tall: 1 },
  }
}

/** The margin of a window, around what it shows. */
const MARGIN = 0.06

/** Returns the outlines of which a window shows a part, each with its département. */
export const listOutlinesIn = (window: MapWindow): { code: string; d: string }[] =>
  boxedShapes()
    .shapes.filter((shape) => isSeen(shape, window))
    .map(({ code, d }) => ({ code, d }))

/** Returns the outlines of the countries beside France of which a window shows a part. */
export const listNeighboursIn = (window: MapWindow): string[] =>
  boxedShapes()
    .neighbours.filter((shape) => isSeen(shape, window))
    .map(({ d }) => d)

/** Returns the outline of the mainland as a whole, for a small map. */
export const coastOfMainland = (): string => load().data.coast

const isSeen = (
  { frame, box }: Omit<BoxedShape, 'code'>,
  { frame: own, left, top, size, tall }: MapWindow,
): boolean =>
  frame === own &&
  box[0] < left + size &&
  box[2] > left &&
  box[1] < top + size * tall &&
  box[3] > top

/**
 * Returns the position of a point of a département in a window: from 0 to 1 to the right, from 0 to `tall` down;
 * undefined in another frame.
 */
export function placeInWindow(
  window: MapWindow,
  { departement, latitude, longitude }: Located,
): { x: number; y: number } | undefined {
  const frame = load().frames.find(
    ({ data }) => data.name === window.frame && data.codes.includes(departement ?? ''),
  )
  const [x, y] = frame?.project([longitude, latitude]) ?? []
  if (x === undefined || y === undefined) return undefined
  return { x: (x - window.left) / window.size, y: (y - window.top) / window.size }
}

type BoxedShape = { code: string; frame: string; d: string; box: Extent }
type Boxed = { shapes: BoxedShape[]; neighbours: Omit<BoxedShape, 'code'>[] }

let boxed: Boxed | undefined

function boxedShapes(): Boxed {
  const { shapes, neighbours } = load().data
  boxed ??= {
    shapes: shapes.map((shape) => ({ ...shape, box: boxOf(shape.d) })),
    neighbours: neighbours.map((shape) => ({ ...shape, box: boxOf(shape.d) })),
  }
  return boxed
}

/** Returns the bounding box of a path of `M`, `l` and `z` only, as `build-outlines.ts` writes them. */
function boxOf(d: string): Extent {
  const box: Extent = [Infinity, Infinity, -Infinity, -Infinity]
  let [x, y] = [0, 0]
  for (const [, command, numbers = ''] of d.matchAll(/([Ml])([^Mlz]*)/g)) {
    const steps = (numbers.match(/-?\d*\.?\d+/g) ?? []).map(Number)
    for (let at = 0; at + 1 < steps.length; at += 2) {
      const [dx = 0, dy = 0] = [steps[at], steps[at + 1]]
      const isMove = command === 'M' && at === 0
      x = isMove ? dx : x + dx
      y = isMove ? dy : y + dy
      box[0] = Math.min(box[0], x)
      box[1] = Math.min(box[1], y)
      box[2] = Math.max(box[2], x)
      box[3] = Math.max(box[3], y)
    }
  }
  return box
}
