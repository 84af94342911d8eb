import { toInstantText } from '../database/columns.ts'
import type { Database } from '../database/database.ts'

/** Files as rows of the database, for processes that share no folder. A folder here is only a name. */

type FilePart = { folder: string; name: string; part: number; bytes: Uint8Array }

/** Saves a part, which replaces any of the same name and number. */
export async function saveFilePart(
  db: Database,
  { folder, name, part, bytes }: FilePart,
  now: Temporal.Instant,
): Promise<void> {
  const kept = { bytes: Buffer.from(bytes), kept_at: toInstantText(now) }
  await db
    .insertInto('kept_file')
    .values({ folder, name, part, ...kept })
    .onConflict((oc) => oc.columns(['folder', 'name', 'part']).doUpdateSet(kept))
    .execute()
}

/** Reads one part of a file that is stored in PostgreSQL; parts are numbered from 0. Undefined past the last one. */
export async function readPart(
  db: Database,
  { folder, name, part }: Omit<FilePart, 'bytes'>,
): Promise<Buffer<ArrayBuffer> | undefined> {
  const row = await db
    .selectFrom('kept_file')
    .select('bytes')
    .where('folder', '=', folder)
    .where('name', '=', name)
    .where('part', '=', part)
    .executeTakeFirst()
  return row?.bytes
}

/** Lists the names of files of a folder that were saved before this time, each once. */
export async function listFilesBefore(
  db: Database,
  folder: string,
  before: Temporal.Instant,
): Promise<string[]> {
  const rows = await db
    .selectFrom('kept_file')
    .select('name')
    .distinct()
    .where('folder', '=', folder)
    .where('kept_at', '<', toInstantText(before))
    .execute()
  return rows.map(({ name }) => name)
}

/** Deletes all parts of a file; one that does not exist is no error. */
export async function deleteFile(db: Database, folder: string, name: string): Promise<void> {
  await db.deleteFrom('kept_file').where('folder', '=', folder).where('name', '=', name).execute()
}

/** Deletes the files whose names begin with these letters and digits. */
export async function deleteFilesBeginning(
  db: Database,
  folder: string,
  beginning: string,
): Promise<void> {
  await db
    .deleteFrom('kept_file')
    .where('folder', '=', folder)
    .where('name', 'like', `${beginning}%`)
    .execute()
}

/** Lists the files of this folder and of its subfolders. */
export async function listFilesBeneath(
  db: Database,
  folder: string,
): Promise<{ folder: string; name: string }[]> {
  return db
    .selectFrom('kept_file')
    .select(['folder', 'name'])
    .distinct()
    .where((eb) => eb.or([eb('folder', '=', folder), eb('folder', 'like', `${folder}/%`)]))
    .execute()
}
