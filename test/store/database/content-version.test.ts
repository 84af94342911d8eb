import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { saveCafe } from '../../../node/store/cafes/cafes.ts'
import { contentVersion } from '../../../node/store/database/content-version.ts'
import type { OpenDatabase } from '../../../node/store/database/database.ts'
import { upsertPeer } from '../../../node/store/directory/peers.ts'
import { NOT_SHOWN } from '../../../node/store/migrations/0001-initial/content-version.ts'
import { reindexSomeCafes } from '../../../node/store/networks/cafes.ts'
import { isOnPostgres, openTestDatabase } from '../../support/database.ts'
import { aCafe } from '../../support/some-cafes.ts'

let db: OpenDatabase
let close: () => Promise<void>
beforeAll(async () => {
  ;({ db, close } = await openTestDatabase())
})
afterAll(() => close())

test('pages are made again once a server is followed, or is not any more', async () => {
  const { id } = await upsertPeer(db, { actorUri: 'https://far.example/actors/i', name: 'Far' })
  const before = await contentVersion(db)
  await db
    .updateTable('peer')
    .set({ last_seen_at: '2026-11-25T09:00:00Z' })
    .where('id', '=', id)
    .execute()
  expect(await contentVersion(db)).toBe(before)
  await db.updateTable('peer').set({ following: 'accepted' }).where('id', '=', id).execute()
  expect(await contentVersion(db)).not.toBe(before)
})

test('pages are made again once a café stands for another one, and once it does not any more', async () => {
  const { id: peerId } = await upsertPeer(db, { actorUri: 'https://two.example/i', name: 'Two' })
  const [one, other] = [aCafe({ peerId }), aCafe({ peerId })]
  for (const cafe of [one, other]) await saveCafe(db, cafe)
  const versions = [await contentVersion(db)]
  const row = { cafe_id: one.id, shown_id: other.id, reason: 'team' as const }
  await db.insertInto('duplicate').values(row).execute()
  versions.push(await contentVersion(db))
  await db.deleteFrom('duplicate').execute()
  versions.push(await contentVersion(db))
  expect(new Set(versions).size).toBe(3)
})

test('pages are made again once cafés are found by the network that their structure joined before', async () => {
  const { id: peerId } = await upsertPeer(db, {
    actorUri: 'https://three.example/i',
    name: 'Three',
  })
  const structureUri = 'https://three.example/actors/cafes'
  await saveCafe(
    db,
    aCafe({ peerId, organizer: { name: 'Three', uri: structureUri, url: structureUri } }),
  )
  const before = await contentVersion(db)
  await db.transaction().execute((trx) => reindexSomeCafes(trx, { structureUri, after: '' }))
  expect(await contentVersion(db)).not.toBe(before)
})

/** The tables of full-text indexes, which belong to the index itself. */
const OF_FTS5 = /^search_(coming|past)_(data|idx|content|docsize|config)$/

test('of each table it is known whether pages show it, so that none shows the rows of before', async () => {
  const { rows } = await (isOnPostgres
    ? sql<{ name: string; isShown: boolean }>`
      select relname as name, exists (select from pg_trigger where tgrelid = pg_class.oid
        and tgname like 'content\\_%') as "isShown"
      from pg_class where relkind = 'r' and relnamespace = current_schema()::regnamespace`
    : sql<{ name: string; isShown: number }>`
      select name, exists (select 1 from sqlite_schema as made where made.tbl_name = it.name
        and made.type = 'trigger' and made.name glob 'content_*') as isShown
      from sqlite_schema as it where type = 'table' and name not glob 'sqlite_*'`
  ).execute(db)
  const tables = rows.filter(({ name }) => !OF_FTS5.test(name))
  const unshown = tables.filter(({ isShown }) => !isShown).map(({ name }) => name)
  const declared = NOT_SHOWN.map(({ table }) => table).filter(
    (table) => !isOnPostgres || !/^search_(coming|past)$/.test(table),
  )
  expect(unshown.sort()).toEqual(declared.sort())
})
