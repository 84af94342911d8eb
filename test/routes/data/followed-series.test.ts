import { expect, test } from 'vitest'
import { findDateOfSeries } from '../../../federation/delivery/series/own-dates.ts'
import { toEvent } from '../../../federation/wire/event.ts'
import { fromEvent } from '../../../federation/wire/read-event.ts'
import { planSeries } from '../../../node/jobs/series/plan-series.ts'
import { createToken } from '../../../node/store/accounts/api-tokens.ts'
import { saveRecoveredCafe } from '../../../node/store/backup/recovered-cafes.ts'
import { unfollowCalendar } from '../../../node/store/cafes/followed-calendars.ts'
import { inTransaction } from '../../../node/store/database/database.ts'
import { listSeries } from '../../../node/store/series/series.ts'
import { signInByLink } from '../../support/admin.ts'
import { fieldsOf } from '../../support/browser.ts'
import { calendarOf } from '../../support/imports.ts'
import { removeCafe, reviseCafe, SOMEBODY } from '../../support/own-cafes.ts'
import {
  cafes,
  changes,
  event,
  follow,
  give,
  readIn,
  server,
  useCalendarServer,
} from './followed-calendar.ts'
import { days } from './imported.ts'

useCalendarServer()

const weekly = (...lines: string[]) => give(calendarOf(event(1, 'RRULE:FREQ=WEEKLY', ...lines)))

async function theSeries() {
  const all = await listSeries(server.context.db, server.organization.id, { limit: 9 })
  const [series] = all
  if (!series || all.length > 1) throw new Error(`one series expected, not ${all.length}`)
  return series
}

const plan = async () => {
  await planSeries(server.context)
  return days(await cafes()).at(-1)
}

test('a followed calendar makes a series, which it alone goes on with', async () => {
  await follow()
  await readIn({ seconds: 0 }, weekly())
  const { id, uri, source } = await theSeries()
  expect(source?.calendarId).toBeDefined()
  expect(new Set((await cafes()).map(({ series }) => series))).toEqual(new Set([uri]))
  const before = await changes()
  await readIn({ hours: 1 })
  expect(await changes()).toBe(before)

  const last = days(await cafes()).at(-1)
  server.advance({ hours: 24 * 7 })
  expect(await plan()).toBe(last)
  await readIn({ hours: 1 })
  expect(await plan()).not.toBe(last)

  const admin = await signInByLink(server)
  const path = `/administration/series/${id}`
  const page = await admin.get(path)
  expect(page.text).toContain('viennent d’un agenda que vous suivez')
  expect(page.text).not.toContain('name="act"')
  const version = (await theSeries()).updatedAt.toString()
  const blank = '/administration/cafes/nouveau'
  const { csrf = '' } = fieldsOf((await admin.get(blank)).text, blank)
  const { token } = await createToken(
    server.context.db,
    { organizationId: server.organization.id, label: 'test' },
    server.context.now(),
  )
  const asProgram = (method: string, address: string, body?: object) =>
    fetch(server.origin + address, {
      ...{ method, body: JSON.stringify(body) },
      headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
    })
  const api = `/api/v1/series/${id}`
  const own = await (await asProgram('GET', api)).json()
  const statuses = [
    (await asProgram('PUT', api, { ...own, title: 'Un autre titre' })).status,
    (await asProgram('POST', `${api}/cancel`, {})).status,
    (await asProgram('DELETE', api)).status,
    (await admin.post(path, { csrf, version, act: 'end', lastDay: '2027-01-06', confirmed: '1' }))
      .status,
  ]
  expect(statuses).toEqual([409, 409, 409, 409])
  expect((await theSeries()).content.title).toBe(own.title)
  const [, second] = await cafes()
  const form = `/administration/cafes/${second?.id}`
  const saved = await admin.submit(await admin.get(form), form, {
    title: 'À la main',
    save: 'publish',
  })
  expect(saved.status).toBe(303)
  await readIn({ hours: 1 }, weekly('SUMMARY:Le café du mercredi'))
  expect(new Set((await cafes()).slice(1).map(({ title }) => title))).toEqual(
    new Set(['À la main', 'Le café du mercredi']),
  )
  expect((await theSeries()).content.title).toBe('Le café du mercredi')
})

test('a series of a calendar is followed no more: it goes on here while it is held', async () => {
  const { db, now } = server.context
  const organizationId = server.organization.id
  const { id } = await follow()
  await readIn({ seconds: 0 }, weekly())
  const last = days(await cafes()).at(-1) ?? ''
  await unfollowCalendar(db, { id, organizationId }, now())
  expect((await theSeries()).source?.calendarId).toBeUndefined()
  server.advance({ hours: 24 * 7 })
  expect(await plan()).toBe(
    Temporal.PlainDateTime.from(last).add({ days: 7 }).toString().slice(0, 16),
  )

  const ended = await follow()
  await readIn({ seconds: 0 }, weekly('STATUS:CANCELLED'))
  await unfollowCalendar(db, { id: ended.id, organizationId }, now())
  const cancelled = days(await cafes()).at(-1)
  server.advance({ hours: 24 * 14 })
  expect(await plan()).toBe(cancelled)
})

test('no calendar puts dates into a series that was made here, whatever it calls its event', async () => {
  await follow()
  await readIn({ seconds: 0 }, weekly())
  const { uri } = await theSeries()
  await readIn(
    { hours: 1 },
    give(
      calendarOf(event(1, 'RRULE:FREQ=WEEKLY'), event(2, `UID:${uri}`, 'RRULE:FREQ=DAILY;COUNT=3')),
    ),
  )
  const ofSeries = (await cafes()).filter(({ series }) => series === uri)
  expect(ofSeries.every(({ uid }) => uid === 'cafe-1@ville.example')).toBe(true)
})

/** Loses all that the site has, and takes its cafés back from what it signed, as a directory keeps it. */
async function loseAndRecover() {
  const { context, organization, origin } = server
  const { db, now } = context
  const texts: ReturnType<typeof toEvent>[] = []
  for (const cafe of await cafes())
    texts.push(toEvent(cafe, origin, { ofSeries: await findDateOfSeries(db, cafe) }))
  for (const table of ['cafe', 'series', 'followed_calendar'] as const)
    await db.deleteFrom(table).execute()
  await inTransaction(db, async (trx) => {
    for (const text of texts.toReversed()) {
      const read = fromEvent(text, now())
      if ('refused' in read) throw new Error(read.refused)
      const organizer = { uri: `${origin}/actors/cafes`, name: organization.name, url: origin }
      const owner = { organizationId: organization.id, organizer, by: SOMEBODY }
      await saveRecoveredCafe(trx, { ...read, body: '{}' }, owner, now())
    }
  })
}

test('a calendar that is followed again after all was lost has each of its dates once', async () => {
  const { db, now } = server.context
  const agenda = (...lines: string[]) =>
    give(
      calendarOf(
        event(1, 'RRULE:FREQ=WEEKLY', ...lines),
        event(2),
        event(3, 'RRULE:FREQ=DAILY;COUNT=3', 'EXRULE:FREQ=DAILY;INTERVAL=2;COUNT=2'),
      ),
    )
  await follow()
  await readIn({ seconds: 0 }, agenda())
  const { id, uri } = await theSeries()
  const ofSeries = async () => (await cafes()).filter(({ series }) => series === uri)
  const [deleted, moved, named] = (await ofSeries()).slice(1)
  if (!deleted || !moved || !named) throw new Error('the series has no dates')
  await removeCafe(db, deleted.id, now())
  const startsAt = moved.startsAt.add({ hours: 1 })
  const later = { ...moved, startsAt, endsAt: startsAt.add({ hours: 1 }) }
  await reviseCafe(db, { id: moved.id, content: later }, now())
  await reviseCafe(db, { id: named.id, content: { ...named, title: 'À la main' } }, now())
  const briefly = async () =>
    (await cafes()).map(({ id, title, status, startsAt }) => [id, title, status, `${startsAt}`])
  const before = await briefly()

  await loseAndRecover()
  expect(await briefly()).toEqual(before)
  await plan()
  await follow()
  await readIn({ hours: 1 }, agenda())
  expect(await briefly()).toEqual(before)
  // The calendar goes on with its series, and changes what it brought.
  server.advance({ hours: 24 * 7 })
  await plan()
  await readIn({ hours: 1 }, agenda('LOCATION:Salle haute\\, 12 quai du Canal\\, 35000 Rennes'))
  const dates = await ofSeries()
  expect(await cafes()).toHaveLength(before.length + 1)
  expect(dates).toHaveLength(before.length - 1)
  expect(await theSeries()).toMatchObject({ id, source: { calendarId: expect.any(String) } })
  expect(dates[1]).toMatchObject({ id: moved.id, venue: { name: 'Salle haute' } })
})
