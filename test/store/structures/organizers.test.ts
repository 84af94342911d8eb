import { afterAll, beforeAll, expect, test } from 'vitest'
import type { OpenDatabase } from '../../../node/store/database/database.ts'
import { upsertPeer } from '../../../node/store/directory/peers.ts'
import { saveOrganizer } from '../../../node/store/structures/descriptions.ts'
import { openTestDatabase } from '../../support/database.ts'
import { DIE } from '../../support/venues.ts'

let db: OpenDatabase
let close: () => Promise<void>
let peerId: string

const URI = 'https://lieu.example/actors/cafes'
const at = (hour: number) => Temporal.Instant.from(`2026-11-25T0${hour}:00:00Z`)

beforeAll(async () => {
  ;({ db, close } = await openTestDatabase())
  const peer = await upsertPeer(db, { actorUri: 'https://lieu.example/actors/instance', name: '-' })
  peerId = peer.id
})
afterAll(() => close())

type Said = { name: string; hour: number; venue?: typeof DIE | undefined }

const save = ({ name, hour, venue }: Said) =>
  saveOrganizer(db, {
    organizer: { uri: URI, name, url: 'https://lieu.example/' },
    peerId,
    organizationId: undefined,
    venue,
    updatedAt: at(hour),
  })

const read = () =>
  db
    .selectFrom('structure')
    .select(['name', 'search_text', 'commune', 'last_word_at'])
    .where('uri', '=', URI)
    .executeTakeFirstOrThrow()

test('an organizer is as its latest café says, whatever comes later and is older', async () => {
  await save({ name: 'Le lieu', hour: 2 })
  expect(await read()).toMatchObject({ name: 'Le lieu', commune: null })
  await save({ name: 'Le lieu', hour: 3, venue: DIE })
  expect(await read()).toMatchObject({ commune: DIE.commune, last_word_at: '2026-11-25T03:00:00Z' })
  // The same statement comes again with a café that names no place: it is later, and the place stays.
  await save({ name: 'Le lieu', hour: 4 })
  expect(await read()).toMatchObject({ commune: DIE.commune, last_word_at: '2026-11-25T04:00:00Z' })
  await save({ name: 'Le lieu d’avant', hour: 3, venue: { ...DIE, commune: 'Crest' } })
  await save({ name: 'Le lieu', hour: 3, venue: { ...DIE, commune: 'Crest' } })
  expect(await read()).toMatchObject({ name: 'Le lieu', commune: DIE.commune })
  await save({ name: 'Le nouveau lieu', hour: 5, venue: { ...DIE, commune: 'Crest' } })
  expect(await read()).toMatchObject({
    name: 'Le nouveau lieu',
    search_text: ' le nouveau lieu ',
    commune: 'Crest',
  })
})

test('where the structure itself said where it is, its cafés do not', async () => {
  await db
    .updateTable('structure')
    .set({ commune: 'Valence', described_at: '2026-11-25T05:00:00Z' })
    .where('uri', '=', URI)
    .execute()
  await save({ name: 'Le nouveau lieu', hour: 6, venue: DIE })
  expect(await read()).toMatchObject({ commune: 'Valence', last_word_at: '2026-11-25T06:00:00Z' })
})
