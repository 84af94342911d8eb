import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { findCafe } from '../../../node/store/cafes/cafes.ts'
import { updateCafes } from '../../../node/store/search-index/write-cafes.ts'
import { announce, CAFE, revise, signInByLink } from '../../support/admin.ts'
import { type Browser, fieldsOf, openBrowser } from '../../support/browser.ts'
import { startWeb, type WebServer } from '../../support/server.ts'

let server: WebServer
let browser: Browser
beforeEach(async () => {
  server = await startWeb()
  browser = await signInByLink(server)
})
afterEach(() => server.stop())

const changes = async (): Promise<string[]> => {
  const rows = await server.context.db.selectFrom('change').select('body').orderBy('id').execute()
  return rows.map(({ body }) => JSON.parse(body).type)
}

const cafeOf = async (id: string) => {
  const cafe = await findCafe(server.context.db, id)
  if (!cafe) throw new Error(`no café ${id}`)
  return cafe
}

const NEW = '/administration/cafes/nouveau'
const editing = (id: string) => `/administration/cafes/${id}`

describe('announcing', () => {
  test('five answers make a café, with its town, its zone and the default values', async () => {
    const cafe = await cafeOf(await announce(browser))
    expect(cafe.startsAt.toString()).toBe('2026-12-09T17:30:00Z')
    expect(cafe.endsAt.toString()).toBe('2026-12-09T19:00:00Z')
    expect(cafe.timezone).toBe('Europe/Paris')
    expect(cafe.venue).toMatchObject({ commune: 'Rennes', codeInsee: '35238', departement: '35' })
    expect(cafe.venue?.latitude).toBeCloseTo(48.11, 1)
    expect(cafe.registration).toMatchObject({ mode: 'none', capacity: 15 })
    expect(cafe.descriptionHtml).toContain('<strong>café</strong>')
    expect(cafe.organizer).toEqual({
      uri: `${server.context.config.origin}/actors/cafes`,
      name: 'Médiathèque du Canal',
      url: `${server.context.config.origin}/`,
    })
    expect(await changes()).toEqual(['cafe-published'])
    expect(server.wakes()).toBe(1)
  })

  test('an address of the web is whole without what nobody types', async () => {
    const id = await announce(browser, {
      'registration.mode': 'external',
      'registration.url': 'inscription.exemple.fr/café?n=1',
    })
    expect((await cafeOf(id)).registration.url).toBe('https://inscription.exemple.fr/café?n=1')
    const wrong = await browser.submit(await browser.get(NEW), NEW, {
      ...{ ...CAFE, save: 'publish' },
      ...{ 'registration.mode': 'external', 'registration.url': 'le guichet' },
    })
    expect(wrong.status).toBe(422)
    expect(wrong.text).toContain('value="le guichet"')
  })

  test('overseas, the hour is that of the place', async () => {
    const id = await announce(browser, { 'venue.town': '97400 Saint-Denis' })
    const cafe = await cafeOf(id)
    expect([cafe.timezone, cafe.startsAt.toString()]).toEqual([
      'Indian/Reunion',
      '2026-12-09T14:30:00Z',
    ])
    expect((await browser.get(`/cafes/${id}`)).text).toContain('heure de La Réunion')
  })

  test('a café to come cannot be moved into the past by mistake', async () => {
    const id = await announce(browser)
    const form = await browser.get(editing(id))
    const page = await browser.submit(form, editing(id), { date: '2025-12-09', save: 'publish' })
    expect(page.status).toBe(422)
    expect(page.text).toMatch(/id="date-erreur">Cette date est déjà passée/)
    expect(page.text).toContain('value="2025-12-09"')
    expect((await cafeOf(id)).startsAt.toString()).toBe('2026-12-09T17:30:00Z')
  })

  test('wrong input keeps everything that was typed, with each message beside its field', async () => {
    const form = await browser.get(NEW)
    const typed = {
      ...CAFE,
      title: '',
      date: '2026-02-30',
      time: '25:00',
      'venue.town': 'Nulle-Part-sur-Rien',
      'registration.capacity': 'beaucoup',
      onlineUrl: 'javascript:alert(1)',
      themes: 'école, "images"',
      intentions: ['learn', 'debate'],
      descriptionMarkdown: 'Deux lignes\n</textarea><script>alert(1)</script>',
    }
    const answer = await browser.submit(form, NEW, typed)
    expect(answer.status).toBe(422)
    for (const field of [
      'title',
      'date',
      'time',
      'venue-town',
      'registration-capacity',
      'onlineUrl',
    ])
      expect(answer.text).toContain(`id="${field}-erreur"`)
    expect(answer.text).not.toContain('<script>')
    const kept = fieldsOf(answer.text, NEW)
    for (const [name, value] of Object.entries(typed))
      expect([name, kept[name] ?? []]).toEqual([name, [value].flat()])
    expect(await changes()).toEqual([])
  })

  test('a postcode of several towns asks which one, and the answer is taken', async () => {
    const form = await browser.get(NEW)
    const asked = await browser.submit(form, NEW, { ...CAFE, 'venue.town': '26150' })
    expect(asked.status).toBe(422)
    expect(asked.text).toMatch(/name="venue.codeInsee"[^>]*value="26113"/)
    const answer = await browser.submit(asked, NEW, { 'venue.codeInsee': '26113', save: 'publish' })
    expect(answer.status).toBe(303)
    const { commune } = await server.context.db
      .selectFrom('cafe')
      .select('commune')
      .executeTakeFirstOrThrow()
    expect(commune).toBe('Die')
  })

  test('two clicks on one form make one café, told once', async () => {
    const form = await browser.get(NEW)
    const clicks = Array.from({ length: 4 }, () =>
      browser.submit(form, NEW, { ...CAFE, save: 'publish' }),
    )
    const answers = await Promise.all(clicks)
    expect(answers.map(({ status }) => status)).toEqual([303, 303, 303, 303])
    expect(await changes()).toEqual(['cafe-published'])
  })

  test('the same form sent again after "back", for another evening, is another café', async () => {
    const form = await browser.get(NEW)
    await browser.submit(form, NEW, { ...CAFE, save: 'publish' })
    await browser.submit(form, NEW, { ...CAFE, title: 'Le suivant', date: '2026-12-16' })
    expect(await changes()).toEqual(['cafe-published', 'cafe-published'])
  })

  test('a draft is the team’s own until it is published', async () => {
    const id = await announce(browser, { save: 'draft' })
    const visitor = openBrowser(server.origin)
    expect((await visitor.get(`/cafes/${id}`)).status).toBe(404)
    expect((await visitor.get(`/cafes/${id}.ics`)).status).toBe(404)
    expect((await visitor.get('/cafes')).text).not.toContain('amie ou concurrente')
    expect((await browser.get(`/cafes/${id}`)).status).toBe(200)
    expect(await changes()).toEqual([])

    const form = await browser.get(editing(id))
    await browser.submit(form, editing(id), { save: 'publish' })
    expect((await visitor.get(`/cafes/${id}`)).status).toBe(200)
    expect(await changes()).toEqual(['cafe-published'])
  })

  test('a price is refused', async () => {
    const form = await browser.get(NEW)
    const answer = await browser.submit(form, NEW, { ...CAFE, price: '5' })
    expect(answer.status).toBe(422)
    expect(answer.text).toContain('gratuit')
  })
})

describe('changing', () => {
  test('saving a form that nobody touched changes nothing and tells nobody', async () => {
    const id = await announce(browser, {
      'venue.streetAddress': '12 quai du Canal',
      themes: 'emploi, école',
      speakers: 'Ada Lovelace, mathématicienne\r\nAlan Turing',
      accessibility: ['mi', 'hi'],
      endTime: '20:15',
      'registration.mode': 'phone',
      phone: '02 99 00 00 00',
    })
    const before = await cafeOf(id)
    expect(before.speakers).toEqual(['Ada Lovelace, mathématicienne', 'Alan Turing'])
    await browser.submit(await browser.get(editing(id)), editing(id))
    expect(await cafeOf(id)).toEqual(before)
    expect(await changes()).toEqual(['cafe-published'])
  })

  test('another hour moves the end along, keeps the old date and is told once, as important', async () => {
    const id = await announce(browser)
    await revise(browser, id, { time: '20:00' })
    const cafe = await cafeOf(id)
    expect(cafe.startsAt.until(cafe.endsAt).total('minutes')).toBe(90)
    expect([cafe.status, cafe.previousStartsAt?.toString()]).toEqual([
      'rescheduled',
      '2026-12-09T17:30:00Z',
    ])
    expect(await changes()).toEqual(['cafe-published', 'cafe-updated'])
    const row = await server.context.db
      .selectFrom('change')
      .select('body')
      .orderBy('id', 'desc')
      .executeTakeFirstOrThrow()
    expect(JSON.parse(row.body).important).toBe(true)
  })

  test('a wrong edit is said and leaves the café as it was', async () => {
    const id = await announce(browser)
    const form = await browser.get(editing(id))
    const answer = await browser.submit(form, editing(id), { title: '', endTime: '10:00' })
    expect(answer.status).toBe(422)
    expect(answer.text).toContain('La fin doit venir après le début')
    expect((await cafeOf(id)).title).toBe(CAFE.title)
  })

  test('cancelling says so first, on the page and in the calendar, and can be undone', async () => {
    const id = await announce(browser)
    const path = `${editing(id)}/annuler`
    await browser.submit(await browser.get(path), path, { reason: 'La salle est inondée.' })
    const visitor = openBrowser(server.origin)
    const page = await visitor.get(`/cafes/${id}`)
    expect(page.status).toBe(200)
    expect(page.text).toContain('Ce café est annulé')
    expect(page.text).toContain('La salle est inondée.')
    expect((await visitor.get(`/cafes/${id}.ics`)).text).toContain('STATUS:CANCELLED')
    expect(await changes()).toEqual(['cafe-published', 'cafe-updated'])

    const back = `${editing(id)}/situation`
    expect((await browser.get(editing(id))).text).toContain(`href="${back}?choix=as-planned"`)
    await browser.submit(await browser.get(`${back}?choix=as-planned`), back)
    expect((await cafeOf(id)).status).toBe('scheduled')
    expect(await changes()).toHaveLength(3)
  })

  test('a deleted café is gone for ever, which its address says', async () => {
    const id = await announce(browser)
    const path = `${editing(id)}/supprimer`
    const form = await browser.get(path)
    const first = await browser.submit(form, path)
    expect(await changes()).toEqual(['cafe-published', 'cafe-deleted'])
    const visitor = openBrowser(server.origin)
    expect((await visitor.get(`/cafes/${id}`)).status).toBe(410)
    expect((await visitor.get(`/cafes/${id}.ics`)).status).toBe(410)
    expect((await browser.get(editing(id))).status).toBe(404)
    const second = await browser.submit(form, path)
    expect([second.status, second.location]).toEqual([303, first.location])
    expect(await changes()).toEqual(['cafe-published', 'cafe-deleted'])
  })

  test('a copy has the words of the first, a week later at the same hour', async () => {
    const id = await announce(browser, { themes: 'emploi' })
    const copy = fieldsOf((await browser.get(`${NEW}?copie=${id}`)).text, NEW)
    expect(copy).toMatchObject({
      title: [CAFE.title],
      date: ['2026-12-16'],
      time: ['18:30'],
      themes: ['emploi'],
    })
  })

  test('a café of another structure cannot be changed', async () => {
    const { db, now } = server.context
    const id = await announce(browser)
    const other = { id: 'organization-2', slug: 'autre', name: 'Autre' }
    await db
      .insertInto('organization')
      .values({ ...other, search_text: ' autre', created_at: now().toString() })
      .execute()
    await updateCafes(db, { organization_id: other.id }, (qb) => qb.where('id', '=', id))
    const { csrf } = fieldsOf((await browser.get(NEW)).text, NEW)
    for (const path of [editing(id), `${editing(id)}/annuler`, `${editing(id)}/supprimer`]) {
      expect((await browser.get(path)).status).toBe(404)
      expect((await browser.post(path, { ...CAFE, csrf: csrf ?? '' })).status).toBe(404)
    }
    expect(await changes()).toEqual(['cafe-published'])
  })
})
