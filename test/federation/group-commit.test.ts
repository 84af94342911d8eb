import { generateKeyPairSync } from 'node:crypto'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { GateMessage } from '../../federation/gate/gate.ts'
import { createReceiver } from '../../federation/inbox/inbox.ts'
import { publicActivity } from '../../federation/wire/activities.ts'
import { toEvent } from '../../federation/wire/event.ts'
import { actorUri } from '../../federation/wire/uris.ts'
import { upsertPeer } from '../../node/store/directory/peers.ts'
import { setMembership } from '../../node/store/memberships.ts'
import { createGroupCommit } from '../../node/turns/group-commit.ts'
import { ownCafe } from '../support/own-cafe.ts'
import { startWeb, type WebServer } from '../support/server.ts'

const ORIGIN = 'https://mediatheque.example'
const ACTOR = actorUri(ORIGIN, 'cafes')
const NOW = Temporal.Instant.from('2026-11-25T08:00:00Z')
const signer = {
  privateKey: generateKeyPairSync('ed25519').privateKey,
  verificationMethod: `${ACTOR}#ed25519-key`,
}

let hub: WebServer
beforeEach(async () => {
  hub = await startWeb({ role: 'hub' })
  const { db } = hub.context
  const peer = await upsertPeer(db, { actorUri: actorUri(ORIGIN, 'instance'), name: 'Un lieu' })
  await setMembership(db, peer.id, 'member', NOW)
})
afterEach(() => hub.stop())

function createOf(number: number): GateMessage {
  const uri = `${ORIGIN}/cafes/${number}`
  const { body, id } = publicActivity(
    {
      type: 'Create',
      actor: 'cafes',
      objectUri: uri,
      object: toEvent({ ...ownCafe(), uri, uid: uri, updatedAt: NOW }, ORIGIN),
    },
    { origin: ORIGIN, signer, now: NOW },
  )
  return {
    activity: JSON.parse(body),
    id,
    type: 'Create',
    actorUri: ACTOR,
    signerUri: ACTOR,
    signed: id,
    readText: () => body,
    actorDocument: undefined,
  }
}

const listCafes = async (): Promise<string[]> =>
  (await hub.context.db.selectFrom('cafe').select('uri').execute()).map(({ uri }) => uri)
const countSeen = async (): Promise<number> =>
  (await hub.context.db.selectFrom('seen').select('activity_id').execute()).length

test('two hundred activities that arrive together are stored, and one that arrives twice is stored once', async () => {
  const receive = createReceiver(hub.context)
  const messages = Array.from({ length: 100 }, (_, number) => createOf(number))
  const answers = await Promise.all([...messages, ...messages].map(receive))
  expect(answers).toEqual(Array.from({ length: 200 }, () => 202))
  expect(await listCafes()).toHaveLength(100)
  expect(await countSeen()).toBe(100)
  const changes = await hub.context.db.selectFrom('change').select('id').execute()
  expect(changes).toHaveLength(100)
})

test('an activity that cannot be stored fails alone: the others of its group are stored once, and it leaves nothing', async () => {
  const receive = createReceiver(hub.context)
  const messages = Array.from({ length: 12 }, (_, number) => createOf(number))
  const broken = { ...createOf(99), signerUri: 'no address at all' }
  const answers = await Promise.allSettled([...messages.toSpliced(6, 0, broken)].map(receive))
  expect(answers.map(({ status }) => status)).toEqual(
    Array.from({ length: 13 }, (_, index) => (index === 6 ? 'rejected' : 'fulfilled')),
  )
  expect((await listCafes()).sort()).toEqual(
    messages.map(({ activity }) => (activity.object as { id: string }).id).sort(),
  )
  expect(await countSeen()).toBe(12)
  // The failed activity no longer delays the next ones, and may be sent again itself.
  expect(await receive(createOf(13))).toBe(202)
  expect(await receive({ ...broken, signerUri: ACTOR })).toBe(202)
  expect(await countSeen()).toBe(14)
})

test('groups are committed one at a time, in order, and no sender is answered before its group is committed', async () => {
  const groups: number[][] = []
  let underWay = 0
  const commit = createGroupCommit<number>({
    applyAll: async (items) => {
      underWay += 1
      expect(underWay).toBe(1)
      await new Promise((resolve) => setTimeout(resolve, 5))
      groups.push([...items])
      underWay -= 1
    },
  })
  const numbers = Array.from({ length: 300 }, (_, index) => index)
  await Promise.all(
    numbers.map(async (number) => {
      await commit(number)
      expect(groups.flat()).toContain(number)
    }),
  )
  expect(groups.flat()).toEqual(numbers)
  expect(Math.max(...groups.map(({ length }) => length))).toBeLessThanOrEqual(64)
  expect(groups.length).toBeLessThan(8)
})
