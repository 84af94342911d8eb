import { afterAll, beforeAll, expect, test } from 'vitest'
import type { OpenDatabase } from '../../../node/store/database/database.ts'
import { isSeen, markSeen } from '../../../node/store/queues/received-activities.ts'
import { openTestDatabase } from '../../support/database.ts'

let db: OpenDatabase
let close: () => Promise<void>
beforeAll(async () => {
  ;({ db, close } = await openTestDatabase())
})
afterAll(() => close())

const ofLength = (length: number, end: string) =>
  `https://liar.example/${'x'.repeat(length)}`.slice(0, length - end.length) + end

test('of the longest ids little is stored, and each is still seen once', async () => {
  const now = Temporal.Now.instant()
  const actor = ofLength(2048, 'a')
  const one = { actor, activityId: ofLength(2048, '1') }
  const other = { actor, activityId: ofLength(2048, '2') }
  expect(await markSeen(db, [one, one, other], now)).toEqual([one, other])
  expect(await markSeen(db, [one], now)).toEqual([])
  expect(await isSeen(db, actor, one.activityId)).toBe(true)
  expect(await isSeen(db, actor, ofLength(2048, '3'))).toBe(false)
  const rows = await db.selectFrom('seen').selectAll().execute()
  expect(rows).toHaveLength(2)
  for (const row of rows) expect(JSON.stringify(row).length).toBeLessThan(400)
})

test('an id of a usual length is stored as it is', async () => {
  const activityId = ofLength(128, '')
  await markSeen(db, [{ actor: 'https://a.example/u', activityId }], Temporal.Now.instant())
  const row = await db
    .selectFrom('seen')
    .selectAll()
    .where('activity_id', '=', activityId)
    .execute()
  expect(row).toHaveLength(1)
})
