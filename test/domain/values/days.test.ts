import { expect, test } from 'vitest'
import { readDay, weeksOf } from '../../../node/domain/values/days.ts'

const month = (text: string) => Temporal.PlainYearMonth.from(text)
const days = (text: string) => weeksOf(month(text)).map((week) => week.map((day) => day?.day ?? 0))

test('weeks begin on Monday, and every one has seven cells', () => {
  expect(days('2026-12')).toEqual([
    [0, 1, 2, 3, 4, 5, 6],
    [7, 8, 9, 10, 11, 12, 13],
    [14, 15, 16, 17, 18, 19, 20],
    [21, 22, 23, 24, 25, 26, 27],
    [28, 29, 30, 31, 0, 0, 0],
  ])
})

test('a month may fill its weeks, and February may have 29 days', () => {
  expect(days('2027-02')).toHaveLength(4)
  expect(days('2028-02').flat().filter(Boolean)).toHaveLength(29)
  expect(days('2026-08')).toHaveLength(6)
})

test('a day is read as date fields send it, and only where a calendar has it', () => {
  expect(readDay('2028-02-29')?.toString()).toBe('2028-02-29')
  for (const wrong of [
    '',
    '2026-02-29',
    '2026-02-31',
    '2026-13-01',
    '20261203',
    '3/12/2026',
    '2026-12-03T10:00',
  ])
    expect(readDay(wrong), wrong).toBeUndefined()
})
