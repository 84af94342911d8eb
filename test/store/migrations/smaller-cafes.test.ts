import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { listCafes } from '../../../node/store/cafes/alike.ts'
import { openDatabase } from '../../../node/store/open-database.ts'
import { findMark, listChanged } from '../../../node/store/search/changed-cafes.ts'
import { addWordFunctions } from '../../../node/store/search-index/index-columns.ts'
import { createOlderDatabase } from '../../support/older-database.ts'
import { unpackFixture } from '../../support/released-databases.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cafe-ia-smaller-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const GONE = 'https://node.example/cafes/gone'
const AT = '2026-11-28T12:00:00Z'

/** Makes two cafés of peers, with the UID of our software and with another one, beside one that is gone. */
async function makeRows(): Promise<{ rows: string; usual: string; other: string }> {
  const rows = join(folder, 'rows.sqlite')
  await unpackFixture('0.1.0', rows)
  const sqlite = new SQLite(rows)
  addWordFunctions(sqlite)
  const [usual = '', other = ''] = sqlite
    .prepare<[], string>('select id from cafe order by id')
    .pluck()
    .all()
  sqlite.exec(`update cafe set organization_id = null, peer_id = (select id from peer limit 1)`)
  sqlite.prepare('update cafe set uid = ? where id = ?').run('one@evening', other)
  sqlite.exec(`update listing set changed_at = '2026-11-28T10:00:00Z'`)
  sqlite.prepare('insert into listing (uri, number, changed_at) values (?, 100, ?)').run(GONE, AT)
  sqlite.exec('update listing_state set last = 100')
  sqlite.close()
  return { rows, usual, other }
}

const AFTER = { part: 'listing', place: '', uri: '' } as const

test('cafés keep their UID and the order of their changes, and one that is gone is still told', async () => {
  const { rows, usual, other } = await makeRows()
  const { address, remove } = await createOlderDatabase(folder, {
    ...{ rows, last: '0016-search-waiting' },
  })
  const db = await openDatabase(address)
  try {
    const uids = new Map((await listCafes(db, [usual, other])).map(({ id, uid }) => [id, uid]))
    expect(uids).toEqual(
      new Map([
        [usual, `${usual}@node.example`],
        [other, 'one@evening'],
      ]),
    )
    const stored = await db.selectFrom('cafe').select('uid').orderBy('uid').execute()
    expect(stored.map(({ uid }) => uid)).toEqual(['', 'one@evening'])
    const { epoch } = await findMark(db)
    const read = (number: number) => listChanged(db, { epoch, number }, { after: AFTER, limit: 10 })
    expect((await read(0)).map(({ cafeId, uri }) => cafeId ?? uri)).toEqual([
      ...[usual, other].sort(),
      GONE,
    ])
    expect(await read(99)).toEqual([
      { uri: GONE, cafeId: undefined, place: '100', at: Temporal.Instant.from(AT) },
    ])
    expect(
      await listChanged(db, Temporal.Instant.from('2026-11-28T12:01:00Z'), {
        after: AFTER,
        limit: 10,
      }),
    ).toHaveLength(1)
  } finally {
    await db.destroy()
    await remove()
  }
})
