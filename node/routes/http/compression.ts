import { buffer } from 'node:stream/consumers'
import {
  type BrotliOptions,
  brotliCompressSync,
  constants,
  createBrotliCompress,
  createBrotliDecompress,
  createGunzip,
  createGzip,
  gzipSync,
  type ZlibOptions,
} from 'node:zlib'

/** In the order in which we prefer them. */
const ENCODINGS = ['br', 'gzip'] as const

export type Encoding = (typeof ENCODINGS)[number]

const pattern = (name: string): RegExp =>
  new RegExp(`(?:^|,)\\s*${name}\\s*(?:$|,|;(?!\\s*q=0(?:\\.0*)?\\s*(?:,|$)))`, 'i')

const PATTERNS: Record<Encoding, RegExp> = { br: pattern('br'), gzip: pattern('gzip') }

/** How to send a text by `Accept-Encoding`; undefined: as it is (RFC 9110 §12.5.3). */
export const chooseEncoding = (accepted: string | undefined): Encoding | undefined =>
  accepted === undefined
    ? undefined
    : ENCODINGS.find((encoding) => PATTERNS[encoding].test(accepted))

/** Up to here, half a millisecond: to send it to another thread and back takes as much processor again. */
const AT_ONCE = 64 * 1024

/** What zlib writes into stays until V8 collects everything: with Node's 16 kB, that is most of what a page takes. */
const chunkSize = 4096

type Effort = 'light' | 'hard'

const zipOptions = (effort: Effort): ZlibOptions => ({
  chunkSize,
  level: effort === 'hard' ? 9 : 5,
})

const brotliOptions = (effort: Effort, size: number): BrotliOptions => ({
  chunkSize,
  params: {
    [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
    [constants.BROTLI_PARAM_QUALITY]: effort === 'hard' ? 10 : 4,
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
