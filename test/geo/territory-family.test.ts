import { setImmediate } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { prepareTables } from '../../node/geo/prepare.ts'
import { findTerritory, listRegions } from '../../node/geo/territories.ts'
import { listInhabited, mainCommuneOf, neighboursOf } from '../../node/geo/territory-family.ts'
import { longestTurnOf } from '../support/cpu-time.ts'
import { MEASURED } from '../support/measured.ts'

/** The tables of communes are kept in memory. No request waits while they are made, nor for an answer from them. */

/** Milliseconds of processor time: three times what a machine without other work needs. */
const BUDGET = 50

test('the tables are made one after the other', MEASURED, async () => {
  const prepared = () => prepareTables(() => setImmediate(), { isDirectory: true })
  expect(await longestTurnOf(prepared)).toBeLessThan(BUDGET)
})

test('the neighbours of each région and the list of all are found at once', MEASURED, async () => {
  const names = (code: string) => {
    const territory = findTerritory(code)
    return territory ? neighboursOf(territory).map(({ name }) => name) : []
  }
  for (const { code } of listRegions())
    expect(await longestTurnOf(async () => names(`r-${code}`))).toBeLessThan(BUDGET)
  expect(await longestTurnOf(async () => listInhabited())).toBeLessThan(BUDGET)
  expect(names('r-53')).toEqual(['Normandie', 'Pays de la Loire'])
  const brittany = findTerritory('r-53')
  expect(brittany && mainCommuneOf(brittany)?.name).toBe('Rennes')
})
