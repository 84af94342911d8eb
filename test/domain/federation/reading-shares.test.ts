import { expect, test } from 'vitest'
import { chooseReading, type Requester } from '../../../node/domain/federation/reading-shares.ts'

const choose = (
  waiting: Requester[],
  running: Requester[] = [],
  turns: Partial<Record<Requester, number>> = {},
) =>
  chooseReading(
    waiting.map((requester) => ({ requester })),
    { running, lastTurn: (requester) => turns[requester] },
  )?.requester

const A = 'peer:a.test'
const B = 'peer:b.test'
const S = 'stranger:s.test'

test('the team is first, members and our own clock take turns, strangers are last', () => {
  expect(choose([S, A, 'self', 'team'])).toBe('team')
  expect(choose([S, A, 'self'], [], { [A]: 5, self: 4 })).toBe('self')
  expect(choose([S, A, B], [], { [A]: 5 })).toBe(B)
  expect(choose([S])).toBe(S)
})

test('nobody takes the places of the others', () => {
  expect(choose([A], [A, A])).toBeUndefined()
  expect(choose([A, B], [A, A])).toBe(B)
  expect(choose(['self'], ['self', 'self', 'self', 'self'])).toBeUndefined()
  expect(choose(['stranger:t.test'], [S, 'stranger:u.test'])).toBeUndefined()
  const seven: Requester[] = ['self', 'self', 'self', 'self', A, A, S]
  expect(choose([B], seven)).toBeUndefined()
  expect(choose([B, 'team'], seven)).toBe('team')
  expect(choose(['team'], [...seven, 'team'])).toBeUndefined()
})
