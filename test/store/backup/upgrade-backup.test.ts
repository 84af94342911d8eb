import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readConfig } from '../../../node/config.ts'
import { createDueBackup } from '../../../node/jobs/backup/daily-backup.ts'
import { unpackBackup } from '../../../node/jobs/backup/unpack-backup.ts'
import { VERSION } from '../../../node/program/version.ts'
import { openDatabaseOf } from '../../../node/server/site-database.ts'
import { connectOnce } from '../../../node/store/database/postgres.ts'
import { readDataState } from '../../../node/store/migrations/data-state.ts'
import { FIRST } from '../../../node/store/migrations/index.ts'
import { openDatabase } from '../../../node/store/open-database.ts'
import { isOnPostgres, type TestDatabase } from '../../support/database.ts'
import { IS_FULL } from '../../support/full.ts'
import {
  addLaterMigrations,
  removeLaterMigrations,
  UNFIT_TITLE,
} from '../../support/later-migrations.ts'
import { createOlderDatabase, readTables } from '../../support/older-database.ts'

/** Checks what happens to the data of an earlier version when a server or a command opens it. */

/** What is about the files beside the database is the same on both. */
const testOfFiles = test.skipIf(isOnPostgres && !IS_FULL)

let folder: string
let older: TestDatabase
let said: string[]
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cafe-ia-upgrade-'))
  older = await createOlderDatabase(folder, VERSION)
  addLaterMigrations()
  said = []
})
afterEach(async () => {
  removeLaterMigrations()
  await older.remove()
  await rm(folder, { recursive: true, force: true })
})

const backups = () => join(folder, 'backups')
const listBackups = async () => (existsSync(backups()) ? (await readdir(backups())).sort() : [])

const configOf = (settings: Record<string, string> = {}) =>
  readConfig({
    CAFE_IA_ORIGIN: 'https://mediatheque.example',
    CAFE_IA_DATA: folder,
    CAFE_IA_DATABASE: older.address,
    ...settings,
  })

async function open(settings: Record<string, string> = {}): Promise<void> {
  const db = await openDatabaseOf(configOf(settings), (line) => said.push(line))
  await db.destroy()
}

const isUpgraded = async () => (await readDataState(older.address)).due.length === 0

test('is backed up, said in one line, and brought to this version; the next time nothing is to do', async () => {
  const before = await readTables(older.address)
  await open()
  expect(await isUpgraded()).toBe(true)
  const [name = '', ...others] = await listBackups()
  expect(others).toEqual([])
  expect(name).toMatch(/^cafe-ia-avant-.*\.tar\.gz$/)
  expect(said).toHaveLength(1)
  expect(said[0]).toContain('Mise à jour des données')
  expect(said[0]).toContain(join(backups(), name))
  await open()
  expect(await listBackups()).toEqual([name])
  expect(said).toHaveLength(1)

  // The backup holds the former data, which opens here and in the version that made it.
  const unpacked = join(folder, 'unpacked')
  await mkdir(unpacked)
  const file = join(backups(), name)
  await unpackBackup({ file, passphrase: undefined, folder: unpacked, areMediaKept: false })
  const copy = join(unpacked, 'database.sqlite')
  expect(await readDataState(copy)).toMatchObject({ last: FIRST, unknown: undefined })
  const rows = await readTables(copy)
  expect(rows.cafe?.length).toBe(before.cafe?.length)
  expect(rows.consent).toEqual(before.consent)
  const db = await openDatabase(copy)
  expect(await readDataState(copy)).toMatchObject({ version: VERSION, due: [] })
  await db.destroy()
})

testOfFiles('no night takes that backup away', async () => {
  // The thread of the backup has no later migrations.
  removeLaterMigrations()
  const mine = 'cafe-ia-avant-0.0.9-2020-01-01T000000Z.tar.gz'
  await mkdir(backups())
  await writeFile(join(backups(), mine), 'old')
  await writeFile(join(backups(), 'cafe-ia-2020-01-01T0000Z.tar.gz'), 'old')
  const db = await openDatabase(older.address)
  await createDueBackup({ db, config: configOf(), now: Temporal.Now.instant })
  await db.destroy()
  expect(await listBackups()).toContain(mine)
  expect(await listBackups()).not.toContain('cafe-ia-2020-01-01T0000Z.tar.gz')
})

testOfFiles(
  'the next upgrade takes it away once it has come to its end; what else lies there stays',
  async () => {
    await mkdir(backups())
    const former = 'cafe-ia-avant-0.0.9-2026-01-01T000000Z.tar.gz.age'
    for (const name of [former, 'cafe-ia-2026-11-01T0112Z.tar.gz', 'avant-mise-a-jour.tar.gz'])
      await writeFile(join(backups(), name), 'x')
    await open()
    const names = await listBackups()
    expect(names).not.toContain(former)
    expect(names).toContain('cafe-ia-2026-11-01T0112Z.tar.gz')
    expect(names).toContain('avant-mise-a-jour.tar.gz')
    expect(names).toHaveLength(3)
  },
)

testOfFiles(
  'where the backup cannot be made nothing is changed, one sentence says why, and a setting passes over it',
  async () => {
    await writeFile(backups(), 'in the way')
    const before = await readTables(older.address)
    const refused = await open().catch((error: unknown) => String(error))
    expect(refused).toMatch(/^ConfigError: La mise à jour s’est arrêtée avant de rien changer/)
    expect(refused).toContain('CAFE_IA_BACKUPS=off')
    expect(refused).not.toContain('\n')
    expect(await readTables(older.address)).toEqual(before)
    expect(await isUpgraded()).toBe(false)
    await open({ CAFE_IA_BACKUPS: 'off' })
    expect(said.at(-1)).toContain('sans sauvegarde')
    expect(await isUpgraded()).toBe(true)
  },
)

test('the upgrade that fails after its backup leaves the former one, and attempts do not pile up', async () => {
  const former = 'cafe-ia-avant-0.0.9-2026-01-01T000000Z.tar.gz'
  const attempt = `cafe-ia-avant-${VERSION}-2026-01-02T000000Z.tar.gz`
  await mkdir(backups())
  for (const name of [former, attempt]) await writeFile(join(backups(), name), 'x')
  await spoil(older.address)
  await expect(open()).rejects.toThrow()
  expect(await isUpgraded()).toBe(false)
  const names = await listBackups()
  expect(names).toContain(former)
  expect(names).not.toContain(attempt)
  expect(names).toHaveLength(2)
})

test('two that start at once make one backup and one upgrade', async () => {
  await Promise.all([open(), open(), open()])
  expect(await listBackups()).toHaveLength(1)
  expect(said).toHaveLength(1)
  expect(await isUpgraded()).toBe(true)
})

testOfFiles('with a passphrase it is encrypted', async () => {
  await open({ CAFE_IA_BACKUP_PASSPHRASE: 'quatre mots pris au hasard' })
  expect((await listBackups())[0]).toMatch(/\.tar\.gz\.age$/)
})

/** Adds a view that makes the migrations fail, since it has the name of a new table. */
async function spoil(address: string): Promise<void> {
  const unfit = `update cafe set title = '${UNFIT_TITLE}'`
  if (isOnPostgres) {
    const client = connectOnce(address)
    await client.connect()
    await client.query(unfit)
    await client.end()
    return
  }
  const sqlite = new SQLite(address)
  sqlite.exec(unfit)
  sqlite.close()
}
