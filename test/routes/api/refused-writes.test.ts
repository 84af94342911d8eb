import { describe, expect, test } from 'vitest'
import { createToken, revokeToken } from '../../../node/store/accounts/api-tokens.ts'
import { insertOrganization } from '../../../node/store/structures/organizations.ts'
import { aBody } from './api-server.ts'
import { announce, api, idOf, useApi, wholeState } from './written-cafes.ts'

useApi()

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
    Array.from({ length: 80 }, () => api.send('POST', '/api/v1/places/batch', '')),
  )
  const refused = answers.filter(({ status }) => status === 429)
  expect(refused.length).toBe(20)
  expect(Number(refused[0]?.headers.get('Retry-After'))).toBeGreaterThan(0)
  expect(answers.filter(({ status }) => status === 400).length).toBe(60)
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
