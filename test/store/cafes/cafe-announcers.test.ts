import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { HiddenReason } from '../../../node/domain/cafes/cafe.ts'
import type { Peer } from '../../../node/domain/federation/peer.ts'
import { insertAnnouncer, reassignOrphanCafes } from '../../../node/store/cafes/cafe-announcers.ts'
import { saveCafe } from '../../../node/store/cafes/cafes.ts'
import type { OpenDatabase } from '../../../node/store/database/database.ts'
import { blockDomain } from '../../../node/store/directory/blocks.ts'
import { findPeer, upsertPeer } from '../../../node/store/directory/peers.ts'
import {
  markLeft,
  removePeer,
  setFollowing,
  setMembership,
} from '../../../node/store/memberships.ts'
import { findPublicCafe } from '../../../node/store/search/search.ts'
import { openTestDatabase } from '../../support/database.ts'
import { aCafe } from '../../support/some-cafes.ts'

const now = Temporal.Instant.from('2026-11-25T09:00:00Z')
const URI = 'https://place.example/cafes/1'

let db: OpenDatabase
let close: () => Promise<void>
beforeEach(async () => {
  ;({ db, close } = await openTestDatabase())
})
afterEach(() => close())

async function member(host: string): Promise<Peer> {
  const { id } = await upsertPeer(db, { actorUri: `https://${host}/actors/instance`, name: host })
  await setMembership(db, id, 'member', now)
  const peer = await findPeer(db, id)
  if (!peer) throw new Error(`no ${host}`)
  return peer
}

/** Stores a café of place.example, which is no member, as this peer announced it. */
async function tell(peer: Peer, hiddenReason?: HiddenReason): Promise<string> {
  const organizer = { uri: 'https://place.example/actors/cafes', name: 'place.example', url: '' }
  const cafe = aCafe({ uri: URI, url: URI, peerId: peer.id, organizer, hiddenReason })
  await saveCafe(db, { ...cafe, organizer: { ...organizer, url: 'https://place.example/' } })
  await insertAnnouncer(db, { uri: URI, announcer: peer })
  return cafe.id
}

const homeOf = async (id: string) => {
  const row = await db
    .selectFrom('cafe')
    .innerJoin('peer', 'peer.id', 'cafe.peer_id')
    .innerJoin('structure', 'structure.uri', 'cafe.organizer_uri')
    .innerJoin('peer as home', 'home.id', 'structure.peer_id')
    .select(['peer.host', 'home.host as structure', 'cafe.hidden_reason'])
    .where('cafe.id', '=', id)
    .executeTakeFirstOrThrow()
  return [row.host, row.structure, row.hidden_reason]
}

const isOpen = async (id: string) => (await findPublicCafe(db, { id })) !== undefined
const leave = (peer: Peer) => db.transaction().execute((trx) => markLeft(trx, peer, now))

test('a café and its structure go to their own server once that is a member, and stay when the first leaves', async () => {
  const liar = await member('liar.example')
  const id = await tell(liar, 'foreign')
  expect(await homeOf(id)).toEqual(['liar.example', 'liar.example', 'foreign'])
  await member('place.example')
  expect(await homeOf(id)).toEqual(['place.example', 'place.example', null])
  await leave(liar)
  expect(await isOpen(id)).toBe(true)
})

async function follow(actorUri: string): Promise<Peer> {
  const peer = await upsertPeer(db, { actorUri, name: 'Le lieu' })
  await setFollowing(db, peer.id, 'accepted', now)
  return peer
}

test('an actor that is followed takes its cafés over too, but what waits for the team still waits', async () => {
  const id = await tell(await member('liar.example'), 'foreign')
  await follow('https://place.example/actors/cafes')
  expect(await homeOf(id)).toEqual(['place.example', 'place.example', 'foreign'])
})

test('another actor of that server takes nothing over, and keeps what it announces when the first leaves', async () => {
  const liar = await member('liar.example')
  const id = await tell(liar)
  const relay = await follow('https://place.example/relay')
  expect(await homeOf(id)).toEqual(['liar.example', 'liar.example', null])
  await insertAnnouncer(db, { uri: URI, announcer: relay })
  await leave(liar)
  expect(await homeOf(id)).toEqual(['place.example', 'place.example', null])
  expect(await isOpen(id)).toBe(true)
})

test('what the team set aside stays so when its server joins', async () => {
  const id = await tell(await member('liar.example'), 'team')
  await member('place.example')
  expect(await homeOf(id)).toEqual(['place.example', 'place.example', 'team'])
})

const block = async ({ host }: Peer) => {
  await blockDomain(db, { domain: host, reason: '' }, now)
  await reassignOrphanCafes(db)
}

describe.each([
  ['leaves', leave],
  ['is shown out', ({ id }: Peer) => removePeer(db, { peerId: id }, now)],
  ['is blocked', block],
])('a stranger’s café, when who announced it %s', (_, go) => {
  test('stays through another announcer, and is out of sight with the last', async () => {
    const [liar, honest] = [await member('liar.example'), await member('honest.example')]
    const id = await tell(liar)
    await insertAnnouncer(db, { uri: URI, announcer: honest })
    await go(liar)
    expect([await isOpen(id), ...(await homeOf(id))]).toEqual([
      true,
      'honest.example',
      'honest.example',
      null,
    ])
    await go(honest)
    expect(await isOpen(id)).toBe(false)
  })

  test('is out of sight with its only one, until another member announces it', async () => {
    const liar = await member('liar.example')
    const id = await tell(liar)
    await go(liar)
    expect(await isOpen(id)).toBe(false)
    await insertAnnouncer(db, { uri: URI, announcer: await member('late.example') })
    await reassignOrphanCafes(db)
    expect(await isOpen(id)).toBe(true)
  })
})

test('what others announced of a blocked origin is out of sight, whoever announced it', async () => {
  const [one, other] = [await member('one.example'), await member('other.example')]
  const id = await tell(one)
  await insertAnnouncer(db, { uri: URI, announcer: other })
  await blockDomain(db, { domain: 'place.example', reason: '' }, now)
  await reassignOrphanCafes(db)
  expect(await isOpen(id)).toBe(false)
})

test('its cafés enter or leave the feeds when the word of a server begins or ceases to count, and one change waits at most', async () => {
  const planned = async () => {
    const rows = await db.selectFrom('change').select('body').where('done_at', 'is', null).execute()
    return rows.filter(({ body }) => body.includes('"peer-cafes"')).length
  }
  const place = await member('place.example')
  await tell(place)
  for (const state of ['accepted', 'refused', 'accepted', 'none', 'asked'] as const)
    await setFollowing(db, place.id, state, now)
  await setMembership(db, place.id, 'member', now)
  expect(await planned()).toBe(0)
  for (let times = 0; times < 5; times++) {
    await setMembership(db, place.id, 'left', now)
    await setMembership(db, place.id, 'member', now)
  }
  expect(await planned()).toBe(1)
})
