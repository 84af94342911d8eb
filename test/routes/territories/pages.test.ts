import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Feed } from '../../../node/domain/territories/feed.ts'
import { listDepartements, listRegions } from '../../../node/geo/territories.ts'
import { countFeedCafes, countFeedCafesToCome } from '../../../node/store/feeds/cafes.ts'
import { announce, signInByLink } from '../../support/admin.ts'
import { type Browser, openBrowser } from '../../support/browser.ts'
import { findHtmlErrors } from '../../support/html-errors.ts'
import { readable } from '../../support/readable.ts'
import { startWeb, type WebServer } from '../../support/server.ts'

let server: WebServer
let admin: Browser
let visitor: Browser
beforeAll(async () => {
  server = await startWeb({ role: 'hub', trustProxy: '127.0.0.1' })
  visitor = openBrowser(server.origin)
  admin = await signInByLink(server)
  await announce(admin, { title: 'Café de Rennes', 'venue.town': '35000' })
  await announce(admin, { title: 'Café de Betton', 'venue.town': 'Betton', date: '2026-12-20' })
  await announce(admin, {
    title: 'Café de Saint-Denis',
    'venue.town': '97400',
    date: '2026-11-30',
  })
  await announce(admin, { title: 'Café réservé', 'venue.town': 'Brest', openTo: 'reserved' })
})
afterAll(() => server.stop())

const titles = (text: string): string[] =>
  [...text.matchAll(/Café (?:de [A-Z][\w-]+|réservé)(?=<\/a>)/g)].map(([title]) => title)
const page = async (code: string) => {
  const { status, text } = await visitor.get(`/territoires/${code}`)
  return { status, text: readable(text), titles: titles(text) }
}

describe('the page of a territory', () => {
  test.each([
    ['r-53', 'Cafés IA en Bretagne', ['Café de Rennes', 'Café de Betton']],
    ['35', 'Cafés IA en Ille-et-Vilaine (35)', ['Café de Rennes', 'Café de Betton']],
    ['e-243500139', 'Cafés IA à Rennes Métropole', ['Café de Rennes', 'Café de Betton']],
    ['974', 'Cafés IA à La Réunion (974)', ['Café de Saint-Denis']],
  ])('of %s has its cafés to come, soonest first, and valid HTML', async (code, title, cafes) => {
    const { status, text, titles } = await page(code)
    expect(status).toBe(200)
    expect(text).toContain(`<h1>${title}</h1>`)
    expect(titles).toEqual(cafes)
    expect(text).toContain(`<link rel="canonical" href="${server.origin}/territoires/${code}"`)
    expect(text).toContain(`/export/cafes.ics?territory=${code}`)
    expect(await findHtmlErrors((await visitor.get(`/territoires/${code}`)).text)).toEqual([])
  })

  test('is there for every région and département, also where all of it is one', async () => {
    const codes = [
      ...listRegions().map(({ code }) => `r-${code}`),
      ...listDepartements().map(({ code }) => code),
    ]
    expect(codes.length).toBeGreaterThan(119)
    for (const code of codes) expect([code, (await page(code)).status]).toEqual([code, 200])
    expect((await page('r-06')).text).toContain('<a href="/territoires/976">Mayotte (976)</a>')
    expect((await page('75')).text).toMatch(/Paris<\/a>/)
  })

  test('of a commune adds what is near, and does not say twice what is in it', async () => {
    const { text, titles } = await page('c-35238')
    expect(titles).toEqual(['Café de Rennes', 'Café de Betton'])
    expect(text).toContain('À moins de 30 km')
  })

  test('leads up, down and aside, with how many cafés are there', async () => {
    const { text } = await page('35')
    expect(text).toMatch(/<a href="\/territoires\/r-53">Bretagne<\/a>/)
    expect(text).toMatch(/e-243500139">Rennes Métropole<\/a> <small>2 cafés<\/small>/)
    expect(text).toMatch(/\/territoires\/22">Côtes-d’Armor \(22\)<\/a>/)
    expect((await page('r-53')).text).toMatch(/Ille-et-Vilaine \(35\)<\/a> <small>2 cafés<\/small>/)
    expect((await page('e-243500139')).text).toMatch(/Betton \(35\)<\/a> <small>1 café<\/small>/)
  })

  test('names the accounts to follow: of a town, those of its département', async () => {
    const { host } = new URL(server.origin)
    expect((await page('r-53')).text).toContain(`@cafes-bretagne@${host}`)
    const { text } = await page('c-35238')
    expect(text).toContain(`@cafes-ille-et-vilaine@${host}`)
    expect(text).toContain('/suivre?compte=cafes-ille-et-vilaine')
  })

  test('lists the structures of the territory', async () => {
    const list = async (code: string) => (await page(code)).text.includes('id="structures"')
    // The structure has stated no address, so the place of its last café counts.
    expect([await list('29'), await list('r-53'), await list('974')]).toEqual([true, true, false])
    const { context, organization } = server
    await context.db
      .updateTable('organization')
      .set({ commune: 'Rennes', code_insee: '35238', departement: '35', region: '53' })
      .where('id', '=', organization.id)
      .execute()
    expect([await list('29'), await list('35'), await list('c-35238')]).toEqual([false, true, true])
    expect((await page('35')).text).toContain(`/structures/cafes@${new URL(server.origin).host}`)
  })

  test('where there is no café, says how far the nearest is, and keeps out of search engines', async () => {
    const { text, titles } = await page('c-59350')
    expect(text).toContain('Aucun café n’est annoncé à moins de 30 km.')
    expect(text).toMatch(/Le café le plus proche est à (environ )?4\d\d km de Lille \(59\)/)
    expect(titles).toEqual(['Café de Betton'])
    expect(text).toContain('content="noindex"')
    expect(text).toContain('J’aimerais un café ici')
    expect((await page('c-49007')).text).toMatch(/ km d’Angers \(49\)/)
    expect(await findHtmlErrors((await visitor.get('/territoires/c-59350')).text)).toEqual([])
    // Reserved cafés are not offered as the nearest ones.
    expect((await page('c-29019')).titles).toEqual(['Café de Rennes'])
  })

  test('that stops being announced, is cancelled or reserved is not counted', async () => {
    expect((await page('29')).text).toContain('Aucun café n’est annoncé ici')
  })

  test('shows what is cancelled and does not count it, nor do the first page, the API and the account', async () => {
    const { db } = server.context
    const cancelled = 'Café de Laval'
    const id = await announce(admin, { title: cancelled, 'venue.town': 'Laval' })
    const before = readable((await visitor.get('/')).text)
    expect(before).toContain('4 cafés à venir.')
    const path = `/administration/cafes/${id}/annuler`
    await admin.submit(await admin.get(path), path)
    const { text, titles } = await page('53')
    expect(text).toContain(`<span class="state">Annulé : </span>${cancelled}</a>`)
    expect(text).toContain('<p class="lead">Aucun café à venir')
    expect(text).not.toContain('noindex')
    expect(text).toContain('Aucun autre café n’est annoncé ici pour le moment.')
    expect(text).toMatch(/Le café le plus proche est à (environ )?\d+ km de Laval \(53\)/)
    expect(titles).toEqual([cancelled, 'Café de Betton'])
    expect(text).toMatch(/<div class="invitations">.*J’aimerais un café ici/s)
    expect(text.match(/J’aimerais un café ici<\/h2>/g)).toHaveLength(1)
    expect(await findHtmlErrors((await visitor.get('/territoires/53')).text)).toEqual([])
    expect((await page('c-53130')).titles).toEqual([cancelled, 'Café de Betton'])
    const api = await visitor.get('/api/v1/territories/53')
    expect(JSON.parse(api.text)).toMatchObject({ code: '53', cafes: 0 })
    expect(readable((await visitor.get('/')).text)).toContain('3 cafés à venir.')
    const mayenne: Feed = {
      name: 'cafes-mayenne',
      kind: 'departement',
      code: '53',
      title: 'Mayenne (53)',
      timezone: 'Europe/Paris',
    }
    expect(await countFeedCafesToCome(db, mayenne, server.context.now())).toBe(0)
    expect(await countFeedCafes(db, mayenne, server.context.now())).toBe(1)
    await db.deleteFrom('cafe').where('id', '=', id).execute()
  })

  test('speaks English to who asks', async () => {
    const { text } = await visitor.get('/territoires/35?lang=en')
    expect(text).toContain('AI cafés: Ille-et-Vilaine (35)')
  })
})

describe('an address that is none', () => {
  test('of a former commune leads to the commune of today, as do capitals', async () => {
    // Fougères-sur-Bièvre has been part of Le Controis-en-Sologne since 2019.
    const former = await visitor.get('/territoires/c-41092')
    expect([former.status, former.location]).toEqual([301, '/territoires/c-41059'])
    const capitals = await visitor.get('/territoires/C-35238')
    expect([capitals.status, capitals.location]).toEqual([301, '/territoires/c-35238'])
    expect((await visitor.get('/territoires/2a')).location).toBe('/territoires/2A')
  })

  test.each([
    ['rennes', '/territoires/c-35238'],
    ['ille-et-vilaine', '/territoires/35'],
    ['35238', '/territoires/c-35238'],
    ['243500139', '/territoires/e-243500139'],
  ])('« %s » is not found, with what was meant', async (code, href) => {
    const { status, text } = await page(code)
    expect(status).toBe(404)
    expect(text).toContain(`href="${href}"`)
  })

  test('whatever else is typed is not found either', async () => {
    for (const code of ['c-00000', 'x', 'e-1', '%3Cscript%3E', 'r-53%00', `c-${'9'.repeat(300)}`])
      expect([400, 404]).toContain((await page(code)).status)
    expect(server.failures).toEqual([])
  })
})

describe('the index of territories', () => {
  test('has every région and département where people live, with its cafés', async () => {
    const { text } = await visitor.get('/territoires')
    expect(await findHtmlErrors(text)).toEqual([])
    for (const code of ['r-53', '35', '2A', 'r-11', '75', 'r-04'])
      expect(text).toContain(`href="/territoires/${code}"`)
    expect(readable(text)).toMatch(/r-53">Bretagne<\/a> <small>2 cafés/)
    expect(text).not.toContain('Clipperton')
  })

  test('and the sitemap lists them', async () => {
    const { text } = await visitor.get('/sitemap.xml')
    for (const path of ['/territoires/35', '/territoires/r-53', '/structures', '/organiser'])
      expect(text).toContain(`<loc>${server.origin}${path}</loc>`)
  })
})

describe('« J’aimerais un café ici »', () => {
  const ask = (commune: string, from: string) =>
    visitor.post('/demandes', { commune }, { 'x-forwarded-for': from })

  test('counts the visitors of a /24 or a /48 once a day and commune, and shows the number from five on', async () => {
    for (let n = 1; n <= 4; n++) await ask('c-59350', n < 4 ? `198.18.${n}.1` : '2001:db8:1::1')
    expect((await ask('c-59350', '198.18.3.254')).location).toContain('demande=known')
    const again = await ask('c-59350', '2001:db8:1:ffff::1')
    expect([again.status, again.location]).toEqual([
      303,
      '/territoires/c-59350?demande=known#demande',
    ])
    expect((await page('c-59350')).text).not.toContain('demandes de café ici')
    const fifth = await ask('59000 Lille', '2001:db8:2::1')
    expect(fifth.location).toBe('/territoires/c-59350?demande=counted#demande')
    expect((await page('c-59350')).text).toContain('5 demandes de café ici depuis un an.')
    expect((await page('59')).text).toContain('5 demandes de café ici')
    expect((await page('r-32')).text).toContain('5 demandes de café ici')
    expect((await page('62')).text).not.toContain('demandes de café ici')
  })

  test('asks which town when several bear the name, and says when none does', async () => {
    const several = await ask('Saint-Denis', '203.0.113.9')
    expect(several.text).toContain('value="c-97411"')
    expect(await findHtmlErrors(several.text)).toEqual([])
    const unknown = await ask('Nulle-Part-sur-Rien', '203.0.113.9')
    expect(unknown.status).toBe(422)
    expect(unknown.text).toContain('id="commune-erreur"')
    expect((await ask('', '203.0.113.9')).status).toBe(422)
  })

  test('keeps no address: neither as it is, nor as anything that outlives the day', async () => {
    await ask('c-35238', '198.51.100.77')
    const { db } = server.context
    const hashes = async () => db.selectFrom('cafe_request_visitor').selectAll().execute()
    const kept = JSON.stringify([
      await hashes(),
      await db.selectFrom('cafe_request').selectAll().execute(),
    ])
    expect(kept).not.toContain('198.51.100')
    expect(await hashes()).not.toEqual([])
    server.advance({ hours: 24 })
    const salt = async () =>
      (
        await db.selectFrom('setting').selectAll().where('name', '=', 'cafe-request-salt').execute()
      )[0]
    const before = await salt()
    expect((await ask('c-35238', '198.51.100.77')).location).toContain('counted')
    expect((await salt())?.value).not.toBe(before?.value)
    expect(await hashes()).toHaveLength(1)
  })

  test('one visitor cannot ask for all of France', async () => {
    const outcomes = []
    for (let code = 35001; code < 35020; code++)
      outcomes.push((await ask(`c-${code}`, '192.0.2.1')).location?.match(/demande=([\w-]+)/)?.[1])
    expect(outcomes.filter((one) => one === 'counted')).toHaveLength(10)
    expect(outcomes.at(-1)).toBe('too-many')
  })

  test('a form of another site counts nothing', async () => {
    const headers = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }
    expect((await visitor.post('/demandes', { commune: 'c-35238' }, headers)).status).toBe(403)
  })

  test('is shown to the team exactly, by territory, and as a table to download', async () => {
    const table = await admin.get('/administration/demandes')
    expect(await findHtmlErrors(table.text)).toEqual([])
    expect(table.text).toMatch(/c-59350">Lille \(59\)<\/a><\/th>.*?<td[^>]*>5<\/td>/s)
    const regions = await admin.get('/administration/demandes?etat=regions&tri=name')
    expect(regions.text.indexOf('Bretagne')).toBeLessThan(regions.text.indexOf('Hauts-de-France'))
    const file = await admin.get('/administration/demandes.csv?par=departement')
    expect(file.headers.get('content-type')).toContain('text/csv')
    expect(file.text).toContain('59;Nord (59);Hauts-de-France;5;0;2026-11')
    expect((await visitor.get('/administration/demandes')).status).toBe(302)
  })
})

test('somebody who follows chooses a département or a région, and gets its account', async () => {
  const { text } = await visitor.get('/suivre')
  expect(await findHtmlErrors(text)).toEqual([])
  expect(text).toContain('<option value="35">Ille-et-Vilaine (35)</option>')
  const chosen = await visitor.get('/suivre?territoire=35')
  expect(chosen.text).toContain(`@cafes-ille-et-vilaine@${new URL(server.origin).host}`)
  expect(chosen.text).toMatch(/<option value="35" selected[^>]*>Ille-et-Vilaine/)
  expect((await visitor.get('/suivre?territoire=')).status).toBe(200)
})

test('« Organiser » has three ways, and the search for a structure near', async () => {
  const { status, text } = await visitor.get('/organiser')
  expect(status).toBe(200)
  expect(await findHtmlErrors(text)).toEqual([])
  for (const href of ['/contact', '/code-source']) expect(text).toContain(`href="${href}"`)
  const found = await visitor.get('/structures?territoire=Ille-et-Vilaine')
  expect(found.text).toContain('Médiathèque du Canal')
  expect(text).toMatch(/<a href="\/organiser" aria-current="page">Organiser/)
})

test('a place has none of these pages', async () => {
  const node = await startWeb()
  const browser = openBrowser(node.origin)
  for (const path of ['/territoires', '/territoires/35', '/organiser', '/alertes'])
    expect([path, (await browser.get(path)).status]).toEqual([path, 404])
  expect((await browser.get('/structures/cafes')).location).toBe('/')
  expect((await browser.get('/structures/autre')).status).toBe(404)
  await node.stop()
})
