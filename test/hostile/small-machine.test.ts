import { mkdtemp } from 'node:fs/promises'
import { get } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { toDescription } from '../../node/formats/text/html-text.ts'
import { saveCafes } from '../../node/store/cafes/cafes.ts'
import { openDatabase } from '../../node/store/open-database.ts'
import { insertOrganization } from '../../node/store/structures/organizations.ts'
import { openBrowser } from '../support/browser.ts'
import { type ChildServer, startChildServer } from '../support/child-server.ts'
import { feelPulse } from '../support/pulse.ts'
import { createSmallMachine, SMALL_NODE, type SmallMachine } from '../support/small-machine.ts'
import { aCafe } from '../support/some-cafes.ts'
import { submitWithImage } from '../support/uploads.ts'

/**
 * A place on a machine of 512 MB, which everybody wants everything from at once. Where this process may make a group of
 * processes the kernel keeps to the limit; elsewhere the memory that the place holds is read.
 */

const MACHINE = 512 * 1024 ** 2

/** A visitor waits no longer for 99 in 100 pages meanwhile, in milliseconds. */
const LONGEST_PAGE = 500

let server: ChildServer
let machine: SmallMachine | undefined
let browser: ReturnType<typeof openBrowser>
beforeAll(async () => {
  machine = await createSmallMachine(MACHINE)
  const settings = { ROLE: 'node', DATA: await fillPlace(), TRUST_PROXY: '127.0.0.1' }
  server = await startChildServer(settings, { node: SMALL_NODE, processes: machine?.processes })
  browser = openBrowser(server.origin)
  const { pathname } = new URL(await server.command('sign-in-link'))
  await browser.submit(await browser.get(pathname), pathname)
  const words = 'quatre mots sans rapport'
  const page = await browser.get('/administration/bienvenue')
  await browser.submit(page, '/administration/bienvenue', {
    ...{ name: 'Camille', email: 'camille@mediatheque.example' },
    ...{ password: words, passwordAgain: words },
  })
}, 120_000)
afterAll(async () => {
  await server?.stop()
  await machine?.remove()
})

/** Fills the folder of a place with cafés whose files have two to three megabytes. */
async function fillPlace(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'cafe-ia-small-'))
  const db = await openDatabase(join(folder, 'cafe-ia.sqlite'))
  const now = Temporal.Now.instant()
  const structure = { id: 'organization-1', slug: 'cafes', name: 'Médiathèque' }
  await insertOrganization(db, structure, now)
  const description = toDescription(
    '<p>L’essentiel, puis le détail, d’une ligne chacun.</p>'.repeat(150),
  )
  const cafes = Array.from({ length: 300 }, (_, index) =>
    aCafe({ ...description, startsAt: now.add({ hours: 24 * (1 + (index % 60)) }) }),
  )
  await db.transaction().execute((trx) => saveCafes(trx, cafes))
  await db.destroy()
  return folder
}

const FILES = ['/export/cafes.json', '/export/cafes.atom', '/export/cafes.geojson', '/agenda.ics']

/** Requests a file, and reads it only if `isRead`. Returns a function that leaves. */
function ask(nth: number, address: string, isRead: boolean): () => void {
  const path = FILES[nth % FILES.length] ?? '/'
  const headers = { 'x-forwarded-for': address }
  const request = get(server.origin + path, { agent: false, headers }, (answer) => {
    answer.on('error', () => undefined)
    if (isRead) answer.resume()
  })
  request.on('error', () => undefined)
  return () => request.destroy()
}

const table = (rows: number) =>
  [
    'Titre;Date;Début;Fin;Lieu;Code postal;Commune;Description',
    ...Array.from(
      { length: rows },
      (_, at) => `Café ${at};03/12/2026;18:30;20:00;Salle ${at};35000;Rennes;${'mot '.repeat(230)}`,
    ),
  ].join('\n')

/** Imports a table of 5 MB, whose preview has a line for each row. */
async function importTable(): Promise<number> {
  const page = await browser.get('/administration/import')
  const file = { bytes: Buffer.from(table(5000)), name: 'table.csv', type: '', field: 'file' }
  const sender = { server: { origin: server.origin, context: { config: server } }, browser }
  const form = { page, fields: {}, file }
  const shown = await submitWithImage(sender as never, '/administration/import', form)
  return shown.text.match(/<td data-label="Résultat">/g)?.length ?? 0
}

it('2,000 files for one subscriber, 300 readers who read nothing and an import end no place, and nobody waits', {
  timeout: 120_000,
}, async () => {
  await server.takePeakMemory()
  // They have connected before all others, whose connections the kernel hands over one after the other. The second page
  // is made each time.
  const pulses = ['/cafes', '/cafes?fait=x'].map((page) => feelPulse(server.origin + page, 50))
  await setTimeout(1000)
  const leave = Array.from({ length: 300 }, (_, nth) =>
    ask(nth, `203.0.${nth % 200}.${nth >> 7}`, false),
  )
  for (let nth = 0; nth < 2000; nth++)
    leave.push(ask(nth, `2001:db8:1:${nth.toString(16)}::1`, true))
  const imported = importTable()
  await setTimeout(12_000)
  const felt = await Promise.all(pulses.map((pulse) => pulse.stop()))
  for (const each of leave) each()
  // Where it waits for memory, it has it now.
  expect(await imported).toBe(5000)
  const peaks = [await server.takePeakMemory(), (await machine?.readPeak()) ?? 0]
  expect(server.ended()).toBeUndefined()
  for (const { slowest } of felt) expect(slowest).toBeLessThan(LONGEST_PAGE)
  for (const peak of peaks) expect(peak).toBeLessThan(MACHINE)
  expect(server.failures()).toEqual([])
})
