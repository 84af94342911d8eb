import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { OpenDatabase } from '../../../node/store/database/database.ts'
import { claimJobRun } from '../../../node/store/database/job-runs.ts'
import { alone, ifAlone } from '../../../node/store/database/locks.ts'
import {
  openWorkChannel,
  type WorkChannel,
} from '../../../node/store/database/work-notifications.ts'
import { openDatabase } from '../../../node/store/open-database.ts'
import { createTestDatabase, isOnPostgres, type TestDatabase } from '../../support/database.ts'
import { until } from '../../support/network.ts'

let folder: string
let database: TestDatabase
/** Two connections, as two processes of one site have them. */
let one: OpenDatabase
let other: OpenDatabase
const lines: WorkChannel[] = []
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cafe-ia-work-line-'))
  database = await createTestDatabase(folder)
  one = await openDatabase(database.address)
  other = await openDatabase(database.address)
})
afterEach(async () => {
  await Promise.all(lines.splice(0).map((line) => line.close()))
  await Promise.all([one.destroy(), other.destroy()])
  await database.remove()
  await rm(folder, { recursive: true, force: true })
})

/** Opens a worker and counts the messages that it receives. */
async function work(db: OpenDatabase) {
  const heard = { work: 0, first: 0 }
  const line = await openWorkChannel(db, database.address, {
    onWork: () => {
      heard.work += 1
    },
    onFirst: async () => {
      heard.first += 1
    },
  })
  lines.push(line)
  return { ...line, heard }
}

/** Closes all connections, as a restart of the database server does. */
async function cutAll(): Promise<void> {
  const client = new pg.Client({ connectionString: database.address })
  await client.connect()
  await client.query(
    'select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and datname = current_database()',
  )
  await client.end()
}

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))

describe.runIf(isOnPostgres)('processes of one site', () => {
  test('a notification reaches all other processes, and not the sender', async () => {
    const workers = [await work(one), await work(other)]
    const web = await openWorkChannel(one, database.address, undefined)
    lines.push(web)
    web.notify()
    await until(() => workers.every(({ heard }) => heard.work > 0), { within: 1_500 })
    workers[0]?.notify()
    await until(() => (workers[1]?.heard.work ?? 0) > 1, { within: 1_500 })
    expect(workers[0]?.heard.work).toBe(1)
  })

  test('a hundred calls in a moment make a few notifications', async () => {
    const worker = await work(one)
    const web = await openWorkChannel(other, database.address, undefined)
    lines.push(web)
    for (let i = 0; i < 100; i++) web.notify()
    await until(() => worker.heard.work > 0)
    await pause(300)
    expect(worker.heard.work).toBeLessThan(5)
  })

  test('the first worker releases the leases of dead ones; a worker that starts beside another does not', async () => {
    const first = await work(one)
    const second = await work(other)
    expect([first.heard.first, second.heard.first]).toEqual([1, 0])
    await Promise.all(lines.splice(0).map((line) => line.close()))
    expect((await work(other)).heard.first).toBe(1)
  })

  test('a worker whose connection is cut listens again soon, and looks at once for work that it missed', async () => {
    const worker = await work(one)
    await cutAll()
    await until(() => worker.heard.work > 0, { within: 10_000, what: 'the look after the cut' })
    const before = worker.heard.work
    const web = await openWorkChannel(other, database.address, undefined)
    lines.push(web)
    web.notify()
    await until(() => worker.heard.work > before, { within: 1_500 })
  })

  test('of twenty processes at the same minute one runs the job, and so in the next minute', async () => {
    for (const minute of ['2026-11-25T09:00:10Z', '2026-11-25T09:01:00Z']) {
      const now = Temporal.Instant.from(minute)
      const turns = await Promise.all(
        Array.from({ length: 20 }, (_, index) =>
          claimJobRun(index % 2 ? one : other, 'purge', now),
        ),
      )
      expect(turns.filter(Boolean)).toHaveLength(1)
    }
    // A process whose clock is behind does not run the job again.
    const at = (time: string) => claimJobRun(one, 'purge', Temporal.Instant.from(time))
    expect(await at('2026-11-25T09:00:59Z')).toBe(false)
    // After a clock that was two hours ahead is set right, the job runs in each minute again.
    expect(await at('2026-11-25T11:02:00Z')).toBe(true)
    expect(await at('2026-11-25T09:02:00Z')).toBe(true)
    expect(await at('2026-11-25T09:02:30Z')).toBe(false)
  })

  test('a database that restarts ends no process: what was under way fails, and the next thing works', async () => {
    const held = alone(one, 'job', async () => {
      await cutAll()
      await pause(200)
    })
    await expect(held).rejects.toThrow()
    expect(await ifAlone(one, 'job', async () => 'done')).toBe('done')
    expect(await claimJobRun(other, 'purge', Temporal.Now.instant())).toBe(true)
  })

  test('what takes an exclusive lock never runs twice at once, and a process that dies releases the lock', async () => {
    let inside = 0
    let most = 0
    const job = async () => {
      inside += 1
      most = Math.max(most, inside)
      await pause(20)
      inside -= 1
      return 'done'
    }
    const all = [one, other, one, other].map((db) => alone(db, 'job', job))
    expect(await Promise.all(all)).toEqual(['done', 'done', 'done', 'done'])
    expect(most).toBe(1)
    const holding = alone(one, 'job', () => pause(200))
    await pause(50)
    expect(await ifAlone(other, 'job', job)).toBeUndefined()
    await holding
    expect(await ifAlone(other, 'job', job)).toBe('done')
    await expect(alone(one, 'job', () => Promise.reject(new Error('died')))).rejects.toThrow('died')
    expect(await ifAlone(other, 'job', job)).toBe('done')
  })
})

test.runIf(!isOnPostgres)(
  'a single process is the first worker, and always gets the lock',
  async () => {
    expect((await work(one)).heard.first).toBe(1)
    const now = Temporal.Instant.from('2026-11-25T09:00:10Z')
    expect([await claimJobRun(one, 'purge', now), await claimJobRun(one, 'purge', now)]).toEqual([
      true,
      true,
    ])
  },
)
