import { connect } from 'node:net'
import { expect } from 'vitest'
import type { Json } from '../../federation/wire/json.ts'
import { addProof } from '../../federation/wire/proof.ts'
import { type ChildServer, startChildServer } from './child-server.ts'
import { type LoopbackServer, startLoopbackServer } from './loopback-server.ts'
import { type RemoteActorFixture, type RemotePeer, startRemotePeer } from './remote-peer.ts'
import { type Spec, signByFedify } from './request-signer.ts'
import { watchHealth } from './server-health.ts'

export const ACTIVITY = 'application/activity+json'
export const CONTEXT = 'https://www.w3.org/ns/activitystreams'
const PUBLIC = `${CONTEXT}#Public`

/** Another server, with the two actors that every site has. */
type Correspondent = RemotePeer & {
  /** The actor that speaks for the whole server. */
  instance: RemoteActorFixture
  /** The actor that writes its cafés. */
  cafes: RemoteActorFixture
}

type Posting = {
  by: RemoteActorFixture
  keyId?: string
  spec?: Spec
  path?: string
  headers?: Record<string, string>
  /** The time at which it says that it was signed. */
  at?: Temporal.Instant
  /** Changes the signed request before it is sent. */
  tamper?: (request: Request) => Request
  /** Milliseconds within which the answer must come. */
  within?: number
}

/**
 * The directory as a process of its own; V, an honest member; any number of attackers, each a server of its own; and a
 * sink, the internal service that nobody outside may reach. Only V and the attackers are allowed origins.
 */
export type Stage = {
  server: ChildServer
  v: Correspondent
  sink: LoopbackServer
  /** Returns an attacker that nobody has seen yet, so that limits from earlier attacks do not affect it. */
  nextAttacker(): Correspondent
  /** Signs as `by` does, with Fedify's code, and sends over a socket. */
  post(activity: unknown, posting: Posting): Promise<Response>
  /** Expects a refusal with one of these statuses and without a trace; returns the last answer. */
  expectRefused(statuses: number | number[], attack: () => Promise<Response>): Promise<Response>
  /** Expects that the attack changes nothing, whatever it is answered. */
  expectNoEffect(attack: () => Promise<unknown>): Promise<void>
  /**
   * Makes a peer a member as places become one: it asks with an invitation, is admitted, and accepts to be heard.
   * @param code - The invitation's, when it was made before.
   */
  admit(peer: Correspondent, code?: string): Promise<void>
  /** Returns an attacker that the directory has admitted. */
  admitLiar(): Promise<Correspondent>
  /** Publishes a café of V, which the directory then has. */
  publish(words?: Record<string, unknown>): Promise<Event>
  /** Announces a café of the directory itself by the API; returns its address. */
  publishOwn(): Promise<string>
  findCafe(uri: string): Record<string, unknown> | undefined
  /** Resolves when the server has nothing left to do, except what it tries again later. */
  settle(): Promise<void>
  /**
   * Checks that the server is well (`watchHealth`), and that no request went to the sink; it is called after each test.
   */
  checkHealth(): Promise<void>
  close(): Promise<void>
}

/** Opens the stage, with V a member, one café shown, and all that a server loads at its first work loaded. */
export async function openStage({
  attackers = 80,
  settings = {},
}: {
  attackers?: number
  /** Settings of the directory, without their prefix. */
  settings?: Record<string, string>
} = {}): Promise<Stage> {
  const v = await startCorrespondent(0)
  const crowd = await Promise.all(Array.from({ length: attackers }, () => startCorrespondent(1)))
  const sink = await startLoopbackServer((_, response) => response.end('secret'))
  const server = await startChildServer({
    ROLE: 'hub',
    ...settings,
    ALLOW_LOOPBACK: [v, ...crowd].map(({ origin }) => origin).join(),
  })
  const waiting = [...crowd]
  let token: string | undefined

  async function post(activity: unknown, posting: Posting): Promise<Response> {
    const { by, path = '/inbox', tamper = (request) => request, within = 2000 } = posting
    const body = typeof activity === 'string' ? activity : JSON.stringify(activity)
    const request = new Request(server.origin + path, {
      method: 'POST',
      body,
      headers: { 'content-type': ACTIVITY, ...posting.headers },
    })
    const signed = await signByFedify(
      request,
      { privateKey: by.rsa.privateKey, keyId: posting.keyId ?? by.keyId },
      {
        spec: posting.spec ?? 'draft-cavage-http-signatures-12',
        currentTime: posting.at ?? Temporal.Now.instant(),
      },
    )
    const begun = performance.now()
    const answer = await fetch(tamper(signed), { redirect: 'manual' })
    await answer.arrayBuffer()
    expect(performance.now() - begun).toBeLessThan(within)
    return answer
  }

  async function expectNoEffect(attack: () => Promise<unknown>): Promise<void> {
    await settle()
    const before = server.fingerprint()
    await attack()
    await settle()
    expect(server.fingerprint()).toEqual(before)
    expect(sink.connections.total).toBe(0)
  }

  async function expectRefused(statuses: number | number[], attack: () => Promise<Response>) {
    let answer = Response.error()
    await expectNoEffect(async () => {
      answer = await attack()
    })
    expect([statuses].flat()).toContain(answer.status)
    return answer
  }

  const settle = () => settleServer(server)

  async function admit(peer: Correspondent, made?: string): Promise<void> {
    const { instance } = peer
    const code = made ?? (await server.invite())
    const ours = `${server.origin}/actors/instance`
    // How soon a join is answered is not what is asked here.
    const say = (activity: object) =>
      post({ ...activity, actor: instance.uri }, { by: instance, within: Number.POSITIVE_INFINITY })
    const follow = {
      '@context': [CONTEXT, { cafeia: CAFEIA, invitation: 'cafeia:invitation' }],
      id: `${peer.origin}/activities/join`,
      type: 'Follow',
      object: ours,
      invitation: code,
    }
    expect((await say(follow)).status).toBe(202)
    await eventually('it is admitted and followed', async () =>
      ['Accept', 'Follow'].every((type) => peer.activitiesOf(type).length > 0),
    )
    const object = peer.activitiesOf('Follow')[0]?.json
    const accept = { '@context': CONTEXT, id: `${peer.origin}/activities/yes`, type: 'Accept' }
    expect((await say({ ...accept, object })).status).toBe(202)
    await settle()
    const [row] = server.query(
      'select membership, following from peer where origin = ?',
      peer.origin,
    )
    expect(row).toEqual({ membership: 'member', following: 'accepted' })
  }

  function nextAttacker(): Correspondent {
    const attacker = waiting.pop()
    if (!attacker) throw new Error('There are no more attackers: open the stage with more')
    return attacker
  }

  async function admitLiar(): Promise<Correspondent> {
    const liar = nextAttacker()
    await admit(liar)
    return liar
  }

  const findCafe: Stage['findCafe'] = (uri) =>
    server.query('select * from cafe where uri = ?', uri)[0]

  async function publish(words: Record<string, unknown> = {}): Promise<Event> {
    const said = create(v.cafes, words)
    expect((await post(said, { by: v.cafes })).status).toBe(202)
    expect(findCafe(said.object.id)).toBeDefined()
    return said.object
  }

  async function publishOwn(): Promise<string> {
    token ??= await server.command('token', 'create', 'test')
    const answer = await fetch(`${server.origin}/api/v1/cafes`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        title: 'Café de l’annuaire',
        startsAt: inDays(10, '18:30').slice(0, 19),
        venue: { name: 'Les Champs Libres', postalCode: '35000', commune: 'Rennes' },
      }),
    })
    expect(answer.status).toBe(201)
    return ((await answer.json()) as { id: string }).id
  }

  /**
   * Sends a first message that is not in plain terms: it loads the code that reads it, which stays in memory, so that
   * no attack is blamed for it.
   */
  async function bringJsonLd(): Promise<void> {
    const odd = {
      '@context': [CONTEXT, { odd: 'https://odd.example/ns#' }],
      id: `${v.origin}/activities/odd`,
      type: 'Reject',
      actor: v.instance.uri,
      object: `${server.origin}/activities/none`,
      odd: 'unknown',
    }
    expect((await post(odd, { by: v.instance })).status).toBe(202)
  }

  const close = async () => {
    await server.stop()
    await Promise.all([v, ...crowd, sink].map((each) => each.close()))
  }

  try {
    await admit(v)
    await publish()
    await bringJsonLd()
    await settle()
    await fetch(`${server.origin}/`)
  } catch (error) {
    await close()
    throw error
  }
  const isHealthy = await watchHealth(server)

  return {
    server,
    v,
    sink,
    nextAttacker,
    admitLiar,
    findCafe,
    publish,
    publishOwn,
    post,
    expectRefused,
    expectNoEffect,
    admit,
    settle,
    checkHealth: async () => {
      await isHealthy()
      expect(sink.connections.total).toBe(0)
    },
    close,
  }
}

const CAFEIA = 'https://ns.cafe-ia.example/v1#'

async function startCorrespondent(keyIndex: number): Promise<Correspondent> {
  const peer = await startRemotePeer(keyIndex)
  const instance = peer.addActor('instance', {
    type: 'Application',
    preferredUsername: 'instance',
    upcomingEvents: `${peer.origin}/upcoming`,
    outbox: `${peer.origin}/outbox`,
  })
  for (const path of ['/upcoming', '/outbox'])
    peer.pages.set(path, {
      '@context': CONTEXT,
      id: peer.origin + path,
      type: 'OrderedCollection',
      orderedItems: [],
    })
  return { ...peer, instance, cafes: peer.addActor('cafes') }
}

let count = 0
const nextNumber = (): number => ++count

const originOf = (actor: RemoteActorFixture): string => new URL(actor.uri).origin

export const newId = (actor: RemoteActorFixture, kind = 'activities'): string =>
  `${originOf(actor)}/${kind}/${nextNumber()}`

export const activity = <Words extends object = object>(
  actor: RemoteActorFixture,
  type: string,
  words: Words = {} as Words,
) => ({
  '@context': CONTEXT as unknown,
  id: newId(actor),
  type,
  actor: actor.uri as unknown,
  ...words,
})

export const follow = (stage: Stage, actor: RemoteActorFixture, change: object = {}) =>
  activity(actor, 'Follow', { object: `${stage.server.origin}/actors/cafe-ia`, ...change })

type Event = ReturnType<typeof anEvent>

const inDays = (days: number, hour: string): string =>
  Temporal.Now.plainDateISO('Europe/Paris')
    .add({ days })
    .toZonedDateTime({ timeZone: 'Europe/Paris', plainTime: hour })
    .toString({ timeZoneName: 'never', smallestUnit: 'second' })

/** Returns a valid café in two weeks. */
export const anEvent = (actor: RemoteActorFixture, change: Record<string, unknown> = {}) => ({
  id: newId(actor, 'cafes'),
  type: 'Event',
  name: 'Café IA sans histoires',
  attributedTo: actor.uri,
  to: PUBLIC as unknown,
  content: '<p>On en parle.</p>',
  startTime: inDays(14, '18:30'),
  endTime: inDays(14, '20:00'),
  timezone: 'Europe/Paris',
  published: Temporal.Now.instant().toString({ smallestUnit: 'second' }),
  updated: Temporal.Now.instant().toString({ smallestUnit: 'second' }),
  location: {
    type: 'Place',
    name: 'Médiathèque',
    address: { type: 'PostalAddress', postalCode: '35000', addressLocality: 'Rennes' },
  },
  ...change,
})

export const create = (
  actor: RemoteActorFixture,
  object: Record<string, unknown> = {},
  change: object = {},
) => activity(actor, 'Create', { object: anEvent(actor, object), ...change })

export const prove = <T extends Json>(
  document: T,
  { ed25519, ed25519KeyId }: RemoteActorFixture,
): T & { proof: Json } =>
  addProof(
    document,
    { privateKey: ed25519.privateKey, verificationMethod: ed25519KeyId },
    Temporal.Now.instant(),
  )

/** Changes the headers of a request that is signed already. */
export const withHeaders = (edit: (headers: Headers) => void) => (request: Request) => {
  const headers = new Headers(request.headers)
  edit(headers)
  return new Request(request, { headers })
}

export const unsigned = withHeaders((headers) => headers.delete('signature'))

/** Sends bytes as they are; returns what came back until the server closed. */
export function speak(port: number, bytes: string | Uint8Array): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  let answer = ''
  const socket = connect(port, '127.0.0.1', () => socket.write(bytes))
  socket.setEncoding('utf8').on('data', (words) => {
    answer += words
  })
  socket.on('error', reject).on('close', () => resolve(answer))
  return promise
}

/** Resolves when every change, delivery and reading of the server was done, or tried once. */
export const settleServer = (server: Pick<ChildServer, 'query'>): Promise<void> =>
  eventually('the server is at rest', async () => {
    const [row] = server.query<{ open: number }>(
      `select (select count(*) from change where done_at is null and attempts = 0)
         + (select count(*) from delivery where parked_at is null and attempts = 0)
         + (select count(*) from task where attempts = 0) as open`,
    )
    return row?.open === 0
  })

/** Asks until the answer is true; a server under attack may take its time, but not for ever. */
export async function eventually(
  what: string,
  ask: () => Promise<boolean>,
  patienceMs = 20_000,
): Promise<void> {
  const deadline = Date.now() + patienceMs
  while (!(await ask())) {
    if (Date.now() > deadline) throw new Error(`It is not so that ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
}
