import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { listOffered } from '../../../node/routes/data/imports/import-choices.ts'
import { toCafe } from '../../../node/store/cafes/cafes.ts'
import {
  followCalendar,
  listCalendars,
  saveFault,
  saveReading,
} from '../../../node/store/cafes/followed-calendars.ts'
import { claimImported, markMissing } from '../../../node/store/cafes/import-snapshots.ts'
import { insertOrganization } from '../../../node/store/structures/organizations.ts'
import { signInByLink } from '../../support/admin.ts'
import { type Browser, type Fields, fieldsOf, type Page } from '../../support/browser.ts'
import { calendarOf, eventOf } from '../../support/imports.ts'
import { reviseCafe } from '../../support/own-cafes.ts'
import { readable } from '../../support/readable.ts'
import { startWeb, type WebServer } from '../../support/server.ts'
import { submitWithImage } from '../../support/uploads.ts'

const PATH = '/administration/import'

let server: WebServer
let browser: Browser
let asked: string[]
/** The text of the calendar, which any address returns. */
let text: string
beforeEach(async () => {
  asked = []
  text = calendar()
  server = await startWeb({
    calendar: async (url) => {
      asked.push(url)
      if (url.includes('refused')) return { outcome: 'refused', reason: 'remote.blocked_address' }
      return { outcome: 'fetched', bytes: Buffer.from(text), contentType: 'text/calendar' }
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
  expect(preview.text).toMatch(/Café IA\s: les images/u)
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

test('where cafés take place is kept for next time, ticked beforehand', async () => {
  const preview = await upload(calendar(), 'agenda.ics')
  expect(preview.text).toContain('Garder cette adresse pour la prochaine fois')
  expect(fieldsOf(preview.text, '/administration/import/confirmer').keepVenues).toEqual(['1'])
  await confirm(preview)
  const { db } = server.context
  const venues = await db.selectFrom('venue').select(['id', 'name']).execute()
  expect(venues.map(({ name }) => name)).toEqual(['Médiathèque du Canal'])
  const form = await browser.get('/administration/cafes/nouveau')
  expect(fieldsOf(form.text, '/administration/cafes/nouveau')['venue.id']).toEqual([venues[0]?.id])
  expect((await upload(calendar(), 'agenda.ics')).text).toContain('Il n’y a rien à importer')
  await db.deleteFrom('cafe').execute()
  await db.deleteFrom('venue').execute()
  // The file has another name, since the same form sent twice within a second counts as one.
  await confirm(await upload(calendar(), 'encore.ics'), { keepVenues: [] })
  expect(await cafes()).toHaveLength(1)
  expect(await db.selectFrom('venue').select('id').execute()).toEqual([])
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
    expect(readable(preview.text)).toContain(words)
  expect(preview.text).toContain('Il n’y a rien à importer')
})

/** Returns a calendar of `count` events, one a day. */
const several = (count: number) =>
  calendarOf(
    ...Array.from({ length: count }, (_, at) =>
      eventOf(`UID:cafe-${at}`, `SUMMARY:Café ${at}`, `DTSTART:202612${10 + at}T173000Z`, 'DTEND:'),
    ),
  )

/** Returns the key of each row with a choice, and what is chosen for it. */
const choicesOf = (page: Page): { key: string; choice: string }[] =>
  [...page.text.matchAll(/<select name="choice\.([^"]+)"[^>]*>.*?<\/select>/gs)].map(
    ([select, key = '']) => {
      const [, choice = ''] = /value="(\w+)" selected/.exec(select) ?? []
      return { key, choice }
    },
  )
const choose = (keys: readonly string[], wanted: (at: number) => string | undefined) =>
  Object.fromEntries(keys.map((key, at) => [`choice.${key}`, wanted(at) ?? '']))
const chosenOf = (page: Page) => choicesOf(page).map(({ choice }) => choice)

describe('rows of a preview', () => {
  test('are published, kept as drafts or left out, one by one or all, without a script', async () => {
    const preview = await upload(several(4), 'agenda.ics')
    const keys = choicesOf(preview).map(({ key }) => key)
    expect(chosenOf(preview)).toEqual(['publish', 'publish', 'publish', 'publish'])
    const none = await confirm(preview, { choose: 'skip' })
    expect(choicesOf(none)).toEqual(keys.map((key) => ({ key, choice: 'skip' })))
    const drafts = await confirm(none, { choose: 'draft' })
    expect(choicesOf(drafts)).toEqual(keys.map((key) => ({ key, choice: 'draft' })))
    const again = await confirm(drafts, { choose: 'publish' })
    expect(choicesOf(again)).toEqual(choicesOf(preview))
    expect(await cafes()).toEqual([])

    const wanted = ['skip', 'publish', 'draft', 'skip']
    const done = await confirm(
      again,
      choose(keys, (at) => wanted[at]),
    )
    expect(done.text).toContain('Vous l’avez laissé de côté')
    expect((await cafes()).map(({ title, publication }) => [title, publication])).toEqual([
      ['Café 1', 'published'],
      ['Café 2', 'draft'],
    ])
    expect(await changes()).toHaveLength(1)
    // What is wrong in a form that somebody made is no choice: the row is applied.
    const nothing = await confirm(await upload(several(4), 'agenda.ics'), {
      ...choose(keys, () => 'skip'),
    })
    expect(nothing.status).toBe(200)
    expect(await cafes()).toHaveLength(2)
  })

  test('that cannot be published yet have no such choice', async () => {
    const allDay = calendarOf(eventOf('DTSTART;VALUE=DATE:20261210', 'DTEND:'))
    const page = await upload(allDay, 'agenda.ics')
    expect(chosenOf(page)).toEqual(['draft'])
    expect(page.text).not.toMatch(/value="publish"/)
  })

  test('of a series say how far ahead it is read', async () => {
    const weekly = calendarOf(eventOf('RRULE:FREQ=WEEKLY'))
    expect((await upload(weekly, 'agenda.ics')).text).toMatch(/celles des 60\sjours à venir/)
    expect((await upload(several(2), 'agenda.ics')).text).not.toContain('jours à venir')
  })

  test('that are too many for a form have no boxes', () => {
    const steps = Array.from({ length: 901 }, (_, at) => ({
      ...{ row: at, outcome: 'created' as const, title: '', problems: [] },
      ...{ identity: { uid: `cafe-${at}`, recurrenceId: undefined } },
      ...{ startsAt: undefined, place: undefined },
    }))
    expect(listOffered(steps, () => 'publish')).toBe(undefined)
    expect(listOffered(steps.slice(1), () => 'publish')).toHaveLength(900)
  })
})

describe('a calendar that is followed', () => {
  const URL = 'https://ville.example/agenda.ics'
  const calendars = () => listCalendars(server.context.db, server.organization.id)
  const preview = async (url = URL) => browser.submit(await browser.get(PATH), PATH, { url })
  const followed = async () => {
    const [calendar] = await calendars()
    if (!calendar) throw new Error('no calendar is followed')
    return calendar
  }

  test('has the choices of its preview, which show them again', async () => {
    text = several(3)
    const first = await preview('webcal://ville.example/agenda.ics')
    const [left, ...others] = choicesOf(first).map(({ key }) => key)
    const done = await confirm(first, {
      ...{ follow: '1', publication: 'draft' },
      [`choice.${left}`]: 'skip',
      ...choose(others, () => 'draft'),
    })
    expect(done.text).toContain('Cet agenda est suivi')
    expect(await followed()).toMatchObject({
      address: URL,
      publication: 'draft',
      leftOut: [{ uid: 'cafe-0' }],
    })
    expect(await cafes()).toHaveLength(2)

    const page = await browser.get(PATH)
    expect(page.text).toContain('ville.example/agenda.ics')
    expect(page.text).toContain('attendent comme brouillons')
    const again = await preview()
    expect(choicesOf(again)).toEqual([{ key: left, choice: 'skip' }])
    await confirm(again, { follow: '1', [`choice.${left}`]: 'draft' })
    expect((await followed()).leftOut).toEqual([])
    expect(await calendars()).toHaveLength(1)
  })

  test('is shown line by line as it is read, with what is not its own', async () => {
    const { db } = server.context
    text = several(2)
    await confirm(await preview(), { follow: '1' })
    const ids = (await db.selectFrom('cafe').select('id').orderBy('starts_at').execute()).map(
      ({ id }) => id,
    )
    await claimImported(db, (await followed()).id, ids.slice(0, 1))
    await claimImported(db, (await follow(server.organization.id, `${URL}?2`)).id, ids)
    text = several(2).replaceAll('SUMMARY:', 'SUMMARY:Autre ')
    const shown = await preview()
    expect(choicesOf(shown)).toHaveLength(1)
    expect(shown.text).toContain('pas par cet agenda')
    await confirm(shown, { follow: '1' })
    expect((await cafes()).map(({ title }) => title)).toEqual(['Autre Café 0', 'Café 1'])
    text = several(1).replaceAll('SUMMARY:', 'SUMMARY:Autre ').replaceAll('UID:', 'UID:new-')
    expect(choicesOf(await preview())).toEqual([])
  })

  test('is not followed where the box is not ticked, nor when it comes from a file', async () => {
    text = several(1)
    await confirm(await preview())
    await confirm(await upload(several(2), 'agenda.ics'), { follow: '1' })
    expect(await calendars()).toEqual([])
    expect(await cafes()).toHaveLength(2)
  })

  test('that is empty yet can be followed, and is one of 20', async () => {
    text = calendarOf()
    for (let count = 0; count < 20; count++)
      await confirm(await preview(`${URL}?${count}`), { follow: '1' })
    expect(await calendars()).toHaveLength(20)
    const refused = await confirm(await preview(), { follow: '1' })
    expect(refused.status).toBe(422)
    expect(refused.text).toMatch(/Vous suivez déjà 20\sagendas/)
    expect(await calendars()).toHaveLength(20)
  })

  test('says what was read, why it fails, and is on the home of the administration once that lasts a day', async () => {
    const calendar = await follow()
    const at = server.context.now().subtract({ hours: 25 })
    const whole = { cafes: 12, aside: 1, etag: undefined, lastModified: undefined }
    await saveReading(server.context.db, calendar.id, { dueAt: at, whole }, server.context.now())
    expect((await browser.get(PATH)).text).toMatch(/Lu à 10\sh\s: 12\scafés, 1\slaissé de côté\./)
    expect((await browser.get('/administration')).text).not.toContain('attend votre réponse')

    const fault = { key: 'remote.status_code', params: { status: 410 } } as const
    const failing = { ...calendar, failingSince: at }
    await saveFault(server.context.db, failing, { fault, dueAt: at }, server.context.now())
    const page = await browser.get(PATH)
    expect(page.text).toContain('Le site a répondu par l’erreur 410.')
    expect(page.text).toContain('Vos cafés restent comme ils sont')
    const admin = await browser.get('/administration')
    expect(admin.text).toMatch(/1\sagenda suivi a besoin de vous/)
    expect(admin.text).not.toContain('Rien n’attend')
  })

  test('is read now, and no longer followed, by buttons; its cafés stay', async () => {
    text = several(2)
    await confirm(await preview(), { follow: '1' })
    const { id } = await followed()
    const read = await browser.submit(
      await browser.get(PATH),
      `/administration/import/agendas/${id}/lire`,
    )
    expect(read.location).toContain('fait=calendarUnread')
    const page = await browser.get(`${PATH}?fait=calendarUnread`)
    expect(page.text).toContain('n’a pas pu être lu')

    const stop = `/administration/import/agendas/${id}/arreter`
    const asked = await browser.get(stop)
    expect(asked.text).toMatch(/Ne plus suivre cet agenda\s\?/)
    await browser.submit(asked, stop)
    expect(await calendars()).toEqual([])
    expect(await cafes()).toHaveLength(2)
    expect((await browser.get(stop)).status).toBe(410)
  })

  test.each([
    ['keep', ['scheduled', 'scheduled', 'scheduled']],
    ['cancel', ['cancelled', 'cancelled', 'cancelled']],
  ])('that lacks much at once asks the team, who say %s', async (decision, expected) => {
    text = several(3)
    await confirm(await preview(), { follow: '1' })
    const calendar = await followed()
    const ids = await server.context.db.selectFrom('cafe').select('id').execute()
    const now = server.context.now()
    await claimImported(
      server.context.db,
      calendar.id,
      ids.map(({ id }) => id),
    )
    for (const { id } of ids) await markMissing(server.context.db, id, now)
    const admin = await browser.get('/administration')
    expect(admin.text).toMatch(/1\sagenda suivi a besoin de vous/)
    const page = await browser.get(PATH)
    expect(page.text).toMatch(/3\scafés ne sont plus dans cet agenda/)
    const action = `/administration/import/agendas/${calendar.id}/absents`
    await browser.submit(decision === 'keep' ? page : await browser.get(action), action)
    expect((await cafes()).map(({ status }) => status)).toEqual(expected)
    expect((await browser.get('/administration')).text).not.toContain('agenda suivi a besoin')
  })

  test('of another structure is nobody’s to read, stop or decide about', async () => {
    const other = { id: 'organization-2', slug: 'autre', name: 'Autre' }
    await insertOrganization(server.context.db, other, server.context.now())
    const { id } = await follow(other.id)
    const page = await browser.get(PATH)
    expect(page.text).not.toContain('ville.example/agenda.ics')
    for (const action of ['lire', 'arreter', 'absents']) {
      const csrf = String(fieldsOf(page.text, PATH).csrf)
      const answer = await browser.post(`/administration/import/agendas/${id}/${action}`, { csrf })
      expect([action, answer.status]).toEqual([action, 410])
    }
    expect(await listCalendars(server.context.db, other.id)).toHaveLength(1)
  })

  const follow = (organizationId = server.organization.id, address = URL) =>
    followCalendar(
      server.context.db,
      { organizationId, address, publication: 'published', leftOut: [] },
      server.context.now(),
    )
})

test('what somebody changed on an imported café is shown beside what the calendar says', async () => {
  await confirm(await upload(several(1), 'agenda.ics'))
  const [row] = await server.context.db.selectFrom('cafe').selectAll().execute()
  if (!row) throw new Error('no café')
  const path = `/administration/cafes/${row.id}`
  expect((await browser.get(path)).text).not.toContain('L’agenda dit autre chose')
  const cafe = toCafe(row)
  const venue = cafe.venue && { ...cafe.venue, name: 'Chez nous' }
  const content = { ...cafe, title: 'Le nôtre', summary: 'Ajouté ici', venue }
  await reviseCafe(server.context.db, { id: cafe.id, content }, server.context.now())
  const { text } = await browser.get(path)
  const [, shown = ''] = /L’agenda dit autre chose(.*?)<\/details>/.exec(text) ?? []
  expect(shown).toContain('Café 0')
  expect(shown).toContain('Médiathèque du Canal')
  expect(shown).toContain('rien')
  expect(shown).not.toContain('Le nôtre')
})

test('a file of any size that is too large is told how large one may be', async () => {
  for (const [megabytes, status] of [
    [6, 422],
    [20, 413],
  ] as const) {
    const file = { bytes: new Uint8Array(megabytes * 1024 ** 2), name: 'a.ics', field: 'file' }
    const sent = { page: await browser.get(PATH), fields: {}, file }
    const answer = await submitWithImage({ server, browser }, PATH, sent)
    expect(answer.status).toBe(status)
    expect(readable(answer.text)).toContain('Ce fichier est trop grand : 5 Mo au plus.')
  }
})
