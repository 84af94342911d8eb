import { expect, test } from 'vitest'
import { CLOCK } from '../../../node/domain/cafes/edit.ts'
import { createLateJobs } from '../../../node/jobs/late-jobs.ts'
import { planSeries } from '../../../node/jobs/series/plan-series.ts'
import { createSeries } from '../../../node/store/series/plan-dates.ts'
import { listMadeDates } from '../../../node/store/series/series.ts'
import { startWeb } from '../../support/server.ts'
import { aSeries, HOME, insertHome } from '../../support/some-series.ts'

const NOW = Temporal.Instant.from('2026-12-01T09:00:00Z')

test('after a month off each date to come is made once, whoever plans, and one series that fails keeps no other back', async () => {
  const server = await startWeb()
  const { db } = server.context
  await insertHome(db, NOW)
  const create = (timezone: string) =>
    createSeries(db, { series: aSeries(NOW, {}, { timezone }), home: HOME, by: CLOCK }, NOW)
  const first = await create('Europe/Paris')
  const broken = await create('Europe/Paris')
  await db.updateTable('series').set({ timezone: 'Nowhere' }).where('id', '=', broken.id).execute()
  const last = await create('Pacific/Tahiti')
  const later = { ...server.context, now: () => NOW.add({ hours: 24 * 31 }) }
  const both = await Promise.allSettled([planSeries(later), planSeries(later)])
  expect(both.map(({ status }) => status)).toContain('rejected')
  for (const { id } of [first, last]) {
    const made = (await listMadeDates(db, id)).map(({ date }) => date)
    expect(new Set(made).size).toBe(made.length)
    expect([made.at(-1), made.length]).toEqual(['2027-02-25T18:30', 12])
  }
  const cafes = await db.selectFrom('cafe').select('id').execute()
  expect(cafes).toHaveLength(12 + 12 + 8)
  expect(createLateJobs(later, 0).map(({ name }) => name)).toContain('plan series')
  await server.stop()
})
