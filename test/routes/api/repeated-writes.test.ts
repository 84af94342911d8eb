import { expect, test } from 'vitest'
import { createFromBody } from '../../../node/routes/api/cafes/write-cafe.ts'
import { inStep } from '../../../node/routes/api/writes.ts'
import { aBody } from './api-server.ts'
import { announce, api, idOf, useApi, wholeState } from './written-cafes.ts'

useApi()

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

test('dry runs among writes that come at once store nothing, and take nothing of theirs with them', async () => {
  const answers = await Promise.all(
    Array.from({ length: 32 }, (_, index) =>
      api.send(
        'POST',
        `/api/v1/cafes?dryRun=${(index + 1) % 2}`,
        aBody({ title: `Café ${index}` }),
      ),
    ),
  )
  expect(answers.map(({ status }) => status)).toEqual(
    answers.map((_, index) => (index % 2 === 0 ? 200 : 201)),
  )
  const { db } = api.context
  expect((await wholeState()).cafes).toHaveLength(16)
  for (const table of ['search_entry', 'change', 'act'] as const)
    expect(await db.selectFrom(table).selectAll().execute(), table).toHaveLength(16)
  expect(await db.selectFrom('structure').select('name').execute()).toEqual([
    { name: api.organization.name },
  ])
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

test('writes that come together have the outcome of one after the other: a key, its place, its end', async () => {
  const place = (name: string) => ({ name, postalCode: '35000', commune: 'Rennes' })
  const keptAt = '/api/v1/places/by-reference/together'
  expect((await api.send('PUT', keptAt, place('Salle'))).ok).toBe(true)
  const named = (title: string, reference: string) =>
    aBody({ title, reference, venue: { reference: 'together' } })
  // Those that come together are in one transaction.
  const moved = await Promise.all([
    ...['t1', 't2', 't3', 't4'].map((reference) =>
      api.send('POST', '/api/v1/cafes', named('Café', reference)),
    ),
    api.send('PUT', keptAt, place('Grande salle')),
  ])
  expect(moved.map(({ status }) => status)).toEqual([201, 201, 201, 201, 200])
  const answers = await Promise.all([
    api.send('POST', '/api/v1/cafes', named('Premier', 't5')),
    api.send('POST', '/api/v1/cafes', named('Encore', 't5')),
    api.send('POST', '/api/v1/cafes', named('Deux', 't6')),
    api.send('PUT', '/api/v1/cafes/by-reference/t6', named('Deux, revu', 't6')),
    api.send('POST', '/api/v1/cafes', named('Trois', 't7')),
    api.send('DELETE', '/api/v1/cafes/by-reference/t7'),
  ])
  const [first, again, , revised, , deleted] = answers.map(({ status }) => status)
  expect([first, again].sort()).toEqual([201, 409])
  const read = async (reference: string) =>
    (await api.send('GET', `/api/v1/cafes/by-reference/${reference}`)).json()
  for (const reference of ['t1', 't2', 't3', 't4', 't5'])
    expect((await read(reference)).venue.name, reference).toBe('Grande salle')
  // Whichever is first makes the café, and the creation that comes second is refused.
  expect([200, 201]).toContain(revised)
  expect((await read('t6')).title).toBe('Deux, revu')
  expect((await read('t7')).status).toBe(deleted === 204 ? 404 : 'scheduled')
})

test('a step of a group that adds no café finds those that others of its group added', async () => {
  const { context } = api
  const organization = await context.db
    .selectFrom('organization')
    .select(['id', 'slug', 'name'])
    .executeTakeFirstOrThrow()
  const by = { kind: 'token', name: 'test' } as const
  const add = (reference: string) =>
    inStep(context, { isDryRun: false, addsCafes: true }, (scope) =>
      createFromBody(scope, { organization, config: context.config, by }, aBody({ reference })),
    )
  const count = () =>
    inStep(context, { isDryRun: false }, async ({ trx }) => {
      const rows = await trx
        .selectFrom('cafe')
        .select('id')
        .where('reference', 'like', 'g_')
        .execute()
      return rows.length
    })
  const [one, other, found, again] = await Promise.all([add('g1'), add('g2'), count(), add('g1')])
  expect([one.outcome, other.outcome, found]).toEqual(['created', 'created', 2])
  expect(again.refusal).toEqual({ type: 'conflict', conflict: 'reference' })
})
