import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { type Http2Bindings, type HttpBindings, serve } from '@hono/node-server'
import { Hono } from 'hono'
import {
  createGate,
  type GateDeps,
  type GateMessage,
  inboxHandler,
} from '../../federation/gate/gate.ts'
import type { ActorDocument } from '../../federation/remote/actor-document.ts'
import { createEgress } from '../../federation/remote/egress.ts'
import { idOf } from '../../federation/wire/json.ts'
import { verificationMethodOf, verifyProof } from '../../federation/wire/proof.ts'
import type { RemoteKey } from '../../node/store/schema/actors.ts'

export type TestInbox = {
  origin: string
  port: number
  accepted: GateMessage[]
  /** What the gate stored, as a store in memory. */
  actors: Map<string, ActorDocument>
  blocked: Set<string>
  members: Set<string>
  /** Milliseconds that are added to the clock. */
  later: { ms: number }
  now: () => Temporal.Instant
  close(): Promise<void>
}

/**
 * Starts the gate on a real socket behind the inbox routes, with the real `egress`; only the store is a map. The header
 * `x-source` stands for the sender's address, as a trusted proxy's would.
 */
export async function startInbox({
  allow,
  ...change
}: Pick<GateDeps, 'allow'> & Partial<GateDeps>): Promise<TestInbox> {
  const app = new Hono<{ Bindings: HttpBindings | Http2Bindings }>()
  const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' })
  if (!server.listening) await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const accepted: GateMessage[] = []
  const actors = new Map<string, ActorDocument>()
  const blocked = new Set<string>()
  const members = new Set<string>()
  const later = { ms: 0 }
  const now = () => Temporal.Now.instant().add({ milliseconds: later.ms })
  const egress = createEgress({ allow, proxy: undefined, userAgent: 'CafeIA/test' })
  const keysOf = (actorUri: string): RemoteKey[] => actors.get(actorUri)?.keys ?? []
  const gate = createGate({
    origin: `http://127.0.0.1:${port}`,
    allow,
    egress,
    sign: async ({ headers }) => headers,
    now,
    listKeys: async (actorUri) => keysOf(actorUri),
    isKnownActor: async (actorUri) => actors.has(actorUri),
    rememberActor: async (document) => void actors.set(document.actor.uri, document),
    isBlocked: async (uri) => blocked.has(new URL(uri).host),
    isMember: async (host) => members.has(host),
    verifyForwarded: async (activity, findKey) => {
      const keyId = verificationMethodOf(activity)
      const key = keyId && (await findKey(idOf(activity.actor) ?? '', keyId))
      return key ? verifyProof(activity, key) : false
    },
    accept: async (message) => {
      accepted.push(message)
      return 202
    },
    ...change,
  })
  const handler = inboxHandler(
    gate,
    (c) => c.req.header('x-source') ?? c.env.incoming.socket.remoteAddress ?? '',
  )
  app.post('/inbox', handler)
  app.post('/actors/:identifier/inbox', handler)
  return {
    origin: `http://127.0.0.1:${port}`,
    port,
    accepted,
    actors,
    blocked,
    members,
    later,
    now,
    close: async () => {
      await egress.close()
      server.close()
      if ('closeAllConnections' in server) server.closeAllConnections()
    },
  }
}
