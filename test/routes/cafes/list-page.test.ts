import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { updateCafes } from '../../../node/store/search-index/write-cafes.ts'
import { recountStatistics } from '../../../node/store/territories/recount-statistics.ts'
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
  await announce(admin, { title: 'Café du 3', date: '2026-12-03' })
  await announce(admin, { title: 'Autre du 3', date: '2026-12-03', time: '10:00' })
  await announce(admin, { title: 'Café du 31', date: '2026-12-31', time: '23:30' })
  await announce(admin, { title: 'Café d’avril', date: '2027-04-01', time: '00:30' })
  // In Saint-Denis 1 March has begun when it is still February in Paris.
  await announce(admin, {
    title: 'Café de La Réunion',
    date: '2027-03-01',
    time: '01:00',
    'venue.town': '97400',
  })
  await announce(admin, { title: 'Brouillon', date: '2026-12-05', save: 'draft' })
})
afterAll(() => server.stop())

const TITLES =
  /<article class="cafe[^"]*"><(h[234])><a [^>]*>(?:<span class="state">[^<]*<\/span>)?([^<]*)<\/a><\/\1>/g
const titlesOf = (html: string) => [...html.matchAll(TITLES)].map(([, , title]) => title)
const decode = (href: string) => href.replaceAll('&amp;', '&')

/** Returns the days of the calendar that have links to cafés: the address, and the text for a screen reader. */
const daysOf = (html: string): [string, string][] => {
  const table = /<table>.*?<\/table>/s.exec(html)?.[0] ?? ''
  return [...table.matchAll(/<a href="([^"]*)"[^>]*>(.*?)<\/a>/gs)].map(
    ([, href = '', words = '']) => [
      decode(href),
      words.replaceAll(/<[^>]*>/g, '').replaceAll('\u00a0', ' '),
    ],
  )
}

const monthsTurnedTo = (html: string): string[] => {
  const list = /<ul class="turn">.*?<\/ul>/s.exec(html)?.[0] ?? ''
  return [...list.matchAll(/href="([^"]*)"/g)].map(([, href = '']) => decode(href))
}

describe('the list of cafés', () => {
  test('comes first, and shows beside it the month of the next café', async () => {
    const { text } = await visitor.get('/cafes')
    expect(text.indexOf('Café du 3')).toBeLessThan(text.indexOf('<table>'))
    expect(text).toContain('Décembre\u00a02026')
    expect(daysOf(text)).toEqual([
      ['/cafes?jour=2026-12-03', '3 2 cafés'],
      ['/cafes?jour=2026-12-31', '31 1 café'],
    ])
    expect(await findHtmlErrors(text)).toEqual([])
  })

  test('of a day has its cafés and no others', async () => {
    const { text } = await visitor.get('/cafes?jour=2026-12-03')
    expect(text).toContain('<h1>Les cafés du jeudi 3\u00a0décembre\u00a02026</h1>')
    expect(titlesOf(text)).toEqual(['Autre du 3', 'Café du 3'])
    expect(text).toContain(`href="${server.origin}/cafes?jour=2026-12-03"`)
  })

  test('of a month has the cafés of its days, by the clock of their place', async () => {
    expect(titlesOf((await visitor.get('/cafes?mois=2026-12')).text)).toEqual([
      'Autre du 3',
      'Café du 3',
      'Café du 31',
    ])
    const march = (await visitor.get('/cafes?mois=2027-03')).text
    expect(titlesOf(march)).toEqual(['Café de La Réunion'])
    expect(daysOf(march)).toEqual([['/cafes?jour=2027-03-01', '1 1 café']])
    const april = (await visitor.get('/cafes?mois=2027-04')).text
    expect(april).toContain('<h1>Les cafés d’avril\u00a02027</h1>')
    expect(titlesOf(april)).toEqual(['Café d’avril'])
  })

  test('turns from month to month without an empty one, and ends', async () => {
    const seen = ['/cafes?mois=2026-12']
    for (let next = seen[0]; next !== undefined; ) {
      const turned = monthsTurnedTo((await visitor.get(next)).text)
      next = turned.find((href) => !seen.includes(href))
      if (next) seen.push(next)
    }
    expect(seen).toEqual(['/cafes?mois=2026-12', '/cafes?mois=2027-03', '/cafes?mois=2027-04'])
  })

  test('of a month or day without a café says so, and is not for search engines', async () => {
    for (const path of ['/cafes?mois=2031-01', '/cafes?jour=2026-12-05']) {
      const { status, text } = await visitor.get(path)
      expect(status).toBe(200)
      expect(text).toContain('Aucun café')
      expect(text).toContain('noindex')
    }
  })

  test('says that the cafés of a day are cancelled, and counts those that take place', async () => {
    const other = await startWeb()
    try {
      const { db } = other.context
      const team = await signInByLink(other)
      const dates = {
        Annulé: '2026-12-03',
        'Annulé aussi': '2026-12-04',
        Maintenu: '2026-12-04',
        'Pas encore': '2026-12-05',
      }
      for (const [title, date] of Object.entries(dates)) await announce(team, { title, date })
      await updateCafes(db, { status: 'cancelled' }, (qb) => qb.where('title', 'like', 'Annulé%'))
      const reader = openBrowser(other.origin)
      const { text } = await reader.get('/cafes?mois=2026-12')
      expect(daysOf(text)).toEqual([
        ['/cafes?jour=2026-12-03', '3 1 café annulé'],
        ['/cafes?jour=2026-12-04', '4 1 café, 1 café annulé'],
        ['/cafes?jour=2026-12-05', '5 1 café'],
      ])
      const { text: english } = await reader.get('/cafes?mois=2026-12&lang=en')
      expect(daysOf(english).map(([, words]) => words)).toEqual([
        '3 1 cancelled café',
        '4 1 café, 1 cancelled café',
        '5 1 café',
      ])
      await updateCafes(db, { status: 'postponed' }, (qb) => qb.where('title', '=', 'Pas encore'))
      const put = daysOf((await reader.get('/cafes?mois=2026-12')).text)
      expect(put.at(-1)).toEqual(['/cafes?jour=2026-12-05', '5 1 café reporté'])
      other.advance({ hours: 24 * 60 })
      const archive = (await reader.get('/cafes?passes=1')).text
      expect(archive).toMatch(/>Décembre\s2026<\/a> <small>1\scafé<\/small>/u)
    } finally {
      await other.stop()
    }
  })

  test('takes what is no date for a question that was not asked', async () => {
    for (const query of ['mois=2026-13', 'mois=x', 'jour=2026-02-30', 'jour=9999999-01-01']) {
      const { status, text } = await visitor.get(`/cafes?${query}`)
      expect([query, status]).toEqual([query, 200])
      expect(text).toContain('<h1>Les cafés à venir</h1>')
    }
    expect(server.failures).toEqual([])
  })
})

describe('the archive', () => {
  test('counts the cafés of each month, and each month leads to them', async () => {
    server.advance({ hours: 24 * 60 })
    const { text } = await visitor.get('/cafes?passes=1')
    const months = [
      ...text.matchAll(/<a href="(\/cafes\?mois=[^"]*)">([^<]*)<\/a> <small>([^<]*)</g),
    ]
    expect(months.map(([, href, month, total]) => [href, month, total?.trim()])).toEqual([
      ['/cafes?mois=2026-12', 'Décembre\u00a02026', '3\u00a0cafés'],
    ])
    const december = (await visitor.get('/cafes?mois=2026-12')).text
    expect(titlesOf(december)).toEqual(['Autre du 3', 'Café du 3', 'Café du 31'])
    expect(december).toContain('Passé\u00a0: ')
  })

  test('of a directory is counted at once, and of a very large one as it was in the last hour', async () => {
    const hub = await startWeb({ role: 'hub' })
    try {
      const team = await signInByLink(hub)
      await announce(team, { title: 'Tenu', date: '2026-12-10' })
      await announce(team, { title: 'Tenu aussi', date: '2027-01-10' })
      await announce(team, { title: 'Réservé', date: '2026-12-11', openTo: 'reserved' })
      hub.advance({ hours: 24 * 40 })
      const reader = openBrowser(hub.origin)
      const heldIn = async (month: string) =>
        new RegExp(`<a href="/cafes\\?mois=${month}">[^<]*</a> <small>([^<]*)<`)
          .exec((await reader.get('/cafes?passes=1')).text)?.[1]
          ?.trim()
      const held = () => heldIn('2026-12')
      expect(await held()).toBe('1\u00a0café')
      await recountStatistics(hub.context.db, { now: hub.context.now(), isOurs: false })
      hub.advance({ hours: 24 * 10 })
      expect(await heldIn('2027-01')).toBe('1\u00a0café')
      await hub.context.db
        .insertInto('monthly_count')
        .values({ month: '2027-09', departement: '35', held: 0, to_come: 40_000, cancelled: 0 })
        .execute()
      hub.advance({ hours: 1 })
      expect([await held(), await heldIn('2027-01')]).toEqual(['1\u00a0café', undefined])
      expect(daysOf((await reader.get('/cafes?mois=2026-12')).text)).toEqual([
        ['/cafes?jour=2026-12-10', '10 1 café'],
      ])
    } finally {
      await hub.stop()
    }
  })

  test('goes on page after page, each café once', async () => {
    const busy = await startWeb()
    try {
      const team = await signInByLink(busy)
      for (let n = 0; n < 52; n++)
        await announce(team, { title: `Café numéro ${n}`, date: '2027-02-10' })
      busy.advance({ hours: 24 * 120 })
      const reader = openBrowser(busy.origin)
      for (const path of ['/cafes?passes=1', '/cafes?mois=2027-02']) {
        const first = (await reader.get(path)).text
        const next = decode(/<a class="button quiet" href="([^"]*)"/.exec(first)?.[1] ?? '')
        const second = (await reader.get(next)).text
        const titles = [...titlesOf(first), ...titlesOf(second)]
        expect([path, titlesOf(first).length]).toEqual([path, 50])
        expect([path, new Set(titles).size]).toEqual([path, 52])
        expect(second).toContain('noindex')
      }
    } finally {
      await busy.stop()
    }
  })
})
