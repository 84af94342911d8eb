import { randomUUID } from 'node:crypto'
import { expect, onTestFinished, test } from 'vitest'
import { renewKeys } from '../../../federation/actors/renew-keys.ts'
import { declareSoftware } from '../../support/measured-peers.ts'
import { startSite, until } from '../../support/network.ts'
import { type RemotePeer, startRemotePeer } from '../../support/remote-peer.ts'

test('a server that is met after a change of keys is spoken to as its software asks, from the first word on', async () => {
  const site = await startSite()
  onTestFinished(() => site.close())
  await site.get(`${site.origin}/actors/cafes`)
  await renewKeys(site.context, { isLeaked: true, onMade: () => undefined })
  const met = async (index: number, software: string) => {
    const peer = await startRemotePeer(index)
    onTestFinished(() => peer.close())
    declareSoftware(peer, software, '2.75')
    return firstKeyTo(peer, `${site.origin}/actors/cafes`)
  }
  const { keyId } = await site.context.db
    .selectFrom('actor_key')
    .select('key_id as keyId')
    .where('actor', '=', 'cafes')
    .where('algorithm', '=', 'rsa')
    .where('retired_at', 'is', null)
    .executeTakeFirstOrThrow()
  // snac2 caches the document at the account's address for 36 hours, and does not report the messages that it drops.
  expect(await met(0, 'snac')).toBe(keyId.replace('#', '/keys/'))
  expect(await met(1, 'activitypub-express')).toBe(keyId)
})

/** Returns the id of the key that signs the first message to a new follower. */
async function firstKeyTo(peer: RemotePeer, followed: string): Promise<string | undefined> {
  const actor = peer.addActor('camille')
  await peer.send(actor, `${new URL(followed).origin}/inbox`, {
    ...{ '@context': 'https://www.w3.org/ns/activitystreams', type: 'Follow' },
    ...{ id: `${peer.origin}/follows/${randomUUID()}`, actor: actor.uri, object: followed },
  })
  await until(() => peer.activities.length > 0, { what: 'the first message' })
  return /keyId="([^"]*)"/.exec(String(peer.activities[0]?.headers.signature))?.[1]
}
