import { type GeoProjection, geoConicConformal, geoMercator } from 'd3-geo'
import type { Extent, MapOfFrance } from '../domain/cafes/map.ts'
import { readDataFile } from './data-file.ts'
import { findDepartement } from './territories.ts'

/**
 * A part of the map with a scale of its own.
 * @internal
 */
export type FrameData = {
  name: string
  codes: string[]
  extent: Extent
  projection: 'conic' | 'mercator'
  boxed: boolean
  scale: number
  translate: [number, number]
}

/**
 * The file that `build-outlines.ts` makes.
 * @internal
 */
export type MapData = {
  width: number
  height: number
  frames: FrameData[]
  shapes: { code: string; frame: string; d: string }[]
  /** Territories without an outline. */
  boxes: { code: string; extent: Extent }[]
}

type Loaded = { map: MapOfFrance; frames: { data: FrameData; project: GeoProjection }[] }

let loaded: Loaded | undefined

function load(): Loaded {
  if (loaded) return loaded
  const data: MapData = JSON.parse(readDataFile('outlines.json').toString('utf8'))
  const nameOf = (code: string) => findDepartement(code)?.name ?? code
  loaded = {
    map: {
      width: data.width,
      height: data.height,
      outlines: data.shapes.map((shape) => ({ ...shape, name: nameOf(shape.code) })),
      frames: data.frames.filter((frame) => frame.boxed),
      boxes: data.boxes.map((box) => ({ ...box, name: nameOf(box.code) })),
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

/** France with its overseas territories, drawn from Natural Earth (public domain). Read once. */
export const mapOfFrance = (): MapOfFrance => load().map

/**
 * Where a point of a département is on the map: once, or twice around Paris; below its name for a territory without an
 * outline; nowhere when the département is unknown.
 */
export function placesOnMap(point: {
  departement: string | undefined
  latitude: number
  longitude: number
}): { x: number; y: number }[] {
  const { map, frames } = load()
  const box = map.boxes.find(({ code }) => code === point.departement)
  if (box) {
    const [left, , right, bottom] = box.extent
    return [{ x: (left + right) / 2, y: bottom - POINT_ABOVE_EDGE }]
  }
  return frames
    .filter(({ data }) => data.codes.includes(point.departement ?? ''))
    .flatMap(({ project }) => {
      const [x, y] = project([point.longitude, point.latitude]) ?? []
      return x === undefined || y === undefined ? [] : [{ x: tenth(x), y: tenth(y) }]
    })
}

/** The largest point and its line. */
const POINT_ABOVE_EDGE = 12

const tenth = (value: number): number => Math.round(value * 10) / 10
