import { afterAll, beforeAll, expect, test } from 'vitest'
import { isRefusal, readEnvelope, refuseByOrigin } from '../../../federation/gate/envelope.ts'
import type { GateMessage } from '../../../federation/gate/gate.ts'
import { createReceiver } from '../../../federation/inbox/inbox.ts'
import { CONTEXT, MEMBER_OF, REFERENT_OF } from '../../../federation/wire/context.ts'
import { toEvent } from '../../../federation/wire/event.ts'
import { isObject, type Json } from '../../../federation/wire/json.ts'
import { toFacilitatorProfile } from '../../../federation/wire/profile.ts'
import { actorUri } from '../../../federation/wire/uris.ts'
import { upsertPeer } from '../../../node/store/directory/peers.ts'
import { saveRemoteActor } from '../../../node/store/directory/remote-actors.ts'
import { setMembership } from '../../../node/store/memberships.ts'
import { isOnPostgres } from '../../support/database.ts'
import { aFacilitator } from '../../support/facilitator.ts'
import { ownCafe } from '../../support/own-cafe.ts'
import { startWeb, type WebServer } from '../../support/server.ts'

/** A member may write anything as any value: the activity is applied or refused, and nothing fails. */

const HUB = 'https://annuaire.example'
const ORIGIN = 'https://mediatheque.example'
const INSTANCE = actorUri(ORIGIN, 'instance')
const NOW = Temporal.Instant.from('2026-11-25T08:00:00Z')

let hub: WebServer
let receiver: ReturnType<typeof createReceiver>
beforeAll(async () => {
  hub = await startWeb({ role: 'hub', origin: HUB })
  receiver = createReceiver(hub.context)
  const { db } = hub.context
  const peer = await upsertPeer(db, { actorUri: INSTANCE, name: 'Un lieu' })
  await setMembership(db, peer.id, 'member', NOW)
  await saveRemoteActor(
    db,
    {
      uri: INSTANCE,
      type: 'Application',
      name: 'Un lieu',
      preferredUsername: 'instance',
      inbox: `${ORIGIN}/inbox`,
      sharedInbox: undefined,
    },
    NOW,
  )
})
afterAll(() => hub.stop())

const event = toEvent({ ...ownCafe(), uri: `${ORIGIN}/cafes/1`, updatedAt: NOW }, ORIGIN)
const profile = (): Json => {
  const uri = `${ORIGIN}/animation/camille-r`
  const dates = { consentedAt: NOW, updatedAt: NOW, expiresAt: NOW.add({ hours: 1000 }) }
  const seen = {
    reader: 'network',
    origin: ORIGIN,
    cafes: [`${ORIGIN}/cafes/1`],
    directories: [actorUri(HUB, 'instance')],
    now: NOW,
  } as const
  return toFacilitatorProfile(aFacilitator({ uri, url: uri, ...dates }), seen) ?? {}
}
const network = {
  id: `${ORIGIN}/reseaux/x`,
  type: 'Organization',
  name: 'Réseau',
  summary: '<p>Ensemble</p>',
  website: 'https://reseau.example/',
  attributedTo: INSTANCE,
}
const relation = {
  type: 'Relationship',
  subject: { id: 'https://autre.example/actors/cafes', type: 'Group', name: 'Un lieu' },
  relationship: MEMBER_OF,
  object: network,
}
const proposal = {
  type: 'Relationship',
  subject: {
    type: 'Person',
    id: `${ORIGIN}/animation/camille-r`,
    name: 'Camille',
    email: 'c@lieu.example',
    word: 'neutre',
  },
  relationship: REFERENT_OF,
  object: `${HUB}/territoires/35`,
}
const note = {
  id: `${ORIGIN}/notes/1`,
  type: 'Note',
  to: `${ORIGIN}/animation/camille-r`,
  senderName: 'Ada',
  replyTo: 'ada@lieu.example',
  content: '<p>Bonjour</p>',
  attributedTo: INSTANCE,
}
const SAID: [string, Json][] = [
  ['Follow', { object: `${HUB}/actors/instance`, invitation: 'x' }],
  ['Join', { object: `${HUB}/cafes/1` }],
  ['Create', { object: event }],
  [
    'Update',
    {
      object: { id: `${ORIGIN}/cafes/1`, type: 'Event' },
      to: ['as:Public'],
      cc: [`${ORIGIN}/followers`],
    },
  ],
  ['Create', { object: profile() }],
  ['Create', { object: note }],
  ['Update', { object: network }],
  ['Update', { object: { id: INSTANCE, type: 'Application', name: 'Un lieu' } }],
  ['Offer', { object: relation, published: NOW.toString() }],
  ['Undo', { object: { type: 'Offer', id: `${ORIGIN}/offers/1`, object: relation } }],
  ['Offer', { object: proposal }],
  [
    'Accept',
    {
      object: { type: 'Follow', id: `${HUB}/1`, actor: `${HUB}/actors/instance`, object: INSTANCE },
    },
  ],
  ['Reject', { object: `${HUB}/1` }],
  [
    'Undo',
    {
      object: {
        type: 'Follow',
        id: `${ORIGIN}/follows/1`,
        actor: INSTANCE,
        object: `${HUB}/actors/cafes`,
      },
    },
  ],
  ['Announce', { object: 'https://autre.example/cafes/1' }],
  ['Delete', { object: { id: `${ORIGIN}/cafes/1`, type: 'Tombstone', formerType: 'Event' } }],
  [
    'Delete',
    { object: { id: `${ORIGIN}/animation/camille-r`, type: 'Tombstone', deleted: NOW.toString() } },
  ],
]

/** An address with a character that PostgreSQL does not store (NUL) and half of a surrogate pair. */
const NO_TEXT = `${ORIGIN}/\u0000\ud800`

/** Values of an unexpected type, or that cannot be converted to a text. */
const ODD: unknown[] = [
  null,
  1e308,
  [[['x']]],
  { toString: 1, valueOf: 1, id: 'javascript:x', type: ['Event', 'Place', 'Follow'] },
  [null, { toString: 1, valueOf: 1 }, 'x'],
]

/** Yields the path of each value inside, including objects and arrays. */
function* placesIn(value: unknown, path: string[] = []): Generator<string[]> {
  if (path.length > 0) yield path
  if (typeof value !== 'object' || value === null) return
  for (const [name, item] of Object.entries(value))
    if (name !== '@context') yield* placesIn(item, [...path, name])
}

function put(value: unknown, [name, ...rest]: string[], odd: unknown): unknown {
  if (name === undefined) return odd
  if (Array.isArray(value))
    return value.map((item, at) => (String(at) === name ? put(item, rest, odd) : item))
  return isObject(value) ? { ...value, [name]: put(value[name], rest, odd) } : value
}

let count = 0
function messageOf(type: string, said: Json): GateMessage {
  const id = `${ORIGIN}/activities/${++count}`
  const activity = JSON.parse(
    JSON.stringify({ '@context': CONTEXT, id, type, actor: INSTANCE, ...said }),
  )
  return {
    activity,
    id,
    type,
    actorUri: INSTANCE,
    signerUri: INSTANCE,
    signed: id,
    readText: () => JSON.stringify(activity),
    actorDocument: undefined,
  }
}

/** On PostgreSQL only the text is tried, since the other values do not reach the database. */
const odds = isOnPostgres ? [NO_TEXT] : [NO_TEXT, ...ODD]

const RULES = { allow: 'none', ownOrigin: HUB } as const

/** Handles a message as the gate does once the signature is verified. */
async function receive(message: GateMessage): Promise<number> {
  const envelope = readEnvelope(message.activity, RULES)
  if (isRefusal(envelope)) return envelope.status
  return refuseByOrigin(envelope, RULES)?.status ?? (await receiver(message))
}

test.each(SAID)(
  'whatever stands in the place of a value of %s, nothing of ours fails',
  async (type, said) => {
    const changes = [...placesIn(said)].flatMap((path) => odds.map((odd) => ({ path, odd })))
    const failed: unknown[] = []
    await Promise.all(
      changes.map(async ({ path, odd }) => {
        const answer = await receive(messageOf(type, put(said, path, odd) as Json)).catch(String)
        if (![202, 400, 403].includes(Number(answer))) failed.push([path.join('.'), odd, answer])
      }),
    )
    expect(failed).toEqual([])
  },
)
