import { createHmac } from 'node:crypto'
import { mkdir, open, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { RETENTION_DAYS } from '../../domain/values/retention.ts'
import { toInstantText } from '../database/columns.ts'
import type { Database, OpenDatabase } from '../database/database.ts'
import { findErasureSecret } from '../facilitators/erasures.ts'

/**
 * The journal of what was deleted after a backup. It is kept beside the backups, so that restoring one does not bring
 * anything back. It has a line of JSON for each row, with an HMAC of its kind and id by a secret that is in the
 * database of each backup, and one of the whole line. Without a backup the file only tells how much was deleted, and
 * when; who can write it can remove lines, and neither add nor change any.
 */

export const JOURNAL_FILE = 'effacements.ndjson'

/**
 * Returns the folders of the server's own backups and of the journal of erasures: first that within the data folder,
 * then those to which copies go.
 */
export const backupFoldersOf = ({
  data,
  backups,
}: {
  data: string
  backups: { copyFolder: string | undefined }
}): string[] => [
  join(data, 'backups'),
  ...(backups.copyFolder === undefined ? [] : [backups.copyFolder]),
]

const KINDS = [
  'cafe',
  'cafe-cancelled',
  /** Cancels what the last line of the kind before said of this café. */
  'cafe-reinstated',
  'facilitator',
  /**
   * A version of a profile that its person no longer shows, by its `updated_at`: it was hidden, or changed in anything.
   */
  'facilitator-changed',
  /** A person no longer wants to be named on a café, by the ids of both. */
  'naming-refused',
  /** Cancels what the last line of the kind before said of this café and person. */
  'naming-agreed',
  /** A person no longer agrees to every café of the place, by the instant at which they did. */
  'always-named',
  'resource',
  /** Who flagged something has erased what they wrote, and their address. */
  'flag-words',
  'picture',
  'account',
  'role',
  /** The person no longer administers. */
  'role-lowered',
  /** Cancels what the last line of the kind before said of this role. */
  'role-raised',
  /** An account's access to a network, by the instant at which it was given. */
  'network-access',
  'api-token',
  'alert',
  'registration',
  'suggestion',
  /** Somebody does not come any more; they never do so again by the same row. */
  'registration-cancelled',
  /** What was told of a café after it took place, by the instant at which it was first saved. */
  'report',
  /** A version of one that was changed in anything, by its `updated_at`. */
  'report-changed',
  'referent',
  /** A hosted structure closed, and its past stayed. */
  'structure-closed',
  /** A hosted structure closed, and its past went with it. */
  'structure-gone',
  'structure-suspended',
  /** Cancels what the last line of the kind before said of this structure. */
  'structure-resumed',
  /** A calendar that is not read any more. */
  'calendar',
  'series',
  /** An address of a program that is told nothing any more. */
  'webhook',
  /** A key of ours that another one replaced. */
  'key-replaced',
  /** A key of ours that somebody else may hold. */
  'key-leaked',
  /** The journal has been cut: what was deleted before this line is not in it. */
  'begins',
] as const
type GoneKind = (typeof KINDS)[number]

const LineSchema = z.object({
  at: z.string(),
  kind: z.enum(KINDS),
  hash: z.string(),
  /** The HMAC of the rest of the line. */
  proof: z.string(),
})
type Line = z.output<typeof LineSchema>

/** Number of entries that are written at once. */
const BATCH = 500

/**
 * Writes down what was deleted since the last time, and then removes it from the database. A crash in between writes it
 * twice, which changes nothing.
 * @throws The error of the file system; nothing is removed then.
 */
export async function appendErasures(db: OpenDatabase, folder: string): Promise<void> {
  for (;;) {
    const rows = await db
      .selectFrom('gone_row')
      .selectAll()
      .orderBy('number')
      .limit(BATCH)
      .execute()
    if (rows.length === 0) return
    const hashOf = await createHasher(db)
    const text = rows
      .map(({ at, kind, id }) => {
        const line = { at, kind, hash: hashOf(subjectOf(kind), id) }
        return `${JSON.stringify({ ...line, proof: proofOf(line, hashOf) })}\n`
      })
      .join('')
    await appendFile(folder, text)
    const numbers = rows.map(({ number }) => number)
    await db.deleteFrom('gone_row').where('number', 'in', numbers).execute()
    if (rows.length < BATCH) return
  }
}

/** Adds to the journal of one folder the lines of another that it lacks; neither loses a line. */
export async function copyErasures(from: string | { text: string }, to: string): Promise<void> {
  const theirs = typeof from === 'string' ? await readJournal(from) : from.text
  const ours = await readJournal(to)
  if (!theirs || theirs.length === ours?.length) return
  const missing = missingErasureLines(theirs, ours ?? '')
  if (missing) await appendFile(to, missing)
}

/**
 * Cuts off what is older than `RETENTION_DAYS.erasureJournal`; a first line then says since when a journal is whole, so
 * that a backup from before it is restored as if there were none.
 */
export async function withoutOldErasures(
  db: Database,
  text: string,
  now: Temporal.Instant,
): Promise<string> {
  const at = toInstantText(now.subtract({ hours: 24 * RETENTION_DAYS.erasureJournal }))
  const lines = text.split('\n').filter((line) => line !== '')
  const isOld = (line: string, isBeginOld: boolean) =>
    readLine(line).some((one) => one.at < at && (isBeginOld || one.kind !== 'begins'))
  if (!lines.some((line) => isOld(line, false))) return text
  const hashOf = await createHasher(db)
  const begins = { at, kind: 'begins', hash: hashOf('begins', '') }
  const first = JSON.stringify({ ...begins, proof: proofOf(begins, hashOf) })
  const kept = lines.filter((line) => !isOld(line, true))
  return [first, ...kept].map((line) => `${line}\n`).join('')
}

/** Cuts the journal of a folder. */
export async function removeOldErasures(
  db: Database,
  folder: string,
  now: Temporal.Instant,
): Promise<void> {
  const text = (await readJournal(folder)) ?? ''
  const kept = await withoutOldErasures(db, text, now)
  if (kept === text) return
  const part = join(folder, `.${JOURNAL_FILE}.part`)
  await writeFile(part, kept, { mode: 0o600, flush: true })
  await rename(part, join(folder, JOURNAL_FILE))
}

/** Returns the lines of one journal that another lacks, each with its line break. */
export function missingErasureLines(from: string, to: string): string {
  const known = new Set(to.split('\n'))
  const missing = from.split('\n').filter((line) => line !== '' && !known.has(line))
  const start = missing.length > 0 && to !== '' && !to.endsWith('\n') ? '\n' : ''
  return start + missing.map((line) => `${line}\n`).join('')
}

const readJournal = (folder: string): Promise<string | undefined> =>
  readFile(join(folder, JOURNAL_FILE), 'utf8').catch((error) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })

async function appendFile(folder: string, text: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const file = await open(join(folder, JOURNAL_FILE), 'a+', 0o600)
  try {
    const { size } = await file.stat()
    const { buffer } = await file.read(Buffer.alloc(1), 0, 1, Math.max(size - 1, 0))
    // A full disk or a crash may have left part of a line; what follows must not become part of it.
    const start = size > 0 && buffer.toString() !== '\n' ? '\n' : ''
    await file.writeFile(start + text)
    await file.sync()
  } finally {
    await file.close()
  }
}

/** The kinds of lines that cancel those of another kind about the same object. */
const TAKEN_BACK: Readonly<Record<string, GoneKind>> = {
  'cafe-reinstated': 'cafe-cancelled',
  'role-raised': 'role-lowered',
  'naming-agreed': 'naming-refused',
  'structure-resumed': 'structure-suspended',
}

const subjectOf = (kind: string): string => TAKEN_BACK[kind] ?? kind

type Hasher = (kind: string, id: string) => string

async function createHasher(db: Database): Promise<Hasher> {
  const secret = await findErasureSecret(db)
  return (kind, id) => createHmac('sha256', secret).update(`${kind} ${id}`).digest('base64url')
}

const proofOf = (
  { at, kind, hash }: Omit<Line, 'proof' | 'kind'> & { kind: string },
  hashOf: Hasher,
) => hashOf('line', `${at} ${kind} ${hash}`)

/** Tells whether a row of a restored database went after the backup was made. */
export type IsGone = (kind: GoneKind, id: string) => boolean

/**
 * Reads the journals that exist. Invalid lines, such as the last one after a crash or those of
 * others, are skipped.
 * @param since - When the backup was made.
 * @returns undefined when there is none, or none that goes so far back.
 */
export async function readErasures(
  db: Database,
  folders: readonly string[],
  since: Temporal.Instant,
): Promise<IsGone | undefined> {
  const texts = await Promise.all(folders.map(readJournal))
  if (texts.every((text) => text === undefined)) return undefined
  const hashOf = await createHasher(db)
  const last = new Map<string, Line>()
  for (const line of texts.flatMap((text) => text?.split('\n') ?? []).flatMap(readLine)) {
    if (line.proof !== proofOf(line, hashOf)) continue
    if (line.kind === 'begins' && line.at > toInstantText(since)) return undefined
    const known = last.get(line.hash)
    if (!known || known.at <= line.at) last.set(line.hash, line)
  }
  return (kind, id) => {
    const line = last.get(hashOf(kind, id))
    return line !== undefined && !(line.kind in TAKEN_BACK)
  }
}

function readLine(line: string): Line[] {
  try {
    const { data } = LineSchema.safeParse(JSON.parse(line))
    return data ? [data] : []
  } catch {
    return []
  }
}
