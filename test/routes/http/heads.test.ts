import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { announce, signInByLink } from '../../support/admin.ts'
import { type Browser, openBrowser } from '../../support/browser.ts'
import { findHtmlErrors } from '../../support/html-errors.ts'
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

const EVIL = '</script><script>alert(1)</script>'

/**
 * Returns the text of a café that a page contains for search engines. As HTML defines it, it ends at the first end tag.
 */
const structuredDataOf = (html: string): string | undefined =>
  /<script type="application\/ld\+json">(.*?)<\/script>/s.exec(html)?.[1]

const contentOf = (html: string, name: string): string | undefined =>
  new RegExp(`<meta (?:name|property)="${name}" content="([^"]*)"`).exec(html)?.[1]

const alternatesOf = (html: string): Map<string, string> =>
  new Map(
    [...html.matchAll(/<link rel="alternate" href="([^"]*)" type="([^"]*)"/g)].map(
      ([, href = '', type = '']) => [type, href],
    ),
  )

describe('a café’s page', () => {
  test('tells search engines what it is, whatever its title holds', async () => {
    const id = await announce(admin, { title: `Parler ${EVIL}`, date: '2026-12-09' })
    const { text } = await visitor.get(`/cafes/${id}`)
    const event = JSON.parse(structuredDataOf(text) ?? '')
    expect(event).toMatchObject({
      '@context': 'https://schema.org',
      '@type': 'Event',
      '@id': `${server.origin}/cafes/${id}`,
      name: `Parler ${EVIL}`,
      startDate: '2026-12-09T18:30:00+01:00',
      isAccessibleForFree: true,
      offers: { price: 0, priceCurrency: 'EUR' },
      location: { '@type': 'Place', address: { addressLocality: 'Rennes' } },
      organizer: { name: 'Médiathèque du Canal' },
    })
    expect(text.match(/<script[^>]*>/g)).toEqual([
      '<script src="/public/copy.js" defer="">',
      '<script type="application/ld+json">',
    ])
    expect(await findHtmlErrors(text)).toEqual([])
  })

  test('says what to show where its link is shared', async () => {
    const id = await announce(admin, { title: 'L’IA et le travail', date: '2026-12-10' })
    const { text } = await visitor.get(`/cafes/${id}`)
    expect(contentOf(text, 'og:title')).toBe('L’IA et le travail – Médiathèque du Canal')
    expect(contentOf(text, 'og:url')).toBe(`${server.origin}/cafes/${id}`)
    expect(contentOf(text, 'og:description')).toContain('jeudi 10\u00a0décembre\u00a02026')
    expect(contentOf(text, 'og:site_name')).toBe('Médiathèque du Canal')
  })

  test('names its other forms, and each of them answers', async () => {
    const id = await announce(admin, { date: '2026-12-11' })
    const alternates = alternatesOf((await visitor.get(`/cafes/${id}`)).text)
    expect([...alternates.keys()].sort()).toEqual([
      'application/activity+json',
      'application/atom+xml',
      'application/feed+json',
      'application/json+oembed',
      'text/calendar',
    ])
    // The signed Event is written by the delivery job, which does not run here.
    expect(alternates.get('application/activity+json')).toBe(`${server.origin}/cafes/${id}`)
    alternates.delete('application/activity+json')
    for (const [type, href] of alternates) {
      const { pathname, search } = new URL(href.replaceAll('&amp;', '&'), server.origin)
      const answer = await visitor.get(pathname + search, { accept: type })
      expect([type, answer.status]).toEqual([type, 200])
      expect(answer.headers.get('content-type')).toContain(type.replace('+oembed', ''))
    }
  })

  test.each([{ save: 'draft' }, { openTo: 'reserved' }])(
    'that is not for everyone tells search engines nothing: %o',
    async (fields) => {
      const id = await announce(admin, { date: '2026-12-12', ...fields })
      const { text } = await admin.get(`/cafes/${id}`)
      expect(structuredDataOf(text)).toBeUndefined()
      expect(contentOf(text, 'robots')).toBe('noindex')
      expect(contentOf(text, 'og:title')).toBeUndefined()
    },
  )
})

test('every public page has a description and one address', async () => {
  const seen = new Map<string, string>()
  for (const path of ['/', '/cafes', '/cafes?passes=1', '/api']) {
    const { text } = await visitor.get(path)
    expect([path, contentOf(text, 'description')?.length ?? 0]).not.toEqual([path, 0])
    const canonical = /<link rel="canonical" href="([^"]*)"/.exec(text)?.[1] ?? ''
    expect(canonical).toBe(server.origin + path)
    expect(contentOf(text, 'og:url')).toBe(canonical)
    seen.set(canonical, path)
  }
  expect(seen.size).toBe(4)
})

test('a network in whose search one pastes the site’s address finds its account', async () => {
  for (const path of ['/', '/cafes']) {
    const alternates = alternatesOf((await visitor.get(path)).text)
    const actor = new URL(alternates.get('application/activity+json') ?? '')
    const { text } = await visitor.get(actor.pathname, { accept: 'application/activity+json' })
    expect(JSON.parse(text)).toMatchObject({ type: 'Group', id: actor.href })
  }
})
