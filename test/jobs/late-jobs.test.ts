import { expect, test } from 'vitest'
import { weekOf } from '../../node/domain/values/days.ts'
import { createLateJobs, runLateJobs } from '../../node/jobs/late-jobs.ts'
import { startWeb } from '../support/server.ts'

const PARIS = 'Europe/Paris'

test('a machine that is on in office hours only does in a year what is due at night, once each day', async () => {
  const server = await startWeb()
  const names = ['purge', 'back up', 'renew consents']
  const jobs = createLateJobs(server.context, 5).filter(({ name }) => names.includes(name))
  expect(jobs).toHaveLength(names.length)
  const ran = new Map(jobs.map(({ name }) => [name, [] as string[]]))
  let at = Temporal.ZonedDateTime.from(`2026-01-05T09:10[${PARIS}]`)
  const { db } = server.context
  const tick = (process: string) =>
    runLateJobs({ db, now: () => at.toInstant() }, { jobs, underWay: new Set() }, async (name) => {
      ran.get(name)?.push(`${at.toPlainDate()} ${process}`)
    })
  const days: string[] = []
  for (let day = 0; day < 365; day++) {
    const date = Temporal.PlainDate.from('2026-01-05').add({ days: day })
    // The place is closed on Sundays and Mondays, and in August.
    if (date.dayOfWeek === 7 || date.dayOfWeek === 1 || date.month === 8) continue
    days.push(date.toString())
    for (const time of ['09:10', '12:02', '16:50']) {
      at = date.toZonedDateTime({ timeZone: PARIS, plainTime: time })
      for (const process of ['one', 'two']) await tick(process)
    }
  }
  await server.stop()
  for (const { name, times } of jobs) {
    const isDaily = times.getPattern()?.split(' ')[1] !== '*'
    const all = isDaily ? days : days.flatMap((date) => [date, date, date])
    // What was due before the site first ran is not.
    expect(ran.get(name), name).toEqual(all.slice(1).map((date) => `${date} one`))
  }
}, 60_000)

test('a clock that was a year ahead for a moment keeps no job back', async () => {
  const server = await startWeb()
  const jobs = createLateJobs(server.context, 0).filter(({ name }) => name === 'purge')
  const ran: string[] = []
  for (const day of ['2027-03-01', '2026-03-01', '2026-03-01', '2026-03-02'])
    await runLateJobs(
      { db: server.context.db, now: () => Temporal.Instant.from(`${day}T12:00:00Z`) },
      { jobs, underWay: new Set() },
      async () => void ran.push(day),
    )
  await server.stop()
  expect(ran).toEqual(['2026-03-01', '2026-03-02'])
})

test('a job that hangs keeps no other back, and does not begin twice', async () => {
  const server = await startWeb()
  const jobs = createLateJobs(server.context, 0).filter(({ name }) =>
    ['back up', 'purge'].includes(name),
  )
  const underWay = new Set<string>()
  const begun: string[] = []
  for (const at of ['02-28T06:00', '03-01T06:00', '03-01T07:00', '03-01T08:00'])
    await runLateJobs(
      { db: server.context.db, now: () => Temporal.Instant.from(`2026-${at}:00Z`) },
      { jobs, underWay },
      (name) => {
        begun.push(name)
        return name === 'back up' ? new Promise(() => undefined) : Promise.resolve()
      },
    )
  await server.stop()
  expect(begun).toEqual(['back up', 'purge'])
})

test('a week begins on Monday at its hour, and is the same until the next', () => {
  const week = (at: string) => weekOf(Temporal.ZonedDateTime.from(`${at}[${PARIS}]`), 8)?.toString()
  expect(week('2026-11-30T07:59')).toBeUndefined()
  expect(week('2026-11-30T08:00')).toBe('2026-11-30')
  expect(week('2026-12-01T00:10')).toBe('2026-11-30')
  expect(week('2026-12-06T23:59')).toBe('2026-11-30')
})
