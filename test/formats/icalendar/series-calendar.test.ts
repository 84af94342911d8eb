import ical from 'node-ical'
import { describe, expect, test } from 'vitest'
import { firstDatesOf, instantOf, type Recurrence } from '../../../node/domain/series/recurrence.ts'
import { toSeriesCalendar } from '../../../node/formats/icalendar/series-calendar.ts'
import { toZoneDefinition } from '../../../node/formats/icalendar/zone-definition.ts'
import { readByExpander } from '../../support/calendar-readers.ts'
import { aCafe } from '../../support/some-cafes.ts'

const ZONES = ['Europe/Paris', 'America/Miquelon', 'Pacific/Tahiti', 'Indian/Mayotte'] as const

const RULES: { [name: string]: Omit<Recurrence, 'start'> } = {
  weekly: { rrule: 'FREQ=WEEKLY;BYDAY=TH;COUNT=40', exclude: ['2026-12-24'], include: [] },
  until: { rrule: 'FREQ=WEEKLY;INTERVAL=2;BYDAY=TH;UNTIL=20270624', exclude: [], include: [] },
  monthly: {
    rrule: 'FREQ=MONTHLY;BYDAY=2TH;COUNT=10',
    ...{ exclude: [], include: ['2027-02-02', '2027-03-03T10:00'] },
  },
  skippedAndAdded: {
    rrule: 'FREQ=WEEKLY;BYDAY=TH;COUNT=4',
    ...{ exclude: [], include: ['2026-12-17', '2026-12-26'] },
  },
  listed: { rrule: undefined, exclude: [], include: ['2027-03-28', '2027-04-11T09:15'] },
}

const START = '2026-12-10T18:30'

const sampleAt = (timezone: string, start = START) => {
  const startsAt = instantOf(start, timezone)
  return aCafe({
    title: 'Café du jeudi',
    startsAt,
    endsAt: startsAt.add({ minutes: 90 }),
    timezone,
  })
}

describe.each(ZONES)('in %s', (timezone) => {
  test.each(Object.entries(RULES))('the dates of a %s series are read by others', (_, rule) => {
    const recurrence = { start: START, ...rule }
    const text = toSeriesCalendar({
      ...{ uid: 'serie@lieu.example', recurrence, timezone, sample: sampleAt(timezone) },
      words: 'tous les jeudis',
      dates: [],
    })
    const expected = firstDatesOf(recurrence).map((date) => instantOf(date, timezone).toString())
    expect(readByExpander(text).map(({ start }) => start)).toEqual(expected)
    expect(text.match(/^BEGIN:VTIMEZONE/gmu)).toHaveLength(1)
  })
})

test('a date that was moved or deleted is so for others', () => {
  const recurrence = {
    start: START,
    rrule: 'FREQ=WEEKLY;BYDAY=TH;COUNT=4',
    exclude: [],
    include: [],
  }
  const timezone = 'Europe/Paris'
  const moved = aCafe({
    title: 'Café du vendredi',
    startsAt: Temporal.Instant.from('2026-12-18T09:00:00Z'),
    endsAt: Temporal.Instant.from('2026-12-18T10:30:00Z'),
    timezone,
  })
  const text = toSeriesCalendar({
    ...{ uid: 'serie@lieu.example', recurrence, timezone, sample: sampleAt(timezone) },
    words: 'tous les jeudis',
    dates: [
      { date: '2026-12-10T18:30', cafe: sampleAt(timezone), isOtherwise: false },
      { date: '2026-12-17T18:30', cafe: moved, isOtherwise: true },
      { date: '2026-12-24T18:30', cafe: undefined, isOtherwise: false },
    ],
  })
  const shown = readByExpander(text).map(({ start, title }) => `${start} ${title}`)
  expect(shown).toEqual([
    '2026-12-10T17:30:00Z Café du jeudi',
    '2026-12-18T09:00:00Z Café du vendredi',
    '2026-12-31T17:30:00Z Café du jeudi',
  ])
  const event = Object.values(ical.sync.parseICS(text)).find((each) => each?.type === 'VEVENT')
  expect(Object.keys(event?.recurrences ?? {})).toContain('2026-12-17')
  expect(Object.keys(event?.exdate ?? {})).toContain('2026-12-24')
})

test.each([
  ['a rule', { start: '2026-12-17T18:00', rrule: 'FREQ=WEEKLY;COUNT=2', exclude: [], include: [] }],
  ['a list', { start: '2026-12-17T18:00', rrule: undefined, exclude: [], include: ['2026-12-24'] }],
])('the dates before those that were edited are in the calendar of %s too', (_, recurrence) => {
  const timezone = 'Europe/Paris'
  const text = toSeriesCalendar({
    ...{ uid: 'serie@lieu.example', recurrence, timezone, words: 'tous les jeudis' },
    sample: sampleAt(timezone, recurrence.start),
    dates: [
      { date: '2026-12-03T18:30', cafe: undefined, isOtherwise: false },
      { date: '2026-12-10T18:30', cafe: sampleAt(timezone), isOtherwise: false },
    ],
  })
  expect(readByExpander(text).map(({ start }) => start)).toContain('2026-12-10T17:30:00Z')
  expect(readByExpander(text)).toHaveLength(3)
})

test('the clocks of a zone are changed by a yearly rule, or never', () => {
  expect(toZoneDefinition('Europe/Paris', 2026)).toContain('RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU')
  const miquelon = toZoneDefinition('America/Miquelon', 2026)
  expect(miquelon).toContain('DTSTART:20260308T020000')
  expect(miquelon).toContain('RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU')
  expect(miquelon).toContain('RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU')
  expect(toZoneDefinition('Pacific/Tahiti', 2026)).not.toContain('RRULE')
})
