import { afterAll, beforeAll, expect, test } from 'vitest'
import { saveCafe } from '../../../node/store/cafes/cafes.ts'
import type { OpenDatabase } from '../../../node/store/database/database.ts'
import { searchCafes } from '../../../node/store/search/search.ts'
import { cellsAround } from '../../../node/store/search-index/cells.ts'
import { insertOrganization } from '../../../node/store/structures/organizations.ts'
import { openTestDatabase } from '../../support/database.ts'
import { aCafe } from '../../support/some-cafes.ts'

/** A circle around this place crosses the antimeridian. */
const FUTUNA = { latitude: -14.3, longitude: -178.1 }

let db: OpenDatabase
let close: () => Promise<void>
beforeAll(async () => {
  ;({ db, close } = await openTestDatabase())
})
afterAll(() => close())

test.each([
  { latitude: -22.27, longitude: 166.45 },
  { latitude: 46.78, longitude: -56.17 },
  { latitude: 50.6, longitude: 3.06 },
  FUTUNA,
])('a circle of 1,100 km has cells wherever in France: $latitude, $longitude', (point) => {
  for (const radiusKm of [1, 50, 200, 511, 1023, 1100])
    expect(cellsAround({ ...point, radiusKm })).toBeDefined()
})

test('around a pole only the distance decides', () => {
  expect(cellsAround({ latitude: 89.9, longitude: 0, radiusKm: 100 })).toBeUndefined()
})

test('a café on the other side of the antimeridian is found, and one farther on is not', async () => {
  const organization = { id: 'organization-1', slug: 'cafes', name: 'Médiathèque' }
  const now = Temporal.Instant.from('2026-11-25T09:00:00Z')
  await insertOrganization(db, organization, now)
  for (const longitude of [-178, -179.9, 179.9, 178.5, 170]) {
    const venue = { ...ADDRESS, latitude: -14.3, longitude }
    await saveCafe(db, aCafe({ title: String(longitude), venue }))
  }
  const near = { ...FUTUNA, radiusKm: 400 }
  const { items } = await searchCafes(db, { from: now, near, order: 'distance', limit: 10 })
  expect(items.map(({ title }) => title)).toEqual(['-178', '-179.9', '179.9', '178.5'])
})

const ADDRESS = {
  id: undefined,
  name: 'Mairie',
  streetAddress: undefined,
  postalCode: undefined,
  commune: 'Alo',
  codeInsee: '98611',
  departement: '986',
  region: '986',
}
