import SQLite from 'better-sqlite3'
import type { BackupCounts } from '../../domain/backup/backup.ts'
import { isPostgresUrl } from '../database/address.ts'
import type { Database } from '../database/database.ts'
import { newSecret } from '../database/secrets.ts'
import { copyFromPostgres, type OnRows, PICTURE_KEY } from './copy-from-postgres.ts'

type SnapshotInput = {
  /** A path, or a `postgres://` address. */
  database: string
  path: string
  mediaFolder: string
  /** The key for encrypted pictures beside it, where there is none yet. */
  pictureKey?: string | undefined
  /** The key of the site, where the backup is encrypted. */
  siteKey?: Buffer | undefined
}

/**
 * Writes the database, as it is at one moment, into a new SQLite file, while the server goes on writing. A SQLite file
 * is copied by `VACUUM INTO`: one reading transaction, which delays no writer, and whose copy has no page with deleted
 * data. It takes its thread about ten milliseconds for each megabyte.
 *
 * @throws The errors of the database and the file system.
 */
export async function writeSnapshot(
  { database, path, mediaFolder, pictureKey, siteKey }: SnapshotInput,
  onRows: OnRows = () => undefined,
): Promise<void> {
  if (isPostgresUrl(database))
    await copyFromPostgres({ from: database, to: path, mediaFolder, pictureKey }, onRows)
  else copyFromSqlite({ database, path, pictureKey })
  if (siteKey) saveInSnapshot(path, siteKey)
}

/** The setting of a copy in which the key of the site goes along; the database of a site never has it. */
const SITE_KEY = 'site-key'

function saveInSnapshot(path: string, siteKey: Buffer): void {
  const sqlite = new SQLite(path, { fileMustExist: true })
  try {
    sqlite
      .prepare('insert or replace into setting (name, value) values (?, ?)')
      .run(SITE_KEY, siteKey.toString('base64url'))
  } finally {
    sqlite.close()
  }
}

/** Takes the key of the site out of a copy that is restored; undefined where it is not in it. */
export async function takeSiteKey(trx: Database): Promise<Buffer | undefined> {
  const row = await trx
    .deleteFrom('setting')
    .where('name', '=', SITE_KEY)
    .returning('value')
    .executeTakeFirst()
  return row && Buffer.from(row.value, 'base64url')
}

function copyFromSqlite({
  database,
  path,
  pictureKey,
}: Pick<SnapshotInput, 'database' | 'path' | 'pictureKey'>): void {
  const sqlite = new SQLite(database, { fileMustExist: true })
  try {
    sqlite.pragma('busy_timeout = 5000')
    // The secret identifies what is erased later, so the copy must have the one with which the database will go on.
    if (!sqlite.prepare(`select 1 from setting where name = 'erasure-secret'`).get())
      sqlite
        .prepare(`insert or ignore into setting (name, value) values ('erasure-secret', ?)`)
        .run(newSecret())
    if (pictureKey !== undefined)
      sqlite
        .prepare('insert or ignore into setting (name, value) values (?, ?)')
        .run(PICTURE_KEY, pictureKey)
    sqlite.prepare('vacuum into ?').run(path)
  } finally {
    sqlite.close()
  }
}

/** What a manifest says of the site, and the pictures that belong to it, as they are in a snapshot. */
export type SnapshotFacts = {
  /** Undefined before an address was chosen. */
  origin: string | undefined
  counts: BackupCounts
  mediaIds: ReadonlySet<string>
  pictureKey: string | undefined
}

/**
 * Reads the origin, the counts and the ids of pictures from a SQLite file on the disk, which is opened for reading
 * only. It throws where the file is missing, is no database or lacks one of these tables.
 */
export function readSnapshotFacts(path: string): SnapshotFacts {
  const sqlite = new SQLite(path, { readonly: true, fileMustExist: true })
  try {
    const count = (from: string) =>
      sqlite.prepare<[], number>(`select count(*) from ${from}`).pluck().get() ?? 0
    const setting = (name: string) =>
      sqlite.prepare<[string], string>('select value from setting where name = ?').pluck().get(name)
    return {
      origin: setting('origin'),
      pictureKey: setting(PICTURE_KEY),
      counts: {
        cafes: count('cafe where organization_id is not null'),
        people: count('facilitator where organization_id is not null'),
        followers: count('follower'),
        members: count(`peer where membership = 'member'`),
        listed: count('cafe where peer_id is not null'),
      },
      mediaIds: new Set(sqlite.prepare<[], string>('select id from media').pluck().all()),
    }
  } finally {
    sqlite.close()
  }
}
