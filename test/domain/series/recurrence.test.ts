import { describe, expect, test } from 'vitest'
import { ownFieldsOf } from '../../../node/domain/series/own-fields.ts'
import {
  datesOf,
  findDateFrom,
  firstDatesOf,
  instantOf,
  type Recurrence,
} from '../../../node/domain/series/recurrence.ts'

const THURSDAYS: Recurrence = {
  ...{ start: '2026-12-10T18:30', rrule: 'FREQ=WEEKLY;BYDAY=TH', exclude: [], include: [] },
}

describe('the dates of a series', () => {
  test('are those of its rule, without what is skipped and with what is added', () => {
    const recurrence = {
      ...THURSDAYS,
      exclude: ['2026-12-24', '2026-12-31'],
      include: ['2026-12-22', '2026-12-28T10:00'],
    }
    expect(datesOf(recurrence, '2026-12-01', '2027-01-07')).toEqual([
      ...['2026-12-10T18:30', '2026-12-17T18:30', '2026-12-22T18:30', '2026-12-28T10:00'],
      '2027-01-07T18:30',
    ])
    expect(findDateFrom(recurrence, '2026-12-23')).toBe('2026-12-28T10:00')
    expect(findDateFrom({ ...recurrence, include: [] }, '2026-12-18')).toBe('2027-01-07T18:30')
  })

  test('are the first ones where there are more than a series may have', () => {
    expect(firstDatesOf({ ...THURSDAYS, rrule: 'FREQ=DAILY;COUNT=10000' })).toHaveLength(401)
    expect(firstDatesOf({ ...THURSDAYS, rrule: 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30' })).toEqual([])
  })

  test('are listed one by one where no rule gives them', () => {
    const listed = { ...THURSDAYS, rrule: undefined, include: ['2027-01-09', '2027-02-13T10:00'] }
    expect(firstDatesOf(listed)).toEqual([
      ...['2026-12-10T18:30', '2027-01-09T18:30', '2027-02-13T10:00'],
    ])
  })

  test('keep their hour where the clocks are changed; one that is left out that night is the next', () => {
    const [before, after] = ['2027-03-25T18:30', '2027-04-01T18:30'].map((date) =>
      instantOf(date, 'Europe/Paris').toString(),
    )
    expect([before, after]).toEqual(['2027-03-25T17:30:00Z', '2027-04-01T16:30:00Z'])
    expect(instantOf('2027-03-28T02:30', 'Europe/Paris').toString()).toBe('2027-03-28T01:30:00Z')
  })
})

test('the fields of a date that were changed by hand have names', () => {
  expect(ownFieldsOf({ title: 'L’IA à notre table', startsAt: null })).toEqual([
    'title',
    'startsAt',
  ])
})
