import type { ServerResponse } from 'node:http'
import { toMultibase } from '../../federation/multikey.ts'
import { type LoopbackServer, startLoopbackServer } from './loopback-server.ts'
import { type KeyPair, makeEd25519Pair, makeRsaPair, pemOf } from './request-signer.ts'

export type RemoteActorFixture = {
  uri: string
  keyId: string
  rsa: KeyPair
  ed25519: KeyPair
  ed25519KeyId: string
}

export type RemotePeer = LoopbackServer & {
  /** What the server answers at each path: a document as ActivityPub, or whatever the function does. */
  pages: Map<string, object | ((response: ServerResponse) => void)>
  /** Makes an actor with its document at `/actors/{name}`. */
  addActor(name: string, change?: Record<string, unknown>): RemoteActorFixture
  /** How often the path was asked for. */
  hits(path: string): number
}

const rsaPairs: KeyPair[] = []
/** Pairs are shared between servers of the same name in a test file: making one takes a tenth of a second. */
const rsaPair = (index: number): KeyPair => {
  rsaPairs[index] ??= makeRsaPair()
  return rsaPairs[index]
}

/** Another server of the network, with actors and keys of its own; nothing of ours answers in it. */
export async function startRemotePeer(keyIndex: number): Promise<RemotePeer> {
  const pages: RemotePeer['pages'] = new Map()
  const server = await startLoopbackServer((request, response) => {
    const page = pages.get(new URL(request.url ?? '/', 'http://x').pathname)
    if (typeof page === 'function') return page(response)
    if (!page) return response.writeHead(404).end()
    response.writeHead(200, { 'content-type': 'application/activity+json' })
    response.end(JSON.stringify(page))
  })

  function addActor(name: string, change: Record<string, unknown> = {}): RemoteActorFixture {
    const uri = `${server.origin}/actors/${name}`
    const actor = {
      uri,
      keyId: `${uri}#main-key`,
      rsa: rsaPair(keyIndex),
      ed25519: makeEd25519Pair(),
      ed25519KeyId: `${uri}#ed25519-key`,
    }
    pages.set(`/actors/${name}`, { ...documentOf(actor, server.origin), ...change })
    return actor
  }

  return {
    ...server,
    pages,
    addActor,
    hits: (path) => server.requests.filter(({ url }) => url === path).length,
  }
}

export const documentOf = (actor: RemoteActorFixture, origin: string) => ({
  '@context': ['https://www.w3.org/ns/activitystreams', 'https://w3id.org/security/v1'],
  id: actor.uri,
  type: 'Group',
  name: 'Café IA de Die',
  preferredUsername: 'cafes',
  inbox: `${actor.uri}/inbox`,
  endpoints: { sharedInbox: `${origin}/inbox` },
  publicKey: { id: actor.keyId, owner: actor.uri, publicKeyPem: pemOf(actor.rsa.publicKey) },
  assertionMethod: [
    {
      id: actor.ed25519KeyId,
      type: 'Multikey',
      controller: actor.uri,
      publicKeyMultibase: toMultibase(actor.ed25519.publicKey),
    },
  ],
})
