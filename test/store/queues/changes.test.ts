import { afterEach, beforeEach, expect, test } from 'vitest'
import type { OpenDatabase } from '../../../node/store/database/database.ts'
import { gatherRows } from '../../../node/store/database/gathered-rows.ts'
import {
  appendChange,
  appendChangesOnce,
  listPendingChanges,
  markChangesDone,
} from '../../../node/store/queues/changes.ts'
import { openTestDatabase } from '../../support/database.ts'

const NOW = Temporal.Instant.from('2026-11-25T09:00:00Z')

let db: OpenDatabase
let close: () => Promise<void>
beforeEach(async () => {
  ;({ db, close } = await openTestDatabase())
})
afterEach(() => close())

const changeOf = (peerId: string) => ({ type: 'peer-cafes', peerId, after: '' }) as const

const listPeers = async () =>
  (await listPendingChanges(db, NOW, 100)).map(({ change }) => 'peerId' in change && change.peerId)

test('a change that waits already is not appended again, also where rows are written together', async () => {
  await db.transaction().execute((trx) =>
    gatherRows(trx, async () => {
      await appendChange(trx, changeOf('one'), NOW)
      await appendChangesOnce(trx, ['one', 'two', 'two', 'three'].map(changeOf), NOW)
      await appendChangesOnce(trx, [changeOf('three')], NOW)
      await appendChangesOnce(trx, [], NOW)
    }),
  )
  expect(await listPeers()).toEqual(['one', 'two', 'three'])
})

test('a change that was sent is appended again', async () => {
  await appendChangesOnce(db, [changeOf('one')], NOW)
  const [first] = await listPendingChanges(db, NOW, 1)
  await markChangesDone(db, [first?.id ?? 0], NOW)
  await appendChangesOnce(db, [changeOf('one')], NOW)
  expect(await listPeers()).toEqual(['one'])
})
