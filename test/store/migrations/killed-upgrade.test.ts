import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { copyFileSync, existsSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import SQLite from 'better-sqlite3'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { VERSION } from '../../../node/program/version.ts'
import { readDataState } from '../../../node/store/migrations/data-state.ts'
import { migrations } from '../../../node/store/migrations/index.ts'
import { openDatabase } from '../../../node/store/open-database.ts'
import { isOnPostgres } from '../../support/database.ts'
import {
  addLaterMigrations,
  LATER_COUNT,
  removeLaterMigrations,
} from '../../support/later-migrations.ts'
import { createOlderDatabase, readSchema, readTables } from '../../support/older-database.ts'

/** An upgrade that is interrupted by kill -9 leaves the state before it or the state after it. */

/** A round on PostgreSQL takes four seconds. */
const ROUNDS = isOnPostgres ? 2 : 5

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cafe-ia-killed-'))
})
afterEach(async () => {
  removeLaterMigrations()
  await rm(folder, { recursive: true, force: true })
})

/** Makes a database that is earlier than this program, which has later migrations from here on. */
async function createOlder() {
  removeLaterMigrations()
  const made = await createOlderDatabase(folder, VERSION)
  addLaterMigrations()
  return made
}

/** Reads everything but the time of the migrations and the number of page changes, which begins at random. */
async function readAll(address: string) {
  const { kysely_migration, content_version: _, ...tables } = await readTables(address)
  return { schema: await readSchema(address), tables, done: kysely_migration?.length }
}

async function openOnce(address: string): Promise<void> {
  await (await openDatabase(address)).destroy()
}

const run = promisify(execFile)
const CHILD = fileURLToPath(new URL('../../support/killed-upgrade.ts', import.meta.url))
const open = (address: string, at: number) =>
  run(process.execPath, [CHILD, address, String(at)]).then(
    ({ stdout }) => ({ count: Number(stdout), signal: undefined }),
    ({ signal }: { signal: string }) => ({ count: 0, signal }),
  )

test('a process that is killed at one statement or another, then opens again, ends as one that is not', async () => {
  const undisturbed = await createOlder()
  const { count } = await open(undisturbed.address, 0)
  const expected = await readAll(undisturbed.address)
  await undisturbed.remove()
  expect(expected.done).toBe(Object.keys(migrations).length)
  expect(count).toBeGreaterThan(30)
  const seed = Math.floor(Math.random() * count)
  for (let round = 0; round < ROUNDS; round++) {
    const at = 1 + ((seed + Math.floor((round * count) / ROUNDS)) % count)
    await rm(join(folder, 'cafe-ia.sqlite'), { force: true })
    const { address, remove } = await createOlder()
    expect(await open(address, at), `statement ${at}`).toMatchObject({ signal: 'SIGKILL' })
    await openOnce(address)
    expect(await readAll(address), `statement ${at}`).toEqual(expected)
    await remove()
  }
}, 120_000)

test.skipIf(isOnPostgres)(
  'whatever statement it is: none leaves half of an upgrade on the disk',
  async () => {
    const { address } = await createOlder()
    const states = new Map<string, string>()
    let count = 0
    const { prototype } = new SQLite(':memory:').prepare('select 1').constructor
    const original = { run: prototype.run, all: prototype.all, get: prototype.get }
    /** Records what a kill at this moment leaves: the pages that were written to the operating system. */
    const keep = () => {
      count++
      const wal = `${address}-wal`
      const hash = createHash('sha256').update(readFileSync(address))
      if (existsSync(wal)) hash.update(readFileSync(wal))
      const name = hash.digest('hex')
      if (states.has(name)) return
      const copy = join(folder, `${states.size}.sqlite`)
      states.set(name, copy)
      copyFileSync(address, copy)
      if (existsSync(wal)) copyFileSync(wal, `${copy}-wal`)
    }
    for (const [name, made] of Object.entries(original))
      prototype[name] = function (...values: unknown[]) {
        keep()
        return made.apply(this, values)
      }
    try {
      await openOnce(address)
    } finally {
      Object.assign(prototype, original)
    }
    const expected = await readAll(address)
    expect(count).toBeGreaterThan(30)
    expect(states.size).toBeGreaterThan(1)
    for (const copy of states.values()) {
      const { due, version } = await readDataState(copy)
      expect([0, LATER_COUNT]).toContain(due.length)
      expect(version).toBe(VERSION)
      await openOnce(copy)
      expect(await readAll(copy)).toEqual(expected)
    }
  },
)
