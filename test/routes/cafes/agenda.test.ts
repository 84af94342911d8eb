import ICAL from 'ical.js'
import Parser from 'rss-parser'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { announce, signInByLink } from '../../support/admin.ts'
import { type Browser, openBrowser } from '../../support/browser.ts'
import { startWeb, type WebServer } from '../../support/server.ts'

let server: WebServer
let admin: Browser
let visitor: Browser
let id: string
beforeAll(async () => {
  server = await startWeb()
  admin = await signInByLink(server)
  visitor = openBrowser(server.origin)
  await announce(admin, { title: 'Le second', date: '2026-12-10' })
  id = await announce(admin, { title: 'Le premier <&>', date: '2026-12-08' })
  await announce(admin, { title: 'Brouillon', date: '2026-12-09', save: 'draft' })
})
afterAll(() => server.stop())

describe('a place’s cafés to come', () => {
  test('can be followed in a reader of feeds', async () => {
    const { text, headers } = await visitor.get('/agenda.atom')
    expect(headers.get('content-type')).toBe('application/atom+xml; charset=utf-8')
    const feed = await new Parser().parseString(text)
    expect(feed.title).toBe('Cafés à venir – Médiathèque du Canal')
    expect(feed.items.map(({ title }) => title)).toEqual(['Le premier &lt;&amp;&gt;', 'Le second'])
    expect(feed.items[0]?.link).toBe(`${server.origin}/cafes/${id}`)
  })

  test('can be followed in JSON', async () => {
    const { text, headers } = await visitor.get('/agenda.json')
    expect(headers.get('content-type')).toBe('application/feed+json; charset=utf-8')
    expect(headers.get('access-control-allow-origin')).toBe('*')
    const feed = JSON.parse(text)
    expect(feed.feed_url).toBe(`${server.origin}/agenda.json`)
    expect(feed.items.map((item: { title: string }) => item.title)).toEqual([
      'Le premier <&>',
      'Le second',
    ])
  })

  test('are not sent twice to a program that has them', async () => {
    for (const path of ['/agenda.ics', '/agenda.atom', '/agenda.json', `/cafes/${id}.ics`]) {
      const etag = (await visitor.get(path)).headers.get('etag') ?? ''
      expect(etag).not.toBe('')
      const again = await visitor.get(path, { 'if-none-match': etag })
      expect([path, again.status]).toEqual([path, 304])
    }
  })

  test('go one by one into the calendar that a visitor has, by a file named by its day', async () => {
    const { text, headers } = await visitor.get(`/cafes/${id}.ics`)
    expect(headers.get('content-disposition')).toBe('inline; filename="cafe-ia-2026-12-08.ics"')
    expect(text).not.toContain('X-WR-CALNAME')
    const event = new ICAL.Component(ICAL.parse(text)).getFirstSubcomponent('vevent')
    expect(event?.getFirstPropertyValue('summary')).toBe('Le premier <&>')
    expect(String(event?.getFirstPropertyValue('geo'))).toMatch(/^48\.\d+,-1\.\d+$/)
  })

  test('that are cancelled stay in every feed and say so', async () => {
    const path = `/administration/cafes/${id}/annuler`
    await admin.submit(await admin.get(path), path, { reason: 'La salle est fermée.' })
    const atom = await new Parser().parseString((await visitor.get('/agenda.atom')).text)
    expect(atom.items[0]?.title).toMatch(/^Annulé/)
    const json = JSON.parse((await visitor.get('/agenda.json')).text)
    expect(json.items[0]._cafe.status).toBe('cancelled')
    const single = (await visitor.get(`/cafes/${id}.ics`)).text
    expect(single).toContain('STATUS:CANCELLED')
  })
})
