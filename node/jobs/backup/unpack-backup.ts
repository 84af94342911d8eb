import { createWriteStream } from 'node:fs'
import { mkdir, mkdtemp, rm, stat, statfs, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import {
  type BackupManifest,
  type BackupPart,
  DATABASE_PART,
  type OnBackupProgress,
  RefusedBackup,
} from '../../domain/backup/backup.ts'
import { timeOfBackup } from '../../domain/backup/backup-state.ts'
import { readArchive } from '../../formats/archive/read-archive.ts'
import { checkSnapshot } from '../../store/backup/check-snapshot.ts'
import { readSnapshotFacts } from '../../store/backup/snapshot.ts'
import { toBackupProblem } from './backup-problem.ts'
import { readStoredPicture, refuseMissing } from './picture-store.ts'

type Unpacking = {
  file: string
  passphrase: string | undefined
  /** The folder for the database and, unless they are only checked, for the pictures. */
  folder: string
  areMediaKept: boolean
  /** Whether pictures that are not beside it are left out, and counted. */
  arePicturesSpared?: boolean
  /** Is called before anything is written, and may refuse. */
  onManifest?: (manifest: BackupManifest) => void
}

/**
 * Reads the whole of a backup into a folder and checks whether it could be served: hashes, the database, its keys.
 * @throws RefusedBackup in one sentence.
 */
export async function unpackBackup(
  { file, passphrase, folder, areMediaKept, arePicturesSpared = false, onManifest }: Unpacking,
  onProgress: OnBackupProgress = () => undefined,
): Promise<{ manifest: BackupManifest; missing: number }> {
  let total = 0
  let done = 0
  try {
    const manifest = await readArchive(file, passphrase, {
      onManifest: async (manifest) => {
        refuseOtherTime(basename(file), manifest)
        onManifest?.(manifest)
        const kept = manifest.parts.filter(({ name }) => areMediaKept || name === DATABASE_PART)
        total = sumOf(manifest.parts)
        await refuseTooLarge(sumOf(kept), folder)
        if (areMediaKept) await mkdir(join(folder, 'media'), { mode: 0o700 })
      },
      onPart: async ({ name }, bytes) => {
        const counted = async function* () {
          for await (const chunk of name === DATABASE_PART ? startOfSqlite(bytes) : bytes) {
            done += chunk.length
            onProgress({ step: 'archive', done, total })
            yield chunk
          }
        }
        if (areMediaKept || name === DATABASE_PART)
          await pipeline(
            counted(),
            createWriteStream(join(folder, name), { flags: 'wx', mode: 0o600, flush: true }),
          )
        else for await (const _ of counted());
      },
    })
    await checkSnapshot(join(folder, DATABASE_PART), manifest)
    const missing = await takePictures(manifest, { file, folder, areMediaKept }, (more) => {
      done += more
      onProgress({ step: 'archive', done, total })
    })
    if (!arePicturesSpared) refuseMissing(missing, dirname(file))
    return { manifest, missing }
  } catch (error) {
    throw toBackupProblem(error, file)
  }
}

/**
 * Refuses a nightly backup whose name is that of another time: whoever can write where backups are kept may have put an
 * older one in the place of a newer one.
 */
function refuseOtherTime(name: string, { createdAt }: BackupManifest): void {
  const named = timeOfBackup(name)
  if (!named || named.toString().slice(0, 16) === createdAt.slice(0, 16)) return
  throw new RefusedBackup(
    `Cette sauvegarde a été faite le ${createdAt.slice(0, 16)} (temps universel), et son nom dit autre chose : on l’a peut-être échangée, prenez-en une autre ou, si c’est bien celle-là que vous voulez, renommez-la « sauvegarde ».`,
  )
}

/** Reads the pictures beside it, and checks each. */
async function takePictures(
  { parts }: BackupManifest,
  { file, folder, areMediaKept }: Pick<Unpacking, 'file' | 'folder' | 'areMediaKept'>,
  onBytes: (more: number) => void,
): Promise<number> {
  const beside = parts.filter(({ isBeside }) => isBeside)
  const { pictureKey } = readSnapshotFacts(join(folder, DATABASE_PART))
  let missing = 0
  for (const part of beside) {
    const picture = await readStoredPicture(dirname(file), part, pictureKey)
    if (!picture) missing += 1
    else if (areMediaKept)
      await writeFile(join(folder, part.name), picture, { flag: 'wx', mode: 0o600, flush: true })
    onBytes(part.bytes)
  }
  return missing
}

const sumOf = (parts: readonly BackupPart[]): number =>
  parts.reduce((sum, { bytes }) => sum + bytes, 0)

/** Bytes that a disk needs to go on working. */
const SPARE_BYTES = 64 * 1024 ** 2

async function refuseTooLarge(bytes: number, folder: string): Promise<void> {
  const { bavail, bsize } = await statfs(folder)
  if (bytes + SPARE_BYTES > bavail * bsize)
    throw new RefusedBackup(
      `Cette sauvegarde demande ${Math.ceil(bytes / 1024 ** 2)} Mo, et le disque de ${folder} n’a pas cette place.`,
    )
}

/**
 * The first bytes of every SQLite file (SQLite, "Database File Format"). A file that begins otherwise is not read any
 * further.
 */
const MAGIC = 'SQLite format 3\0'

async function* startOfSqlite(bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let start = Buffer.alloc(0)
  for await (const chunk of bytes) {
    if (start.length < MAGIC.length) {
      start = Buffer.concat([start, chunk.subarray(0, MAGIC.length - start.length)])
      if (!MAGIC.startsWith(start.toString('latin1')))
        throw new RefusedBackup('Ce fichier n’est pas une sauvegarde de ce programme.')
    }
    yield chunk
  }
}

/**
 * Restores a backup into a temporary folder, checks it and deletes the folder.
 * @throws RefusedBackup in one sentence.
 */
export async function checkBackup(
  { file, passphrase }: { file: string; passphrase: string | undefined },
  onProgress: OnBackupProgress = () => undefined,
): Promise<{ manifest: BackupManifest; bytes: number }> {
  const found = await stat(file).catch((error) => {
    throw toBackupProblem(error, file)
  })
  // The folder of the backup has room for such files; where that is read-only, another is used.
  const folder = await mkdtemp(join(dirname(file), '.check-')).catch(() =>
    mkdtemp(join(tmpdir(), 'cafe-ia-check-')),
  )
  try {
    const { manifest } = await unpackBackup(
      { file, passphrase, folder, areMediaKept: false },
      onProgress,
    )
    return { manifest, bytes: found.size }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
