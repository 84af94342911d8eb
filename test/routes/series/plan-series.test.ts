import { afterAll, beforeAll, expect, test } from 'vitest'
import { shortCodeOf } from '../../../node/domain/values/short-code.ts'
import { insertVenue, listVenues } from '../../../node/store/cafes/venues.ts'
import { findSeries, listMadeDates } from '../../../node/store/series/series.ts'
import { CAFE, signInByLink } from '../../support/admin.ts'
import {
  type Browser,
  type Fields,
  fieldsOf,
  openBrowser,
  type Page,
} from '../../support/browser.ts'
import { readByExpander } from '../../support/calendar-readers.ts'
import { errorBeside } from '../../support/error-beside.ts'
import { readable } from '../../support/readable.ts'
import { startWeb, type WebServer } from '../../support/server.ts'
import { jpeg, submitWithImage } from '../../support/uploads.ts'

let server: WebServer
let browser: Browser
let visitor: Browser
let venueId: string

beforeAll(async () => {
  server = await startWeb()
  browser = await signInByLink(server)
  visitor = openBrowser(server.origin)
  const { db, now } = server.context
  const content = {
    ...{ id: undefined, name: 'Médiathèque du Canal', streetAddress: '12 quai du Canal' },
    ...{ postalCode: '67000', commune: 'Strasbourg', codeInsee: '67482', departement: '67' },
    ...{ region: '44', latitude: 48.58, longitude: 7.75, access: undefined, accessibility: [] },
    ...{ acceslibreUrl: undefined, closures: '24/12/2026 au 03/01/2027 : fin d’année' },
  }
  const by = { kind: 'system', name: 'test' } as never
  const organizationId = server.organization.id
  await insertVenue(db, { content, organizationId, by }, now())
  venueId = (await listVenues(db, organizationId))[0]?.id ?? ''
})
afterAll(() => server.stop())

const NEW = '/administration/cafes/nouveau'

const SEASON: Fields = {
  ...{ title: 'L’IA à notre table', date: '2026-12-10', time: '18:30', dates: 'several' },
  ...{ repeats: 'weekly', ends: 'date', lastDay: '2027-03-26' },
  descriptionMarkdown: CAFE.descriptionMarkdown ?? '',
}

const fill = async (fields: Fields): Promise<Page> =>
  browser.submit(await browser.get(NEW), NEW, { ...SEASON, 'venue.id': venueId, ...fields })

test('the dates are shown before anything is saved, with those to look at', async () => {
  const asked = await fill({ save: 'dates', title: '' })
  expect(asked.status).toBe(200)
  const page = readable(asked.text)
  expect(page).toContain('Tous les jeudis à 18 h 30, jusqu’au 26 mars')
  expect(page).toContain('14 cafés, 2 dates sautées')
  expect(page).toContain('2 dates à regarder')
  expect(page).toMatch(/Fermé ce jour-là.*fin d’année/su)
  // Who gives the title only now has not seen yet what followers read first.
  const titled = await browser.submit(asked, NEW, { save: 'publish', title: 'Enfin un titre' })
  expect(titled.status).toBe(200)
  expect(readable(titled.text)).toContain('Nouvelle série : Enfin un titre')
  expect(await server.context.db.selectFrom('series').select('id').execute()).toEqual([])
})

test('a public holiday of the place is one to look at', async () => {
  const { text } = await fill({ save: 'dates', date: '2027-03-12', lastDay: '2027-03-26' })
  expect(readable(text)).toMatch(/Une date à regarder.*Jour férié.*Vendredi saint/su)
})

test('nothing is saved that nobody has seen; then each date is a café', async () => {
  const unseen = await fill({ save: 'publish' })
  expect(unseen.status).toBe(200)
  expect(unseen.text).toContain('Rien n’est encore enregistré')
  expect(readable(unseen.text)).toMatch(
    /Nouvelle série : L’IA à notre table.*Première date : jeudi 10 décembre 2026/su,
  )
  const kept = await browser.submit(unseen, NEW, { save: 'publish', 'answer.2026-12-24': 'keep' })
  expect(kept.text).toContain('15')
  const saved = await browser.submit(kept, NEW, { save: 'publish' })
  expect(saved.status).toBe(303)
  const id = /\/administration\/series\/([0-9a-f-]{36})/.exec(saved.location ?? '')?.[1] ?? ''
  const series = await findSeries(server.context.db, id)
  const poster = await fetch(`${server.origin}/series/${id}/affiche.pdf?modele=chaleureux`)
  expect([poster.status, poster.headers.get('content-type')]).toEqual([200, 'application/pdf'])
  const short = `${server.origin}/c/${shortCodeOf(id)}`
  expect((await fetch(short, { redirect: 'manual' })).headers.get('location')).toBe(`/series/${id}`)
  expect(series?.recurrence).toMatchObject({
    start: '2026-12-10T18:30',
    rrule: 'FREQ=WEEKLY;BYDAY=TH;UNTIL=20270326',
    exclude: ['2026-12-31'],
  })
  const made = await listMadeDates(server.context.db, id)
  expect(made).toHaveLength(15)
  expect(made[2]?.cafe?.startsAt.toString()).toBe('2026-12-24T17:30:00Z')
  // The same form sent twice is one series.
  await browser.submit(kept, NEW, { save: 'publish' })
  expect(await server.context.db.selectFrom('series').select('id').execute()).toHaveLength(1)
})

const seriesId = async () =>
  (await server.context.db.selectFrom('series').select('id').executeTakeFirstOrThrow()).id

test('a café says how often it takes place, with the next dates; the series has its page', async () => {
  const id = await seriesId()
  const [first] = await listMadeDates(server.context.db, id)
  const { text } = await visitor.get(`/cafes/${first?.cafe?.id}`)
  expect(readable(text)).toContain('Tous les jeudis à 18 h 30')
  expect(text).toContain('id="dates"')
  expect(text).toContain(`href="/series/${id}"`)
  expect(text).toContain('"superEvent":{"@type":"EventSeries"')
  const page = await visitor.get(`/series/${id}`)
  expect(readable(page.text)).toContain('Tous les jeudis à 18 h 30, jusqu’au 26 mars')
  expect(readable(page.text)).toContain('Pas de café : le 31 décembre.')
  expect(page.text).toContain('"@type":"EventSeries"')
  const calendar = await visitor.get(`/series/${id}.ics`)
  expect(calendar.text.match(/BEGIN:VEVENT/g)).toHaveLength(1)
  expect(calendar.text).toContain('EXDATE;TZID=Europe/Paris:20261231T183000')
  expect((await visitor.get(`/series/${id}.atom`)).text.match(/<entry>/g)).toHaveLength(15)
  expect((await visitor.get('/series/0190')).status).toBe(404)
  const list = (await visitor.get('/cafes')).text
  expect(list.match(/L’IA à notre table\s*<\/a>/gu)).toHaveLength(1)
  expect(readable(list)).toContain('et 14 autres dates')
  const frame = (await visitor.get('/integrer/cadre')).text
  expect(frame.match(/<article/g)).toHaveLength(1)
  expect(readable(frame)).toContain('et 14 autres dates')
  for (const cafe of JSON.parse((await visitor.get('/export/cafes.json')).text).items)
    expect(cafe.series).toMatchObject({ words: 'tous les jeudis à 18 h 30, jusqu’au 26 mars' })
  const linked = JSON.parse((await visitor.get('/export/cafes.jsonld')).text)['@graph']
  expect(linked).toHaveLength(15)
  for (const { superEvent } of linked)
    expect(superEvent).toMatchObject({ '@type': 'EventSeries', name: 'L’IA à notre table' })
})

test('a date is skipped, added, paused; each says what follows before it is done', async () => {
  const path = `/administration/series/${await seriesId()}`
  const act = async (fields: Fields) => {
    const { text } = await browser.get(path)
    const hiddenOf = (name: string) => new RegExp(`name="${name}" value="([^"]+)"`).exec(text)?.[1]
    const hidden = { csrf: hiddenOf('csrf') ?? '', version: hiddenOf('version') ?? '' }
    return browser.post(path, { ...hidden, ...fields })
  }
  const asked = await act({ act: 'skip', day: '2027-01-07' })
  expect(readable(asked.text)).toMatch(/Ce café est annulé :.*jeudi 7 janvier 2027/su)
  const confirm = await browser.submit(asked, path)
  expect(confirm.status).toBe(303)
  expect((await act({ act: 'add', added: '' })).status).toBe(422)
  const added = await act({ act: 'add', added: '2027-02-02', addedTime: '10:00' })
  expect(readable(added.text)).toContain('Ce café est annoncé')
  await browser.submit(added, path)
  await browser.submit(
    await act({ act: 'pause', pauseFrom: '2027-02-08', pauseUntil: '2027-02-28' }),
    path,
  )
  const series = await findSeries(server.context.db, await seriesId())
  expect(series?.recurrence).toMatchObject({
    exclude: ['2026-12-31', '2027-01-07', '2027-02-11', '2027-02-18', '2027-02-25'],
    include: ['2027-02-02T10:00'],
  })
  const stale = await act({ act: 'end', lastDay: '2027-02-01', version: '2020-01-01T00:00:00Z' })
  expect(stale.status).toBe(409)
})

test.each([
  [{ ends: 'count', count: '401' }, 'Cela fait trop de dates'],
  [{ ends: 'count', count: 'douze' }, 'Nombre de fois'],
  [{ ends: 'date', lastDay: '2026-12-01' }, 'La fin doit venir après le début'],
  [{ repeats: 'listed', 'listed[]': [] }, 'Ce champ est nécessaire'],
  [{ repeats: 'listed', 'listed[]': ['31/02/2027'] }, 'Cette date n’existe pas'],
  [
    { skipMonths: Array.from({ length: 12 }, (_, at) => String(at + 1)) },
    'Aucune date ne correspond',
  ],
  [{ publishDate: '2026-12-09', publishTime: '10:00' }, 'Une série se publie tout de suite'],
] as [Fields, string][])(
  'what cannot be planned is said beside its field: %o',
  async (fields, message) => {
    const { status, text } = await fill({ save: 'publish', ...fields })
    expect(status).toBe(422)
    expect(readable(text)).toContain(message)
  },
)

const LONG = 'x'.repeat(10_000)

test.each([
  [{ act: 'add', added: '' }, 'added', /nécessaire/],
  [{ act: 'add', added: '2027-02-30' }, 'added', /n’existe pas/],
  [{ act: 'add', added: LONG }, 'added', /n’existe pas/],
  [{ act: 'add', added: '2020-01-07' }, 'added', /passé/],
  [{ act: 'add', added: '2027-02-02', addedTime: '25:00' }, 'addedTime', /heure/],
  [{ act: 'pause', pauseFrom: '', pauseUntil: '2027-02-28' }, 'pauseFrom', /nécessaire/],
  [{ act: 'pause', pauseFrom: '2027-02-01', pauseUntil: 'fin' }, 'pauseUntil', /n’existe pas/],
  [{ act: 'pause', pauseFrom: '2027-02-08', pauseUntil: '2027-02-01' }, 'pauseUntil', /après/],
  [{ act: 'pause', pauseFrom: '2027-02-08', pauseUntil: '2029-02-01' }, 'pauseUntil', /an/],
  [{ act: 'end', lastDay: '' }, 'lastDay', /nécessaire/],
  [{ act: 'end', lastDay: '31/02/2027' }, 'lastDay', /n’existe pas/],
  [{ act: 'cancel', reason: LONG }, 'reason', /long/],
] as [Fields, string, RegExp][])(
  'what cannot be done to a series is said beside its field, and changes nothing: %#',
  async (fields, name, message) => {
    const { db } = server.context
    const id = await seriesId()
    const path = `/administration/series/${id}`
    const stateOf = async () =>
      JSON.stringify([await findSeries(db, id), await listMadeDates(db, id)])
    const [before, { text }] = [await stateOf(), await browser.get(path)]
    const hiddenOf = (name: string) =>
      new RegExp(`name="${name}" value="([^"]+)"`).exec(text)?.[1] ?? ''
    const hidden = { csrf: hiddenOf('csrf'), version: hiddenOf('version'), confirmed: '1' }
    const answer = await browser.post(path, { ...hidden, ...fields })
    expect(answer.status).toBe(422)
    expect(errorBeside(answer.text, name)).toMatch(message)
    const { act: _, ...typed } = fields
    for (const value of Object.values(typed))
      if (value !== '') expect(answer.text).toContain(String(value))
    expect(await stateOf()).toBe(before)
  },
)

const sequenceIn = (calendar: string): number => Number(/^SEQUENCE:(\d+)/mu.exec(calendar)?.[1])
const stampIn = (calendar: string): string => /^DTSTAMP:(\w+)/mu.exec(calendar)?.[1] ?? ''

test('a change of one date asks which dates it is for; a date changed by hand keeps its own', async () => {
  const { db } = server.context
  const id = await seriesId()
  const listed = async () =>
    (await listMadeDates(db, id)).flatMap(({ cafe }) =>
      cafe && cafe.status !== 'cancelled' ? [cafe.startsAt.toString()] : [],
    )
  const ask = async (at: number, fields: Fields) => {
    const path = `/administration/cafes/${(await listMadeDates(db, id))[at]?.cafe?.id}`
    const asked = await browser.submit(await browser.get(path), path, {
      save: 'publish',
      ...fields,
    })
    expect(asked.text).toMatch(/Changer quelles dates\s\?/u)
    return { path, asked }
  }
  const change = async (at: number, fields: Fields, answers: Fields) => {
    const { path, asked } = await ask(at, fields)
    const done = await browser.submit(asked, path, answers)
    return done.status === 200 ? browser.submit(done, path, { confirmed: '1' }) : done
  }
  const sequence = sequenceIn((await visitor.get(`/series/${id}.ics`)).text)
  server.advance({ minutes: 1 })
  const alone = { time: '14:00', summary: 'En petit groupe', descriptionMarkdown: 'À six.' }
  expect((await change(1, alone, { scope: 'one' })).status).toBe(303)
  expect((await listed()).slice(0, 3)).toEqual([
    ...['2026-12-10T17:30:00Z', '2026-12-17T13:00:00Z', '2026-12-24T17:30:00Z'],
  ])
  // All of it is named, since all of it is taken back where that is asked.
  const asked = readable((await ask(2, { time: '18:00' })).asked.text)
  expect(asked).toMatch(/Changé à la main\s?: résumé, texte, jour ou heure\./u)
  // The one message of all dates is shown before the click; that of a far date alone is none.
  expect(asked).toMatch(/\d+ dates changent\s?: L’IA à notre table/u)
  expect(asked).toMatch(/Nouvel horaire\s?: Ce café commencera à 18\sh et non à 18\sh\s30/u)
  expect(asked).toContain('n’est dite à vos abonnés que sept jours avant')
  const all = await change(2, { time: '18:00' }, { scope: 'all' })
  expect(all.location).toContain(`/administration/series/${id}`)
  expect((await listed()).slice(0, 3)).toEqual([
    ...['2026-12-10T17:00:00Z', '2026-12-17T13:00:00Z', '2026-12-24T17:00:00Z'],
  ])
  const title = await change(2, { title: 'L’IA au salon' }, { scope: 'following' })
  expect(title.status).toBe(303)
  const titles = (await listMadeDates(db, id)).map(({ cafe }) => cafe?.title)
  expect(titles.slice(0, 3)).toEqual(['L’IA à notre table', 'L’IA à notre table', 'L’IA au salon'])
  // Its calendar has each date as it is, and is newer than before.
  const later = (await visitor.get(`/series/${id}.ics`)).text
  const held = (await listMadeDates(db, id)).flatMap(({ cafe }) =>
    cafe && cafe.status !== 'cancelled' ? [cafe.title] : [],
  )
  expect(readByExpander(later).map(({ title }) => title)).toEqual(held)
  expect(sequenceIn(later)).toBeGreaterThan(sequence)
  // The date that is edited changes with the others, also where it had its own; the rest of what it has stays.
  await change(1, { time: '15:00' }, { scope: 'all' })
  expect((await listed()).slice(0, 3)).toEqual([
    ...['2026-12-10T14:00:00Z', '2026-12-17T14:00:00Z', '2026-12-24T14:00:00Z'],
  ])
  const [first, edited] = await listMadeDates(db, id)
  expect(Object.keys(edited?.own ?? {})).not.toContain('startsAt')
  expect([first?.cafe?.summary, edited?.cafe?.summary]).toEqual([undefined, alone.summary])
})

test('a picture waits while the dates are shown, and while it is asked which dates it is for', async () => {
  const send = async (path: string, fields: Fields) =>
    submitWithImage({ server, browser }, path, {
      ...{ page: await browser.get(path), fields },
      file: { bytes: await jpeg(800, 600) },
    })
  const shown = await send(NEW, { ...SEASON, 'venue.id': venueId, save: 'dates' })
  expect(shown.status).toBe(200)
  expect(fieldsOf(shown.text, NEW)['image.media']?.[0]).toMatch(/^[\da-f]{32}$/)
  const id = await seriesId()
  const [first] = await listMadeDates(server.context.db, id)
  const path = `/administration/cafes/${first?.cafe?.id}`
  const asked = await send(path, { 'image.alt': 'Trois tasses', save: 'publish' })
  expect((await browser.submit(asked, path, { scope: 'all' })).status).toBe(303)
  const [after] = await listMadeDates(server.context.db, id)
  expect(after?.cafe?.image).toMatchObject({ alt: 'Trois tasses' })
})

test('a date that is deleted alone leaves the calendars that follow the series', async () => {
  const id = await seriesId()
  const calendar = async () => (await visitor.get(`/series/${id}.ics`)).text
  const dates = async () =>
    (await listMadeDates(server.context.db, id)).filter(
      ({ cafe }) => cafe && cafe.status !== 'cancelled',
    )
  // The first one is the oldest, from whose publication nothing may be counted.
  for (const at of [0, 0, -1]) {
    const before = await calendar()
    server.advance({ minutes: 1 })
    const made = (await dates()).at(at)
    const path = `/administration/cafes/${made?.cafe?.id}`
    await browser.submit(await browser.get(`${path}/supprimer`), `${path}/supprimer`)
    expect(await dates()).not.toContainEqual(made)
    const after = await calendar()
    expect(readByExpander(after)).toHaveLength(readByExpander(before).length - 1)
    expect(sequenceIn(after)).toBeGreaterThan(sequenceIn(before))
    expect(stampIn(after) > stampIn(before)).toBe(true)
  }
})
