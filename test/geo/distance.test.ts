import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { boundingBox, distanceKm, type Point } from '../../node/geo/distance.ts'
import { times } from '../support/full.ts'

const RENNES = { latitude: 48.112, longitude: -1.6743 }
const PARIS = { latitude: 48.8534, longitude: 2.3488 }

const points: fc.Arbitrary<Point> = fc.record({
  latitude: fc.double({ min: -90, max: 90, noNaN: true }),
  longitude: fc.double({ min: -180, max: 180, noNaN: true }),
})

describe('the distance', () => {
  test('from Rennes to Paris is 308 km', () => {
    expect(distanceKm(RENNES, PARIS)).toBeCloseTo(308.2, 0)
  })

  test('of one degree along a meridian is 111.195 km', () => {
    const one = { latitude: 45, longitude: 3 }
    expect(distanceKm(one, { latitude: 46, longitude: 3 })).toBeCloseTo(111.195, 2)
  })

  test('is the same there and back, nothing to oneself, and never more than half way round', () => {
    fc.assert(
      fc.property(points, points, (one, other) => {
        expect(distanceKm(one, other)).toBeCloseTo(distanceKm(other, one), 6)
        expect(distanceKm(one, one)).toBe(0)
        expect(distanceKm(one, other)).toBeLessThanOrEqual(20_016)
      }),
    )
  })

  test('across the antimeridian is the short way', () => {
    const west = { latitude: -13.3, longitude: 179.9 }
    const east = { latitude: -13.3, longitude: -179.9 }
    expect(distanceKm(west, east)).toBeLessThan(22)
  })
})

describe('the box around a point', () => {
  test('holds every point within the radius', () => {
    fc.assert(
      fc.property(points, points, fc.integer({ min: 1, max: 5000 }), (centre, point, radius) => {
        fc.pre(distanceKm(centre, point) < radius)
        const box = boundingBox(centre, radius)
        expect(point.latitude).toBeGreaterThanOrEqual(box.south - 1e-9)
        expect(point.latitude).toBeLessThanOrEqual(box.north + 1e-9)
        expect(point.longitude).toBeGreaterThanOrEqual(box.west - 1e-9)
        expect(point.longitude).toBeLessThanOrEqual(box.east + 1e-9)
      }),
      { numRuns: times(40, 200) },
    )
  })

  test('is at most slightly wider than the circle', () => {
    const box = boundingBox(RENNES, 30)
    expect(distanceKm(RENNES, { ...RENNES, latitude: box.north })).toBeCloseTo(30, 3)
    expect(distanceKm(RENNES, { ...RENNES, longitude: box.east })).toBeCloseTo(30, 1)
  })

  test('goes all round where it meets a pole or the antimeridian', () => {
    const round = { west: -180, east: 180 }
    expect(boundingBox({ latitude: 89.9, longitude: 0 }, 50)).toMatchObject({ north: 90, ...round })
    expect(boundingBox({ latitude: -13.3, longitude: 179.9 }, 50)).toMatchObject(round)
  })
})
