import { setImmediate } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { createTurns } from '../../federation/turns.ts'

test('who asks at once goes on one after the other, and everybody else in between', async () => {
  const turn = createTurns()
  const seen: (number | 'somebody else')[] = []
  let isOver = false
  const others = (async () => {
    while (!isOver) {
      await setImmediate()
      if (seen.at(-1) !== 'somebody else') seen.push('somebody else')
    }
  })()
  const numbers = Array.from({ length: 20 }, (_, number) => number)
  await Promise.all(numbers.map((number) => turn().then(() => seen.push(number))))
  isOver = true
  await others
  expect(seen.filter((one) => one !== 'somebody else')).toEqual(numbers)
  for (const [index, one] of seen.entries())
    if (one !== 'somebody else' && one > 0) expect(seen[index - 1]).toBe('somebody else')
})

test('who does not come to an end holds nobody up', async () => {
  const turn = createTurns()
  await turn()
  const endless = turn().then(() => new Promise(() => undefined))
  await turn()
  expect(await Promise.race([endless, turn().then(() => 'next')])).toBe('next')
})
