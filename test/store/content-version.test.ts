import { afterAll, beforeAll, expect, test } from 'vitest'
import { contentVersion } from '../../node/store/content-version.ts'
import type { OpenDatabase } from '../../node/store/database.ts'
import { upsertPeer } from '../../node/store/peers.ts'
import { openTestDatabase } from '../support/database.ts'

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
