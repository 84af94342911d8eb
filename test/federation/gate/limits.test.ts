import { afterEach, beforeEach, expect, test } from 'vitest'
import { createLimits } from '../../../federation/gate/limits.ts'
import { createRoughLimiter } from '../../../node/store/queues/rate-limits.ts'
import { isOnPostgres, openTestDatabase } from '../../support/database.ts'

let database: Awaited<ReturnType<typeof openTestDatabase>>
beforeEach(async () => {
  database = await openTestDatabase()
})
afterEach(() => database.close())

const STEP = 10
const isMember = async () => false
const process = () =>
  createLimits({ 'inbox: minute': 100 }, (limit) =>
    createRoughLimiter(database.db, { ...limit, step: STEP }),
  )

test.runIf(isOnPostgres)('two processes count what is verified together', async () => {
  const processes = [process(), process()]
  const heard = { 'a.example': 0, 'b.example': 0 }
  for (let sent = 0; sent < 200; sent++)
    if ((await processes[sent % 2]?.countVerified('a.example', { isMember })) === undefined)
      heard['a.example']++
  for (let sent = 0; sent < 20; sent++)
    if ((await processes[sent % 2]?.countVerified('b.example', { isMember })) === undefined)
      heard['b.example']++
  expect(heard['a.example']).toBeGreaterThanOrEqual(100 - STEP)
  expect(heard['a.example']).toBeLessThanOrEqual(100 + 2 * STEP)
  expect(heard['b.example']).toBe(20)
})

test('neighbours of one registered domain share, and others do not', async () => {
  const limits = process()
  const hosts = Array.from({ length: 101 }, (_, n) => `n${n}.liar.example`)
  for (const host of hosts.slice(0, 100))
    expect(await limits.countVerified(host, { isMember })).toBeUndefined()
  expect(await limits.countVerified('n100.liar.example', { isMember })).toBeGreaterThan(0)
  expect(await limits.countVerified('honest.example', { isMember })).toBeUndefined()
})
