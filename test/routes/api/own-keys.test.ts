import { describe, expect, test } from 'vitest'
import { aBody } from './api-server.ts'
import { announce, api, changes, idOf, useApi, wholeState } from './written-cafes.ts'

useApi()

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
