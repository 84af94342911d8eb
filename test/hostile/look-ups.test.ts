import type { ServerResponse } from 'node:http'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { type Browser, openBrowser } from '../support/browser.ts'
import { eventually, openStage, type Stage } from '../support/hostile-stage.ts'

/** Hostile case S15: addresses that visitors and the team type. */

let stage: Stage
beforeAll(async () => {
  stage = await openStage({ attackers: 13 })
})
afterEach(() => stage.checkHealth())
afterAll(() => stage?.close())

const asJrd = (document: object) => (response: ServerResponse) =>
  response.writeHead(200, { 'content-type': 'application/jrd+json' }).end(JSON.stringify(document))

const sendTo = (location: string) => (response: ServerResponse) =>
  response.writeHead(302, { location }).end()

const WEBFINGER = '/.well-known/webfinger'
const SUBSCRIBE = 'http://ostatus.org/schema/1.0/subscribe'

it('S15 a visitor’s account that lies inside is an error of the form, and nobody is asked', async () => {
  const { sink, server } = stage
  const away = stage.nextAttacker()
  const inward = stage.nextAttacker()
  const scripted = stage.nextAttacker()
  away.pages.set(WEBFINGER, sendTo('https://10.0.0.1/'))
  inward.pages.set(WEBFINGER, sendTo(`${sink.origin}/admin`))
  scripted.pages.set(
    WEBFINGER,
    asJrd({ links: [{ rel: SUBSCRIBE, template: 'javascript:alert("{uri}")' }] }),
  )
  const browser = openBrowser(server.origin)
  for (const account of [
    '@x@127.0.0.1',
    `@x@127.0.0.1:${sink.port}`,
    '@x@localhost',
    '@x@[::1]',
    `${sink.origin}/profile`,
    'file:///etc/passwd',
    `@x@${new URL(away.origin).host}`,
    `@x@${new URL(inward.origin).host}`,
    `@x@${new URL(scripted.origin).host}`,
  ]) {
    const page = await browser.submit(await browser.get('/suivre'), '/suivre', { compte: account })
    expect(page.status, account).toBe(400)
    expect(page.text, account).not.toMatch(/href="javascript:/i)
    expect(sink.connections.total, account).toBe(0)
  }
})

it('S15 an address that the team follows and that lies inside is said to be none, and nobody is asked', async () => {
  const { sink, server } = stage
  const browser = await signIn()
  const away = stage.nextAttacker()
  const elsewhere = stage.nextAttacker()
  const posing = stage.nextAttacker()
  away.pages.set(WEBFINGER, sendTo(`${sink.origin}/admin`))
  elsewhere.pages.set(
    WEBFINGER,
    asJrd({
      links: [{ rel: 'self', type: 'application/activity+json', href: `${sink.origin}/a` }],
    }),
  )
  posing.addActor('x', { inbox: `${sink.origin}/admin` })
  for (const address of [
    '@x@127.0.0.1',
    `@x@127.0.0.1:${sink.port}`,
    '@x@localhost',
    `${sink.origin}/actors/x`,
    sink.origin,
    'https://10.0.0.1',
    'https://[::1]',
    `@x@${new URL(away.origin).host}`,
    `@x@${new URL(elsewhere.origin).host}`,
    `${posing.origin}/actors/x`,
  ]) {
    const form = await browser.get('/administration/reseau')
    const page = await browser.submit(form, '/administration/reseau/suivre', {
      'follow.address': address,
    })
    expect([303, 400, 422], address).toContain(page.status)
    if (page.status !== 303) continue
    await eventually(`${address} is said to lead nowhere`, async () => {
      const rows = server.query('select state from following where address = ?', address)
      return rows.some(({ state }) => state === 'failed')
    })
    expect(sink.connections.total, address).toBe(0)
  }
  expect(server.query("select state from following where state <> 'failed'")).toHaveLength(1)
})

it('a calendar to import that lies inside is not read', async () => {
  const { sink } = stage
  const browser = await signIn()
  const away = stage.nextAttacker()
  away.pages.set('/agenda.ics', sendTo(`${sink.origin}/agenda.ics`))
  for (const address of [
    `${sink.origin}/agenda.ics`,
    'https://10.0.0.1/agenda.ics',
    'file:///etc/passwd',
    `webcal://127.0.0.1:${sink.port}/agenda.ics`,
    `${away.origin}/agenda.ics`,
  ]) {
    const form = await browser.get('/administration/import')
    const page = await browser.submit(form, '/administration/import', { url: address })
    expect(page.status, address).toBeGreaterThanOrEqual(400)
    expect(page.status, address).toBeLessThan(500)
    expect(sink.connections.total, address).toBe(0)
  }
})

it('a server whose answers hold values of odd kinds is said to know nobody', async () => {
  const browser = await signIn()
  const networks = '/administration/tetes-de-reseau'
  const name = 'Réseau'
  await browser.submit(await browser.get(networks), `${networks}/nouveau`, { name })
  const odd = { toString: 1, valueOf: 1 }
  const invite = `${networks}/reseaux/reseau/inviter`
  for (const answer of [
    { subject: odd, links: odd },
    { links: [null, 'self', odd, { rel: odd, type: odd, href: odd, template: odd }] },
    { links: [{ rel: 'self', type: odd, href: odd }] },
    { links: [{ rel: SUBSCRIBE, template: odd, href: [odd] }] },
    { links: [{ rel: 'self', type: 'application/activity+json', href: 'https://[' }] },
  ]) {
    const attacker = stage.nextAttacker()
    attacker.pages.set(WEBFINGER, asJrd(answer))
    const asked = new URLSearchParams({ adresse: `@x@${new URL(attacker.origin).host}` })
    expect((await browser.get(`${invite}?${asked}`)).status).toBe(422)
  }
})

/** Signs in by the link that the operator makes on the command line. */
async function signIn(): Promise<Browser> {
  const { server } = stage
  const browser = openBrowser(server.origin)
  const { pathname } = new URL(await server.command('sign-in-link'))
  await browser.submit(await browser.get(pathname), pathname)
  const [account] = server.query('select password_hash from account')
  if (account?.password_hash) return browser
  const password = 'quatre mots sans rapport'
  const welcome = await browser.get('/administration/bienvenue')
  const answer = await browser.submit(welcome, '/administration/bienvenue', {
    name: 'Camille',
    email: 'camille@mediatheque.example',
    password,
    passwordAgain: password,
  })
  expect(answer.status).toBe(303)
  return browser
}
