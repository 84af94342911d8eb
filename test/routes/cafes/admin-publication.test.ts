import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { toEvent } from '../../../federation/wire/event.ts'
import { publishDueCafes } from '../../../node/jobs/publish-due-cafes.ts'
import { findCafe } from '../../../node/store/cafes/cafes.ts'
import { announce, CAFE, signInByLink } from '../../support/admin.ts'
import { type Browser, fieldsOf, openBrowser } from '../../support/browser.ts'
import { readable } from '../../support/readable.ts'
import { startWeb, type WebServer } from '../../support/server.ts'

let server: WebServer
let browser: Browser
beforeEach(async () => {
  server = await startWeb()
  browser = await signInByLink(server)
})
afterEach(() => server.stop())

const NEW = '/administration/cafes/nouveau'
const LATER = { publishDate: '2026-12-01', publishTime: '9h' }
const visit = async (id: string) => (await openBrowser(server.origin).get(`/cafes/${id}`)).status
const cafeOf = async (id: string) => {
  const cafe = await findCafe(server.context.db, id)
  if (!cafe) throw new Error(`no café ${id}`)
  return cafe
}

describe('publishing later', () => {
  test('a café waits for its hour, by the clock of its place, then is published by itself', async () => {
    const id = await announce(browser, { ...LATER, 'venue.town': '97400 Saint-Denis' })
    expect((await cafeOf(id)).publishAt?.toString()).toBe('2026-12-01T05:00:00Z')
    expect(await visit(id)).toBe(404)
    const admin = readable((await browser.get('/administration')).text)
    expect(admin).toContain('Programmé')
    expect(admin).toContain('le mar. 1er déc. 2026 à 9 h')

    server.advance({ hours: 5 * 24 + 19 })
    await publishDueCafes(server.context)
    expect(await visit(id)).toBe(404)
    server.advance({ hours: 1 })
    await publishDueCafes(server.context)
    expect(await visit(id)).toBe(200)
  })

  test('without an hour, too late or too early, it is said beside the field and nothing is lost', async () => {
    const form = await browser.get(NEW)
    const send = async (fields: object) =>
      readable((await browser.submit(form, NEW, { ...CAFE, save: 'publish', ...fields })).text)
    expect(await send({ publishDate: '2026-12-01' })).toMatch(/id="publishTime-erreur"/)
    expect(await send({ ...LATER, publishDate: '2026-12-10' })).toMatch(
      /id="publishDate-erreur">Choisissez une date de publication avant/,
    )
    const past = await send({ ...LATER, publishDate: '2026-11-24' })
    expect(past).toMatch(/id="publishDate-erreur">Cette date est déjà passée/)
    expect(past).toContain('value="2026-11-24"')
    expect(past).toContain(CAFE.title)
  })

  test('its form shows the hour; without one it is published at once', async () => {
    const id = await announce(browser, LATER)
    const editing = `/administration/cafes/${id}`
    const form = await browser.get(editing)
    expect(fieldsOf(form.text, editing)).toMatchObject({
      publishDate: ['2026-12-01'],
      publishTime: ['09:00'],
    })
    await browser.submit(form, editing, { save: 'publish', title: 'Encore programmé' })
    expect((await cafeOf(id)).publication).toBe('scheduled')
    await browser.submit(form, editing, { save: 'publish', publishDate: '', publishTime: '' })
    expect(await cafeOf(id)).toMatchObject({ publication: 'published', publishAt: undefined })
  })

  test('kept as a draft, it does not leave by itself', async () => {
    const id = await announce(browser, LATER)
    const editing = `/administration/cafes/${id}`
    await browser.submit(await browser.get(editing), editing, { save: 'draft' })
    server.advance({ hours: 24 * 10 })
    await publishDueCafes(server.context)
    expect(await visit(id)).toBe(404)
  })
})

describe('publishing from the administration', () => {
  const publishing = (id: string) => `/administration/cafes/${id}/publier`

  test('a draft is asked about first, with the very words that leave and who reads them', async () => {
    const id = await announce(browser, { save: 'draft' })
    const drafts = await browser.get('/administration/cafes?etat=brouillons')
    expect(drafts.text).toContain(`href="${publishing(id)}"`)
    const question = await browser.get(publishing(id))
    expect(await visit(id)).toBe(404)
    const event = toEvent(await cafeOf(id), server.origin)
    expect(question.text).toContain(`<strong>${event.name}</strong>`)
    expect(readable(question.text)).toContain('🎟️ Gratuit, venez librement (15 places)')
    expect(question.text).toContain('aucun annuaire')
    await browser.submit(question, publishing(id))
    expect(await visit(id)).toBe(200)
  })

  test('a draft whose date has passed, or that has no hour, must be completed first', async () => {
    const midnight = await announce(browser, { save: 'draft', time: '00:00' })
    const soon = await announce(browser, { save: 'draft' })
    const question = await browser.get(publishing(soon))
    const answer = await browser.get(publishing(midnight))
    expect(answer.status).toBe(422)
    expect(answer.text).toContain('id="time-erreur"')

    server.advance({ hours: 24 * 20 })
    expect((await browser.get(publishing(midnight))).text).toContain('id="date-erreur"')
    const late = await browser.submit(question, publishing(soon))
    expect(late.status).toBe(422)
    expect(late.text).toContain('id="date-erreur"')
    expect(await visit(soon)).toBe(404)
    expect(await visit(midnight)).toBe(404)
  })
})

describe('a draft', () => {
  const NOTHING = {
    date: '',
    time: '',
    'venue.name': '',
    'venue.town': '',
    descriptionMarkdown: '',
  }
  const DRAFTS = '/administration/cafes?etat=brouillons'

  test('needs a title only; the administration says « Date à venir », and the form shows no day', async () => {
    const id = await announce(browser, { ...NOTHING, save: 'draft' })
    expect(await cafeOf(id)).toMatchObject({ publication: 'draft', isUndated: true })
    const list = await browser.get(DRAFTS)
    expect(list.text).toContain('Date à venir')
    for (const path of ['en-ligne', 'supprimer', 'situation']) {
      const page = await browser.get(`/administration/cafes/${id}/${path}`)
      expect([path, page.text.includes('Date à venir')]).toEqual([path, true])
      expect(page.text).not.toContain('2099')
    }
    expect(list.text).not.toContain('2099')
    const form = await browser.get(`/administration/cafes/${id}`)
    const shown = fieldsOf(form.text, `/administration/cafes/${id}`)
    expect(shown).toMatchObject({ date: [''], time: [''], endTime: [''], 'venue.name': [''] })
    const page = await browser.get(`/cafes/${id}`)
    expect([page.status, page.location]).toEqual([302, `/administration/cafes/${id}`])
    expect(await visit(id)).toBe(404)
  })

  test('keeps what it has: an hour without a day, a day without an hour', async () => {
    const hour = await announce(browser, { ...NOTHING, time: '18:30', save: 'draft' })
    const day = await announce(browser, { ...NOTHING, date: '2026-12-09', save: 'draft' })
    const valuesOf = async (id: string) => {
      const path = `/administration/cafes/${id}`
      const { date, time } = fieldsOf((await browser.get(path)).text, path)
      return [date, time]
    }
    expect(await valuesOf(hour)).toEqual([[''], ['18:30']])
    expect(await valuesOf(day)).toEqual([['2026-12-09'], ['']])
  })

  test('is published once it has all that a café needs, each asked for beside its field', async () => {
    const id = await announce(browser, { ...NOTHING, save: 'draft' })
    const path = `/administration/cafes/${id}`
    const refused = await browser.get(`${path}/publier`)
    expect(refused.status).toBe(422)
    expect(refused.text).toContain('id="date-erreur"')
    const form = await browser.get(path)
    const dated = await browser.submit(form, path, {
      date: '2026-12-09',
      time: '18:30',
      save: 'publish',
    })
    expect(dated.status).toBe(422)
    expect(dated.text).toContain('id="venue-name-erreur"')
    const whole = { ...CAFE, save: 'publish' }
    expect((await browser.submit(dated, path, whole)).status).toBe(303)
    const published = await cafeOf(id)
    expect(published.publication).toBe('published')
    expect(published.isUndated).toBeUndefined()
    expect(await visit(id)).toBe(200)
  })

  test('without a place is not announced by one click', async () => {
    const id = await announce(browser, {
      ...{ 'venue.name': '', 'venue.town': '' },
      save: 'draft',
    })
    const refused = await browser.get(`/administration/cafes/${id}/publier`)
    expect(refused.status).toBe(422)
    expect(refused.text).toContain('id="venue-name-erreur"')
  })

  test('still says what is wrong with what was typed', async () => {
    const form = await browser.get(NEW)
    const wrong = {
      ...CAFE,
      ...NOTHING,
      date: '2026-02-30',
      onlineUrl: 'pas une adresse',
      title: '',
    }
    const answer = await browser.submit(form, NEW, { ...wrong, save: 'draft' })
    expect(answer.status).toBe(422)
    for (const name of ['title', 'date', 'onlineUrl'])
      expect(answer.text).toContain(`id="${name}-erreur"`)
    expect(answer.text).not.toContain('id="venue-name-erreur"')
  })
})
