import { afterAll, beforeAll, expect, test } from 'vitest'
import { signInByLink } from '../../support/admin.ts'
import { type Browser, openBrowser } from '../../support/browser.ts'
import { startWeb, type WebServer } from '../../support/server.ts'

/** Checks the answers to a form whose address is reloaded or requested in English. */

let server: WebServer
let admin: Browser
let visitor: Browser
beforeAll(async () => {
  server = await startWeb()
  admin = await signInByLink(server)
  visitor = openBrowser(server.origin)
})
afterAll(() => server.stop())

const BROWSER = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' }

test.each([
  ['/administration/reseau/invitations', '/administration/reseau'],
  ['/administration/equipe/invitations?lang=en', '/administration/equipe?lang=en'],
  ['/administration/compte/mot-de-passe', '/administration/compte'],
  ['/administration/compte/sessions/abc/fermer', '/administration/compte'],
  ['/administration/deconnexion', '/administration'],
  ['/administration/import/confirmer', '/administration/import'],
])('%s leads to %s', async (address, page) => {
  const { status, location } = await admin.get(address, BROWSER)
  expect([status, location]).toEqual([303, page])
  expect((await admin.get(page, BROWSER)).status).toBe(200)
})

test('the form of a profile leads to the profile', async () => {
  const { status, location } = await visitor.get('/animation/camille/message?lang=en', BROWSER)
  expect([status, location]).toEqual([303, '/animation/camille?lang=en'])
})

test('the settings of referents lead to their list', async () => {
  const hub = await startWeb({ role: 'hub' })
  try {
    const team = await signInByLink(hub)
    const { status, location } = await team.get('/administration/referents/reglages', BROWSER)
    expect([status, location]).toEqual([303, '/administration/referents'])
  } finally {
    await hub.stop()
  }
})

test('what no form is sent to is not found, and programs are told so', async () => {
  for (const [path, accept] of [
    ['/animation/camille/autre', BROWSER.accept],
    ['/administration/nulle-part', BROWSER.accept],
    ['/animation/camille/message', 'application/activity+json'],
  ] as const)
    expect([path, (await admin.get(path, { accept })).status]).toEqual([path, 404])
})

test.each(['/suivre?compte=inconnu', '/administration/cafes/00000000-0000-4000-8000-000000000000'])(
  '%s, a page with a form that does not find what it is asked for, says so',
  async (address) => {
    expect((await admin.get(address, BROWSER)).status).toBe(404)
  },
)
