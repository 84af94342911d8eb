import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openDatabase } from '../../../node/store/open-database.ts'
import { rebuildSearchIndex } from '../../../node/store/search/rebuild.ts'
import { searchCafes } from '../../../node/store/search/search.ts'
import { addWordFunctions } from '../../../node/store/search-index/index-columns.ts'
import { createOlderDatabase } from '../../support/older-database.ts'
import { unpackFixture } from '../../support/released-databases.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cafe-ia-entries-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

/** Makes rows whose entries have the facets of the program before. */
async function makeRows(): Promise<string> {
  const rows = join(folder, 'rows.sqlite')
  await unpackFixture('0.1.0', rows)
  const sqlite = new SQLite(rows)
  addWordFunctions(sqlite)
  sqlite.exec(`update cafe set publication = 'published', published_at = updated_at, hidden_reason = null,
    attendance_mode = 'mixed', status = 'scheduled', open_to = 'public'`)
  sqlite.close()
  return rows
}

test('entries of the program before are found by their facets, as those that are made anew', async () => {
  const { address, remove } = await createOlderDatabase(folder, {
    ...{ rows: await makeRows(), last: '0020-shorter-positions' },
  })
  const db = await openDatabase(address)
  try {
    const listEntries = () => db.selectFrom('search_entry').selectAll().orderBy('cafe_id').execute()
    const find = async () =>
      (await searchCafes(db, { mode: 'mixed', from: Temporal.Instant.from('2000-01-01T00:00Z') }))
        .items
    const upgraded = (await listEntries()).map(({ facets, starts_local, ends_local }) => ({
      ...{ facets, starts_local, ends_local },
    }))
    expect(upgraded.map(({ facets }) => facets)).toEqual(
      upgraded.map(() => expect.stringMatching(/^( [a-z][\w-]*)+ $/)),
    )
    const found = await find()
    expect(found.length).toBeGreaterThan(0)
    await rebuildSearchIndex(db)
    expect(await listEntries()).toMatchObject(upgraded)
    expect(await find()).toEqual(found)
  } finally {
    await db.destroy()
    await remove()
  }
})
