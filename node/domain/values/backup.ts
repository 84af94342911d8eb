import { z } from 'zod'
import { isMediaName } from './image.ts'

/** What a backup says of itself: the first part of its archive, `manifest.json`. docs/adr/0036 describes the format. */

/** One file holds all. */
const WHOLE_FORMAT = 1

/** Grows when an older program could not restore what a newer one wrote: since 2 pictures may lie beside the archive. */
const BACKUP_FORMAT = 2

/** The name of the part that is the database, a SQLite file. */
export const DATABASE_PART = 'database.sqlite'

/** What the name of a part that is a picture begins with. */
export const MEDIA_PREFIX = 'media/'

/** Bytes of a manifest: one of 250,000 pictures fits. */
export const MAX_MANIFEST_BYTES = 48 * 1024 ** 2

const isPartName = (name: string): boolean =>
  name === DATABASE_PART ||
  (name.startsWith(MEDIA_PREFIX) && isMediaName(name.slice(MEDIA_PREFIX.length)))

const BackupPartSchema = z.strictObject({
  name: z.string().max(200).refine(isPartName),
  bytes: z.int().min(0),
  /** Hexadecimal. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  /** Not in the archive: a picture in `images` beside it, under its hash. */
  isBeside: z.literal(true).optional(),
})
export type BackupPart = z.output<typeof BackupPartSchema>

const BackupCountsSchema = z.strictObject({
  /** Announced here. */
  cafes: z.int().min(0),
  /** Profiles of people who lead cafés, of this site. */
  people: z.int().min(0),
  followers: z.int().min(0),
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

/** The lowest in which these can be said, so that older programs restore what they can. */
export const formatOf = (parts: readonly BackupPart[]): BackupManifest['format'] =>
  parts.some(({ isBeside }) => isBeside) ? BACKUP_FORMAT : WHOLE_FORMAT

/** A backup that is not made, or a file that is not restored; the message is one sentence for the operator, in French. */
export class RefusedBackup extends Error {
  override name = 'RefusedBackup'
}

/** Of what was read where a manifest belongs. */
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

/** Told as it goes: which step, and how many bytes or rows of how many. */
export type OnBackupProgress = (progress: { step: string; done: number; total: number }) => void
