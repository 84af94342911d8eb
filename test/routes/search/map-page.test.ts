import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { codeAt, countCommunes } from '../../../node/geo/commune-table.ts'
import { describeFrance } from '../../../node/routes/search/france-map.ts'
import { saveCafe } from '../../../node/store/cafes/cafes.ts'
import { inTransaction } from '../../../node/store/database/database.ts'
import { announce, signInByLink } from '../../support/admin.ts'
import { type Browser, openBrowser } from '../../support/browser.ts'
import { readable } from '../../support/readable.ts'
import { startWeb, type WebServer } from '../../support/server.ts'
import { aCafe } from '../../support/some-cafes.ts'
import { DIE } from '../../support/venues.ts'

let server: WebServer
let visitor: Browser
let admin: Browser
beforeAll(async () => {
  server = await startWeb({ role: 'hub' })
  visitor = openBrowser(server.origin)
  admin = await signInByLink(server)
  await announce(admin, { title: 'Café de Rennes', 'venue.town': '35000' })
  await announce(admin, { title: 'Autre café de Rennes', 'venue.town': '35000' })
  await announce(admin, { title: 'Café de Saint-Malo', 'venue.town': '35400' })
  await announce(admin, { title: 'Café de Die', 'venue.town': 'Die' })
  await announce(admin, { title: 'Café de Nouméa', 'venue.town': '98800' })
  await announce(admin, {
    title: 'Café en ligne',
    attendanceMode: 'online',
    onlineUrl: 'https://visio.example/salle',
  })
})
afterAll(() => server.stop())

const titlesOf = (svg: string): string[] =>
  [...svg.matchAll(/<title>([^<]*)<\/title>/g)].map(([, title = '']) =>
    title.replaceAll(/\s/g, ' '),
  )

describe('the map of a directory', () => {
  test('has a point for each town, which says how many cafés there are, and each département too', async () => {
    const { text } = await visitor.get('/carte')
    const titles = titlesOf(text)
    expect(titles).toContain('2 cafés à Rennes')
    expect(titles).toContain('1 café à Die')
    expect(titles).toContain('1 café à Nouméa')
    expect(text).toMatch(/<a href="\/territoires\/c-35238"[^>]*><title>2\scafés à Rennes/)
    expect(titles).toContain('Ille-et-Vilaine (35) : 3 cafés à venir')
    expect(titles).toContain('Drôme (26) : 1 café à venir')
    expect(titles).toContain('Ain (01) : aucun café à venir')
    expect(readable(text)).toContain('<h1>6 cafés à venir, partout en France</h1>')
    expect(readable(text)).toContain('1 café sans point sur la carte')
  })

  test('names cities, and no département', async () => {
    const { text } = await visitor.get('/carte')
    const names = [...text.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, name]) => name)
    expect(names).toEqual(
      expect.arrayContaining(['Paris', 'Lyon', 'Rennes', 'Marseille', 'Ajaccio']),
    )
    expect(names).not.toContain('Villeurbanne')
    expect(names.join()).not.toContain('Ille-et-Vilaine')
  })

  test('has a cancelled café in grey, says so, and counts it nowhere', async () => {
    const id = await announce(admin, { title: 'Café de Lille', 'venue.town': '59000' })
    server.advance({ minutes: 2 })
    expect(titlesOf((await visitor.get('/carte')).text)).toContain('1 café à Lille')
    const path = `/administration/cafes/${id}/annuler`
    await admin.submit(await admin.get(path), path, { reason: 'Grève' })
    server.advance({ minutes: 2 })
    const { text } = await visitor.get('/carte')
    expect(readable(text)).toMatch(
      /<a class="is-off"[^>]*><title>1 café annulé à Lille<|<a href="[^"]*" class="is-off"[^>]*><title>1 café annulé à Lille</,
    )
    expect(readable(text)).toContain('</svg>annulé</span>')
    expect(titlesOf(text)).toContain('Nord (59) : aucun café à venir')
    // The other pages and the API have the same count; the list mentions the cancelled café separately.
    const list = readable((await visitor.get('/?ou=59000')).text)
    expect(list).toMatch(/<h1[^>]*>Aucun café [^<]*, et 1 annulé<\/h1>/)
    // Nobody can go there: what takes place elsewhere comes first.
    expect(list.replace(/<[^>]+>/gu, ' ')).toMatch(
      /Plus loin .*Café de Rennes.* Le café annulé .*Café de Lille/su,
    )
    const api = await visitor.get('/api/v1/territories/59')
    expect(JSON.parse(api.text)).toMatchObject({ cafes: 0 })
    expect(readable((await visitor.get('/')).text)).toContain('6 cafés à venir')
  })

  test('shows the results of a search, and leads back to their list', async () => {
    const { text } = await visitor.get('/carte?ou=Die')
    // The drawing for phones is another one.
    const points = titlesOf(text).filter((title) => /^\d+ cafés? /.test(title))
    expect(points).toEqual(['1 café à Die', '1 café à Die'])
    expect(text).toContain('href="/?ou=Die"')
  })

  test.each([
    ['ou=Rennes&rayon=10', 'Le cercle montre 10 km autour de Rennes.'],
    ['territoire=35', undefined],
    ['territoire=988', undefined],
  ])(
    'of %s is the part of France where it looked, with its towns in words',
    async (query, says) => {
      const { text } = await visitor.get(`/carte?${query}`)
      const page = readable(text)
      expect(text).toContain('part-map')
      expect(text).not.toContain('france-map')
      if (says) expect(page).toContain(says)
      const points = titlesOf(text).filter((title) => /^\d+ cafés? /.test(title))
      const [, list = ''] = /<h2 id="regions">Par commune<\/h2>(.*?)<\/ul>/su.exec(page) ?? []
      const listed = [...list.matchAll(/<a href="([^"]+)">([^<]+)</gu)]
      expect([...new Set(points)].toSorted()).toEqual(listed.map(([, , name]) => name).toSorted())
      // A point leads to its town in the list, as it does where cafés are listed; the list leads to the cafés.
      for (const at of listed.keys()) expect(page).toContain(`<li id="commune-${at + 1}"`)
      expect(page).toContain('href="#commune-1"')
      for (const [, href = ''] of listed) {
        const found = await visitor.get(href.replaceAll('&amp;', '&'))
        expect(readable(found.text)).toMatch(/<h1>\d+ cafés? /u)
      }
    },
  )

  test('writes names as they are printed', async () => {
    const { text } = await visitor.get('/carte?ou=97427&rayon=10')
    expect(text).toContain('Ici, L’Étang-Salé</text>')
    expect(text.match(/<(?:text|title|h1|figcaption)\b[^>]*>[^<]*\p{L}'\p{L}[^<]*/gu)).toBeNull()
  })

  test('is filtered where it is shown, and each filter is taken away there', async () => {
    const { text } = await visitor.get('/carte')
    expect(text).toContain('href="/carte?quand=ce-week-end"')
    expect(text).not.toContain('mode=en-ligne"><li')
    const { text: filtered } = await visitor.get('/carte?ou=Rennes&rayon=10&public=jeunes')
    expect(readable(filtered)).toContain(
      '<a class="chip is-on" href="/carte?ou=Rennes&amp;rayon=10" aria-label="jeunes (retirer)">',
    )
  })

  test('of a search is called as its page, and counts what it found', async () => {
    const h1 = async (query: string) => {
      const text = readable((await visitor.get(`/carte?${query}`)).text)
      return /<h1>([^<]*)</.exec(text)?.[1]
    }
    expect(await h1('ou=Die')).toBe('Sur la carte : cafés IA à moins de 30 km de Die (26)')
    expect(await h1('territoire=35')).toBe('Sur la carte : cafés IA en Ille-et-Vilaine')
    expect(await h1('public=jeunes')).toBe('Sur la carte : cafés IA, jeunes')
    expect(await h1('du=2026-12-01')).toBe('Sur la carte : cafés IA, à partir du 1er décembre 2026')
    const { text } = await visitor.get('/carte?q=Die')
    expect(titlesOf(text)).toContain('Drôme (26) : 1 café')
    expect(titlesOf(text)).toContain('Ille-et-Vilaine (35) : aucun café')
    expect(text).not.toContain('sans point sur la carte')
    const bretagne = (await visitor.get('/carte?q=Rennes')).text
    expect(titlesOf(bretagne)).toContain('Ille-et-Vilaine (35) : 2 cafés')
    expect(bretagne).toContain('<a href="/?q=Rennes&amp;territoire=35">Ille-et-Vilaine (35)</a>')
    expect(bretagne).toMatch(/<a href="\/\?q=Rennes&amp;territoire=c-35238"[^>]*><title>2/)
    expect(readable((await visitor.get('/carte?q=introuvable')).text)).toContain(
      'Aucun café de cette recherche n’a de lieu sur la carte',
    )
  })

  test('of a search that found something overseas only, lists it and leads to it', async () => {
    const text = readable((await visitor.get('/carte?q=Noum%C3%A9a')).text)
    expect(text).not.toContain('Aucun café de cette recherche')
    expect(text).toContain('<a href="/?q=Noum%C3%A9a&amp;territoire=988">Nouvelle-Calédonie (988)')
    expect(text).toContain('<a href="/?q=Noum%C3%A9a&amp;territoire=988">Nouvelle-Calédonie</a>')
    expect(text).toContain('<a href="/territoires/974">La Réunion</a><span class="none">0</span>')
  })

  test('says what it does not understand of a search, and what else its place may be', async () => {
    const unknown = readable((await visitor.get('/carte?ou=00000')).text)
    expect(unknown).toMatch(/<p class="error">« 00000 » : cette commune n’est pas connue/)
    expect(unknown).toContain('href="/?ou=00000"')
    expect(unknown).not.toContain('france-map')
    const others = async (ou: string) => {
      const { text } = await visitor.get(`/carte?quand=ce-mois&${new URLSearchParams({ ou })}`)
      expect(text).toContain('part-map')
      const line = /<p class="understood">ou (.*?)<\/p>/s.exec(text)?.[1] ?? ''
      return [...line.matchAll(/href="([^"]+)">([^<]+)</g)].map(([, href]) => href)
    }
    expect(await others('Mayenne')).toEqual(['/carte?ou=Mayenne+%2853%29&amp;quand=ce-mois'])
    expect(await others('Saint-Denis')).toContain(
      '/carte?ou=Saint-Denis+%2893%29&amp;quand=ce-mois',
    )
    expect(readable((await visitor.get('/carte?du=hier')).text)).toContain('« hier » : cette date')
  })

  test('of words that are no place, leads to what has these words in each département', async () => {
    const { text } = await visitor.get('/carte?ou=autre+caf%C3%A9')
    expect(titlesOf(text)).toContain('Ille-et-Vilaine (35) : 1 café')
    const [, href = ''] = /href="([^"]+)"[^>]*><title>Ille-et-Vilaine/.exec(text) ?? []
    const found = await visitor.get(href.replaceAll('&amp;', '&'))
    expect(readable(found.text)).toContain('<h1>1 café en Ille-et-Vilaine</h1>')
  })

  test('costs a keyboard nothing: lists beside it have the same links', async () => {
    const { text } = await visitor.get('/carte')
    const maps = [...text.matchAll(/<svg[^>]*aria-hidden="true".*?<\/svg>/gs)].map(([svg]) => svg)
    const svg = maps.join('')
    expect(svg.match(/<a /g)?.length).toBeGreaterThan(100)
    expect(svg.match(/<a (?![^>]*tabindex="-1")/)).toBeNull()
    const rest = maps.reduce((left, map) => left.replace(map, ''), text)
    for (const [, code] of svg.matchAll(/href="\/territoires\/(\w{2,3})"/g))
      expect(rest).toContain(`href="/territoires/${code}"`)
  })

  test('of many towns has fewer points, and each says how many cafés it stands for', async () => {
    const towns = Array.from({ length: countCommunes() }, (_, row) => ({
      ...{ codeInsee: codeAt(row), held: 1, cancelled: 0 },
    }))
    const texts = {
      titleOf: ({ held }: { held: number }) => String(held),
      hrefOf: (codeInsee: string) => codeInsee,
    }
    const { points } = (await describeFrance({ towns, texts })).mainland
    expect(points.length).toBeLessThanOrEqual(500)
    const mainland = towns.filter(({ codeInsee }) => codeInsee < '97').length
    expect(points.reduce((sum, { title }) => sum + Number(title), 0)).toBe(mainland)
  })
})

test('of more than are counted, the map of a search says of how many its counts are', async () => {
  const hub = await startWeb({ role: 'hub' })
  const { db } = hub.context
  const organizationId = hub.organization.id
  await inTransaction(db, async (trx) => {
    for (let saved = 0; saved <= 1000; saved++)
      await saveCafe(trx, aCafe({ organizationId, venue: DIE, title: 'Café de Die' }))
  })
  const { text } = await openBrowser(hub.origin).get('/carte?territoire=26')
  await hub.stop()
  expect(readable(text)).toContain('les nombres sont ceux de 1 000 cafés')
  expect(titlesOf(text)).toContain('1 000 cafés à Die')
})

test('a place has no map of France', async () => {
  const place = await startWeb()
  const { status } = await openBrowser(place.origin).get('/carte')
  await place.stop()
  expect(status).toBe(404)
})

describe('where the operator chose tiles', () => {
  const tiles = 'https://tuiles.example/{z}/{x}/{y}.png'

  test('the map can be moved where scripts run, and only their pictures may come from there', async () => {
    const hub = await startWeb({ role: 'hub', tiles })
    const page = await openBrowser(hub.origin).get('/carte')
    const other = await openBrowser(hub.origin).get('/chiffres')
    const { text: data } = await openBrowser(hub.origin).get('/donnees-personnelles')
    await hub.stop()
    expect(page.headers.get('content-security-policy')).toContain(
      "img-src 'self' https://tuiles.example;",
    )
    expect(page.text).toContain('data-tiles="https://tuiles.example/{z}/{x}/{y}.png"')
    expect(page.text).toContain('france-map')
    expect(other.headers.get('content-security-policy')).not.toContain('tuiles.example')
    expect(data).toContain('tuiles.example, qui reçoit donc votre adresse IP')
    expect(data).not.toContain('Aucune page ne charge')
  })

  test('without them no page asks anybody else, and nothing of that map is sent', async () => {
    const { text } = await visitor.get('/carte')
    expect(text).not.toContain('leaflet')
    expect((await visitor.get('/donnees-personnelles')).text).toContain('Aucune page ne charge')
  })
})

/** This test is the last one, since it adds cafés to those that the others count. */
describe('the same search', () => {
  test('has the same count on the home page, in a search, on the map, of a territory, in the API and the statistics', async () => {
    const announceAt = (title: string, fields: Record<string, string> = {}) =>
      announce(admin, { title, 'venue.town': '29200', ...fields })
    const act = async (id: string, action: string, form: Record<string, string>) => {
      const path = `/administration/cafes/${id}/${action}`
      await admin.submit(await admin.get(path), path, form)
    }
    await announceAt('Tenu')
    await announceAt('Réservé', { openTo: 'reserved' })
    await announceAt('Brouillon', { save: 'draft' })
    await announceAt('En ligne et sur place', {
      attendanceMode: 'mixed',
      onlineUrl: 'https://visio.example/b',
    })
    await act(await announceAt('Annulé'), 'annuler', { reason: 'Grève' })
    await act(await announceAt('Déplacé'), 'situation', {
      situation: 'moved-online',
      onlineUrl: 'https://visio.example/c',
    })
    await act(await announceAt('Reporté'), 'situation', { situation: 'postponed', note: 'Travaux' })
    const json = async (path: string) => JSON.parse((await visitor.get(path)).text)
    const text = async (path: string) => readable((await visitor.get(path)).text)
    const countOf = (found: RegExpExecArray | null) => Number(found?.[1])
    // The clock is moved on, since some counts are cached for a minute.
    server.advance({ minutes: 2 })
    const api = await json('/api/v1/cafes?territory=29&total=1&limit=1')
    expect(api).toMatchObject({ total: 4, cancelled: 1 })
    const figures = await json('/api/v1/figures')
    const finistere = figures.byDepartement.find(
      ({ departement }: { departement: string }) => departement === '29',
    )
    expect({
      search: countOf(
        /<h1[^>]*>(\d+) cafés dans le Finistère, et 1 annulé/.exec(await text('/?territoire=29')),
      ),
      map: countOf(/Finistère \(29\) : (\d+) cafés? à venir/.exec(await text('/carte'))),
      mapOfSearch: countOf(/>(\d+) cafés?[^<]* à Brest</.exec(await text('/carte?territoire=29'))),
      territory: (await json('/api/v1/territories/29')).cafes,
      commune: (await json('/api/v1/territories/c-29019')).cafes,
      page: countOf(/(\d+) cafés? à venir/.exec(await text('/territoires/29'))),
      figures: finistere.toCome,
    }).toEqual({ search: 4, map: 4, mapOfSearch: 4, territory: 4, commune: 4, page: 4, figures: 4 })
    expect(await text('/carte?territoire=29')).not.toContain('sans point sur la carte')
    expect(await text('/carte')).toContain('1 café sans point sur la carte')
    const all = await json('/api/v1/cafes?total=1&limit=1')
    const home = countOf(/(\d+) cafés à venir/.exec(await text('/')))
    expect([home, figures.toCome]).toEqual([all.total, all.total])
  })
})
