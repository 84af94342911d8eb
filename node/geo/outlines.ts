import { type GeoProjection, geoConicConformal, geoMercator } from 'd3-geo'
import type { Extent, MapOfFrance } from '../domain/cafes/map.ts'
import { readDataFile } from './data-file.ts'
import { findDepartement } from './territories.ts'

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
}

type Loaded = { map: MapOfFrance; frames: { data: FrameData; project: GeoProjection }[] }

let loaded: Loaded | undefined

function load(): Loaded {
  if (loaded) return loaded
  const data: MapData = JSON.parse(readDataFile('outlines.json').toString('utf8'))
  const nameOf = (code: string) => findDepartement(code)?.name.replaceAll("'", '’') ?? code
  loaded = {
    map: {
      width: data.width,
      height: data.height,
      outlines: data.shapes.map((shape) => ({ ...shape, name: nameOf(shape.code) })),
      frames: data.frames.filter((frame) => frame.boxed),
    },
    frames: data.frames.map((frame) => ({ data: frame, project: toProjection(frame) })),
  }
  return loaded
}

function toProjection({ projection, scale, translate }: FrameData): GeoProjection {
  const made =
    projection === 'conic' ? geoConicConformal().parallels([44, 49]).rotate([-3, 0]) : geoMercator()
  return made.scale(scale).translate(translate)
}

/**
 * Returns the map of France with its overseas territories, drawn from Natural Earth (public domain). It is read once.
 */
export const mapOfFrance = (): MapOfFrance => load().map

/**
 * Returns the positions of a point of a département on the map: one, or two around Paris; none when the département is
 * unknown.
 */
export function placesOnMap(point: {
  departement: string | undefined
  latitude: number
  longitude: number
}): { x: number; y: number }[] {
  return load()
    .frames.filter(({ data }) => data.codes.includes(point.departement ?? ''))
    .flatMap(({ project }) => {
      const [x, y] = project([point.longitude, point.latitude]) ?? []
      return x === undefined || y === undefined ? [] : [{ x: tenth(x), y: tenth(y) }]
    })
}

const tenth = (value: number): number => Math.round(value * 10) / 10

/** A part of the map, in its own units; it is `tall` times as high as wide. */
export type MapWindow = { frame: string; left: number; top: number; size: number; tall: number }

/** The frame of a window that contains all the others. */
const WHOLE = 'whole'
/** The départements around Paris are drawn twice; where the whole map is shown, once is enough. */
const PARIS = 'paris'
const MAINLAND = 'metropole'

/** Returns the whole map, with the overseas territories. */
export function windowOfFrance(): MapWindow {
  const { width, height } = load().map
  return { frame: WHOLE, left: 0, top: 0, size: width, tall: height / width }
}

/** Lists the separate frames in a window. */
export const listFramesIn = ({ frame }: MapWindow): MapOfFrance['frames'] =>
  frame === WHOLE ? load().map.frames.filter(({ name }) => name !== PARIS) : []

/**
 * Returns the coordinates of the middle of a window, and the width of the window in kilometres; for the whole map, on
 * the mainland.
 */
export function findMiddleOf({
  frame,
  left,
  top,
  size,
  tall,
}: MapWindow): { latitude: number; longitude: number; kmWide: number } | undefined {
  const own = frame === WHOLE ? MAINLAND : frame
  const project = load().frames.find(({ data }) => data.name === own)?.project
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
  point: { departement: string | undefined; latitude: number; longitude: number },
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
export function listOutlinesIn({
  frame,
  left,
  top,
  size,
  tall,
}: MapWindow): { code: string; d: string }[] {
  const [right, bottom] = [left + size, top + size * tall]
  return boxedShapes()
    .shapes.filter(({ frame: own }) => (frame === WHOLE ? own !== PARIS : own === frame))
    .filter(({ box }) => box[0] < right && box[2] > left && box[1] < bottom && box[3] > top)
    .map(({ code, d }) => ({ code, d }))
}

/**
 * Returns the position of a point of a département in a window: from 0 to 1 to the right, from 0 to `tall` down;
 * undefined in another frame.
 */
export function placeInWindow(
  window: MapWindow,
  { departement, latitude, longitude }: Parameters<typeof placesOnMap>[0],
): { x: number; y: number } | undefined {
  const frame = load().frames.find(
    ({ data }) =>
      (window.frame === WHOLE ? data.name !== PARIS : data.name === window.frame) &&
      data.codes.includes(departement ?? ''),
  )
  const [x, y] = frame?.project([longitude, latitude]) ?? []
  if (x === undefined || y === undefined) return undefined
  return { x: (x - window.left) / window.size, y: (y - window.top) / window.size }
}

type BoxedShape = { code: string; frame: string; d: string; box: Extent }

let boxed: { shapes: BoxedShape[] } | undefined

function boxedShapes(): { shapes: BoxedShape[] } {
  boxed ??= { shapes: load().map.outlines.map((shape) => ({ ...shape, box: boxOf(shape.d) })) }
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
