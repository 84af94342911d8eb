import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { askOnce, type Database, type OpenDatabase } from '../../../node/store/database/database.ts'
import { prepare } from '../../../node/store/database/prepared.ts'
import { isOnPostgres, openTestDatabase } from '../../support/database.ts'

let db: OpenDatabase
let close: () => Promise<void>

beforeAll(async () => {
  ;({ db, close } = await openTestDatabase())
})
afterAll(() => close())

test('a query that was prepared is built once, and finds by the values of each call', async () => {
  let built = 0
  const add = prepare((trx, { name, total }: { name: string; total: number }) => {
    built += 1
    return trx
      .insertInto('daily_count')
      .values({ name, day: '2026-11-25', total })
      .onConflict((oc) => oc.columns(['name', 'day']).doUpdateSet({ total }))
      .returning(['name', 'total'])
  })
  const first = await add(db, { name: 'a', total: 1 })
  const second = await db.transaction().execute((trx) => add(trx, { name: 'b', total: 2 }))
  const third = await add(db, { name: 'a', total: 3 })
  expect([first, second, third].flatMap(({ rows }) => rows)).toEqual([
    { name: 'a', total: 1 },
    { name: 'b', total: 2 },
    { name: 'a', total: 3 },
  ])
  expect(built).toBe(1)
})

test('a prepared query belongs to its transaction, and is refused once that has ended', async () => {
  const add = prepare((trx, { name }: { name: string }) =>
    trx.insertInto('daily_count').values({ name, day: '2026-11-26', total: 1 }).returning('name'),
  )
  const read = prepare((trx, { day }: { day: string }) =>
    trx.selectFrom('daily_count').select('name').where('day', '=', day),
  )
  const day = '2026-11-26'
  let ended: Database | undefined
  await expect(
    db.transaction().execute(async (trx) => {
      ended = trx
      await add(trx, { name: 'x' })
      expect((await read(trx, { day })).rows).toEqual([{ name: 'x' }])
      if (!isOnPostgres) expect((await read(db, { day })).rows).toEqual([])
      throw new Error('undone')
    }),
  ).rejects.toThrow('undone')
  expect((await read(db, { day })).rows).toEqual([])
  await expect(async () => ended && (await add(ended, { name: 'y' }))).rejects.toThrow(
    /already (?:committed|rolled back)/,
  )
  expect((await read(db, { day })).rows).toEqual([])
})

test.skipIf(!isOnPostgres)('PostgreSQL parses a prepared query once for a connection', async () => {
  const read = prepare((trx, { day }: { day: string }) =>
    trx.selectFrom('daily_count').select('total').where('day', '=', day),
  )
  const { rows } = await db.transaction().execute(async (trx) => {
    for (const day of ['2026-11-27', '2026-11-28']) await read(trx, { day })
    return sql<{ statement: string; runs: number }>`
      select statement, generic_plans + custom_plans as runs from pg_prepared_statements
      where statement like 'select "total"%'`.execute(trx)
  })
  expect(rows).toEqual([{ statement: expect.stringContaining('"daily_count"'), runs: 2 }])
})

test('a question is asked once in a transaction, and anew in the next and outside of one', async () => {
  let asked = 0
  const ask = (of: Database) => askOnce(of, 'number', async () => ++asked)
  const together = () =>
    db.transaction().execute(async (trx) => [await ask(trx), await ask(trx), await ask(trx)])
  expect(await together()).toEqual([1, 1, 1])
  expect(await together()).toEqual([2, 2, 2])
  expect([await ask(db), await ask(db)]).toEqual([3, 4])
})

test.skipIf(isOnPostgres)('SQLite is told the number of a limit in the query itself', async () => {
  const query = db.selectFrom('daily_count').select('name').where('total', '>', 0).orderBy('name')
  expect(query.limit(2).compile()).toMatchObject({
    sql: expect.stringMatching(/ limit 2$/),
    parameters: [0],
  })
  expect(await query.limit(1).execute()).toEqual([{ name: 'a' }])
})
