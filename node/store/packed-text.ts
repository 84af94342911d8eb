import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib'

/**
 * Signed texts as they lie in the database. Most of one is its context, the same for all and several times in each:
 * against a dictionary that has it, a text of 12 kB takes less than one, and comes back byte for byte.
 */

/** Of a text that is packed: no JSON begins so. The digit names the dictionary, which is never edited: a new one gets the next. */
const MARK = 'z1:'
/** Below, there is little to gain. */
const LEAST = 400
/** The next ones save a fortieth more and take five times as long. */
const LEVEL = 5

let dictionary: Buffer | undefined

function readDictionary(): Buffer {
  const name = 'data/signed-texts-1.txt'
  const beside = fileURLToPath(new URL(`./${name}`, import.meta.url))
  // The data files stay beside the sources when the program runs from `dist`.
  const path = existsSync(beside)
    ? beside
    : fileURLToPath(new URL(`../../../node/store/${name}`, import.meta.url))
  return readFileSync(path)
}

export function packText(text: string): string {
  if (text.length < LEAST) return text
  dictionary ??= readDictionary()
  const packed = zstdCompressSync(text, {
    dictionary,
    params: { [constants.ZSTD_c_compressionLevel]: LEVEL },
  })
  return MARK + packed.toString('base64')
}

export function unpackText(stored: string): string {
  if (!stored.startsWith(MARK)) return stored
  dictionary ??= readDictionary()
  const packed = Buffer.from(stored.slice(MARK.length), 'base64')
  return zstdDecompressSync(packed, { dictionary }).toString()
}
