import Parser from 'rss-parser'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { saveDocument } from '../../../node/store/documents.ts'
import { type ApiServer, aBody, NOW, startApi } from './api-server.ts'

let api: ApiServer

beforeEach(async () => {
  api = await startApi()
})
afterEach(async () => {
  expect(api.failures).toEqual([])
  await api.stop()
})

const announce = async (changes: Record<string, unknown> = {}) =>
  (await api.send('POST', '/api/v1/cafes', aBody(changes))).json()

test('a search is a calendar, one event a café', async () => {
  await announce()
  await announce({ title: 'À Die', venue: { name: 'Salle', codeInsee: '26113' } })
  const answer = await api.get('/export/cafes.ics?near=35000')
  expect(answer.headers.get('Content-Type')).toBe('text/calendar; charset=utf-8')
  const text = await answer.text()
  expect(text.match(/BEGIN:VEVENT/g)).toHaveLength(1)
  expect(text).toContain('SUMMARY:L’IA au quotidien')
})

test('a search is a table that no spreadsheet runs', async () => {
  await announce({ title: '=HYPERLINK("https://evil.example")' })
  const answer = await api.get('/export/cafes.csv')
  expect(answer.headers.get('Content-Type')).toBe('text/csv; charset=utf-8')
  const text = await answer.text()
  expect(text).toContain(`"'=HYPERLINK(""https://evil.example"")"`)
})

test('a search is a feed, and linked data, for who reads those', async () => {
  await announce()
  await announce({ title: 'À Die', venue: { name: 'Salle', codeInsee: '26113' } })
  const atom = await api.get('/export/cafes.atom?near=35000')
  expect(atom.headers.get('Content-Type')).toBe('application/atom+xml; charset=utf-8')
  const feed = await new Parser().parseString(await atom.text())
  expect(feed.items.map(({ title }) => title)).toEqual(['L’IA au quotidien'])
  expect(feed.feedUrl).toBe(`${api.origin}/export/cafes.atom?near=35000`)
  const linked = await (await api.get('/export/cafes.jsonld')).json()
  expect(linked['@context']).toBe('https://schema.org')
  expect(linked['@graph']).toHaveLength(2)
  expect(linked['@graph'][0]).toMatchObject({ '@type': 'Event', isAccessibleForFree: true })
})

test('the words of the pages find the same as those of the API', async () => {
  await announce({ title: 'À Rennes', format: 'Atelier', accessibility: ['hi'] })
  await announce({ title: 'À Die', venue: { name: 'Salle', codeInsee: '26113' } })
  await announce({ title: 'Au lycée', openTo: 'reserved' })
  const titles = async (search: string): Promise<string[]> => {
    const answer = await api.get(`/export/cafes.json?${search}`)
    expect(answer.status, search).toBe(200)
    return (await answer.json()).items.map(({ title }: { title: string }) => title)
  }
  expect(await titles('ou=35000&rayon=10')).toEqual(['À Rennes'])
  expect(await titles('near=35000&radius=10')).toEqual(['À Rennes'])
  expect(await titles('territoire=26')).toEqual(['À Die'])
  expect(await titles('acces=hi&format=ateliers')).toEqual(['À Rennes'])
  expect(await titles('mode=en-ligne')).toEqual([])
  expect(await titles('mode=presentiel')).toHaveLength(2)
  expect(await titles('ouvert=reserve')).toEqual(['Au lycée'])
  expect(await titles('ouvert=tous')).toHaveLength(3)
  expect(await titles('du=2026-12-10')).toEqual([])
})

test('a search that is not understood is no file', async () => {
  for (const search of [
    'ou=nulle-part-sur-rien',
    'ou=saint-denis',
    'territoire=x-1',
    'near=zzzzzz',
    'du=hier',
  ]) {
    const answer = await api.get(`/export/cafes.csv?${search}`)
    expect(answer.status, search).toBe(400)
    expect(answer.headers.get('Content-Type')).toBe('application/problem+json')
  }
  expect((await api.get('/export/cafes.exe')).status).toBe(404)
  expect((await api.get('/export/cafes.constructor')).status).toBe(404)
})

test('signed originals are given byte for byte, and no browser may make a page of them', async () => {
  const cafe = await announce()
  const body = `{"id":"${cafe.id}","name":"<script>alert(1)</script>","proof":{"é":1}}`
  const { db } = api.context
  await saveDocument(db, { uri: cafe.id, updatedAt: NOW, body })
  await saveDocument(db, {
    uri: 'https://other.example/1',
    updatedAt: NOW,
    body: '{"not":"listed"}',
  })
  const answer = await api.get('/export/cafes.ndjson')
  expect(await answer.text()).toBe(`${body}\n`)
  expect(answer.headers.get('Content-Type')).toBe('application/x-ndjson')
  expect(answer.headers.get('X-Content-Type-Options')).toBe('nosniff')
  expect(answer.headers.get('Content-Security-Policy')).toBe('sandbox')
})

test('more than one file holds is led to', async () => {
  const lines = Array.from({ length: 1000 }, (_, index) =>
    JSON.stringify(aBody({ title: `Café ${index}` })),
  )
  const ndjson = { 'Content-Type': 'application/x-ndjson' }
  await api.send('POST', '/api/v1/cafes/batch', lines.join('\n'), ndjson)
  await announce({ title: 'Le mille-et-unième' })
  const first = await api.get('/export/cafes.json?ou=rennes')
  expect((await first.json()).items).toHaveLength(1000)
  const [, next = ''] = /^<(.+)>; rel="next"$/.exec(first.headers.get('Link') ?? '') ?? []
  const second = await api.get(next.slice(api.origin.length))
  expect((await second.json()).items).toHaveLength(1)
  expect(second.headers.get('Link')).toBeNull()
})
