import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { announce, signInByLink } from '../../support/admin.ts'
import { type Browser, fieldsOf, openBrowser } from '../../support/browser.ts'
import { startWeb, type WebServer } from '../../support/server.ts'
import { findFrench } from '../../ui/locales/french-texts.ts'

let server: WebServer
let admin: Browser
let visitor: Browser
beforeAll(async () => {
  server = await startWeb()
  admin = await signInByLink(server)
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
    expect(page.headers.get('vary')).toBe('Accept, Accept-Language, Accept-Encoding')
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
    await announce(admin, { date: '2026-12-09' })
    for (const path of ['/agenda.ics', '/agenda.atom', '/agenda.json', '/export/cafes.atom']) {
      const french = await visitor.get(path)
      const english = await visitor.get(`${path}?lang=en`, { 'accept-language': 'en' })
      expect(english.status).toBe(200)
      expect(english.text.replaceAll(/[?&](?:amp;)?lang=en/g, '')).toBe(french.text)
    }
  })
})

/** Some hundred pages are opened, one after the other. */
const SOME_HUNDREDS = { timeout: 90_000 }

describe('a language chosen by a link lasts without a cookie', () => {
  test(
    'on every page that its links lead to, and nothing there is in French',
    SOME_HUNDREDS,
    async () => {
      await announce(admin, { date: '2026-12-16' })
      const pages = [
        ...(await followLinks(visitor, '/?lang=en')),
        ...(await followLinks(admin, '/administration?lang=en')),
      ]
      expect(pages.length).toBeGreaterThan(25)
    },
  )

  test('also at a directory', SOME_HUNDREDS, async () => {
    const directory = await startWeb({ role: 'hub' })
    try {
      const team = await signInByLink(directory)
      await announce(team, { date: '2026-12-16' })
      const pages = [
        ...(await followLinks(openBrowser(directory.origin), '/?lang=en')),
        ...(await followLinks(team, '/administration?lang=en')),
      ]
      expect(pages.length).toBeGreaterThan(25)
    } finally {
      await directory.stop()
    }
  })

  test('through a search, whose results keep it', async () => {
    const directory = await startWeb({ role: 'hub' })
    try {
      await announce(await signInByLink(directory), {
        attendanceMode: 'online',
        onlineUrl: 'https://visio.example/salle',
      })
      const browser = openBrowser(directory.origin)
      const page = await browser.get('/?lang=en')
      const fields = fieldsOf(page.text, '/?lang=en#contenu')
      expect(fields.lang).toEqual(['en'])
      const asked = new URLSearchParams({ ou: '35000', lang: 'en' })
      const found = await browser.get(`/?${asked}`)
      expect(languageOf(found.text)).toBe('en')
      expect(found.text).toContain('No café within 30\u00a0km of Rennes')
      expect(linksOf(found.text)).toContain('/?mode=en-ligne&lang=en')
    } finally {
      await directory.stop()
    }
  })

  test('through the answer to a form, wrong or right', async () => {
    const form = await admin.get('/administration/compte?lang=en')
    const action = '/administration/compte?lang=en'
    const wrong = await admin.submit(form, action, { name: 'Camille', email: 'nobody' })
    expect([wrong.status, languageOf(wrong.text)]).toEqual([422, 'en'])
    expect(wrong.text).toContain('Give a complete e-mail address')
    const saved = await admin.submit(form, action, { name: 'Camille' })
    expect([saved.status, saved.location]).toEqual([
      303,
      '/administration/compte?fait=done&lang=en',
    ])
    expect((await admin.get(saved.location ?? '')).text).toContain('>Done.<')
  })

  test('through the door of the administration', async () => {
    const closed = await visitor.get('/administration/lieux?lang=en')
    expect(closed.location).toBe(
      '/administration/connexion?retour=%2Fadministration%2Flieux%3Flang%3Den&lang=en',
    )
    const door = await visitor.get(closed.location ?? '')
    expect(door.text).toContain('<h1>Sign in</h1>')
  })

  test('links have no language for a visitor who chose none', async () => {
    const { text } = await visitor.get('/', { 'accept-language': 'en' })
    expect(languageOf(text)).toBe('en')
    expect(linksOf(text).filter((href) => href.includes('lang='))).toEqual(['/?lang=fr'])
  })

  test('a link says in its own language that the page exists in it, and search engines are told', async () => {
    const { text } = await visitor.get('/cafes?mois=2026-12')
    expect(text).toContain(
      '<a href="/cafes?mois=2026-12&amp;lang=en" lang="en" hreflang="en" rel="alternate">English</a>',
    )
    const home = await visitor.get('/?lang=en')
    expect(home.text).toContain(`<link rel="canonical" href="${server.origin}/"`)
    for (const [lang, query] of [
      ['fr', '?lang=fr'],
      ['en', '?lang=en'],
      ['x-default', ''],
    ])
      expect(home.text).toContain(
        `<link rel="alternate" hreflang="${lang}" href="${server.origin}/${query}"`,
      )
  })
})

/**
 * Follows all links from a page and returns the visited addresses. Each page must be in English; files have no
 * parameter for the language.
 */
async function followLinks(browser: Browser, start: string): Promise<string[]> {
  const seen = new Set<string>([start])
  const kinds = new Map<string, number>()
  const waiting = [start]
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    const isFile = !path.includes('lang=')
    if (isFile) continue
    const { text, headers } = await browser.get(path)
    if (!headers.get('content-type')?.startsWith('text/html')) continue
    const french = findFrench(text.replaceAll(NAME_ON_MAP, ''))
    expect([path, languageOf(text), french]).toEqual([path, 'en', []])
    for (const href of linksOf(text)) {
      if (href.includes('lang=fr') || seen.has(href)) continue
      seen.add(href)
      const kind = kindOf(href)
      kinds.set(kind, (kinds.get(kind) ?? 0) + 1)
      if ((kinds.get(kind) ?? 0) <= enoughOf(kind)) waiting.push(href)
    }
  }
  const files = [...seen].filter((href) => !href.includes('lang='))
  for (const href of files)
    expect(href).toMatch(/^\/(?:public|export|api\/v1)\/|^[^?]*\.\w+(?:\?|$)/)
  return [...seen].filter((href) => href.includes('lang=en'))
}

/** Towns keep their names, as Changé does near Laval. */
const NAME_ON_MAP = /<text\b[^>]*>[^<]*<\/text>/gu

/**
 * Returns how many addresses of a kind are opened: a directory has a page per département, all made by the same code.
 * One search by several criteria is enough of its kind: it leads to the next criterion.
 */
const enoughOf = (kind: string): number => (kind.split('=').length > 3 ? 1 : 3)

/** Returns the address without the parts that differ between pages of one kind. */
const kindOf = (href: string): string =>
  href.replace(/=[^&]*/g, '=').replace(/(?<=\w\/)[\w-]*\d[\w-]*/g, '*')

const linksOf = (html: string): string[] =>
  [...html.matchAll(/<a\b[^>]*? href="(\/[^"#]*)/g)].map(([, href = '']) =>
    href.replaceAll('&amp;', '&'),
  )
