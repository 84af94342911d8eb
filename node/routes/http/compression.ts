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
  gzipSync,
  type ZlibOptions,
} from 'node:zlib'
import type { MiddlewareHandler } from 'hono'

/** In the order in which we prefer them. */
const ENCODINGS = ['br', 'gzip'] as const

export type Encoding = (typeof ENCODINGS)[number]

const pattern = (name: string): RegExp =>
  new RegExp(`(?:^|,)\\s*${name}\\s*(?:$|,|;(?!\\s*q=0(?:\\.0*)?\\s*(?:,|$)))`, 'i')

const PATTERNS: Record<StreamEncoding, RegExp> = {
  br: pattern('br'),
  gzip: pattern('gzip'),
  zstd: pattern('zstd'),
}

/** How to send a text by `Accept-Encoding`; undefined: as it is (RFC 9110 §12.5.3). */
export const chooseEncoding = (accepted: string | undefined): Encoding | undefined =>
  accepted === undefined
    ? undefined
    : ENCODINGS.find((encoding) => PATTERNS[encoding].test(accepted))

/** Of files as long as they come: zstd takes a fifth of the processor that br takes (RFC 8878). */
const STREAMED = ['zstd', 'br', 'gzip'] as const

type StreamEncoding = (typeof STREAMED)[number]

const createCompression: Record<StreamEncoding, () => Duplex> = {
  zstd: () => createZstdCompress({ chunkSize: STREAM_CHUNK, params: ZSTD_PARAMS }),
  br: () => createBrotliCompress({ ...brotliOptions('light', 0), chunkSize: STREAM_CHUNK }),
  gzip: () => createGzip({ ...zipOptions('light'), chunkSize: STREAM_CHUNK }),
}

/**
 * Sends a file compressed to who takes it so, while it is read and no faster than it is taken: the work is that of
 * zlib's threads, and of each file under way no more than its window is in memory. Its entity tag becomes a weak one
 * (RFC 9110 §8.8.3.3); parts of a file and what is compressed already pass as they are.
 */
export const compressWhenAsked: MiddlewareHandler = async (c, next) => {
  await next()
  c.header('Vary', 'Accept-Encoding', { append: true })
  const accepted = c.req.header('Accept-Encoding')
  const encoding = STREAMED.find((name) => accepted !== undefined && PATTERNS[name].test(accepted))
  const { body, headers, status } = c.res
  if (!encoding || !body || status !== 200 || c.req.method === 'HEAD') return
  if (headers.has('Content-Encoding')) return
  const etag = headers.get('ETag')
  const compressed = new Headers(headers)
  compressed.set('Content-Encoding', encoding)
  compressed.delete('Content-Length')
  if (etag && !etag.startsWith('W/')) compressed.set('ETag', `W/${etag}`)
  const compression = Duplex.toWeb(createCompression[encoding]()) as ReadableWritablePair<
    Uint8Array<ArrayBuffer>,
    Uint8Array<ArrayBuffer>
  >
  c.res = undefined
  c.res = new Response(body.pipeThrough(compression), { headers: compressed })
}

/** Up to here, two milliseconds at most: to send it to another thread and back takes as much processor again. */
const AT_ONCE = 128 * 1024

/** What zlib writes into stays until V8 collects everything: with Node's 16 kB, that is most of what a page takes. */
const chunkSize = 4096

const STREAM_CHUNK = 16 * 1024

/** Level 3 with a window of 256 KiB. */
const ZSTD_PARAMS = {
  [constants.ZSTD_c_compressionLevel]: 3,
  [constants.ZSTD_c_windowLog]: 18,
}

type Effort = 'light' | 'hard'

const zipOptions = (effort: Effort): ZlibOptions => ({
  chunkSize,
  level: effort === 'hard' ? 9 : 5,
})

const brotliOptions = (effort: Effort, size: number): BrotliOptions => ({
  chunkSize,
  params: {
    [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
    // Of a page 3 takes a little more than half of the time that 4 takes, for a twentieth more bytes.
    [constants.BROTLI_PARAM_QUALITY]: effort === 'hard' ? 10 : 3,
    // A larger window costs memory for each page under way, and no page of ours fills it.
    [constants.BROTLI_PARAM_LGWIN]: 18,
    [constants.BROTLI_PARAM_SIZE_HINT]: size,
  },
})

/** `hard` for what is made once; pages are made again after each change. */
export async function compress(
  bytes: Uint8Array<ArrayBuffer>,
  encoding: Encoding,
  effort: Effort,
): Promise<Uint8Array<ArrayBuffer>> {
  const isZip = encoding === 'gzip'
  const options = isZip ? zipOptions(effort) : brotliOptions(effort, bytes.byteLength)
  if (effort === 'hard' || bytes.byteLength > AT_ONCE) {
    const stream = isZip ? createGzip(options) : createBrotliCompress(options)
    return buffer(stream.end(bytes))
  }
  // A copy, since what is short is given as the beginning of something longer, which would be kept with it.
  return new Uint8Array(isZip ? gzipSync(bytes, options) : brotliCompressSync(bytes, options))
}

/** What we compressed ourselves: it has no bound. */
export const decompress = (
  bytes: Uint8Array<ArrayBuffer>,
  encoding: Encoding,
): Promise<Uint8Array<ArrayBuffer>> =>
  buffer((encoding === 'gzip' ? createGunzip() : createBrotliDecompress()).end(bytes))
