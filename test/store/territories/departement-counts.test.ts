import { afterAll, beforeAll, expect, test } from 'vitest'
import { saveCafe } from '../../../node/store/cafes/cafes.ts'
import type { OpenDatabase } from '../../../node/store/database/database.ts'
import { countFeedCafes } from '../../../node/store/feeds/cafes.ts'
import { countPlacesToCome } from '../../../node/store/territories/departement-counts.ts'
import { recountStatistics } from '../../../node/store/territories/recount-statistics.ts'
import { listHeldMonths, listMonthlyCounts } from '../../../node/store/territories/statistics.ts'
import { aCafe, openWithCafes, someCafes } from '../../support/some-cafes.ts'

const now = Temporal.Instant.from('2026-11-25T09:00:00Z')
let db: OpenDatabase
let close: () => Promise<void>

beforeAll(async () => {
  ;({ db, close } = await openWithCafes(someCafes(300, now), now))
})
afterAll(() => close())

const feed = (kind: 'national' | 'region' | 'departement', code: string) => ({
  ...{ kind, code, name: `cafes-${code}`, title: code, timezone: 'Europe/Paris' },
})

test('the figures of each month are those of its cafés, and the map counts the same', async () => {
  await recountStatistics(db, { now, isOurs: false })
  const toCome = new Map<string | undefined, number>()
  for (const { departement, toCome: total } of await listMonthlyCounts(db))
    if (total > 0) toCome.set(departement, (toCome.get(departement) ?? 0) + total)
  expect((await countPlacesToCome(db, now)).counts).toEqual(toCome)
  const held = (await listHeldMonths(db)).reduce((sum, { total }) => sum + total, 0)
  expect(held).toBeGreaterThan(0)
})

test('one that is announced counts at once', async () => {
  const total = async () =>
    (await countPlacesToCome(db, now)).counts.values().reduce((sum, each) => sum + each, 0)
  const before = await total()
  await saveCafe(db, aCafe({ startsAt: now.add({ hours: 48 }) }))
  expect(await total()).toBe(before + 1)
})

test('of very many the count of the last hour is given, to maps and to accounts alike', async () => {
  await db.deleteFrom('monthly_count').execute()
  for (const [departement, to_come] of [
    ['35', 20_000],
    ['29', 9_000],
    ['75', 4_000],
    ['', 500],
  ] as const)
    await db
      .insertInto('monthly_count')
      .values({ month: '2026-12', departement, held: 0, to_come, cancelled: 0 })
      .execute()
  const { counts, towns } = await countPlacesToCome(db, now)
  expect(towns).toContainEqual({ codeInsee: '35238', held: 20_000, cancelled: 0 })
  expect(counts).toEqual(
    new Map<string | undefined, number>([
      ['35', 20_000],
      ['29', 9_000],
      ['75', 4_000],
      [undefined, 500],
    ]),
  )
  expect(await countFeedCafes(db, feed('national', ''), now)).toBe(33_500)
  expect(await countFeedCafes(db, feed('region', '53'), now)).toBe(29_000)
  expect(await countFeedCafes(db, feed('departement', '75'), now)).toBe(4_000)
})
