import { createCipheriv, createDecipheriv, randomBytes, randomUUID } from 'node:crypto'
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * The key of a site lies in its data folder and not in its database, so that whoever has a copy of the database alone
 * cannot read what is sealed in it.
 */

/** The name of the file: 32 bytes as base64url. */
export const KEY_FILE = 'cle-du-site'

const BYTES = 32

/**
 * Finds the key of the site with this data folder; undefined where there is none.
 * @throws The errors of the file system, or where the file holds anything else.
 */
export async function findSiteKey(data: string): Promise<Buffer | undefined> {
  const path = join(data, KEY_FILE)
  const text = await readFile(path, 'utf8').catch((error) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
  if (text === undefined) return undefined
  const key = Buffer.from(text.trim(), 'base64url')
  if (key.length !== BYTES) throw new Error(`${path} ne contient pas de clé`)
  return key
}

/** Finds the key of the site with this data folder, or makes it; of two processes one makes it for both. */
export async function loadSiteKey(data: string): Promise<Buffer> {
  const key = await findSiteKey(data)
  if (key) return key
  await saveSiteKey(data, randomBytes(BYTES))
  const made = await findSiteKey(data)
  if (!made) throw new Error(`${join(data, KEY_FILE)} ne peut pas être écrit`)
  return made
}

/** Writes the key where there is none yet, whole or not at all. */
export async function saveSiteKey(data: string, key: Buffer): Promise<void> {
  await mkdir(data, { recursive: true, mode: 0o700 })
  const unfinished = join(data, `.${KEY_FILE}-${randomUUID()}`)
  try {
    const text = `${key.toString('base64url')}\n`
    await writeFile(unfinished, text, { flag: 'wx', mode: 0o600, flush: true })
    await link(unfinished, join(data, KEY_FILE)).catch((error) => {
      if (error.code !== 'EEXIST') throw error
    })
  } finally {
    await rm(unfinished, { force: true })
  }
}

const CIPHER = 'aes-256-gcm'
const IV_BYTES = 12
const TAG_BYTES = 16

/** Seals a text for one row, whose id it is bound to (AES-256-GCM). */
export function sealText(text: string, { key, id }: { key: Buffer; id: string }): string {
  const iv = randomBytes(IV_BYTES)
  const cipher = createCipheriv(CIPHER, key, iv, { authTagLength: TAG_BYTES })
  cipher.setAAD(Buffer.from(id))
  const parts = [iv, cipher.update(text, 'utf8'), cipher.final()]
  return Buffer.concat([...parts, cipher.getAuthTag()]).toString('base64url')
}

/** Returns what was sealed for this row; undefined where another key sealed it, or for another row. */
export function openSealed(
  sealed: string,
  { key, id }: { key: Buffer; id: string },
): string | undefined {
  const bytes = Buffer.from(sealed, 'base64url')
  if (bytes.length < IV_BYTES + TAG_BYTES) return undefined
  const iv = bytes.subarray(0, IV_BYTES)
  const decipher = createDecipheriv(CIPHER, key, iv, { authTagLength: TAG_BYTES })
  decipher.setAAD(Buffer.from(id))
  decipher.setAuthTag(bytes.subarray(-TAG_BYTES))
  try {
    const text = decipher.update(bytes.subarray(IV_BYTES, -TAG_BYTES))
    return Buffer.concat([text, decipher.final()]).toString('utf8')
  } catch {
    return undefined
  }
}
