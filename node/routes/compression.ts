import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'

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

const brotli = promisify(brotliCompress)
const zip = promisify(gzip)

/** `hard` for what is made once; pages are made again after each change. */
export const compress = (
  bytes: Uint8Array<ArrayBuffer>,
  encoding: Encoding,
  effort: 'light' | 'hard',
): Promise<Buffer<ArrayBuffer>> =>
  encoding === 'gzip'
    ? zip(bytes, { level: effort === 'hard' ? 9 : 5 })
    : brotli(bytes, {
        params: {
          [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
          [constants.BROTLI_PARAM_QUALITY]: effort === 'hard' ? 10 : 4,
          // A larger window costs memory for each page under way, and no page of ours fills it.
          [constants.BROTLI_PARAM_LGWIN]: 18,
          [constants.BROTLI_PARAM_SIZE_HINT]: bytes.byteLength,
        },
      })
