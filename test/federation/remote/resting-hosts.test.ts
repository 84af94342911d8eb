import { expect, test } from 'vitest'
import { createRestingHosts, withoutResting } from '../../../federation/remote/resting-hosts.ts'

const start = Temporal.Instant.from('2026-11-27T09:00:00Z')

function atTime() {
  let now = start
  const hosts = createRestingHosts(() => now)
  const secondsLeft = (host: string, most?: number) =>
    hosts.until(host, most)?.since(now).total('seconds')
  return {
    hosts,
    secondsLeft,
    pass: (seconds: number) => {
      now = now.add({ seconds })
    },
    now: () => now,
  }
}

test('a host that did not answer rests longer each time, an hour at most, until it answers', () => {
  const { hosts, secondsLeft, pass, now } = atTime()
  const rests: unknown[] = []
  for (let i = 0; i < 8; i++) {
    const begun = now()
    pass(10)
    hosts.failed('dead.test', begun)
    rests.push(secondsLeft('dead.test'))
    pass(3600)
    expect(secondsLeft('dead.test')).toBeUndefined()
  }
  expect(rests).toEqual([10, 30, 90, 270, 810, 2430, 3600, 3600])
  expect(hosts.isFailing('dead.test')).toBe(true)
  hosts.answered('dead.test')
  expect(hosts.isFailing('dead.test')).toBe(false)
  expect(hosts.until('other.test')).toBeUndefined()
})

test('calls that fail at the same time count as one failure, and as none if another one was answered meanwhile', () => {
  const { hosts, secondsLeft, pass } = atTime()
  pass(10)
  for (let i = 0; i < 25; i++) hosts.failed('slow.test', start)
  expect(secondsLeft('slow.test')).toBe(10)
  pass(20)
  hosts.answered('busy.test')
  pass(5)
  hosts.failed('busy.test', start)
  expect(hosts.until('busy.test')).toBeUndefined()
})

test('a caller may cap the rest; a request to a resting host fails at once', async () => {
  const { hosts, secondsLeft, pass, now } = atTime()
  for (let i = 0; i < 8; i++) {
    hosts.failed('dead.test', now())
    pass(i < 7 ? 3600 : 60)
  }
  expect(secondsLeft('dead.test', 300)).toBe(240)
  let calls = 0
  const door = {
    get: () => Promise.reject(new Error('asked')),
    getJson: async () => {
      calls++
      return { url: '', json: {}, text: '' }
    },
    post: () => Promise.reject(new Error('asked')),
    check: () => undefined,
    close: async () => undefined,
  }
  const careful = withoutResting(door, hosts)
  await expect(careful.getJson('https://dead.test/x')).rejects.toThrow(/did not answer/)
  await careful.getJson('https://other.test/x')
  expect(calls).toBe(1)
})
