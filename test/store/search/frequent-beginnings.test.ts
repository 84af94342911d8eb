import { afterEach, beforeEach, expect, test } from 'vitest'
import { saveCafe } from '../../../node/store/cafes/cafes.ts'
import type { OpenDatabase } from '../../../node/store/database/database.ts'
import { saveFrequentBeginnings } from '../../../node/store/search/frequent-beginnings.ts'
import { insertOrganization } from '../../../node/store/structures/organizations.ts'
import { runAsLongWork } from '../../../node/turns/turns.ts'
import { createRandom } from '../../bench/random.ts'
import { longestTurnOf } from '../../support/cpu-time.ts'
import { isOnPostgres, openTestDatabase } from '../../support/database.ts'
import { aCafe } from '../../support/some-cafes.ts'

const now = Temporal.Instant.from('2026-11-25T09:00:00Z')
const startsAt = Temporal.Instant.from('2026-12-09T17:30:00Z')
const DAY = 24

let db: OpenDatabase
let close: () => Promise<void>
beforeEach(async () => {
  ;({ db, close } = await openTestDatabase())
  await insertOrganization(db, { id: 'organization-1', slug: 'cafes', name: 'Médiathèque' }, now)
})
afterEach(() => close())

/** Saves cafés, each on a day of its own, with these descriptions. */
const save = (descriptions: readonly string[]) =>
  db.transaction().execute(async (trx) => {
    for (const [index, descriptionHtml] of descriptions.entries()) {
      const at = startsAt.add({ hours: index * DAY })
      await saveCafe(trx, aCafe({ descriptionHtml, startsAt: at, endsAt: at.add({ hours: 1 }) }))
    }
  })

const frequent = async (): Promise<string[]> => {
  const rows = await db.selectFrom('search_frequent_beginning').select('letters').execute()
  return rows.map(({ letters }) => letters)
}

test('a word of more than a fifth of all cafés is frequent, wherever in the year they are', async () => {
  await save(
    Array.from({ length: 200 }, (_, index) => {
      const late = index >= 150 ? ' tardif' : ''
      return `texte ${index % 10 === 0 ? 'rarement' : 'souvent'}${late}`
    }),
  )
  await saveFrequentBeginnings(db)
  const letters = await frequent()
  expect(letters).toEqual(expect.arrayContaining(['souvent', 'tardif', 't', 'text']))
  expect(letters).not.toContain('rarement')
})

/** The words of these texts are the same on both databases. */
test.skipIf(isOnPostgres)(
  'cafés full of words that no other has block nobody and fill no memory',
  async () => {
    const { next } = createRandom(7)
    const word = () => next().toString(36).slice(2, 14)
    const words = () => Array.from({ length: 5000 }, word).join(' ')
    await save(Array.from({ length: 120 }, words))
    const before = process.memoryUsage().heapUsed
    let most = before
    const timer = setInterval(() => {
      most = Math.max(most, process.memoryUsage().heapUsed)
    }, 5)
    const longest = await longestTurnOf(() => runAsLongWork(() => saveFrequentBeginnings(db)))
    most = Math.max(most, process.memoryUsage().heapUsed)
    clearInterval(timer)
    expect(longest).toBeLessThan(100)
    expect((most - before) / 1024 ** 2).toBeLessThan(120)
  },
  60_000,
)
