import { setTimeout } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { createPacedStream } from '../../../node/routes/http/paced-stream.ts'
import { MEASURED } from '../../support/measured.ts'

/** Returns chunks of a kilobyte without end, and a count of them. */
function endless() {
  const made = { chunks: 0, isOver: false }
  async function* write() {
    try {
      for (;;) {
        made.chunks += 1
        yield 'x'.repeat(1024)
      }
    } finally {
      made.isOver = true
    }
  }
  return { made, texts: write() }
}

const PACE = { grace: 50, bytesPerSecond: 100_000 }

test('only one chunk is made before the reader takes it', async () => {
  const { made, texts } = endless()
  const reader = createPacedStream(texts).getReader()
  await setTimeout(20)
  expect(made.chunks).toBe(1)
  await reader.read()
  await setTimeout(20)
  expect(made.chunks).toBe(2)
  await reader.cancel()
  expect(made.isOver).toBe(true)
})

test('a reader that takes nothing is disconnected, and its memory is freed', async () => {
  const { made, texts } = endless()
  const reader = createPacedStream(texts, PACE).getReader()
  await setTimeout(200)
  expect(made.isOver).toBe(true)
  await expect(reader.read()).rejects.toThrow('too long')
})

test('a reader that is slow but steady gets everything', MEASURED, async () => {
  async function* forty() {
    for (let count = 0; count < 40; count++) yield 'x'.repeat(4096)
  }
  // The grace is longer than this process may be blocked, and much shorter than the reading takes.
  const pace = { ...PACE, grace: 150 }
  let bytes = 0
  const reader = createPacedStream(forty(), pace).getReader()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) break
    bytes += value.byteLength
    await setTimeout(10)
  }
  expect(bytes).toBe(40 * 4096)
})
