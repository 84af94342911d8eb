import type { Browser, Page, Response } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { launchChromium, whyNoChromium } from '../support/chromium.ts'
import { fillPattern, hasPath, patternsOf } from '../support/every-route.ts'
import { IS_FULL } from '../support/full.ts'
import { fillSite, makeEveryLink } from '../support/public-links.ts'
import { type Relay, startRelay } from '../support/relay.ts'
import { startWeb, type WebServer } from '../support/server.ts'

/**
 * Sends every form that a visitor meets without an account with a real browser, which adds the origin of the form
 * itself (`Origin`, Fetch §3.2.7). A form that is refused for its origin would be refused for everybody.
 */
const why = whyNoChromium()

type Site = { server: WebServer; links: Awaited<ReturnType<typeof makeEveryLink>> }

let browser: Browser
let relay: Relay
const sites: Site[] = []
const forms: FormOnPage[] = []

beforeAll(async () => {
  if (why) return
  browser = await launchChromium()
  relay = await startRelay()
  for (const role of ['node', 'hub'] as const) {
    const server = await startWeb({ role, smtpUrl: relay.url })
    const pages = await fillSite(server)
    const site = { server, links: await makeEveryLink(server) }
    sites.push(site)
    // A form that a directory and a place have in common is sent once.
    const isNew = ({ key }: FormOnPage) => !forms.some((form) => form.key === key)
    forms.push(...(await listForms(site, pages)).filter(isNew))
  }
})
afterAll(async () => {
  await browser?.close()
  for (const { server } of sites) await server.stop()
  await relay?.stop()
})

/** Addresses to which programs write, without a page. */
const OF_PROGRAMS = /^\/(?:api|inbox$|actors\/)/
/** Forms on public pages of the administration that only people see who are, were, or half are, signed in. */
const SIGNED_IN = ['deconnexion', 'connexion/reprise', 'connexion/code'].map(
  (path) => `/administration/${path}`,
)

type FormOnPage = {
  site: Site
  address: string
  /** The position among the forms of the page. */
  at: number
  method: string
  action: string
  /** A key that is equal for the same form on several pages. */
  key: string
}
type Sent = Pick<FormOnPage, 'address' | 'method' | 'action'> & { status: number; script?: true }

/**
 * Lists the forms of a site that a visitor finds: on the pages of the secret links, on the pages without a parameter in
 * their address, and on those that these link to.
 */
async function listForms(site: Site, pages: readonly string[]): Promise<FormOnPage[]> {
  const { server, links } = site
  const patterns = patternsOf(server, 'GET').filter((pattern) => !OF_PROGRAMS.test(pattern))
  const patternOf = (path: string) => patterns.find((pattern) => hasPath(pattern, path)) ?? path
  const fixed = patterns.filter((pattern) => !pattern.includes(':'))
  const waiting = [...Object.values(links), ...pages, ...fixed]
  const seen = new Set(waiting.map(patternOf))
  const found = new Map<string, FormOnPage>()
  for (const address of waiting) {
    const answer = await fetch(server.origin + address, {
      ...{ redirect: 'manual', headers: { accept: 'text/html' } },
    })
    if (!answer.ok || !answer.headers.get('content-type')?.startsWith('text/html')) continue
    const html = await answer.text()
    for (const [at, { method, action, names }] of readForms(html, address).entries()) {
      const policy = answer.headers.get('referrer-policy')
      const key = [method, patternOf(action), policy, ...names].join(' ')
      if (!found.has(key)) found.set(key, { site, address, at, method, action, key })
    }
    for (const [, path = ''] of html.matchAll(/<a\b[^>]*? href="(\/[^"?#]*)/g)) {
      const pattern = patternOf(path)
      if (!patterns.includes(pattern) || seen.has(pattern)) continue
      seen.add(pattern)
      waiting.push(path)
    }
  }
  return [...found.values()]
}

function readForms(html: string, address: string) {
  return [...html.matchAll(/<form\b([^>]*)>(.*?)<\/form>/gs)].map(
    ([, start = '', inside = '']) => ({
      method: /method="(\w+)"/.exec(start)?.[1] ?? 'get',
      action: /action="([^"?#]*)/.exec(start)?.[1] ?? address,
      names: [...inside.matchAll(/ name="([^"]+)"/g)].map(([, name = '']) => name),
    }),
  )
}

/**
 * This function runs in the page. It fills in the visible fields and sends the form by its button. Returns whether a
 * script handled the form.
 */
function submitInPage(form: HTMLFormElement | SVGElement): boolean {
  if (!(form instanceof HTMLFormElement)) throw new Error('not a form')
  const texts = { email: 'lou@chez-elle.example', password: 'quatre mots sans rapport' }
  for (const field of form.querySelectorAll<HTMLInputElement>('input, textarea')) {
    if (form.method === 'get' || field.tabIndex < 0 || field.value !== '') continue
    if (['email', 'password'].includes(field.type)) field.value = texts[field.type as 'email']
    else if (['text', 'search', 'textarea'].includes(field.type)) field.value = 'Rennes'
  }
  // The validation of the browser itself is not tested here.
  form.noValidate = true
  let isTaken = false
  window.addEventListener('submit', (event) => {
    isTaken = event.defaultPrevented
  })
  form.querySelector<HTMLButtonElement>('button[type=submit], button:not([type])')?.click()
  return isTaken
}

/** Returns the answer to the request of a page, before any redirect. */
async function firstAnswer(last: Response | null): Promise<Response | null> {
  let request = last?.request()
  for (let before = request?.redirectedFrom(); before; before = request?.redirectedFrom())
    request = before
  return (await request?.response()) ?? null
}

/**
 * Returns the address with a new secret link, since the form before may have used the link up or left nothing to do.
 */
async function renewAddress({ site, address }: FormOnPage): Promise<string> {
  const { server, links } = site
  for (const [purpose, path] of Object.entries(links))
    if (address.startsWith(path))
      return address.replace(path, (await makeEveryLink(server))[purpose as keyof typeof links])
  return address
}

async function send(page: Page, form: FormOnPage): Promise<Sent> {
  const { method, action } = form
  const address = form.site.server.origin + (await renewAddress(form))
  const sent = { address, method, action }
  await page.context().clearCookies()
  const shown = await page.goto(address, { waitUntil: 'domcontentloaded' })
  if (!shown?.ok()) return { ...sent, status: shown?.status() ?? 0 }
  // The next page must be loaded before this one is closed; otherwise a page of Chromium may never close.
  const next = page.waitForNavigation({ waitUntil: 'domcontentloaded' }).catch(() => null)
  const isTaken = await page.locator('form').nth(form.at).evaluate(submitInPage)
  if (isTaken) {
    await page.locator('[aria-live]:not(:empty)').first().waitFor()
    return { ...sent, status: 200, script: true }
  }
  const last = await next
  const status = (await firstAnswer(last))?.status() ?? 0
  return { ...sent, status: status < 400 ? (last?.status() ?? 0) : status }
}

/** Lists the POST routes for visitors that do not ask for an account. */
async function listPostsOfVisitors({ server }: Site): Promise<string[]> {
  const patterns = patternsOf(server, 'POST').filter((pattern) => !OF_PROGRAMS.test(pattern))
  const found: string[] = []
  for (const pattern of patterns) {
    const answer = pattern.startsWith('/administration/')
      ? await fetch(server.origin + fillPattern(pattern, 'x'), {
          ...{ method: 'POST', body: new URLSearchParams(), redirect: 'manual' },
        })
      : undefined
    // A place has no administration of territories, so the answer is 404.
    const isBehindDoor =
      [401, 404].includes(answer?.status ?? 0) ||
      answer?.headers.get('location')?.includes('/connexion?retour')
    if (!isBehindDoor && !SIGNED_IN.includes(pattern)) found.push(pattern)
  }
  return found
}

/**
 * Returns whether the form was accepted. A page that asks again with errors beside the fields counts as accepted; 400
 * answers an address that is no fediverse account.
 */
/** « Votre premier café » asks where it is: without a place it says so beside the field. */
const ASKS = ['/commencer']

const isAccepted = ({ method, action, status }: Sent): boolean =>
  (method === 'get' && !ASKS.includes(action) ? [200] : [200, 400, 422]).includes(status)

describe.skipIf(why)('a visitor without an account', () => {
  // A browser says the same of where a form comes from, whether the page has scripts or not.
  const ways: [how: string, javaScriptEnabled: boolean, byScript: string[]][] = [
    ['without scripts', false, []],
    ...(IS_FULL
      ? [['with scripts', true, ['/verifier']] satisfies [string, boolean, string[]]]
      : []),
  ]
  test.each(ways)(
    'may send every form, %s',
    async (_, javaScriptEnabled, byScript) => {
      const page = await browser.newPage({ javaScriptEnabled })
      page.setDefaultTimeout(15_000)
      await page.route(/\.(?:woff2|css|svg|png|jpg)/, (route) => route.abort())
      const sent: Sent[] = []
      for (const form of forms) sent.push(await send(page, form))
      await page.close()
      expect(sent.filter((one) => !isAccepted(one))).toEqual([])
      expect(sent.filter(({ script }) => script).map(({ action }) => action)).toEqual(byScript)
      const statusOf = (path: string) => sent.find(({ action }) => action === path)?.status
      expect(statusOf('/animation/moi')).toBe(200)
      const posts = (await Promise.all(sites.map(listPostsOfVisitors))).flat()
      expect(posts.filter((one) => !sent.some(({ action }) => hasPath(one, action)))).toEqual([])
    },
    180_000,
  )
})
