import SQLite from 'better-sqlite3'
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { saveCafe } from '../../../node/store/cafes/cafes.ts'
import type { OpenDatabase } from '../../../node/store/database/database.ts'
import { searchCafes } from '../../../node/store/search/search.ts'
import { addWordFunctions } from '../../../node/store/search-index/index-columns.ts'
import { isOnPostgres } from '../../support/database.ts'
import { aCafe, openWithCafes } from '../../support/some-cafes.ts'

const now = Temporal.Instant.from('2026-11-25T09:00:00Z')
let db: OpenDatabase
let close: () => Promise<void>
beforeEach(async () => {
  ;({ db, close } = await openWithCafes([aCafe({ title: 'Un premier' })], now))
})
afterEach(() => close())

const listTitles = async (words: string): Promise<string[]> => {
  const { items } = await searchCafes(db, { words, from: now, limit: 200 })
  return items.map(({ title }) => title).sort()
}

test('of a transaction that writes many cafés, each is found by its words of the end', async () => {
  const cafes = Array.from({ length: 100 }, (_, index) => aCafe({ title: `Avant ${index}` }))
  await db.transaction().execute(async (trx) => {
    for (const cafe of cafes) await saveCafe(trx, cafe)
    for (const cafe of cafes.slice(0, 50)) await saveCafe(trx, { ...cafe, title: 'Ensuite' })
    for (const { id } of cafes.slice(90))
      await trx.deleteFrom('cafe').where('id', '=', id).execute()
  })
  expect(await listTitles('ensuite')).toHaveLength(50)
  expect(await listTitles('avant')).toHaveLength(40)
})

test('what is undone leaves no word', async () => {
  const cafe = aCafe({ title: 'Jamais' })
  const failing = db.transaction().execute(async (trx) => {
    await saveCafe(trx, cafe)
    throw new Error('no')
  })
  await expect(failing).rejects.toThrow('no')
  await saveCafe(db, aCafe({ title: 'Ensuite' }))
  expect(await listTitles('jamais')).toEqual([])
  expect(await listTitles('ensuite')).toEqual(['Ensuite'])
})

describe.skipIf(isOnPostgres)('on SQLite', () => {
  const readPath = async (): Promise<string> => {
    const { rows } = await sql<{ file: string }>`pragma database_list`.execute(db)
    return rows[0]?.file ?? ''
  }

  test('a statement of its own that stands is not said to have failed where its words could not be added', async () => {
    await sql`create trigger refused before delete on search_waiting
      begin select raise(abort, 'refused'); end`.execute(db)
    const rename = db.updateTable('cafe').set({ title: 'Autrement' })
    await expect(rename.execute()).resolves.toBeDefined()
    await expect(db.transaction().execute(async () => undefined)).rejects.toThrow('refused')
    await sql`drop trigger refused`.execute(db)
    await db.transaction().execute(async () => undefined)
    expect(await listTitles('autrement')).toEqual(['Autrement'])
  })

  test('cafés that another program wrote, or one that ended too soon, are taken up by the next transaction, once', async () => {
    const beside = new SQLite(await readPath())
    addWordFunctions(beside)
    beside.prepare(`update cafe set title = 'Autrement'`).run()
    beside.close()
    expect(await listTitles('premier')).toEqual([])
    expect(await listTitles('autrement')).toEqual([])
    await db.transaction().execute(async () => undefined)
    expect(await listTitles('autrement')).toEqual(['Autrement'])
    // This is the state after a process that ended between the two steps.
    await sql`insert into search_waiting select id from cafe`.execute(db)
    expect(await listTitles('autrement')).toEqual(['Autrement'])
    const { rows } = await sql`select * from search_waiting`.execute(db)
    expect(rows).toEqual([])
    const check = sql`insert into search_coming (search_coming) values ('integrity-check')`
    await expect(check.execute(db)).resolves.toBeDefined()
  })
})
