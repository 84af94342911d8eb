import { setTimeout as sleep } from 'node:timers/promises'
import SQLite from 'better-sqlite3'
import pg from 'pg'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { OpenDatabase } from '../../../node/store/database/database.ts'
import { flushErased, insertErased } from '../../../node/store/facilitators/erasures.ts'
import { createPostgresDatabase, isOnPostgres, openTestDatabase } from '../../support/database.ts'

const now = Temporal.Instant.from('2026-11-25T09:00:00Z')
let db: OpenDatabase
let address: string
let close: () => Promise<void>

beforeEach(async () => {
  ;({ db, address, close } = await openTestDatabase())
})
afterEach(() => close())

const listWaiting = () =>
  db.selectFrom('erased_profile').select('uri_hash').where('flushed_at', 'is', null).execute()

/** Runs `work` while another connection reads the database as it was before. */
async function whileRead(work: () => Promise<void>): Promise<void> {
  if (!isOnPostgres) {
    const reader = new SQLite(address, { readonly: true })
    reader.exec('begin')
    reader.prepare('select * from erased_profile').all()
    await work()
    reader.close()
    return
  }
  const reader = new pg.Client(address)
  await reader.connect()
  await reader.query('begin isolation level repeatable read')
  await reader.query('select * from erased_profile')
  await work()
  await reader.end()
}

test('what a reader may still see is not called erased before the reader is done', async () => {
  await whileRead(async () => {
    await insertErased(db, 'https://elsewhere.example/people/camille', now)
    const start = performance.now()
    await flushErased(db, now, 0)
    expect(performance.now() - start).toBeLessThan(4000)
    expect(await listWaiting()).toHaveLength(1)
  })
  await flushErased(db, now)
  expect(await listWaiting()).toEqual([])
})

test.runIf(isOnPostgres)(
  'nor while somebody writes in another database of the same server',
  async () => {
    const beside = await createPostgresDatabase()
    const writer = new pg.Client(beside.address)
    await writer.connect()
    await writer.query('begin')
    await writer.query('select pg_current_xact_id()')
    await insertErased(db, 'https://elsewhere.example/people/camille', now)
    await flushErased(db, now, 0)
    expect(await listWaiting()).toHaveLength(1)
    await writer.end()
    await flushErased(db, now)
    expect(await listWaiting()).toEqual([])
    await beside.remove()
  },
)

test.runIf(isOnPostgres)(
  'who is forgotten while tables wait to be rewritten waits for the next time',
  async () => {
    const reader = new pg.Client(address)
    await reader.connect()
    await reader.query('begin isolation level repeatable read')
    await reader.query('select * from erased_profile')
    await insertErased(db, 'https://elsewhere.example/people/camille', now)
    const flushing = flushErased(db, now)
    await sleep(300)
    await insertErased(db, 'https://elsewhere.example/people/sam', now)
    await reader.end()
    await flushing
    expect(await listWaiting()).toHaveLength(1)
    await flushErased(db, now)
    expect(await listWaiting()).toEqual([])
  },
)
