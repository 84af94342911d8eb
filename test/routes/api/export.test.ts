import { createHash } from 'node:crypto'
import { type IncomingHttpHeaders, request } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from 'node:zlib'
import { check } from '@placemarkio/check-geojson'
import { parse } from 'csv-parse/sync'
import ICAL from 'ical.js'
import { toRDF } from 'jsonld'
import Parser from 'rss-parser'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { saveCafeDocument } from '../../../node/store/cafes/cafe-documents.ts'
import { saveDocument } from '../../../node/store/queues/documents.ts'
import { castTable, type TableSchema } from '../../support/table-schema.ts'
import { type ApiServer, aBody, startApi } from './api-server.ts'

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
  expect(await titles('ou=Die&territoire=r-53')).toEqual(['À Die'])
  expect(await titles('ou=Drôme (26)')).toEqual(['À Die'])
  expect(await titles('acces=hi&format=ateliers')).toEqual(['À Rennes'])
  expect(await titles('mode=en-ligne')).toEqual([])
  expect(await titles('mode=presentiel')).toHaveLength(2)
  expect(await titles('ouvert=reserve')).toEqual(['Au lycée'])
  expect(await titles('ouvert=tous')).toHaveLength(3)
  expect(await titles('du=2026-12-10')).toEqual([])
})

test('the table is as its schema says, which it names', async () => {
  const point = { name: 'Salle', postalCode: '35000', commune: 'Rennes' }
  await announce({
    venue: { ...point, latitude: 48.1051, longitude: -1.67437 },
    phone: '02 99 00 00 00',
  })
  await announce({ venue: { ...point, latitude: 48.105, longitude: -1.674 } })
  await announce({ title: '=1+1', reference: 'r1' })
  await announce({
    venue: undefined,
    attendanceMode: 'online',
    onlineUrl: 'https://visio.example/',
  })
  const answer = await api.get('/export/cafes.csv')
  const [, address = ''] =
    /^<(.*)>; rel="describedby"$/.exec(answer.headers.get('Link') ?? '') ?? []
  const schema: TableSchema & { lastModified: string } = await (await fetch(address)).json()
  const cells: string[][] = parse(await answer.text(), { bom: true, delimiter: ';' })
  const rows = castTable(schema, cells)
  const said = rows.map(({ geocodage }) => geocodage)
  expect(said.sort()).toEqual(['adresse', 'commune', 'exact', undefined])
  // A change of the columns must change the date too, and the reverse.
  const columns = createHash('sha256').update(JSON.stringify(schema.fields)).digest('hex')
  expect([columns.slice(0, 12), schema.lastModified]).toEqual(['ca880b1aad8b', '2026-12-01'])
  const { items } = await (await api.get('/api/v1/cafes')).json()
  const read = items.map(({ venue }: { venue: { geocoding: string } | null }) => venue?.geocoding)
  expect(read.sort()).toEqual(['address', 'commune', 'exact', undefined])
})

test('an agenda has names where OpenAgenda has names', async () => {
  await announce()
  const { events, locations } = await (await api.get('/export/openagenda.json')).json()
  const names = { adminLevel1: 'Bretagne', adminLevel2: 'Ille-et-Vilaine', adminLevel4: 'Rennes' }
  expect(locations).toMatchObject([{ ...names, insee: '35238', countryCode: 'FR' }])
  expect(events[0].location).toEqual(locations[0])
})

/** Returns the bytes as they were sent, which `fetch` would decompress. */
function getRaw(path: string, headers: Record<string, string> = {}) {
  const { promise, resolve, reject } = Promise.withResolvers<{
    status: number | undefined
    headers: IncomingHttpHeaders
    bytes: Buffer
  }>()
  request(api.origin + path, { headers }, async (answer) => {
    const { statusCode: status, headers } = answer
    resolve({ status, headers, bytes: await buffer(answer) })
  })
    .on('error', reject)
    .end()
  return promise
}

const DECODERS: Record<string, (bytes: Buffer) => Buffer> = {
  zstd: zstdDecompressSync,
  br: brotliDecompressSync,
  gzip: gunzipSync,
}

test('a file is compressed for who takes it so, and is the same', async () => {
  await announce({ descriptionMarkdown: 'Venez nombreux. '.repeat(500) })
  for (const file of ['cafes.csv', 'cafes.json', 'cafes.ics', 'cafes.ndjson']) {
    const plain = await getRaw(`/export/${file}`)
    expect(plain.headers['content-encoding']).toBeUndefined()
    expect(plain.headers.vary).toContain('Accept-Encoding')
    for (const [encoding, decode] of Object.entries(DECODERS)) {
      const packed = await getRaw(`/export/${file}`, { 'Accept-Encoding': `x, ${encoding};q=0.5` })
      expect(packed.headers['content-encoding']).toBe(encoding)
      expect(decode(packed.bytes)).toEqual(plain.bytes)
      const tag = packed.headers.etag ?? ''
      expect(tag).toMatch(/^W\/"/)
      const known = { 'Accept-Encoding': encoding, 'If-None-Match': tag }
      expect((await getRaw(`/export/${file}`, known)).status).toBe(304)
    }
  }
  const refused = await getRaw('/export/cafes.csv', { 'Accept-Encoding': 'zstd;q=0, gzip;q=0' })
  expect(refused.headers['content-encoding']).toBeUndefined()
})

test('a search that is not understood is no file', async () => {
  for (const search of ['ou=00000', 'territoire=x-1', 'near=zzzzzz', 'du=hier']) {
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
  await saveCafeDocument(db, { uri: cafe.id, body })
  await saveDocument(db, { uri: 'https://other.example/1', body: '{"not":"listed"}' })
  const answer = await api.get('/export/cafes.ndjson')
  expect(await answer.text()).toBe(`${body}\n`)
  expect(answer.headers.get('Content-Type')).toBe('application/x-ndjson')
  expect(answer.headers.get('X-Content-Type-Options')).toBe('nosniff')
  expect(answer.headers.get('Content-Security-Policy')).toBe('sandbox')
})

describe('of more cafés than are gathered', () => {
  const COUNT = 1250

  beforeEach(async () => {
    for (const from of [0, 1000]) {
      const lines = Array.from({ length: Math.min(1000, COUNT - from) }, (_, index) =>
        JSON.stringify(aBody({ title: `Café ${from + index}`, reference: `r${from + index}` })),
      )
      const sent = await api.send('POST', '/api/v1/cafes/batch', lines.join('\n'), NDJSON)
      expect(sent.status).toBe(200)
    }
  })

  test('every format is one whole file that the readers of others understand, sent as it is read', async () => {
    const of = async (file: string): Promise<string> => {
      // Parsing the answer takes longer than the server keeps an idle connection.
      const answer = await api.get(`/export/${file}?ou=rennes`, { connection: 'close' })
      expect(answer.headers.get('Content-Length'), file).toBeNull()
      expect(answer.headers.get('Access-Control-Allow-Origin')).toBe('*')
      return answer.text()
    }
    const rows = parse<{ id: string }>(await of('cafes.csv'), {
      bom: true,
      delimiter: ';',
      columns: true,
    })
    expect(new Set(rows.map(({ id }) => id)).size).toBe(COUNT)

    const calendar = new ICAL.Component(ICAL.parse(await of('cafes.ics')))
    expect(calendar.getAllSubcomponents('vevent')).toHaveLength(COUNT)

    expect(featuresOf(await of('cafes.geojson'))).toHaveLength(COUNT)

    const linked = JSON.parse(await of('cafes.jsonld'))
    // Only the terms matter here, and no test downloads a context.
    const quads = (await toRDF({
      ...linked,
      '@context': { '@vocab': 'https://schema.org/' },
    })) as unknown as { object: { value: string } }[]
    const events = quads.filter(({ object }) => object.value === 'https://schema.org/Event')
    expect(events).toHaveLength(COUNT)

    expect(JSON.parse(await of('cafes.json')).items).toHaveLength(COUNT)
    const agenda = JSON.parse(await of('openagenda.json'))
    expect(agenda.events).toHaveLength(COUNT)
    expect(agenda.locations).toHaveLength(1)
  })

  test('a feed links to its next page instead', async () => {
    const first = await api.get('/export/cafes.atom?ou=rennes')
    expect((await new Parser().parseString(await first.text())).items).toHaveLength(1000)
    const [, next = ''] = /^<(.+)>; rel="next"$/.exec(first.headers.get('Link') ?? '') ?? []
    const second = await api.get(next.slice(api.origin.length))
    expect((await new Parser().parseString(await second.text())).items).toHaveLength(COUNT - 1000)
    expect(second.headers.get('Link')).toBeNull()
  })
})

function featuresOf(text: string) {
  const collection = check(text)
  if (collection.type !== 'FeatureCollection') throw new Error(`a ${collection.type}`)
  return collection.features
}

const NDJSON = { 'Content-Type': 'application/x-ndjson' }

test('a search is a map: points at longitude and latitude, nothing of the online ones but their words', async () => {
  const here = await announce()
  const online = await announce({
    title: 'En ligne',
    startsAt: '2026-12-10T18:30:00',
    venue: null,
    attendanceMode: 'online',
    onlineUrl: 'https://visio.example/cafe',
  })
  const answer = await api.get('/export/cafes.geojson')
  expect(answer.headers.get('Content-Type')).toBe('application/geo+json')
  const features = featuresOf(await answer.text())
  expect(features.map(({ id, geometry }) => [id, geometry?.type])).toEqual([
    [here.id, 'Point'],
    [online.id, undefined],
  ])
  const [feature] = features
  if (feature?.geometry?.type !== 'Point') throw new Error('the first is at Rennes')
  const [longitude = 0, latitude = 0] = feature.geometry.coordinates
  expect([Math.round(longitude), Math.round(latitude)]).toEqual([-2, 48])
  expect(feature.properties).toMatchObject({ titre: 'L’IA au quotidien', code_postal: '35000' })
})

test('a search is what an agenda of agendas takes: events with an end, and each place once', async () => {
  const cafe = await announce({
    summary: 'Pour commencer.',
    accessibility: ['hi'],
    phone: '02 99 00 00 00',
  })
  await announce({ title: 'Un autre', startsAt: '2026-12-10T18:30:00' })
  const text = await (await api.get('/export/openagenda.json')).text()
  expect(text).not.toContain('02 99')
  const { events, locations } = JSON.parse(text)
  expect(events).toHaveLength(2)
  expect(events[0]).toMatchObject({
    extIds: [{ key: 'cafeia', value: cafe.id }],
    title: { fr: 'L’IA au quotidien' },
    description: { fr: 'Pour commencer.' },
    timings: [{ begin: '2026-12-09T18:30:00+01:00', end: '2026-12-09T20:00:00+01:00' }],
    timezone: 'Europe/Paris',
    attendanceMode: 1,
    status: 1,
    state: 2,
    accessibility: { hi: true, vi: false },
    locationUid: locations[0].uid,
  })
  expect(locations).toEqual([
    expect.objectContaining({
      name: 'Les Champs Libres',
      postalCode: '35000',
      insee: '35238',
      countryCode: 'FR',
    }),
  ])
  expect(Number.isSafeInteger(locations[0].uid)).toBe(true)
})
