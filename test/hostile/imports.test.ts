import { afterAll, beforeAll, expect, it } from 'vitest'
import { fieldsOf, openBrowser, type Page } from '../support/browser.ts'
import { type ChildServer, startChildServer } from '../support/child-server.ts'
import { calendarOf, eventOf } from '../support/imports.ts'
import { MEASURED } from '../support/measured.ts'
import { feelPulse } from '../support/pulse.ts'
import { post, submitWithImage } from '../support/uploads.ts'

/** The largest files of each kind that a member of the team may import: they are read, shown and written. */

const BYTES = 5 * 1024 ** 2

let server: ChildServer
let browser: ReturnType<typeof openBrowser>
beforeAll(async () => {
  server = await startChildServer({ ROLE: 'node' })
  browser = openBrowser(server.origin)
  const { pathname } = new URL(await server.command('sign-in-link'))
  await browser.submit(await browser.get(pathname), pathname)
  const password = 'quatre mots sans rapport'
  const welcome = { name: 'Camille', email: 'camille@mediatheque.example' }
  const page = await browser.get('/administration/bienvenue')
  const fields = { ...welcome, password, passwordAgain: password }
  await browser.submit(page, '/administration/bienvenue', fields)
})
afterAll(() => server?.stop())

/** Returns so many rows with different texts, as long as 5 MB allow. */
function fill(rows: number, rowOf: (index: number, words: string) => string, between = ' ') {
  const length = Math.floor(BYTES / rows) - Buffer.byteLength(rowOf(rows, '')) - 64
  return Array.from({ length: rows }, (_, index) => rowOf(index, noise(index, length, between)))
}

/** Returns a text that compression hardly shortens. */
function noise(seed: number, length: number, between: string): string {
  let state = seed + 1
  let text = ''
  while (text.length < length) {
    state = (Math.imul(state, 1664525) + 1013904223) | 0
    text += (state >>> 0).toString(36) + between
  }
  return text.slice(0, length)
}

const calendar = (rows: number, property: string, between?: string) =>
  calendarOf(
    ...fill(
      rows,
      (index, words) =>
        eventOf(`UID:cafe-${index}@ville.example`, `${property}:${words}`).join('\r\n'),
      between,
    ).map((event) => [event]),
  )

const day = Temporal.Now.plainDateISO('Europe/Paris').add({ days: 10 }).toLocaleString('fr-FR')

const table = (rows: number) =>
  [
    'Titre;Date;Début;Fin;Lieu;Code postal;Commune;Description',
    ...fill(
      rows,
      (index, words) => `Café ${index};${day};18:30;20:00;Médiathèque;35000;Rennes;${words}`,
    ),
  ].join('\n')

const PATH = '/administration/import'
const CONFIRM = `${PATH}/confirmer`

/** Does something while a visitor requests pages; fails when the server blocks longer than allowed. */
async function withoutHold(what: () => Promise<Page>): Promise<Page> {
  await server.takeLoopDelay()
  const pulse = feelPulse(`${server.origin}/healthz`, 5)
  const page = await what()
  // A request that fails counts as an endless one.
  expect((await pulse.stop()).most).toBeLessThan(20_000)
  expect(await server.takeLoopDelay()).toBeLessThan(200)
  expect(server.failures()).toEqual([])
  return page
}

const sender = () =>
  ({ server: { origin: server.origin, context: { config: server } }, browser }) as never

async function show(name: string, text: string): Promise<Page> {
  const bytes = Buffer.from(text)
  expect(bytes.length).toBeGreaterThan(BYTES * 0.9)
  expect(bytes.length).toBeLessThanOrEqual(BYTES)
  const page = await browser.get(PATH)
  const file = { bytes, name, type: '', field: 'file' }
  const form = { page, fields: {}, file }
  return withoutHold(() => submitWithImage(sender(), PATH, form))
}

const rowsOf = ({ text }: Page): number => text.match(/<td data-label="Résultat">/g)?.length ?? 0

it.each([
  ['calendar.ics', 5000, () => calendar(5000, 'DESCRIPTION')],
  ['pages.ics', 500, () => calendar(500, 'X-ALT-DESC;FMTTYPE=text/html', '</p><p>')],
  ['table.csv', 5000, () => table(5000)],
])(
  'nobody waits while %s of 5 MB and %i rows is read and shown',
  { ...MEASURED, timeout: 120_000 },
  async (name, rows, write) => {
    const shown = await show(name, write())
    expect(shown.status).toBe(200)
    expect(rowsOf(shown)).toBe(rows)
  },
)

it('nobody waits while 5 MB are confirmed and written', {
  ...MEASURED,
  timeout: 60_000,
}, async () => {
  const shown = await show('long.csv', table(60))
  const body = new FormData()
  for (const [name, value] of Object.entries(fieldsOf(shown.text, CONFIRM)))
    body.append(name, String(value))
  const done = await withoutHold(() => post(sender(), CONFIRM, { body }))
  expect(done.status).toBe(200)
  expect(rowsOf(done)).toBe(60)
})
