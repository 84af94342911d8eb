import { describe, expect, test } from 'vitest'
import { HORIZON } from '../../../node/domain/cafes/horizon.ts'
import { ownFieldsOf } from '../../../node/domain/series/own-fields.ts'
import type { Series } from '../../../node/domain/series/series.ts'
import { toSeriesCalendar } from '../../../node/formats/icalendar/series-calendar.ts'
import { sampleOf } from '../../../node/routes/series/series-home.ts'
import { addRegistration, shareSeats } from '../../../node/store/registrations/seats.ts'
import { saveSeriesEdit } from '../../../node/store/series/edit-series.ts'
import { createSeries, planDates } from '../../../node/store/series/plan-dates.ts'
import { listMadeDates, listSeries } from '../../../node/store/series/series.ts'
import { calendarOf, eventOf, ORIGIN } from '../../support/imports.ts'
import { cancelCafe, removeCafe, reviseCafe, SOMEBODY } from '../../support/own-cafes.ts'
import { aSeries } from '../../support/some-series.ts'
import { LIBRARY } from '../../support/venues.ts'
import { days, here, onlyCafe, read, shown, standings, useImporter } from './imported.ts'

useImporter()

async function theSeries(): Promise<Series> {
  const [series, ...others] = await listSeries(here.db, here.organization.id, { limit: 9 })
  if (!series || others.length > 0) throw new Error(`one series expected, not ${others.length + 1}`)
  return series
}

describe('events that share their UID', () => {
  const on = (day: number) => eventOf(`DTSTART;TZID=Europe/Paris:202612${day}T183000`, 'DTEND:')

  test('are one café for each date, the same at each reading; one that goes is cancelled', async () => {
    expect(await read(on(10), on(17), on(24))).toEqual(['created', 'created', 'created'])
    expect(await read(on(24), on(10), on(17))).toEqual(['unchanged', 'unchanged', 'unchanged'])
    expect(await read(on(10), on(24))).toEqual(['unchanged', 'unchanged', 'cancelled (vanished)'])
    expect(await here.cafes()).toHaveLength(3)
  })

  test('become several where there was one, which stays', async () => {
    await read(on(10))
    expect(await read(on(10), on(17))).toEqual(['unchanged', 'created'])
  })

  test('and what is left aside says why', async () => {
    const over = eventOf(
      'UID:over',
      'DTSTART:20200103T173000Z',
      'DTEND:',
      'RRULE:FREQ=WEEKLY;COUNT=2',
    )
    expect(await read(on(10), on(10), over)).toEqual([
      ...['aside (repeated)', 'created', 'aside (no_date)'],
    ])
  })
})

describe('a series', () => {
  const weekly = (...lines: string[]) => eventOf('RRULE:FREQ=WEEKLY;COUNT=4', ...lines)

  test('is one café for each date until the horizon', async () => {
    await read(weekly('RRULE:FREQ=WEEKLY'))
    const cafes = await here.cafes()
    expect(days(cafes).at(0)).toBe('2026-12-03T18:30')
    expect(days(cafes).at(-1)).toBe('2027-01-21T18:30')
    expect(cafes).toHaveLength(8)
    const series = await theSeries()
    expect(series).toMatchObject({
      content: { title: 'Café IA du jeudi', minutes: 90 },
      recurrence: { start: '2026-12-03T18:30', rrule: 'FREQ=WEEKLY', exclude: [], include: [] },
    })
    expect(new Set(cafes.map((cafe) => cafe.series))).toEqual(new Set([series.uri]))
    const made = await listMadeDates(here.db, series.id)
    expect(made.map(({ date, own }) => [date, own])).toEqual(days(cafes).map((day) => [day, {}]))
  })

  test('that ends sooner, or moves to another day, cancels the dates that it no longer has', async () => {
    await read(weekly())
    expect(await read(weekly('RRULE:FREQ=WEEKLY;COUNT=2'))).toEqual([
      'unchanged',
      'unchanged',
      'cancelled (vanished)',
      'cancelled (vanished)',
    ])
    expect(await standings()).toEqual(['scheduled', 'scheduled', 'cancelled', 'cancelled'])
    expect(await read(weekly('RRULE:FREQ=WEEKLY;COUNT=2'))).toEqual(['unchanged', 'unchanged'])
    await read(weekly())
    expect(await standings()).toEqual(['scheduled', 'scheduled', 'scheduled', 'scheduled'])

    const before = await here.cafes()
    const fridays = weekly('DTSTART;TZID=Europe/Paris:20261204T183000', 'DTEND:')
    expect(await read(fridays)).toEqual(Array(4).fill('updated'))
    const held = await here.cafes()
    expect(held.map(({ id }) => id)).toEqual(before.map(({ id }) => id))
    expect(new Set(held.map(({ status }) => status))).toEqual(new Set(['rescheduled']))
    expect(days(held)).toEqual([
      '2026-12-04T18:30',
      '2026-12-11T18:30',
      '2026-12-18T18:30',
      '2026-12-25T18:30',
    ])
  })

  test('that has an end is there whole, and loses what it no longer has, however far', async () => {
    expect(await read(weekly('RRULE:FREQ=WEEKLY;COUNT=30'))).toEqual(Array(30).fill('created'))
    expect(days(await here.cafes()).at(-1)).toBe('2027-06-24T18:30')
    // A rule without an end says nothing of what is beyond sixty days.
    expect(await read(weekly('RRULE:FREQ=WEEKLY'))).toEqual(Array(8).fill('unchanged'))
    const shorter = await read(weekly('RRULE:FREQ=WEEKLY;COUNT=28'))
    expect(shorter.slice(-2)).toEqual(['cancelled (vanished)', 'cancelled (vanished)'])
  })

  test('whose dates are all later or over says which', async () => {
    const later = ['DTSTART;TZID=Europe/Paris:20280106T183000', 'DTEND:']
    expect(await read(weekly(...later))).toEqual(['aside (later)'])
    expect(await read(weekly('DTSTART:20200103T173000Z', 'DTEND:'))).toEqual(['aside (no_date)'])
    const yearly = weekly('RRULE:FREQ=YEARLY;COUNT=3')
    expect(await read(yearly)).toEqual(['created', 'aside (later)'])
  })

  test('and an event of one UID in two VCALENDARs settle, whichever comes first', async () => {
    const [series, event] = [weekly('RRULE:FREQ=WEEKLY;COUNT=2'), eventOf('SUMMARY:Une fois')]
    await here.read(calendarOf(series) + calendarOf(event))
    const before = await here.state()
    await here.read(calendarOf(event) + calendarOf(series))
    await here.read(calendarOf(series) + calendarOf(event))
    expect(await here.state()).toBe(before)
  })

  test('keeps its past dates, and those of a file that does not speak of it', async () => {
    await read(weekly())
    here.advance({ hours: 24 * 10 })
    await read(eventOf('UID:other', 'DTSTART:20261220T170000Z', 'DTEND:'))
    expect(await standings()).toEqual(Array(5).fill('scheduled'))
    await read(weekly('RRULE:FREQ=WEEKLY;COUNT=1'))
    expect(await standings()).toEqual([
      'scheduled',
      'cancelled',
      'cancelled',
      'scheduled',
      'cancelled',
    ])
  })

  test('keeps the dates that the file cannot say', async () => {
    await read(weekly())
    for (const rule of ['FREQ=SECONDLY', 'FREQ=WEEKLY;COUNT=-1']) {
      const [outcome] = await read(weekly(`RRULE:${rule}`))
      expect(outcome).toBe('failed')
    }
    expect(await standings().then((all) => all.includes('cancelled'))).toBe(false)
  })

  test('without one date cancels that date, and holds it again when it is back', async () => {
    await read(weekly())
    const without = weekly('EXDATE;TZID=Europe/Paris:20261210T183000')
    await read(without)
    expect(await standings()).toEqual(['scheduled', 'cancelled', 'scheduled', 'scheduled'])
    const before = await here.state()
    await read(without)
    expect(await here.state()).toBe(before)
    await read(weekly())
    expect(await standings()).toEqual(['scheduled', 'scheduled', 'scheduled', 'scheduled'])
  })

  test('that begins with an event announced before keeps that event, and gives it back', async () => {
    await read(eventOf())
    const { id } = await onlyCafe()
    expect(await read(weekly())).toEqual(['unchanged', 'created', 'created', 'created'])
    expect((await here.cafes())[0]).toMatchObject({ id, status: 'scheduled' })
    expect(await read(eventOf())).toEqual([
      'unchanged',
      'cancelled (vanished)',
      'cancelled (vanished)',
      'cancelled (vanished)',
    ])
    expect((await here.cafes())[0]).toMatchObject({ id, status: 'scheduled' })
  })
})

describe('a series that was imported goes on here', () => {
  const endless = (...lines: string[]) => eventOf('RRULE:FREQ=WEEKLY', ...lines)
  const home = {
    organizer: { uri: `${ORIGIN}/actors/cafes`, name: 'Médiathèque du Canal', url: `${ORIGIN}/` },
    ...{ origin: ORIGIN, horizon: HORIZON },
  }
  /** Lets ten days pass, in which the nightly job makes what comes within the horizon. */
  const passTenDays = async () => {
    here.advance({ hours: 240 })
    const series = await theSeries()
    await planDates(here.db, { series, home, by: SOMEBODY }, here.now())
    return series
  }
  const editSeries = async (change: (series: Series) => Partial<Series>) =>
    saveSeriesEdit(
      here.db,
      {
        ...{ id: (await theSeries()).id, by: SOMEBODY, seen: undefined, home },
        decide: (series) => ({ value: { ...series, ...change(series) } }),
      },
      here.now(),
    )
  const titles = async () => (await here.cafes()).map(({ title }) => title)
  const changeThird = async (title: string) => {
    const [, , third] = await here.cafes()
    if (!third) throw new Error('no café')
    await reviseCafe(here.db, { id: third.id, content: { ...third, title } }, here.now())
    return third
  }

  test('and the file that is read again finds what was planned meanwhile', async () => {
    await read(endless())
    await passTenDays()
    expect(days(await here.cafes()).at(-1)).toBe('2027-01-28T18:30')
    const before = await here.state()
    expect(await read(endless())).toEqual(Array(8).fill('unchanged'))
    expect(await here.state()).toBe(before)
    // What the file no longer has is cancelled, whoever made it.
    const until = await read(endless('RRULE:FREQ=WEEKLY;UNTIL=20270115T000000Z'))
    expect(until.slice(-2)).toEqual(['cancelled (vanished)', 'cancelled (vanished)'])
    expect((await theSeries()).recurrence.rrule).toBe('FREQ=WEEKLY;UNTIL=20270114')
  })

  test('at the hour that the team gave it: the file, which says nothing new, doubles nothing', async () => {
    await read(endless())
    await editSeries(({ recurrence }) => ({
      recurrence: { ...recurrence, start: '2026-12-03T19:00' },
    }))
    await passTenDays()
    const before = await here.state()
    expect(await read(endless())).toEqual([...Array(7).fill('unchanged'), 'aside (planned_here)'])
    expect(await here.state()).toBe(before)
    // Its new hour is where everybody goes.
    await read(endless('DTSTART;TZID=Europe/Paris:20261203T170000', 'DTEND:'))
    const held = (await here.cafes()).filter(({ status }) => status !== 'cancelled')
    expect(
      new Set(
        days(held)
          .slice(2)
          .map((day) => day.slice(11)),
      ),
    ).toEqual(new Set(['17:00']))
  })

  test('and the calendar file of a series that was planned here brings nothing', async () => {
    const blank = aSeries(here.now(), {}, { organizationId: here.organization.id })
    const series = { ...blank, content: { ...blank.content, venue: LIBRARY } }
    await createSeries(here.db, { series, home, by: SOMEBODY }, here.now())
    const dates = (await listMadeDates(here.db, series.id)).map(({ date, cafe }) => ({
      ...{ date, cafe, isOtherwise: false },
    }))
    const { uri: uid, recurrence, timezone } = series
    const sample = sampleOf(series, home.organizer)
    const words = 'tous les jeudis'
    const file = toSeriesCalendar({ uid, recurrence, timezone, words, sample, dates })
    const before = await here.state()
    expect(new Set(shown(await here.read(file)))).toEqual(new Set(['aside (planned_here)']))
    expect(await here.state()).toBe(before)
  })

  test('on another day: who has a seat keeps it, and is told of the new date', async () => {
    await read(endless())
    const [, second, third] = await here.cafes()
    if (!second || !third) throw new Error('no café')
    const registration = { mode: 'local', url: undefined, capacity: 12, waitlist: true } as const
    const content = { ...second, registration: { ...registration, seatsLeft: 12 } }
    await reviseCafe(here.db, { id: second.id, content }, here.now())
    await cancelCafe(here.db, { id: third.id, reason: 'Fermé' }, here.now())
    await shareSeats({ db: here.db, now: here.now }, second.id, async (seating) => {
      await addRegistration(seating, {
        ...{ side: 'onsite', seats: 2, name: 'Aline', email: 'aline@exemple.example', needs: [] },
        ...{ phone: undefined, actorUri: undefined, source: 'team', isByAdult: false },
        formToken: undefined,
      })
    })
    const fridays = endless('DTSTART;TZID=Europe/Paris:20261204T183000', 'DTEND:')
    await read(fridays)
    const cafes = await here.cafes()
    const moved = cafes.find(({ id }) => id === second.id)
    expect(moved && days([moved])).toEqual(['2026-12-11T18:30'])
    expect(moved?.registration.seatsLeft).toBe(10)
    const told = await here.db.selectFrom('mail').select(['recipient', 'template']).execute()
    expect(told).toContainEqual({
      ...{ recipient: 'aline@exemple.example', template: 'registration-change' },
    })
    // What was called off here stays so, and its week has the date of the new rule.
    const held = cafes.filter(({ status }) => status !== 'cancelled')
    expect(held.find(({ id }) => id === third.id)).toBeUndefined()
    expect(new Set(days(held).map((day) => day.slice(0, 10))).size).toBe(8)
    const before = await here.state()
    expect(new Set(await read(fridays))).toEqual(new Set(['unchanged']))
    expect(await here.state()).toBe(before)
  })

  test('with the new words of the file, but on the date that was changed by hand', async () => {
    await read(endless())
    const { id } = await changeThird('Le café de Noël')
    const outcomes = await read(endless('SUMMARY:Café IA du soir'))
    expect(outcomes).toEqual([
      ...['updated', 'updated', 'unchanged (kept)', 'updated', 'updated', 'updated', 'updated'],
      'updated',
    ])
    const series = await theSeries()
    expect(series.content.title).toBe('Café IA du soir')
    expect(new Set(await titles())).toEqual(new Set(['Café IA du soir', 'Le café de Noël']))
    const dates = await listMadeDates(here.db, series.id)
    expect(dates.filter(({ own }) => ownFieldsOf(own).length > 0)).toMatchObject([
      { cafe: { id }, own: { title: 'Café IA du soir' } },
    ])
  })

  test('without the date that was deleted here', async () => {
    await read(endless())
    const [, second] = await here.cafes()
    await removeCafe(here.db, second?.id ?? '', here.now())
    expect((await read(endless()))[1]).toBe('aside (planned_here)')
    expect(await here.cafes()).toHaveLength(7)
  })

  test('with dates of its own for what one event says otherwise, however far that is', async () => {
    const of = (day: string, ...lines: string[]) =>
      eventOf(`RECURRENCE-ID;TZID=Europe/Paris:${day}T183000`, ...lines)
    await read(
      endless('EXDATE;TZID=Europe/Paris:20261224T183000,20270318T183000'),
      of('20261210', 'DTSTART;TZID=Europe/Paris:20261210T140000', 'DTEND:', 'SUMMARY:À 14 h'),
      of('20261231', 'STATUS:CANCELLED'),
      of(
        '20270401',
        'SUMMARY:Un premier avril',
        'DTSTART;TZID=Europe/Paris:20270401T183000',
        'DTEND:',
      ),
      of('20270408', 'STATUS:CANCELLED'),
    )
    const series = await theSeries()
    expect(series.recurrence.exclude).toEqual([
      ...['2026-12-24', '2026-12-31', '2027-03-18', '2027-04-08'],
    ])
    const made = await listMadeDates(here.db, series.id)
    expect(made.map(({ date, own }) => [date.slice(0, 10), ownFieldsOf(own)])).toEqual([
      ['2026-12-03', []],
      ['2026-12-10', ['title', 'startsAt']],
      ...['2026-12-17', '2027-01-07', '2027-01-14', '2027-01-21'].map((day) => [day, []]),
      ['2027-04-01', ['title']],
    ])
  })

  test('but not where its rule is none that a series of ours can have', async () => {
    const twice = [...eventOf('RRULE:FREQ=WEEKLY;COUNT=2'), 'RRULE:FREQ=MONTHLY;COUNT=2']
    expect(new Set(await read(twice))).toEqual(new Set(['created (apart)']))
    expect(await read(eventOf('UID:rdate', 'RDATE;TZID=Europe/Paris:20261204T183000'))).toEqual([
      ...['created (apart)', 'created (apart)'],
    ])
    expect(await listSeries(here.db, here.organization.id, { limit: 9 })).toEqual([])
  })
})
