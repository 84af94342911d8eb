import { expect, test } from 'vitest'
import { createSignerKeys } from '../../../federation/gate/signer-keys.ts'

/** Makes the keys of a server whom nobody answers; returns what becomes of a fetch: 'asked' while it waits. */
function startFetching() {
  const keys = createSignerKeys({
    egress: { getJson: () => new Promise(() => undefined), check: () => undefined },
    sign: async () => ({}),
    listKeys: async () => [],
    now: () => Temporal.Now.instant(),
  })
  return (host: string, path: number, isMember = false) =>
    Promise.race([
      keys.fetch(`https://${host}/actors/${path}`, { isMember }),
      new Promise((resolve) => setImmediate(resolve, 'asked')),
    ])
}

test('one host has 32 fetches at most, member or not', async () => {
  const fetchFrom = startFetching()
  const outcomes = await Promise.all(
    Array.from({ length: 40 }, (_, n) => fetchFrom('a.example', n, n % 2 === 0)),
  )
  expect(outcomes.filter((outcome) => outcome === 'asked')).toHaveLength(32)
  expect(outcomes.filter((outcome) => outcome === 'busy')).toHaveLength(8)
})

test('strangers leave 32 of 128 fetches to members, who have no more than those', async () => {
  const fetchFrom = startFetching()
  const ask = (count: number, who: string, isMember: boolean) =>
    Promise.all(
      Array.from({ length: count }, (_, n) => fetchFrom(`${who}${n}.example`, n, isMember)),
    )
  const strangers = await ask(100, 'stranger', false)
  expect(strangers.filter((outcome) => outcome === 'asked')).toHaveLength(96)
  const members = await ask(40, 'member', true)
  expect(members.filter((outcome) => outcome === 'asked')).toHaveLength(32)
  expect(members.at(-1)).toBe('busy')
})
