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

/** The encodings in the order in which we prefer them. */
const ENCODINGS = ['br', 'gzip'] as const

export type Encoding = (typeof ENCODINGS)[number]

const pattern = (name: string): RegExp =>
  new RegExp(`(?:^|,)\\s*${name}\\s*(?:$|,|;(?!\\s*q=0(?:\\.0*)?\\s*(?:,|$)))`, 'i')

const PATTERNS: Record<StreamEncoding, RegExp> = {
  br: pattern('br'),
  gzip: pattern('gzip'),
  zstd: pattern('zstd'),
}

/** Chooses the encoding of a text by `Accept-Encoding`; undefined for none (RFC 9110 §12.5.3). */
export const chooseEncoding = (accepted: string | undefined): Encoding | undefined =>
  accepted === undefined
    ? undefined
    : ENCODINGS.find((encoding) => PATTERNS[encoding].test(accepted))

/** The encodings of streamed files: zstd takes a fifth of the processor time of br (RFC 8878). */
const STREAMED = ['zstd', 'br', 'gzip'] as const

type StreamEncoding = (typeof STREAMED)[number]

const createCompression: Record<StreamEncoding, () => Duplex> = {
  zstd: () => createZstdCompress({ chunkSize: STREAM_CHUNK, params: ZSTD_PARAMS }),
  br: () => createBrotliCompress({ ...brotliOptions('light', 0), chunkSize: STREAM_CHUNK }),
  gzip: () => createGzip({ ...zipOptions('light'), chunkSize: STREAM_CHUNK }),
}

/**
 * Compresses a file for readers that accept it, while it is read and no faster than they take it: zlib's threads do the
 * work, and of each running file only its window is in memory. Its entity tag becomes a weak one (RFC 9110 §8.8.3.3);
 * parts of a file and what is compressed already pass unchanged.
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

/**
 * Texts up to this size are compressed at once, in two milliseconds at most: sending them to another thread and back
 * takes as much processor time again.
 */
const AT_ONCE = 128 * 1024

/**
 * The buffer that zlib writes into stays until V8 collects all garbage: with Node's 16 kB, it is most of what a page
 * takes.
 */
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
    // Quality 3 takes a little more than half the time of quality 4, for a twentieth more bytes.
    [constants.BROTLI_PARAM_QUALITY]: effort === 'hard' ? 10 : 3,
    // A larger window costs memory for each page that is being compressed, and no page of ours fills it.
    [constants.BROTLI_PARAM_LGWIN]: 18,
    [constants.BROTLI_PARAM_SIZE_HINT]: size,
  },
})

/** Compresses bytes. `hard` is for what is made once; pages are made again after each change. */
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
  // The result is copied, since a short one is a view of a longer buffer, which would stay in memory.
  return new Uint8Array(isZip ? gzipSync(bytes, options) : brotliCompressSync(bytes, options))
}

/** Decompresses what we compressed ourselves, without a limit. */
export const decompress = (
  bytes: Uint8Array<ArrayBuffer>,
  encoding: Encoding,
): Promise<Uint8Array<ArrayBuffer>> =>
  buffer((encoding === 'gzip' ? createGunzip() : createBrotliDecompress()).end(bytes))
