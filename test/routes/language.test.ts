import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Browser, openBrowser } from '../support/browser.ts'
import { announce, signInByLink } from '../support/desk.ts'
import { startWeb, type WebServer } from '../support/server.ts'

let server: WebServer
let desk: Browser
let visitor: Browser
beforeAll(async () => {
  server = await startWeb()
  desk = await signInByLink(server)
  visitor = openBrowser(server.origin)
})
afterAll(() => server.stop())

const languageOf = (html: string): string | undefined => /<html lang="(\w+)">/.exec(html)?.[1]

describe('the language of a page', () => {
  test.each([
    [undefined, '', 'fr'],
    ['*', '', 'fr'],
    ['en', '', 'en'],
    ['en-GB,en;q=0.9', '', 'en'],
    ['EN-us', '', 'en'],
    ['de,en;q=0.5,fr;q=0.4', '', 'en'],
    ['fr-CA,en;q=0.9', '', 'fr'],
    ['en;q=0.3, fr;q=0.8', '', 'fr'],
    ['en;q=0', '', 'fr'],
    ['en;q=0, fr;q=0', '', 'fr'],
    ['de, es', '', 'fr'],
    ['english', '', 'fr'],
    [', ;q=, en;q=x;;', '', 'en'],
    ['fr', '?lang=en', 'en'],
    ['en', '?lang=fr', 'fr'],
    ['en', '?lang=de', 'en'],
    ['fr', '?lang=', 'fr'],
    ['en', '?lang=fr&lang=en', 'fr'],
  ])('for a browser that asks for %s, at /cafes%s, is %s', async (accepted, query, lang) => {
    const headers: Record<string, string> = accepted ? { 'accept-language': accepted } : {}
    const page = await visitor.get(`/cafes${query}`, headers)
    expect(languageOf(page.text)).toBe(lang)
    expect(page.headers.get('content-language')).toBe(lang)
    expect(page.headers.get('vary')).toBe('Accept, Accept-Language')
  })

  test('is said of pages that fail, and by nothing that is no page', async () => {
    const missing = await visitor.get('/nowhere?lang=en')
    expect([missing.status, languageOf(missing.text)]).toEqual([404, 'en'])
    expect(missing.headers.get('content-language')).toBe('en')
    for (const path of ['/agenda.ics', '/agenda.atom', '/agenda.json', '/public/style.css']) {
      const { headers } = await visitor.get(`${path}?lang=en`)
      expect(headers.has('content-language')).toBe(false)
    }
  })

  test('changes nothing of what is for everybody: calendar and feeds are in French', async () => {
    await announce(desk, { date: '2026-12-09' })
    for (const path of ['/agenda.ics', '/agenda.atom', '/agenda.json', '/export/cafes.atom']) {
      const french = await visitor.get(path)
      const english = await visitor.get(`${path}?lang=en`, { 'accept-language': 'en' })
      expect(english.status).toBe(200)
      expect(english.text.replaceAll(/[?&](?:amp;)?lang=en/g, '')).toBe(french.text)
    }
  })
})
