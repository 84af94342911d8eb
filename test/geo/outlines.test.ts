import { describe, expect, test } from 'vitest'
import {
  findMiddleOf,
  findWindowAround,
  listFramesIn,
  listOutlinesIn,
  mapOfFrance,
  placeInWindow,
  placesOnMap,
  windowOfFrance,
} from '../../node/geo/outlines.ts'
import { findDepartement } from '../../node/geo/territories.ts'

const { width, height, outlines } = mapOfFrance()

/** Returns the corners of an SVG path of relative steps. */
function cornersOf(d: string): [number, number][] {
  return (
    d.match(/M[^z]+z/g)?.flatMap((ring) => {
      const [x = 0, y = 0, ...steps] = (ring.match(/-?\d+(?:\.\d+)?/g) ?? []).map(Number)
      let at: [number, number] = [x, y]
      const corners = [at]
      for (let i = 0; i + 1 < steps.length; i += 2) {
        at = [at[0] + (steps[i] ?? 0), at[1] + (steps[i + 1] ?? 0)]
        corners.push(at)
      }
      return corners
    }) ?? []
  )
}

describe('the map of France', () => {
  test('shows every département and every overseas territory with inhabitants', () => {
    const shown = new Set(outlines.map(({ code }) => code))
    const mainland = Array.from({ length: 95 }, (_, i) => String(i + 1).padStart(2, '0'))
    const codes = [...mainland.filter((code) => code !== '20'), '2A', '2B']
    const overseas = ['971', '972', '973', '974', '975', '976', '977', '978', '986', '987', '988']
    expect([...shown].toSorted()).toEqual([...codes, ...overseas].toSorted())
    for (const code of shown) expect(findDepartement(code)?.name).toBeTruthy()
  })

  test('has every outline within its bounds', () => {
    for (const { code, d } of outlines) {
      const corners = cornersOf(d)
      expect(corners.length, code).toBeGreaterThan(2)
      for (const [x, y] of corners) {
        expect(x).toBeGreaterThanOrEqual(0)
        expect(x).toBeLessThanOrEqual(width)
        expect(y).toBeGreaterThanOrEqual(0)
        expect(y).toBeLessThanOrEqual(height)
      }
    }
  })

  test('has Brest in the west, Strasbourg in the east, Lille above Marseille', () => {
    const [brest] = placesOnMap({ departement: '29', latitude: 48.39, longitude: -4.49 })
    const [strasbourg] = placesOnMap({ departement: '67', latitude: 48.58, longitude: 7.75 })
    const [lille] = placesOnMap({ departement: '59', latitude: 50.63, longitude: 3.06 })
    const [marseille] = placesOnMap({ departement: '13', latitude: 43.3, longitude: 5.37 })
    expect(brest?.x).toBeLessThan(strasbourg?.x ?? 0)
    expect(lille?.y).toBeLessThan(marseille?.y ?? 0)
  })

  test.each([
    ['35', 48.117, -1.678],
    ['63', 45.777, 3.087],
    ['974', -20.879, 55.448],
    ['973', 4.922, -52.313],
  ])('a point of %s is inside of its outline', (departement, latitude, longitude) => {
    const [point] = placesOnMap({ departement, latitude, longitude })
    const corners = cornersOf(outlines.find(({ code }) => code === departement)?.d ?? '')
    const xs = corners.map(([x]) => x)
    const ys = corners.map(([, y]) => y)
    expect(point?.x).toBeGreaterThan(Math.min(...xs))
    expect(point?.x).toBeLessThan(Math.max(...xs))
    expect(point?.y).toBeGreaterThan(Math.min(...ys))
    expect(point?.y).toBeLessThan(Math.max(...ys))
  })

  test('shows Paris on the map and in its frame, Nouméa in its frame, and a point abroad nowhere', () => {
    expect(placesOnMap({ departement: '75', latitude: 48.857, longitude: 2.352 })).toHaveLength(2)
    expect(placesOnMap({ departement: '988', latitude: -22.27, longitude: 166.44 })).toHaveLength(1)
    expect(placesOnMap({ departement: undefined, latitude: 50.85, longitude: 4.35 })).toEqual([])
  })
})

describe('the whole of France as one window', () => {
  const window = windowOfFrance()

  test('has every département once, and a frame for each territory overseas', () => {
    const codes = listOutlinesIn(window).map(({ code }) => code)
    expect(codes.toSorted()).toEqual([...new Set(outlines.map(({ code }) => code))].toSorted())
    expect(listFramesIn(window)).toHaveLength(10)
  })

  test.each([
    ['35', 48.117, -1.678],
    ['75', 48.857, 2.351],
    ['974', -20.879, 55.448],
    ['986', -13.282, -176.174],
  ])('has a place for a point of %s', (departement, latitude, longitude) => {
    const { x, y } = placeInWindow(window, { departement, latitude, longitude }) ?? {}
    expect(x).toSatisfy((value: number) => value > 0 && value < 1)
    expect(y).toSatisfy((value: number) => value > 0 && value < window.tall)
  })

  test('has its middle in France, and is as wide as France and the sea beside it', () => {
    const middle = findMiddleOf(window)
    expect(middle?.latitude).toBeCloseTo(44, 0)
    expect(middle?.longitude).toBeCloseTo(3.3, 0)
    expect(middle?.kmWide).toBeGreaterThan(1000)
    expect(middle?.kmWide).toBeLessThan(1500)
  })

  test('a window around a point has that point in its middle', () => {
    const rennes = { departement: '35', latitude: 48.117, longitude: -1.678 }
    const around = findWindowAround(rennes, 60)
    const { kmWide = 0, ...middle } = (around && findMiddleOf(around)) ?? {}
    expect(kmWide).toBeCloseTo(60, 0)
    expect(middle).toEqual({
      latitude: expect.closeTo(48.117, 3),
      longitude: expect.closeTo(-1.678, 3),
    })
  })
})
