/**
 * Draws the map of France once: `npm run geo`. Outlines are simplified, projected and laid out with the overseas
 * territories in frames of their own; the frames' projections are kept, so that points can be placed later.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { type GeoProjection, geoConicConformal, geoMercator, geoPath } from 'd3-geo'
import type { Feature, FeatureCollection, MultiPolygon, Polygon, Position } from 'geojson'
import { feature, merge } from 'topojson-client'
import { presimplify, quantile, simplify } from 'topojson-simplify'
import type { GeometryCollection, Topology } from 'topojson-specification'
import type { FrameData, MapData } from './outlines.ts'

type Outline = Feature<Polygon | MultiPolygon, { code: string; nom: string }>

/**
 * The share of the least significant corners that are removed: a quarter of the bytes, and no coast that anybody would
 * miss.
 */
const SIMPLIFIED = 0.35
/** The frame of the small départements around Paris needs every corner. */
const WHOLE = 0

const source = new URL('./sources/departements.topo.json', import.meta.url)
/** The outlines of the Pacific, which the first source does not have; their rings turn as d3 needs them. */
const pacific = new URL('./sources/pacific.geo.json', import.meta.url)
/** The countries beside France, cut to what a frame shows; their rings turn as d3 needs them. */
const neighbours = new URL('./sources/neighbours.geo.json', import.meta.url)

type Departements = Topology<{ d: GeometryCollection<{ code: string; nom: string }> }>

/** The share of the corners that the outline of the mainland as a whole does without: it is drawn small. */
const SIMPLIFIED_COAST = 0.75

const readDepartements = (simplified: number): Departements => {
  const topology: Departements = JSON.parse(readFileSync(source, 'utf8'))
  if (simplified === 0) return topology
  const weighed = presimplify(topology)
  return simplify(weighed, quantile(weighed, simplified))
}

function readOutlines(simplified: number): Map<string, Outline[]> {
  const drawn = readDepartements(simplified)
  const { features } = feature(drawn, drawn.objects.d) as FeatureCollection<
    Polygon | MultiPolygon,
    { code: string; nom: string }
  >
  const others: FeatureCollection<Polygon | MultiPolygon, Outline['properties']> = JSON.parse(
    readFileSync(pacific, 'utf8'),
  )
  const all = [...features.map(rewound), ...others.features]
  return Map.groupBy(all, (outline) => outline.properties.code)
}

/** Reverses rings: on a sphere d3 takes the inside to be on the right of a ring, GeoJSON on its left. */
function rewound(outline: Outline): Outline {
  const { geometry } = outline
  const reverse = (rings: Position[][]) => rings.map((ring) => ring.toReversed())
  return {
    ...outline,
    geometry:
      geometry.type === 'Polygon'
        ? { ...geometry, coordinates: reverse(geometry.coordinates) }
        : { ...geometry, coordinates: geometry.coordinates.map(reverse) },
  }
}

type FramePlan = {
  name: string
  codes: (code: string) => boolean
  extent: FrameData['extent']
  projection: FrameData['projection']
  simplified: number
  boxed: boolean
  label: string[]
}

/** A row has room for five territories; each is drawn in the middle of its cell, above its name. */
const CELL = 128
const [DRAWN_WIDTH, DRAWN_HEIGHT] = [86, 56]
const ROWS = [556, 660]

const inset = (
  name: string,
  [column, row]: [number, number],
  label: string[],
  codes = [name],
): FramePlan => {
  const left = column * CELL + (CELL - DRAWN_WIDTH) / 2
  const top = ROWS[row] ?? 0
  return {
    ...{ name, label, projection: 'mercator', simplified: WHOLE, boxed: true },
    codes: (code) => codes.includes(code),
    extent: [left, top, left + DRAWN_WIDTH, top + DRAWN_HEIGHT],
  }
}

/** The nearest frames come first: a point is placed in the first one that has its département. */
const FRAMES: FramePlan[] = [
  {
    name: 'metropole',
    label: [],
    codes: (code) => code < '970',
    extent: [20, 4, 560, 530],
    projection: 'conic',
    simplified: SIMPLIFIED,
    boxed: false,
  },
  {
    name: 'paris',
    label: ['Paris'],
    codes: (code) => ['75', '92', '93', '94'].includes(code),
    extent: [526, 14, 626, 104],
    projection: 'mercator',
    simplified: WHOLE,
    boxed: true,
  },
  inset('971', [0, 0], ['Guadeloupe']),
  inset('972', [1, 0], ['Martinique']),
  inset('973', [2, 0], ['Guyane']),
  inset('974', [3, 0], ['La Réunion']),
  inset('976', [4, 0], ['Mayotte']),
  inset('975', [0, 1], ['Saint-Pierre-', 'et-Miquelon']),
  inset('978', [2, 1], ['Saint-Martin,', 'St-Barthélemy'], ['977', '978']),
  inset('988', [1, 1], ['Nouvelle-', 'Calédonie']),
  inset('987', [3, 1], ['Polynésie', 'française']),
  inset('986', [4, 1], ['Wallis', 'et Futuna']),
]

function toProjection({ projection, extent }: FramePlan, outlines: Outline[]): GeoProjection {
  const [x0, y0, x1, y1] = extent
  const made =
    projection === 'conic' ? geoConicConformal().parallels([44, 49]).rotate([-3, 0]) : geoMercator()
  return made.fitExtent(
    [
      [x0, y0],
      [x1, y1],
    ],
    { type: 'FeatureCollection', features: outlines },
  )
}

/** Draws the neighbours of a frame as far as its edges, and a little beyond. */
function drawNeighbours({ extent }: FramePlan, projection: GeoProjection): string[] {
  const { features }: FeatureCollection<MultiPolygon, { nom: string }> = JSON.parse(
    readFileSync(neighbours, 'utf8'),
  )
  const [x0, y0, x1, y1] = extent
  projection.clipExtent([
    [x0 - BEYOND, y0 - BEYOND],
    [x1 + BEYOND, y1 + BEYOND],
  ])
  const path = geoPath(projection).digits(1)
  const drawn = features.flatMap((country) => toRelative(path(country) ?? '', CLOSEST_ABROAD) || [])
  projection.clipExtent(null)
  return drawn
}

/** How far beyond its frame a map may reach, in units: a search at the border shows the other side. */
const BEYOND = 120

/** Draws the mainland without its départements. */
function drawCoast(plan: FramePlan, projection: GeoProjection): string {
  const drawn = readDepartements(SIMPLIFIED_COAST)
  const own = drawn.objects.d.geometries.filter(({ properties }) =>
    plan.codes(properties && 'code' in properties ? properties.code : ''),
  )
  const whole: Feature<MultiPolygon, Outline['properties']> = {
    type: 'Feature',
    properties: { code: '', nom: '' },
    geometry: merge(drawn, own as Parameters<typeof merge>[1]),
  }
  return toRelative(geoPath(projection).digits(1)(rewound(whole)) ?? '')
}

function buildMap(): MapData {
  const shapes: MapData['shapes'] = []
  const lands: MapData['neighbours'] = []
  let coast = ''
  const frames = FRAMES.map((plan): FrameData => {
    const outlines = readOutlines(plan.simplified)
    const codes = [...outlines.keys()].filter(plan.codes).toSorted()
    const wanted = codes.flatMap((code) => outlines.get(code) ?? [])
    const projection = toProjection(plan, wanted)
    const path = geoPath(projection).digits(1)
    for (const code of codes) {
      const d = (outlines.get(code) ?? []).map((outline) => path(outline)).join('')
      shapes.push({ code, frame: plan.name, d: toRelative(d) })
    }
    lands.push(...drawNeighbours(plan, projection).map((d) => ({ frame: plan.name, d })))
    if (plan.name === 'metropole') coast = drawCoast(plan, projection)
    const [x = 0, y = 0] = projection.translate()
    const { name, extent, projection: kind, boxed, label } = plan
    return {
      name,
      codes,
      extent,
      projection: kind,
      boxed,
      label,
      scale: projection.scale(),
      translate: [x, y],
    }
  })
  return { width: 640, height: 776, frames, shapes, neighbours: lands, coast }
}

/** The distance in tenths of a unit below which a corner is not visible beside the one before, and is left out. */
const CLOSEST = 4
/** The same for the countries beside France, whose borders are drawn under those of France. */
const CLOSEST_ABROAD = 10

/** Converts a path to steps from corner to corner instead of absolute positions, which takes half the bytes. */
function toRelative(d: string, closest = CLOSEST): string {
  return d.replace(/M[^MZ]*Z/g, (ring) => {
    const corners = ring
      .slice(1, -1)
      .split('L')
      .map((pair) => pair.split(',').map(Number))
    const [first = [], ...rest] = corners.map(([x = 0, y = 0]) => [
      Math.round(x * 10),
      Math.round(y * 10),
    ])
    let [px = 0, py = 0] = first
    const steps = rest.flatMap(([x = 0, y = 0]) => {
      if (Math.hypot(x - px, y - py) < closest) return []
      const step = `${(x - px) / 10},${(y - py) / 10}`
      ;[px, py] = [x, y]
      return [step]
    })
    // A dot is an island too.
    if (steps.length === 0) steps.push('0.1,0.1')
    return `M${(first[0] ?? 0) / 10},${(first[1] ?? 0) / 10}l${steps.join(' ').replaceAll(' -', '-').replaceAll(',-', '-')}z`
  })
}

writeFileSync(new URL('./data/outlines.json', import.meta.url), `${JSON.stringify(buildMap())}\n`)
