import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { VERSION } from '../../node/program/version.ts'
import { UnfitDatabase } from '../../node/store/database/address.ts'
import type { Database, OpenDatabase } from '../../node/store/database/database.ts'
import { findSetting, saveSetting } from '../../node/store/database/settings.ts'
import { openDatabase } from '../../node/store/open-database.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cafe-ia-database-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const path = () => join(folder, 'test.sqlite')

async function pragma(db: Database, name: string): Promise<unknown> {
  const { rows } = await sql.raw<Record<string, unknown>>(`pragma ${name}`).execute(db)
  return Object.values(rows[0] ?? {})[0]
}

// The driver itself waits for the disk after each commit (`commits.test.ts`).
const SAFE = { journal_mode: 'wal', synchronous: 1, foreign_keys: 1, busy_timeout: 5000 }

const pragmasOf = async (db: OpenDatabase) => {
  const found: Record<string, unknown> = {}
  // The column of `busy_timeout` has another name, so the first column is read.
  for (const name of Object.keys(SAFE)) found[name] = await pragma(db, name)
  return found
}

describe('the one file', () => {
  test('making its tables is done whole or not at all', async () => {
    const other = new SQLite(path())
    other.exec('create table deletion (key text)')
    await expect(openDatabase(path())).rejects.toThrow('deletion')
    expect(other.prepare('select name from sqlite_schema').pluck().all()).not.toContain('cafe')
    other.exec('drop table deletion')
    other.close()
    const made = await openDatabase(path())
    expect(await findSetting(made, 'origin')).toBeUndefined()
    await made.destroy()
  })

  test('one that another version made, or this one with other tables, is refused in one sentence, and left as it is', async () => {
    await (await openDatabase(path())).destroy()
    const other = new SQLite(path())
    other.exec(`update kysely_migration set name = '2026-11-25-init' `)
    const before = other.prepare('select name, sql from sqlite_schema').all()
    const refused = await openDatabase(path()).catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(UnfitDatabase)
    expect(String(refused)).toMatch(
      /test\.sqlite ont été faites par un état de travail .* 2026-11-25-init.* CAFE_IA_DATABASE/,
    )
    // The other version has stored its number in the database.
    other.exec(`update setting set value = '99.1.0' where name = 'program-version'`)
    await expect(openDatabase(path())).rejects.toThrow(
      `sont de la version 99.1.0 de ce programme, et celui-ci est la version ${VERSION},`,
    )
    expect(other.prepare('select name, sql from sqlite_schema').all()).toEqual(before)
    other.close()
  })

  test('is as safe when reopened as when made: better-sqlite3 sets NORMAL on a WAL file by itself', async () => {
    const made = await openDatabase(path())
    expect(await pragmasOf(made)).toEqual(SAFE)
    await saveSetting(made, 'origin', 'https://a.example')
    await made.destroy()
    for (let life = 0; life < 2; life++) {
      const reopened = await openDatabase(path())
      expect(await pragmasOf(reopened)).toEqual(SAFE)
      expect(await findSetting(reopened, 'origin')).toBe('https://a.example')
      await reopened.destroy()
    }
  })

  test('stays so beside a second opener, as a command beside the server', async () => {
    const server = await openDatabase(path())
    const command = await openDatabase(path())
    await saveSetting(command, 'origin', 'https://b.example')
    expect(await findSetting(server, 'origin')).toBe('https://b.example')
    expect(await pragmasOf(server)).toEqual(SAFE)
    expect(await pragmasOf(command)).toEqual(SAFE)
    await command.destroy()
    await server.destroy()
  })

  test('a transaction that has read still writes when a command beside it wants to write as well', async () => {
    const server = await openDatabase(path())
    const command = await openDatabase(path())
    await server.transaction().execute(async (trx) => {
      await findSetting(trx, 'origin')
      // In another process it would wait for its turn; in this one it would block the transaction for which it waits.
      await sql`pragma busy_timeout = 0`.execute(command)
      await expect(saveSetting(command, 'hub', 'https://hub.example')).rejects.toThrow('locked')
      await saveSetting(trx, 'origin', 'https://a.example')
    })
    await saveSetting(command, 'hub', 'https://hub.example')
    expect(await findSetting(server, 'hub')).toBe('https://hub.example')
    await command.destroy()
    await server.destroy()
  })

  test('a disk that is full is heard as that, and what was begun is undone', async () => {
    const db = await openDatabase(path())
    await saveSetting(db, 'origin', 'https://a.example')
    await db.transaction().execute((trx) => sql`pragma max_page_count = 1`.execute(trx))
    const filling = db.transaction().execute(async (trx) => {
      await saveSetting(trx, 'origin', 'https://b.example')
      await saveSetting(trx, 'long', 'x'.repeat(10_000_000))
    })
    await expect(filling).rejects.toMatchObject({ code: 'SQLITE_FULL' })
    expect(await findSetting(db, 'origin')).toBe('https://a.example')
    await db.transaction().execute((trx) => sql`pragma max_page_count = 1000000`.execute(trx))
    await saveSetting(db, 'origin', 'https://c.example')
    expect(await findSetting(db, 'origin')).toBe('https://c.example')
    await db.destroy()
  })

  test('every table is strict, every foreign key has its parent', async () => {
    const db = await openDatabase(path())
    const { rows } = await sql<{ name: string; strict: number }>`
      select name, strict from pragma_table_list
      where schema = 'main' and type = 'table' and name not like 'sqlite_%' and name not like 'kysely_%'`.execute(
      db,
    )
    expect(rows.length).toBeGreaterThan(15)
    expect(rows.filter(({ strict }) => strict === 0)).toEqual([])
    const broken = await sql`pragma foreign_key_check`.execute(db)
    expect(broken.rows).toEqual([])
    await db.destroy()
  })

  test('a folder that is not there is an error that says so', async () => {
    await expect(openDatabase(join(folder, 'nowhere', 'x.sqlite'))).rejects.toThrow()
  })
})
