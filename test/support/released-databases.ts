import { existsSync, readFileSync } from 'node:fs'
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import SQLite from 'better-sqlite3'
import { createKeyRing } from '../../federation/actors/keys.ts'
import { readConfig } from '../../node/config.ts'
import { saveCafe } from '../../node/store/cafes/cafes.ts'
import { saveSetting } from '../../node/store/database/settings.ts'
import { openDatabase } from '../../node/store/open-database.ts'
import { insertOrganization } from '../../node/store/structures/organizations.ts'
import { fillTables } from './filled-tables.ts'
import { aCafe } from './some-cafes.ts'
import { ROOT } from './sources.ts'

/** A small database of each released version: test/fixtures/databases. */

const FOLDER = join(ROOT, 'test/fixtures/databases')
const fileOf = (version: string): string => join(FOLDER, `${version}.sqlite.gz`)

export const hasFixture = (version: string): boolean => existsSync(fileOf(version))

/** Unpacks it to a path, as the program of that version left it. */
export const unpackFixture = (version: string, path: string): Promise<void> =>
  writeFile(path, gunzipSync(readFileSync(fileOf(version))))

/** Writes the fixture of the running version, with a row in every table; the keys and the cafés are real ones. */
export async function writeFixture(version: string, folder: string): Promise<void> {
  const path = join(folder, 'fixture.sqlite')
  const now = Temporal.Now.instant().round('second')
  const config = readConfig({ CAFE_IA_ORIGIN: 'https://mediatheque.example' })
  const db = await openDatabase(path)
  await saveSetting(db, 'origin', config.origin)
  await insertOrganization(db, { id: 'organization-1', slug: 'cafes', name: 'Médiathèque' }, now)
  await createKeyRing({ db, config, now: () => now }).keysOf('cafes')
  for (const title of ['L’été des robots', 'Une machine qui écrit'])
    await saveCafe(db, aCafe({ title, organizationId: 'organization-1' }))
  await db.destroy()
  const sqlite = new SQLite(path)
  sqlite.pragma('foreign_keys = on')
  fillTables(sqlite)
  sqlite.exec('vacuum')
  sqlite.pragma('journal_mode = delete')
  sqlite.close()
  // An existing one may be that of a released version.
  await writeFile(fileOf(version), gzipSync(readFileSync(path), { level: 9 }), { flag: 'wx' })
  await rm(path)
}
