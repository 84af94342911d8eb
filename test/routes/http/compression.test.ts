import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { compress, decompress } from '../../../node/routes/http/compression.ts'

setFlagsFromString('--expose-gc')
const collect: (options?: { type: 'minor' }) => void = runInNewContext('gc')

const textOf = (bytes: number): Uint8Array<ArrayBuffer> => {
  const words = Array.from({ length: bytes / 5 }, (_, turn) => `mot${(turn * 7919) % 211} `)
  return new TextEncoder().encode(words.join('')).slice(0, bytes)
}

const UNPACK = { zstd: zstdDecompressSync, br: brotliDecompressSync, gzip: gunzipSync }

describe.each(['zstd', 'br', 'gzip'] as const)('a text as %s', (encoding) => {
  test.each([700, 30_000, 500_000])('of %d bytes comes back as it was', async (size) => {
    const text = textOf(size)
    const packed = await compress(text, encoding, 'light')
    expect(packed.byteLength).toBeLessThan(size)
    expect(new Uint8Array(UNPACK[encoding](packed))).toEqual(text)
    expect(new Uint8Array(await decompress(packed, encoding))).toEqual(text)
  })

  test.each([6_000, 500_000])(
    'of %d bytes holds no more memory than it has bytes',
    async (size) => {
      const packed = await compress(textOf(size), encoding, 'light')
      expect(packed.buffer.byteLength).toBe(packed.byteLength)
      const unpacked = await decompress(packed, encoding)
      expect(unpacked.buffer.byteLength).toBe(size)
    },
  )

  test('leaves behind less than a third of itself, before V8 collects everything', async () => {
    collect()
    const before = process.memoryUsage().arrayBuffers
    for (let turn = 0; turn < 200; turn++) {
      await compress(textOf(35_000), encoding, 'light')
      if (turn % 10 === 9) collect({ type: 'minor' })
    }
    for (let turn = 0; turn < 3; turn++) collect({ type: 'minor' })
    expect((process.memoryUsage().arrayBuffers - before) / 200).toBeLessThan(35_000 / 3)
  })
})
