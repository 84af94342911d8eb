import { expect, test } from 'vitest'
import { updateCafes } from '../../../node/store/search-index/write-cafes.ts'
import { aBody } from './api-server.ts'
import { announce, api, changes, idOf, useApi } from './written-cafes.ts'

useApi()

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
  // The row is like a café of another server, whose text was received as HTML only.
  const foreign = { description_markdown: null, description_text: 'Lu tel quel.' }
  await updateCafes(db, foreign, (qb) => qb)
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

test('after several new dates the first one is named; back at it, the café is as planned', async () => {
  const cafe = await announce()
  const path = `/api/v1/cafes/${idOf(cafe)}`
  const moveTo = async (startsAt: string) =>
    (await api.send('PUT', path, aBody({ startsAt }))).json()
  await moveTo('2026-12-10T18:30')
  expect(await moveTo('2026-12-11T18:30')).toMatchObject({
    status: 'rescheduled',
    previousStartsAt: '2026-12-09T18:30:00+01:00',
  })
  expect(await moveTo('2026-12-09T18:30')).toMatchObject({
    status: 'scheduled',
    previousStartsAt: null,
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
