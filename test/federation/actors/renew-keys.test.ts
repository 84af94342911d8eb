import { createPrivateKey, verify } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createKeyRing } from '../../../federation/actors/keys.ts'
import { findFormerKey } from '../../../federation/actors/registry.ts'
import { renewKeys } from '../../../federation/actors/renew-keys.ts'
import { signHeaders } from '../../../federation/gate/sign-request.ts'
import { addProof, verificationMethodOf } from '../../../federation/wire/proof.ts'
import { CAFES } from '../../../federation/wire/uris.ts'
import type { DeliveryKind } from '../../../node/domain/federation/delivery.ts'
import { openRegistry, verifyText } from '../../../node/domain/federation/verification.ts'
import { nodePrimitives } from '../../../node/formats/web/verification-primitives.ts'
import { listActorKeys } from '../../../node/store/directory/actor-keys.ts'
import { pinKeys } from '../../../node/store/directory/pinned-keys.ts'
import { findPosterAddress } from '../../../node/store/queues/poster-addresses.ts'
import { CAFE, type Site, startPair, until, untilAtRest } from '../../support/network.ts'
import {
  type ReceivedActivity,
  type RemotePeer,
  startRemotePeer,
} from '../../support/remote-peer.ts'

/**
 * Renews the keys of a site while a directory and a server that caches keys for long continue to receive its messages.
 */

let hub: Site
let node: Site
let peer: RemotePeer
/** The hours by which the clocks of all sites are ahead of the machine's. */
let ahead = 0
const now = () => Temporal.Now.instant().add({ hours: ahead })
const refused: ReceivedActivity[] = []
let remembered: { pem: string; at: Temporal.Instant } | undefined

const actorOf = async () => (await node.get(`${node.origin}/actors/cafes`)).json
const readPem = async () => ((await actorOf()).publicKey as { publicKeyPem: string }).publicKeyPem

/** Acts as a server that reads one key of an account, keeps it for 36 h and reads no other key meanwhile. */
async function remember(): Promise<void> {
  const isOld = remembered && remembered.at.until(now()).total('hours') >= 36
  if (!remembered || isOld) remembered = { pem: await readPem(), at: now() }
}

function isBelieved({ headers, path }: ReceivedActivity): boolean {
  const field = (name: string) =>
    new RegExp(`${name}="([^"]*)"`).exec(String(headers.signature))?.[1]
  const lines = (field('headers') ?? '')
    .split(' ')
    .map((name) => `${name}: ${name === '(request-target)' ? `post ${path}` : headers[name]}`)
  const bytes = Buffer.from(field('signature') ?? '', 'base64')
  return verify('sha256', Buffer.from(lines.join('\n')), remembered?.pem ?? '', bytes)
}

beforeAll(async () => {
  ;({ hub, node } = await startPair())
  for (const site of [hub, node]) site.context.now = now
  peer = await startRemotePeer(0)
  const reader = peer.addActor('reader')
  await peer.send(reader, `${node.origin}/inbox`, {
    '@context': 'https://www.w3.org/ns/activitystreams',
    ...{ id: `${peer.origin}/follows/1`, type: 'Follow' },
    ...{ actor: reader.uri, object: `${node.origin}/actors/cafes` },
  })
  await until(() => peer.activitiesOf('Accept').length > 0)
  await remember()
  peer.answer.to = (_, activity) => {
    if (isBelieved(activity)) return undefined
    refused.push(activity)
    return 401
  }
})
afterAll(() => Promise.all([hub, node, peer].map((each) => each?.close())))

const rotate = (isLeaked: boolean) =>
  renewKeys(node.context, { isLeaked, onMade: () => undefined }).finally(() => node.context.wake())

/** Waits until every receiver has what the node published; no delivery is left waiting or was given up. */
async function isKnownEverywhere(title: string): Promise<string> {
  await remember()
  const uri = await node.publish({ title })
  const isHere = ({ json }: ReceivedActivity) =>
    json.type === 'Create' && JSON.stringify(json).includes(uri)
  await until(() => peer.activities.some(isHere), { what: `${title} at the peer` })
  await until(async () => (await hub.find(uri))?.title === title, { what: `${title} at the hub` })
  await untilAtRest(node)
  expect(await node.context.db.selectFrom('delivery').selectAll().execute()).toEqual([])
  return uri
}

const documentAt = async (uri: string) => (await node.get(uri)).json
const verdictOf = async (text: string) => {
  const clock = { primitives: nodePrimitives, now: now().epochMilliseconds }
  const registry = await openRegistry(await hub.context.registry(), clock)
  if (registry === undefined || typeof registry === 'string') throw new Error('no registry')
  const against = { registry, ...clock }
  for await (const { verdict } of verifyText(text, against)) return verdict
  return undefined
}

let before: string

test('new keys are listed beside the former ones, and whoever asks by either address finds that key', async () => {
  before = await isKnownEverywhere('Avant')
  const oldPem = await readPem()
  expect(await rotate(false)).toMatchObject({ outcome: 'rotated' })
  const { publicKey, assertionMethod } = await actorOf()
  expect(publicKey).toMatchObject({ id: expect.stringMatching(/#main-key-\d{17}$/) })
  const ids = (assertionMethod as { id: string }[]).map(({ id }) => id.split('#')[1])
  expect(ids).toEqual([expect.stringMatching(/^ed25519-key-\d{17}$/), 'ed25519-key', 'main-key'])
  const named = async (name: string) =>
    (await node.get(`${node.origin}/actors/cafes/keys/${name}`)).json
  const name = (publicKey as { id: string }).id.split('#')[1] ?? ''
  expect(await named(name)).toMatchObject({ publicKey })
  const former = await named('main-key')
  expect(former).toMatchObject({
    id: `${node.origin}/actors/cafes`,
    publicKey: { publicKeyPem: oldPem },
  })
  expect((await node.get(`${node.origin}/actors/cafes/keys/no-key`)).status).toBe(404)
  expect(await rotate(false)).toMatchObject({ outcome: 'under-way' })
})

test('during two days a directory and a server that remembers the former key believe all that is said', async () => {
  await until(async () => {
    const rows = await hub.context.db
      .selectFrom('remote_key')
      .select('key_id')
      .where('actor_uri', '=', `${node.origin}/actors/cafes`)
      .execute()
    return rows.length === 4
  })
  for (const hours of [0, 35, 37, 47]) {
    ahead = hours
    const uri = await isKnownEverywhere(`Après ${hours} h`)
    expect(verificationMethodOf(await documentAt(uri))).toMatch(/#ed25519-key$/)
  }
  // A server that still has the former key refuses the new one once and then receives messages signed with the former
  // key. It refuses that one once too, after it has dropped the former key.
  expect(refused).toHaveLength(2)
  expect(await verdictOf((await node.get(before)).text)).toBe('valid')
})

test('a code for paper is signed by the new key from the beginning', async () => {
  const address = await findPosterAddress(node.context.db, before)
  const { posterSigner, ed25519 } = await createKeyRing(node.context).keysOf(CAFES)
  expect(posterSigner.verificationMethod).not.toBe(ed25519.keyId)
  expect(await verdictOf(address ?? '')).toBe('valid')
  ahead = 49
  expect(await verdictOf(address ?? '')).toBe('valid')
})

test('after two days the new key makes the proofs, and what the former signed is valid by its date', async () => {
  ahead = 49
  refused.length = 0
  const uri = await isKnownEverywhere('Après deux jours')
  expect(refused).toEqual([])
  expect(verificationMethodOf(await documentAt(uri))).toMatch(/#ed25519-key-\d{17}$/)
  const { assertionMethod } = await actorOf()
  expect(assertionMethod).toHaveLength(1)
  expect((await node.get(`${node.origin}/actors/cafes/keys/main-key`)).status).toBe(404)
  expect(await verdictOf((await node.get(uri)).text)).toBe('valid')
  expect(await verdictOf((await node.get(before)).text)).toBe('valid')
  const text = (await node.get(`${node.origin}/registry.json`)).text
  expect(JSON.parse(text).items).toContainEqual(
    expect.objectContaining({
      id: `${node.origin}/actors/cafes#ed25519-key`,
      expires: expect.any(String),
    }),
  )
})

test('a leaked key verifies nothing any more, whatever the date', async () => {
  const { origin } = node
  const [stolen] = (await listActorKeys(node.context.db, CAFES, now())).filter(
    ({ algorithm }) => algorithm === 'rsa',
  )
  const { ed25519 } = await createKeyRing(node.context).keysOf(CAFES)
  const past = await documentAt(before)
  const { proof: _, ...unsigned } = past
  const forged = addProof(
    { ...unsigned, name: 'Faux' },
    ed25519.signer,
    now().subtract({ hours: 1 }),
  )
  expect(await verdictOf(JSON.stringify(forged))).toBe('valid')

  // By the clock of the machine, the directory reads the keys of one account at most once in five minutes; a restart
  // ends that wait.
  await hub.stop()
  await hub.start()
  hub.context.now = now
  const rotation = await rotate(true)
  expect(rotation).toMatchObject({ outcome: 'rotated', until: 'leaked', cafes: 6 })
  remembered = undefined
  await remember()
  await until(async () => (await verdictOf(JSON.stringify(forged))) === 'retired-key', {
    what: 'the directory knows',
  })
  await untilAtRest(node)
  await untilAtRest(hub)
  expect(await verdictOf((await node.get(before)).text)).toBe('valid')
  const lines = await fetch(`${hub.origin}/export/cafes.ndjson`).then((response) => response.text())
  for (const line of lines.trim().split('\n')) expect(await verdictOf(line)).toBe('valid')

  const body = JSON.stringify({
    '@context': 'https://www.w3.org/ns/activitystreams',
    ...{ id: `${origin}/activities/forged`, type: 'Delete', actor: `${origin}/actors/cafes` },
    object: before,
  })
  const headers = await signHeaders(
    {
      ...{ method: 'POST', url: new URL(`${hub.origin}/inbox`), body },
      headers: { 'content-type': 'application/activity+json' },
    },
    { keyId: stolen?.keyId ?? '', privateKey: createPrivateKey(stolen?.privatePem ?? '') },
    'cavage',
  )
  const { host: _host, ...sent } = headers
  const { status } = await fetch(`${hub.origin}/inbox`, { method: 'POST', headers: sent, body })
  expect(status).toBe(401)
  expect(await hub.find(before)).toBeDefined()
  const kept = await node.context.db.selectFrom('actor_key').selectAll().execute()
  expect(kept.filter(({ private_pem }) => private_pem === stolen?.privatePem)).toEqual([])
  expect((await actorOf()).revokedKeys).toContain(ed25519.keyId)
})

test('what a former key signed in its time is believed on its way for a week, and nothing of a leaked one', async () => {
  const actorUri = `${node.origin}/actors/cafes`
  const known = { db: hub.context.db, now }
  const signedAt = (hours: number) => ({
    proof: { created: Temporal.Now.instant().add({ hours }).toString({ smallestUnit: 'second' }) },
  })
  const keys = await hub.context.db
    .selectFrom('pinned_key')
    .selectAll()
    .where('actor_uri', '=', actorUri)
    .execute()
  expect(keys.map(({ retired_at }) => retired_at).toSorted()).toEqual([
    '1970-01-01T00:00:00Z',
    '1970-01-01T00:00:00Z',
    null,
  ])
  const former = { keyId: `${actorUri}#former`, actorUri }
  const listed = [{ ...former, pem: keys[0]?.public_pem ?? '' }]
  await pinKeys(hub.context.db, actorUri, { keys: listed, leaked: [] }, now())
  await pinKeys(hub.context.db, actorUri, { keys: [], leaked: [] }, Temporal.Now.instant())
  expect(await findFormerKey(known, signedAt(0), former)).toBeDefined()
  expect(await findFormerKey(known, signedAt(90), former)).toBeUndefined()
  expect(await findFormerKey(known, {}, former)).toBeUndefined()
  const leaked = keys.find(({ retired_at }) => retired_at?.startsWith('1970'))?.key_id ?? ''
  expect(await findFormerKey(known, signedAt(0), { keyId: leaked, actorUri })).toBeUndefined()
  const later = { ...known, now: () => now().add({ hours: 8 * 24 }) }
  expect(await findFormerKey(later, signedAt(0), former)).toBeUndefined()
})

test('what a server refuses for a key that it still remembers is sent again until it asks for the new one', async () => {
  const uri = await isKnownEverywhere('À l’heure dite')
  const path = `/cafes/${uri.split('/').at(-1)}`
  const errorsAt = async (kind: DeliveryKind) => {
    const { host } = new URL(peer.origin)
    const waiting = node.context.db.selectFrom('delivery').selectAll().where('host', '=', host)
    const rows = await waiting.where('kind', '=', kind).execute()
    return [...new Set(rows.map(({ last_error }) => last_error))].join()
  }
  const patiently = { within: 60_000 }
  expect(await rotate(true)).toMatchObject({ outcome: 'rotated', until: 'leaked' })
  const startsAt = `${Temporal.Now.plainDateISO('Europe/Paris').add({ days: 20 })}T18:30:00`
  await node.call('PUT', path, { ...CAFE, title: 'À l’heure dite', startsAt })
  await until(async () => (await errorsAt('note')) === '401', { ...patiently, what: 'a Note kept' })
  ahead += 40
  await remember()
  node.context.wake()
  const isNote = ({ json }: ReceivedActivity) =>
    (json.object as { inReplyTo?: string }).inReplyTo === uri
  await until(() => peer.activities.some(isNote), { ...patiently, what: 'the Note at the peer' })
  await until(async () => `${await errorsAt('cafe')}${await errorsAt('word')}` === '', patiently)

  // After two days no server remembers an earlier key, and a refusal is meant.
  ahead += 10
  peer.answer.to = () => 401
  await node.call('POST', `${path}/cancel`, { reason: 'Malade' })
  await until(async () => (await errorsAt('cafe')) === '401', { ...patiently, what: 'a refusal' })
  await until(async () => (await errorsAt('note')) === '', { ...patiently, what: 'no Note' })
}, 150_000)
