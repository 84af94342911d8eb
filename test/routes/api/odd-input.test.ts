import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { apiParts } from '../../../node/routes/addresses.ts'
import { apiRoutes } from '../../../node/routes/api/api.ts'
import { createToken } from '../../../node/store/accounts/api-tokens.ts'
import { times } from '../../support/full.ts'
import { MEASURED } from '../../support/measured.ts'
import { type ApiServer, aBody, startApi } from './api-server.ts'

let api: ApiServer

beforeAll(async () => {
  api = await startApi()
})
afterAll(async () => {
  expect(api.failures).toEqual([])
  await api.stop()
})

/** Uses new routes and a new token, since the limits per minute are not tested here. */
async function askFresh(path: string, init: RequestInit & { isWriter?: boolean } = {}) {
  const { db } = api.context
  const { token } = await createToken(
    db,
    { organizationId: api.organization.id, label: 'odd' },
    api.context.now(),
  )
  const headers = new Headers(init.headers)
  if (init.isWriter) headers.set('Authorization', `Bearer ${token}`)
  return apiRoutes(api.context, apiParts).request(path, { ...init, headers })
}

const WORDS = [
  '"',
  '*',
  'NEAR(',
  'a AND NOT b',
  "' or 1=1 --",
  '%',
  '_',
  '\0',
  '-1',
  '1e309',
  'NaN',
  '../',
  '{}',
  '[]',
]
const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 60 }), fc.constantFrom(...WORDS))
const NAMES =
  'near radius from until q territory mode format audience accessibility intention organizer structure openTo updatedSince order limit cursor id'.split(
    ' ',
  )

test('whatever the parameters of a search, the answer is cafés or what is wrong', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.constantFrom(...NAMES), text), { maxLength: 6 }),
      async (pairs) => {
        const parameters = new URLSearchParams(
          pairs.map(([name, value]) => [name, value.toWellFormed()]),
        )
        const answer = await askFresh(`/cafes?${parameters}`)
        expect([200, 400, 404]).toContain(answer.status)
      },
    ),
    { numRuns: times(60, 300) },
  )
})

test(
  'a hundred different filters, or words of ten thousand letters, take a moment',
  MEASURED,
  async () => {
    const many = Array.from(
      { length: 100 },
      (_, index) => `filter${index}=x&accessibility=hi`,
    ).join('&')
    for (const search of [
      many,
      `q=${'a '.repeat(5000)}`,
      `q=${'x'.repeat(10_000)}`,
      `near=${'1'.repeat(9000)}`,
    ]) {
      const began = performance.now()
      const answer = await askFresh(`/cafes?${search}`)
      expect([200, 400]).toContain(answer.status)
      expect(performance.now() - began).toBeLessThan(1000)
    }
  },
)

test('whatever the address, the answer is not our failure', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('GET', 'PUT', 'POST', 'DELETE', 'PATCH'),
      fc.array(
        fc.oneof(
          text,
          fc.constantFrom('cafes', 'by-reference', 'places', 'territories', 'removed', 'cancel'),
        ),
        { maxLength: 4 },
      ),
      async (method, segments) => {
        const path = segments.map((segment) => encodeURIComponent(segment.toWellFormed())).join('/')
        const body = method === 'GET' ? {} : { body: '{}', isWriter: true }
        const headers = { 'Content-Type': 'application/json' }
        const answer = await askFresh(`/${path}`, { method, headers, ...body })
        expect(answer.status).toBeLessThan(500)
      },
    ),
    { numRuns: times(40, 200) },
  )
})

test('whatever the body of a café, it is announced or what is wrong is said', async () => {
  const fields = Object.keys(
    aBody({
      descriptionMarkdown: '',
      registration: {},
      image: {},
      publishAt: '',
      draft: true,
      uid: '',
      series: '',
      languages: [],
      timezone: '',
      endsAt: '',
      durationMinutes: 1,
      phone: '',
      onlineUrl: '',
      attendanceMode: '',
      price: 0,
      accessibility: [],
    }),
  )
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...fields, 'reference', '__proto__', 'constructor'),
      fc.oneof(
        fc.jsonValue(),
        text,
        fc.constantFrom('2026-12-09T18:30', '2026-12-09T18:30[Europe/Paris]', '9999-12-31T00:00Z'),
      ),
      async (field, value) => {
        const body = JSON.stringify({ ...aBody(), [field]: value })
        const answer = await askFresh('/cafes', {
          method: 'POST',
          isWriter: true,
          headers: { 'Content-Type': 'application/json' },
          body,
        })
        expect([201, 409, 422]).toContain(answer.status)
        const json = await answer.json()
        if (answer.status === 422)
          for (const { message } of json.errors) expect(message).toMatch(/\S/)
      },
    ),
    { numRuns: times(60, 300) },
  )
})

test('whatever the bytes, they are read as JSON or refused', async () => {
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 200 }),
    fc.json().map((json) => new TextEncoder().encode(json)),
  )
  const paths = [
    '/cafes',
    '/cafes/batch',
    '/places/by-reference/x',
    '/cafes/x/cancel',
    '/cafes/x/postpone',
    '/cafes/x/move-online',
    '/cafes/x/reinstate',
    '/cafes/by-reference/y',
  ]
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...paths), bytes, async (path, body) => {
      const answer = await askFresh(path, {
        method: path.includes('reference') ? 'PUT' : 'POST',
        isWriter: true,
        headers: { 'Content-Type': 'application/json' },
        body: new Uint8Array(body),
      })
      expect(answer.status).toBeLessThan(500)
    }),
    { numRuns: times(40, 200) },
  )
})

test('JSON nested without end is refused', async () => {
  for (const body of [
    '['.repeat(200_000),
    `${'['.repeat(100_000)}${']'.repeat(100_000)}`,
    `{"venue":${'{"a":'.repeat(40_000)}1${'}'.repeat(40_000)}}`,
  ]) {
    const answer = await askFresh('/cafes', {
      method: 'POST',
      isWriter: true,
      headers: { 'Content-Type': 'application/json' },
      body,
    })
    expect(answer.status).toBe(413)
  }
})

test('headers that make no sense are refused or left aside', async () => {
  const headers = { 'Content-Type': 'application/json', 'Idempotency-Key': 'x'.repeat(256) }
  const long = await askFresh('/cafes', { method: 'POST', isWriter: true, headers, body: '{}' })
  expect(long.status).toBe(400)
  const languages = ['*', 'en;q=0', 'x'.repeat(3000), ';;;', 'fr;q=abc,en']
  for (const language of languages)
    expect(
      (await askFresh('/cafes/none', { headers: { 'Accept-Language': language } })).status,
    ).toBe(404)
  for (const etag of ['*', '"', 'W/', ','.repeat(3000)])
    expect([200, 304]).toContain(
      (await askFresh('/cafes', { headers: { 'If-None-Match': etag } })).status,
    )
})
