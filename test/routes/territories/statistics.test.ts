import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { deleteReport, saveReport } from '../../../node/store/reports/reports.ts'
import { announce, signInByLink } from '../../support/admin.ts'
import { type Browser, openBrowser } from '../../support/browser.ts'
import {
  publishTestFacilitator,
  withdrawFacilitatorPage,
} from '../../support/facilitator-profiles.ts'
import { findHtmlErrors } from '../../support/html-errors.ts'
import { setLedBy } from '../../support/led-cafes.ts'
import { scanPrinted } from '../../support/scan.ts'
import { startWeb, type WebServer } from '../../support/server.ts'

let server: WebServer
let visitor: Browser
beforeAll(async () => {
  server = await startWeb({ role: 'hub' })
  visitor = openBrowser(server.origin)
})
afterAll(() => server.stop())

const REPORT = {
  ...{ organizationId: undefined, uri: undefined, isHeld: true, firstTimers: undefined },
  ...{ format: undefined, nextSteps: undefined, words: undefined, isTextPublic: false },
  ...{ picture: undefined, pictureAlt: undefined, isPicturePublic: false, isCounted: true },
  ...{ hiddenReason: undefined, questions: [] },
  createdAt: Temporal.Instant.from('2026-12-01T09:00:00Z'),
  updatedAt: Temporal.Instant.from('2027-06-01T09:00:00Z'),
}

/** Reads the figures until they say this; where counting is slow, a reader gets the former ones. */
async function readCounted(expected: string): Promise<string> {
  const read = async () => plain((await visitor.get('/chiffres')).text)
  await expect.poll(read, { timeout: 20_000 }).toContain(expected)
  return read()
}

const plain = (text: string): string => text.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ')

test('a directory without cafés says that figures will come', async () => {
  const { status, text } = await visitor.get('/chiffres')
  expect(status).toBe(200)
  expect(plain(text)).toContain('Aucun café n’a encore été annoncé')
  expect(plain(text)).toContain('Aucun bilan encore')
})

/** Returns the addresses to which the figures of a page lead. */
const linksOf = (text: string): string[] =>
  [...text.matchAll(/<a href="(\/[^"]*)"><strong>/g)].map(([, href = '']) => unescaped(href))
const unescaped = (text: string): string => text.replaceAll('&amp;', '&')

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
    expect(words).toContain('hors de Paris : pas encore')
    expect(words).toContain('1 structure')
    expect(words).toContain('4 départements')
    for (const href of linksOf(text)) expect((await visitor.get(href)).status, href).toBe(200)
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
    const page = await readCounted('6 cafés tenus')
    expect(page).toContain('Dont 1 réservé')
    expect(page).toContain('80 % hors de Paris')
    // One of those at Die is the school’s, and another is online.
    expect(page).toContain('sur 5 cafés')
    expect(page).toContain('0 % des cafés tenus ont raconté : 0 sur 6')
    expect(page).not.toMatch(/\b0 0 %/)
    expect(page).toContain('4 communes')
  })

  test('what a team tells is counted, and leads to its café; what is hidden is not', async () => {
    const { db } = server.context
    const rows = await db.selectFrom('cafe').select(['id', 'title']).execute()
    const idOf = (name: string) => rows.find(({ title }) => title === name)?.id ?? ''
    await saveReport(db, { ...REPORT, cafeId: idOf('À Die'), participants: 23, firstTimers: 8 })
    await saveReport(db, { ...REPORT, cafeId: idOf('En école'), participants: 30 })
    server.advance({ minutes: 2 })
    const words = await readCounted('2 sur 6')
    expect(words).toMatch(/Participations déclarées depuis [^0-9]+ 20\d\d 53 /)
    expect(words).toContain('33 % des cafés tenus ont raconté : 2 sur 6')
    expect(words).toContain('35 % pour la première fois')
    expect(words).not.toMatch(/53 personnes/)
    const list = await visitor.get('/chiffres/cafes?bilan=1')
    expect(plain(list.text)).toContain('2 cafés , 53 participations déclarées')
    expect(list.text).toContain('À Die')
    expect(list.text).not.toContain('À Rennes')
    const figures = JSON.parse((await visitor.get('/api/v1/figures')).text)
    expect(figures).toMatchObject({
      participations: { total: 53, cafes: `${server.origin}/chiffres/cafes?bilan=1` },
      reports: { total: 2 },
      cafes: { total: 6, cafes: `${server.origin}/chiffres/cafes` },
      reportedShare: { share: 2 / 6 },
    })
    const hidden = { cafeId: idOf('À Die'), participants: 23, hiddenReason: 'spam' }
    await saveReport(db, { ...REPORT, ...hidden })
    await saveReport(db, {
      ...{ ...REPORT, cafeId: idOf('À Rennes') },
      ...{ isHeld: false, participants: undefined },
    })
    server.advance({ minutes: 2 })
    expect(await readCounted('1 sur 5')).toContain('20 % des cafés tenus ont raconté : 1 sur 5')
  })

  test('a certificate says what is true, and its code whether it was changed', async () => {
    const { db } = server.context
    const uri = `${server.origin}/actors/cafes`
    await db
      .updateTable('structure')
      .set({ id: 'mediatheque', name: "L'Établi" })
      .where('uri', '=', uri)
      .execute()
    const pdf = await fetch(`${server.origin}/structures/mediatheque/attestation.pdf`)
    expect(pdf.headers.get('content-type')).toBe('application/pdf')
    const [, address = ''] = /\/URI \((http[^)]*attestation=[^)]*)\)/.exec(await pdf.text()) ?? []
    const check = async (read: string) => plain((await visitor.get(pathOf(read))).text)
    // A web server in front of the site may know it by another scheme or name.
    const { port } = new URL(server.origin)
    const behind = await fetch(`http://localhost:${port}${pathOf(address)}`)
    expect(plain(await behind.text())).toContain('Ce papier est authentique')
    const fresh = await check(address)
    expect(fresh).toContain('Ce papier est authentique')
    expect(fresh).toMatch(/cafés IA tenus 5 5 /)
    expect(fresh).toMatch(/participations déclarées dans ces bilans 30 30 /)
    expect(fresh).toContain('Rien n’a changé depuis')
    const none = await visitor.post('/verifier', { text: 'http/verifier?attestation=a1' })
    expect(none.status).toBe(200)
    // One more participation is written over, a name is, and a signature is made up.
    const forged = [
      address.replace(';30;', ';31;'),
      address.replace('a1;structures/mediatheque;', 'a1;structures/autre;'),
      address.replace(/;z[^;]*$/, `;z${'2'.repeat(87)}`),
      address.replace(/;z[^;]*$/, ''),
    ]
    for (const one of forged) {
      expect(one).not.toBe(address)
      expect(await check(one), one).toContain('Ne vous fiez pas à ce papier')
      expect(await check(one), one).not.toContain('Sur le papier')
    }
    const rows = await db.selectFrom('cafe').select(['id', 'title']).execute()
    await deleteReport(db, rows.find(({ title }) => title === 'En école')?.id ?? '')
    const later = await check(address)
    expect(later).toMatch(/participations déclarées dans ces bilans 30 0 /)
    expect(later).toContain('Ce qui diffère a changé depuis')
    await db.deleteFrom('structure').where('uri', '=', uri).execute()
    const left = await check(address)
    expect(left).toContain('Ce papier est authentique')
    expect(left).toContain('n’est plus sur ce site')
    expect(left).not.toContain('Aujourd’hui')
  })
})

test('a person has one of the cafés that they led; its printed code is what /verifier checks', async () => {
  const { context, origin } = server
  const rows = await context.db.selectFrom('cafe').select(['id', 'title']).execute()
  const person = await publishTestFacilitator({ origin, context })
  const page = async () => (await visitor.get(`/animation/${person.handle}`)).text
  expect(await page()).not.toContain('attestation.pdf')
  await setLedBy(context, rows.find(({ title }) => title === 'À Paris')?.id, [person.id])
  const path = `/animation/${person.handle}/attestation.pdf`
  expect(await page()).toContain(`href="${path}"`)
  const pdf = Buffer.from(await (await fetch(origin + path)).arrayBuffer())
  const [, address = ''] =
    /\/URI \((http[^)]*attestation=[^)]*)\)/.exec(pdf.toString('latin1')) ?? []
  // Their name is on their page while they want it, and in no code.
  expect(address).not.toContain('Camille')
  const checked = plain((await visitor.get(pathOf(address))).text)
  expect(checked).toContain('Ce papier est authentique')
  expect(checked).toMatch(/cafés? IA tenus? 1 1 /)
  expect((await scanPrinted(pdf)) ?? address).toBe(address)
  await withdrawFacilitatorPage({ context }, person)
  expect((await fetch(origin + path)).status).toBe(404)
})

const pathOf = (address: string): string => {
  const { pathname, search } = new URL(address)
  return pathname + search
}
