import { afterAll, beforeAll, expect, test } from 'vitest'
import { verifyText } from '../../../node/domain/federation/verification.ts'
import { nodePrimitives, parseRegistry } from '../../../node/formats/web/registry.ts'
import { pinKeys } from '../../../node/store/directory/pinned-keys.ts'
import { endReferent } from '../../../node/store/referents/referents.ts'
import { type Site, startPair, until } from '../../support/network.ts'
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
  const registry = parseRegistry(await readText('/registry.json')) ?? { keys: [], revoked: [] }
  const against = { registry, primitives: nodePrimitives, now: hub.context.now().epochMilliseconds }
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
  await endReferent(hub.context.db, { id, reason: 'ended' }, hub.context.now())
  expect(await verdictOf(text)).toBe('revoked')
})

test('a key that its owner no longer lists stays in the registry, with the day on which it was given up', async () => {
  await node.publish()
  await until(async () => (await hub.titles()).length === 1, { within: 10_000 })
  const event = await readText('/export/cafes.ndjson')
  expect(await verdictOf(event)).toBe('valid')
  const actor = `${node.origin}/actors/cafes`
  const later = hub.context.now().add({ hours: 3 })
  await pinKeys(hub.context.db, actor, [], later)
  expect(await verdictOf(event)).toBe('valid')
  const earlier = hub.context.now().subtract({ hours: 3 })
  const keys = await hub.context.db
    .selectFrom('pinned_key')
    .selectAll()
    .where('actor_uri', '=', actor)
    .execute()
  const listed = keys.map((row) => ({ keyId: row.key_id, actorUri: actor, pem: row.public_pem }))
  await pinKeys(hub.context.db, actor, listed, later)
  await pinKeys(hub.context.db, actor, [], earlier)
  expect(await verdictOf(event)).toBe('retired-key')
})

test('a stranger’s keys are not worth a row', async () => {
  const { items } = JSON.parse(await readText('/registry.json')) as {
    items: { controller: string }[]
  }
  const origins = new Set(items.map(({ controller }) => new URL(controller).origin))
  expect([...origins].toSorted()).toEqual([hub.origin, node.origin].toSorted())
})
