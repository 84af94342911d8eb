import { afterAll, beforeAll, expect, test } from 'vitest'
import { MOST_WEBHOOKS } from '../../../node/domain/structures/webhook.ts'
import { createToken } from '../../../node/store/accounts/api-tokens.ts'
import { startWeb, type WebServer } from '../../support/server.ts'

/** A program makes, lists and deletes its webhooks, as far as its token and the address allow. */

const URL_OF_HOOK = 'https://ville.example/hook'

/** Names that each object of JavaScript has. */
const OF_OBJECTS = ['constructor=1', '__proto__=1', 'toString=1&toString=2']

let server: WebServer
let token: string
beforeAll(async () => {
  server = await startWeb()
  token = await tokenFor('ville')
})
afterAll(() => server.stop())

async function tokenFor(label: string, scopes?: ['cafes']): Promise<string> {
  const { db, now } = server.context
  const made = { organizationId: server.organization.id, label, ...(scopes && { scopes }) }
  return (await createToken(db, made, now())).token
}

const send = (method: string, path: string, body?: object, headers: object = {}) =>
  fetch(`${server.origin}/api/v1/webhooks${path}`, {
    method,
    headers: {
      ...{ Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
      ...headers,
    },
    ...(body && { body: JSON.stringify(body) }),
  })

const codesOf = async (body: object) => {
  const answer = await send('POST', '', body)
  const { errors } = await answer.json()
  const fields = (errors as { field: string }[]).map(({ field }) => field)
  return [answer.status, ...fields]
}

test('an inner address, another scheme and a search that is none are refused', async () => {
  const inner = [
    'https://127.0.0.1/',
    'https://10.0.0.8/',
    'https://[::1]/',
    'http://ville.example/',
  ]
  for (const url of [...inner, 'https://[::ffff:10.0.0.1]/', 'https://169.254.169.254/'])
    expect([url, ...(await codesOf({ url }))]).toEqual([url, 422, 'url'])
  for (const url of ['file:///etc/passwd', 'nothing'])
    expect(await codesOf({ url })).toEqual([422, 'url'])
  for (const search of ['limit=3', 'unknown=1', 'mode=nowhere', 'cursor=x', ...OF_OBJECTS])
    expect([search, ...(await codesOf({ url: URL_OF_HOOK, search }))]).toEqual([
      search,
      422,
      'search',
    ])
})

test('the secret is shown once, also to who repeats the request, and stored nowhere', async () => {
  const key = { 'Idempotency-Key': 'one' }
  const dry = await send('POST', '?dryRun=1', { url: URL_OF_HOOK })
  expect([dry.status, (await dry.json()).secret]).toEqual([200, undefined])
  const made = await (await send('POST', '', { url: URL_OF_HOOK }, key)).json()
  const again = await (await send('POST', '', { url: URL_OF_HOOK }, key)).json()
  expect(again.id).toBe(made.id)
  const { items } = await (await send('GET', '')).json()
  expect(items).toMatchObject([{ id: made.id, state: 'active', messages: [] }])
  expect(items[0].secret).toBeUndefined()
  const stored = await server.context.db.selectFrom('idempotent_answer').select('body').execute()
  const rows = await server.context.db.selectFrom('webhook').selectAll().execute()
  expect(JSON.stringify([stored, rows])).not.toContain('whsec_')
  expect((await send('DELETE', `/${made.id}`)).status).toBe(204)
})

test('a token sees and changes its own only, and needs the scope', async () => {
  const { id } = await (await send('POST', '', { url: URL_OF_HOOK })).json()
  const other = { Authorization: `Bearer ${await tokenFor('other')}` }
  expect((await (await send('GET', '', undefined, other)).json()).items).toEqual([])
  expect((await send('DELETE', `/${id}`, undefined, other)).status).toBe(404)
  expect((await send('POST', `/${id}/test`, undefined, other)).status).toBe(404)
  const cafes = { Authorization: `Bearer ${await tokenFor('cafes', ['cafes'])}` }
  expect((await send('GET', '', undefined, cafes)).status).toBe(403)
  expect((await send('DELETE', `/${id}`)).status).toBe(204)
})

test('a structure has so many, whoever of its programs asks', async () => {
  for (let n = 0; n < MOST_WEBHOOKS; n++)
    expect((await send('POST', '', { url: `${URL_OF_HOOK}/${n}` })).status).toBe(201)
  const other = { Authorization: `Bearer ${await tokenFor('other')}` }
  expect((await send('POST', '', { url: URL_OF_HOOK }, other)).status).toBe(409)
})
