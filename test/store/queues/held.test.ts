import { afterEach, beforeEach, expect, test } from 'vitest'
import type { OpenDatabase } from '../../../node/store/database/database.ts'
import { insertActivity } from '../../../node/store/queues/activities.ts'
import { appendChange } from '../../../node/store/queues/changes.ts'
import { insertDeliveries } from '../../../node/store/queues/deliveries.ts'
import { findHeld, removeHeld, saveHeld } from '../../../node/store/queues/held.ts'
import { openTestDatabase } from '../../support/database.ts'

/** The deliveries that waited in a backup are dropped after a restore. */

const NOW = Temporal.Instant.from('2026-11-25T09:00:00Z')

let db: OpenDatabase
let close: () => Promise<void>
beforeEach(async () => {
  ;({ db, close } = await openTestDatabase())
})
afterEach(() => close())

test('a withdrawal is sent all the same, since a server that was off may have missed it', async () => {
  const withdrawn = {
    type: 'facilitator-withdrawn',
    withdrawalId: 'one',
    uri: 'https://cafes.example/animation/one',
    actorUri: undefined,
    handle: 'one',
  } as const
  await appendChange(db, { type: 'cafe-published', cafeId: 'one' }, NOW)
  await appendChange(db, withdrawn, NOW)
  for (const type of ['Create', 'Delete'] as const) {
    const id = `https://cafes.example/activities/${type}`
    const activity = { id, type, actor: 'cafes', objectUri: `${id}/object`, body: '{}' }
    const activitySeq = await insertActivity(db, activity, NOW)
    const inboxes = ['https://elsewhere.example/inbox']
    const delivery = {
      activitySeq,
      type,
      signer: 'cafes',
      kind: 'cafe',
      line: id,
      inboxes,
    } as const
    await insertDeliveries(db, delivery, NOW)
  }
  await db.transaction().execute((trx) => saveHeld(trx, NOW))
  expect(await findHeld(db)).toMatchObject({ announcements: 4 })
  await removeHeld(db, NOW)
  const changes = await db
    .selectFrom('change')
    .select('body')
    .where('done_at', 'is', null)
    .execute()
  expect(changes.map(({ body }) => JSON.parse(body).type)).toEqual(['facilitator-withdrawn'])
  const deliveries = await db
    .selectFrom('delivery')
    .innerJoin('activity', 'activity.seq', 'delivery.activity_seq')
    .select('activity.type')
    .execute()
  expect(deliveries).toEqual([{ type: 'Delete' }])
})

test('of what is read from others since, new cafés wait for the decision, and changes are sent', async () => {
  await db.transaction().execute((trx) => saveHeld(trx, NOW))
  const received = (cafeId: string, first: boolean, activity?: string) =>
    appendChange(
      db,
      {
        type: 'cafe-received',
        ...{ cafeId, first, activity, isNewToReaders: true, important: !first },
        ...{ isNews: activity !== undefined },
      },
      NOW,
    )
  await received('found', true)
  await received('cancelled', false)
  await received('sent', true, '{"id":"https://elsewhere.example/1"}')
  expect(await findHeld(db)).toMatchObject({ announcements: 1 })
  await removeHeld(db, NOW)
  const left = await db.selectFrom('change').select('body').where('done_at', 'is', null).execute()
  expect(left.map(({ body }) => JSON.parse(body).cafeId)).toEqual(['cancelled', 'sent'])
})
