import type { KeyObject } from 'node:crypto'
import { Agent, request } from 'node:http'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { times } from '../support/full.ts'
import {
  ACTIVITY,
  activity,
  create,
  follow,
  openStage,
  type Stage,
} from '../support/hostile-stage.ts'
import { MEASURED } from '../support/measured.ts'
import { feelPulse } from '../support/pulse.ts'
import { sha256, signCavage } from '../support/request-signer.ts'

/** Hostile cases P16, P17 and P18: more than a server can read. */

let stage: Stage
beforeAll(async () => {
  stage = await openStage({ attackers: 16 })
})
afterEach(() => stage.checkHealth())
afterAll(() => stage?.close())

type SignedMessage = { body: string; headers: Record<string, string> }
type Reply = { status: number; retryAfter: string | undefined; took: number }

function send({ body, headers }: SignedMessage, agent?: Agent): Promise<Reply> {
  const { promise, resolve, reject } = Promise.withResolvers<Reply>()
  const begun = performance.now()
  const posting = request(
    `${stage.server.origin}/inbox`,
    {
      method: 'POST',
      ...(agent && { agent }),
      headers: { ...headers, 'content-length': Buffer.byteLength(body) },
    },
    (answer) => {
      answer.resume()
      answer.on('end', () =>
        resolve({
          status: answer.statusCode ?? 0,
          retryAfter: answer.headers['retry-after'],
          took: performance.now() - begun,
        }),
      )
    },
  )
  posting.on('error', reject)
  posting.end(body)
  return promise
}

async function sendAll(messages: readonly SignedMessage[], atOnce: number): Promise<Reply[]> {
  const replies: Reply[] = []
  const agent = new Agent({ keepAlive: true, maxSockets: atOnce })
  let next = 0
  const work = async () => {
    for (let message = messages[next++]; message; message = messages[next++])
      replies.push(await send(message, agent))
  }
  await Promise.all(Array.from({ length: atOnce }, work))
  agent.destroy()
  return replies
}

type Signer = { keyId: string; rsa: { privateKey: KeyObject } }

function sign(said: object, by: Signer): SignedMessage {
  const body = JSON.stringify(said)
  const headers = {
    host: new URL(stage.server.origin).host,
    date: new Date().toUTCString(),
    digest: `SHA-256=${sha256(body)}`,
  }
  const covered = ['(request-target)', 'host', 'date', 'digest']
  const signature = signCavage({
    keyId: by.keyId,
    privateKey: by.rsa.privateKey,
    covered,
    headers,
    target: 'post /inbox',
  })
  return { body, headers: { ...headers, signature, 'content-type': ACTIVITY } }
}

const medianOf = (replies: readonly Reply[]) =>
  replies.map(({ took }) => took).sort((a, b) => a - b)[Math.floor(replies.length / 2)]

it(
  'P16 1,450 Deletes of two strangers are accepted without a request to anybody',
  MEASURED,
  async () => {
    const peer = stage.nextAttacker()
    const messages = Array.from({ length: 1450 }, (_, i) => {
      const gone = peer.addActor(`gone${i % 2}`)
      peer.pages.delete(`/actors/gone${i % 2}`)
      const object = i % 3 ? gone.uri : { id: gone.uri, type: 'Tombstone' }
      return sign(activity(gone, 'Delete', { object }), gone)
    })
    await stage.expectNoEffect(async () => {
      const pulse = feelPulse(`${stage.server.origin}/metrics`)
      const replies = await sendAll(messages, 16)
      expect((await pulse.stop()).slow).toBeLessThan(200)
      expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([202]))
      expect(medianOf(replies)).toBeLessThan(100)
    })
    expect(peer.requests).toHaveLength(0)
  },
)

it('P16 a Delete with a signature of no known key is refused or accepted without a request to anybody', async () => {
  const peer = stage.nextAttacker()
  const gone = peer.addActor('gone')
  const message = sign(activity(gone, 'Delete', { object: gone.uri }), gone)
  const { signature: _, ...headers } = message.headers
  await stage.expectNoEffect(async () => {
    expect((await send({ ...message, headers })).status).toBe(401)
  })
  expect(peer.requests).toHaveLength(0)
})

/** Gives a server this many names: each of them is an actor with a key. */
function addNames(crowd: ReturnType<Stage['nextAttacker']>, total: number) {
  const document = crowd.pages.get('/actors/cafes') as Record<string, unknown>
  return Array.from({ length: total }, (_, i) => {
    const uri = `${crowd.origin}/actors/a${i}`
    const keyId = `${uri}#main-key`
    crowd.pages.set(new URL(uri).pathname, {
      ...document,
      id: uri,
      inbox: `${uri}/inbox`,
      publicKey: { ...(document.publicKey as object), id: keyId, owner: uri },
      assertionMethod: [],
    })
    return { ...crowd.cafes, uri, keyId }
  })
}

it('P17 of thousands of actors of one server a hundred are met in an hour, the others wait', async () => {
  const total = times(2_000, 5_000)
  const crowd = stage.nextAttacker()
  const actors = addNames(crowd, total)
  const count = () => stage.server.query('select uri from follower').length
  const before = count()
  const pulse = feelPulse(`${stage.server.origin}/`)
  const messages = actors.map((actor) => sign(follow(stage, actor), actor))
  const replies = await sendAll(messages, 8)
  const taken = replies.filter(({ status }) => status === 202)
  const late = replies.filter(({ status }) => status === 429)
  expect(taken.length + late.length).toBe(total)
  expect(taken.length).toBeLessThanOrEqual(100)
  expect(taken.length).toBeGreaterThan(0)
  for (const { retryAfter } of late) expect(Number(retryAfter)).toBeGreaterThan(0)
  expect(count()).toBe(before + taken.length)
  expect(
    crowd.requests.filter(({ method, url }) => method === 'GET' && url?.startsWith('/actors/'))
      .length,
  ).toBeLessThanOrEqual(100)

  const { cafes: other } = stage.nextAttacker()
  expect((await stage.post(follow(stage, other), { by: other })).status).toBe(202)
  const { v } = stage
  expect((await stage.post(create(v.cafes), { by: v.cafes })).status).toBe(202)
  const newcomer = v.addActor('newcomer')
  expect((await stage.post(create(newcomer), { by: newcomer })).status).toBe(202)
  expect((await pulse.stop()).slow).toBeLessThan(500)
  await stage.settle()
})

it('P17 a member’s thousands of actors are all met, and nobody waits for them meanwhile', {
  ...MEASURED,
  timeout: 240_000,
}, async () => {
  const crowd = await stage.admitLiar()
  const messages = addNames(crowd, times(400, 2_000)).map((by) => sign(follow(stage, by), by))
  const pulse = feelPulse(`${stage.server.origin}/`)
  let isOver = false
  const flood = sendAll(messages, 16).finally(() => {
    isOver = true
  })
  const { cafes: stranger } = stage.nextAttacker()
  expect((await stage.post(follow(stage, stranger), { by: stranger })).status).toBe(202)
  // Each is answered within two seconds, and shown once it is answered.
  for (let i = 0; i < 20; i++) await stage.publish()
  expect(isOver).toBe(false)
  const replies = await flood
  expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([202]))
  expect((await pulse.stop()).slow).toBeLessThan(500)
  await stage.settle()
})

it(
  'P18 thousands of bad signatures in V’s name are told to wait; V itself is not, nor is a visitor',
  MEASURED,
  async () => {
    const { v, server } = stage
    const quiet = feelPulse(`${server.origin}/`)
    await new Promise((resolve) => setTimeout(resolve, 1500))
    const before = await quiet.stop()

    const forger = { keyId: v.cafes.keyId, rsa: stage.nextAttacker().cafes.rsa }
    const forged = Array.from({ length: 20 }, () => sign(create(v.cafes), forger))
    const messages = Array.from({ length: 4000 }, (_, i) => forged[i % 20] as SignedMessage)
    const asked = v.hits('/actors/cafes')
    await stage.expectNoEffect(async () => {
      const pulse = feelPulse(`${server.origin}/`)
      const replies = await sendAll(messages, 16)
      const during = await pulse.stop()
      const statuses = replies.map(({ status }) => status)
      expect(statuses.filter((status) => status === 401).length).toBeLessThanOrEqual(130)
      expect(statuses.filter((status) => status === 429).length).toBeGreaterThan(3800)
      expect(during.median).toBeLessThan(Math.max(50, before.median * 4))
      expect(during.slow).toBeLessThan(before.slow + 200)
    })
    expect(v.hits('/actors/cafes') - asked).toBeLessThanOrEqual(1)
    expect((await stage.post(create(v.cafes), { by: v.cafes })).status).toBe(202)
  },
)

it('P18 nor does a flood under names that were never heard cost more than its first sixty fetches', async () => {
  const attacker = stage.nextAttacker()
  const messages = Array.from({ length: 1000 }, (_, i) => {
    const uri = `${attacker.origin}/nobody/${i}`
    return sign(
      { ...follow(stage, attacker.cafes), actor: uri },
      { ...attacker.cafes, keyId: `${uri}#k` },
    )
  })
  await stage.expectNoEffect(async () => {
    const replies = await sendAll(messages, 16)
    expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([401, 429]))
  })
  expect(attacker.requests.length).toBeLessThanOrEqual(120)
})
