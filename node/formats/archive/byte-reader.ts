/** Reads bytes that arrive in pieces, in pieces of other lengths. */
export type ByteReader = {
  /** Reads exactly so many bytes; fewer only at the end. */
  take: (count: number) => Promise<Buffer>
  /** Iterates over so many bytes as they come; fewer only at the end. */
  stream: (count: number) => AsyncGenerator<Buffer>
  /** Closes their source. */
  close: () => Promise<void>
}

/**
 * Reads a stream in pieces of a chosen length. `take` returns fewer bytes, and `stream` yields fewer, where the source
 * ends before; whoever reads a fixed length compares. `close` ends the source early.
 */
export function createByteReader(source: AsyncIterable<Uint8Array>): ByteReader {
  const iterator = source[Symbol.asyncIterator]()
  let waiting: Buffer = Buffer.alloc(0)

  async function* stream(count: number): AsyncGenerator<Buffer> {
    let left = count
    while (left > 0) {
      if (waiting.length === 0) {
        const { done, value } = await iterator.next()
        if (done) return
        waiting = Buffer.from(value.buffer, value.byteOffset, value.byteLength)
      }
      const piece = waiting.subarray(0, left)
      waiting = waiting.subarray(piece.length)
      left -= piece.length
      if (piece.length > 0) yield piece
    }
  }

  return {
    stream,
    take: async (count) => Buffer.concat(await Array.fromAsync(stream(count))),
    close: async () => void (await iterator.return?.()),
  }
}
