import { createHash } from 'node:crypto'
import { open } from 'node:fs/promises'

/** Makes a key in age's own form, for pictures beside encrypted backups: `AGE-SECRET-KEY-1…`. */
export const newPictureKey = async (): Promise<string> =>
  (await import('age-encryption')).generateX25519Identity()

/** What age adds to a file: a header for one recipient, and 16 bytes for each 64 KiB. */
const MOST_ADDED = 1024
const MOST_ADDED_SHARE = 1 / 1024

/** The maximum number of bytes of a picture; none of ours has as many. */
const MOST_BYTES = 64 * 1024 ** 2

/** Returns the bytes as they lie beside backups: unchanged, or encrypted for this key (the format of age). */
export async function packPicture(bytes: Buffer, key: string | undefined): Promise<Uint8Array> {
  if (key === undefined) return bytes
  const { Encrypter, identityToRecipient } = await import('age-encryption')
  const encrypter = new Encrypter()
  encrypter.addRecipient(await identityToRecipient(key))
  return encrypter.encrypt(bytes)
}

/**
 * Reads the picture of this hash and length from a file beside backups.
 * @returns undefined where the file exists and holds something else.
 * @throws The error of the file system.
 */
export async function unpackPicture(
  path: string,
  { bytes, sha256 }: { bytes: number; sha256: string },
  key: string | undefined,
): Promise<Buffer | undefined> {
  const packed = await readUpTo(path, bytes + MOST_ADDED + Math.ceil(bytes * MOST_ADDED_SHARE))
  const picture = packed && (key === undefined ? packed : await decrypt(packed, key))
  return picture?.length === bytes && createHash('sha256').update(picture).digest('hex') === sha256
    ? picture
    : undefined
}

async function readUpTo(path: string, most: number): Promise<Buffer | undefined> {
  const file = await open(path)
  try {
    const { size } = await file.stat()
    return size > Math.min(most, MOST_BYTES) ? undefined : await file.readFile()
  } finally {
    await file.close()
  }
}

async function decrypt(packed: Buffer, key: string): Promise<Buffer | undefined> {
  const { Decrypter } = await import('age-encryption')
  try {
    const decrypter = new Decrypter()
    decrypter.addIdentity(key)
    return Buffer.from(await decrypter.decrypt(packed))
  } catch {
    return undefined
  }
}
