import { generateKeyPairSync } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sendChangeNote } from '../../../federation/delivery/change-notes.ts'
import { readPlainly } from '../../../federation/gate/jsonld.ts'
import { FEDIFY } from '../../../federation/gate/known-contexts.ts'
import { createReceiver } from '../../../federation/inbox/inbox.ts'
import {
  announceActivity,
  followJson,
  privateActivity,
  publicActivity,
  undoAnnounceActivity,
} from '../../../federation/wire/activities.ts'
import { toEvent } from '../../../federation/wire/event.ts'
import { idOf, type Json } from '../../../federation/wire/json.ts'
import { addProof } from '../../../federation/wire/proof.ts'
import { actorUri } from '../../../federation/wire/uris.ts'
import type { CafeContent, CafeStatus } from '../../../node/domain/cafes/cafe.ts'
import { upsertPeer } from '../../../node/store/directory/peers.ts'
import { saveRemoteActor } from '../../../node/store/directory/remote-actors.ts'
import { setFollowing, setMembership } from '../../../node/store/memberships.ts'
import { cafeContents } from '../../support/cafe-contents.ts'
import { isOnPostgres } from '../../support/database.ts'
import { messageOf } from '../../support/gate-message.ts'
import { ownCafe } from '../../support/own-cafe.ts'
import { startWeb, type WebServer } from '../../support/server.ts'
import { unpacked } from '../../support/unpacked.ts'

/**
 * Two directories with the same data: `fast` reads as plain JSON what it can, `general` reads everything as JSON-LD.
 */
let fast: WebServer
let general: WebServer
const ORIGIN = 'https://mediatheque.example'

beforeAll(async () => {
  fast = await startWeb({ role: 'hub', origin: 'https://annuaire.example' })
  general = await startWeb({ role: 'hub', origin: 'https://annuaire.example' })
})
afterAll(() => Promise.all([fast.stop(), general.stop()]))

const FOLDER = new URL('../../fixtures/activitypub/', import.meta.url)
const fixtures = readdirSync(FOLDER).map(
  (name) => [name, JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8')) as Json] as const,
)

const { privateKey } = generateKeyPairSync('ed25519')
const signer = {
  privateKey,
  verificationMethod: `${actorUri(ORIGIN, 'cafes')}#ed25519-key`,
}
const NOW = Temporal.Instant.from('2026-11-25T08:00:00Z')
const own = (type: 'Create' | 'Update' | 'Delete', object: Json): Json =>
  JSON.parse(
    publicActivity(
      { type, actor: 'cafes', objectUri: String(object.id), object },
      { origin: ORIGIN, signer, now: NOW },
    ).body,
  )
const eventOf = (content: Partial<CafeContent>): Json =>
  addProof(toEvent({ ...ownCafe(content), updatedAt: NOW }, ORIGIN), signer, NOW)

async function introduce({ context: { db } }: WebServer, uri: string): Promise<void> {
  const { origin } = new URL(uri)
  const peer = await upsertPeer(db, { actorUri: uri, name: 'Un lieu' })
  await setMembership(db, peer.id, 'member', NOW)
  await setFollowing(db, peer.id, 'accepted', NOW)
  await saveRemoteActor(
    db,
    {
      uri,
      type: 'Application',
      name: 'Un lieu',
      preferredUsername: 'instance',
      inbox: `${origin}/inbox`,
      sharedInbox: undefined,
    },
    NOW,
  )
}

const TABLES = [
  'cafe',
  'cafe_document',
  'document',
  'change',
  'daily_count',
  'seen',
  'deletion',
  'task',
  'peer',
  'follower',
  'following',
  'delivery',
  'structure',
] as const

/** Columns that a sequence of the database counts. PostgreSQL skips numbers when a transaction is tried again. */
const NUMBERS = new Set(['id', 'seq', 'activity_seq', 'change_number'])

/** Returns everything that an activity can change, without the ids that each server creates. */
async function effects({ context: { db } }: WebServer): Promise<unknown> {
  const state: Record<string, unknown[]> = {}
  for (const table of TABLES) {
    const rows = await db.selectFrom(table).selectAll().execute()
    state[table] = rows
      .map((row) =>
        Object.entries(row)
          // It is a time by the clock of the machine.
          .filter(([column]) => column !== 'changed_at')
          .map(
            ([column, value]) =>
              `${column}=${isOnPostgres && NUMBERS.has(column) ? '#' : plainValue(value)}`,
          )
          .join('\n'),
      )
      .sort()
  }
  return state
}

const OWN_NAME =
  /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|\b(?:[0-9a-f]{16}|[0-9a-f]{20})\b/g
const plainValue = (value: unknown): string => String(unpacked(value)).replace(OWN_NAME, '#')

async function countCafes({ context: { db } }: WebServer): Promise<number> {
  return (await db.selectFrom('cafe').select('id').execute()).length
}

const readSlowly = () => undefined

async function expectSame(activities: readonly Json[]): Promise<void> {
  const quick = createReceiver(fast.context)
  const thorough = createReceiver(general.context, { readFast: readSlowly })
  for (const activity of activities) {
    const message = messageOf(activity)
    expect(await quick(message)).toBe(await thorough(message))
  }
  expect(await effects(fast)).toEqual(await effects(general))
}

describe('read as plain JSON or through JSON-LD, an activity has the same effect', () => {
  test('when it is a recorded activity of a real server that is not known here: no café of it is stored', async () => {
    await expectSame(
      fixtures.map(([, activity]) => ({ ...activity, id: `${activity.id}#of-a-stranger` })),
    )
    expect(await countCafes(fast)).toBe(0)
  })

  test('when it is a recorded activity of a real server that is followed', async () => {
    const speakers = new Set(fixtures.map(([, activity]) => idOf(activity.actor) ?? ''))
    for (const server of [fast, general])
      for (const uri of [...speakers, actorUri(ORIGIN, 'cafes'), actorUri(ORIGIN, 'instance')])
        await introduce(server, uri)
    await expectSame(fixtures.map(([, activity]) => activity))
    expect(await countCafes(fast)).toBeGreaterThan(2)
  })

  test('when it is ours: any café, created, updated and deleted', { timeout: 60_000 }, async () => {
    const contents = fc.sample(cafeContents, { numRuns: 40, seed: 7 })
    const cafes = contents.map((content, index) => ({
      ...eventOf(content),
      id: `${ORIGIN}/cafes/00000000-0000-4000-8000-0000000000${10 + index}`,
    }))
    const states: CafeStatus[] = ['cancelled', 'postponed', 'rescheduled', 'moved-online']
    const updates = states.map((status, index) => ({
      ...eventOf({ ...contents[index], status }),
      id: cafes[index]?.id,
      updated: '2026-11-25T08:30:00Z',
    }))
    const deletion = { id: cafes[9]?.id, type: 'Tombstone', formerType: 'Event' }
    await expectSame([
      ...cafes.map((event) => own('Create', event)),
      ...updates.map((event) => own('Update', event)),
      own('Delete', deletion),
      own('Create', cafes[9] ?? {}),
    ])
  })

  test('when it is ours: announces, relations, answers, notes', async () => {
    const us = actorUri(ORIGIN, 'instance')
    const them = actorUri('https://annuaire.example', 'instance')
    const announce = {
      id: `${ORIGIN}/activities/1`,
      actor: 'instance',
      objectUri: `${ORIGIN}/cafes/9`,
    }
    const ask = { type: 'Follow', actor: 'instance', object: them, to: them } as const
    const said = [
      announceActivity(ORIGIN, announce, NOW),
      undoAnnounceActivity(ORIGIN, { ...announce, announceId: announce.id, at: NOW }),
      privateActivity(ORIGIN, ask),
      privateActivity(ORIGIN, { ...ask, invitation: 'CODE-1234' }),
      privateActivity(ORIGIN, {
        ...ask,
        actor: 'cafes',
        object: actorUri('https://annuaire.example', 'cafe-ia'),
      }),
      ...(['Accept', 'Reject'] as const).map((type) =>
        privateActivity(ORIGIN, { ...ask, type, object: followJson(`${them}/1`, them, us) }),
      ),
      privateActivity(ORIGIN, { ...ask, type: 'Undo', object: followJson(`${us}/1`, us, them) }),
    ]
    const place = await startWeb({ origin: ORIGIN })
    try {
      const { context } = place
      await context.db.transaction().execute((trx) =>
        sendChangeNote(
          trx,
          context,
          { cafe: ownCafe({ status: 'cancelled' }), before: undefined },
          {
            actor: 'cafes',
            signer,
            inboxes: ['https://annuaire.example/inbox'],
            inReplyTo: ownCafe({}).uri,
          },
        ),
      )
      const notes = await context.db.selectFrom('activity').select('body').execute()
      await expectSame(
        [...said.map(({ body }) => body), ...notes.map(({ body }) => String(unpacked(body)))].map(
          (body) => JSON.parse(body) as Json,
        ),
      )
    } finally {
      await place.stop()
    }
  })

  test('when Fedify wrote it', async () => {
    const { '@context': _, proof: __, ...event } = eventOf({})
    const terms = [
      'id',
      'type',
      'name',
      'content',
      'startTime',
      'endTime',
      'updated',
      'attributedTo',
      'to',
      'tag',
      'url',
    ]
    const object = Object.fromEntries(terms.map((term) => [term, event[term]]))
    await expectSame([
      {
        '@context': FEDIFY,
        id: `${ORIGIN}/activities/fedify`,
        type: 'Create',
        actor: actorUri(ORIGIN, 'cafes'),
        object: { ...object, id: `${ORIGIN}/cafes/fedify` },
      },
    ])
  })
})

describe('only what is certain is read as plain JSON', () => {
  const create = own('Create', eventOf({}))

  test('everything of ours is, and what Mastodon, Mobilizon and Gancio send', () => {
    expect(readPlainly(create)).toBe(create)
    for (const [name, activity] of fixtures)
      if (/^(mastodon|mobilizon|gancio|snac|gotosocial)/.test(name))
        expect([name, readPlainly(activity)]).toEqual([name, activity])
  })

  test('of the recorded activities of real servers all but two are read as plain JSON', () => {
    const slow = fixtures.filter(([, activity]) => !readPlainly(activity)).map(([name]) => name)
    expect(slow).toEqual(['friendica-create-event.json', 'wordpress-create-event.json'])
  })

  test('not with one more term, an address for a term, a prefix, a keyword, or a context further inside', () => {
    const [as, proofs, terms] = create['@context'] as [string, string, Json]
    const object = create.object as Json
    const changed: Json[] = [
      { ...create, '@context': [as, proofs, { ...terms, name: 'https://a.example/name' }] },
      { ...create, '@context': [as, proofs, terms, {}] },
      { ...create, 'https://www.w3.org/ns/activitystreams#actor': 'https://b.example/' },
      { ...create, 'as:actor': 'https://b.example/' },
      { ...create, type: 'as:Create' },
      { ...create, object: { ...object, '@type': 'Note' } },
      {
        ...create,
        object: { ...object, location: { '@context': { name: 'schema:x' }, name: 'ici' } },
      },
      { ...create, object: { ...object, tag: [[{ '@context': [] }]] } },
    ]
    for (const document of changed) expect(readPlainly(document)).toBeUndefined()
    const { '@context': _, ...bare } = create
    expect(readPlainly(bare)).toBeUndefined()
  })
})
