import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createKeyRing } from '../../../federation/actors/keys.ts'
import { readConfig } from '../../../node/config.ts'
import { VERSION } from '../../../node/program/version.ts'
import { findCafeByUri } from '../../../node/store/cafes/cafes.ts'
import { NOT_COPIED } from '../../../node/store/copy/target.ts'
import { findSetting } from '../../../node/store/database/settings.ts'
import { readDataState } from '../../../node/store/migrations/data-state.ts'
import { openDatabase } from '../../../node/store/open-database.ts'
import { isEmpty, listTables } from '../../support/filled-tables.ts'
import { createOlderDatabase, readTables } from '../../support/older-database.ts'
import { hasFixture, unpackFixture, writeFixture } from '../../support/released-databases.ts'
import { ROOT } from '../../support/sources.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cafe-ia-released-'))
  if (process.env.CAFE_IA_WRITE_FIXTURE) await writeFixture(VERSION, folder)
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** The released versions, from the headings of the changelog, and the present one. */
const released = [
  ...new Set([
    VERSION,
    ...[...readFileSync(join(ROOT, 'CHANGELOG.md'), 'utf8').matchAll(/^## \[(\d[^\]]*)\]/gm)].map(
      ([, version]) => version ?? '',
    ),
  ]),
]

test('there is a database of each released version: npm run fixture makes that of this one', () => {
  expect(released.filter((version) => !hasFixture(version))).toEqual([])
})

describe.each(released)('the database of version %s', (version) => {
  let rows: string
  beforeAll(async () => {
    rows = join(folder, `${version}.sqlite`)
    await unpackFixture(version, rows)
  })

  test('has a row in every table', () => {
    const sqlite = new SQLite(rows)
    expect(listTables(sqlite).filter((table) => isEmpty(sqlite, table))).toEqual([])
    sqlite.close()
  })

  test('opens, with all that it held, and is of this version then', async () => {
    const { address, remove } = await createOlderDatabase(folder, version)
    const expected = await countRows(address)
    const db = await openDatabase(address)
    try {
      expect(await readDataState(address)).toMatchObject({ version: VERSION, due: [] })
      const counted = await countRows(address)
      expect(
        Object.entries(expected).filter(([table, count]) => count > (counted[table] ?? count)),
      ).toEqual([])
      const origin = await findSetting(db, 'origin')
      expect(origin).toBe('https://mediatheque.example')
      const cafes = await db.selectFrom('cafe').select(['uri', 'title']).orderBy('title').execute()
      expect(cafes.map(({ title }) => title)).toContain('L’été des robots')
      for (const { uri, title } of cafes) expect((await findCafeByUri(db, uri))?.title).toBe(title)
      const config = readConfig({ CAFE_IA_ORIGIN: origin })
      const keys = createKeyRing({ db, config, now: Temporal.Now.instant })
      expect((await keys.keysOf('cafes')).rsa.keyId).toBe(`${origin}/actors/cafes#main-key`)
    } finally {
      await db.destroy()
      await remove()
    }
  })
})

/** Counts the rows of each table by its name, on either database, without those that it keeps for itself. */
async function countRows(address: string): Promise<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const [table, rows] of Object.entries(await readTables(address)))
    if (!NOT_COPIED.includes(table)) counts[table] = rows.length
  return counts
}
