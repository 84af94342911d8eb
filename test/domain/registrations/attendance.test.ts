import { expect, test } from 'vitest'
import { attendanceOf, findNoShowRate } from '../../../node/domain/registrations/attendance.ts'

const one = (id: string, seats: number, state: 'confirmed' | 'cancelled' = 'confirmed') => ({
  ...{ id, seats, state },
})

test('who is on the list is present or absent; who is on no line is neither', () => {
  const all = [one('a', 2), one('b', 3), one('c', 1, 'cancelled'), one('d', 1)]
  const present = new Map([
    ['a', 1],
    ['b', 9],
    ['c', 1],
    ['gone', 4],
  ])
  expect(attendanceOf(all, { present, unregistered: 2 })).toEqual({
    ...{ participants: 7, absent: 1, unregistered: 2 },
  })
})

test('an average is told from three counts on, and without those who came unregistered', () => {
  const count = { participants: 11, absent: 2, unregistered: 3 }
  expect(findNoShowRate([count, count])).toBeUndefined()
  expect(findNoShowRate([count, count, count])).toBe(2)
  expect(findNoShowRate([])).toBeUndefined()
})
