import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { renewKeys } from '../../../federation/actors/renew-keys.ts'
import { createEgress } from '../../../federation/remote/egress.ts'
import { fetchOriginKeys } from '../../../federation/remote/origin-keys.ts'
import { OPERATOR } from '../../../node/domain/cafes/edit.ts'
import { openRegistry, verifyText } from '../../../node/domain/federation/verification.ts'
import { nodePrimitives } from '../../../node/formats/web/verification-primitives.ts'
import { pinKeys } from '../../../node/store/directory/pinned-keys.ts'
import { saveMandateAct } from '../../../node/store/referents/mandate-acts.ts'
import { type Site, startPair, until, untilFound } from '../../support/network.ts'
import { appoint } from '../../support/referents.ts'

let hub: Site
let node: Site
beforeAll(async () => {
  ;({ hub, node } = await startPair())
}, 60_000)
afterAll(async () => {
  await node?.close()
  await hub?.close()
})

const readText = async (path: string) => (await fetch(hub.origin + path)).text()

async function verdictOf(text: string): Promise<string | undefined> {
  const clock = { primitives: nodePrimitives, now: hub.context.now().epochMilliseconds }
  const registry = await openRegistry(await readText('/registry.json'), clock)
  if (registry === undefined || typeof registry === 'string')
    throw new Error(`registry: ${registry}`)
  const against = { registry, ...clock }
  const [finding] = await Array.fromAsync(verifyText(text, against))
  return finding?.verdict
}

test('a mandate counts until it is ended, which the registry then says', async () => {
  const id = await appoint(hub)
  hub.context.wake()
  let uri: string | undefined
  await until(async () => {
    const answer = await readText('/api/v1/referents?territory=c-35238')
    const { items } = JSON.parse(answer) as { items: { attestation?: string }[] }
    uri = items[0]?.attestation
    return uri
  })
  const { text } = await hub.get(uri ?? '')
  expect(await verdictOf(text)).toBe('valid')
  expect(await verdictOf(text.replace('Claire', 'Carole'))).toBe('altered')
  await saveMandateAct(
    hub.context.db,
    id,
    { act: 'end', by: OPERATOR, reason: 'ended' },
    hub.context.now(),
  )
  expect(await verdictOf(text)).toBe('revoked')
})

test('a key that its owner no longer lists stays in the registry, with the day on which it was given up', async () => {
  await node.publish()
  await until(async () => (await hub.titles()).length === 1, { within: 10_000 })
  const event = await readText('/export/cafes.ndjson')
  expect(await verdictOf(event)).toBe('valid')
  const actor = `${node.origin}/actors/cafes`
  const later = hub.context.now().add({ hours: 3 })
  await pinKeys(hub.context.db, actor, { keys: [], leaked: [] }, later)
  expect(await verdictOf(event)).toBe('valid')
  const earlier = hub.context.now().subtract({ hours: 3 })
  const keys = await hub.context.db
    .selectFrom('pinned_key')
    .selectAll()
    .where('actor_uri', '=', actor)
    .execute()
  const listed = keys.map((row) => ({ keyId: row.key_id, actorUri: actor, pem: row.public_pem }))
  await pinKeys(hub.context.db, actor, { keys: listed, leaked: [] }, later)
  await pinKeys(hub.context.db, actor, { keys: [], leaked: [] }, earlier)
  expect(await verdictOf(event)).toBe('retired-key')
})

test('only the actor itself can declare its key leaked, and cannot take it back', async () => {
  const { db } = hub.context
  const owner = `${node.origin}/actors/cafes`
  const other = `${node.origin}/actors/instance`
  const readKey = () =>
    db
      .selectFrom('pinned_key')
      .select(['key_id', 'public_pem', 'retired_at'])
      .where('actor_uri', '=', owner)
      .executeTakeFirstOrThrow()
  const { key_id: keyId, public_pem: pem } = await readKey()
  const listed = { keys: [{ keyId, actorUri: owner, pem }], leaked: [] }
  const now = hub.context.now()
  await pinKeys(db, owner, listed, now)
  await pinKeys(db, other, { keys: [], leaked: [keyId] }, now)
  expect((await readKey()).retired_at).toBeNull()
  await pinKeys(db, owner, { keys: [], leaked: [keyId] }, now)
  await pinKeys(db, owner, listed, now)
  await pinKeys(db, owner, { keys: [], leaked: [] }, now)
  expect((await readKey()).retired_at).toBe('1970-01-01T00:00:00Z')
})

test('keys of a stranger are not stored in the registry', async () => {
  const { items } = JSON.parse(await readText('/registry.json')) as {
    items: { controller: string }[]
  }
  const origins = new Set(items.map(({ controller }) => new URL(controller).origin))
  expect([...origins].toSorted()).toEqual([hub.origin, node.origin].toSorted())
})

test('the keys of an actor are those that its own site gives, not those where the site leads', async () => {
  const listen = async (answer: RequestListener) => {
    const server = createServer(answer).listen(0, '127.0.0.1')
    await new Promise((done) => server.once('listening', done))
    const { port } = server.address() as AddressInfo
    return { origin: `http://127.0.0.1:${port}`, close: () => server.close() }
  }
  const actor = (await node.get(`${node.origin}/actors/cafes`)).text
  // One site redirects to any address that it is asked for; the other one serves there an actor in the first one's
  // name.
  const elsewhere = await listen((_, response) => {
    const text = actor.replaceAll(`${node.origin}/actors/cafes`, `${site.origin}/actors/cafes`)
    response.setHeader('content-type', 'application/activity+json')
    response.end(text.replaceAll(node.origin, site.origin))
  })
  let leadsAway = true
  const site = await listen((request, response) => {
    response.setHeader('content-type', 'application/activity+json')
    if (!leadsAway) return response.end(actor.replaceAll(node.origin, site.origin))
    response.writeHead(302, { location: elsewhere.origin + request.url }).end()
  })
  const egress = createEgress({ allow: 'all', proxy: undefined, userAgent: 'test' })
  try {
    const keyId = `${site.origin}/actors/cafes#ed25519-key`
    expect(await fetchOriginKeys(egress, [keyId])).toEqual([])
    leadsAway = false
    const [key] = await fetchOriginKeys(egress, [keyId])
    expect(key).toMatchObject({ id: keyId, controller: `${site.origin}/actors/cafes` })
  } finally {
    await egress.close()
    site.close()
    elsewhere.close()
  }
})

test('a mandate is signed again when the keys of its directory have leaked, and members know the new ones', async () => {
  await appoint(hub)
  hub.context.wake()
  const readUri = async () => {
    const answer = await readText('/api/v1/referents?territory=c-35238')
    const { items } = JSON.parse(answer) as { items: { attestation?: string }[] }
    return items[0]?.attestation
  }
  await until(readUri)
  const former = (await readUri()) ?? ''
  const { text } = await hub.get(former)
  expect(await verdictOf(text)).toBe('valid')
  const rotation = await renewKeys(hub.context, { isLeaked: true, onMade: () => undefined })
  hub.context.wake()
  expect(rotation).toMatchObject({ outcome: 'rotated', mandates: 1 })
  const latter = await untilFound(async () => {
    const uri = await readUri()
    return uri === former ? undefined : uri
  })
  expect(await verdictOf((await hub.get(latter)).text)).toBe('valid')
  expect(await verdictOf(text)).toBe('retired-key')
  const { id } = (await hub.get(`${hub.origin}/actors/instance`)).json.publicKey as { id: string }
  const isKnown = () =>
    node.context.db
      .selectFrom('remote_key')
      .select('key_id')
      .where('key_id', '=', id)
      .executeTakeFirst()
  await until(isKnown, { what: 'the key at the member' })
})
