import { createHash } from 'node:crypto'
import { createReadStream, existsSync } from 'node:fs'
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import {
  type BackupManifest,
  type BackupPart,
  DATABASE_PART,
  formatOf,
  MEDIA_PREFIX,
  type OnBackupProgress,
  RefusedBackup,
} from '../../domain/backup/backup.ts'
import { isMediaName } from '../../domain/values/image.ts'
import { newPictureKey } from '../../formats/archive/stored-picture.ts'
import { writeArchive } from '../../formats/archive/write-archive.ts'
import { VERSION } from '../../program/version.ts'
import { readSnapshotFacts, writeSnapshot } from '../../store/backup/snapshot.ts'
import { isPostgresUrl } from '../../store/database/address.ts'
import { findSiteKey } from '../../store/files/site-key.ts'
import { flushFolder } from './backup-folders.ts'
import { toBackupProblem } from './backup-problem.ts'
import { savePictures } from './picture-store.ts'

export type BackupInput = {
  /** A path, or a `postgres://` address. */
  database: string
  /** The setting `CAFE_IA_DATA`, whose folder has the pictures. */
  data: string
  /** The file to make, which must not exist yet. */
  file: string
  passphrase: string | undefined
  /**
   * Whether pictures lie in `images` beside the file, where each is stored once for all backups; otherwise they are in
   * it.
   */
  arePicturesBeside?: boolean
}

const SECOND = { smallestUnit: 'second', roundingMode: 'floor' } as const

/**
 * Makes one file of the whole site, while the site may be serving. It gets its name once it is complete and on the
 * disk; nothing is left of one that could not be made.
 * @param now - ISO 8601. The backup is dated at the beginning of that second: revisions of cafés are dated in whole
 * seconds, and one that was made after the backup must not look older.
 * @throws RefusedBackup in one sentence.
 */
export async function createBackup(
  { database, data, file, passphrase, arePicturesBeside = false }: BackupInput,
  now: string,
  onProgress: OnBackupProgress = () => undefined,
): Promise<{ manifest: BackupManifest; bytes: number }> {
  if (existsSync(file))
    throw new RefusedBackup(`Le fichier ${file} existe déjà : choisissez-en un autre.`)
  if (!isPostgresUrl(database) && !existsSync(database))
    throw new RefusedBackup(`Il n’y a pas de données à sauvegarder : ${database} n’existe pas.`)
  const folder = join(dirname(file), `.${basename(file)}.part`)
  try {
    await makeWorkFolder(folder)
    const snapshot = join(folder, DATABASE_PART)
    onProgress({ step: 'base', done: 0, total: 1 })
    const isKeyed = arePicturesBeside && passphrase !== undefined
    const pictureKey = isKeyed ? await newPictureKey() : undefined
    const siteKey = passphrase === undefined ? undefined : await findSiteKey(data)
    await writeSnapshot(
      { database, path: snapshot, mediaFolder: join(folder, 'media'), pictureKey, siteKey },
      (table, done, total) => onProgress({ step: table, done, total }),
    )
    const media = join(isPostgresUrl(database) ? folder : data, 'media')
    const { manifest, pathOf, key } = await describe(
      { snapshot, media, arePicturesBeside },
      Temporal.Instant.from(now).round(SECOND).toString(),
    )
    const archive = join(folder, 'archive')
    const total = manifest.parts.reduce((sum, { bytes }) => sum + bytes, 0)
    let done = 0
    const onBytes = (more: number) => {
      done += more
      onProgress({ step: 'archive', done, total })
    }
    await savePictures(
      {
        ...{ folder: dirname(file), pathOf, now: Temporal.Instant.from(now) },
        parts: manifest.parts.filter(({ isBeside }) => isBeside),
        key: isKeyed ? key : undefined,
      },
      onBytes,
    )
    await writeArchive(archive, { manifest, pathOf, passphrase }, onBytes)
    await rename(archive, file)
    await flushFolder(dirname(file))
    return { manifest, bytes: (await stat(file)).size }
  } catch (error) {
    throw toBackupProblem(error, file)
  } finally {
    await rm(folder, { recursive: true, force: true }).catch(() => undefined)
  }
}

async function makeWorkFolder(folder: string): Promise<void> {
  const parent = dirname(folder)
  if (!existsSync(parent)) throw new RefusedBackup(`Le dossier ${parent} n’existe pas.`)
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { mode: 0o700 }).catch((error) => {
    if (error.code === 'ENOSPC') throw error
    throw new RefusedBackup(`Ce compte ne peut pas écrire dans le dossier ${parent}.`)
  })
}

async function describe(
  {
    snapshot,
    media,
    arePicturesBeside,
  }: { snapshot: string; media: string; arePicturesBeside: boolean },
  now: string,
) {
  const { origin, counts, mediaIds, pictureKey } = readSnapshotFacts(snapshot)
  if (origin === undefined)
    throw new RefusedBackup(
      'Ce site n’a pas encore d’adresse publique : il n’y a rien à sauvegarder.',
    )
  const pathOf = (name: string) =>
    name === DATABASE_PART ? snapshot : join(media, name.slice(MEDIA_PREFIX.length))
  const parts: BackupPart[] = []
  for (const name of [DATABASE_PART, ...(await listPictures(media, mediaIds))]) {
    const part = await measure(name, pathOf(name))
    if (part)
      parts.push(arePicturesBeside && name !== DATABASE_PART ? { ...part, isBeside: true } : part)
  }
  const manifest: BackupManifest = {
    format: formatOf(parts),
    program: VERSION,
    origin,
    createdAt: now,
    counts,
    parts,
  }
  return { manifest, pathOf, key: pictureKey }
}

/** Lists the pictures that the database of the copy knows; one that was withdrawn since is not in it. */
async function listPictures(folder: string, known: ReadonlySet<string>): Promise<string[]> {
  const names = await readdir(folder).catch((error) => {
    if (error.code === 'ENOENT') return []
    throw error
  })
  return names
    .filter((name) => isMediaName(name) && known.has(name.slice(0, 32)))
    .sort()
    .map((name) => MEDIA_PREFIX + name)
}

/** Measures a file; undefined when it was deleted meanwhile, because a person withdrew their picture. */
async function measure(name: string, path: string): Promise<BackupPart | undefined> {
  const hash = createHash('sha256')
  let bytes = 0
  try {
    await pipeline(createReadStream(path), async (chunks: AsyncIterable<Buffer>) => {
      for await (const chunk of chunks) {
        hash.update(chunk)
        bytes += chunk.length
      }
    })
  } catch (error) {
    if (
      name !== DATABASE_PART &&
      error instanceof Error &&
      'code' in error &&
      error.code === 'ENOENT'
    )
      return undefined
    throw error
  }
  return { name, bytes, sha256: hash.digest('hex') }
}
