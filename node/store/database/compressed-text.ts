import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import { base58 } from '@scure/base'
import { PROJECT_ROOT } from '../../program/project-root.ts'

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

/** The ways in which texts are compressed to bytes, of which the first byte is the number. */
export type BytesNumber = 2 | 3 | 4
/**
 * Of new texts: beside another text, or with the third dictionary where there is none; and without the frame's first four
 * bytes, which are always the same.
 */
const NEWEST = 4
/** The same, where the 64 bytes of the proof's signature come before the frame, and the text is without them. */
const NEWEST_SIGNED = 5
/** With the dictionary this level saves a tenth more than that of texts, and takes half as long again. */
const BYTES_LEVEL = 9
/** Beside another text a higher level saves one hundredth, and takes up to four times as long. */
const BESIDE_LEVEL = 5
/** The first bytes of a frame (RFC 8878 §3.1.1). */
const MAGIC = Buffer.of(0x28, 0xb5, 0x2f, 0xfd)
const SIGNATURE_BYTES = 64

/**
 * Compresses a text with the newest dictionary.
 * @param beside - A text made from the same database that most of `text` repeats.
 */
export function packBytes(text: string, beside: string): Buffer<ArrayBuffer> {
  const { rest, signature } = splitSignature(text)
  const packed = zstdCompressSync(rest, {
    dictionary: dictionaryWith(NEWEST, beside),
    params: {
      [constants.ZSTD_c_compressionLevel]: beside ? BESIDE_LEVEL : BYTES_LEVEL,
      [constants.ZSTD_c_checksumFlag]: 1,
    },
  }).subarray(MAGIC.length)
  return signature
    ? Buffer.concat([Buffer.of(NEWEST_SIGNED), signature, packed])
    : Buffer.concat([Buffer.of(NEWEST), packed])
}

/**
 * Decompresses a text.
 * @param besideOf - Returns the `beside` with which texts of this number were compressed.
 * @returns undefined where that is no longer what the text was compressed with.
 */
export function unpackBytes(
  stored: Buffer,
  besideOf: (number: BytesNumber) => string,
): string | undefined {
  const [first = 0] = stored
  if (first < 2 || first > NEWEST_SIGNED) return unpackText(stored.toString())
  const number = first === 2 || first === 3 ? first : NEWEST
  const start = 1 + (first === NEWEST_SIGNED ? SIGNATURE_BYTES : 0)
  const packed = stored.subarray(start)
  try {
    const text = zstdDecompressSync(number === NEWEST ? Buffer.concat([MAGIC, packed]) : packed, {
      dictionary: dictionaryWith(number, besideOf(number)),
    }).toString()
    return start === 1 ? text : joinSignature(text, stored.subarray(1, start))
  } catch {
    return undefined
  }
}

/** What comes before the base58 of an Ed25519 signature, which cannot be compressed as text. */
const BEFORE_SIGNATURE = '"proofValue":"z'

/** Takes the signature of the last proof out of a text; base58 writes bytes in one way only. */
function splitSignature(text: string): { rest: string; signature?: Uint8Array } {
  const before = text.lastIndexOf(BEFORE_SIGNATURE)
  const from = before + BEFORE_SIGNATURE.length
  const to = text.indexOf('"', from)
  if (before < 0 || to - from < SIGNATURE_BYTES || to - from > 2 * SIGNATURE_BYTES)
    return { rest: text }
  const signature = decode(text.slice(from, to))
  return signature?.length === SIGNATURE_BYTES
    ? { rest: text.slice(0, from) + text.slice(to), signature }
    : { rest: text }
}

function decode(text: string): Uint8Array | undefined {
  try {
    return base58.decode(text)
  } catch {
    return undefined
  }
}

function joinSignature(rest: string, signature: Uint8Array): string {
  const at = rest.lastIndexOf(BEFORE_SIGNATURE) + BEFORE_SIGNATURE.length
  return rest.slice(0, at) + base58.encode(signature) + rest.slice(at)
}

function dictionaryWith(number: BytesNumber, beside: string): Buffer {
  const text = Buffer.from(beside)
  if (number !== NEWEST) return Buffer.concat([readDictionary(number), text])
  // A text that another one mostly repeats needs no words of the dictionary, which take longer to read than to save.
  return beside ? text : readDictionary(3)
}

/** Returns the template of what our own wire would sign for a café, for texts of this number. */
export const readTemplate = (number: 3 | 4): string =>
  readData(`expected-text-${number}`).toString()

const readDictionary = (number: 1 | 2 | 3): Buffer => readData(`signed-texts-${number}`)

const files = new Map<string, Buffer>()

function readData(name: string): Buffer {
  const known = files.get(name)
  if (known) return known
  const data = readFileSync(join(PROJECT_ROOT, `node/store/data/${name}.txt`))
  files.set(name, data)
  return data
}
