import { fileURLToPath } from 'node:url'
import type { Namespace } from './namespace.ts'
import { eventually, visit } from './visit.ts'

/** An object as another JSON-LD library returns it: every value is in an array, except `id` and `type`. */
export type HeldObject = { id: string; type: string; [property: string]: unknown }

export type Held = {
  /** The activities that its Group received, verified by the library. */
  inbox: HeldObject[]
  followers: string[]
  following: unknown[]
  objects: HeldObject[]
}

/** The server of ../activitypub-express with its one Group. */
export type IndependentPeer = {
  actorUri: string
  handle: string
  /** Executes the activity as its Group and sends it to its recipients; returns the id that it got. */
  post(activity: object): Promise<string>
  readHeld(): Promise<Held>
  [Symbol.asyncDispose](): Promise<void>
}

const CONTEXT = [
  'https://www.w3.org/ns/activitystreams',
  { timezone: 'https://w3id.org/fep/8a8e/timezone', schema: 'http://schema.org/' },
]

export const PEER_FOLDER = fileURLToPath(new URL('../activitypub-express', import.meta.url))

export async function startIndependentPeer(
  network: Namespace,
  { host, port }: { host: string; port: number },
): Promise<IndependentPeer> {
  const origin = `https://${host}`
  const actorUri = `${origin}/agenda`
  const server = network.start('activitypub-express', {
    argv: [process.execPath, `${PEER_FOLDER}/peer.js`],
    env: {
      ORIGIN: origin,
      PORT: String(port),
      NODE_ENV: 'production',
      NODE_EXTRA_CA_CERTS: network.authority,
    },
  })
  const readHeld = async (): Promise<Held> => {
    const { status, body } = await visit(network, { url: `${origin}/held` })
    if (status !== 200) throw new Error(`the independent peer answered ${status}`)
    return JSON.parse(body)
  }
  await eventually(network, 'the independent peer answers over TLS', readHeld)
  return {
    actorUri,
    handle: `@agenda@${host}`,
    async post(activity) {
      const answer = await visit(network, {
        url: `${actorUri}/outbox`,
        method: 'POST',
        headers: { 'content-type': 'application/activity+json' },
        body: JSON.stringify({ '@context': CONTEXT, actor: actorUri, ...activity }),
      })
      if (answer.status !== 201 || !answer.headers.location)
        throw new Error(`the independent peer answered ${answer.status}: ${answer.body}`)
      return answer.headers.location
    },
    readHeld,
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  }
}
