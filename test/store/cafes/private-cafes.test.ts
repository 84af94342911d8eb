import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Cafe, HiddenReason } from '../../../node/domain/cafes/cafe.ts'
import type { Peer } from '../../../node/domain/federation/peer.ts'
import { findCafeByUri, saveCafe } from '../../../node/store/cafes/cafes.ts'
import { markMissing, showFoundCafe } from '../../../node/store/cafes/missing-cafes.ts'
import { showCafe } from '../../../node/store/cafes/moderated-cafes.ts'
import { withdrawCafe } from '../../../node/store/cafes/private-cafes.ts'
import { receiveCafe } from '../../../node/store/cafes/received-cafes.ts'
import type { OpenDatabase } from '../../../node/store/database/database.ts'
import { findPeer, upsertPeer } from '../../../node/store/directory/peers.ts'
import { setMembership } from '../../../node/store/memberships.ts'
import { openTestDatabase } from '../../support/database.ts'
import { aCafe } from '../../support/some-cafes.ts'

const now = Temporal.Instant.from('2026-11-25T09:00:00Z')
const URI = 'https://place.example/cafes/1'
const later = (minutes: number) => now.add({ minutes })

let db: OpenDatabase
let peer: Peer
let close: () => Promise<void>
beforeEach(async () => {
  ;({ db, close } = await openTestDatabase())
  const actorUri = 'https://place.example/actors/instance'
  const { id } = await upsertPeer(db, { actorUri, name: 'place.example' })
  await setMembership(db, id, 'member', now)
  peer = (await findPeer(db, id)) as Peer
  const cafe = aCafe({ uri: URI, url: URI, updatedAt: now })
  await saveCafe(db, { ...cafe, peerId: id, organizationId: undefined, publication: 'published' })
})
afterEach(() => close())

const find = async () => (await findCafeByUri(db, URI)) as Cafe
const reason = async () => (await find()).hiddenReason

const decide = async (shown: boolean) => {
  const { id } = await find()
  await db.transaction().execute((trx) => showCafe(trx, { id, shown }, now))
}

const withdraw = (updatedAt: Temporal.Instant) =>
  db
    .transaction()
    .execute(async (trx) => withdrawCafe(trx, await find(), { updatedAt, now: updatedAt }))

async function publishAgain(
  updatedAt: Temporal.Instant,
  hiddenReason?: HiddenReason,
): Promise<void> {
  const { organizer, uid, series, publishedAt = now, confirmedAt, ...content } = await find()
  await db.transaction().execute(async (trx) =>
    receiveCafe(
      trx,
      {
        ...{ uri: URI, url: URI, uid, series, organizer, content, venue: undefined },
        ...{ publishedAt, updatedAt, confirmedAt, hiddenReason, body: '{}' },
      },
      {
        ...{ current: await findCafeByUri(trx, URI), peer, readActivity: undefined },
        ...{ isNewToReaders: async () => true, now: updatedAt, cafesPerDay: 100 },
      },
    ),
  )
}

test('a café that the team hid and its server then withdrew is shown by neither alone', async () => {
  await decide(false)
  expect(await withdraw(later(1))).toBe(true)
  expect(await withdraw(later(2))).toBe(false)
  expect(await reason()).toBe('private-team')
  await publishAgain(later(3))
  expect(await reason()).toBe('team')
  await decide(true)
  expect(await reason()).toBeUndefined()
})

test('a café that the team shows again while its server withholds it is shown once it is public', async () => {
  await withdraw(later(1))
  await decide(false)
  expect(await reason()).toBe('private-team')
  await decide(true)
  expect(await reason()).toBe('private')
  await publishAgain(later(2))
  expect(await reason()).toBeUndefined()
})

test('a café that the team shows again, private and not found, stays private when it is found', async () => {
  await withdraw(later(1))
  await decide(false)
  await db.transaction().execute(async (trx) => markMissing(trx, await find(), now))
  await decide(true)
  expect(await reason()).toBe('private')
  await db.transaction().execute(async (trx) => showFoundCafe(trx, await find(), now))
  expect(await reason()).toBe('private')
})

test('a café that its server withdrew, which the team cannot show, is shown once it is public again', async () => {
  await withdraw(later(1))
  await decide(true)
  expect(await reason()).toBe('private')
  await publishAgain(later(2))
  expect(await reason()).toBeUndefined()
})

test('a café that the team hid and its server then did not find is shown once both say so', async () => {
  await decide(false)
  await db.transaction().execute(async (trx) => markMissing(trx, await find(), now))
  expect(await reason()).toBe('team')
  await decide(true)
  expect(await reason()).toBe('missing')
  await db.transaction().execute(async (trx) => showFoundCafe(trx, await find(), now))
  expect(await reason()).toBeUndefined()
})

test('a café that its server withdrew and then did not find is not shown when it is found', async () => {
  await withdraw(later(1))
  await db.transaction().execute(async (trx) => markMissing(trx, await find(), now))
  await decide(true)
  await db.transaction().execute(async (trx) => showFoundCafe(trx, await find(), now))
  expect(await reason()).toBe('private')
})

test('a café that the team hid stays hidden by it, whatever price and addressing its server gives it', async () => {
  await decide(false)
  await publishAgain(later(1), 'price')
  expect(await reason()).toBe('team')
  await withdraw(later(2))
  await publishAgain(later(3), 'price')
  await withdraw(later(4))
  await publishAgain(later(5))
  expect(await reason()).toBe('team')
})

test('the team hides a café that its server withdrew or did not find meanwhile', async () => {
  await withdraw(later(1))
  await decide(false)
  expect(await reason()).toBe('private-team')
  await publishAgain(later(2))
  expect(await reason()).toBe('team')
  await decide(true)
  await db.transaction().execute(async (trx) => markMissing(trx, await find(), now))
  expect(await reason()).toBe('missing')
  await decide(false)
  await publishAgain(later(3))
  expect(await reason()).toBe('team')
})
