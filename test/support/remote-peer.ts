import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import { toMultibase } from '../../federation/wire/multikey.ts'
import { type LoopbackServer, startLoopbackServer } from './loopback-server.ts'
import {
  type KeyPair,
  makeEd25519Pair,
  makeRsaPair,
  pemOf,
  signByFedify,
} from './request-signer.ts'

export type RemoteActorFixture = {
  uri: string
  keyId: string
  rsa: KeyPair
  ed25519: KeyPair
  ed25519KeyId: string
}

/** An activity that was posted to an inbox of the peer, as it came: its request, its text, and the text as JSON. */
export type ReceivedActivity = {
  path: string
  headers: IncomingHttpHeaders
  text: string
  json: Record<string, unknown>
}

export type RemotePeer = LoopbackServer & {
  /** Everything that came to an inbox, in order; each was answered 202 unless `answer` says otherwise. */
  activities: ReceivedActivity[]
  activitiesOf(type: string): ReceivedActivity[]
  /** The answer of an inbox: a status, or `hang` for none; `to` may give another for one activity. */
  answer: {
    status: number | 'hang'
    location?: string
    retryAfter?: string
    to?: (json: Record<string, unknown>, activity: ReceivedActivity) => number | 'hang' | undefined
  }
  /** Posts an activity to an inbox, signed by the actor. */
  send(actor: RemoteActorFixture, inbox: string, activity: object | string): Promise<Response>
  /** Signs an activity, and returns what sends the same bytes each time. */
  record(
    actor: RemoteActorFixture,
    inbox: string,
    activity: object | string,
  ): Promise<() => Promise<Response>>
  /** The answer of the server at each path: a document as ActivityPub, or a function that answers. */
  pages: Map<string, object | ((response: ServerResponse, request: IncomingMessage) => void)>
  /** Makes an actor with its document at `/actors/{name}`. */
  addActor(name: string, change?: Record<string, unknown>): RemoteActorFixture
  /** Counts how often the path was asked for. */
  hits(path: string): number
}

const rsaPairs: KeyPair[] = []
/** Pairs are shared between servers of the same index in a test file, since making one takes a tenth of a second. */
const rsaPair = (index: number): KeyPair => {
  rsaPairs[index] ??= makeRsaPair()
  return rsaPairs[index]
}

/** Starts another server of the network, with actors and keys of its own; no code of ours answers in it. */
export async function startRemotePeer(keyIndex: number): Promise<RemotePeer> {
  const pages: RemotePeer['pages'] = new Map()
  const activities: ReceivedActivity[] = []
  const answer: RemotePeer['answer'] = { status: 202 }
  const server = await startLoopbackServer((request, response) => {
    if (request.method === 'POST') return void receive(request, response)
    const page = pages.get(new URL(request.url ?? '/', 'http://x').pathname)
    if (typeof page === 'function') return page(response, request)
    if (!page) return response.writeHead(404).end()
    response.writeHead(200, { 'content-type': 'application/activity+json' })
    response.end(JSON.stringify(page))
  })

  async function receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await text(request)
    const { location, retryAfter } = answer
    const json = JSON.parse(body)
    const activity = { path: request.url ?? '', headers: request.headers, text: body, json }
    const status = answer.to?.(json, activity) ?? answer.status
    if (status === 'hang') return
    if (status < 300) activities.push(activity)
    const later = retryAfter === undefined ? {} : { 'retry-after': retryAfter }
    response.writeHead(status, { ...(location && { location }), ...later }).end()
  }

  let signedAt = 0
  async function record(actor: RemoteActorFixture, inbox: string, activity: object | string) {
    const body = typeof activity === 'string' ? activity : JSON.stringify(activity)
    const request = new Request(inbox, {
      method: 'POST',
      headers: { 'content-type': 'application/activity+json' },
      body,
    })
    // A signature is of one second; nobody follows twice within one.
    signedAt = Math.max(signedAt + 1, Math.floor(Date.now() / 1000))
    const currentTime = Temporal.Instant.fromEpochMilliseconds(signedAt * 1000)
    const { privateKey } = actor.rsa
    const signed = await signByFedify(request, { privateKey, keyId: actor.keyId }, { currentTime })
    return () => fetch(signed.clone() as Request)
  }

  const send: RemotePeer['send'] = async (...words) => (await record(...words))()

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
    activities,
    activitiesOf: (type) => activities.filter(({ json }) => json.type === type),
    answer,
    send,
    record,
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
