import fs from 'node:fs'
import { mkdtemp, open, rm, writeFile } from 'node:fs/promises'
import { syncBuiltinESMExports } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import { Kysely, sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { claimRows, type OpenDatabase } from '../../../node/store/database/database.ts'
import { findSetting, saveSetting } from '../../../node/store/database/settings.ts'
import { sqliteDialect } from '../../../node/store/database/sqlite-dialect.ts'
import { createStatementCache } from '../../../node/store/database/statement-cache.ts'
import { createLogFlush } from '../../../node/store/database/write-log/flush.ts'
import { openDatabase } from '../../../node/store/open-database.ts'
import { createFairQueue } from '../../../node/turns/fair-queue.ts'

let folder: string
let path: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cafe-ia-commits-'))
  path = join(folder, 'test.sqlite')
})
afterEach(() => rm(folder, { recursive: true, force: true }))

/** Opens a file whose disk takes what is committed when the test says so. */
async function openOnSlowDisk() {
  await (await openDatabase(path)).destroy()
  const waiting: PromiseWithResolvers<void>[] = []
  let last: Promise<void> | undefined
  const log = {
    flush: () => {
      const one = Promise.withResolvers<void>()
      waiting.push(one)
      last = one.promise
      return one.promise
    },
    underWay: () => last,
    committed: () => undefined,
    close: async () => undefined,
  }
  const db: OpenDatabase = new Kysely({
    dialect: sqliteDialect({
      writer: createStatementCache(new SQLite(path)),
      reader: createStatementCache(new SQLite(path, { readonly: true })),
      lock: createFairQueue({ all: 1 }),
      log,
    }),
  })
  return { db, waiting }
}

/** Keeps what a promise became, without waiting for it. */
function watch(promise: Promise<unknown>) {
  const state: { is: 'waiting' | 'done' | 'failed' } = { is: 'waiting' }
  promise.then(
    () => {
      state.is = 'done'
    },
    () => {
      state.is = 'failed'
    },
  )
  return state
}

const save = (db: OpenDatabase, name: string) =>
  db.transaction().execute((trx) => saveSetting(trx, name, 'here'))

describe('while the disk takes what was committed', () => {
  test('the commit is not over, but reads and the next transaction go on', async () => {
    const { db, waiting } = await openOnSlowDisk()
    const first = watch(save(db, 'one'))
    await vi.waitUntil(() => waiting.length === 1)
    expect(await findSetting(db, 'one')).toBe('here')
    const alone = watch(saveSetting(db, 'two', 'here'))
    const second = watch(save(db, 'three'))
    await vi.waitUntil(() => waiting.length === 3)
    expect([first.is, alone.is, second.is]).toEqual(['waiting', 'waiting', 'waiting'])
    for (const { resolve } of waiting) resolve()
    await vi.waitUntil(() => [first, alone, second].every(({ is }) => is === 'done'))
    await db.destroy()
  })

  test('rows are claimed only after it, since what is claimed is acted on', async () => {
    const { db, waiting } = await openOnSlowDisk()
    const first = watch(save(db, 'one'))
    await vi.waitUntil(() => waiting.length === 1)
    const claim = watch(claimRows(db, (trx) => saveSetting(trx, 'claimed', 'here')))
    while ((await findSetting(db, 'claimed')) === undefined);
    expect([first.is, claim.is]).toEqual(['waiting', 'waiting'])
    expect(waiting).toHaveLength(1)
    waiting[0]?.resolve()
    await vi.waitUntil(() => first.is === 'done' && claim.is === 'done')
    await db.destroy()
  })

  test('a disk that fails is heard by whoever committed, and by nobody else', async () => {
    const { db, waiting } = await openOnSlowDisk()
    const first = watch(save(db, 'one'))
    await vi.waitUntil(() => waiting.length === 1)
    const levels: unknown[] = []
    const begun = Promise.withResolvers<void>()
    const goOn = Promise.withResolvers<void>()
    const second = watch(
      db.transaction().execute(async (trx) => {
        await saveSetting(trx, 'two', 'here')
        begun.resolve()
        await goOn.promise
        await saveSetting(trx, 'three', 'here')
      }),
    )
    await begun.promise
    waiting[0]?.reject(new Error('EIO'))
    await vi.waitUntil(() => first.is === 'failed')
    goOn.resolve()
    await vi.waitUntil(() => waiting.length === 2)
    waiting[1]?.resolve()
    await vi.waitUntil(() => second.is === 'done')
    expect(await findSetting(db, 'two')).toBe('here')
    expect(await findSetting(db, 'three')).toBe('here')
    // From now on SQLite itself waits for the disk.
    const third = watch(
      db.transaction().execute(async (trx) => {
        const { rows } = await sql<{ synchronous: number }>`pragma synchronous`.execute(trx)
        levels.push(rows[0]?.synchronous)
      }),
    )
    await vi.waitUntil(() => waiting.length === 3)
    waiting[2]?.resolve()
    await vi.waitUntil(() => third.is === 'done')
    expect(levels).toEqual([2])
    await db.destroy()
  })
})

test('a commit is over once the system has written the log to the disk; a claim does not wait', async () => {
  const db = await openDatabase(path)
  const written = vi.spyOn(fs, 'fdatasync')
  syncBuiltinESMExports()
  try {
    await save(db, 'one')
    expect(written).toHaveBeenCalledTimes(1)
    await saveSetting(db, 'two', 'here')
    expect(written).toHaveBeenCalledTimes(2)
    await claimRows(db, (trx) => saveSetting(trx, 'three', 'here'))
    expect(written).toHaveBeenCalledTimes(2)
    // Those that wait at the same time are written together.
    await Promise.all(Array.from({ length: 20 }, (_, turn) => save(db, `many-${turn}`)))
    expect(written.mock.calls.length).toBeLessThan(22)
  } finally {
    written.mockRestore()
    syncBuiltinESMExports()
    await db.destroy()
  }
})

test('the name of the log is written to the disk before the first commit is over, once', async () => {
  const some = await open(folder, 'r')
  const synced = vi.spyOn(Object.getPrototypeOf(some), 'sync')
  await some.close()
  const db = await openDatabase(path)
  try {
    await save(db, 'one')
    expect(synced).toHaveBeenCalledTimes(1)
    await save(db, 'two')
    expect(synced).toHaveBeenCalledTimes(1)
  } finally {
    synced.mockRestore()
    await db.destroy()
  }
})

test('a log that could not be opened once is opened by the next commit', async () => {
  const log = createLogFlush(path)
  await expect(log.flush()).rejects.toThrow('ENOENT')
  await writeFile(`${path}-wal`, '')
  await log.flush()
  await log.close()
})

test('a long log is copied into the file by a thread, which also begins it anew', async () => {
  const db = await openDatabase(path)
  const other = new SQLite(path)
  const lengthOf = () => {
    const [row] = other.pragma('wal_checkpoint(noop)') as { log: number }[]
    return row?.log ?? 0
  }
  // Each is written to a new page or two, of 8 kB. SQLite itself would copy the log after 16,000, and begin it anew with
  // the next commit.
  let longest = 0
  for (let turn = 0; turn < 5_000 && longest <= 1_000; turn++) {
    await saveSetting(db, `long-${turn}`, 'x'.repeat(8_000))
    longest = Math.max(longest, lengthOf())
  }
  expect(longest).toBeGreaterThan(1_000)
  await vi.waitUntil(() => lengthOf() < 10, 20_000)
  expect(await findSetting(db, 'long-0')).toHaveLength(8_000)
  other.close()
  await db.destroy()
})
