import { expect, test } from 'vitest'
import { listRanks } from '../../../node/domain/registrations/seating.ts'

const all = [
  { id: 'came first', side: 'onsite', state: 'confirmed' },
  { id: 'in the room', side: 'onsite', state: 'waiting' },
  { id: 'from afar', side: 'online', state: 'waiting' },
] as const

test.each([
  ['scheduled', 1],
  ['moved-online', 2],
] as const)('of two who wait at a café that is %s, the second has rank %i', (status, rank) => {
  const ranks = listRanks({ attendanceMode: 'mixed', status }, all)
  expect([...ranks]).toEqual([
    ['in the room', 1],
    ['from afar', rank],
  ])
})
