import type { Cafe } from '../../domain/cafes/cafe.ts'
import { CAFE_COLUMNS, type CafeColumn } from '../csv/cafe-columns.ts'
import { jsonItems, type PartWriter } from './parts.ts'

/** Some ten centimetres (RFC 7946 §11.2). */
const DECIMALS = 6

/** The columns that the geometry already gives. */
const POINT = new Set(['latitude', 'longitude'])

/**
 * Writes a FeatureCollection (RFC 7946) a part at a time. A café is a point at longitude and latitude, or has no
 * geometry when it has no place or none that is on the map; one that has moved online keeps its point, with its mode.
 * Its properties are the columns of the table that have a value.
 */
export const geoJsonParts = (columns: readonly CafeColumn[] = CAFE_COLUMNS): PartWriter => {
  const described = columns.filter(({ name }) => !POINT.has(name))
  return {
    head: '{"type":"FeatureCollection","features":[\n',
    part: (cafes, index) =>
      jsonItems(
        cafes.map((cafe) => toFeature(cafe, described)),
        index,
      ),
    foot: () => '\n]}\n',
  }
}

const toFeature = (cafe: Cafe, columns: readonly CafeColumn[]) => ({
  type: 'Feature',
  id: cafe.uri,
  geometry: toPoint(cafe),
  properties: Object.fromEntries(
    columns.flatMap(({ name, value }) => {
      const cell = value(cafe)
      return cell === undefined || cell === '' ? [] : [[name, cell]]
    }),
  ),
})

function toPoint({ venue }: Cafe) {
  if (venue?.latitude === undefined || venue.longitude === undefined) return null
  return { type: 'Point', coordinates: [round(venue.longitude), round(venue.latitude)] }
}

const round = (degrees: number): number => Number(degrees.toFixed(DECIMALS))
