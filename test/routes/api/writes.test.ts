import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createToken, revokeToken } from '../../../node/store/accounts/api-tokens.ts'
import { saveFault } from '../../../node/store/cafes/followed-calendars.ts'
import { insertOrganization } from '../../../node/store/structures/organizations.ts'
import { longestTurnOf } from '../../support/cpu-time.ts'
import { isOnPostgres } from '../../support/database.ts'
import { MEASURED } from '../../support/measured.ts'
import { type ApiServer, aBody, startApi } from './api-server.ts'

let api: ApiServer

beforeEach(async () => {
  api = await startApi()
})
afterEach(async () => {
  expect(api.failures).toEqual([])
  await api.stop()
})

const idOf = (cafe: { id: string }): string => cafe.id.split('/').at(-1) ?? ''

async function announce(changes: Record<string, unknown> = {}) {
  const answer = await api.send('POST', '/api/v1/cafes', aBody(changes))
  expect(answer.status).toBe(201)
  return answer.json()
}

const changes = () => api.context.db.selectFrom('change').select('body').orderBy('id').execute()

/** Every row that a write could touch. */
async function wholeState() {
  const { db } = api.context
  return {
    cafes: await db.selectFrom('cafe').selectAll().orderBy('id').execute(),
    venues: await db.selectFrom('venue').selectAll().orderBy('id').execute(),
    changes: await db.selectFrom('change').selectAll().orderBy('id').execute(),
    tombstones: await db.selectFrom('tombstone').selectAll().execute(),
    answers: await db.selectFrom('idempotent_answer').selectAll().execute(),
  }
}

test('a program announces a café and gets it whole, with the hour of the place', async () => {
  const answer = await api.send('POST', '/api/v1/cafes', aBody({ format: 'Atelier' }))
  expect(answer.status).toBe(201)
  const cafe = await answer.json()
  expect(cafe.startsAt).toBe('2026-12-09T18:30:00+01:00')
  expect(cafe.endsAt).toBe('2026-12-09T20:00:00+01:00')
  expect(cafe.venue.codeInsee).toBe('35238')
  expect(cafe.format).toBe('Atelier')
  expect(cafe.peer).toEqual({
    host: new URL(api.origin).host,
    lastSeenAt: '2026-11-25T09:00:00Z',
    reachable: true,
  })
  expect(answer.headers.get('Location')).toBe(`${api.origin}/api/v1/cafes/${idOf(cafe)}`)
  expect(api.wakes()).toBe(1)
  expect((await changes()).map(({ body }) => JSON.parse(body).type)).toEqual(['cafe-published'])
})

test('a café of La Réunion is on its own time', async () => {
  const venue = { name: 'Bureau de poste', postalCode: '97400', commune: 'Saint-Denis' }
  const cafe = await announce({ venue })
  expect(cafe.startsAt).toBe('2026-12-09T18:30:00+04:00')
  expect(cafe.timezone).toBe('Indian/Reunion')
})

test('what was read can be sent back with one word changed, and nothing else changes', async () => {
  const body = aBody({
    descriptionMarkdown: 'Venez **nombreux**.',
    onlineUrl: 'https://visio.example/a',
    attendanceMode: 'mixed',
  })
  const created = await (await api.send('POST', '/api/v1/cafes', body)).json()
  const read = await (await api.get(`/api/v1/cafes/${idOf(created)}`)).json()
  api.advance({ minutes: 1 })
  const answer = await api.send('PUT', `/api/v1/cafes/${idOf(created)}`, {
    ...read,
    title: 'Un autre titre',
  })
  expect(answer.status).toBe(200)
  expect(await answer.json()).toEqual({
    ...created,
    title: 'Un autre titre',
    updatedAt: '2026-11-25T09:01:00Z',
    peer: { ...created.peer, lastSeenAt: '2026-11-25T09:01:00Z' },
  })
})

test('the plain text of a description is stored at each write, read by every file, and goes with the café', async () => {
  const { db } = api.context
  const stored = () => db.selectFrom('cafe').select('description_text').execute()
  const { id } = await announce({ descriptionMarkdown: 'Venez **nombreux**.' })
  expect(await stored()).toEqual([{ description_text: 'Venez nombreux.' }])
  const body = aBody({ descriptionMarkdown: '- un\n- [deux](https://a.example/)' })
  await api.send('PUT', `/api/v1/cafes/${idOf({ id })}`, body)
  expect(await stored()).toEqual([{ description_text: '- un\n- deux (https://a.example/)' }])
  // As a café of another server, whose text is known as HTML only.
  const foreign = { description_markdown: null, description_text: 'Lu tel quel.' }
  await db.updateTable('cafe').set(foreign).execute()
  for (const file of ['cafes.ics', 'cafes.csv', 'cafes.jsonld', 'openagenda.json'])
    expect(await (await api.get(`/export/${file}`)).text(), file).toContain('Lu tel quel.')
  expect((await api.send('DELETE', `/api/v1/cafes/${idOf({ id })}`)).status).toBe(204)
  expect(await stored()).toEqual([])
})

test('an edit may name the café by its whole address', async () => {
  const cafe = await announce()
  const path = `/api/v1/cafes/${encodeURIComponent(cafe.id)}`
  const answer = await api.send('PUT', path, aBody({ title: 'Par son adresse' }))
  expect(answer.status).toBe(200)
  expect((await (await api.get(path)).json()).title).toBe('Par son adresse')
})

test('a new date is told with the old one', async () => {
  const cafe = await announce()
  const answer = await api.send(
    'PUT',
    `/api/v1/cafes/${idOf(cafe)}`,
    aBody({ startsAt: '2026-12-10T18:30' }),
  )
  expect(await answer.json()).toMatchObject({
    status: 'rescheduled',
    previousStartsAt: '2026-12-09T18:30:00+01:00',
  })
})

test('a cancelled café stays, with the reason', async () => {
  const cafe = await announce()
  const answer = await api.send('POST', `/api/v1/cafes/${idOf(cafe)}/cancel`, {
    reason: 'Salle inondée',
  })
  expect(answer.status).toBe(200)
  const read = await (await api.get(`/api/v1/cafes/${idOf(cafe)}`)).json()
  expect(read).toMatchObject({ status: 'cancelled', statusNote: 'Salle inondée' })
})

test('a café can be cancelled without a word, and by its whole address', async () => {
  const cafe = await announce()
  const answer = await api.send('POST', `/api/v1/cafes/${encodeURIComponent(cafe.id)}/cancel`)
  expect(answer.status).toBe(200)
  expect((await answer.json()).status).toBe('cancelled')
})

test('a deleted café is gone for ever and listed among the removed', async () => {
  const cafe = await announce()
  const path = `/api/v1/cafes/${idOf(cafe)}`
  expect((await api.send('DELETE', path)).status).toBe(204)
  const read = await api.get(path)
  expect(read.status).toBe(410)
  expect(read.headers.get('Content-Type')).toBe('application/problem+json')
  expect((await api.send('DELETE', path)).status).toBe(410)
  expect((await api.send('PUT', path, aBody())).status).toBe(410)
  const removedSince = async (since: Temporal.Instant) =>
    (await (await api.get(`/api/v1/removed?since=${since}`)).json()).items
  const clock = Temporal.Now.instant()
  expect(await removedSince(clock.subtract({ hours: 1 }))).toEqual([
    { id: cafe.id, deletedAt: expect.stringMatching(/^\d{4}-.*Z$/) },
  ])
  expect(await removedSince(clock.add({ hours: 1 }))).toEqual([])
})

test('a draft is seen by its structure alone, tells nobody, and leaves no trace when deleted', async () => {
  const draft = await announce({ draft: true })
  expect(draft.draft).toBe(true)
  const path = `/api/v1/cafes/${idOf(draft)}`
  expect((await api.get(path)).status).toBe(404)
  expect((await (await api.get('/api/v1/cafes')).json()).items).toEqual([])
  const own = await api.send('GET', path)
  expect(own.status).toBe(200)
  expect(own.headers.get('Cache-Control')).toBe('private, no-store')
  expect(await changes()).toEqual([])
  expect((await api.send('DELETE', path)).status).toBe(204)
  expect((await api.get(path)).status).toBe(404)
  expect((await (await api.get('/api/v1/removed')).json()).items).toEqual([])
})

test('a draft is published by sending it without the word draft', async () => {
  const draft = await announce({ draft: true })
  const answer = await api.send('PUT', `/api/v1/cafes/${idOf(draft)}`, aBody())
  expect((await answer.json()).draft).toBe(false)
  expect((await api.get(`/api/v1/cafes/${idOf(draft)}`)).status).toBe(200)
})

test('a publication in the future waits, one in the past does not', async () => {
  const waiting = await announce({ publishAt: '2026-12-01T08:00' })
  expect(waiting.publishAt).toBe('2026-12-01T07:00:00Z')
  expect((await api.get(`/api/v1/cafes/${idOf(waiting)}`)).status).toBe(404)
  const now = await announce({ publishAt: '2026-11-01T08:00' })
  expect((await api.get(`/api/v1/cafes/${idOf(now)}`)).status).toBe(200)
})

test('what is public cannot be held back again', async () => {
  const cafe = await announce()
  const answer = await api.send('PUT', `/api/v1/cafes/${idOf(cafe)}`, aBody({ draft: true }))
  expect(answer.status).toBe(409)
  expect((await answer.json()).detail).toContain('déjà public')
})

test('the sender’s own key creates once, then changes', async () => {
  const path = '/api/v1/cafes/by-reference/ville-42'
  const first = await api.send('PUT', path, aBody())
  expect(first.status).toBe(201)
  const second = await api.send('PUT', path, aBody({ title: 'Le nouveau titre' }))
  expect(second.status).toBe(200)
  const [one, other] = [await first.json(), await second.json()]
  expect(other.id).toBe(one.id)
  expect(other).toMatchObject({ title: 'Le nouveau titre', reference: 'ville-42' })
  expect((await api.send('POST', '/api/v1/cafes', aBody({ reference: 'ville-42' }))).status).toBe(
    409,
  )
})

test('a calendar identifier stands for one café', async () => {
  await announce({ uid: 'abc@agenda.example' })
  const again = await api.send('POST', '/api/v1/cafes', aBody({ uid: 'abc@agenda.example' }))
  expect(again.status).toBe(409)
})

test('twenty requests at once with one key of the sender’s make one café', async () => {
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, index) =>
      api.send('PUT', '/api/v1/cafes/by-reference/once', aBody({ title: `Titre ${index}` })),
    ),
  )
  const statuses = answers.map(({ status }) => status)
  expect(statuses.filter((status) => status === 201)).toHaveLength(1)
  expect(statuses.filter((status) => status === 200)).toHaveLength(19)
  expect((await wholeState()).cafes).toHaveLength(1)
})

test('a place is kept under a key, and its cafés to come follow when it changes', async () => {
  const path = '/api/v1/places/by-reference/salle-1'
  const place = { name: 'Salle du haut', postalCode: '26150', commune: 'Die' }
  expect((await api.send('PUT', path, place)).status).toBe(201)
  const cafe = await announce({ venue: { reference: 'salle-1' } })
  expect(cafe.venue).toMatchObject({ name: 'Salle du haut', commune: 'Die', codeInsee: '26113' })

  const moved = await api.send('PUT', path, { ...place, name: 'Salle du bas' })
  expect(moved.status).toBe(200)
  expect(await moved.json()).toMatchObject({ reference: 'salle-1', name: 'Salle du bas' })
  const read = await (await api.get(`/api/v1/cafes/${idOf(cafe)}`)).json()
  expect(read.venue.name).toBe('Salle du bas')
  const told = (await changes()).map(({ body }) => JSON.parse(body))
  expect(told.at(-1)).toEqual({
    ...{ type: 'cafe-updated', cafeId: idOf(cafe), important: true },
    before: expect.objectContaining({ venue: 'Salle du haut, 26150 Die' }),
  })
})

test('a place that was never sent is said so', async () => {
  const answer = await api.send(
    'POST',
    '/api/v1/cafes',
    aBody({ venue: { reference: 'nulle-part' } }),
  )
  expect(answer.status).toBe(422)
  expect((await answer.json()).errors[0].field).toBe('venue.reference')
})

test('a dry run answers as the real one would, and changes nothing at all', async () => {
  const cafe = await announce({ reference: 'r1' })
  await api.send('PUT', '/api/v1/places/by-reference/p1', {
    name: 'Salle',
    postalCode: '35000',
    commune: 'Rennes',
  })
  const before = await wholeState()
  const wakes = api.wakes()
  const path = `/api/v1/cafes/${idOf(cafe)}`

  const created = await api.send('POST', '/api/v1/cafes?dryRun=1', aBody({ title: 'À blanc' }), {
    'Idempotency-Key': 'k',
  })
  expect(created.status).toBe(200)
  expect(await created.json()).toMatchObject({
    id: null,
    url: null,
    title: 'À blanc',
    dryRun: true,
  })
  const wrong = await api.send('POST', '/api/v1/cafes?dryRun=1', aBody({ title: '' }))
  expect(wrong.status).toBe(422)
  const revised = await api.send('PUT', `${path}?dryRun=1`, aBody({ title: 'À blanc' }))
  expect(await revised.json()).toMatchObject({ id: cafe.id, title: 'À blanc', dryRun: true })
  expect((await api.send('POST', `${path}/cancel?dryRun=1`, {})).status).toBe(200)
  expect((await api.send('DELETE', `${path}?dryRun=1`)).status).toBe(204)
  expect((await api.send('PUT', '/api/v1/cafes/by-reference/r2?dryRun=1', aBody())).status).toBe(
    200,
  )
  expect(
    (
      await api.send('PUT', '/api/v1/places/by-reference/p1?dryRun=1', {
        name: 'Autre',
        postalCode: '35000',
        commune: 'Rennes',
      })
    ).status,
  ).toBe(200)
  const batch = await api.send('POST', '/api/v1/cafes/batch?dryRun=1', JSON.stringify(aBody()), {
    'Content-Type': 'application/x-ndjson',
  })
  expect(JSON.parse(await batch.text())).toMatchObject({ line: 1, status: 201, id: null })

  expect(await wholeState()).toEqual(before)
  expect(api.wakes()).toBe(wakes)
})

test('the same key with the same body gets the same answer, with another body a refusal', async () => {
  const key = { 'Idempotency-Key': 'sent-by-the-town-1' }
  const first = await api.send('POST', '/api/v1/cafes', aBody(), key)
  const again = await api.send('POST', '/api/v1/cafes', aBody(), key)
  expect(again.status).toBe(201)
  expect(again.headers.get('Location')).toBe(first.headers.get('Location'))
  expect(await again.text()).toBe(await first.text())
  expect((await wholeState()).cafes).toHaveLength(1)

  const other = await api.send('POST', '/api/v1/cafes', aBody({ title: 'Autre chose' }), key)
  expect(other.status).toBe(422)
  expect((await wholeState()).cafes).toHaveLength(1)
})

test('ten requests at once with one Idempotency-Key make one café', async () => {
  const key = { 'Idempotency-Key': 'ten-at-once' }
  const answers = await Promise.all(
    Array.from({ length: 10 }, () => api.send('POST', '/api/v1/cafes', aBody(), key)),
  )
  const texts = await Promise.all(answers.map((answer) => answer.text()))
  expect(new Set(texts).size).toBe(1)
  expect((await wholeState()).cafes).toHaveLength(1)
})

test('what was refused may be sent again under the same key, once it is right', async () => {
  const key = { 'Idempotency-Key': 'mistyped' }
  expect((await api.send('POST', '/api/v1/cafes', aBody({ title: '' }), key)).status).toBe(422)
  expect((await api.send('POST', '/api/v1/cafes', aBody(), key)).status).toBe(201)
})

test('of a batch the good lines are kept and each line has its result', async () => {
  await announce({ reference: 'known' })
  const lines = [
    JSON.stringify(aBody({ title: 'Le premier' })),
    '{"title": ',
    '',
    JSON.stringify(aBody({ venue: { name: 'Ailleurs', commune: 'Nulle-Part-sur-Rien' } })),
    JSON.stringify(aBody({ reference: 'known', title: 'Le connu' })),
    JSON.stringify(aBody({ price: 5 })),
    '[]',
  ]
  const answer = await api.send('POST', '/api/v1/cafes/batch', lines.join('\n'), {
    'Content-Type': 'application/x-ndjson',
  })
  expect(answer.status).toBe(200)
  expect(answer.headers.get('Content-Type')).toBe('application/x-ndjson')
  const results = (await answer.text())
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(results.map(({ line, status }) => [line, status])).toEqual([
    [1, 201],
    [2, 400],
    [4, 422],
    [5, 200],
    [6, 422],
    [7, 422],
  ])
  expect(results[2].errors[0].field).toBe('venue.commune')
  expect(results[4].errors[0].field).toBe('price')
  const { items } = await (await api.get('/api/v1/cafes')).json()
  expect(items.map(({ title }: { title: string }) => title).sort()).toEqual([
    'Le connu',
    'Le premier',
  ])
})

test('a batch sent again under its key, or twice at once, is written once', async () => {
  const body = Array.from({ length: 90 }, (_, index) =>
    JSON.stringify(aBody({ title: `Café ${index}` })),
  ).join('\n')
  const headers = { 'Content-Type': 'application/x-ndjson', 'Idempotency-Key': 'batch-1' }
  const post = () => api.send('POST', '/api/v1/cafes/batch', body, headers)
  const answers = [...(await Promise.all([post(), post(), post()])), await post()]
  const texts = await Promise.all(answers.map((answer) => answer.text()))
  expect(new Set(texts).size).toBe(1)
  expect(texts[0]?.trimEnd().split('\n')).toHaveLength(90)
  expect((await wholeState()).cafes).toHaveLength(90)
})

test('a batch that was cut short goes on where it was', async () => {
  const lines = Array.from({ length: 50 }, (_, index) =>
    JSON.stringify(aBody({ title: `Café ${index}` })),
  )
  const headers = { 'Content-Type': 'application/x-ndjson', 'Idempotency-Key': 'batch-2' }
  const post = () => api.send('POST', '/api/v1/cafes/batch', lines.join('\n'), headers)
  const whole = (await (await post()).text()).trimEnd().split('\n')
  const { db } = api.context
  const kept = whole.slice(0, 20).map((line) => JSON.parse(line))
  await db
    .updateTable('idempotent_answer')
    .set({ status: 202, body: JSON.stringify(kept) })
    .execute()
  const lost = whole.slice(20).map((line) => JSON.parse(line).id)
  await db.deleteFrom('cafe').where('uri', 'in', lost).execute()
  const again = (await (await post()).text()).trimEnd().split('\n')
  expect(again.slice(0, 20)).toEqual(whole.slice(0, 20))
  expect(again).toHaveLength(50)
  expect((await wholeState()).cafes).toHaveLength(50)
})

test.each([
  [
    'lines that are slow to render',
    () => lines(40, { descriptionMarkdown: '['.repeat(10_000) }),
    200,
  ],
  ['one line of as many values as fit', () => `{"a":[${'0,'.repeat(2 ** 20)}0]}`, 413],
  ['one line of as many texts as fit in a café', () => `{"a":[${'"",'.repeat(80_000)}0]}`, 413],
])('a batch of %s makes nobody wait', MEASURED, async (_, make, status) => {
  const body = make()
  let answer: Response | undefined
  const turn = await longestTurnOf(async () => {
    answer = await api.send('POST', '/api/v1/cafes/batch?dryRun=1', body, {
      'Content-Type': 'application/x-ndjson',
    })
  })
  const results = ((await answer?.text()) ?? '').trim().split('\n')
  for (const line of results) expect([201, status]).toContain(JSON.parse(line).status)
  expect(turn).toBeLessThan(200)
})

const lines = (count: number, more: Record<string, unknown>): string =>
  Array.from({ length: count }, () => JSON.stringify(aBody(more))).join('\n')

test('more values than a café can have are refused before they are parsed', MEASURED, async () => {
  const many = `{"a":[${'0,'.repeat(120_000)}0]}`
  const turn = await longestTurnOf(async () =>
    expect((await api.send('POST', '/api/v1/cafes', many)).status).toBe(413),
  )
  expect(turn).toBeLessThan(100)
  const empty = await api.send('POST', '/api/v1/cafes/batch', '\n'.repeat(1_000_000), {
    'Content-Type': 'application/x-ndjson',
  })
  expect(empty.status).toBe(413)
})

test('a batch of a thousand lines passes, of a thousand and one it does not', async () => {
  const body = (count: number) =>
    Array.from({ length: count }, (_, index) =>
      JSON.stringify(aBody({ title: `Café ${index}`, reference: `b-${index}` })),
    ).join('\n')
  const ndjson = { 'Content-Type': 'application/x-ndjson', Accept: 'application/json' }
  const tooMany = await api.send('POST', '/api/v1/cafes/batch', body(1001), ndjson)
  expect(tooMany.status).toBe(413)
  const began = performance.now()
  const answer = await api.send('POST', '/api/v1/cafes/batch', body(1000), ndjson)
  const { results } = await answer.json()
  expect(results.filter(({ status }: { status: number }) => status === 201)).toHaveLength(1000)
  // On PostgreSQL each line crosses a connection some times.
  expect(performance.now() - began).toBeLessThan(isOnPostgres ? 30_000 : 10_000)
})

test('another structure’s café is as if there were none', async () => {
  const { db } = api.context
  const cafe = await announce({ reference: 'mine' })
  await insertOrganization(db, { id: 'other', slug: 'autre', name: 'Une autre' }, api.context.now())
  const { token } = await createToken(
    db,
    { organizationId: 'other', label: 'x' },
    api.context.now(),
  )
  const asOther = { Authorization: `Bearer ${token}` }
  const path = `/api/v1/cafes/${idOf(cafe)}`
  expect((await api.send('PUT', path, aBody(), asOther)).status).toBe(404)
  expect((await api.send('DELETE', path, undefined, asOther)).status).toBe(404)
  expect((await api.send('POST', `${path}/cancel`, {}, asOther)).status).toBe(404)
  const same = await api.send('PUT', '/api/v1/cafes/by-reference/mine', aBody(), asOther)
  expect(same.status).toBe(201)
  expect((await same.json()).id).not.toBe(cafe.id)
})

test('without a good token nothing is written, and the way in is said', async () => {
  const { db } = api.context
  const revoked = await createToken(
    db,
    { organizationId: api.organization.id, label: 'old' },
    api.context.now(),
  )
  await revokeToken(db, { id: revoked.id, organizationId: api.organization.id }, api.context.now())
  for (const authorization of [
    '',
    'Bearer',
    'Bearer x',
    `Bearer ${revoked.token}`,
    `Basic ${api.token}`,
  ]) {
    const answer = await api.send('POST', '/api/v1/cafes', aBody(), {
      Authorization: authorization,
    })
    expect(answer.status, authorization).toBe(401)
    expect(answer.headers.get('WWW-Authenticate')).toMatch(/^Bearer/)
    expect((await answer.json()).title).toBeTruthy()
  }
  expect((await wholeState()).cafes).toEqual([])
})

test('errors are told field by field, in French or in English', async () => {
  const body = aBody({
    title: '',
    startsAt: 'hier',
    price: 12,
    venue: { name: 'X', commune: 'Rennes' },
  })
  const french = await api.send('POST', '/api/v1/cafes', body)
  expect(french.status).toBe(422)
  expect(french.headers.get('Content-Type')).toBe('application/problem+json')
  const problem = await french.json()
  expect(problem).toMatchObject({ status: 422, type: `${api.origin}/api#invalid` })
  expect(problem.errors).toContainEqual({ field: 'title', message: 'Ce champ est nécessaire.' })
  expect(problem.errors).toContainEqual({
    field: 'price',
    message: 'Un café IA est gratuit\u00a0: il ne peut pas avoir de prix.',
  })
  const english = await api.send('POST', '/api/v1/cafes', body, {
    'Accept-Language': 'en-GB, fr;q=0.5',
  })
  expect((await english.json()).errors).toContainEqual({
    field: 'title',
    message: 'This field is required.',
  })
})

test('a body that is not JSON, not said to be JSON, or too long is refused as such', async () => {
  const post = (body: string, type = 'application/json') =>
    api.send('POST', '/api/v1/cafes', body, { 'Content-Type': type })
  expect((await post('{')).status).toBe(400)
  expect((await post(JSON.stringify(aBody()), 'text/plain')).status).toBe(415)
  expect((await post(JSON.stringify(aBody()), 'application/json; charset=utf-8')).status).toBe(201)
  const tooLong = await post(JSON.stringify({ title: 'x'.repeat(1024 * 1024) }))
  expect(tooLong.status).toBe(413)
  expect((await tooLong.json()).status).toBe(413)
})

test('what cannot be seen is not stored', async () => {
  const cafe = await announce({
    title: 'Ca\u0000fé\u202e IA\u200b',
    descriptionMarkdown: 'un\n\ndeux\u0007',
  })
  expect(cafe.title).toBe('Café IA')
  expect(cafe.descriptionMarkdown).toBe('un\n\ndeux')
})

test('a script in a description is not given out', async () => {
  const cafe = await announce({
    descriptionMarkdown: '<script>alert(1)</script> [x](javascript:alert(1))',
  })
  expect(cafe.descriptionHtml).not.toMatch(/<script|href="javascript/i)
})

test('a program that writes too much is told how long to wait', async () => {
  const answers = await Promise.all(
    Array.from({ length: 320 }, () => api.send('DELETE', '/api/v1/cafes/none')),
  )
  const refused = answers.filter(({ status }) => status === 429)
  expect(refused.length).toBe(20)
  expect(Number(refused[0]?.headers.get('Retry-After'))).toBeGreaterThan(0)
  expect(answers.filter(({ status }) => status === 404).length).toBe(300)
})

describe('what cannot be meant is refused, with a message beside its field', () => {
  const place = { name: 'Médiathèque', codeInsee: '35238', commune: 'Rennes' }
  test.each<[string, string, Record<string, unknown>]>([
    ['a status, which has actions of its own', 'status', { status: 'cancelled' }],
    ['a date without an hour', 'startsAt', { startsAt: '2026-12-09' }],
    ['an end without an hour', 'endsAt', { endsAt: '2026-12-10' }],
    ['the INSEE code of another town', 'venue.codeInsee', { venue: { ...place, commune: 'Die' } }],
    [
      'a point far from the town',
      'venue.latitude',
      { venue: { ...place, latitude: 48.85, longitude: 2.35 } },
    ],
    ['no point at all', 'venue.latitude', { venue: { ...place, latitude: 0, longitude: 0 } }],
    [
      'a point in the sea alone',
      'venue.latitude',
      { venue: { name: 'X', latitude: 0, longitude: 0 } },
    ],
  ])('%s', async (_, field, changes) => {
    const answer = await api.send('POST', '/api/v1/cafes', aBody(changes))
    expect(answer.status).toBe(422)
    expect((await answer.json()).errors).toEqual([{ field, message: expect.any(String) }])
  })

  test('and what is read may be sent back as it is', async () => {
    const venue = { ...place, latitude: 48.11, longitude: -1.67, access: 'Par la cour' }
    const cafe = await announce({ venue, registration: { mode: 'none', capacity: 12 } })
    expect(cafe.venue.access).toBe('Par la cour')
    expect(cafe.registration.seatsLeft).toBeNull()
    const path = `/api/v1/cafes/${idOf(cafe)}`
    await api.send('POST', `${path}/postpone`, { note: 'Grève' })
    const read = await (await api.send('GET', path)).json()
    expect((await api.send('PUT', path, read)).status).toBe(200)
    expect((await api.send('PUT', path, { ...read, status: 'scheduled' })).status).toBe(422)
  })

  test('a date beside a postponement, and any other word that would be left aside', async () => {
    const path = `/api/v1/cafes/${idOf(await announce())}`
    for (const action of ['postpone', 'cancel', 'move-online', 'reinstate']) {
      const answer = await api.send('POST', `${path}/${action}`, { startsAt: '2027-01-01T18:00' })
      expect(answer.status, action).toBe(422)
      expect((await answer.json()).errors[0].field).toBe('startsAt')
    }
    for (const word of ['note', 'reason']) {
      const answer = await api.send('POST', `${path}/postpone`, { [word]: `Par ${word}` })
      expect((await answer.json()).statusNote).toBe(`Par ${word}`)
    }
  })

  test('of a place too, and how one comes in stays until something else is said', async () => {
    const put = (body: unknown) => api.send('PUT', '/api/v1/places/by-reference/p-1', body)
    const acceslibreUrl = 'https://acceslibre.example/p-1'
    const kept = await (await put({ ...place, access: 'Par la cour', acceslibreUrl })).json()
    expect(kept).toMatchObject({ access: 'Par la cour', acceslibreUrl })
    expect(await (await put(place)).json()).toMatchObject({ access: 'Par la cour', acceslibreUrl })
    const cafe = await announce({ venue: { reference: 'p-1' } })
    expect(cafe.venue).toMatchObject({ access: 'Par la cour', acceslibreUrl })
    expect((await put({ ...place, latitude: 0, longitude: 0 })).status).toBe(422)
    const emptied = await (await put({ ...place, access: null, acceslibreUrl: '' })).json()
    expect(emptied).toMatchObject({ access: null, acceslibreUrl: null })
    const read = await (await api.get(`/api/v1/cafes/${idOf(cafe)}`)).json()
    expect(read.venue).toMatchObject({ access: null, acceslibreUrl: null })
  })
})

describe('a program that knows its own keys alone', () => {
  const path = '/api/v1/cafes/by-reference/k-1'
  const put = async (changes = {}) => (await api.send('PUT', path, aBody(changes))).json()

  test('reads, cancels, reinstates and deletes by them', async () => {
    expect((await api.send('GET', path)).status).toBe(404)
    const { id } = await put()
    expect((await api.get(path)).status).toBe(401)
    expect(await (await api.send('GET', path)).json()).toMatchObject({ id, reference: 'k-1' })
    const cancelled = await api.send('POST', `${path}/cancel`, { note: 'Grève' })
    expect(await cancelled.json()).toMatchObject({ status: 'cancelled', statusNote: 'Grève' })
    const held = await (await api.send('POST', `${path}/reinstate`)).json()
    expect(held.status).toBe('scheduled')
    expect((await api.send('DELETE', path)).status).toBe(204)
    expect((await api.send('POST', `${path}/cancel`)).status).toBe(404)
    expect((await api.get(`/api/v1/cafes/${encodeURIComponent(id)}`)).status).toBe(410)
  })

  test('lists all that it sent, drafts too, a page at a time; nobody else does', async () => {
    await put()
    await announce({ draft: true, title: 'Brouillon' })
    await announce({ title: 'Le troisième' })
    expect((await api.get('/api/v1/cafes?mine=1')).status).toBe(401)
    const first = await (await api.send('GET', '/api/v1/cafes?mine=1&limit=2')).json()
    const second = await (await api.send('GET', first.next.slice(api.origin.length))).json()
    expect(second.next).toBeNull()
    const titles = [...first.items, ...second.items].map(({ title }) => title)
    expect(titles.sort()).toEqual(['Brouillon', 'Le troisième', 'L’IA au quotidien'])
    const odd = await api.send('GET', '/api/v1/cafes?mine=1&territory=35')
    expect([odd.status, (await odd.json()).errors[0].field]).toEqual([400, 'territory'])
  })

  test('cancels and deletes in a batch, beside what it announces', async () => {
    await put()
    await api.send('PUT', '/api/v1/cafes/by-reference/k-2', aBody())
    const lines = [
      { action: 'cancel', reference: 'k-1', note: 'Grève' },
      { action: 'delete', reference: 'k-2' },
      { ...aBody(), reference: 'k-3' },
      { action: 'delete', reference: 'k-4' },
      { action: 'paint', reference: 'k-1' },
    ].map((line) => JSON.stringify(line))
    const answer = await api.send('POST', '/api/v1/cafes/batch', lines.join('\n'), {
      'Content-Type': 'application/x-ndjson',
      Accept: 'application/json',
    })
    const { results } = await answer.json()
    expect(results.map(({ status }: { status: number }) => status)).toEqual([
      200, 204, 201, 404, 422,
    ])
    expect((await (await api.send('GET', path)).json()).status).toBe('cancelled')
  })

  test('reads its places', async () => {
    const place = { name: 'Médiathèque', commune: 'Rennes', postalCode: '35000' }
    await api.send('PUT', '/api/v1/places/by-reference/p-1', place)
    expect((await api.get('/api/v1/places')).status).toBe(401)
    const { items } = await (await api.send('GET', '/api/v1/places')).json()
    expect(items).toMatchObject([{ reference: 'p-1', name: 'Médiathèque', codeInsee: '35238' }])
    const one = await api.send('GET', '/api/v1/places/by-reference/p-1')
    expect(await one.json()).toEqual(items[0])
    expect((await api.send('GET', '/api/v1/places/by-reference/p-2')).status).toBe(404)
  })
})

test('who changes what somebody else has changed meanwhile is told, and changes nothing', async () => {
  const made = await api.send('PUT', '/api/v1/cafes/by-reference/k-1', aBody())
  const cafe = await made.json()
  const path = `/api/v1/cafes/${idOf(cafe)}`
  const tag = made.headers.get('ETag') ?? ''
  expect(tag).toMatch(/^"r\w+"$/)
  expect((await api.send('GET', path)).headers.get('ETag')).toBe(tag)
  api.advance({ seconds: 1 })
  const change = await api.send('PUT', path, aBody({ title: 'Autrement' }), { 'If-Match': tag })
  expect(change.status).toBe(200)
  const newer = change.headers.get('ETag') ?? ''
  expect(newer).not.toBe(tag)
  const late = { 'If-Match': tag }
  const writes = [
    ['PUT', path, aBody()],
    ['PUT', '/api/v1/cafes/by-reference/k-1', aBody()],
    ['POST', `${path}/cancel`, {}],
    ['DELETE', path, undefined],
    ['PUT', '/api/v1/cafes/by-reference/k-new', aBody()],
  ] as const
  for (const [method, address, body] of writes) {
    const answer = await api.send(method, address, body, { ...late, 'Accept-Language': 'en' })
    expect(answer.status, `${method} ${address}`).toBe(412)
    expect((await answer.json()).title).toBe('What you wanted to change has changed since.')
  }
  expect((await (await api.send('GET', path)).json()).title).toBe('Autrement')
  expect((await api.send('DELETE', path, undefined, { 'If-Match': newer })).status).toBe(204)
})

test('a place too is changed by who knows how it stands', async () => {
  const path = '/api/v1/places/by-reference/p-1'
  const place = { name: 'Salle du haut', postalCode: '26150', commune: 'Die' }
  const put = (changes: object, tag: string) =>
    api.send('PUT', path, { ...place, ...changes }, { 'If-Match': tag })
  expect((await put({}, '*')).status).toBe(412)
  const tag = (await api.send('PUT', path, place)).headers.get('ETag') ?? ''
  expect(tag).toMatch(/^"[\w-]+"$/)
  expect((await api.send('GET', path)).headers.get('ETag')).toBe(tag)
  const change = await put({ access: 'Par la cour' }, tag)
  expect(change.status).toBe(200)
  expect(change.headers.get('ETag')).not.toBe(tag)
  expect((await put({ name: 'Salle du bas' }, tag)).status).toBe(412)
  const read = await api.send('GET', path)
  expect(await read.json()).toMatchObject({ name: 'Salle du haut', access: 'Par la cour' })
  expect(read.headers.get('ETag')).toBe(change.headers.get('ETag'))
})

test('a key may have any letter, also one that an address has a meaning for', async () => {
  for (const reference of ['2026/12 Die', 'é?#&', 'a%2Fb', 'x'.repeat(255)]) {
    const key = encodeURIComponent(reference)
    const place = { name: 'Salle', postalCode: '26150', commune: 'Die' }
    expect((await api.send('PUT', `/api/v1/places/by-reference/${key}`, place)).status).toBe(201)
    const path = `/api/v1/cafes/by-reference/${key}`
    expect((await api.send('PUT', path, aBody({ venue: { reference } }))).status).toBe(201)
    expect((await api.send('POST', `${path}/cancel`, {})).status, reference).toBe(200)
    expect(await (await api.send('GET', path)).json()).toMatchObject({
      reference,
      status: 'cancelled',
    })
    expect((await api.send('DELETE', path)).status).toBe(204)
  }
  const spaced = '/api/v1/cafes/by-reference/%20k-1%20'
  expect((await api.send('PUT', spaced, aBody())).status).toBe(201)
  expect((await api.send('PUT', spaced, aBody())).status).toBe(200)
})

test('what is refused by a limit or a list is told with it', async () => {
  const errorsOf = async (changes: object) => {
    const answer = await api.send('POST', '/api/v1/cafes', aBody(changes as never), {
      'Accept-Language': 'en',
    })
    const { errors } = await answer.json()
    return errors.map(({ field, message }: Record<string, string>) => `${field}: ${message}`)
  }
  const said: [object, string][] = [
    [{ openTo: 'everybody' }, 'openTo: This value is not understood; these are: public, reserved.'],
    [
      { accessibility: ['hi', 'xx'] },
      'accessibility.1: This value is not understood; these are: hi, vi, pi, mi, ii.',
    ],
    [{ title: 'x'.repeat(141) }, 'title: This text is too long: at most 140 characters.'],
    [{ title: 'ab' }, 'title: This text is too short: at least 3 characters.'],
    [{ durationMinutes: 4 }, 'durationMinutes: Give a number within these limits: ≥ 5.'],
    [{ themes: Array.from({ length: 21 }, String) }, 'themes: There are too many: at most 20.'],
  ]
  for (const [changes, sentence] of said) expect(await errorsOf(changes)).toEqual([sentence])
  const long = await api.send('POST', '/api/v1/cafes', `"${'x'.repeat(300_000)}"`)
  expect(long.status).toBe(413)
  expect((await long.json()).detail.replaceAll(/\s/g, ' ')).toBe('Au plus 256 Kio.')
})

describe('followed calendars', () => {
  const url = 'https://ville.example/agenda.ics'
  const follow = (changes: Record<string, unknown> = {}, query = '') =>
    api.send('POST', `/api/v1/calendars${query}`, { url, ...changes })
  const listed = async () => (await (await api.send('GET', '/api/v1/calendars')).json()).items

  test('are followed, listed, due at once, and no longer followed', async () => {
    expect((await follow({}, '?dryRun=1')).status).toBe(200)
    expect(await listed()).toEqual([])
    const answer = await follow({ url: 'webcal://ville.example/agenda.ics' })
    expect(answer.status).toBe(201)
    const calendar = await answer.json()
    expect(calendar).toMatchObject({
      ...{ url, publication: 'published', leftOut: [], readAt: null, failingSince: null },
      ...{ fault: null, cafes: 0, leftAside: 0, missing: 0, needsDecision: false },
    })
    const again = await follow({ publication: 'draft' })
    expect([again.status, (await again.json()).publication]).toEqual([200, 'draft'])
    expect(await listed()).toMatchObject([{ id: calendar.id, publication: 'draft' }])

    const path = `/api/v1/calendars/${calendar.id}`
    await saveFault(
      api.context.db,
      { id: calendar.id, failures: 0, failingSince: undefined },
      { fault: 'remote.timeout', dueAt: api.context.now().add({ hours: 3 }) },
      api.context.now(),
    )
    const failing = await (await api.send('GET', path)).json()
    expect(failing.fault).toBe('Le site n’a pas répondu à temps.')
    expect(failing.dueAt).not.toBe(calendar.dueAt)
    const due = await (await api.send('POST', `${path}/read`)).json()
    expect(due.dueAt).toBe(calendar.dueAt)
    expect((await api.send('DELETE', path)).status).toBe(204)
    expect((await api.send('GET', path)).status).toBe(404)
    expect((await api.send('DELETE', path)).status).toBe(404)
    expect((await api.send('POST', `${path}/read`)).status).toBe(404)
  })

  test('are of one structure, and need its token', async () => {
    const { id } = await (await follow()).json()
    const other = { id: 'organization-9', slug: 'autre', name: 'Autre' }
    await insertOrganization(api.context.db, other, api.context.now())
    const { token } = await createToken(
      api.context.db,
      { organizationId: other.id, label: 'autre' },
      api.context.now(),
    )
    const path = `/api/v1/calendars/${id}`
    const asOther = { Authorization: `Bearer ${token}` }
    for (const [method, address] of [
      ['GET', path],
      ['DELETE', path],
      ['POST', `${path}/read`],
    ] as const) {
      const answer = await api.send(method, address, undefined, asOther)
      expect([method, answer.status]).toEqual([method, 404])
      const nobody = await fetch(api.origin + address, { method })
      expect([method, nobody.status]).toEqual([method, 401])
    }
    expect(await listed()).toHaveLength(1)
    await api.send('DELETE', path)
  })

  test('have an address of the web, and are 20 at most', async () => {
    for (const wrong of [
      'agenda',
      'file:///etc/passwd',
      `https://ville.example/${'a'.repeat(2000)}`,
    ])
      expect((await follow({ url: wrong })).status).toBe(422)
    expect((await follow({ publication: 'later' })).status).toBe(422)
    for (let count = 0; count < 20; count++) await follow({ url: `${url}?${count}` })
    expect((await follow()).status).toBe(409)
    expect((await follow({ url: `${url}?3` })).status).toBe(200)
    for (const { id } of await listed()) await api.send('DELETE', `/api/v1/calendars/${id}`)
  })
})
