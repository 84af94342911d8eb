import { setTimeout } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { createPlaces } from '../../../federation/delivery/sending/places.ts'

test('a request without an answer leaves its place after a second, and keeps it at its host', async () => {
  const places = createPlaces()
  const taken = { host: 'silent.example', kind: 'cafe' } as const
  const giveBack = [places.take(taken, false), places.take(taken, true)]
  expect(places.free()).toMatchObject({ limit: { all: 30 }, failing: { all: 7 } })
  // Nobody waits for it yet when it is left.
  await setTimeout(1_100)
  await places.left()
  expect(places.free()).toMatchObject({ limit: { all: 32 }, failing: { all: 7 } })
  expect(places.free().busyHosts.get('silent.example')).toMatchObject({ all: 2 })
  for (const back of giveBack) back()
  expect(places.free()).toMatchObject({ limit: { all: 32 }, failing: { all: 8 } })
  expect(places.free().busyHosts.size).toBe(0)
})
