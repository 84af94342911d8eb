import { afterAll, beforeAll, expect, test } from 'vitest'
import type { OpenDatabase } from '../../../node/store/database/database.ts'
import { insertTombstone, listTombstonesOf } from '../../../node/store/directory/deletions.ts'
import { openTestDatabase } from '../../support/database.ts'

/** Lists the deletions of one server, among those of servers whose addresses sort before and after. */

let db: OpenDatabase
let close: () => Promise<void>
beforeAll(async () => {
  ;({ db, close } = await openTestDatabase())
})
afterAll(() => close())

const EARLY = Temporal.Instant.from('2026-01-01T00:00:00Z')
const LATE = Temporal.Instant.from('2026-06-01T00:00:00Z')
const ORIGIN = 'https://lieu.example'

test('a site gets its own deletions alone, page by page', async () => {
  const insert = (uri: string, change: { deletedAt?: Temporal.Instant; ownerUri?: string } = {}) =>
    insertTombstone(db, { uri, ours: false, deletedAt: LATE, ...change })
  const own = ['1', '2', '3', '~', 'é'].map((id) => `${ORIGIN}/cafes/${id}`)
  for (const uri of own) await insert(uri)
  await insert(`${ORIGIN}/cafes/2`, { ownerUri: `${ORIGIN}/actors/cafes` })
  await insert(`${ORIGIN}/cafes/0`, { deletedAt: EARLY })
  await insert(`${ORIGIN}/cafes/4`, { ownerUri: 'https://autre.example/actors/cafes' })
  for (const neighbour of ['https://a.example', 'https://z.example', 'http://lieu.example'])
    await insert(`${neighbour}/cafes/1`)
  for (const suffix of ['0', '.autre.example', ':8443', '-bis.example'])
    await insert(`${ORIGIN}${suffix}/cafes/1`)

  const read = (after: string, limit: number) =>
    listTombstonesOf(db, { origin: ORIGIN, since: LATE, after, limit })
  const all: string[] = []
  let after: string | undefined = ''
  while (after !== undefined) {
    const page: Awaited<ReturnType<typeof read>> = await read(after, 2)
    expect(page.items.length).toBeLessThanOrEqual(2)
    all.push(...page.items.map(({ uri }) => uri))
    after = page.next
  }
  expect([...new Set(all)]).toEqual(own)
  expect((await read('https://z.example/', 10)).items).toEqual([])
  expect((await read('a', 10)).items).toHaveLength(6)
})
