import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import {
  createFederation,
  type Federation,
  generateCryptoKeyPair,
  MemoryKvStore,
} from '@fedify/fedify'
import { Accept, Activity, Follow, Group } from '@fedify/vocab'
import { getRequestListener } from '@hono/node-server'

/**
 * A server as anybody would build it with Fedify, with nothing of ours in it: its own signatures, JSON-LD reading and
 * look-ups on the other side of a socket. Its one account is `voisins`.
 */
export type FedifyPeer = {
  federation: Federation<void>
  origin: string
  /** The activities that its inbox verified, in order. */
  received: Activity[]
  close: () => Promise<void>
}

export async function startFedify(): Promise<FedifyPeer> {
  const federation = createFederation<void>({ kv: new MemoryKvStore(), allowPrivateAddress: true })
  const keys = [
    await generateCryptoKeyPair('RSASSA-PKCS1-v1_5'),
    await generateCryptoKeyPair('Ed25519'),
  ]
  const received: Activity[] = []
  federation
    .setActorDispatcher('/users/{identifier}', async (ctx, identifier) => {
      const pairs = await ctx.getActorKeyPairs(identifier)
      return new Group({
        id: ctx.getActorUri(identifier),
        preferredUsername: identifier,
        name: 'Les cafés d’à côté',
        inbox: ctx.getInboxUri(identifier),
        publicKeys: pairs.slice(0, 1).map(({ cryptographicKey }) => cryptographicKey),
        assertionMethods: pairs.map(({ multikey }) => multikey),
      })
    })
    .setKeyPairsDispatcher(() => keys)
  federation
    .setInboxListeners('/users/{identifier}/inbox', '/inbox')
    .on(Follow, async (ctx, follow) => {
      received.push(follow)
      if (!follow.actorId || !follow.objectId) return
      const follower = await follow.getActor(ctx)
      if (!follower) return
      const accept = new Accept({ actor: follow.objectId, object: follow, to: follow.actorId })
      await ctx.sendActivity({ identifier: 'voisins' }, follower, accept)
    })
    .on(Activity, (_, activity) => void received.push(activity))
  const server = createServer(
    getRequestListener((request) => federation.fetch(request, { contextData: undefined })),
  )
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    federation,
    origin: `http://127.0.0.1:${port}`,
    received,
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
