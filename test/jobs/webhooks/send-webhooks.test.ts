import { createHmac, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { getLogger } from '@logtape/logtape'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createEgress } from '../../../federation/remote/egress.ts'
import type { Egress } from '../../../federation/services.ts'
import type { Cafe } from '../../../node/domain/cafes/cafe.ts'
import { sendWebhooks } from '../../../node/jobs/webhooks/send-webhooks.ts'
import { createToken, revokeToken } from '../../../node/store/accounts/api-tokens.ts'
import { deleteFormerTexts, deleteUncitedTexts } from '../../../node/store/cafes/cafe-documents.ts'
import { saveCafe, saveCafes } from '../../../node/store/cafes/cafes.ts'
import { deleteActivitiesAbout } from '../../../node/store/queues/activities.ts'
import { releaseLeases } from '../../../node/store/queues/release-leases.ts'
import { updateCafes } from '../../../node/store/search-index/write-cafes.ts'
import { type ApiServer, startApi } from '../../routes/api/api-server.ts'
import { type LoopbackServer, startLoopbackServer } from '../../support/loopback-server.ts'
import { aCafe } from '../../support/some-cafes.ts'

/** A program that asked is told of what changes in its search by signed messages, however it answers. */

type Message = {
  type: string
  data: { search: string; changed?: { id: string; title: string }[]; removed?: { id: string }[] }
}
type Got = { id: string; message: Message; isSigned: boolean }

let api: ApiServer
let egress: Egress
let receiver: LoopbackServer
/** What arrived at each path, and how the receiver answers there. */
let got: Record<string, Got[]> = {}
let secrets: Record<string, string> = {}
let answers: Record<string, (response: ServerResponse) => void> = {}
/** How many cafés change at once. */
const MANY = 10_000

const stopping = new AbortController()

beforeAll(async () => {
  receiver = await startLoopbackServer((request, response) => void receive(request, response))
  api = await startApi()
  const allow = new Set([receiver.origin])
  egress = createEgress({ allow, proxy: undefined, userAgent: 'CafeIA/test' })
})
afterAll(async () => {
  expect(api.failures).toEqual([])
  await egress.close()
  await receiver.close()
  await api.stop()
})
beforeEach(() => {
  got = {}
  secrets = {}
  answers = {}
})
afterEach(async () => {
  for (const { id } of await listed()) await api.send('DELETE', `/api/v1/webhooks/${id}`)
})

async function receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = request.url ?? ''
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  const body = Buffer.concat(chunks).toString()
  const id = String(request.headers['webhook-id'])
  const isSigned = verify(secrets[path] ?? '', request, body)
  got[path] = [...(got[path] ?? []), { id, message: JSON.parse(body), isSigned }]
  const answer = answers[path] ?? ((one: ServerResponse) => one.writeHead(204).end())
  answer(response)
}

/** Verifies as a library of Standard Webhooks does: the key is what follows `whsec_` in base64. */
function verify(secret: string, { headers }: IncomingMessage, body: string): boolean {
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64')
  const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`
  const expected = createHmac('sha256', key).update(signed).digest()
  return String(headers['webhook-signature'])
    .split(' ')
    .some((each) => {
      const [version, signature = ''] = each.split(',')
      const given = Buffer.from(signature, 'base64')
      return version === 'v1' && given.length === 32 && timingSafeEqual(given, expected)
    })
}

const listed = async () => (await (await api.send('GET', '/api/v1/webhooks')).json()).items

async function follow(path: string, search = ''): Promise<{ id: string; secret: string }> {
  const url = receiver.origin + path
  const answer = await api.send('POST', '/api/v1/webhooks', { url, search })
  expect(answer.status).toBe(201)
  const made = await answer.json()
  secrets[path] = made.secret
  return made
}

/** Runs the worker until it has nothing more to do. */
const notify = () =>
  sendWebhooks(api.context, {
    ...{ egress, signal: stopping.signal, logger: getLogger('test') },
    woken: () => new Promise(() => undefined),
  })

const titles = (path: string) =>
  (got[path] ?? []).flatMap(({ message }) => message.data.changed?.map(({ title }) => title) ?? [])

const say = async (title: string, changes: Parameters<typeof aCafe>[0] = {}) => {
  const cafe = aCafe({ title, ...changes })
  await saveCafe(api.context.db, cafe)
  return cafe
}

describe('a program is told', () => {
  test('of cafés that change or leave in its search, in a signed message', async () => {
    const { secret } = await follow('/here', 'mode=offline')
    await follow('/online', 'mode=online')
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/)
    const cafe = await say('Un café', { attendanceMode: 'offline' })
    await notify()
    expect(titles('/here')).toEqual(['Un café'])
    expect(got['/online']).toBeUndefined()
    await updateCafes(api.context.db, { hidden_reason: 'team' }, (update) =>
      update.where('id', '=', cafe.id),
    )
    await notify()
    expect(got['/here']?.map(({ message }) => message.data.removed?.map(({ id }) => id))).toEqual([
      [],
      [cafe.uri],
    ])
    expect(got['/here']?.every(({ isSigned }) => isSigned)).toBe(true)
    expect(got['/here']?.map(({ message }) => message.type)).toEqual([
      'cafes.changed',
      'cafes.changed',
    ])
  })

  test('again with the same id until it arrives, later each time, and also after a restart', async () => {
    answers['/failing'] = (response) => response.writeHead(500).end('not now')
    await follow('/failing')
    await say('Un café')
    await notify()
    await notify()
    expect(got['/failing']).toHaveLength(1)
    api.advance({ seconds: 7 })
    await notify()
    expect(got['/failing']).toHaveLength(2)
    const [failing] = await listed()
    expect(failing).toMatchObject({
      state: 'failing',
      messages: [{ state: 'waiting', attempts: 2, status: 500, error: '500 not now' }],
    })
    // What changes meanwhile follows the message that waits.
    await say('Un autre')
    delete answers['/failing']
    await releaseLeases(api.context.db, api.context.now())
    await notify()
    expect(titles('/failing')).toEqual(['Un café', 'Un café', 'Un café', 'Un autre'])
    const ids = got['/failing']?.map(({ id }) => id) ?? []
    expect(new Set(ids.slice(0, 3)).size).toBe(1)
    expect(ids[3]).not.toBe(ids[0])
    expect((await listed())[0]).toMatchObject({ state: 'active', failingSince: null })
  })

  test('to read all anew where a text that waits for it may not be said any more', async () => {
    const { db, now } = api.context
    const by = { kind: 'team', name: 'camille@canal.example' } as const
    const ways = [
      (cafe: Cafe) =>
        deleteUncitedTexts(db, { ...cafe, speakers: ['Camille Citée'] }, { speakers: [] }),
      (cafe: Cafe) => deleteFormerTexts(db, { cafe, by }, now()),
      ({ uri }: Cafe) => deleteActivitiesAbout(db, uri),
    ]
    answers['/late'] = (response) => response.writeHead(500).end('not now')
    await follow('/late')
    for (const [number, forget] of ways.entries()) {
      const cafe = await say(`Un café qui cite ${number}`)
      await notify()
      const waiting = () =>
        db.selectFrom('webhook_message').select('kind').where('body', 'like', `%${cafe.uri}%`)
      expect(await waiting().execute()).toEqual([{ kind: 'changes' }])
      await forget(cafe)
      expect(await waiting().execute()).toEqual([])
      delete answers['/late']
      await notify()
      expect(got['/late']?.at(-1)?.message.type).toBe('cafes.restart')
      answers['/late'] = (response) => response.writeHead(500).end('not now')
    }
  })

  test('also where the search of another webhook is not understood any more, which stops', async () => {
    const { db } = api.context
    const { id } = await follow('/former')
    await follow('/well')
    await db.updateTable('webhook').set({ search: 'former=1' }).where('id', '=', id).execute()
    await say('Un café pour qui comprend')
    await notify()
    expect(titles('/well')).toEqual(['Un café pour qui comprend'])
    expect(got['/former']).toBeUndefined()
    expect(await listed()).toMatchObject([{ id, state: 'stopped' }, { state: 'active' }])
  })

  test('of ten thousand changes, each once, in messages of a bounded size', async () => {
    await follow('/many', 'mode=offline')
    const cafes = Array.from({ length: MANY }, (_, n) => aCafe({ title: `Café ${n}` }))
    for (let at = 0; at < cafes.length; at += 500)
      await saveCafes(api.context.db, cafes.slice(at, at + 500))
    await notify()
    const told = titles('/many')
    expect(told).toHaveLength(MANY)
    expect(new Set(told).size).toBe(MANY)
    const most = Math.max(
      ...(got['/many']?.map((one) => one.message.data.changed?.length ?? 0) ?? []),
    )
    expect(most).toBeLessThanOrEqual(51)
    expect((await listed())[0].messages).toHaveLength(20)
  }, 120_000)

  test('while others never answer, answer without an end, or are slow', async () => {
    answers['/never'] = () => undefined
    answers['/endless'] = (response) => {
      const writing = setInterval(() => response.write('x'.repeat(65_536)), 1)
      response.on('close', () => clearInterval(writing))
    }
    answers['/slow'] = (response) => setTimeout(() => response.writeHead(200).end(), 1_500)
    for (const path of ['/never', '/endless', '/slow', '/quick']) await follow(path)
    await say('Un café')
    const notifying = notify()
    await expect.poll(() => titles('/slow'), { timeout: 5_000 }).toHaveLength(1)
    await notifying
    expect(titles('/quick')).toHaveLength(1)
    const states = (await listed()).map(({ state }: { state: string }) => state)
    expect(states).toEqual(['failing', 'active', 'active', 'active'])
  }, 30_000)

  test('no more once its address is gone, has failed for seven days, or its token has ended', async () => {
    answers['/gone'] = (response) => response.writeHead(410).end()
    answers['/failing'] = (response) => response.writeHead(302, { location: '/here' }).end()
    for (const path of ['/gone', '/failing']) await follow(path)
    const { token, id } = await createToken(
      api.context.db,
      { organizationId: api.organization.id, label: 'other' },
      api.context.now(),
    )
    const url = `${receiver.origin}/revoked`
    await api.send('POST', '/api/v1/webhooks', { url }, { Authorization: `Bearer ${token}` })
    await revokeToken(
      api.context.db,
      { id, organizationId: api.organization.id },
      api.context.now(),
    )
    await say('Un café')
    await notify()
    const states = async () => (await listed()).map(({ state }: { state: string }) => state)
    expect(await states()).toEqual(['stopped', 'failing'])
    api.advance({ hours: 7 * 24 + 1 })
    await notify()
    expect(await states()).toEqual(['stopped', 'stopped'])
    expect(got['/gone']).toHaveLength(1)
    expect(got['/here']).toBeUndefined()
    expect(got['/revoked']).toBeUndefined()
  })

  test('nothing at a name that leads to an inner address', async () => {
    const answer = await api.send('POST', '/api/v1/webhooks', { url: 'https://localhost:9/' })
    expect(answer.status).toBe(201)
    await say('Un café')
    await notify()
    expect(await listed()).toMatchObject([{ state: 'stopped', messages: [{ status: null }] }])
  })

  test('by a test, once, whether or not anything changed', async () => {
    const { id } = await follow('/tested')
    expect((await api.send('POST', `/api/v1/webhooks/${id}/test`)).status).toBe(200)
    await notify()
    expect(got['/tested']).toMatchObject([{ message: { type: 'webhook.test' }, isSigned: true }])
    expect((await listed())[0].messages).toMatchObject([{ kind: 'test', state: 'delivered' }])
  })
})
