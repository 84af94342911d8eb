import { afterEach, beforeEach, expect, test } from 'vitest'
import { changeSince } from '../../../node/domain/territories/newsletter-change.ts'
import {
  findLastNewsletter,
  saveSentNewsletter,
} from '../../../node/store/territories/newsletters.ts'
import { openTestDatabase } from '../../support/database.ts'
import { aCafe } from '../../support/some-cafes.ts'

const NOW = Temporal.Instant.from('2026-12-01T09:00:00Z')
const LATER = NOW.add({ hours: 24 })

let store: Awaited<ReturnType<typeof openTestDatabase>>
beforeEach(async () => {
  store = await openTestDatabase()
})
afterEach(() => store.close())

const canal = {
  ...{ id: undefined, name: 'Médiathèque du Canal', streetAddress: '2 quai du Canal' },
  ...{ postalCode: '35000', commune: 'Rennes', codeInsee: '35238', departement: '35' },
  ...{ region: '53', latitude: 48.11, longitude: -1.68 },
}
const atCanal = aCafe({ venue: canal })
const online = aCafe({ venue: undefined, attendanceMode: 'online' })
const mixed = aCafe({ venue: canal, attendanceMode: 'mixed' })

const told = async () =>
  new Map((await findLastNewsletter(store.db))?.cafes.map((each) => [each.cafeId, each]))

test('a newsletter that is sent stores the place of each café, as long as the café is to come', async () => {
  await saveSentNewsletter(store.db, { cafes: [atCanal, online, mixed], stillListed: [] }, NOW)
  const first = await told()
  const place = { name: 'Médiathèque du Canal', commune: 'Rennes' }
  expect(first.get(atCanal.id)?.place).toEqual({ attendanceMode: 'offline', venue: place })
  expect(first.get(online.id)?.place).toEqual({ attendanceMode: 'online', venue: undefined })
  expect(first.get(mixed.id)?.place).toEqual({ attendanceMode: 'mixed', venue: place })

  await saveSentNewsletter(store.db, { cafes: [], stillListed: [...first.values()] }, LATER)
  expect(await told()).toEqual(first)
  for (const cafe of [atCanal, online, mixed]) {
    const kept = first.get(cafe.id)
    expect(kept && changeSince(kept, cafe)).toBeUndefined()
  }
})

test('of a café in two newsletters the state in the later one counts', async () => {
  await saveSentNewsletter(store.db, { cafes: [atCanal], stillListed: [] }, NOW)
  const stillListed = [...(await told()).values()]
  const moved = { ...atCanal, venue: { ...canal, name: 'Les Champs Libres' } }
  await saveSentNewsletter(store.db, { cafes: [moved], stillListed }, LATER)
  expect((await told()).get(atCanal.id)?.place?.venue?.name).toBe('Les Champs Libres')
})
