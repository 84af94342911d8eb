import { request } from 'node:http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { announce, EMAIL, PASSWORD, signInByLink } from '../../support/admin.ts'
import { type Browser, openBrowser } from '../../support/browser.ts'
import { startWeb, type WebServer } from '../../support/server.ts'

let server: WebServer
let admin: Browser
let visitor: Browser
beforeAll(async () => {
  server = await startWeb()
  admin = await signInByLink(server)
  visitor = openBrowser(server.origin)
})
afterAll(() => server.stop())

/** Requests the path unchanged, which `fetch` would normalise. */
const rawGet = (path: string): Promise<number> =>
  new Promise((resolve, reject) => {
    const { port } = new URL(server.origin)
    request({ host: '127.0.0.1', port, path }, (response) => {
      response.resume()
      resolve(response.statusCode ?? 0)
    })
      .on('error', reject)
      .end()
  })

describe('every answer', () => {
  test('runs no script but the administration’s own, loads nothing from elsewhere and is framed by nobody', async () => {
    for (const path of [
      '/',
      '/cafes',
      '/administration/connexion',
      '/nowhere',
      '/public/style.css',
      '/a%5Cb',
    ]) {
      const { headers } = await visitor.get(path)
      const policy = headers.get('content-security-policy') ?? ''
      expect(policy).toContain("default-src 'none'")
      expect(policy).toContain("frame-ancestors 'none'")
      expect(policy).not.toMatch(/unsafe|https:/)
      const scripts = path.startsWith('/administration') ? ["script-src 'self'"] : []
      expect(policy.match(/script-src[^;]*/g) ?? []).toEqual(scripts)
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('referrer-policy')).toBe('same-origin')
      expect(headers.has('strict-transport-security')).toBe(false)
    }
  })

  test('sets no cookie for visitors', async () => {
    for (const path of ['/', '/cafes', '/administration/connexion', '/agenda.ics'])
      expect((await visitor.get(path)).headers.getSetCookie()).toEqual([])
  })

  test('is in French, with one h1, and needs no script', async () => {
    for (const path of [
      '/',
      '/cafes',
      '/cafes?passes=1',
      '/cafes?mois=2026-12',
      '/suivre',
      '/plan-du-site',
      '/api',
      '/administration/connexion',
      '/nowhere',
    ]) {
      const { text } = await visitor.get(path)
      expect(text).toContain('<html lang="fr">')
      expect(text.match(/<h1/g)).toHaveLength(1)
      // A page contains only our own scripts, all of them deferred.
      expect(text).not.toMatch(/<script(?! src="\/public\/[\w.-]+\.js" defer)/)
      expect(text).not.toMatch(
        /\bn(œ|oe)ud\b|\bhub\b|fédivers|ActivityPub|\binstance\b|\bacteur\b/i,
      )
    }
  })
})

test('a path that two programs may read in two ways is read by none', async () => {
  const odd = ['//evil.example', '/cafes//x', '/cafes/..%2f', '/cafes/%2e%2e/x', '/a/../b', '/a\\b']
  const more = ['/a%5Cb', '/a%00b', '/cafes/a%2Fb', '/a%2', '/%zz', '/a/./b', '/public/..%5cx']
  for (const path of [...odd, ...more]) expect([path, await rawGet(path)]).toEqual([path, 400])
})

test('what does not exist is a page that says so', async () => {
  for (const path of ['/nowhere', '/cafes/nowhere', '/cafes/nowhere.ics', '/public/nowhere']) {
    const { status, text } = await visitor.get(path)
    expect([path, status]).toEqual([path, 404])
    expect(text).toContain('existe pas')
  }
  expect(server.failures).toEqual([])
})

test('the style and the font are served with their types, and not sent twice', async () => {
  const style = await visitor.get('/public/style.css')
  expect(style.headers.get('content-type')).toBe('text/css; charset=utf-8')
  const again = await visitor.get('/public/style.css', {
    'if-none-match': style.headers.get('etag') ?? '',
  })
  expect(again.status).toBe(304)
  const fonts = [...style.text.matchAll(/url\(["']?(\/public\/fonts\/[^"')]+)/g)]
  expect(fonts.length).toBeGreaterThan(0)
  for (const [, path] of fonts) {
    const font = await visitor.get(path ?? '')
    expect([path, font.status, font.headers.get('content-type')]).toEqual([path, 200, 'font/woff2'])
  }
})

describe('a place’s cafés', () => {
  test('are on its home, in its list and in its calendar, soonest first', async () => {
    const later = await announce(admin, { title: 'Le second', date: '2026-12-10' })
    const sooner = await announce(admin, { title: 'Le premier', date: '2026-12-08' })
    for (const path of ['/', '/cafes']) {
      const { text } = await visitor.get(path)
      expect(text.indexOf('Le premier')).toBeGreaterThan(0)
      expect(text.indexOf('Le premier')).toBeLessThan(text.indexOf('Le second'))
    }
    const agenda = await visitor.get('/agenda.ics')
    expect(agenda.headers.get('content-type')).toBe('text/calendar; charset=utf-8')
    expect(agenda.text.match(/BEGIN:VEVENT/g)).toHaveLength(2)
    expect([later, sooner].every((id) => agenda.text.replace(/\r\n /g, '').includes(id))).toBe(true)
  })

  test('have each a page with date, place and calendar, and its address is its id', async () => {
    const id = await announce(admin, { title: 'Parler d’IA', date: '2026-12-09' })
    const page = await visitor.get(`/cafes/${id}`)
    expect(page.headers.get('vary')).toContain('Accept')
    expect(page.text).toContain('Mercredi 9\u00a0décembre\u00a02026')
    expect(page.text).toContain('18\u00a0h\u00a030')
    expect(page.text).toContain('Rennes')
    expect(page.text).toContain(`href="/cafes/${id}.ics"`)
    expect(page.text).toContain(
      `<link rel="canonical" href="${server.context.config.origin}/cafes/${id}"`,
    )
    expect(page.text).not.toContain('/administration/')
    expect((await admin.get(`/cafes/${id}`)).text).toContain(`/administration/cafes/${id}`)
  })

  test('go to the list of past ones when they are over', async () => {
    server.advance({ hours: 24 * 60 })
    expect((await visitor.get('/cafes')).text).not.toContain('Le premier')
    const past = await visitor.get('/cafes?passes=1')
    expect(past.text.indexOf('Le second')).toBeGreaterThan(0)
    expect(past.text.indexOf('Le second')).toBeLessThan(past.text.indexOf('Le premier'))
    expect((await visitor.get('/agenda.ics')).text).not.toContain('BEGIN:VEVENT')
  })
})

test('no link of any page leads nowhere', async () => {
  await admin.post('/administration/connexion', { email: EMAIL, password: PASSWORD })
  await announce(admin, { date: '2027-03-10' })
  const checked = new Set<string>()
  for (const [browser, start] of [
    [visitor, '/'],
    [admin, '/administration'],
  ] as const) {
    const waiting = [start as string]
    for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
      const { status, text, headers } = await browser.get(path)
      expect([path, status < 400]).toEqual([path, true])
      if (!headers.get('content-type')?.startsWith('text/html')) continue
      for (const [, href = ''] of text.matchAll(/href="(\/[^"#]*)"/g)) {
        const link = href.replaceAll('&amp;', '&')
        if (checked.has(link)) continue
        checked.add(link)
        waiting.push(link)
      }
    }
  }
  expect(checked.size).toBeGreaterThan(20)
})

test('on https the cookie is bound to its host and HSTS is sent', async () => {
  const secure = await startWeb({ origin: 'https://cafes.mediatheque.example' })
  try {
    const home = await openBrowser(secure.origin).get('/')
    expect(home.headers.get('strict-transport-security')).toMatch(/^max-age=\d{8}/)
    const browser = await signInByLink(secure)
    expect([...browser.cookies.keys()]).toEqual(['__Host-cafe-ia'])
    expect(browser.setCookies[0]).toMatch(/; Path=\/; HttpOnly; Secure; SameSite=Lax$/)
    expect(browser.setCookies[0]).not.toContain('Domain')
  } finally {
    await secure.stop()
  }
})
