import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { longestTurnOf } from '../../support/cpu-time.ts'
import { isOnPostgres } from '../../support/database.ts'
import { MEASURED } from '../../support/measured.ts'
import { aBody } from './api-server.ts'
import { announce, api, useApi, wholeState } from './written-cafes.ts'

useApi()

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

test('a line that cannot be stored leaves those before it, and is tried again when the batch is sent again', async () => {
  const { db } = api.context
  await sql`create trigger refuse before insert on cafe when new.title = 'Café 25'
    begin select raise(abort, 'refused'); end`.execute(db)
  const lines = Array.from({ length: 30 }, (_, index) =>
    JSON.stringify(aBody({ title: `Café ${index}` })),
  )
  const headers = { 'Content-Type': 'application/x-ndjson', 'Idempotency-Key': 'batch-3' }
  const post = () => api.send('POST', '/api/v1/cafes/batch', lines.join('\n'), headers)
  expect((await post()).status).toBe(500)
  expect(String(api.failures.pop())).toContain('refused')
  const before = (await wholeState()).cafes
  expect(before).toHaveLength(25)
  await sql`drop trigger refuse`.execute(db)
  const results = (await (await post()).text()).trimEnd().split('\n')
  expect(results.map((line) => JSON.parse(line).status)).toEqual(lines.map(() => 201))
  const after = (await wholeState()).cafes
  expect(after).toHaveLength(30)
  expect(after).toEqual(expect.arrayContaining(before))
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
  // On PostgreSQL each line needs several round trips.
  expect(performance.now() - began).toBeLessThan(isOnPostgres ? 30_000 : 10_000)
})
