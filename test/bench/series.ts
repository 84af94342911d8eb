import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { readConfig } from '../../node/config.ts'
import type { Context } from '../../node/context.ts'
import { CLOCK } from '../../node/domain/cafes/edit.ts'
import { firstDatesOf, instantOf } from '../../node/domain/series/recurrence.ts'
import { parseRecurrence } from '../../node/domain/series/recurrence-input.ts'
import type { Series } from '../../node/domain/series/series.ts'
import { planSeries } from '../../node/jobs/series/plan-series.ts'
import { inTransaction, type OpenDatabase } from '../../node/store/database/database.ts'
import { openDatabase } from '../../node/store/open-database.ts'
import { createSeries } from '../../node/store/series/plan-dates.ts'
import { runAsLongWork } from '../../node/turns/turns.ts'
import { aSeries, HOME, insertHome } from '../support/some-series.ts'
import { formatNumber, percentile, timeProcessor } from './measures.ts'
import { withStage } from './stage.ts'
import { createProgress, machineText, markdownTable } from './table.ts'

export type BenchSeriesOptions = {
  /** The number of series of which the job of one night makes a date each. */
  series: number
  turns: number
  database: string | undefined
}

const NOW = Temporal.Instant.from('2026-12-01T01:20:00Z')
const BATCH = 100
const NONE = ['–', '–']

/** Measures what it takes to plan a season of 400 dates, to announce it, and one night of many series without an end. */
export const benchSeries = ({ series, turns, database }: BenchSeriesOptions): Promise<void> =>
  withStage(async (folder) => {
    const db = await openDatabase(database ?? join(folder, 'cafe-ia.sqlite'))
    await insertHome(db, NOW)
    const planned = percentile(await timeProcessor(turns, planSeason), 0.5)
    const announced = await announceSeason(db)
    await fill(db, series)
    const night = await timeNight(db)
    const rows = [
      ['400 dates: read, checked, in their zone', formatNumber(planned), ...NONE],
      ['400 dates: announced, a café each', formatNumber(announced.cpu), ...NONE],
      [
        `a night of ${formatNumber(series)} series: ${formatNumber(night.made)} cafés`,
        formatNumber(night.cpu),
        formatNumber(night.seconds),
        formatNumber(night.delay),
      ],
    ]
    process.stdout.write(`${machineText()}\n\n`)
    process.stdout.write(
      `${markdownTable(['', 'processor ms', 'seconds', 'others wait, p99 ms'], rows)}\n`,
    )
    await db.destroy()
  })

const DAILY = 'FREQ=DAILY;COUNT=400'

function planSeason(): void {
  const asked = { start: '2026-12-10T18:30', timezone: 'Europe/Paris', now: NOW }
  const { recurrence } = parseRecurrence({ rrule: DAILY }, asked)
  for (const date of recurrence ? firstDatesOf(recurrence) : []) instantOf(date, asked.timezone)
}

async function announceSeason(db: OpenDatabase): Promise<{ cpu: number }> {
  const home = { ...HOME, horizon: { endlessDays: 60, finiteDays: 500 } }
  const season = aSeries(NOW, { rrule: DAILY })
  const [cpu = Number.NaN] = await timeProcessor(1, () =>
    createSeries(db, { series: season, home, by: CLOCK }, NOW),
  )
  return { cpu }
}

/** Stores series of which no date is within the horizon yet. */
async function fill(db: OpenDatabase, series: number): Promise<void> {
  const home = { ...HOME, horizon: { endlessDays: 0, finiteDays: 0 } }
  const progress = createProgress('series', series)
  for (let done = 0; done < series; done += BATCH) {
    await inTransaction(db, async (trx) => {
      for (let at = done; at < Math.min(series, done + BATCH); at++)
        await createSeries(trx, { series: seriesOf(at), home, by: CLOCK }, NOW)
    })
    progress.reach(Math.min(series, done + BATCH))
  }
  progress.end()
}

/** One date of each is within sixty days, at an hour from 9 to 20 h 59 of one of 28 days. */
function seriesOf(at: number): Series {
  const [day, hour, minute] = [(at % 28) + 1, (Math.floor(at / 28) % 12) + 9, at % 60]
  const two = (number: number) => String(number).padStart(2, '0')
  const start = `2026-12-${two(day)}T${two(hour)}:${two(minute)}`
  const series = aSeries(NOW, { start, rrule: 'FREQ=MONTHLY;INTERVAL=3' })
  return { ...series, content: { ...series.content, title: `Café ${at}` } }
}

async function timeNight(db: OpenDatabase) {
  const count = async () =>
    Number(
      (
        await db
          .selectFrom('cafe')
          .select((eb) => eb.fn.countAll<number>().as('all'))
          .executeTakeFirstOrThrow()
      ).all,
    )
  const before = await count()
  const config = readConfig({ CAFE_IA_ORIGIN: 'http://127.0.0.1:3000' })
  const context = { config, db, now: () => NOW, wake: () => {} } as Context
  const delay = monitorEventLoopDelay({ resolution: 1 })
  delay.enable()
  const began = performance.now()
  const [cpu = Number.NaN] = await timeProcessor(1, () => runAsLongWork(() => planSeries(context)))
  delay.disable()
  return {
    made: (await count()) - before,
    ...{ cpu, seconds: (performance.now() - began) / 1000, delay: delay.percentile(99) / 1e6 },
  }
}
