import { Duplex } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import {
  type BrotliOptions,
  brotliCompressSync,
  constants,
  createBrotliCompress,
  createBrotliDecompress,
  createGunzip,
  createGzip,
  createZstdCompress,
  createZstdDecompress,
  gzipSync,
  type ZlibOptions,
  type ZstdOptions,
  zstdCompressSync,
} from 'node:zlib'
import type { MiddlewareHandler } from 'hono'

export type Encoding = 'zstd' | 'br' | 'gzip'

/**
 * The encodings of what is compressed each time that it is made, the one with the least work first: zstd takes two
 * fifths of the processor time of br, for a fiftieth more bytes (RFC 8878).
 */
export const QUICK_FIRST = ['zstd', 'br', 'gzip'] as const

/** The encodings of what is compressed once, the one with the fewest bytes first. */
export const SHORT_FIRST = ['br', 'gzip', 'zstd'] as const

const pattern = (name: string): RegExp =>
  new RegExp(`(?:^|,)\\s*${name}\\s*(?:$|,|;(?!\\s*q=0(?:\\.0*)?\\s*(?:,|$)))`, 'i')

const PATTERNS: Record<Encoding, RegExp> = {
  zstd: pattern('zstd'),
  br: pattern('br'),
  gzip: pattern('gzip'),
}

/** Chooses the first of these encodings that `Accept-Encoding` allows; undefined for none (RFC 9110 §12.5.3). */
export const chooseEncoding = (
  accepted: string | undefined,
  among: readonly Encoding[],
): Encoding | undefined =>
  accepted === undefined ? undefined : among.find((encoding) => PATTERNS[encoding].test(accepted))

/**
 * Compresses a file for readers that accept it, while it is read and no faster than they take it: zlib's threads do the
 * work, and of each running file only its window is in memory. Its entity tag becomes a weak one (RFC 9110 §8.8.3.3);
 * parts of a file and what is compressed already pass unchanged.
 */
export const compressWhenAsked: MiddlewareHandler = async (c, next) => {
  await next()
  c.header('Vary', 'Accept-Encoding', { append: true })
  const encoding = chooseEncoding(c.req.header('Accept-Encoding'), QUICK_FIRST)
  const { body, headers, status } = c.res
  if (!encoding || !body || status !== 200 || c.req.method === 'HEAD') return
  if (headers.has('Content-Encoding')) return
  const etag = headers.get('ETag')
  const compressed = new Headers(headers)
  compressed.set('Content-Encoding', encoding)
  compressed.delete('Content-Length')
  if (etag && !etag.startsWith('W/')) compressed.set('ETag', `W/${etag}`)
  const compression = Duplex.toWeb(
    createCompression[encoding]('light', 0, STREAM_CHUNK),
  ) as ReadableWritablePair<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>
  c.res = undefined
  c.res = new Response(body.pipeThrough(compression), { headers: compressed })
}

/**
 * Texts up to this size are compressed at once, in two milliseconds at most: sending them to another thread and back
 * takes as much processor time again.
 */
const AT_ONCE = 128 * 1024

/**
 * The buffer that zlib writes into stays until V8 collects all garbage: with Node's 16 kB, it is most of what a page
 * takes.
 */
const CHUNK = 4096

const STREAM_CHUNK = 16 * 1024

type Effort = 'light' | 'hard'

/** A window of 256 KiB. */
const zstdOptions = (effort: Effort): ZstdOptions => ({
  chunkSize: CHUNK,
  params: {
    [constants.ZSTD_c_compressionLevel]: effort === 'hard' ? 19 : 3,
    [constants.ZSTD_c_windowLog]: 18,
  },
})

/**
 * The options for what is compressed at once: one table of 64 KiB, for a hundredth more bytes than level 3. The tables
 * are made anew each time, and those of level 3, some 400 KiB, take the system as long as the compression.
 */
const ZSTD_AT_ONCE: ZstdOptions = {
  chunkSize: CHUNK,
  params: {
    [constants.ZSTD_c_compressionLevel]: 2,
    [constants.ZSTD_c_hashLog]: 14,
    [constants.ZSTD_c_windowLog]: 18,
  },
}

const zipOptions = (effort: Effort): ZlibOptions => ({
  chunkSize: CHUNK,
  level: effort === 'hard' ? 9 : 5,
})

const brotliOptions = (effort: Effort, size: number): BrotliOptions => ({
  chunkSize: CHUNK,
  params: {
    [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
    // Quality 2 takes four fifths of the time of quality 3, for a hundredth more bytes.
    [constants.BROTLI_PARAM_QUALITY]: effort === 'hard' ? 10 : 2,
    // A larger window costs memory for each page that is being compressed, and no page of ours fills it.
    [constants.BROTLI_PARAM_LGWIN]: 18,
    [constants.BROTLI_PARAM_SIZE_HINT]: size,
  },
})

/** Makes a stream that compresses a text of this size, which is 0 where it is not known. */
const createCompression: Record<
  Encoding,
  (effort: Effort, size: number, chunkSize: number) => Duplex
> = {
  zstd: (effort, _, chunkSize) => createZstdCompress({ ...zstdOptions(effort), chunkSize }),
  br: (effort, size, chunkSize) =>
    createBrotliCompress({ ...brotliOptions(effort, size), chunkSize }),
  gzip: (effort, _, chunkSize) => createGzip({ ...zipOptions(effort), chunkSize }),
}

const compressAtOnce: Record<Encoding, (bytes: Uint8Array) => Buffer> = {
  zstd: (bytes) => zstdCompressSync(bytes, ZSTD_AT_ONCE),
  br: (bytes) => brotliCompressSync(bytes, brotliOptions('light', bytes.byteLength)),
  gzip: (bytes) => gzipSync(bytes, zipOptions('light')),
}

const createDecompression: Record<Encoding, () => Duplex> = {
  zstd: createZstdDecompress,
  br: createBrotliDecompress,
  gzip: createGunzip,
}

/** Compresses bytes. `hard` is for what is made once; pages are made again after each change. */
export async function compress(
  bytes: Uint8Array<ArrayBuffer>,
  encoding: Encoding,
  effort: Effort,
): Promise<Uint8Array<ArrayBuffer>> {
  const size = bytes.byteLength
  if (effort === 'hard' || size > AT_ONCE)
    return buffer(createCompression[encoding](effort, size, CHUNK).end(bytes))
  // The result is copied, since a short one is a view of a longer buffer, which would stay in memory.
  return new Uint8Array(compressAtOnce[encoding](bytes))
}

/** Decompresses what we compressed ourselves, without a limit. */
export const decompress = (
  bytes: Uint8Array<ArrayBuffer>,
  encoding: Encoding,
): Promise<Uint8Array<ArrayBuffer>> => buffer(createDecompression[encoding]().end(bytes))
