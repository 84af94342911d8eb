import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { announce, signInByLink } from '../../support/admin.ts'
import { type Browser, openBrowser } from '../../support/browser.ts'
import { findHtmlErrors } from '../../support/html-errors.ts'
import { startWeb, type WebServer } from '../../support/server.ts'

let server: WebServer
let visitor: Browser
beforeAll(async () => {
  server = await startWeb({ role: 'hub' })
  visitor = openBrowser(server.origin)
})
afterAll(() => server.stop())

const plain = (text: string): string => text.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ')

test('a directory without cafés says that figures will come', async () => {
  const { status, text } = await visitor.get('/chiffres')
  expect(status).toBe(200)
  expect(plain(text)).toContain('Aucun café n’a encore été annoncé')
})

describe('once cafés are announced', () => {
  beforeAll(async () => {
    const admin = await signInByLink(server)
    await announce(admin, { title: 'À Rennes', 'venue.town': '35000' })
    await announce(admin, { title: 'À Paris', 'venue.town': '75011' })
    await announce(admin, { title: 'À Die', 'venue.town': 'Die' })
    await announce(admin, { title: 'À Saint-Denis', 'venue.town': '97400' })
    await announce(admin, { title: 'En école', 'venue.town': 'Die', openTo: 'reserved' })
    await announce(admin, {
      title: 'En ligne',
      attendanceMode: 'online',
      onlineUrl: 'https://visio.example/salle',
    })
    server.advance({ hours: 24 })
  })

  test('each figure says what it counts, and leads to its data', async () => {
    const { text } = await visitor.get('/chiffres')
    const words = plain(text)
    expect(words).toContain('5 cafés à venir')
    expect(words).toContain('75 % hors de Paris')
    expect(words).toContain('sur 4 cafés')
    expect(words).toContain('1 structure')
    expect(words).toContain('4 départements')
    for (const [, href = ''] of text.matchAll(/<a href="([^"]+)">Voir les données/g))
      if (href.startsWith('/')) expect((await visitor.get(href)).status, href).toBe(200)
    expect(await findHtmlErrors(text)).toEqual([])
  })

  test('the counts by month and département can be downloaded, and add up to the figures', async () => {
    const csv = await visitor.get('/chiffres.csv')
    const rows: Record<string, string>[] = parse(csv.text, {
      bom: true,
      delimiter: ';',
      columns: true,
    })
    const total = rows.reduce((sum, row) => sum + Number(row.cafes_a_venir), 0)
    expect(total).toBe(5)
    expect(rows.map((row) => row.code_departement).toSorted()).toEqual([
      '',
      '26',
      '35',
      '75',
      '974',
    ])
    const { text } = await visitor.get('/api/v1/figures')
    const figures = JSON.parse(text)
    expect(figures).toMatchObject({ held: 0, toCome: 5, outsideParis: 0.75, organizers: 1 })
    expect(figures.byDepartement).toHaveLength(4)
  })

  test('what is over has been held', async () => {
    server.advance({ hours: 24 * 60 })
    const { text } = await visitor.get('/api/v1/figures')
    expect(JSON.parse(text)).toMatchObject({ held: 5, toCome: 0, cancelled: 0 })
  })
})
