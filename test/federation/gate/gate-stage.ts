import { afterEach, beforeEach, expect } from 'vitest'
import { startInbox, type TestInbox } from '../../support/inbox.ts'
import { type LoopbackServer, startLoopbackServer } from '../../support/loopback-server.ts'
import {
  type RemoteActorFixture,
  type RemotePeer,
  startRemotePeer,
} from '../../support/remote-peer.ts'
import { type Spec, signByFedify } from '../../support/request-signer.ts'

export const ACTIVITY = 'application/activity+json'
export const CONTEXT = 'https://www.w3.org/ns/activitystreams'
export let honest: RemotePeer
export let hostile: RemotePeer
export let bystander: LoopbackServer
export let node: TestInbox

/** `v` is the actor of an honest server, `a` that of a hostile one. */
export let v: RemoteActorFixture
export let a: RemoteActorFixture

type Settings = Omit<Parameters<typeof startInbox>[0], 'allow'>

export const open = (settings: Settings = {}): Promise<TestInbox> =>
  startInbox({ allow: new Set([honest.origin, hostile.origin]), ...settings })

/** Replaces the node by another process, which has no actors in memory yet. */
export async function reopen(settings: Settings = {}): Promise<void> {
  await node.close()
  node = await open(settings)
}

let count = 0
export const nextNumber = (): number => ++count
const originOf = (actor: RemoteActorFixture) => new URL(actor.uri).origin

export const follow = (actor: RemoteActorFixture, change: object = {}) => ({
  '@context': CONTEXT,
  id: `${originOf(actor)}/activities/${nextNumber()}`,
  type: 'Follow',
  actor: actor.uri,
  object: `${node.origin}/actors/cafes`,
  ...change,
})

export const create = (actor: RemoteActorFixture, object: object = {}, change: object = {}) => ({
  '@context': CONTEXT,
  id: `${originOf(actor)}/activities/${nextNumber()}`,
  type: 'Create',
  actor: actor.uri,
  object: {
    id: `${originOf(actor)}/cafes/${count}`,
    type: 'Event',
    name: 'Café IA',
    attributedTo: actor.uri,
    ...object,
  },
  ...change,
})

type Signing = {
  by?: RemoteActorFixture
  keyId?: string
  spec?: Spec
  path?: string
  headers?: Record<string, string>
  /** Changes the signed request before it leaves. */
  tamper?: (request: Request) => Request
}

/** Signs an activity as `by` with Fedify's code, and sends it over a socket. */
export async function post(activity: unknown, signing: Signing = {}): Promise<Response> {
  const { by = a, path = '/inbox', tamper = (request) => request } = signing
  const body = typeof activity === 'string' ? activity : JSON.stringify(activity)
  const request = new Request(node.origin + path, {
    method: 'POST',
    body,
    headers: { 'content-type': ACTIVITY, ...signing.headers },
  })
  const signed = await signByFedify(
    request,
    { privateKey: by.rsa.privateKey, keyId: signing.keyId ?? by.keyId },
    { spec: signing.spec ?? 'draft-cavage-http-signatures-12', currentTime: node.now() },
  )
  return fetch(tamper(signed))
}

/** Expects that the request is refused within two seconds, leaves no trace, and that the bystander got no request. */
export async function expectRefused(answer: Promise<Response>, status: number | number[]) {
  const begun = performance.now()
  const response = await answer
  expect([status].flat()).toContain(response.status)
  expect(performance.now() - begun).toBeLessThan(2000)
  expect(node.accepted).toEqual([])
  expect([...node.actors]).toEqual([])
  expect(bystander.connections.total).toBe(0)
}

/**
 * Starts before each test of a file: an inbox behind its gate, an honest and a hostile server, and a server that must
 * not get any request.
 */
export function useGate(): void {
  beforeEach(async () => {
    honest = await startRemotePeer(0)
    hostile = await startRemotePeer(1)
    bystander = await startLoopbackServer((_, response) => response.end())
    v = honest.addActor('v')
    a = hostile.addActor('a')
    node = await open()
  })
  afterEach(async () => {
    await Promise.all([honest, hostile, bystander, node].map((thing) => thing.close()))
  })
}
