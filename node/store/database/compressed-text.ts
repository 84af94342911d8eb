import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import { PROJECT_ROOT } from '../../project-root.ts'

/**
 * Signed texts as they are stored. Most of a text is its context, which is the same for all and comes several times in
 * each: compressed with a dictionary that contains it, a text of 12 kB takes less than one, and is restored byte for
 * byte. A dictionary is never edited: a better one gets the next number.
 */

/** The prefix of a text that is compressed to text, with the first dictionary; no JSON begins so. */
const MARK = 'z1:'
/** A shorter text gains little from compression. */
const LEAST = 400
/** Higher levels save another fortieth and take five times as long. */
const LEVEL = 5

/**
 * Compresses a text of at least 400 characters to another text, by zstd with our dictionary (RFC 8878, in base64); a
 * shorter one is stored as it is. `unpackText` reads either.
 */
export function packText(text: string): string {
  if (text.length < LEAST) return text
  const packed = zstdCompressSync(text, {
    dictionary: readDictionary(1),
    params: { [constants.ZSTD_c_compressionLevel]: LEVEL },
  })
  return MARK + packed.toString('base64')
}

/**
 * Returns the text that `packText` got, character for character; what does not begin with its mark is returned as it
 * is.
 */
export function unpackText(stored: string): string {
  if (!stored.startsWith(MARK)) return stored
  const packed = Buffer.from(stored.slice(MARK.length), 'base64')
  return zstdDecompressSync(packed, { dictionary: readDictionary(1) }).toString()
}

/** The dictionaries of what is compressed to bytes, of which the first byte is the number. */
export type BytesDictionary = 2 | 3
/** The dictionary of new texts. */
const NEWEST = 3
/** This level saves a tenth more than that of texts, and takes half as long again. */
const BYTES_LEVEL = 9

/**
 * Compresses a text with the newest dictionary.
 * @param beside - A text made from the same database that most of `text` repeats.
 */
export function packBytes(text: string, beside: string): Buffer<ArrayBuffer> {
  const packed = zstdCompressSync(text, {
    dictionary: dictionaryWith(NEWEST, beside),
    params: {
      [constants.ZSTD_c_compressionLevel]: BYTES_LEVEL,
      [constants.ZSTD_c_checksumFlag]: 1,
    },
  })
  return Buffer.concat([Buffer.of(NEWEST), packed])
}

/**
 * Decompresses a text.
 * @param besideOf - Returns the `beside` with which texts of this dictionary were compressed.
 * @returns undefined where that is no longer what the text was compressed with.
 */
export function unpackBytes(
  stored: Buffer,
  besideOf: (dictionary: BytesDictionary) => string,
): string | undefined {
  const [number] = stored
  if (number !== 2 && number !== 3) return unpackText(stored.toString())
  try {
    const dictionary = dictionaryWith(number, besideOf(number))
    return zstdDecompressSync(stored.subarray(1), { dictionary }).toString()
  } catch {
    return undefined
  }
}

const dictionaryWith = (number: BytesDictionary, beside: string) =>
  Buffer.concat([readDictionary(number), Buffer.from(beside)])

/** Returns the template of what our own wire would sign for a café, which goes with the third dictionary. */
export const readTemplate = (): string => readData('expected-text-3').toString()

const readDictionary = (number: 1 | BytesDictionary): Buffer => readData(`signed-texts-${number}`)

const files = new Map<string, Buffer>()

function readData(name: string): Buffer {
  const known = files.get(name)
  if (known) return known
  const data = readFileSync(join(PROJECT_ROOT, `node/store/data/${name}.txt`))
  files.set(name, data)
  return data
}
