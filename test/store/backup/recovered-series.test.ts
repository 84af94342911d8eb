import { expect, test } from 'vitest'
import { findDateOfSeries } from '../../../federation/delivery/series/own-dates.ts'
import { toEvent } from '../../../federation/wire/event.ts'
import { fromEvent } from '../../../federation/wire/read-event.ts'
import { saveRecoveredCafe } from '../../../node/store/backup/recovered-cafes.ts'
import { inTransaction } from '../../../node/store/database/database.ts'
import { createSeries, planDates } from '../../../node/store/series/plan-dates.ts'
import { findSeriesByUri, listMadeDates } from '../../../node/store/series/series.ts'
import { openTestDatabase } from '../../support/database.ts'
import { removeCafe, reviseCafe, SOMEBODY } from '../../support/own-cafes.ts'
import { aSeries, HOME, insertHome } from '../../support/some-series.ts'

const NOW = Temporal.Instant.from('2026-12-01T08:00:00Z')

test('a series comes back from the signed texts of its dates, with what was deleted and what was moved', async () => {
  const [before, after] = [await openTestDatabase(), await openTestDatabase()]
  for (const { db } of [before, after]) await insertHome(db, NOW)
  const made = aSeries(NOW)
  await createSeries(before.db, { series: made, home: HOME, by: SOMEBODY }, NOW)
  const dates = await listMadeDates(before.db, made.id)
  const [gone, moved] = [dates[1]?.cafe, dates[2]?.cafe]
  if (!gone || !moved) throw new Error('the series has no dates')
  await removeCafe(before.db, gone.id, NOW)
  const startsAt = moved.startsAt.add({ hours: 24 })
  const content = { ...moved, startsAt, endsAt: startsAt.add({ hours: 1 }) }
  await reviseCafe(before.db, { id: moved.id, content }, NOW)
  const kept = await listMadeDates(before.db, made.id)

  await inTransaction(after.db, async (trx) => {
    for (const { cafe } of kept.toReversed()) {
      if (!cafe) continue
      const ofSeries = await findDateOfSeries(before.db, cafe)
      const read = fromEvent(toEvent(cafe, HOME.origin, { ofSeries }), NOW)
      if ('refused' in read) throw new Error(read.refused)
      const owner = { organizationId: 'canal', organizer: HOME.organizer, by: SOMEBODY }
      await saveRecoveredCafe(trx, { ...read, body: '{}' }, owner, NOW)
    }
  })
  const series = await findSeriesByUri(after.db, made.uri)
  expect(series).toMatchObject({
    ...made,
    updatedAt: expect.anything(),
    content: expect.anything(),
    recurrence: { ...made.recurrence, exclude: ['2026-12-17'] },
  })
  if (!series) return
  // The job that makes dates finds nothing to make, and the deleted date stays so.
  await inTransaction(after.db, (trx) => planDates(trx, { series, home: HOME, by: SOMEBODY }, NOW))
  const idsOf = (all: typeof kept) =>
    all.flatMap(({ date, cafe, own }) =>
      cafe ? [[date, cafe.id, Object.keys(own).includes('startsAt')]] : [],
    )
  expect(idsOf(await listMadeDates(after.db, series.id))).toEqual(idsOf(kept))
  await Promise.all([before.close(), after.close()])
})
