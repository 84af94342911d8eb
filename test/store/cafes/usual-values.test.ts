import { afterEach, expect, test } from 'vitest'
import { findCafeByUri, saveCafe } from '../../../node/store/cafes/cafes.ts'
import { upsertPeer } from '../../../node/store/directory/peers.ts'
import { openTestDatabase } from '../../support/database.ts'
import { aCafe } from '../../support/some-cafes.ts'

let store: Awaited<ReturnType<typeof openTestDatabase>>
afterEach(() => store.close())

test('a peer’s café leaves out what most cafés say and is read as it was written', async () => {
  store = await openTestDatabase()
  const actorUri = 'https://node.example/actors/instance'
  const { id: peerId } = await upsertPeer(store.db, { actorUri, name: 'Médiathèque' })
  const usual = aCafe({
    peerId,
    timezone: 'Europe/Paris',
    languages: ['fr'],
    themes: [],
    speakers: [],
  })
  const other = { timezone: 'Indian/Reunion', languages: ['fr', 'rcf'], themes: ['école'] }
  for (const cafe of [usual, { ...usual, ...other }, { ...usual, languages: [] }]) {
    await saveCafe(store.db, cafe)
    const found = await findCafeByUri(store.db, usual.uri)
    const { timezone, languages, themes, speakers, startsAt, endsAt } = cafe
    expect(found).toMatchObject({ timezone, languages, themes, speakers })
    expect(found?.startsAt.equals(startsAt) && found.endsAt.equals(endsAt)).toBe(true)
  }
  await saveCafe(store.db, usual)
  const row = await store.db.selectFrom('cafe').selectAll().executeTakeFirstOrThrow()
  expect(row).toMatchObject({
    timezone: '',
    languages: '',
    themes: '',
    speakers: '',
    wall_ends_at: '',
  })
  const entry = await store.db.selectFrom('search_entry').selectAll().executeTakeFirstOrThrow()
  expect(entry.ends_local - entry.starts_local).toBe(entry.ends_at - entry.starts_at)
  expect(entry.facets).toContain(' lfr ')
})
