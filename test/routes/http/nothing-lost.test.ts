import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createSignInLink } from '../../../node/commands/sign-in-link.ts'
import { announce, CAFE, EMAIL, newLinkPath, PASSWORD, signInByLink } from '../../support/admin.ts'
import { type Browser, fieldsOf, openBrowser, type Page } from '../../support/browser.ts'
import { type Site, startSite } from '../../support/network.ts'
import { readable } from '../../support/readable.ts'
import { startWeb, type WebServer } from '../../support/server.ts'
import { submitWithImage } from '../../support/uploads.ts'

const NEW = '/administration/cafes/nouveau'
const SIGN_IN = '/administration/connexion'
const RESUME = '/administration/connexion/reprise'

let server: WebServer
let browser: Browser
beforeAll(async () => {
  server = await startWeb()
  browser = await signInByLink(server)
})
afterAll(() => server.stop())

const titles = async (): Promise<string[]> => {
  const rows = await server.context.db.selectFrom('cafe').select('title').execute()
  return rows.map(({ title }) => title)
}
const times = (all: string[], title: string) => all.filter((one) => one === title).length

const endSessions = () => server.context.db.deleteFrom('session').execute()

const signIn = (page: Page, password = PASSWORD) =>
  browser.submit(page, SIGN_IN, { email: EMAIL, password })

describe('a session that ends while somebody writes', () => {
  test('keeps the café through the sign-in, a mistyped password included, and shows it again', async () => {
    const typed = { ...CAFE, title: 'Écrit trop lentement', speakers: 'Ada Lovelace' }
    const form = await browser.get(NEW)
    await endSessions()
    const door = await browser.submit(form, NEW, { ...typed, save: 'publish' })
    expect(door.status).toBe(401)
    expect(door.text).toContain('ce que vous avez écrit est gardé')
    expect(await titles()).not.toContain(typed.title)

    const mistyped = await signIn(door, 'pas le bon mot')
    expect(mistyped.status).toBe(422)
    const back = await signIn(mistyped)
    expect(back.status).toBe(200)
    for (const text of [typed.title, 'Ada Lovelace', '35000 Rennes'])
      expect(back.text).toContain(`<dd>${text}</dd>`)
    const shown = readable(/<dl class="written">.*<\/dl>/s.exec(back.text)?.[0] ?? '')
    expect(shown).toContain('<dd>mercredi 9 décembre 2026</dd>')
    expect(shown).toContain('<dd>18 h 30</dd>')
    expect(shown).not.toMatch(/\d{4}-\d\d-\d\d|\d\d:\d\d/)

    const sent = await browser.submit(back, NEW)
    expect(sent.status).toBe(303)
    await browser.submit(back, NEW)
    expect(times(await titles(), typed.title)).toBe(1)
  })

  test('speaks of a file to be chosen again where one had been chosen, and only there', async () => {
    const again = 'Le fichier que vous aviez choisi n’a pas pu être gardé'
    const fields = { ...CAFE, title: 'Avec ou sans image' }
    for (const [bytes, isTold] of [
      [new Uint8Array(), false],
      [new Uint8Array(9), true],
    ] as const) {
      const page = await browser.get(NEW)
      await endSessions()
      const sent = { page, fields, file: { bytes } }
      const door = await submitWithImage({ server, browser }, NEW, sent)
      const back = await signIn(door)
      expect(back.text.includes(again)).toBe(isTold)
    }
  })

  test('gives the form itself back, filled in, to be read once more', async () => {
    const typed = { ...CAFE, title: 'À relire', format: 'Atelier', 'registration.capacity': '12' }
    const form = await browser.get(NEW)
    await endSessions()
    const back = await signIn(await browser.submit(form, NEW, { ...typed, save: 'publish' }))
    const again = await browser.submit(back, NEW, { revoir: '1' })
    expect(again.status).toBe(200)
    expect(await titles()).not.toContain(typed.title)
    expect(fieldsOf(again.text, NEW)).toMatchObject({
      title: ['À relire'],
      format: ['Atelier'],
      'registration.capacity': ['12'],
      'venue.town': ['35000 Rennes'],
      descriptionMarkdown: [CAFE.descriptionMarkdown],
    })
    await browser.submit(again, NEW, { title: 'Relu', save: 'publish' })
    expect(await titles()).toContain('Relu')
  })

  test('keeps the reason of a cancellation', async () => {
    const path = `/administration/cafes/${await announce(browser)}/annuler`
    const page = await browser.get(path)
    await endSessions()
    const door = await browser.submit(page, path, { reason: 'La salle est inondée.' })
    const back = await signIn(door)
    expect(back.text).toContain('La salle est inondée.')
    expect((await browser.submit(back, path)).status).toBe(303)
    const { db } = server.context
    const rows = await db.selectFrom('cafe').select('status_note').execute()
    expect(rows.map(({ status_note }) => status_note)).toContain('La salle est inondée.')
  })

  test('sent from an old tab after signing in in another, it is given back to be sent', async () => {
    const form = await browser.get(NEW)
    await endSessions()
    await signIn(await browser.get(SIGN_IN))
    const stale = await browser.submit(form, NEW, {
      ...CAFE,
      title: 'Vieil onglet',
      save: 'publish',
    })
    expect(stale.status).toBe(403)
    expect(stale.text).toContain('Vieil onglet')
    expect(await titles()).not.toContain('Vieil onglet')
    expect((await browser.submit(stale, NEW)).status).toBe(303)
    expect(await titles()).toContain('Vieil onglet')
  })

  test('keeps the café while a link is opened beside it, and waits for whoever is not in yet', async () => {
    const typed = { ...CAFE, title: 'Par un lien', save: 'publish' }
    const form = await browser.get(NEW)
    await endSessions()
    const door = await browser.submit(form, NEW, typed)
    const tooEarly = await browser.submit(door, RESUME)
    expect(tooEarly.status).toBe(401)
    const link = await newLinkPath(server)
    await browser.submit(await browser.get(link), link)
    const back = await browser.submit(tooEarly, RESUME)
    expect(back.text).toContain('<dd>Par un lien</dd>')
    expect((await browser.submit(back, NEW)).status).toBe(303)
    expect(times(await titles(), 'Par un lien')).toBe(1)
  })

  test('writes no password on a page, and leads nowhere but to the administration', async () => {
    const path = '/administration/compte/mot-de-passe'
    const page = await browser.get('/administration/compte')
    await endSessions()
    const secret = 'cinq petits chats gris'
    const fields = { currentPassword: PASSWORD, password: secret, passwordAgain: secret }
    expect((await browser.submit(page, path, fields)).text).not.toContain(secret)

    const kept = JSON.stringify({ action: 'https://evil.example/', fields: [['a', 'b']] })
    const entered = await browser.post(SIGN_IN, { email: EMAIL, password: PASSWORD, kept })
    expect([entered.status, entered.location]).toEqual([303, '/administration'])
  })
})

test('"back" after publishing shows the same form: sent again as it was, it makes no second café', async () => {
  const form = await browser.get(NEW)
  const fields = { ...CAFE, title: 'Une fois', save: 'publish' }
  for (let click = 0; click < 3; click++)
    expect((await browser.submit(form, NEW, fields)).status).toBe(303)
  expect(times(await titles(), 'Une fois')).toBe(1)
})

test('"back" in a browser that asks for the form anew makes no second café: it is a correction', async () => {
  const fields = { ...CAFE, title: 'Une fois aussi' }
  const first = { ...fields, save: 'draft', format: 'Atelier' }
  const again = { ...fields, save: 'publish', format: 'Débat' }
  const elsewhere = { ...again, 'venue.name': 'Salle des fêtes' }
  await browser.submit(await browser.get(NEW), NEW, first)
  await browser.submit(await browser.get(NEW), NEW, again)
  const cafes = server.context.db.selectFrom('cafe').where('title', '=', fields.title)
  const list = () => cafes.select(['publication', 'format']).orderBy('id').execute()
  expect(await list()).toEqual([{ publication: 'published', format: 'Débat' }])

  await browser.submit(await browser.get(NEW), NEW, elsewhere)
  expect(await list()).toHaveLength(2)
})

describe('a server that restarts while somebody writes', () => {
  let site: Site
  beforeAll(async () => {
    site = await startSite()
  })
  afterAll(() => site.close())

  test('takes the form that was open before, once, without asking to sign in', async () => {
    const visitor = openBrowser(site.origin)
    const { pathname } = new URL(await createSignInLink(site.context))
    await visitor.submit(await visitor.get(pathname), pathname)
    const welcome = '/administration/bienvenue'
    const fields = { name: 'C', email: EMAIL, password: PASSWORD, passwordAgain: PASSWORD }
    await visitor.submit(await visitor.get(welcome), welcome, fields)
    const form = await visitor.get(NEW)
    const soon = Temporal.Now.plainDateISO('Europe/Paris').add({ days: 20 }).toString()
    const cafe = { ...CAFE, date: soon, title: 'Pendant le redémarrage', save: 'publish' }

    await site.stop()
    await expect(visitor.submit(form, NEW, cafe)).rejects.toThrow()
    await site.start()
    expect((await visitor.submit(form, NEW, cafe)).status).toBe(303)
    await site.stop()
    await site.start()
    expect((await visitor.submit(form, NEW, cafe)).status).toBe(303)
    expect(times(await site.titles(), 'Pendant le redémarrage')).toBe(1)
  })
})
