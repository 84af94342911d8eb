import { createHash } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { check } from '@placemarkio/check-geojson'
import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { readConfig } from '../../../node/config.ts'
import { OPEN_DATA_COLUMNS } from '../../../node/formats/csv/cafe-columns.ts'
import { dump } from '../../../node/jobs/dump.ts'
import { startServer } from '../../../node/server/server.ts'
import { createToken } from '../../../node/store/accounts/api-tokens.ts'
import { saveCafeDocument } from '../../../node/store/cafes/cafe-documents.ts'
import { isOpenDataWanted } from '../../../node/store/files/open-data.ts'
import { columnsEn } from '../../../ui/locales/en/columns.ts'
import { freePort } from '../../support/ports.ts'
import { readable } from '../../support/readable.ts'
import { startWeb, type WebServer } from '../../support/server.ts'
import { castRow, castTable, type TableSchema } from '../../support/table-schema.ts'

let web: WebServer
let token: string
let signed: string

const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(web.origin + path, { headers, redirect: 'manual' })

/** Personal data that must not be in the tables. */
const EMAIL = 'camille.martin@example.org'
const MOBILE = '06 12 34 56 78'

beforeAll(async () => {
  web = await startWeb({ role: 'hub' })
  const { db, now } = web.context
  const organizationId = web.organization.id
  token = (await createToken(db, { organizationId, label: 'test' }, now())).token
})
afterAll(async () => {
  expect(web.failures).toEqual([])
  await web.stop()
})

async function announce(
  changes: Record<string, unknown>,
): Promise<{ id: string; updatedAt: string }> {
  const answer = await fetch(`${web.origin}/api/v1/cafes`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({
      title: 'L’IA au quotidien',
      startsAt: '2026-12-09T18:30:00',
      venue: {
        name: 'Les Champs Libres',
        streetAddress: '10 cours des Alliés',
        postalCode: '35000',
        commune: 'Rennes',
      },
      ...changes,
    }),
  })
  expect(answer.status).toBe(201)
  return answer.json()
}

test('on a server that runs, the files come by themselves when somebody looks', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'cafe-ia-open-data-'))
  const port = await freePort()
  const origin = `http://127.0.0.1:${port}`
  const server = await startServer(
    readConfig({
      CAFE_IA_ROLE: 'hub',
      CAFE_IA_ORIGIN: origin,
      CAFE_IA_PORT: String(port),
      CAFE_IA_DATA: folder,
    }),
  )
  try {
    const file = () => fetch(`${origin}/donnees-ouvertes/cafes-ia.csv`)
    expect((await file()).status).toBe(503)
    await vi.waitFor(async () => expect((await file()).status).toBe(200), { timeout: 10_000 })
    expect(await (await file()).text()).toMatch(/^(\ufeff)?id;titre;[^\n]*\r\n$/)
  } finally {
    await server.stop()
    await rm(folder, { recursive: true, force: true })
  }
})

describe('before the first night', () => {
  test('the page says that the files are in the making, asks for them once, and waits for nobody', async () => {
    const page = await (await get('/donnees-ouvertes')).text()
    expect(page).toContain('Les fichiers sont en préparation')
    expect(web.wakes()).toBe(1)
    await get('/donnees-ouvertes')
    expect(web.wakes()).toBe(1)
    expect(await isOpenDataWanted(web.context.db, undefined)).toBe(true)
    const file = await get('/donnees-ouvertes/cafes-ia.csv')
    expect(file.status).toBe(503)
    expect(file.headers.get('Retry-After')).toBe('30')
  })

  test('the short address leads to the page', async () => {
    const answer = await get('/donnees')
    expect([answer.status, answer.headers.get('Location')]).toEqual([301, '/donnees-ouvertes'])
  })
})

describe('once they are made', () => {
  beforeAll(async () => {
    const { db } = web.context
    const cafe = await announce({
      summary: `Écrivez à ${EMAIL}`,
      descriptionMarkdown: `Appelez Camille au ${MOBILE} ou au +33 6 12 34 56 78.`,
      phone: MOBILE,
      registration: { mode: 'phone' },
      accessibility: ['mi'],
      audiences: ['parents'],
    })
    await announce({ title: 'La même salle', startsAt: '2026-12-16T18:30:00' })
    await announce({
      title: '=2+2',
      openTo: 'reserved',
      venue: { name: 'Lycée', codeInsee: '26113' },
    })
    await announce({ title: 'Un brouillon', draft: true })
    await announce({
      title: 'En ligne',
      venue: null,
      attendanceMode: 'online',
      onlineUrl: 'https://visio.example/cafe',
    })
    signed = `{"id":"${cafe.id}","name":"signé","proof":{"é":1}}`
    await saveCafeDocument(db, { uri: cafe.id, body: signed })
    await dump(web.context)
  })

  const text = async (name: string): Promise<string> => {
    const answer = await get(`/donnees-ouvertes/${name}`)
    expect(answer.status, name).toBe(200)
    expect(answer.headers.get('Access-Control-Allow-Origin')).toBe('*')
    // The byte order mark of UTF-8 is part of the file.
    return new TextDecoder('utf-8', { ignoreBOM: true }).decode(await answer.arrayBuffer())
  }

  test('the page lists each file with its size and its digest, which are those of the file', async () => {
    const page = await (await get('/donnees-ouvertes')).text()
    expect(page).toContain('4\u00a0cafés')
    const files = ['cafes-ia.csv', 'cafes-ia.geojson', 'cafes-ia.ndjson', 'lieux-de-mediation.csv']
    const { resources } = await (await get('/donnees-ouvertes/datapackage.json')).json()
    for (const name of files) {
      const bytes = new Uint8Array(await (await get(`/donnees-ouvertes/${name}`)).arrayBuffer())
      const digest = createHash('sha256').update(bytes).digest('hex')
      expect(page).toContain(digest)
      expect(resources).toContainEqual(
        expect.objectContaining({ path: name, bytes: bytes.length, hash: `sha256:${digest}` }),
      )
    }
  })

  test('the table opens in a French spreadsheet and follows its schema, as its example does', async () => {
    const schema: TableSchema = await (await get('/donnees-ouvertes/schema.json')).json()
    for (const name of ['exemple.csv', 'cafes-ia.csv']) {
      const whole = await text(name)
      expect(whole.startsWith('\ufeffid;titre;')).toBe(true)
      const rows: string[][] = parse(whole, { bom: true, delimiter: ';' })
      const read = castTable(schema, rows)
      expect(read.length, name).toBe(rows.length - 1)
      expect(read[0]?.gratuit).toBe(true)
    }
  })

  test('the page says which column only the file of a search has', async () => {
    const headOf = (csv: string) => csv.replace('\ufeff', '').split('\r\n')[0]?.split(';') ?? []
    const daily = headOf(await text('cafes-ia.csv'))
    const found = headOf(await (await get('/export/cafes.csv?ou=35000')).text())
    expect(found.filter((name) => !daily.includes(name))).toEqual(['telephone'])
    const page = await (await get('/donnees-ouvertes')).text()
    expect(page).toMatch(/Le fichier d’une recherche a une colonne de plus, «\stelephone\s»/u)
  })

  test('the schema refuses what no café is', async () => {
    const schema: TableSchema = await (await get('/donnees-ouvertes/schema.json')).json()
    const [head = [], first = []]: string[][] = parse(await text('exemple.csv'), {
      bom: true,
      delimiter: ';',
    })
    const broken = (column: string, value: string) => {
      const row = [...first]
      row[head.indexOf(column)] = value
      return () => castRow(schema, row)
    }
    expect(broken('statut', 'prévu')).not.toThrow()
    for (const [column, value] of [
      ['statut', 'peut-être'],
      ['id', ''],
      ['code_postal', '3500'],
      ['latitude', '91'],
      ['debut', 'hier'],
      ['gratuit', 'Non, 5 €'],
    ] as const)
      expect(broken(column, value), column).toThrow()
  })

  test('no table leads to a person: neither by a column nor by what was written in a text', async () => {
    const tables = ['cafes-ia.csv', 'lieux-de-mediation.csv']
    const columns: Record<string, string[]> = {}
    for (const name of [...tables, 'cafes-ia.geojson']) {
      const whole = await text(name)
      for (const contact of [EMAIL, MOBILE, '6 12 34 56 78', 'camille.martin'])
        expect(whole, name).not.toContain(contact)
      if (!tables.includes(name)) continue
      const [head = []]: string[][] = parse(whole, { bom: true, delimiter: ';' })
      columns[name] = head
    }
    expect(columns['cafes-ia.csv']).toEqual(
      'id titre resume description debut fin fuseau statut statut_note lieu adresse code_postal commune code_insee departement region latitude longitude geocodage mode lien_en_ligne gratuit inscription_mode inscription_url jauge format themes ressources intentions publics acces langues soutien access_hi access_vi access_pi access_mi access_ii structure structure_url lien serie image_url image_alt date_maj'.split(
        ' ',
      ),
    )
    // The columns for contacts, which the standard requires, stay empty.
    const places: Record<string, string>[] = parse(await text('lieux-de-mediation.csv'), {
      bom: true,
      delimiter: ';',
      columns: true,
    })
    expect(places.map(({ telephone, courriels }) => [telephone, courriels])).toEqual([['', '']])
  })

  test('the map is GeoJSON, the originals are given byte for byte', async () => {
    const collection = check(await text('cafes-ia.geojson'))
    if (collection.type !== 'FeatureCollection') throw new Error('not a collection')
    expect(collection.features).toHaveLength(4)
    expect(await text('cafes-ia.ndjson')).toBe(`${signed}\n`)
  })

  test('a place where cafés are open to all is a place of digital mediation, once', async () => {
    const places = parse(await text('lieux-de-mediation.csv'), {
      bom: true,
      delimiter: ';',
      columns: true,
    })
    expect(places).toEqual([
      expect.objectContaining({
        id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        pivot: expect.stringMatching(/^[a-zA-Z0-9]{9,14}$/),
        nom: 'Les Champs Libres',
        commune: 'Rennes',
        code_postal: '35000',
        code_insee: '35238',
        adresse: '10 cours des Alliés',
        date_maj: '2026-11-25',
        services: 'Compréhension du monde numérique',
        frais_a_charge: 'Gratuit',
        prise_en_charge_specifique: 'Handicaps moteurs',
      }),
    ])
  })

  test('a download that was cut goes on where it was, unless the file is another one', async () => {
    const path = '/donnees-ouvertes/cafes-ia.csv'
    const whole = Buffer.from(await (await get(path)).arrayBuffer())
    // A compressed file has no ranges: its ETag is weak, and a request for a range gets the whole file.
    const packed = await get(path, { 'Accept-Encoding': 'br' })
    const weak = packed.headers.get('ETag') ?? ''
    expect([packed.headers.get('Content-Encoding'), weak.slice(0, 2)]).toEqual(['br', 'W/'])
    expect(Buffer.from(await packed.arrayBuffer())).toEqual(whole)
    const identity = await get(path, { 'Accept-Encoding': 'identity' })
    const etag = identity.headers.get('ETag') ?? ''
    expect(identity.headers.get('Content-Length')).toBe(String(whole.length))
    const part = async (range: string, more: Record<string, string> = {}) => {
      const answer = await get(path, { Range: range, ...more })
      return [
        answer.status,
        answer.headers.get('Content-Range'),
        Buffer.from(await answer.arrayBuffer()).toString('latin1'),
      ]
    }
    const size = whole.length
    const cut = (start: number, end: number) => whole.subarray(start, end).toString('latin1')
    expect(await part('bytes=0-9')).toEqual([206, `bytes 0-9/${size}`, cut(0, 10)])
    expect(await part('bytes=100-')).toEqual([206, `bytes 100-${size - 1}/${size}`, cut(100, size)])
    expect(await part('bytes=-5')).toEqual([
      206,
      `bytes ${size - 5}-${size - 1}/${size}`,
      cut(size - 5, size),
    ])
    expect(await part('bytes=10-', { 'If-Range': etag })).toEqual([
      206,
      `bytes 10-${size - 1}/${size}`,
      cut(10, size),
    ])
    expect((await part('bytes=10-', { 'If-Range': '"another"' }))[0]).toBe(200)
    expect((await part('bytes=10-', { 'If-Range': weak }))[0]).toBe(200)
    expect((await part(`bytes=${size}-`)).slice(0, 2)).toEqual([416, `bytes */${size}`])
    expect((await part('bytes=0-1,5-6'))[0]).toBe(200)
    expect((await part('lines=1-2'))[0]).toBe(200)
    expect((await get(path, { 'If-None-Match': etag })).status).toBe(304)
    const head = await fetch(web.origin + path, { method: 'HEAD' })
    expect([head.status, head.headers.get('Content-Length')]).toEqual([200, String(size)])
  })

  test('files made again replace those before; what is being read is read to its end', async () => {
    const before = await get('/donnees-ouvertes/cafes-ia.csv')
    web.advance({ hours: 24 })
    await announce({ title: 'Le lendemain' })
    await dump(web.context)
    expect(await before.text()).not.toContain('Le lendemain')
    const after = await get('/donnees-ouvertes/cafes-ia.csv')
    expect(after.headers.get('ETag')).not.toBe(before.headers.get('ETag'))
    expect(await after.text()).toContain('Le lendemain')
  })

  test('an edition that is interrupted leaves the files as they were', async () => {
    const known = await text('cafes-ia.csv')
    web.advance({ hours: 24 })
    await announce({ title: 'Arrêté' })
    await dump(web.context, AbortSignal.abort())
    expect(await text('cafes-ia.csv')).toBe(known)
  })

  test('after a night without a new edition the next visit has one made', async () => {
    const wakes = web.wakes()
    web.advance({ hours: 48 })
    const page = await (await get('/donnees-ouvertes')).text()
    expect(page).toContain('cafes-ia.csv')
    expect(web.wakes()).toBe(wakes + 1)
  })

  test('no name reaches another file of the server', async () => {
    for (const name of ['current.json', 'test.sqlite', 'cafes-ia.csv.part'])
      expect((await get(`/donnees-ouvertes/${name}`)).status, name).toBeGreaterThanOrEqual(400)
  })
})

test('the page describes the columns in its language, and the schema in French', async () => {
  const french = await (await get('/donnees-ouvertes?lang=fr')).text()
  const english = await (await get('/donnees-ouvertes?lang=en')).text()
  for (const { name, description } of OPEN_DATA_COLUMNS) {
    const meaning = new RegExp(`<code>${name}</code></th><td[^>]*>[^<]*</td><td[^>]*>([^<]*)`)
    const [fr, en] = [french, english].map((page) => readable(meaning.exec(page)?.[1] ?? ''))
    expect([name, fr]).toEqual([name, readable(description)])
    expect([name, en]).toEqual([name, columnsEn[name]])
  }
  expect(Object.keys(columnsEn)).toEqual(OPEN_DATA_COLUMNS.map(({ name }) => name))
})
