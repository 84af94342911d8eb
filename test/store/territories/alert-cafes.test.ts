import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readAlertSearch } from '../../../node/routes/territories/alert-search.ts'
import { saveCafe } from '../../../node/store/cafes/cafes.ts'
import type { OpenDatabase } from '../../../node/store/database/database.ts'
import {
  claimDueAlert,
  listDueAlerts,
  matchNewCafes,
  selectOwnSince,
  selectReceivedSince,
} from '../../../node/store/territories/alert-cafes.ts'
import { confirmAlert, deleteAlert, requestAlert } from '../../../node/store/territories/alerts.ts'
import { isOnPostgres } from '../../support/database.ts'
import { aCafe, openWithCafes, someCafes } from '../../support/some-cafes.ts'
import { DIE } from '../../support/venues.ts'

const now = Temporal.Instant.from('2026-11-25T09:00:00Z')
let db: OpenDatabase
let close: () => Promise<void>

beforeAll(async () => {
  ;({ db, close } = await openWithCafes(someCafes(50, now), now))
})
afterAll(() => close())

test.skipIf(isOnPostgres)(
  'however many cafés there are, those that are new are found by their indexes, in order',
  async () => {
    const since = { at: '2026-11-25T08:50:00.000Z', id: '019ab9f5-0000' }
    const plans = await Promise.all(
      [selectOwnSince, selectReceivedSince].map((select) =>
        select(db, since).limit(500).explain<{ detail: string }>(undefined, sql`query plan`),
      ),
    )
    const words = plans.flat().map(({ detail }) => detail)
    expect(words.join('\n')).toMatch(/cafe_own_published \(published_at>\?\)[\s\S]*\(id>\?\)/)
    expect(words.filter((detail) => /SCAN|TEMP B-TREE FOR ORDER BY$/.test(detail))).toEqual([])
  },
)

test('a café that was published before the first look at what is new is new', async () => {
  const area = { territory: '26' }
  const asked = { email: 'z@mail.example', area, search: '', place: 'Drôme' }
  const { id = '' } = (await requestAlert(db, asked, now.subtract({ minutes: 9 }))) ?? {}
  await confirmAlert(db, id, now.subtract({ minutes: 9 }))
  const publishedAt = now.subtract({ minutes: 8 })
  await saveCafe(db, aCafe({ title: 'Le premier', publishedAt, venue: DIE }))
  await matchNewCafes(db, now)
  const due = await claimDueAlert(db, { id, now, readSearch: readAlertSearch })
  expect(due?.cafes.map(({ title }) => title)).toEqual(['Le premier'])
  await deleteAlert(db, id)
})

test('a café that is stored late is new once, and one that was mailed is not examined again', async () => {
  await matchNewCafes(db, now)
  for (const email of ['a@mail.example', 'b@mail.example', 'c@mail.example']) {
    const alert = await requestAlert(
      db,
      { email, area: { territory: '26' }, search: '', place: 'Drôme' },
      now,
    )
    await confirmAlert(db, alert?.id ?? '', now)
  }
  const told = async (at: Temporal.Instant) => {
    await matchNewCafes(db, at)
    const titles: string[] = []
    for (const id of await listDueAlerts(db, at)) {
      const due = await claimDueAlert(db, { id, now: at, readSearch: readAlertSearch })
      titles.push(...(due?.cafes.map(({ title }) => title) ?? []))
    }
    return titles
  }
  await matchNewCafes(db, now.add({ minutes: 10 }))
  await saveCafe(
    db,
    aCafe({ title: 'Écrit après', publishedAt: now.add({ minutes: 5 }), venue: DIE }),
  )
  expect(await told(now.add({ minutes: 20 }))).toEqual(Array(3).fill('Écrit après'))
  expect(await told(now.add({ hours: 30 }))).toEqual([])
})
