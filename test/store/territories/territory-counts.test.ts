import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Cafe } from '../../../node/domain/cafes/cafe.ts'
import { findTerritory, type Territory } from '../../../node/geo/territories.ts'
import { saveCafe } from '../../../node/store/cafes/cafes.ts'
import type { OpenDatabase } from '../../../node/store/database/database.ts'
import { upsertPeer } from '../../../node/store/directory/peers.ts'
import { setMembership } from '../../../node/store/memberships.ts'
import { countByTerritory } from '../../../node/store/territories/territory-counts.ts'
import { isOnPostgres } from '../../support/database.ts'
import { watchPlans } from '../../support/query-plans.ts'
import { aCafe, openWithCafes, someCafes } from '../../support/some-cafes.ts'
import { LIBRARY } from '../../support/venues.ts'

const now = Temporal.Instant.from('2026-11-25T09:00:00Z')
let db: OpenDatabase
let close: () => Promise<void>
let counted: Cafe[]

beforeAll(async () => {
  const cafes = someCafes(600, now).map(
    (cafe, index): Cafe => (index % 7 === 0 ? { ...cafe, status: 'cancelled' } : cafe),
  )
  ;({ db, close } = await openWithCafes(cafes, now))
  counted = cafes.filter(
    ({ publication, hiddenReason, openTo, status, endsAt }) =>
      publication === 'published' &&
      !hiddenReason &&
      openTo === 'public' &&
      status !== 'cancelled' &&
      Temporal.Instant.compare(endsAt, now) > 0,
  )
})
afterAll(() => close())

const territory = (code: string): Territory => {
  const found = findTerritory(code)
  if (!found) throw new Error(code)
  return found
}

const SOME = ['2A', '2B', 'r-94', '974', 'r-84'].map(territory)

test('upcoming cafés are counted by territory, overseas and in Corsica too', async () => {
  const inside = ({ code, kind }: Territory) =>
    counted.filter(({ venue }) =>
      kind === 'region' ? venue?.region === code.slice(2) : venue?.departement === code,
    ).length
  expect(await countByTerritory(db, { territories: SOME, now })).toEqual(
    new Map(SOME.map((one) => [one.code, inside(one)])),
  )
  const communes = counted.flatMap(({ venue }) => venue?.codeInsee ?? [])
  const some = [...new Set(communes)].slice(0, 20)
  const territories = some.map((code) => territory(`c-${code}`))
  expect(await countByTerritory(db, { territories, now })).toEqual(
    new Map(some.map((code) => [`c-${code}`, communes.filter((one) => one === code).length])),
  )
})

test('those of a server count while it is a member', async () => {
  const actorUri = 'https://peer.example/actors/instance'
  const { id: peerId } = await upsertPeer(db, { actorUri, name: 'Peer' })
  const total = async () =>
    (await countByTerritory(db, { territories: [territory('35')], now })).get('35') ?? 0
  const before = await total()
  await saveCafe(
    db,
    aCafe({
      peerId,
      uri: 'https://peer.example/cafes/1',
      venue: LIBRARY,
      startsAt: now.add({ hours: 9 }),
    }),
  )
  expect(await total()).toBe(before)
  await setMembership(db, peerId, 'member', now)
  expect(await total()).toBe(before + 1)
  await setMembership(db, peerId, 'left', now)
  expect(await total()).toBe(before)
})

test.skipIf(isOnPostgres)(
  'neither past cafés nor those of other territories are read',
  async () => {
    const { watched, explain } = watchPlans(db)
    await countByTerritory(watched, { territories: [territory('35')], now })
    const plan = (await explain()).join('\n')
    expect(plan).toMatch(/SEARCH entry USING INDEX search_entry_territory \(<expr>=\?\)/)
    expect(plan).not.toMatch(/SCAN (cafe|entry)/)
  },
)
