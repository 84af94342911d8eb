import { generateKeyPairSync } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { GateMessage } from '../../../federation/gate/gate.ts'
import {
  applyMessages,
  createMessageReader,
  type ReadMessage,
} from '../../../federation/inbox/inbox.ts'
import { announceActivity, publicActivity } from '../../../federation/wire/activities.ts'
import { toEvent } from '../../../federation/wire/event.ts'
import type { Json } from '../../../federation/wire/json.ts'
import { addProof } from '../../../federation/wire/proof.ts'
import { actorUri } from '../../../federation/wire/uris.ts'
import { upsertPeer } from '../../../node/store/directory/peers.ts'
import { setFollowing, setMembership } from '../../../node/store/memberships.ts'
import { searchCafes } from '../../../node/store/search/search.ts'
import { isOnPostgres } from '../../support/database.ts'
import { messageOf } from '../../support/gate-message.ts'
import { ownCafe } from '../../support/own-cafe.ts'
import { startWeb, type WebServer } from '../../support/server.ts'
import { unpackedRow } from '../../support/unpacked.ts'
import { DIE } from '../../support/venues.ts'

/**
 * Activities that arrive together are applied in one transaction, which makes their common queries once. Two
 * directories with the same data get the same activities: one in groups, the other one by one.
 */
let together: WebServer
let alone: WebServer

const NOW = Temporal.Instant.from('2026-11-25T08:00:00Z')
/** Two members that represent their whole server, and one followed actor that represents only itself. */
const MEMBERS = ['https://un.example', 'https://deux.example']
const FOLLOWED = 'https://trois.example'
const STRANGER = 'https://inconnu.example'

beforeAll(async () => {
  const start = () => startWeb({ role: 'hub', origin: 'https://annuaire.example' })
  ;[together, alone] = [await start(), await start()]
  for (const { context } of [together, alone]) {
    for (const origin of MEMBERS) {
      const instance = actorUri(origin, 'instance')
      const { id } = await upsertPeer(context.db, { actorUri: instance, name: origin })
      await setMembership(context.db, id, 'member', NOW)
    }
    const group = actorUri(FOLLOWED, 'cafes')
    const { id } = await upsertPeer(context.db, { actorUri: group, name: FOLLOWED })
    await setFollowing(context.db, id, 'accepted', NOW)
  }
})
afterAll(() => Promise.all([together.stop(), alone.stop()]))

const { privateKey } = generateKeyPairSync('ed25519')

/** One activity. `owner` is the actor whose café it is about, `by` the actor that sends it. */
type Word = {
  kind: 'Create' | 'Update' | 'Delete' | 'Announce'
  owner: string
  by: string
  /** The number of the café among the few cafés of its owner. */
  number: number
  /** Minutes after the first revision. */
  revision: number
  title: string
  /** Most cafés are alone on their day; some have others in their town at about their time. */
  day: number
  hour: number
  isPlaced: boolean
  isCancelled: boolean
  isPrivate: boolean
  hasCommonUid: boolean
  hasPicture: boolean
  /** The number of times that it is sent. */
  times: number
}

const SPEAKERS = [...MEMBERS, FOLLOWED, STRANGER]

const words: fc.Arbitrary<Word> = fc
  .record({
    kind: fc.constantFrom(
      ...Array<'Create'>(6).fill('Create'),
      'Update',
      'Update',
      'Delete',
      'Announce',
    ),
    owner: fc.constantFrom(...SPEAKERS),
    forger: fc.option(fc.constantFrom(...SPEAKERS), { nil: undefined, freq: 6 }),
    number: fc.nat(9),
    revision: fc.nat(3),
    title: fc.constantFrom('Café IA', 'Café IA pour tous', 'Atelier'),
    day: fc.nat(4),
    hour: fc.nat(1),
    isPlaced: fc.boolean(),
    isCancelled: fc.boolean(),
    isPrivate: fc.nat(9).map((chance) => chance === 0),
    hasCommonUid: fc.boolean(),
    hasPicture: fc.nat(4).map((chance) => chance === 0),
    times: fc.constantFrom(1, 1, 1, 2),
  })
  .map(({ forger, ...word }) => ({ ...word, by: forger ?? word.owner }) as Word)

const batches = fc.array(words, { minLength: 2, maxLength: 40 })

/** What a member may send in a day, and what its domain may keep here; the batches before have used some of it. */
const limits = fc.record({
  cafes: fc.oneof(fc.constant(10_000), fc.nat(150)),
  megabytes: fc.oneof(
    fc.constant(100),
    fc.nat(60).map((kilobytes) => kilobytes / 1000),
  ),
})
type Limits = { cafes: number; megabytes: number }

function activityOf(word: Word, run: number): Json {
  const uri = `${word.owner}/cafes/${run}-${word.number}`
  const signer = { privateKey, verificationMethod: `${actorUri(word.by, 'cafes')}#ed25519-key` }
  if (word.kind === 'Announce') {
    const id = `${word.by}/activities/${crypto.randomUUID()}`
    const announce = { id, actor: 'cafes', objectUri: uri }
    return JSON.parse(announceActivity(word.by, announce, NOW).body)
  }
  const object =
    word.kind === 'Delete'
      ? { id: uri, type: 'Tombstone', formerType: 'Event' }
      : addProof(eventOf(word, { uri, run }), signer, NOW)
  const said = { type: word.kind, actor: 'cafes', objectUri: uri, object }
  return JSON.parse(publicActivity(said, { origin: word.by, signer, now: NOW }).body)
}

function eventOf(word: Word, { uri, run }: { uri: string; run: number }): Json {
  const startsAt = NOW.add({ hours: 24 * (run * 5 + word.day) + word.hour })
  const event = toEvent(
    {
      ...ownCafe({
        title: word.title,
        startsAt,
        endsAt: startsAt.add({ hours: 2 }),
        status: word.isCancelled ? 'cancelled' : 'scheduled',
        venue: word.isPlaced ? DIE : undefined,
        attendanceMode: word.isPlaced ? 'offline' : 'online',
        onlineUrl: word.isPlaced ? undefined : 'https://visio.example/',
        image: word.hasPicture ? { url: `${uri}/photo.webp`, alt: 'Une table' } : undefined,
      }),
      uri,
      url: uri,
      uid: word.hasCommonUid ? `commun-${run}` : uri,
      organizer: { uri: actorUri(word.owner, 'cafes'), name: word.owner, url: `${word.owner}/` },
      updatedAt: NOW.subtract({ hours: 1 }).add({ minutes: word.revision }),
    },
    word.owner,
  )
  return word.isPrivate ? { ...event, to: ['https://un.example/followers'], cc: [] } : event
}

async function readAll({ context }: WebServer, messages: readonly GateMessage[]) {
  const read = createMessageReader(context)
  const messagesRead: ReadMessage[] = []
  for (const message of messages) {
    const result = await read(message)
    if (typeof result === 'object') messagesRead.push(result)
  }
  return messagesRead
}

const apply = (
  { context }: WebServer,
  messages: readonly ReadMessage[],
  { cafes, megabytes }: Limits,
) => {
  const { reading, shares } = context.config
  const config = {
    ...context.config,
    reading: { ...reading, cafes },
    shares: { ...shares, megabytes },
  }
  return context.db
    .transaction()
    .execute((trx) => applyMessages(trx, messages, { ...context, config }))
}

/** Tables that depend on the clock of the machine or on chance. */
const LEFT_OUT = /^(?:content_version|listing_state|sqlite_|search_(?:coming|past)_|kysely_)/

/**
 * Returns every row of every table, with the addresses of cafés and peers instead of the ids that each server creates.
 */
async function readRows({ context: { db } }: WebServer): Promise<string[]> {
  const names = new Map<string, string>()
  for (const { id, uri } of await db.selectFrom('cafe').select(['id', 'uri']).execute())
    names.set(id, uri)
  for (const peer of await db.selectFrom('peer').select(['id', 'actor_uri']).execute())
    names.set(peer.id, peer.actor_uri)
  const lines: string[] = []
  for (const { name, isView } of await db.introspection.getTables()) {
    if (isView || LEFT_OUT.test(name)) continue
    const rows: Record<string, unknown>[] = await db
      .selectFrom(name as 'setting')
      .selectAll()
      .execute()
    for (const { changed_at, ...row } of rows) {
      // Cafés that are saved together share the number of their change.
      if (name === 'cafe') delete row.change_number
      if (name === 'removed_cafe') delete row.number
      if (name === 'search_source') delete row.changed
      // It is of the connection to PostgreSQL that the pool gave.
      if (name === 'erasure') delete row.writer
      const line = JSON.stringify(unpackedRow(row)).replace(ID, (id) => names.get(id) ?? '#')
      lines.push(`${name}: ${name === 'alike' ? pairOf(line) : line}`)
    }
  }
  return lines.sort()
}

/** Removes the order of a pair, which depends on random ids. */
const pairOf = (line: string): string => {
  const { one_id, other_id, reason } = JSON.parse(line) as Record<string, string>
  return [reason, ...[one_id, other_id].sort()].join(' ')
}

const ID =
  /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|\b(?:[0-9a-f]{16}|[0-9a-f]{20})\b/g

async function findUris({ context: { db } }: WebServer, words: string): Promise<string[]> {
  const { items } = await searchCafes(db, { words, from: undefined, limit: 100 })
  return items.map(({ uri }) => uri)
}

let run = 0

/** Each run reads two whole databases, which takes longer on PostgreSQL. */
const RUNS = isOnPostgres ? 8 : 40

test('activities that are applied together have the same effect as one after the other', {
  timeout: 60_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(batches, limits, async (batch, most) => {
      run += 1
      const messages = batch.flatMap((word) => {
        const message = messageOf(activityOf(word, run))
        return Array.from({ length: word.times }, () => message)
      })
      await apply(together, await readAll(together, messages), most)
      for (const message of await readAll(alone, messages)) await apply(alone, [message], most)
      expect(await readRows(together)).toEqual(await readRows(alone))
    }),
    { numRuns: RUNS, endOnFailure: true },
  )
  for (const words of ['café', 'tous', 'atelier', 'Die'])
    expect(await findUris(together, words)).toEqual(await findUris(alone, words))
  expect(await findUris(together, 'café')).not.toEqual([])
  const { cafes } = await together.context.db
    .selectFrom('cafe')
    .select((eb) => eb.fn.countAll<number>().as('cafes'))
    .executeTakeFirstOrThrow()
  expect(Number(cafes)).toBeGreaterThan(RUNS)
})

const ONE: Word = {
  kind: 'Create',
  owner: MEMBERS[0] ?? '',
  by: MEMBERS[0] ?? '',
  number: 0,
  revision: 0,
  title: 'Café IA',
  day: 0,
  hour: 0,
  isPlaced: true,
  isCancelled: false,
  isPrivate: false,
  hasCommonUid: false,
  hasPicture: false,
  times: 1,
}

/** Applies the same activities in a group and one by one, and returns how many cafés are there afterwards. */
async function countAfter(batch: readonly Word[], most: Limits): Promise<number> {
  run += 1
  const messages = batch.map((word) => messageOf(activityOf(word, run)))
  await apply(together, await readAll(together, messages), most)
  for (const message of await readAll(alone, messages)) await apply(alone, [message], most)
  expect(await readRows(together)).toEqual(await readRows(alone))
  const like = `%/cafes/${run}-%`
  return (
    await together.context.db.selectFrom('cafe').select('uri').where('uri', 'like', like).execute()
  ).length
}

test.each([
  ['day', (used: number) => ({ cafes: used + 3, megabytes: 100 })],
  [
    'room',
    (_: number, bytes: number) => ({ cafes: 10_000, megabytes: (bytes + 1000) / 1024 ** 2 }),
  ],
])('the limit of a member’s %s is reached in the middle of a group', async (_, limitOf) => {
  const { db } = together.context
  const [day] = await db
    .selectFrom('peer_day')
    .innerJoin('peer', 'peer.id', 'peer_day.peer_id')
    .select('cafes')
    .where('peer.origin', '=', ONE.owner)
    .execute()
  const [share] = await db
    .selectFrom('share')
    .select('total')
    .where('domain', '=', 'un.example')
    .where('kind', '=', 'bytes')
    .execute()
  const batch = Array.from({ length: 10 }, (_, number) => ({ ...ONE, number, day: number }))
  const kept = await countAfter(batch, limitOf(day?.cafes ?? 0, Number(share?.total ?? 0)))
  expect(kept).toBeGreaterThan(0)
  expect(kept).toBeLessThan(10)
})

test('two announcements of one café are found alike within a group', async () => {
  const batch = [0, 1].map((number) => ({ ...ONE, number, day: 50, hasCommonUid: true }))
  const countAlike = async () =>
    (await together.context.db.selectFrom('alike').selectAll().execute()).length
  const before = await countAlike()
  await countAfter(batch, { cafes: 10_000, megabytes: 100 })
  expect(await countAlike()).toBe(before + 1)
})
