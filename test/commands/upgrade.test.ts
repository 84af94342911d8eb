import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { copyFile, mkdir, readdir, rm, statfs, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import SQLite from 'better-sqlite3'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { VERSION } from '../../node/program/version.ts'
import { readDataState } from '../../node/store/migrations/data-state.ts'
import { FIRST } from '../../node/store/migrations/index.ts'
import {
  addLaterMigrations,
  LATER_COUNT,
  removeLaterMigrations,
} from '../support/later-migrations.ts'
import { createOlderDatabase, readTables } from '../support/older-database.ts'
import { type Folder, openFolder, type Settings } from '../support/program.ts'

/** A new version of the program opens the data of the former one, as its operator runs it. */

/** Makes the program that is built a later version. */
const LATER = fileURLToPath(new URL('../../dist/bench/later-migrations.js', import.meta.url))

let site: Folder
let data: string
let database: string
beforeEach(async () => {
  site = await openFolder()
  data = join(site.folder, 'data')
  database = join(data, 'cafe-ia.sqlite')
  await mkdir(data, { mode: 0o700 })
  site.settings.NODE_OPTIONS = `--import=${LATER}`
  await createOlderDatabase(data, VERSION)
  addLaterMigrations()
  change(`update setting set value = '${site.origin}' where name = 'origin'`)
})
afterEach(async () => {
  await site.close()
  removeLaterMigrations()
})

function change(statement: string): void {
  const sqlite = new SQLite(database)
  sqlite.exec(statement)
  sqlite.close()
}

const isUpgraded = async () => (await readDataState(database)).due.length === 0
const listBackups = async () => {
  const folder = join(data, 'backups')
  return existsSync(folder) ? readdir(folder) : []
}

test('--check says what would happen and changes nothing; start does it, and says so first', async () => {
  const checked = await site.run(['upgrade', '--check'])
  expect(checked).toMatchObject({ code: 0, stderr: '' })
  expect(checked.stdout).toContain(`Programme : version ${VERSION}`)
  expect(checked.stdout).toContain(`(${LATER_COUNT}\u00a0étapes)`)
  expect(checked.stdout).toMatch(/Une sauvegarde sera faite avant : elle demande jusqu’à \d+\sMo/)
  expect(await isUpgraded()).toBe(false)
  expect(await listBackups()).toEqual([])

  const server = await site.start()
  await server.says('Cafés IA')
  const [first = '', second] = server.stdout().split('\n')
  expect(first).toContain('Mise à jour des données')
  expect(second).toContain(site.origin)
  expect(await isUpgraded()).toBe(true)
  const [name = ''] = await listBackups()
  expect(first).toContain(join(data, 'backups', name))
  expect(await site.run(['backup', '--check', join(data, 'backups', name)])).toMatchObject({
    code: 0,
  })
  const home = await fetch(site.origin)
  expect(home.status).toBe(200)

  const after = await site.run(['upgrade', '--check'])
  expect(after).toMatchObject({ code: 0, stderr: '' })
  expect(after.stdout).toContain('Rien à changer dans les données.')
}, 60_000)

test('a command that opens the data does it too, and its answer stays alone on stdout', async () => {
  const made = await site.run(['token', 'create'])
  expect(made.code).toBe(0)
  expect(made.stdout.trim()).not.toContain(' ')
  expect(made.stderr).toContain('Mise à jour des données')
  expect(await isUpgraded()).toBe(true)
  expect(await site.run(['upgrade'])).toMatchObject({
    code: 0,
    stdout: `Les données sont à jour : version ${VERSION}.\n`,
    stderr: '',
  })
})

test('a copy of older data is refused until it is upgraded: it would change the file without a backup', async () => {
  const ran = await site.run(['copy-database', 'postgres://nobody@127.0.0.1:1/none'])
  expect(ran).toMatchObject({ code: 1, stdout: '' })
  expect(ran.stderr).toContain('« cafe-ia upgrade »')
  expect(await isUpgraded()).toBe(false)
})

test('killed during the backup, it begins again and leaves one backup', async () => {
  const { child, says, ended } = await site.start()
  await says('Mise à jour')
  child.kill('SIGKILL')
  await ended()
  const server = await site.start()
  await server.says('Cafés IA')
  expect(await isUpgraded()).toBe(true)
  const names = await listBackups()
  expect(names.filter((name) => !name.endsWith('.ndjson'))).toHaveLength(1)
  expect(names.filter((name) => name.startsWith('.'))).toEqual([])
}, 60_000)

test('data of a newer version is left as it is, and both versions are named', async () => {
  change(`update setting set value = '99.1.0' where name = 'program-version';
    insert into setting (name, value) values ('program-version', '99.1.0') on conflict do update set value = '99.1.0';
    insert into kysely_migration (name, timestamp) values ('9999-newer', '2030')`)
  for (const args of [['start'], ['upgrade'], ['sign-in-link']]) {
    const ran = await site.run(args)
    expect(ran).toMatchObject({ code: args[0] === 'start' ? 78 : 1, stdout: '' })
    expect(ran.stderr.trim().split('\n')).toHaveLength(1)
    expect(ran.stderr).toContain('99.1.0')
    expect(ran.stderr).toContain(`celui-ci est la version ${VERSION},`)
  }
  const checked = await site.run(['upgrade', '--check'])
  expect(checked.code).toBe(1)
  expect(checked.stdout).toContain('99.1.0')
  expect(await listBackups()).toEqual([])
}, 60_000)

test('with the address of another site, or none, nothing is backed up or changed', async () => {
  const { ORIGIN: _, ...without } = site.settings
  const others = [{ ...site.settings, ORIGIN: 'https://ailleurs.example' }, without]
  const before = await readTables(database)
  for (const settings of others)
    for (const args of [['start'], ['upgrade'], ['token', 'create']]) {
      const ran = await site.run(args, settings as Settings)
      expect(ran).toMatchObject({ code: args[0] === 'start' ? 78 : 1, stdout: '' })
      expect(ran.stderr.trim().split('\n')).toHaveLength(1)
      expect(ran.stderr).toContain(`publiées sous ${site.origin} : remettez cette adresse`)
    }
  expect(await readTables(database)).toEqual(before)
  expect(await isUpgraded()).toBe(false)
  expect(await listBackups()).toEqual([])
}, 60_000)

test('--check says which setting cannot be read or is of another site, and that there is no data yet', async () => {
  const wrong = await site.run(['upgrade', '--check'], { ...site.settings, PORT: 'x' })
  expect(wrong.code).toBe(1)
  expect(wrong.stdout).toContain('CAFE_IA_PORT')
  const other = await site.run(['upgrade', '--check'], {
    ...site.settings,
    ORIGIN: 'https://ailleurs.example',
  })
  expect(other.code).toBe(1)
  expect(other.stdout).toContain(`✗ Ces données sont celles de ${site.origin}`)
  await rm(data, { recursive: true })
  const none = await site.run(['upgrade', '--check'])
  expect(none.code).toBe(0)
  expect(none.stdout).toContain('Pas encore de données')
  expect(existsSync(data)).toBe(false)
})

test('--check says that the data is damaged', async () => {
  await rm(database)
  await mkdir(database)
  const checked = await site.run(['upgrade', '--check'])
  expect(checked.code).toBe(1)
  expect(checked.stdout).toContain('Les données ne peuvent pas être lues')
})

const mountSmall = (folder: string): boolean =>
  spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder]).status === 0

test('a disk that is full stops it before anything is changed; --check says so before', async ({
  skip,
}) => {
  const folder = join(data, 'backups')
  await mkdir(folder)
  if (!mountSmall(folder)) return skip('mounting needs root')
  try {
    const checked = await site.run(['upgrade', '--check'])
    expect(checked.code).toBe(1)
    expect(checked.stdout).toContain('✗ Une sauvegarde sera faite avant')
    const ran = await site.run(['start'])
    expect(ran.code).toBe(78)
    expect(ran.stderr.trim().split('\n')).toHaveLength(1)
    expect(ran.stderr).toContain('il n’y a plus assez de place sur le disque')
    expect(await isUpgraded()).toBe(false)
    expect(await readdir(folder)).toEqual([])
    const passed = await site.run(['upgrade'], { ...site.settings, BACKUPS: 'off' })
    expect(passed.code).toBe(0)
    expect(await isUpgraded()).toBe(true)
  } finally {
    spawnSync('umount', [folder])
  }
}, 60_000)

test('a disk that fills while the data is changed leaves it as it was, and says so', async ({
  skip,
}) => {
  const small = join(site.folder, 'small')
  await mkdir(small)
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', small]).status !== 0)
    return skip('mounting needs root')
  try {
    const there = join(small, 'cafe-ia.sqlite')
    await copyFile(database, there)
    const { bavail, bsize } = await statfs(small)
    await writeFile(join(small, 'full'), Buffer.alloc(bavail * bsize - 120_000))
    const settings = { ...site.settings, DATABASE: there }
    const ran = await site.run(['upgrade'], settings)
    expect(ran).toMatchObject({ code: 1, stdout: '' })
    const [said, why, ...more] = ran.stderr.trim().split('\n')
    expect(said).toContain('d’abord, une sauvegarde')
    expect(why).toContain('reprendra au prochain démarrage : il n’y a plus assez de place')
    expect(more).toEqual([])
    expect((await readDataState(there)).last).toBe(FIRST)
    await rm(join(small, 'full'))
    expect(await site.run(['upgrade'], settings)).toMatchObject({ code: 0 })
    expect((await readDataState(there)).due).toEqual([])
  } finally {
    spawnSync('umount', [small])
  }
}, 60_000)

test('--check says that the data are in the folder of the program that it would replace', async () => {
  await mkdir(join(site.folder, 'bin'))
  await writeFile(join(site.folder, 'bin', 'cafe-ia'), '')
  const { code, stdout } = await site.run(['upgrade', '--check'])
  expect(code).toBe(1)
  expect(stdout).toContain(`✗ Les données sont dans le dossier d’un programme (${data})`)
})
