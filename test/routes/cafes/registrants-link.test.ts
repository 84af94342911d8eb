import { afterEach, beforeEach, expect, test } from 'vitest'
import { announce, CAFE, signInByLink } from '../../support/admin.ts'
import { type Browser, fieldsOf, openBrowser } from '../../support/browser.ts'
import { startWeb, type WebServer } from '../../support/server.ts'

const NEW = '/administration/cafes/nouveau'
const LINK = 'https://visio.example/salle-secrete'
const FOR_REGISTRANTS = {
  attendanceMode: 'online',
  onlineUrl: LINK,
  onlineFor: 'registrants',
  'registration.mode': 'phone',
  phone: '02 99 12 34 56',
}

let server: WebServer
let browser: Browser
beforeEach(async () => {
  server = await startWeb()
  browser = await signInByLink(server)
})
afterEach(() => server.stop())

test('a link for those who sign up is on the team’s form and in nothing that leaves', async () => {
  const id = await announce(browser, FOR_REGISTRANTS)
  const visitor = openBrowser(server.origin)
  const page = await visitor.get(`/cafes/${id}`)
  expect(page.text).toContain('envoyé aux personnes inscrites')
  const told = [
    page.text,
    (await visitor.get(`/cafes/${id}`, { accept: 'application/activity+json' })).text,
    ...(await Promise.all(
      [
        `/cafes/${id}.ics`,
        '/agenda.ics',
        '/agenda.atom',
        '/agenda.json',
        `/api/v1/cafes/${id}`,
        '/export/cafes.csv',
        '/export/cafes.jsonld',
        '/export/cafes.ndjson',
        '/export/openagenda.json',
      ].map(async (path) => {
        const { status, text } = await visitor.get(path)
        expect([path, status]).toEqual([path, 200])
        return text
      }),
    )),
  ]
  for (const text of told) expect(text).not.toContain('salle-secrete')
  for (const path of [`/administration/cafes/${id}`, `${NEW}?copie=${id}`]) {
    const values = fieldsOf((await browser.get(path)).text, path.split('?')[0] ?? '')
    expect(values).toMatchObject({ onlineUrl: [LINK], onlineFor: ['registrants'] })
  }
})

test('shown to everyone later, it is on the page; kept back again, it is not', async () => {
  const id = await announce(browser, FOR_REGISTRANTS)
  const path = `/administration/cafes/${id}`
  const seen = async () => (await openBrowser(server.origin).get(`/cafes/${id}`)).text
  await browser.submit(await browser.get(path), path, { onlineFor: 'public' })
  expect(await seen()).toContain(LINK)
  await browser.submit(await browser.get(path), path, { onlineFor: 'registrants' })
  expect(await seen()).not.toContain(LINK)
})

test('who would keep the link back from everyone is asked how to sign up; a wrong link is said', async () => {
  const page = await browser.get(NEW)
  const send = (fields: Record<string, string>) =>
    browser.submit(page, NEW, { ...CAFE, ...FOR_REGISTRANTS, save: 'publish', ...fields })
  const open = await send({ 'registration.mode': 'none' })
  expect(open.status).toBe(422)
  expect(open.text).toContain('href="#registration-mode"')
  expect(fieldsOf(open.text, NEW)).toMatchObject({ onlineUrl: [LINK], onlineFor: ['registrants'] })
  const wrong = await send({ onlineUrl: 'visio' })
  expect(wrong.status).toBe(422)
  expect(wrong.text).toContain('id="onlineUrl-erreur"')
})

test('a café with such a link moves online without another', async () => {
  const id = await announce(browser, { ...FOR_REGISTRANTS, attendanceMode: 'mixed' })
  const path = `/administration/cafes/${id}/situation`
  const fields = { situation: 'moved-online', onlineUrl: '' }
  expect((await browser.submit(await browser.get(path), path, fields)).status).toBe(303)
  const { text } = await openBrowser(server.origin).get(`/cafes/${id}`)
  expect(text).toContain('envoyé aux personnes inscrites')
  expect(text).not.toContain('salle-secrete')
})
