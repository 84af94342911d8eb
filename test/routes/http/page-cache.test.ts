import { request } from 'node:http'
import { connect } from 'node:net'
import { buffer, text } from 'node:stream/consumers'
import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openDatabase } from '../../../node/store/open-database.ts'
import { announce, signInByLink } from '../../support/admin.ts'
import { listStatements } from '../../support/asked-statements.ts'
import type { Browser } from '../../support/browser.ts'
import { cancelCafe } from '../../support/own-cafes.ts'
import { startWeb, type WebServer } from '../../support/server.ts'

let server: WebServer
let admin: Browser
beforeAll(async () => {
  server = await startWeb()
  admin = await signInByLink(server)
})
afterAll(() => server.stop())

type Answer = { status: number; headers: Record<string, string | undefined>; body: Buffer }

/** Returns the body as it is sent: `fetch` would ask for compression and decompress it. */
function ask(
  path: string,
  headers: Record<string, string> = {},
  method: 'GET' | 'HEAD' = 'GET',
): Promise<Answer> {
  const { promise, resolve, reject } = Promise.withResolvers<Answer>()
  request(server.origin + path, { headers, method }, async (response) => {
    const known = response.headers as Record<string, string | undefined>
    resolve({ status: response.statusCode ?? 0, headers: known, body: await buffer(response) })
  })
    .on('error', reject)
    .end()
  return promise
}

const read = async (path: string, headers?: Record<string, string>): Promise<string> =>
  (await ask(path, headers)).body.toString()

/** Counts the queries to the database during some work. */
const countQueries = async (work: () => Promise<unknown>): Promise<number> =>
  (await listStatements(work)).length

describe('a public page', () => {
  test('is made once, and then costs the database nothing but the question whether anything changed', async () => {
    await announce(admin, { title: 'Une page, mille lectures' })
    const first = await read('/cafes')
    const pages: string[] = []
    const queries = await countQueries(async () => {
      for (let turn = 0; turn < 20; turn++) pages.push(await read('/cafes'))
    })
    expect(new Set(pages)).toEqual(new Set([first]))
    expect(queries).toBeLessThanOrEqual(20)
  })

  test('that was compressed for one is made for nobody else, whatever they can unpack', async () => {
    const first = await ask('/cafes?mois=2026-10', { 'accept-encoding': 'br' })
    const text = brotliDecompressSync(first.body)
    const others: Answer[] = []
    const queries = await countQueries(async () => {
      for (const encoding of ['gzip', 'identity', 'zstd', 'br', 'identity'])
        others.push(await ask('/cafes?mois=2026-10', { 'accept-encoding': encoding }))
    })
    expect(queries).toBeLessThanOrEqual(others.length)
    expect(new Set(others.map(({ headers }) => headers.etag))).toEqual(
      new Set([first.headers.etag]),
    )
    const [zipped, plain, quick, again, plainAgain] = others.map(({ body }) => body)
    expect(zipped && gunzipSync(zipped)).toEqual(text)
    expect(plain).toEqual(text)
    expect(quick && zstdDecompressSync(quick)).toEqual(text)
    expect(again).toEqual(first.body)
    expect(plainAgain).toEqual(text)
  })

  test('that twenty people ask for at once is made once', async () => {
    const alone = await countQueries(() => read('/cafes?mois=2026-11'))
    const together = await countQueries(() =>
      Promise.all(Array.from({ length: 20 }, () => read('/cafes?mois=2026-12'))),
    )
    expect(alone).toBeGreaterThan(2)
    expect(together).toBeLessThan(alone * 3 + 20)
  })

  test('says that a café is cancelled as soon as it is', async () => {
    const title = 'Café qui n’aura pas lieu'
    const id = await announce(admin, { title, date: '2026-12-14' })
    for (const path of [`/cafes/${id}`, '/cafes']) {
      expect(await read(path)).toContain(title)
      expect(await read(path)).not.toContain('Salle inondée')
    }
    const situation = `/administration/cafes/${id}/situation`
    await admin.submit(await admin.get(situation), situation, {
      situation: 'cancelled',
      'note.cancelled': 'Salle inondée',
    })
    expect(await read(`/cafes/${id}`)).toContain('Salle inondée')
    expect(await read('/cafes')).toMatch(/annulé/i)
  })

  test('says so also when another process cancelled it', async () => {
    const id = await announce(admin, { title: 'Annulé d’ailleurs', date: '2026-12-15' })
    const { database } = server.context.config
    const beside = await openDatabase(database)
    try {
      for (let turn = 0; turn < 2; turn++)
        expect(await read(`/cafes/${id}`)).not.toContain('Grève des trains')
      await cancelCafe(beside, { id, reason: 'Grève des trains' }, server.context.now())
      expect(await read(`/cafes/${id}`)).toContain('Grève des trains')
    } finally {
      await beside.destroy()
    }
  })

  test('that a transaction taken back would have changed is as it was, and as it is afterwards', async () => {
    const { db } = server.context
    const id = await announce(admin, { title: 'Titre du début', date: '2026-12-16' })
    const setTitle = (title: string) => (trx: typeof db) =>
      trx.updateTable('cafe').set({ title }).where('id', '=', id).execute()
    await read(`/cafes/${id}`)
    let during = ''
    await db
      .transaction()
      .execute(async (trx) => {
        await setTitle('Titre jamais dit')(trx)
        during = await read(`/cafes/${id}`)
        throw new Error('taken back')
      })
      .catch(() => undefined)
    expect(during).toContain('Titre du début')
    expect(await read(`/cafes/${id}`)).toContain('Titre du début')
    await setTitle('Titre de la fin')(db)
    expect(await read(`/cafes/${id}`)).toContain('Titre de la fin')
  })

  test('takes the name of the place as soon as it has another', async () => {
    await read('/')
    const { db } = server.context
    const later = { name: 'Médiathèque du Port' }
    await db.updateTable('organization').set(later).execute()
    expect(await read('/')).toContain('Médiathèque du Port')
    await db.updateTable('organization').set({ name: 'Médiathèque du Canal' }).execute()
  })

  test('is another one in the next minute: what is over is said to be', async () => {
    const title = 'Ce matin même'
    await announce(admin, { title, date: '2026-11-25', time: '10:30' })
    expect(await read('/cafes')).toContain(title)
    server.advance({ hours: 4 })
    try {
      expect(await read('/cafes')).not.toContain(title)
    } finally {
      server.advance({ hours: -4 })
    }
  })

  test('is in the language of each reader, and in the form that each program asks for', async () => {
    const id = await announce(admin, { date: '2026-12-17' })
    for (let turn = 0; turn < 2; turn++) {
      expect(await read('/cafes', { 'accept-language': 'en-GB' })).toContain('<html lang="en">')
      expect(await read('/cafes', { 'accept-language': 'fr-CA' })).toContain('<html lang="fr">')
      expect(await read('/cafes?lang=en')).toContain('<html lang="en">')
      const page = await ask(`/cafes/${id}`, { accept: 'text/html' })
      expect(page.headers['content-type']).toContain('text/html')
      const event = await ask(`/cafes/${id}`, { accept: 'application/activity+json' })
      // The signed Event is written by the delivery job, which does not run here.
      expect([event.status, event.headers.vary]).toEqual([404, 'Accept, Accept-Language'])
    }
  })

  test('of a café leads back to the search of each visitor, and never to that of another', async () => {
    const id = await announce(admin, { date: '2026-12-19' })
    const back = async (referer?: string) => {
      const page = await ask(`/cafes/${id}`, referer === undefined ? {} : { referer })
      expect(page.headers.vary).toContain('Referer')
      return /class="way-back"><a href="([^"]*)"/.exec(page.body.toString())?.[1]
    }
    const { origin } = server
    for (let turn = 0; turn < 2; turn++) {
      expect(await back()).toBe('/cafes')
      expect(await back(`${origin}/?ou=Rennes&rayon=10`)).toBe('/?ou=Rennes&amp;rayon=10')
      expect(await back(`${origin}/territoires/35`)).toBe('/territoires/35')
      expect(await back(`${origin}/cafes?mois=2026-12`)).toBe('/cafes?mois=2026-12')
      for (const other of [
        'https://ailleurs.example/?ou=Rennes',
        `${origin}.example/?ou=Rennes`,
        `${origin}//ailleurs.example/`,
        `${origin}/cafes/${id}`,
        `${origin}/administration/cafes`,
        `${origin}/?${'a'.repeat(2000)}`,
        'javascript:alert(1)',
        origin,
      ])
        expect(await back(other), other).toBe('/cafes')
    }
  })
})

describe('whoever is signed in', () => {
  test('gets their own page, and leaves none of it to others', async () => {
    const id = await announce(admin, { date: '2026-12-18' })
    const edit = `/administration/cafes/${id}`
    for (let turn = 0; turn < 2; turn++) {
      const own = await admin.get(`/cafes/${id}`)
      expect(own.text).toContain(edit)
      expect(own.headers.get('cache-control')).toBe('private, no-cache')
      expect(own.headers.has('content-encoding')).toBe(false)
      expect(await read(`/cafes/${id}`)).not.toContain(edit)
    }
  })

  test('is not told that a page is unchanged since before they came in', async () => {
    const tag = (await ask('/')).headers.etag ?? ''
    expect((await admin.get('/', { 'if-none-match': tag })).status).toBe(200)
  })
})

describe('what goes over the wire', () => {
  test.each([
    ['br, gzip', 'br', (body: Buffer) => brotliDecompressSync(body)],
    ['gzip', 'gzip', (body: Buffer) => gunzipSync(body)],
    ['br;q=0, gzip', 'gzip', (body: Buffer) => gunzipSync(body)],
    ['gzip;q=0', undefined, (body: Buffer) => body],
    ['zstd', 'zstd', (body: Buffer) => zstdDecompressSync(body)],
    ['gzip, br, zstd;q=0', 'br', (body: Buffer) => brotliDecompressSync(body)],
    ['deflate', undefined, (body: Buffer) => body],
  ])('for « %s » is %s, the same text', async (accepted, encoding, undo) => {
    for (const path of ['/cafes', '/public/style.css', '/agenda.ics', '/api/v1/cafes']) {
      const plain = await ask(path)
      for (let turn = 0; turn < 2; turn++) {
        const { headers, body, status } = await ask(path, { 'accept-encoding': accepted })
        expect([path, status, headers['content-encoding']]).toEqual([path, 200, encoding])
        expect(undo(body).equals(plain.body)).toBe(true)
        expect(headers.vary).toContain('Accept-Encoding')
        if (encoding) expect(body.length).toBeLessThan(plain.body.length / 2)
      }
    }
  })

  test('is zstd for browsers, which is less work; what is compressed once is br, which is shorter', async () => {
    const encodingOf = async (path: string) =>
      (await ask(path, { 'accept-encoding': 'gzip, deflate, br, zstd' })).headers[
        'content-encoding'
      ]
    expect(await encodingOf('/cafes')).toBe('zstd')
    expect(await encodingOf('/public/style.css')).toBe('br')
  })

  test('is nothing when the reader has it already, whatever the encoding, and then it is not made', async () => {
    for (const path of ['/cafes', '/agenda.ics', '/api/v1/cafes', '/public/style.css']) {
      const { headers } = await ask(path, { 'accept-encoding': 'br' })
      const queries = await countQueries(async () => {
        const again = await ask(path, { 'if-none-match': headers.etag ?? '' })
        expect([path, again.status, again.body.length]).toEqual([path, 304, 0])
        expect(again.headers.etag).toBe(headers.etag)
      })
      expect(queries).toBeLessThanOrEqual(1)
    }
    const { etag = '' } = (await ask('/')).headers
    await announce(admin, { date: '2026-11-26' })
    expect((await ask('/', { 'if-none-match': etag })).status).toBe(200)
  })

  test('has the same head for HEAD, and no body', async () => {
    for (const headers of [{}, { 'accept-encoding': 'br' }]) {
      const got = await ask('/cafes', headers)
      const head = await ask('/cafes', headers, 'HEAD')
      const { date: _, ...gotHead } = got.headers
      const { date: __, ...headHead } = head.headers
      expect(headHead).toEqual(gotHead)
      expect(head.body.length).toBe(0)
      expect(got.headers['content-length']).toBe(String(got.body.length))
    }
    const unasked = await ask('/cafes?mois=2027-03', {}, 'HEAD')
    expect([unasked.status, unasked.body.length]).toEqual([200, 0])
    expect(await read('/cafes?mois=2027-03')).toContain('<h1')
  })

  test('is the answer to a request with a body too, and the next on its connection is understood', async () => {
    const socket = connect({ port: Number(new URL(server.origin).port), host: '127.0.0.1' })
    const kept = 'GET /cafes?mois=2026-09 HTTP/1.1\r\nHost: x\r\n'
    const received = text(socket)
    for (let turn = 0; turn < 3; turn++) socket.write(`${kept}Content-Length: 4\r\n\r\nbody`)
    socket.write(`${kept}Connection: close\r\n\r\n`)
    expect((await received).match(/HTTP\/1\.1 \d+/g)).toEqual(Array(4).fill('HTTP/1.1 200'))
  })

  test('may be shown by others only after asking whether it still holds', async () => {
    const { headers } = await ask('/cafes')
    expect(headers['cache-control']).toBe('public, max-age=0, must-revalidate')
    expect(headers['content-security-policy']).toContain("default-src 'none'")
  })
})

test('a page that fails or that routes keep out of caches is kept by none', async () => {
  expect((await ask('/nowhere')).headers.etag).toBeUndefined()
  expect((await ask('/healthz')).headers['cache-control']).toBe('no-store')
  expect((await ask('/administration/connexion')).headers['cache-control']).toBe('no-store')
  expect((await ask('/a%5Cb')).status).toBe(400)
})
