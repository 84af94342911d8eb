import { afterEach, beforeEach, expect, test } from 'vitest'
import { deleteCafe, saveCafe } from '../../../node/store/cafes/cafes.ts'
import type { OpenDatabase } from '../../../node/store/database/database.ts'
import { deleteReport, findReport, saveReport } from '../../../node/store/reports/reports.ts'
import { openTestDatabase } from '../../support/database.ts'
import { ownCafe } from '../../support/own-cafe.ts'
import { aReport } from '../../support/report.ts'
import { insertHome } from '../../support/some-series.ts'

const now = Temporal.Instant.from('2026-12-01T09:00:00Z')
const cafe = { ...ownCafe({}), organizationId: 'canal' }
let db: OpenDatabase
let close: () => Promise<void>

beforeEach(async () => {
  ;({ db, close } = await openTestDatabase())
  await insertHome(db, now)
  await saveCafe(db, cafe)
})
afterEach(() => close())

test('a report is kept as it was saved, the later in place of the one before', async () => {
  const one = aReport({ cafeId: cafe.id })
  await saveReport(db, one)
  expect(await findReport(db, cafe.id)).toEqual(one)
  const other = {
    ...one,
    isHeld: false,
    participants: undefined,
    firstTimers: undefined,
    questions: [...one.questions].reverse(),
  }
  await saveReport(db, other)
  expect(await findReport(db, cafe.id)).toEqual(other)
})

test('it goes with its questions, by itself or with its café', async () => {
  const one = aReport({ cafeId: cafe.id })
  const left = async () => [
    await findReport(db, cafe.id),
    ...(await db.selectFrom('report_question').selectAll().execute()),
  ]
  await saveReport(db, one)
  await deleteReport(db, cafe.id)
  expect(await left()).toEqual([undefined])
  await saveReport(db, one)
  await deleteCafe(db, cafe.id)
  expect(await left()).toEqual([undefined])
})
