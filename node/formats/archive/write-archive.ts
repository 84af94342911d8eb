import { createReadStream, createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { Header } from 'tar'
import { type BackupManifest, RefusedBackup } from '../../domain/backup/backup.ts'

/** tar pads each part to whole blocks, and ends with two empty ones. */
export const BLOCK = 512

/**
 * It takes 64 MB and some tenths of a second, which a machine of 512 MB can spare. The passphrase has at least twelve
 * characters.
 */
const WORK_FACTOR = 16

type ArchiveInput = {
  manifest: BackupManifest
  /** The file of a part, by the part's name. */
  pathOf: (name: string) => string
  /** Encrypts the archive where it is given (the format of age). */
  passphrase: string | undefined
}

/**
 * Writes `manifest.json` and every part that it names, except those beside it, into one file: tar in gzip, and in age
 * where there is a passphrase. The file is on the disk when it resolves.
 * @param onBytes - Is told how many more bytes of the parts are written.
 * @throws RefusedBackup when a part is no longer as long as the manifest says; the error of the file system.
 */
export async function writeArchive(
  path: string,
  { manifest, pathOf, passphrase }: ArchiveInput,
  onBytes: (more: number) => void = () => undefined,
): Promise<void> {
  const file = createWriteStream(path, { flags: 'wx', mode: 0o600, flush: true })
  const tar = Readable.from(tarOf(manifest, pathOf, onBytes), { objectMode: false })
  const gzip = createGzip({ level: 4 })
  if (passphrase === undefined) return pipeline(tar, gzip, file)
  await pipeline(tar, gzip, (bytes) => encrypt(bytes, passphrase), file)
}

async function* encrypt(bytes: AsyncIterable<Uint8Array>, passphrase: string) {
  const { Encrypter } = await import('age-encryption')
  const encrypter = new Encrypter()
  encrypter.setPassphrase(passphrase)
  encrypter.setScryptWorkFactor(WORK_FACTOR)
  yield* await encrypter.encrypt(toWebStream(Readable.from(bytes)))
}

/** Returns the same stream in the form that browsers and age use. */
export const toWebStream = (bytes: Readable): ReadableStream<Uint8Array> =>
  Readable.toWeb(bytes) as ReadableStream<Uint8Array>

async function* tarOf(
  manifest: BackupManifest,
  pathOf: ArchiveInput['pathOf'],
  onBytes: (more: number) => void,
): AsyncGenerator<Buffer> {
  const mtime = new Date(manifest.createdAt)
  const head = Buffer.from(`${JSON.stringify(manifest, undefined, 1)}\n`)
  yield headerOf({ name: 'manifest.json', bytes: head.length, mtime })
  yield head
  yield padding(head.length)
  for (const { name, bytes, isBeside } of manifest.parts) {
    if (isBeside) continue
    yield headerOf({ name, bytes, mtime })
    let written = 0
    if (bytes > 0)
      for await (const chunk of createReadStream(pathOf(name), { end: bytes - 1 })) {
        written += chunk.length
        onBytes(chunk.length)
        yield chunk
      }
    if (written !== bytes) throw new RefusedBackup(`${name} a changé pendant la sauvegarde.`)
    yield padding(bytes)
  }
  yield Buffer.alloc(2 * BLOCK)
}

function headerOf({ name, bytes, mtime }: { name: string; bytes: number; mtime: Date }): Buffer {
  const block = Buffer.alloc(BLOCK)
  new Header({ path: name, size: bytes, mode: 0o600, type: 'File', mtime }).encode(block)
  return block
}

const padding = (bytes: number): Buffer => Buffer.alloc((BLOCK - (bytes % BLOCK)) % BLOCK)
