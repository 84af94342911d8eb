import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { Header } from 'tar'
import {
  type BackupManifest,
  type BackupPart,
  MAX_MANIFEST_BYTES,
  parseBackupManifest,
  RefusedBackup,
} from '../../domain/backup/backup.ts'
import { type ByteReader, createByteReader } from './byte-reader.ts'
import { BLOCK, toWebStream } from './write-archive.ts'

type ArchiveVisitor = {
  /** Is called before anything else is read, and may refuse. */
  onManifest: (manifest: BackupManifest) => Promise<void>
  /** Reads all bytes of one part, which are no more than its manifest says. */
  onPart: (part: BackupPart, bytes: AsyncIterable<Buffer>) => Promise<void>
}

const DAMAGED = 'Cette sauvegarde est abîmée ou incomplète : prenez-en une autre.'
const PLAIN =
  'Cette sauvegarde n’est pas chiffrée, alors que CAFE_IA_BACKUP_PASSPHRASE est réglé : rien ne prouve qu’elle est de ce site, prenez-en une autre ou, si vous l’avez faite vous-même avant de choisir cette phrase, retirez ce réglage le temps de la remettre.'
const FOREIGN = 'Ce fichier n’est pas une sauvegarde de ce programme.'

/**
 * Reads an archive from its beginning to its end, once. Nothing in it is trusted: its parts must be those of its
 * manifest that do not lie beside it, in that order, each of the length and hash that the manifest gives, and nothing
 * else may follow.
 * @returns Its manifest, when everything is as it says.
 * @throws RefusedBackup in one sentence.
 */
export async function readArchive(
  path: string,
  passphrase: string | undefined,
  { onManifest, onPart }: ArchiveVisitor,
): Promise<BackupManifest> {
  const bytes = createByteReader(await openTar(path, passphrase))
  return inOneSentence(bytes, async () => {
    const manifest = parseBackupManifest(await readManifest(bytes))
    await onManifest(manifest)
    for (const part of manifest.parts) {
      if (part.isBeside) continue
      if ((await readHeader(bytes, part.name)) !== part.bytes) throw new RefusedBackup(DAMAGED)
      const hash = createHash('sha256')
      let read = 0
      const measured = async function* () {
        for await (const chunk of bytes.stream(part.bytes)) {
          hash.update(chunk)
          read += chunk.length
          yield chunk
        }
      }
      await onPart(part, measured())
      if (read !== part.bytes || hash.digest('hex') !== part.sha256)
        throw new RefusedBackup(DAMAGED)
      await skipPadding(bytes, part.bytes)
    }
    // It is read to the last byte, which authenticates an encrypted archive.
    const end = await bytes.take(2 * BLOCK + 1)
    if (end.length !== 2 * BLOCK || end.some((byte) => byte !== 0)) throw new RefusedBackup(DAMAGED)
    return manifest
  })
}

/** Replaces the errors of decompression and decryption, which have texts of their own. */
async function inOneSentence<T>(bytes: ByteReader, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof RefusedBackup || isOfSystem(error)) throw error
    throw new RefusedBackup(DAMAGED)
  } finally {
    await bytes.close()
  }
}

/** Returns whether an error is not the archive's fault: a full disk, or a folder that cannot be written. */
const isOfSystem = (error: unknown): boolean => error instanceof Error && 'syscall' in error

async function readManifest(bytes: ByteReader): Promise<string> {
  const length = await readHeader(bytes, 'manifest.json')
  if (length > MAX_MANIFEST_BYTES) throw new RefusedBackup(FOREIGN)
  const text = await bytes.take(length)
  await skipPadding(bytes, length)
  return text.toString('utf8')
}

/** Reads the length of the part of this name; a part of another name, or one that is no plain file, is refused. */
async function readHeader(bytes: ByteReader, name: string): Promise<number> {
  const block = await bytes.take(BLOCK)
  if (block.length < BLOCK) throw new RefusedBackup(DAMAGED)
  const { cksumValid, path, size, type } = new Header(block)
  if (!cksumValid || path !== name || type !== 'File' || size === undefined)
    throw new RefusedBackup(name === 'manifest.json' ? FOREIGN : DAMAGED)
  return size
}

async function skipPadding(bytes: ByteReader, length: number): Promise<void> {
  await bytes.take((BLOCK - (length % BLOCK)) % BLOCK)
}

const AGE = 'age-encryption.org/v1'

async function openTar(
  path: string,
  passphrase: string | undefined,
): Promise<AsyncIterable<Uint8Array>> {
  const start = await readStart(path)
  if (start.toString('latin1') === AGE) {
    if (passphrase === undefined)
      throw new RefusedBackup(
        'Cette sauvegarde est chiffrée : écrivez sa phrase secrète dans CAFE_IA_BACKUP_PASSPHRASE.',
      )
    return unpack(await decrypt(path, passphrase))
  }
  if (start[0] !== 0x1f || start[1] !== 0x8b) throw new RefusedBackup(FOREIGN)
  // Anybody can make a plain archive; only who knows the passphrase can make one that it opens.
  if (passphrase !== undefined) throw new RefusedBackup(PLAIN)
  return unpack(createReadStream(path))
}

function unpack(bytes: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  const gunzip = createGunzip()
  // An error on the way is thrown to the reader of its end.
  pipeline(Readable.from(bytes, { objectMode: false }), gunzip).catch(() => undefined)
  return gunzip
}

async function decrypt(path: string, passphrase: string): Promise<AsyncIterable<Uint8Array>> {
  const { Decrypter } = await import('age-encryption')
  const decrypter = new Decrypter()
  decrypter.addPassphrase(passphrase)
  try {
    return await decrypter.decrypt(toWebStream(createReadStream(path)))
  } catch (error) {
    if (isOfSystem(error)) throw error
    throw new RefusedBackup(
      'Cette phrase secrète n’ouvre pas cette sauvegarde : voyez CAFE_IA_BACKUP_PASSPHRASE.',
    )
  }
}

async function readStart(path: string): Promise<Buffer> {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(AGE.length), 0, AGE.length, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}
