import { describe, expect, test } from 'vitest'
import {
  coastOfMainland,
  findMiddleOf,
  findWindowAround,
  listNeighboursIn,
  listOutlinesIn,
  listOverseas,
  placeInWindow,
  windowOfMainland,
  windowOfParis,
} from '../../node/geo/outlines.ts'
import { findDepartement } from '../../node/geo/territories.ts'

const mainland = windowOfMainland()
const frames = [mainland, ...listOverseas().map(({ window }) => window)]

/** Returns the first window that shows the département, with the place of the point in it. */
const placeOf = (departement: string | undefined, latitude: number, longitude: number) =>
  frames.flatMap((window) => placeInWindow(window, { departement, latitude, longitude }) ?? [])

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
  test('shows every département and every overseas territory with inhabitants once', () => {
    const shown = frames.flatMap((window) => listOutlinesIn(window).map(({ code }) => code))
    const numbers = Array.from({ length: 95 }, (_, i) => String(i + 1).padStart(2, '0'))
    const codes = [...numbers.filter((code) => code !== '20'), '2A', '2B']
    const overseas = ['971', '972', '973', '974', '975', '976', '977', '978', '986', '987', '988']
    expect(shown.toSorted()).toEqual([...codes, ...overseas].toSorted())
    expect(
      listOverseas()
        .flatMap(({ codes: own }) => own)
        .toSorted(),
    ).toEqual(overseas)
    for (const code of shown) expect(findDepartement(code)?.name).toBeTruthy()
  })

  test('has every outline within the window that shows it', () => {
    for (const window of frames)
      for (const { code, d } of listOutlinesIn(window)) {
        const corners = cornersOf(d)
        expect(corners.length, code).toBeGreaterThan(2)
        for (const [x, y] of corners) {
          expect(x).toBeGreaterThanOrEqual(window.left)
          expect(x).toBeLessThanOrEqual(window.left + window.size)
          expect(y).toBeGreaterThanOrEqual(window.top)
          expect(y).toBeLessThanOrEqual(window.top + window.size * window.tall)
        }
      }
  })

  test('has Brest in the west, Strasbourg in the east, Lille above Marseille', () => {
    const [brest] = placeOf('29', 48.39, -4.49)
    const [strasbourg] = placeOf('67', 48.58, 7.75)
    const [lille] = placeOf('59', 50.63, 3.06)
    const [marseille] = placeOf('13', 43.3, 5.37)
    expect(brest?.x).toBeLessThan(strasbourg?.x ?? 0)
    expect(lille?.y).toBeLessThan(marseille?.y ?? 0)
  })

  test.each([
    ['35', 48.117, -1.678],
    ['63', 45.777, 3.087],
    ['974', -20.879, 55.448],
    ['973', 4.922, -52.313],
    ['986', -13.282, -176.174],
  ])('a point of %s is inside of its outline', (departement, latitude, longitude) => {
    const places = frames.flatMap((window) => {
      const place = placeInWindow(window, { departement, latitude, longitude })
      if (!place) return []
      const { d = '' } = listOutlinesIn(window).find(({ code }) => code === departement) ?? {}
      const [x, y] = [window.left + place.x * window.size, window.top + place.y * window.size]
      return [{ x, y, corners: cornersOf(d) }]
    })
    expect(places).toHaveLength(1)
    for (const { x, y, corners } of places) {
      const xs = corners.map(([each]) => each)
      const ys = corners.map(([, each]) => each)
      expect(x).toBeGreaterThan(Math.min(...xs))
      expect(x).toBeLessThan(Math.max(...xs))
      expect(y).toBeGreaterThan(Math.min(...ys))
      expect(y).toBeLessThan(Math.max(...ys))
    }
  })

  test('shows Paris at two scales, and a point abroad nowhere', () => {
    const paris = { departement: '75', latitude: 48.857, longitude: 2.352 }
    expect(placeOf('75', 48.857, 2.352)).toHaveLength(1)
    const { x, y } = placeInWindow(windowOfParis(), paris) ?? {}
    for (const at of [x, y]) expect(at).toSatisfy((value: number) => value > 0 && value < 1)
    expect(placeOf(undefined, 50.85, 4.35)).toEqual([])
  })

  test('has what lies beside France, where it has a border', () => {
    expect(listNeighboursIn(mainland).length).toBeGreaterThan(8)
    const strasbourg = { departement: '67', latitude: 48.58, longitude: 7.75 }
    const bourges = { departement: '18', latitude: 47.08, longitude: 2.4 }
    const beside = (point: typeof bourges) => {
      const window = findWindowAround(point, 60)
      return window ? listNeighboursIn(window).length : 0
    }
    expect([beside(strasbourg), beside(bourges)]).toEqual([1, 0])
  })

  test('has a small outline of the mainland and Corsica', () => {
    const xs = cornersOf(coastOfMainland()).map(([x]) => x)
    expect(Math.min(...xs)).toBeLessThan(40)
    expect(Math.max(...xs)).toBeGreaterThan(550)
    expect(coastOfMainland().length).toBeLessThan(12_000)
  })
})

describe('a window', () => {
  test('of the mainland has its middle in France, and is as wide as France and the sea beside it', () => {
    const middle = findMiddleOf(mainland)
    expect(middle?.latitude).toBeCloseTo(46.2, 0)
    expect(middle?.longitude).toBeCloseTo(3.3, 0)
    expect(middle?.kmWide).toBeGreaterThan(1000)
    expect(middle?.kmWide).toBeLessThan(1500)
  })

  test('around a point has that point in its middle', () => {
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
