import { afterAll, beforeAll, expect, test } from 'vitest'
import { saveCafe } from '../../../node/store/cafes/cafes.ts'
import { contentVersion } from '../../../node/store/database/content-version.ts'
import type { OpenDatabase } from '../../../node/store/database/database.ts'
import { upsertPeer } from '../../../node/store/directory/peers.ts'
import { openTestDatabase } from '../../support/database.ts'
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
