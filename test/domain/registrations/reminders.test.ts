import { expect, test } from 'vitest'
import type { Reminder } from '../../../node/domain/cafes/cafe.ts'
import {
  findReminderTime,
  isReminderInTime,
  listDueReminders,
} from '../../../node/domain/registrations/reminders.ts'

const at = (text: string) => Temporal.Instant.from(text)
const cafe = (startsAt: string, timezone = 'Europe/Paris') => ({ startsAt: at(startsAt), timezone })
const evening = cafe('2026-12-09T17:30:00Z')

test.each([
  ['the day before, at eight by the clock of the place', evening, 'eve', '2026-12-08T07:00:00Z'],
  ['a week before', evening, 'week', '2026-12-02T07:00:00Z'],
  ['the same morning', evening, 'morning', '2026-12-09T07:00:00Z'],
  [
    'two hours before an early café',
    cafe('2026-12-09T07:30:00Z'),
    'morning',
    '2026-12-09T05:30:00Z',
  ],
  ['across a change of the clocks', cafe('2026-10-25T17:30:00Z'), 'eve', '2026-10-24T06:00:00Z'],
  [
    'on the other side of the world',
    cafe('2026-12-09T06:00:00Z', 'Pacific/Noumea'),
    'eve',
    '2026-12-07T21:00:00Z',
  ],
] as const)('a reminder is due %s', (_when, of, reminder, time) => {
  expect(findReminderTime(of, reminder).toString()).toBe(time)
})

test('those that are due follow each other, and each is too late after a time', () => {
  const all: Reminder[] = ['morning', 'week', 'eve']
  const due = (time: string) => listDueReminders(evening, all, at(time))
  expect(due('2026-12-02T06:59:59Z')).toEqual([])
  expect(due('2026-12-04T00:00:00Z')).toEqual(['week'])
  expect(due('2026-12-09T07:00:00Z')).toEqual(['week', 'eve', 'morning'])
  const inTime = (reminder: Reminder, time: string) => isReminderInTime(evening, reminder, at(time))
  expect(inTime('week', '2026-12-06T17:30:00Z')).toBe(true)
  expect(inTime('week', '2026-12-06T17:30:01Z')).toBe(false)
  expect(inTime('eve', '2026-12-09T16:30:00Z')).toBe(true)
  expect(inTime('morning', '2026-12-09T16:30:01Z')).toBe(false)
})
