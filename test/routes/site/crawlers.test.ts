import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { announce, signInByLink } from '../../support/admin.ts'
import { type Browser, openBrowser } from '../../support/browser.ts'
import { startWeb, type WebServer } from '../../support/server.ts'

let server: WebServer
let visitor: Browser
let announced: string
let draft: string
let reserved: string
beforeAll(async () => {
  server = await startWeb()
  visitor = openBrowser(server.origin)
  const admin = await signInByLink(server)
  announced = await announce(admin, { date: '2026-12-09' })
  draft = await announce(admin, { date: '2026-12-10', save: 'draft' })
  reserved = await announce(admin, { date: '2026-12-11', openTo: 'reserved' })
})
afterAll(() => server.stop())

const addressesIn = (xml: string): string[] =>
  [...xml.matchAll(/<loc>([^<]*)<\/loc>/g)].map(([, url = '']) => url.replaceAll('&amp;', '&'))

describe('search engines', () => {
  test('find the sitemap by robots.txt, and are kept out of the administration', async () => {
    const { text, headers } = await visitor.get('/robots.txt')
    expect(headers.get('content-type')).toBe('text/plain; charset=utf-8')
    expect(text).toContain('Disallow: /administration')
    expect(text).toContain(`Sitemap: ${server.origin}/sitemap.xml`)
  })

  test('find every page that everyone may read, and each answers by its own address', async () => {
    const { text, headers } = await visitor.get('/sitemap.xml')
    expect(headers.get('content-type')).toBe('application/xml; charset=utf-8')
    const addresses = addressesIn(text)
    expect(addresses).toContain(`${server.origin}/cafes/${announced}`)
    expect(new Set(addresses).size).toBe(addresses.length)
    for (const address of addresses) {
      const page = await visitor.get(address.slice(server.origin.length))
      expect([address, page.status]).toEqual([address, 200])
      expect(page.text).toContain(`<link rel="canonical" href="${address}"`)
      expect(page.text).not.toContain('noindex')
    }
  })

  test('are sent again only what has changed, and compressed', async () => {
    for (const path of ['/robots.txt', '/sitemap.xml']) {
      const first = await fetch(server.origin + path, { headers: { 'Accept-Encoding': 'gzip' } })
      expect(first.headers.get('content-encoding')).toBe(path === '/robots.txt' ? null : 'gzip')
      const tag = first.headers.get('etag') ?? ''
      await first.arrayBuffer()
      const again = await fetch(server.origin + path, { headers: { 'If-None-Match': tag } })
      expect([path, again.status, await again.text()]).toEqual([path, 304, ''])
      const other = await fetch(server.origin + path, { headers: { 'If-None-Match': '"other"' } })
      expect([path, other.status]).toEqual([path, 200])
      await other.arrayBuffer()
    }
  })

  test('find neither a draft nor what is not open to everyone', async () => {
    const { text } = await visitor.get('/sitemap.xml')
    expect(text).not.toContain(draft)
    expect(text).not.toContain(reserved)
    expect(text).not.toContain('/administration')
  })

  test('find a cancelled café with the day on which it changed, and no longer one that is deleted', async () => {
    const entry = (xml: string) => xml.split('\n').find((line) => line.includes(announced))
    const before = entry((await visitor.get('/sitemap.xml')).text)
    expect(before).toMatch(/<lastmod>2026-11-25T09:\d\d:\d\dZ<\/lastmod>/)
  })
})

test('who found a weakness learns where to write, for less than a year', async () => {
  const { text, headers } = await visitor.get('/.well-known/security.txt')
  expect(headers.get('content-type')).toBe('text/plain; charset=utf-8')
  const fields = new Map(text.split('\n').map((line) => line.split(': ', 2) as [string, string]))
  expect(fields.get('Contact')).toBe(`${server.origin}/contact`)
  expect(fields.get('Canonical')).toBe(`${server.origin}/.well-known/security.txt`)
  const days = server.context
    .now()
    .until(Temporal.Instant.from(fields.get('Expires') ?? ''))
    .total('days')
  expect(days).toBeGreaterThan(30)
  expect(days).toBeLessThan(365)
  expect((await visitor.get('/contact')).status).toBe(200)
})

test('the plan of the site leads from every page to every page', async () => {
  for (const path of ['/', '/cafes', `/cafes/${announced}`, '/suivre'])
    expect((await visitor.get(path)).text).toContain('href="/plan-du-site"')
  const { text } = await visitor.get('/plan-du-site')
  const links = [...text.matchAll(/<li><a href="(\/[^"]*)"/g)].map(([, href]) => href)
  for (const path of ['/', '/cafes', '/cafes?passes=1', '/suivre', '/api', '/agenda.ics'])
    expect(links).toContain(path)
})

test('at a directory it also has the map, the newsletter and the statistics, and so has its sitemap', async () => {
  const hub = await startWeb({ role: 'hub' })
  const reader = openBrowser(hub.origin)
  const { text } = await reader.get('/plan-du-site')
  const addresses = addressesIn((await reader.get('/sitemap.xml')).text)
  for (const path of ['/carte', '/lettre', '/chiffres']) {
    expect(text).toContain(`<li><a href="${path}"`)
    expect(addresses).toContain(hub.origin + path)
    const page = await reader.get(path)
    expect(page.text).toContain(`<link rel="canonical" href="${hub.origin}${path}"`)
    expect(page.text).not.toContain('noindex')
  }
  await hub.stop()
})
