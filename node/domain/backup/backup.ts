import { z } from 'zod'
import { isMediaName } from '../values/image.ts'

/** What a backup says of itself: the first part of its archive, `manifest.json`. docs/adr/0036 describes the format. */

/** The format in which one file holds everything. */
const WHOLE_FORMAT = 1

/**
 * The format grows when an older program could not restore what a newer one writes: since 2, pictures may lie beside
 * the archive.
 */
const BACKUP_FORMAT = 2

/** The name of the part that is the database, a SQLite file. */
export const DATABASE_PART = 'database.sqlite'

/** The folder within the data in which a restore works; one that is left means that a restore was interrupted. */
export const RESTORE_FOLDER = '.restore'

/** How the name of a part that is a picture begins. */
export const MEDIA_PREFIX = 'media/'

/** The maximum number of bytes of a manifest: one of 250,000 pictures fits. */
export const MAX_MANIFEST_BYTES = 48 * 1024 ** 2

const isPartName = (name: string): boolean =>
  name === DATABASE_PART ||
  (name.startsWith(MEDIA_PREFIX) && isMediaName(name.slice(MEDIA_PREFIX.length)))

const BackupPartSchema = z.strictObject({
  name: z.string().max(200).refine(isPartName),
  bytes: z.int().min(0),
  /** The hash in hexadecimal. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  /** Whether it is not in the archive but in `images` beside it: a picture, named by its hash. */
  isBeside: z.literal(true).optional(),
})
export type BackupPart = z.output<typeof BackupPartSchema>

const BackupCountsSchema = z.strictObject({
  /** Cafés that are announced here. */
  cafes: z.int().min(0),
  /** Profiles of people of this site who lead cafés. */
  people: z.int().min(0),
  followers: z.int().min(0),
  /** Of a directory: its member sites. */
  members: z.int().min(0),
  /** Cafés of other sites that are known here. */
  listed: z.int().min(0),
})
export type BackupCounts = z.output<typeof BackupCountsSchema>

const BackupManifestSchema = z.object({
  format: z.union([z.literal(WHOLE_FORMAT), z.literal(BACKUP_FORMAT)]),
  /** The version of the program that wrote it. */
  program: z.string().max(50),
  /** The address of the site, without a trailing slash. */
  origin: z.url().max(300),
  createdAt: z.iso.datetime(),
  counts: BackupCountsSchema,
  parts: z.array(BackupPartSchema).min(1),
})
export type BackupManifest = z.output<typeof BackupManifestSchema>

/** Returns the lowest format that can describe these parts, so that older programs restore what they can. */
export const formatOf = (parts: readonly BackupPart[]): BackupManifest['format'] =>
  parts.some(({ isBeside }) => isBeside) ? BACKUP_FORMAT : WHOLE_FORMAT

/**
 * The error of a backup that is not made, or of a file that is not restored. Its message is one sentence for the
 * operator, in French.
 */
export class RefusedBackup extends Error {
  override name = 'RefusedBackup'
}

/**
 * Parses what was read in place of a manifest.
 * @throws RefusedBackup when it is none, or is of another format.
 */
export function parseBackupManifest(text: string): BackupManifest {
  const json = parseJson(text)
  const { format } = z.object({ format: z.int() }).safeParse(json).data ?? {}
  if (format !== undefined && format > BACKUP_FORMAT)
    throw new RefusedBackup(
      `Cette sauvegarde vient d’une version plus récente du programme (format ${format}, celui-ci lit le ${BACKUP_FORMAT}) : installez d’abord cette version.`,
    )
  const { data } = BackupManifestSchema.safeParse(json)
  const names = data?.parts.map(({ name }) => name) ?? []
  const isWrong =
    data?.parts[0]?.isBeside ||
    names[0] !== DATABASE_PART ||
    new Set(names).size !== names.length ||
    (data && data.format < formatOf(data.parts))
  if (!data || isWrong)
    throw new RefusedBackup('Ce fichier n’est pas une sauvegarde de ce programme.')
  return data
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Is called as the work goes on, with the step, and how many bytes or rows of how many are done. */
export type OnBackupProgress = (progress: { step: string; done: number; total: number }) => void
