import { describe, expect, test } from 'vitest'
import { findCommune } from '../../node/geo/communes.ts'
import { distanceKm } from '../../node/geo/distance.ts'
import { listTownsAround } from '../../node/geo/surroundings.ts'

const around = (code: string, eastKm: number, northKm: number, most = 60) => {
  const here = findCommune(code)
  if (!here) throw new Error(code)
  return listTownsAround(here, { eastKm, northKm, most })
}

describe('the towns around a point', () => {
  test('are those within, the most populous first, each where it is', () => {
    const towns = around('35238', 12, 5.5)
    expect(towns.map(({ name }) => name).slice(0, 2)).toEqual(['Rennes', 'Cesson-Sévigné'])
    const cesson = towns.find(({ name }) => name === 'Cesson-Sévigné')
    const [here, there] = [findCommune('35238'), findCommune('35051')]
    if (!(cesson && here && there)) throw new Error('Cesson-Sévigné is gone')
    expect(Math.hypot(cesson.eastKm, cesson.northKm)).toBeCloseTo(distanceKm(here, there), 1)
    expect(cesson.eastKm).toBeGreaterThan(0)
    for (const { eastKm, northKm } of towns) {
      expect(Math.abs(eastKm)).toBeLessThanOrEqual(12)
      expect(Math.abs(northKm)).toBeLessThanOrEqual(5.5)
    }
    expect(around('35238', 12, 5.5, 3)).toEqual(towns.slice(0, 3))
  })

  test('name Paris once, not by its arrondissements', () => {
    const names = around('75104', 12, 5.5).map(({ name }) => name)
    expect(names.filter((name) => name.startsWith('Paris'))).toEqual(['Paris'])
  })

  test('are found overseas too', () => {
    expect(around('97411', 12, 5.5).map(({ name }) => name)).toContain('Saint-Denis')
  })
})
