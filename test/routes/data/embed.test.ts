import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { OPERATOR } from '../../../node/domain/cafes/edit.ts'
import { createToken } from '../../../node/store/accounts/api-tokens.ts'
import { declareNetwork } from '../../../node/store/networks/networks.ts'
import { updateCafes } from '../../../node/store/search-index/write-cafes.ts'
import { findViolations } from '../../support/axe.ts'
import { openBrowser } from '../../support/browser.ts'
import { launchChromium, whyNoChromium } from '../../support/chromium.ts'
import { readable } from '../../support/readable.ts'
import { startWeb, type WebServer } from '../../support/server.ts'

let web: WebServer
let send: (path: string, body?: object, method?: string) => Promise<void>

beforeAll(async () => {
  web = await startWeb({ role: 'hub' })
  const { db, now } = web.context
  const { token } = await createToken(
    db,
    { organizationId: web.organization.id, label: 'test' },
    now(),
  )
  send = async (path, body, method = 'POST') => {
    const answer = await fetch(`${web.origin}/api/v1${path}`, {
      method,
      headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    })
    expect(answer.status).toBe(method === 'POST' ? 201 : 204)
  }
  const announce = (body: object) => send('/cafes', body)
  const description = { name: 'Canopé', presentation: '', website: undefined }
  const home = {
    origin: web.origin,
    actorUri: `${web.origin}/actors/instance`,
    organizationId: web.organization.id,
  }
  await declareNetwork(db, { description, home, by: OPERATOR }, now())
  const rennes = { name: 'Les Champs Libres', postalCode: '35000', commune: 'Rennes' }
  const title = 'L’IA <img src=x onerror=alert(1)> & nous'
  await announce({ title, startsAt: '2026-12-09T18:30:00', venue: rennes })
  for (const day of [10, 11, 12, 13, 14, 15])
    await announce({ title: `Le ${day}`, startsAt: `2026-12-${day}T18:00:00`, venue: rennes })
  const die = { name: 'Le Moulin', postalCode: '26150', commune: 'Die' }
  const full = { registration: { mode: 'local', seatsLeft: 0, capacity: 4 }, venue: die }
  await announce({ ...full, title: 'Une salle trop petite', startsAt: '2027-01-01T18:00:00' })
  await announce({ title: 'Plus tard', startsAt: '2027-01-02T18:00:00', venue: die })
  await announce({ ...full, title: 'Complet et annulé', startsAt: '2027-01-03T18:00:00' })
  const say = (status: 'rescheduled' | 'cancelled', title: string) =>
    updateCafes(db, { status }, (qb) => qb.where('title', '=', title))
  await say('rescheduled', 'Plus tard')
  await say('cancelled', 'Complet et annulé')
  await announce({
    title: 'À Saint-Denis',
    startsAt: '2026-12-08T18:30:00',
    venue: { name: 'Salle', codeInsee: '97411' },
  })
})
afterAll(async () => {
  expect(web.failures).toEqual([])
  await web.stop()
})

describe('the page that makes the code', () => {
  const read = async (query: string) =>
    (await openBrowser(web.origin).get(`/integrer${query}`)).text

  /** Returns the text of the text area with this name, as somebody copies it. */
  const codeOf = (html: string, name: string): string =>
    (new RegExp(`<textarea id="code-${name}"[^>]*>(.*?)</textarea>`, 's').exec(html)?.[1] ?? '')
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&quot;', '"')
      .replaceAll('&amp;', '&')

  test('what was chosen is in the three codes and in the preview', async () => {
    const html = await read(
      '?ou=35000&rayon=50&mode=presentiel&nombre=8&couleur=%23703080&theme=clair',
    )
    const query = 'ou=35000&amp;rayon=50&amp;mode=presentiel'
    expect(codeOf(html, 'element')).toContain(
      '<cafes-ia ou="35000" rayon="50" mode="presentiel" nombre="8" couleur="#703080" theme="clair">',
    )
    expect(codeOf(html, 'cadre')).toContain(
      `<iframe src="${web.origin}/integrer/cadre?${query}&amp;nombre=8&amp;couleur=%23703080&amp;theme=clair"`,
    )
    expect(codeOf(html, 'lien')).toBe(
      `<p><a href="${web.origin}/?${query}">Les cafés IA à venir</a></p>`,
    )
    expect(html).toContain(`src="/integrer/cadre?${query}&amp;nombre=8`)
  })

  test('a network is chosen by its name, and is in the codes', async () => {
    const html = await read('?reseau=canope')
    expect(html).toContain('<option value="canope" selected')
    expect(codeOf(html, 'element')).toContain('<cafes-ia reseau="canope" nombre="5">')
    expect(codeOf(html, 'cadre')).toContain('/integrer/cadre?reseau=canope&amp;nombre=5"')
    expect(codeOf(html, 'lien')).toContain(`${web.origin}/?reseau=canope`)
    const frame = async (query: string) =>
      (await openBrowser(web.origin).get(`/integrer/cadre${query}`)).text
    expect(await frame('?reseau=canope')).toContain('Aucun café n’est annoncé')
    expect(await frame('')).toContain('Les Champs Libres')
    expect(await read('?reseau=autre')).toContain('<option value="autre" selected')
  })

  test('a name of several places is the largest of them, as in a search', async () => {
    for (const ou of ['Mayenne', 'Saint-Denis', 'La Réunion (département)'])
      expect(await read(`?ou=${encodeURIComponent(ou)}`)).not.toContain('id="ou-erreur"')
  })

  test('a place wins over a territory, in the codes as on the page', async () => {
    const html = await read('?ou=Die&territoire=r-53')
    for (const name of ['element', 'cadre', 'lien']) {
      expect(codeOf(html, name)).toContain('Die')
      expect(codeOf(html, name)).not.toContain('r-53')
    }
    expect(html).toMatch(/id="territoire-aide">[^<]*si aucun endroit/)
  })

  test('a colour that cannot be read, or is none, is refused beside its field', async () => {
    const pale = await read('?couleur=%23ffcc00')
    expect(pale).toMatch(/<p class="error" id="couleur-erreur">[^<]*1,[0-9],/)
    expect(pale).not.toContain('id="code-element"')
    expect(await read('?couleur=rouge')).toContain('id="couleur-erreur"')
    expect((await fetch(`${web.origin}/integrer/couleur.css?couleur=%23ffcc00`)).status).toBe(404)
    expect((await fetch(`${web.origin}/integrer/couleur.css?couleur=%23703080`)).status).toBe(200)
  })

  test.each(['100', '0', '51', 'abc', '2.5'])(
    'a number of cafés that is %s stays as it was typed, and is refused beside its field',
    async (typed) => {
      const html = await read(`?nombre=${typed}`)
      expect(html).toMatch(/<p class="error" id="nombre-erreur">[^<]*de\s1\sà\s50/u)
      expect(html).toMatch(new RegExp(`<input[^>]* name="nombre"[^>]* value="${typed}"`))
      expect(html).not.toContain('id="code-element"')
      expect(html).toContain('src="/integrer/cadre"')
    },
  )

  test('a place that is misspelt is said beside its field', async () => {
    expect(await read('?ou=Renes')).toContain('id="ou-erreur"')
  })

  test('nothing that was typed becomes a tag, here or on the other site', async () => {
    const html = await read(`?q=${encodeURIComponent('"><script>alert(1)</script>')}`)
    expect(html).not.toContain('<script>alert')
    expect(codeOf(html, 'element')).not.toContain('<script>alert')
    expect(codeOf(html, 'element')).toContain('q="&quot;&gt;&lt;script&gt;alert')
  })
})

describe('the framed page', () => {
  const frame = (query = '') => fetch(`${web.origin}/integrer/cadre${query}`)

  test('any site may frame it, it leaves no cookie, and it may be kept for a while', async () => {
    const answer = await frame('?ou=35000')
    const policy = answer.headers.get('Content-Security-Policy')
    expect(policy).toContain('frame-ancestors *')
    expect(policy).toContain("script-src 'self'")
    expect(policy).toContain("default-src 'none'")
    expect(answer.headers.get('Set-Cookie')).toBeNull()
    expect(answer.headers.get('Cache-Control')).toBe('public, max-age=300')
    const other = await fetch(`${web.origin}/integrer`)
    expect(other.headers.get('Content-Security-Policy')).toContain("frame-ancestors 'none'")
  })

  test('reads a place as the page of the search does', async () => {
    const of = async (query: string) => (await frame(query)).text()
    expect(await of('?ou=Ille-et-Vilaine')).toContain('Le 10')
    expect(await of('?ou=La+Réunion+(974)')).toContain('À Saint-Denis')
    expect(await of('?ou=35000&territoire=26')).toContain('Le 10')
    expect(await of('?ou=Saint-Denis')).toContain('À Saint-Denis')
    const none = await of('?ou=Mayenne')
    expect(none).toContain('href="/?ou=Mayenne"')
    expect(none).toContain('Aucun')
  })

  test('does not say that no café is announced at a place that is mistyped', async () => {
    const html = readable(await (await frame('?ou=Renes')).text())
    expect(html).toContain('Cette liste n’est pas bien réglée')
    expect(html).not.toContain('Aucun café n’est annoncé')
  })

  test('it shows as many cafés as were asked for, and leads to the others', async () => {
    const html = await (await frame('?territoire=35&nombre=3')).text()
    expect(html.match(/<article/g)).toHaveLength(3)
    expect(html).toContain('href="/?territoire=35"')
    expect(html).not.toContain('À Saint-Denis')
  })

  test('settings that are not understood show a way on, not an error', async () => {
    const answer = await frame('?territoire=nulle-part')
    expect(answer.status).toBe(200)
    expect(await answer.text()).toContain('href="/"')
  })
})

const why = whyNoChromium()

describe.skipIf(why)('on the site of a town, under a strict policy', () => {
  let town: Server
  let townOrigin: string
  let body = ''
  let browser: Browser
  let visit: BrowserContext
  let page: Page
  let refused: string[]

  beforeAll(async () => {
    town = createServer((_, response) => {
      response.writeHead(200, {
        'Content-Type': 'text/html; charset=utf-8',
        'Content-Security-Policy': `default-src 'none'; script-src ${web.origin}; connect-src ${web.origin}; frame-src ${web.origin}; base-uri 'none'`,
      })
      response.end(
        `<!doctype html><html lang="fr"><head><title>La ville</title></head><body><main><h1>La ville</h1>${body}</main></body></html>`,
      )
    })
    await new Promise<void>((resolve) => town.listen(0, '127.0.0.1', resolve))
    townOrigin = `http://localhost:${(town.address() as AddressInfo).port}`
    browser = await launchChromium({ withWindows: true })
  })
  afterAll(async () => {
    await browser?.close()
    town?.close()
  })
  beforeEach(async () => {
    visit = await browser.newContext({ viewport: { width: 360, height: 640 } })
    page = await visit.newPage()
    refused = []
    page.on('console', (message) => message.type() === 'error' && refused.push(message.text()))
    page.on('pageerror', (error) => refused.push(error.message))
  })
  afterEach(async () => {
    expect(await visit.cookies()).toEqual([])
    await visit.close()
  })

  const SCRIPT = () => `<script src="${web.origin}/public/cafes-ia.js" defer></script>`
  const show = async (html: string) => {
    body = html
    await page.goto(townOrigin)
  }
  const violations = () => findViolations(page, { foreignFrames: true })

  test('the element shows the cafés, with nothing refused, no cookie and no accessibility error', async () => {
    await show(
      `<cafes-ia territoire="35" nombre="3" couleur="#703080"><a href="/repli">Repli</a></cafes-ia>${SCRIPT()}`,
    )
    const items = page.locator('cafes-ia li')
    await items.first().waitFor()
    expect(await items.count()).toBe(3)
    expect(await items.first().locator('p').allTextContents()).toEqual([
      'L’IA <img src=x onerror=alert(1)> & nous',
      'mercredi 9 décembre, 18\u00a0h\u00a030',
      'Les Champs Libres, Rennes',
    ])
    expect(await page.getByText('Repli').isVisible()).toBe(false)
    expect(
      await items
        .first()
        .locator('a')
        .evaluate((link) => getComputedStyle(link).color),
    ).toBe('rgb(112, 48, 128)')
    expect(await violations()).toEqual([])
    expect(refused).toEqual([])
    await page.keyboard.press('Tab')
    const focused = () =>
      page.evaluate(() => document.activeElement?.shadowRoot?.activeElement?.textContent)
    expect(await focused()).toContain('L’IA')
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360)
  })

  test.each(['dark', 'light'] as const)(
    'in %s, on the ground that was chosen or not, all of it can be read',
    async (colorScheme) => {
      await page.emulateMedia({ colorScheme })
      await show(
        `<cafes-ia nombre="2"></cafes-ia><cafes-ia nombre="2" theme="sombre" couleur="#703080" lang="en"></cafes-ia><cafes-ia nombre="2" theme="clair" couleur="#ffcc00"></cafes-ia>${SCRIPT()}`,
      )
      await page.locator('cafes-ia').last().locator('li').first().waitFor()
      expect(await page.locator('cafes-ia').nth(1).locator('.more').textContent()).toBe(
        'See all the cafés',
      )
      expect(await violations()).toEqual([])
    },
  )

  test('what is not understood, or a site that does not answer, leaves what is inside the element', async () => {
    await show(`<cafes-ia territoire="nulle-part"><a href="/repli">Repli</a></cafes-ia>${SCRIPT()}`)
    await page.waitForEvent('console')
    expect(await page.getByText('Repli').isVisible()).toBe(true)
  })

  test('of a series only the next date is shown, which leads to the others', async () => {
    const reunion = { name: 'Salle', codeInsee: '97411' }
    const asked = {
      ...{ title: 'Chaque semaine', startsAt: '2026-12-07T18:00:00', venue: reunion },
      recurrence: { rrule: 'FREQ=WEEKLY;COUNT=12' },
    }
    await send('/series', asked)
    await show(`<cafes-ia territoire="r-04" nombre="2"></cafes-ia>${SCRIPT()}`)
    await page.locator('cafes-ia li').nth(1).waitFor()
    const titles = await page.locator('cafes-ia li p:first-child').allTextContents()
    expect(titles).toEqual(['Chaque semaine', 'À Saint-Denis'])
    const others = page.locator('cafes-ia').getByText('et d’autres dates')
    expect(await others.count()).toBe(1)
    expect(await others.getAttribute('href')).toMatch(/\/cafes\/[\w-]+#dates$/)
    expect(await violations()).toEqual([])
    const id = (await (await fetch(`${web.origin}/api/v1/cafes?territoire=r-04`)).json()).items[0]
      .series.id
    await send(`/series/${id.split('/').at(-1)}`, undefined, 'DELETE')
  })

  test('an attribute that changes changes the list', async () => {
    await show(`<cafes-ia territoire="35"></cafes-ia>${SCRIPT()}`)
    await page.locator('cafes-ia li').nth(4).waitFor()
    await page.evaluate(() =>
      document.querySelector('cafes-ia')?.setAttribute('territoire', 'r-04'),
    )
    await page.locator('cafes-ia').getByText('À Saint-Denis').waitFor()
    expect(await page.locator('cafes-ia li').count()).toBe(1)
    // The time is the local one at La Réunion.
    expect(await page.locator('cafes-ia .when').textContent()).toBe(
      'mardi 8 décembre, 18\u00a0h\u00a030 (heure locale)',
    )
  })

  test('a café that is full, or has another date, says so before its title; the first of a month is « 1er »', async () => {
    await show(`<cafes-ia territoire="26"></cafes-ia>${SCRIPT()}`)
    await page.locator('cafes-ia li').nth(2).waitFor()
    expect(await page.locator('cafes-ia li a').allTextContents()).toEqual([
      'Complet : Une salle trop petite',
      'Nouvelle date : Plus tard',
      'Annulé : Complet et annulé',
    ])
    expect(await page.locator('cafes-ia .when').first().textContent()).toBe(
      'vendredi 1er janvier, 18\u00a0h',
    )
  })

  test('the page that makes the code shows each choice at once, and copies the code', async () => {
    await page.goto(`${web.origin}/integrer`)
    await page.locator('#nombre').fill('2')
    await page.locator('#theme').selectOption('sombre')
    // `poll` is used, since the Content-Security-Policy of the page forbids the evaluation of text as code.
    await expect
      .poll(() => page.locator('#code-element').textContent(), { timeout: 5_000 })
      .toContain('theme="sombre"')
    expect(await page.locator('#code-element').textContent()).toContain('nombre="2"')
    expect(await page.locator('iframe').getAttribute('src')).toMatch(/nombre=2.*theme=sombre/)
    await page.getByRole('button', { name: /Copier : Avec un simple lien/ }).click()
    await page.getByText('C’est copié.').waitFor()
    expect(new URL(page.url()).search).toBe('')
    expect(refused).toEqual([])
    expect(await violations()).toEqual([])
    await page.goto(`${web.origin}/suivre`)
    await page.getByRole('button', { name: /Copier : @cafe-ia/ }).click()
    await page.getByText('C’est copié.').waitFor()
    expect(refused).toEqual([])
  })

  test('who comes back finds the code and the preview of what the form holds', async () => {
    await page.goto(`${web.origin}/integrer`)
    await page.locator('#q').fill('moulin')
    await page.locator('#theme').selectOption('sombre')
    const code = page.locator('#code-element')
    const said = () => code.textContent()
    await expect.poll(said).toMatch(/q="moulin".*theme="sombre"/)
    await page.goto(`${web.origin}/suivre`)
    await page.goBack()
    expect(await page.inputValue('#q')).toBe('moulin')
    await expect.poll(said, { timeout: 5_000 }).toMatch(/q="moulin".*theme="sombre"/)
    expect(await page.locator('iframe').getAttribute('src')).toMatch(/q=moulin.*theme=sombre/)
    expect(refused).toEqual([])
  })

  test('the preview is as tall as its list, more or fewer cafés, and never a slit', async () => {
    await page.goto(`${web.origin}/integrer?territoire=35&nombre=7`)
    const hidden = () =>
      page
        .frames()[1]
        ?.evaluate(() => document.documentElement.scrollHeight - window.innerHeight)
        .catch(() => undefined)
    const height = async () => (await page.locator('.embed-preview').boundingBox())?.height ?? 0
    await expect.poll(height).toBeGreaterThan(600)
    await expect.poll(hidden).toBeLessThanOrEqual(0)
    const tall = await height()
    await page.locator('#nombre').fill('1')
    await expect.poll(height).toBeLessThan(tall / 2)
    await expect.poll(hidden).toBeLessThanOrEqual(0)
    await page.locator('#q').fill('rien de tel')
    await page.frameLocator('iframe').getByText('Aucun café').waitFor()
    await expect.poll(height).toBeGreaterThanOrEqual(190)
    expect(refused).toEqual([])
    expect(await violations()).toEqual([])
  })

  test('the element and the frame speak the language of what is around them', async () => {
    const frame = `<iframe src="${web.origin}/integrer/cadre?nombre=1" title="Cafés IA" width="100%" height="200"></iframe>`
    await show(
      `<div lang="en-GB"><cafes-ia reseau="canope"></cafes-ia>${frame}</div>${frame.replace('nombre=1', 'nombre=2')}${SCRIPT()}`,
    )
    const more = page.locator('cafes-ia .more a')
    await more.waitFor()
    expect(await more.textContent()).toBe('See all the cafés')
    expect(await more.getAttribute('href')).toBe(`${web.origin}/?reseau=canope&lang=en`)
    const [english, french] = [0, 1].map((nth) => page.frameLocator('iframe').nth(nth))
    await english?.locator('html[lang="en"] article').waitFor()
    await french?.locator('html[lang="fr"] article').first().waitFor()
    expect(refused).toEqual([])
  })

  test('a frame is as tall as what it shows, and its links lead out of it', async () => {
    await show(
      `<iframe src="${web.origin}/integrer/cadre?territoire=35&amp;nombre=7" title="Cafés IA à venir" width="100%" height="200"></iframe>${SCRIPT()}`,
    )
    const inside = page.frameLocator('iframe')
    await inside.locator('article').first().waitFor()
    await page.waitForFunction(() => Number(document.querySelector('iframe')?.height) > 600)
    const card = inside.locator('article').first()
    const title = await card.getByRole('heading').boundingBox()
    const hour = await card.locator('.when').boundingBox()
    // On a phone the title is directly below the time.
    const gap = (title?.y ?? 0) - (hour?.y ?? 0) - (hour?.height ?? 0)
    expect(gap).toBeLessThan(10)
    const rest = await page
      .frames()[1]
      ?.evaluate(() => document.documentElement.scrollHeight - window.innerHeight)
    expect(rest).toBeLessThanOrEqual(1)
    expect(await violations()).toEqual([])
    expect(refused).toEqual([])
    await inside.locator('article a').first().click()
    await page.waitForURL(`${web.origin}/cafes/**`)
  })
})

test('other sites read how they show a search or a café from its address', async () => {
  const ask = (query: string) => fetch(`${web.origin}/oembed?${query}`)
  const search = `${web.origin}/?ou=35000&rayon=20&q=a"b`
  const page = await (await fetch(search)).text()
  expect(page).toContain('type="application/json+oembed"')
  const frame = await (await ask(`url=${encodeURIComponent(search)}&maxwidth=320`)).json()
  expect(frame).toMatchObject({ version: '1.0', type: 'rich', width: 320, height: 600 })
  expect(frame.html).toBe(
    `<iframe src="${web.origin}/integrer/cadre?ou=35000&amp;rayon=20&amp;q=a%22b&amp;nombre=" title="Cafés IA à venir" width="320" height="600" loading="lazy"></iframe>`.replace(
      '&amp;nombre=',
      '',
    ),
  )
  const { items } = await (await fetch(`${web.origin}/api/v1/cafes?near=Die&q=annul%C3%A9`)).json()
  const link = await (await ask(`url=${encodeURIComponent(items[0].url)}`)).json()
  expect(link).toMatchObject({ type: 'link', author_name: items[0].organizer.name })
  expect(link.title).toMatch(/^Annulé.*Complet et annulé · .*Die/)
  expect((await fetch(link.thumbnail_url)).headers.get('Content-Type')).toMatch(/^image\//)
  for (const [query, status] of [
    ['', 404],
    [`url=${web.origin}/administration`, 404],
    [`url=${web.origin}/cafes/0197a1c2-1111-7000-8000-000000000000`, 404],
    [`url=${encodeURIComponent('https://elsewhere.example/')}`, 404],
    [`url=${web.origin}/&format=xml`, 501],
  ] as const)
    expect((await ask(query)).status, query).toBe(status)
})
