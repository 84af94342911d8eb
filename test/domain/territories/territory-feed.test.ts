import { expect, test } from 'vitest'
import { feedAliasesOf, feedNameOf } from '../../../node/domain/territories/territory-feed.ts'
import {
  findTerritory,
  listDepartements,
  listRegions,
  type Territory,
} from '../../../node/geo/territories.ts'

const territory = (code: string): Territory => {
  const found = findTerritory(code)
  if (!found) throw new Error(code)
  return found
}

test.each([
  ['35', 'cafes-ille-et-vilaine', 'cafes-35'],
  ['r-53', 'cafes-bretagne', 'cafes-r-53'],
  ['2A', 'cafes-corse-du-sud', 'cafes-2a'],
  ['r-93', 'cafes-provence-alpes-cote-d-azur', 'cafes-r-93'],
  ['22', 'cafes-cotes-d-armor', 'cafes-22'],
  ['974', 'cafes-la-reunion', 'cafes-974'],
])('the cafés of %s are announced by %s, which is also called %s', (code, name, alias) => {
  expect(feedNameOf(territory(code))).toBe(name)
  expect(feedAliasesOf(territory(code))).toEqual([alias])
})

test('overseas the région and the département have an account each, and a name each', () => {
  expect(feedNameOf(territory('r-04'))).toBe('cafes-region-la-reunion')
  expect(feedNameOf(territory('r-975'))).toBe('cafes-region-saint-pierre-et-miquelon')
})

test('no two accounts in France have one name, by whichever of their names', () => {
  const territories: Territory[] = [
    ...listRegions().map(({ code }) => territory(`r-${code}`)),
    ...listDepartements().map(({ code }) => territory(code)),
  ]
  expect(territories.length).toBeGreaterThan(130)
  const names = territories.flatMap((one) => [feedNameOf(one), ...feedAliasesOf(one)])
  for (const name of names) expect(name).toMatch(/^cafes-[a-z0-9]+(?:-[a-z0-9]+)*$/)
  expect(new Set(names).size).toBe(names.length)
})

test('intercommunalities and communes have none', () => {
  for (const code of ['e-243500139', 'c-35238']) {
    expect(feedNameOf(territory(code))).toBeUndefined()
    expect(feedAliasesOf(territory(code))).toEqual([])
  }
})
