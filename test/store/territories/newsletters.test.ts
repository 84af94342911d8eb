import { type Kysely, sql } from 'kysely'
import { Migrator } from 'kysely/migration'
import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest'
import { changeSince } from '../../../node/domain/territories/newsletter-change.ts'
import { migrations } from '../../../node/store/migrations/index.ts'
import type { Schema } from '../../../node/store/schema.ts'
import { findLastLetter, saveSentLetter } from '../../../node/store/territories/newsletters.ts'
import { openBareDatabase } from '../../support/bare-database.ts'
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

const told = async (db: Kysely<Schema> = store.db) =>
  new Map((await findLastLetter(db))?.cafes.map((each) => [each.cafeId, each]))

test('a letter that leaves keeps where each café is held, for as long as it stays told of', async () => {
  await saveSentLetter(store.db, { cafes: [atCanal, online, mixed], stillTold: [] }, NOW)
  const first = await told()
  const place = { name: 'Médiathèque du Canal', commune: 'Rennes' }
  expect(first.get(atCanal.id)?.place).toEqual({ attendanceMode: 'offline', venue: place })
  expect(first.get(online.id)?.place).toEqual({ attendanceMode: 'online', venue: undefined })
  expect(first.get(mixed.id)?.place).toEqual({ attendanceMode: 'mixed', venue: place })

  await saveSentLetter(store.db, { cafes: [], stillTold: [...first.values()] }, LATER)
  expect(await told()).toEqual(first)
  for (const cafe of [atCanal, online, mixed]) {
    const kept = first.get(cafe.id)
    expect(kept && changeSince(kept, cafe)).toBeUndefined()
  }
})

test('what a letter said last counts, of a café that an earlier one told of too', async () => {
  await saveSentLetter(store.db, { cafes: [atCanal], stillTold: [] }, NOW)
  const stillTold = [...(await told()).values()]
  const moved = { ...atCanal, venue: { ...canal, name: 'Les Champs Libres' } }
  await saveSentLetter(store.db, { cafes: [moved], stillTold }, LATER)
  expect((await told()).get(atCanal.id)?.place?.venue?.name).toBe('Les Champs Libres')
})

test('of a letter that left before places were kept, no place is told as changed', async () => {
  const db = await openBareDatabase()
  onTestFinished(() => db.destroy())
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } })
  expect((await migrator.migrateTo('2026-12-20-narrow-indexes')).error).toBeUndefined()
  await sql`insert into letter (id, sent_at) values ('l1', '2026-12-01T09:00:00Z')`.execute(db)
  for (const { id, title, url, startsAt } of [atCanal, online])
    await sql`insert into letter_cafe (letter_id, cafe_id, title, url, starts_at, timezone, status)
      values ('l1', ${id}, ${title}, ${url}, ${startsAt.toString()}, 'Europe/Paris', 'scheduled')`.execute(
      db,
    )
  expect((await migrator.migrateToLatest()).error).toBeUndefined()

  const before = await told(db)
  const old = before.get(atCanal.id)
  if (!old) throw new Error('the letter is lost')
  expect(old.place).toBeUndefined()
  for (const cafe of [atCanal, online, mixed]) expect(changeSince(old, cafe)).toBeUndefined()
  expect(changeSince(old, { ...atCanal, status: 'moved-online' })?.kinds).toEqual(['moved-online'])

  // Nor is a place invented when it stays told of.
  await saveSentLetter(db, { cafes: [online], stillTold: [...before.values()] }, LATER)
  const after = await told(db)
  expect(after.get(atCanal.id)).toEqual(old)
  expect(after.get(online.id)?.place?.attendanceMode).toBe('online')
})
