import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { applyEvent, type EventToApply } from '../../../federation/inbox/cafes.ts'
import { PUBLIC } from '../../../federation/wire/context.ts'
import { toEvent } from '../../../federation/wire/event.ts'
import type { Json } from '../../../federation/wire/json.ts'
import { actorUri } from '../../../federation/wire/uris.ts'
import type { Peer } from '../../../node/domain/federation/peer.ts'
import { findCafeByUri } from '../../../node/store/cafes/cafes.ts'
import { findPeer, upsertPeer } from '../../../node/store/directory/peers.ts'
import { setMembership } from '../../../node/store/memberships.ts'
import { ownCafe } from '../../support/own-cafe.ts'
import { startWeb, type WebServer } from '../../support/server.ts'

/** A revision that a list repeats unchanged has no effect; any difference is read as usual. */

const ORIGIN = 'https://mediatheque.example'
const OTHER = 'https://tiers-lieu.example'
const NOW = Temporal.Instant.from('2026-11-25T08:00:00Z')

let hub: WebServer
let member: Peer
let other: Peer
beforeAll(async () => {
  hub = await startWeb({ role: 'hub', origin: 'https://annuaire.example' })
  member = await join(ORIGIN)
  other = await join(OTHER)
})
afterAll(() => hub.stop())

async function join(origin: string): Promise<Peer> {
  const { db } = hub.context
  const { id } = await upsertPeer(db, { actorUri: actorUri(origin, 'instance'), name: origin })
  await setMembership(db, id, 'member', NOW)
  const peer = await findPeer(db, id)
  if (!peer) throw new Error('no peer')
  return peer
}

const anEvent = (content: Parameters<typeof ownCafe>[0] = {}): Json => {
  const uri = `${ORIGIN}/cafes/${randomUUID()}`
  const updatedAt = NOW.subtract({ hours: 1 })
  return toEvent({ ...ownCafe(content), uri, url: uri, uid: uri, updatedAt }, ORIGIN)
}

const hear = (event: Json, said: Partial<EventToApply> = {}) =>
  hub.context.db.transaction().execute((trx) =>
    applyEvent(trx, hub.context, {
      event,
      written: event,
      peer: member,
      readActivity: undefined,
      ...said,
    }),
  )

const countRows = async () => {
  const { db } = hub.context
  const changes = await db.selectFrom('change').select('id').execute()
  const days = await db.selectFrom('peer_day').select('cafes').execute()
  return { changes: changes.length, cafes: days.map(({ cafes }) => Number(cafes)) }
}

test('an Event that arrives again unchanged changes nothing', async () => {
  const event = anEvent()
  expect(await hear(event)).toBe('new')
  const before = await countRows()
  const carrier = { type: 'Create', to: [PUBLIC], object: event }
  expect(await hear(event)).toBe('known')
  expect(await hear(event, { carrier })).toBe('known')
  expect(await countRows()).toEqual(before)
})

test('the same Event that is no longer public withdraws the café', async () => {
  const { to: _, cc: __, ...event } = anEvent()
  expect(await hear(event)).toBe('new')
  const carrier = { type: 'Update', to: ['https://un.example/followers'], object: event }
  expect(await hear(event, { carrier })).toBe('refused: not for everybody')
  const known = await findCafeByUri(hub.context.db, String(event.id))
  expect(known?.hiddenReason).toBe('private')
})

test('the same Event from another server stores that server as an announcer of the café', async () => {
  const event = anEvent()
  await hear(event)
  expect(await hear(event, { peer: other, isAtItsAddress: true })).toBe('known')
  const known = await findCafeByUri(hub.context.db, String(event.id))
  const announcers = await hub.context.db
    .selectFrom('cafe_announcer')
    .select('peer_id')
    .where('cafe_id', '=', known?.id ?? '')
    .execute()
  expect(announcers).toEqual([{ peer_id: other.id }])
})

test('an Event without a date of its own is known while it says the same, wherever it is read', async () => {
  const { updated: _, published: __, '@context': context, ...event } = anEvent()
  expect(await hear(event)).toBe('new')
  const before = await countRows()
  hub.advance({ minutes: 1 })
  expect(await hear(event)).toBe('known')
  const written = { '@context': context, ...event }
  expect(await hear(event, { written, isAtItsAddress: true })).toBe('known')
  expect(
    await hear(event, { written, readActivity: () => JSON.stringify({ object: written }) }),
  ).toBe('known')
  expect(await countRows()).toEqual(before)
})

test('an Event without a date of its own that says something else is a change, once', async () => {
  const { updated: _, published: __, ...event } = anEvent()
  await hear(event)
  hub.advance({ minutes: 1 })
  const other = { ...event, name: 'Un autre titre' }
  expect(await hear(other)).toBe('changed')
  hub.advance({ minutes: 1 })
  expect(await hear(other)).toBe('known')
  expect((await findCafeByUri(hub.context.db, String(event.id)))?.title).toBe('Un autre titre')
})

test('an Event without a date of its own that was withdrawn comes back with the same words', async () => {
  const { updated: _, published: __, cc: ___, ...everybody } = anEvent()
  await hear(everybody)
  const few = { ...everybody, to: ['https://un.example/followers'] }
  expect(await hear(few)).toBe('refused: not for everybody')
  hub.advance({ minutes: 1 })
  expect(await hear(everybody)).toBe('changed')
  const known = await findCafeByUri(hub.context.db, String(everybody.id))
  expect(known?.hiddenReason).toBeUndefined()
})

test('another text with the same `updated` changes nothing, one with a later `updated` does', async () => {
  const event = anEvent()
  await hear(event)
  expect(await hear({ ...event, name: 'Un autre titre' })).toBe('known')
  const updated = NOW.toString()
  expect(await hear({ ...event, updated })).toBe('changed')
  expect(await hear(event)).toBe('older')
})

test('a copy of a picture that was not made is asked for again', async () => {
  const url = `${ORIGIN}/tasse.jpg`
  const event = anEvent({ image: { url, alt: 'Une tasse' } })
  await hear(event)
  const asked = () =>
    hub.context.db
      .deleteFrom('task')
      .where('kind', '=', 'picture')
      .where('subject', '=', String(event.id))
      .returning('subject')
      .execute()
  expect(await asked()).toHaveLength(1)
  expect(await hear(event)).toBe('known')
  expect(await asked()).toHaveLength(1)
})
