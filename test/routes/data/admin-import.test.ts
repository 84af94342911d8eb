import { afterEach, beforeEach, expect, test } from 'vitest'
import { signInByLink } from '../../support/admin.ts'
import { type Browser, type Fields, fieldsOf, type Page } from '../../support/browser.ts'
import { startWeb, type WebServer } from '../../support/server.ts'

const PATH = '/administration/import'

let server: WebServer
let browser: Browser
let asked: string[]
beforeEach(async () => {
  asked = []
  server = await startWeb({
    calendar: async (url) => {
      asked.push(url)
      if (url.includes('refused')) return { outcome: 'refused', reason: 'remote.blocked_address' }
      return { outcome: 'fetched', bytes: Buffer.from(calendar()), contentType: 'text/calendar' }
    },
  })
  browser = await signInByLink(server)
})
afterEach(() => server.stop())

function calendar(changes: { summary?: string; status?: string } = {}): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Ville de Rennes//Agenda//FR',
    'BEGIN:VEVENT',
    'UID:cafe-42@ville.example',
    'DTSTAMP:20261101T080000Z',
    'DTSTART;TZID=Europe/Paris:20261203T183000',
    'DTEND;TZID=Europe/Paris:20261203T200000',
    `SUMMARY:${changes.summary ?? 'Café IA : les images'}`,
    'LOCATION:Médiathèque du Canal\\, 12 quai du Canal\\, 35000 Rennes',
    ...(changes.status ? [`STATUS:${changes.status}`] : []),
    'END:VEVENT',
    'BEGIN:VEVENT',
    'UID:cafe-past@ville.example',
    'DTSTAMP:20261101T080000Z',
    'DTSTART:20260903T163000Z',
    'DTEND:20260903T180000Z',
    'SUMMARY:Café IA de septembre',
    'LOCATION:Médiathèque du Canal\\, 35000 Rennes',
    'END:VEVENT',
    'BEGIN:VEVENT',
    'UID:cafe-lost@ville.example',
    'DTSTAMP:20261101T080000Z',
    'DTSTART:20261210T163000Z',
    'DTEND:20261210T180000Z',
    'SUMMARY:Café IA sans adresse',
    'LOCATION:Quelque part',
    'END:VEVENT',
    'END:VCALENDAR',
  ]
  return `${lines.join('\r\n')}\r\n`
}

async function upload(text: string, name: string): Promise<Page> {
  const page = await browser.get(PATH)
  const form = new FormData()
  form.set('csrf', String(fieldsOf(page.text, PATH).csrf))
  form.set('file', new File([text], name))
  const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  const response = await fetch(server.origin + PATH, {
    method: 'POST',
    headers: { cookie, origin: server.origin },
    body: form,
  })
  const { status, headers } = response
  return { status, headers, text: await response.text(), location: null }
}

const confirm = (preview: Page, fields: Fields = {}) =>
  browser.submit(preview, '/administration/import/confirmer', fields)

const cafes = () =>
  server.context.db
    .selectFrom('cafe')
    .select(['title', 'uid', 'starts_at', 'commune', 'status', 'publication'])
    .orderBy('starts_at')
    .execute()

const changes = async () => {
  const rows = await server.context.db.selectFrom('change').select('body').orderBy('id').execute()
  return rows.map(({ body }) => JSON.parse(body).type)
}

test('a calendar is shown before anything is written, with what is wrong in each row', async () => {
  const preview = await upload(calendar(), 'agenda.ics')
  expect(preview.status).toBe(200)
  expect(preview.text).toContain('Café IA : les images')
  expect(preview.text).toContain('Passé, laissé de côté')
  expect(preview.text).toContain('À corriger')
  expect(await cafes()).toEqual([])
})

test('confirmed, each good row is a café that is told; the same again changes nothing', async () => {
  const done = await confirm(await upload(calendar(), 'agenda.ics'))
  expect(done.status).toBe(200)
  expect(await cafes()).toEqual([
    {
      title: 'Café IA : les images',
      uid: 'cafe-42@ville.example',
      starts_at: '2026-12-03T17:30:00Z',
      commune: 'Rennes',
      status: 'scheduled',
      publication: 'published',
    },
  ])
  expect(await changes()).toEqual(['cafe-published'])

  const again = await upload(calendar(), 'agenda.ics')
  expect(again.text).toContain('Il n’y a rien à importer')
  expect(await changes()).toEqual(['cafe-published'])
})

test('a row that changed changes its café, a cancelled one cancels it', async () => {
  await confirm(await upload(calendar(), 'agenda.ics'))
  await confirm(await upload(calendar({ summary: 'Café IA : les voix' }), 'agenda.ics'))
  expect((await cafes()).map(({ title }) => title)).toEqual(['Café IA : les voix'])
  await confirm(await upload(calendar({ status: 'CANCELLED' }), 'agenda.ics'))
  expect((await cafes()).map(({ status }) => status)).toEqual(['cancelled'])
  expect(await changes()).toEqual(['cafe-published', 'cafe-updated', 'cafe-updated'])
})

test('a calendar at an address is read through the guarded door only', async () => {
  const page = await browser.get(PATH)
  const preview = await browser.submit(page, PATH, { url: 'webcal://ville.example/agenda.ics' })
  expect(asked).toEqual(['https://ville.example/agenda.ics'])
  await confirm(preview)
  expect(await cafes()).toHaveLength(1)

  const refused = await browser.submit(page, PATH, { url: 'https://refused.example/' })
  expect(refused.status).toBe(422)
  expect(refused.text).toContain('Cette adresse n’est pas celle d’un site public.')
  expect(refused.text).toContain('value="https://refused.example/"')
  for (const url of ['file:///etc/passwd', 'javascript:alert(1)', 'pas une adresse'])
    expect((await browser.submit(page, PATH, { url })).status).toBe(422)
  expect(asked).toHaveLength(2)
})

test('a table with French headers is read like a calendar', async () => {
  const table = [
    '\ufeffTitre;Date;Début;Fin;Lieu;Code postal;Commune',
    'Café IA du tableau;04/12/2026;18h30;20h;Espace Rive;26150;Die',
    ';05/12/2026;18h30;20h;Espace Rive;26150;Die',
  ].join('\n')
  const preview = await upload(table, 'cafes.csv')
  expect(preview.text).toContain('Café IA du tableau')
  await confirm(preview)
  expect(await cafes()).toMatchObject([{ title: 'Café IA du tableau', commune: 'Die' }])
})

test('what is neither a calendar nor a table is said beside the field', async () => {
  for (const [text, name] of [
    ['', 'vide.ics'],
    ['<html>', 'page.html'],
    ['PK\u0003\u0004\0\0', 'cafes.xlsx'],
  ] as const) {
    const answer = await upload(text, name)
    expect([name, answer.status]).toEqual([name, 422])
    expect(answer.text).toContain('id="file-erreur"')
  }
  const forged = await browser.submit(
    await upload(calendar(), 'a.ics'),
    '/administration/import/confirmer',
    {
      packed: 'AAAA',
    },
  )
  expect(forged.status).toBe(422)
})

test('what waits as a draft, is left aside or is cancelled says why, before and after', async () => {
  const event = (...lines: string[]) => ['BEGIN:VEVENT', ...lines, 'END:VEVENT']
  const place = 'LOCATION:Médiathèque du Canal\\, 35000 Rennes'
  const agenda = (rule: string) =>
    [
      'BEGIN:VCALENDAR',
      ...event('UID:d', 'SUMMARY:Journée', 'DTSTART;VALUE=DATE:20261203', place),
      ...event('UID:n', 'SUMMARY:Jamais', 'STATUS:CANCELLED', 'DTSTART:20261203T170000Z', place),
      ...event('UID:s', 'SUMMARY:Le jeudi', 'DTSTART:20261203T170000Z', `RRULE:${rule}`, place),
      'END:VCALENDAR',
    ].join('\r\n')
  const preview = await upload(agenda('FREQ=WEEKLY;COUNT=2'), 'agenda.ics')
  for (const words of [
    'Heure à préciser',
    'attend comme brouillon',
    'Annulé avant d’avoir été annoncé ici',
    'ligne laissée de côté',
  ])
    expect(preview.text).toContain(words)
  await confirm(preview)
  const admin = await browser.get('/administration')
  expect(admin.text).toContain('Journée')
  const done = await confirm(await upload(agenda('FREQ=WEEKLY;COUNT=1'), 'agenda.ics'))
  expect(done.text).toContain('Cette date n’est plus dans l’agenda')
  expect(
    (await cafes()).map(({ title, publication, status }) => [title, publication, status]),
  ).toEqual([
    ['Journée', 'draft', 'scheduled'],
    ['Le jeudi', 'published', 'scheduled'],
    ['Le jeudi', 'published', 'cancelled'],
  ])
})

test('each wrong row says what is wrong in words, with what the table says there', async () => {
  const table = [
    'Titre;Date;Début;Lieu;Code postal;Commune;Tarif;Bizarre',
    'Sans heure;04/12/2026;;Salle;26150;Die;;',
    'Le 31 novembre;31/11/2026;18h30;Salle;26150;Die;;',
    'Payant;04/12/2026;18h30;Salle;26150;Die;5 €;',
    'Nulle part;04/12/2026;18h30;Salle;99999;Nulleville;;',
  ].join('\n')
  const preview = await upload(table, 'cafes.csv')
  for (const words of [
    'Le jour et l’heure de début sont nécessaires',
    '31/11/2026',
    'Un café IA est gratuit',
    'Cette commune n’est pas connue',
    'La colonne « Bizarre » n’est pas comprise',
  ])
    expect(preview.text.replaceAll(/[\u00a0\u202f]/g, ' ')).toContain(words)
  expect(preview.text).toContain('Il n’y a rien à importer')
})
