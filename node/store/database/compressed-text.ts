import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import { PROJECT_ROOT } from '../../program/project-root.ts'

/**
 * Signed texts as they are stored. Most of a text is its context, which is the same for all and comes several times in
 * each: compressed with a dictionary that contains it, an Event of 12 kB takes 0.75, and is restored byte for byte.
 */

/** Higher levels save at most one hundredth; lower ones take as long and save less. */
const LEVEL = 6

/** Compresses a text by zstd with our dictionary (RFC 8878). */
export const packText = (text: string): Buffer<ArrayBuffer> =>
  zstdCompressSync(text, {
    dictionary: readDictionary(),
    params: { [constants.ZSTD_c_compressionLevel]: LEVEL },
  })

/** Returns the text that `packText` got, character for character; throws where the bytes are no such frame. */
export const unpackText = (stored: Buffer): string =>
  zstdDecompressSync(stored, { dictionary: readDictionary() }).toString()

let dictionary: Buffer | undefined

/** Reads the texts of every kind that our wire signs, the most frequent last, so that they are near. */
function readDictionary(): Buffer {
  dictionary ??= readFileSync(join(PROJECT_ROOT, 'node/store/data/signed-texts.txt'))
  return dictionary
}
