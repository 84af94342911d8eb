import { expect, test } from 'vitest'
import { skipDay } from '../../../node/domain/series/changes.ts'
import { dayOf, firstDatesOf } from '../../../node/domain/series/recurrence.ts'
import { parseRecurrence } from '../../../node/domain/series/recurrence-input.ts'

const asked = { start: '2026-12-10T18:30', timezone: 'Europe/Paris' }
const now = Temporal.Instant.from('2026-12-01T09:00:00Z')
const read = (body: unknown) => parseRecurrence(body, { ...asked, now })
const daysAfter = (days: number) =>
  Array.from({ length: days }, (_, at) =>
    Temporal.PlainDate.from('2026-12-11').add({ days: at }).toString(),
  )

test.each([
  ['a rule', { rrule: ' rrule:freq=weekly;byday=th;' }, { rrule: 'FREQ=WEEKLY;BYDAY=TH' }],
  [
    'a last day in UTC',
    { rrule: 'FREQ=WEEKLY;UNTIL=20270617T163000Z' },
    { rrule: 'FREQ=WEEKLY;UNTIL=20270617' },
  ],
  [
    'one before the hour of that day',
    { rrule: 'FREQ=WEEKLY;UNTIL=20270617T000000' },
    { rrule: 'FREQ=WEEKLY;UNTIL=20270616' },
  ],
  [
    'no rule',
    { include: ['2027-01-09', '2026-12-12T10:00', '2027-01-09'] },
    { rrule: undefined, include: ['2026-12-12T10:00', '2027-01-09'] },
  ],
  [
    'times with an offset',
    { rrule: 'FREQ=WEEKLY', exclude: ['2026-12-17T17:30:00Z'], include: ['2026-12-12T09:00:00Z'] },
    { exclude: ['2026-12-17'], include: ['2026-12-12T10:00'] },
  ],
  [
    'a rule without an end',
    { rrule: 'FREQ=MONTHLY;BYDAY=1TU' },
    { rrule: 'FREQ=MONTHLY;BYDAY=1TU' },
  ],
  ['nothing', undefined, { rrule: undefined, exclude: [], include: [] }],
])('%s is understood', (_, body, expected) => {
  expect(read(body).recurrence).toMatchObject(expected)
})

test.each([
  ['no frequency', { rrule: 'BYDAY=TH' }, 'rrule invalid'],
  ['an hour of its own', { rrule: 'FREQ=DAILY;BYHOUR=9,10' }, 'rrule invalid BYHOUR=9,10'],
  ['a part that does not exist', { rrule: 'FREQ=DAILY;BYMOON=1' }, 'rrule invalid BYMOON=1'],
  [
    'an end twice',
    { rrule: 'FREQ=DAILY;COUNT=3;UNTIL=20270101' },
    'rrule invalid COUNT=3;UNTIL=20270101',
  ],
  [
    'a last day that does not exist',
    { rrule: 'FREQ=DAILY;UNTIL=20270231' },
    'rrule invalid UNTIL=20270231',
  ],
  ['every second', { rrule: 'FREQ=SECONDLY' }, 'rrule invalid FREQ=SECONDLY'],
  ['ten thousand dates', { rrule: 'FREQ=DAILY;COUNT=10000' }, 'rrule too_many_dates 400'],
  ['a far end', { rrule: 'FREQ=DAILY;UNTIL=20990101' }, 'rrule too_many_dates 400'],
  ['no date ever', { rrule: 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30' }, 'rrule no_date'],
  ['an end before the beginning', { rrule: 'FREQ=WEEKLY;UNTIL=20261201' }, 'rrule no_date'],
  [
    'all of its dates left out',
    { rrule: 'FREQ=WEEKLY;COUNT=1', exclude: ['2026-12-10'] },
    'rrule no_date',
  ],
  [
    'a day left out that it has not',
    { rrule: 'FREQ=WEEKLY', exclude: ['2026-12-18'] },
    'exclude not_of_series 2026-12-18',
  ],
  ['a date that does not exist', { include: ['2027-02-30'] }, 'include not_a_date 2027-02-30'],
  ['no date at all', { include: ['jeudi'] }, 'include not_a_date jeudi'],
  ['a past date', { include: ['2026-11-26'] }, 'include in_the_past 2026-11-26'],
  ['more listed dates than that', { include: daysAfter(400) }, 'include too_many_dates 400'],
  ['still more', { include: daysAfter(401) }, 'include too_many 400'],
  ['another form', { include: 'tous les jeudis' }, 'include invalid'],
])('%s is refused beside its field', (_, body, expected) => {
  const [first] = read(body).problems ?? []
  expect(
    [first?.field.replace('recurrence.', ''), first?.code, first?.detail].filter(Boolean).join(' '),
  ).toMatch(expected)
})

test('a field that does not exist, and what is no recurrence, are refused', () => {
  expect(read({ rule: 'FREQ=DAILY' }).problems).toEqual([
    { field: 'recurrence', code: 'unknown_field' },
  ])
  expect(read('FREQ=DAILY').problems).toEqual([{ field: 'recurrence', code: 'invalid' }])
})

test('a rule of the worst kind is understood or refused within a moment', () => {
  const days = Array.from({ length: 31 }, (_, at) => at + 1).join(',')
  const start = performance.now()
  for (const rrule of [
    `FREQ=YEARLY;BYMONTHDAY=${days};BYSETPOS=366;BYMONTH=2`,
    'FREQ=YEARLY;INTERVAL=9999;BYYEARDAY=366;COUNT=399',
    'FREQ=DAILY;INTERVAL=9999;BYMONTH=2;BYMONTHDAY=29;BYDAY=MO',
  ])
    read({ rrule })
  expect(performance.now() - start).toBeLessThan(2000)
})

test('as many days as may be left out, far ahead, are found within a moment', () => {
  const first = Temporal.PlainDate.from('2060-01-01')
  const exclude = Array.from({ length: 400 }, (_, days) => first.add({ days }).toString())
  const start = performance.now()
  expect(read({ rrule: 'FREQ=DAILY', exclude }).recurrence?.exclude).toEqual(exclude)
  expect(performance.now() - start).toBeLessThan(2000)
})

test('the first date after as many days as may be left out is found within a moment', () => {
  const weeks = Array.from({ length: 53 }, (_, at) => at + 1).join(',')
  const rrule = `FREQ=YEARLY;BYWEEKNO=${weeks};BYDAY=MO,TU,WE,TH,FR`
  const rule = { start: asked.start, rrule, exclude: [], include: [] }
  const exclude = firstDatesOf(rule, 400).map(dayOf)
  const start = performance.now()
  expect(read({ rrule, exclude }).recurrence?.exclude).toEqual(exclude)
  expect(performance.now() - start).toBeLessThan(2000)
})

test('days may be left out that are seventy years apart', () => {
  const exclude = ['2026-12-11', '2099-01-01']
  expect(read({ rrule: 'FREQ=DAILY', exclude }).recurrence?.exclude).toEqual(exclude)
})

test('what is left of a series without a day that was added may be said as it is', () => {
  const { rrule, exclude, include } = skipDay(
    { start: asked.start, rrule: 'FREQ=WEEKLY', exclude: [], include: ['2026-12-12'] },
    '2026-12-12',
  )
  expect(read({ rrule, exclude, include }).problems).toBeUndefined()
})
