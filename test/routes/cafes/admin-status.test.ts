import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { toEvent } from '../../../federation/wire/event.ts'
import { findCafe } from '../../../node/store/cafes/cafes.ts'
import { saveFollowing } from '../../../node/store/directory/followings.ts'
import { announce, CAFE, revise, signInByLink } from '../../support/admin.ts'
import { type Browser, openBrowser } from '../../support/browser.ts'
import { readable } from '../../support/readable.ts'
import { startWeb, type WebServer } from '../../support/server.ts'

let server: WebServer
let browser: Browser
beforeEach(async () => {
  server = await startWeb()
  browser = await signInByLink(server)
})
afterEach(() => server.stop())

const cafeOf = async (id: string) => {
  const cafe = await findCafe(server.context.db, id)
  if (!cafe) throw new Error(`no café ${id}`)
  return cafe
}

const changes = async (): Promise<{ type: string; important?: boolean }[]> => {
  const rows = await server.context.db.selectFrom('change').select('body').orderBy('id').execute()
  return rows.map(({ body }) => JSON.parse(body))
}

const situation = (id: string) => `/administration/cafes/${id}/situation`
const change = async (id: string, fields: Record<string, string>) =>
  browser.submit(await browser.get(situation(id)), situation(id), fields)
const seen = async (id: string) =>
  readable((await openBrowser(server.origin).get(`/cafes/${id}`)).text)

describe('what becomes of a café', () => {
  test('before the click, the page shows the very title and lines that others will read', async () => {
    const id = await announce(browser)
    const { text } = await browser.get(situation(id))
    const event = toEvent({ ...(await cafeOf(id)), status: 'cancelled' }, server.origin)
    expect(text).toContain(`<strong>${event.name}</strong>`)
    expect(text).toContain(`<strong>Reporté – ${CAFE.title}</strong>`)
    expect(text).toContain('🎟️ Gratuit, complet')
    expect(text).toMatch(/value="as-planned"[^>]*checked/)
  })

  test('postponed without a date, it says so with the reason; a new date is then a new date', async () => {
    const id = await announce(browser)
    const answer = await change(id, {
      situation: 'postponed',
      'note.postponed': 'La salle est inondée.',
      'note.cancelled': 'Ce qui a été écrit ailleurs ne compte pas.',
    })
    expect(answer.status).toBe(303)
    expect(await cafeOf(id)).toMatchObject({
      status: 'postponed',
      statusNote: 'La salle est inondée.',
    })
    expect(await seen(id)).toContain('La salle est inondée.')
    expect((await changes()).at(-1)).toMatchObject({ type: 'cafe-updated', important: true })

    await revise(browser, id, { date: '2026-12-16' })
    expect(await cafeOf(id)).toMatchObject({ status: 'rescheduled' })
  })

  test('moved online, it shows the link and no longer the address; a wrong link keeps what was typed', async () => {
    const id = await announce(browser, { 'venue.streetAddress': '12 quai du Canal' })
    const wrong = await change(id, {
      situation: 'moved-online',
      onlineUrl: 'visio',
      'note.moved-online': 'Il neige.',
    })
    expect(wrong.status).toBe(422)
    expect(wrong.text).toContain('Il neige.')
    expect(wrong.text).toContain('aria-invalid="true"')
    expect((await cafeOf(id)).status).toBe('scheduled')

    await change(id, { situation: 'moved-online', onlineUrl: 'https://visio.example/cafe' })
    const page = await seen(id)
    expect(page).toContain('https://visio.example/cafe')
    expect(page).not.toContain('12 quai du Canal')

    await change(id, { situation: 'as-planned', 'note.as-planned': '' })
    expect(await seen(id)).toContain('12 quai du Canal')
  })

  test('another day for what has moved online leaves it online', async () => {
    const id = await announce(browser)
    await change(id, { situation: 'moved-online', onlineUrl: 'https://visio.example/cafe' })
    await revise(browser, id, { date: '2026-12-16' })
    expect(await cafeOf(id)).toMatchObject({ status: 'moved-online' })
  })

  test('full and free again; one more chair is one more seat', async () => {
    const id = await announce(browser)
    await change(id, { situation: 'full' })
    expect((await cafeOf(id)).registration).toMatchObject({ capacity: 15, seatsLeft: 0 })
    expect(await seen(id)).toContain('Complet')
    expect((await changes()).at(-1)).toMatchObject({ type: 'cafe-updated', important: true })

    const editing = `/administration/cafes/${id}`
    const form = await browser.get(editing)
    await browser.submit(form, editing, { 'registration.capacity': '17' })
    expect((await cafeOf(id)).registration).toMatchObject({ capacity: 17, seatsLeft: 2 })

    await change(id, { situation: 'full' })
    await change(id, { situation: 'as-planned' })
    expect((await cafeOf(id)).registration).toMatchObject({ capacity: 17, seatsLeft: undefined })
    // Who was told that it is full hears that it is not.
    expect((await changes()).at(-1)).toMatchObject({ type: 'cafe-updated', important: true })
  })

  test('the same answer again sends nothing; no answer changes nothing', async () => {
    const id = await announce(browser)
    const before = await changes()
    await change(id, { situation: 'as-planned' })
    expect((await change(id, { situation: 'ailleurs' })).status).toBe(422)
    expect(await changes()).toEqual(before)
  })

  test('a draft has nothing to be cancelled from', async () => {
    const id = await announce(browser, { save: 'draft' })
    const { text } = await browser.get(situation(id))
    expect(text).toContain('pas encore publié')
    expect(text).not.toContain(`action="${situation(id)}"`)
  })
})

const joinDirectory = () =>
  saveFollowing(
    server.context.db,
    {
      actor: 'instance',
      address: 'https://annuaire.example',
      targetUri: 'https://annuaire.example/actors/instance',
      followId: `${server.origin}/activities/1`,
      isJoin: true,
      invitation: undefined,
      state: 'accepted',
      error: undefined,
    },
    server.context.now(),
  )

describe('cancelling, before the click', () => {
  const cancelling = (id: string) => `/administration/cafes/${id}/annuler`

  test('the page shows the very title that others will read, and names the directory', async () => {
    const id = await announce(browser)
    const alone = await browser.get(cancelling(id))
    const event = toEvent({ ...(await cafeOf(id)), status: 'cancelled' }, server.origin)
    expect(alone.text).toContain(`<strong>${event.name}</strong>`)
    expect(alone.text).toContain('aucun annuaire')
    expect(alone.text).not.toContain('quelques secondes')

    await joinDirectory()
    for (const path of [cancelling(id), situation(id), `/administration/cafes/${id}`])
      expect((await browser.get(path)).text).toContain('annuaire.example montre')
    expect((await browser.get(`/administration/cafes/${id}/supprimer`)).text).toContain(
      'annuaire.example l’enlève',
    )
  })

  test('a reason that is too long comes back whole, and nothing is cancelled', async () => {
    const id = await announce(browser)
    const reason = 'La salle est inondée. '.repeat(13).trim()
    const answer = await browser.submit(await browser.get(cancelling(id)), cancelling(id), {
      reason,
    })
    expect(answer.status).toBe(422)
    expect(answer.text).toContain(reason)
    expect(answer.text).toContain('href="#reason"')
    expect((await cafeOf(id)).status).toBe('scheduled')
  })

  test('a draft, which nobody expects, is not cancelled', async () => {
    const id = await announce(browser, { save: 'draft' })
    expect((await browser.get(cancelling(id))).location).toBe(situation(id))
  })
})

describe('three days before', () => {
  const confirming = (id: string) => `/administration/cafes/${id}/confirmer`

  test('the administration asks whether it still takes place, and one click says yes to everybody', async () => {
    const id = await announce(browser)
    expect((await browser.get('/administration')).text).not.toContain('toujours lieu')
    server.advance({ hours: 12 * 24 })
    const admin = await browser.get('/administration')
    expect(admin.text).toContain('Ce café a-t-il toujours lieu')
    expect(await seen(id)).not.toContain('Confirmé par')

    await browser.submit(admin, confirming(id))
    expect((await cafeOf(id)).confirmedAt).toEqual(server.context.now())
    expect(await seen(id)).toContain('onfirmé')
    expect((await changes()).at(-1)).toMatchObject({ type: 'cafe-updated', important: false })
    const event = toEvent(await cafeOf(id), server.origin)
    expect(event.confirmedAt).toBe(server.context.now().toString())
    expect((await browser.get('/administration')).text).not.toContain('toujours lieu')

    const told = (await changes()).length
    await browser.submit(admin, confirming(id))
    expect(await changes()).toHaveLength(told)
  })

  test('one click on a page that is out of date confirms nothing, and says what was done meanwhile', async () => {
    const id = await announce(browser)
    server.advance({ hours: 12 * 24 })
    const old = await browser.get('/administration')
    const list = await browser.get('/administration/cafes')
    await change(id, { situation: 'full', 'note.full': 'La liste est close.' })
    for (const page of [old, list]) {
      const answer = await browser.submit(page, confirming(id))
      expect(answer.status).toBe(409)
      expect(readable(answer.text)).toContain('Complet')
      expect(answer.text).toMatch(/value="full"[^>]*checked/)
    }
    expect((await cafeOf(id)).confirmedAt).toBeUndefined()
  })

  test('another hour is no longer what was confirmed: the administration asks again the next morning', async () => {
    const id = await announce(browser)
    server.advance({ hours: 12 * 24 })
    await browser.submit(await browser.get('/administration'), confirming(id))
    await revise(browser, id, { time: '20:00' })
    expect((await cafeOf(id)).confirmedAt).toBeUndefined()
    expect((await browser.get('/administration')).text).not.toContain('toujours lieu')
    server.advance({ hours: 24 })
    expect((await browser.get('/administration')).text).toContain('toujours lieu')
  })

  test('who has just announced a café for these days is not asked whether it still takes place', async () => {
    const { now } = server.context
    const date = now().toZonedDateTimeISO('Europe/Paris').add({ days: 2 }).toPlainDate().toString()
    const id = await announce(browser, { date })
    for (const path of ['/administration', '/administration/cafes']) {
      const { text } = await browser.get(path)
      expect(text).not.toContain('toujours lieu')
      expect(text).not.toContain(confirming(id))
    }
    server.advance({ hours: 24 })
    expect((await browser.get('/administration')).text).toContain('Ce café a-t-il toujours lieu')
    expect((await browser.get('/administration/cafes')).text).toContain(confirming(id))
  })

  test('« Annuler » leads to the question with that answer, and cancels nothing by itself', async () => {
    const id = await announce(browser)
    server.advance({ hours: 12 * 24 })
    const page = await browser.get(`${situation(id)}?choix=cancelled`)
    expect(page.text).toMatch(/value="cancelled"[^>]*checked/)
    expect((await cafeOf(id)).status).toBe('scheduled')
  })
})
