import fc from 'fast-check'
import { expect, test } from 'vitest'
import { actorUri } from '../../../federation/wire/uris.ts'
import { saveCafe } from '../../../node/store/cafes/cafes.ts'
import { upsertPeer } from '../../../node/store/directory/peers.ts'
import { setMembership } from '../../../node/store/memberships.ts'
import { listStatements } from '../../support/asked-statements.ts'
import { times } from '../../support/full.ts'
import { MEASURED } from '../../support/measured.ts'
import { readable } from '../../support/readable.ts'
import { aCafe } from '../../support/some-cafes.ts'
import { search, server, titles, useSearchSite, visitor } from './search-site.ts'

useSearchSite()

const BUREAU = {
  ...{ id: undefined, name: 'Bureau', streetAddress: undefined, postalCode: undefined },
  ...{ commune: 'Mauriac', codeInsee: '15120', departement: '15', region: '84' },
}

test('without a question, the next cafés of everybody', async () => {
  const { text } = await visitor.get('/')
  expect(titles(text)).toEqual([
    'Café de Die',
    'Café de Saint-Denis',
    'Café de Rennes',
    'Café en ligne',
  ])
})

test('each café has its number in the list and on the map, which lead to each other', async () => {
  const { text } = await search({ ou: 'Rennes', rayon: '100' })
  const [map = ''] =
    /<figure class="drawn-map results-map" id="carte">.*?<\/figure>/su.exec(text) ?? []
  const numbers = [...map.matchAll(/href="#(cafe-\d+)"/g)].map(([, id]) => id)
  expect(numbers).toEqual(['cafe-1'])
  for (const id of numbers) expect(text).toContain(`<li id="${id}">`)
  expect(readable(map)).toContain('>Ici, Rennes</text>')
  const { text: paris } = await search({ ou: 'Paris 20', rayon: '1000' })
  expect(readable(paris)).toContain('>Ici, Paris 20e arrondissement</text>')
  expect(readable(map)).toContain('Le cercle montre 100 km autour de Rennes.')
  expect(map).toMatch(/^(?!.*<img)/s)
})

test('a search has a title, and is had by other tools at addresses that hold it whole', async () => {
  const { text } = await search({ ou: 'Rennes', rayon: '10', quand: 'ce-week-end' })
  expect(text).toMatch(/<title>Cafés IA à moins de 10\s*km de Rennes \(35\), ce week-end – /u)
  const [head = '', body = ''] = text.split('</head>')
  const filesIn = (html: string) =>
    [...html.matchAll(/href="(\/export\/[^"]+ou=[^"]+)"/g)].map(([, href = '']) => href)
  const kinds = head.matchAll(/rel="alternate"[^>]*type="(?:text|application)\/([a-z+]+)"/g)
  expect([...kinds].map(([, kind]) => kind)).toEqual([
    'calendar',
    'atom+xml',
    'feed+json',
    'json+oembed',
  ])
  expect(filesIn(head).map((href) => href.split('?')[0])).toEqual([
    '/export/cafes.ics',
    '/export/cafes.atom',
    '/export/feed.json',
  ])
  const files = filesIn(body)
  expect(files).toEqual([expect.stringContaining('/export/cafes.ics?')])
  for (const file of files) {
    expect(file).toContain('?ou=Rennes&amp;rayon=10&amp;quand=ce-week-end')
    expect((await visitor.get(file.replaceAll('&amp;', '&'))).status, file).toBe(200)
  }
})

test('a search that is sent to somebody says there what it is, and stays out of search engines', async () => {
  const text = readable((await search({ ou: 'Rennes', rayon: '10' })).text)
  expect(text).toContain('<meta name="robots" content="noindex"/>')
  expect(text).toContain(
    `<meta property="og:url" content="${server.origin}/?ou=Rennes&amp;rayon=10"/>`,
  )
  expect(text).toContain(
    '<meta property="og:title" content="Cafés IA à moins de 10 km de Rennes (35) – ',
  )
  expect(text).toMatch(
    /<meta property="og:description" content="1 café à moins de 10 km de Rennes \(35\)\. /,
  )
})

test('a feed of a search that finds nothing is the same when it is asked for again', async () => {
  const asked = () => fetch(`${server.origin}/export/cafes.atom?q=introuvable`)
  const first = await asked()
  expect(await first.text()).not.toContain('<entry>')
  await new Promise((resolve) => setTimeout(resolve, 5))
  expect((await asked()).headers.get('ETag')).toBe(first.headers.get('ETag'))
})

test('where it is subscribed to, a search has its own name, and all cafés that of the site', async () => {
  const name = 'Cafés IA à moins de 10 km de Rennes (35), pour débattre – Médiathèque du Canal'
  const asked = 'ou=Rennes&rayon=10&intention=debattre'
  const read = async (file: string) =>
    (await visitor.get(`/export/${file}`)).text.replaceAll('\r\n ', '').replaceAll('\u00a0', ' ')
  expect(await read(`cafes.ics?${asked}`)).toContain(`X-WR-CALNAME:${name.replaceAll(',', '\\,')}`)
  expect(await read(`cafes.atom?${asked}`)).toContain(`<title>${name}</title>`)
  const feed = JSON.parse(await read(`feed.json?${asked}`))
  expect(feed.title).toBe(name)
  // The links of a feed lead a reader to the same search.
  expect(feed.home_page_url).toBe(`${server.origin}/?${asked}`)
  expect(await read(`cafes.atom?${asked}`)).toContain(
    `<link rel="alternate" href="${server.origin}/?${asked.replaceAll('&', '&amp;')}"/>`,
  )
  expect(JSON.parse(await read('feed.json')).home_page_url).toBe(`${server.origin}/`)
  const territory = JSON.parse(await read('feed.json?territory=35'))
  expect(territory.home_page_url).toBe(`${server.origin}/?territoire=35`)
  expect(await read('cafes.ics?territory=35')).toContain(
    'X-WR-CALNAME:Cafés IA en Ille-et-Vilaine (35) – Médiathèque du Canal',
  )
  expect(await read('cafes.ics')).toContain('X-WR-CALNAME:Médiathèque du Canal\r\n')
})

test('only the search may run our script and ask where one is, and only us', async () => {
  const { headers } = await search({ ou: 'Rennes' })
  expect(headers.get('content-security-policy')).toMatch(/script-src 'self'; connect-src 'self'$/)
  expect(headers.get('permissions-policy')).toContain('geolocation=(self)')
  const other = await visitor.get('/cafes')
  expect(other.headers.get('content-security-policy')).not.toContain('script-src')
  expect(other.headers.get('permissions-policy')).toContain('geolocation=()')
})

test('many cafés of one structure on one day stand behind the first, and all of them are a search', async () => {
  const { db } = server.context
  const post = { uri: 'https://poste.example/a', name: 'La Poste', url: 'https://poste.example/' }
  const startsAt = Temporal.Instant.from('2027-01-14T09:00:00Z')
  for (let number = 0; number < 45; number++)
    await saveCafe(
      db,
      aCafe({
        title: 'Café du bureau',
        organizer: post,
        startsAt: startsAt.add({ minutes: number }),
      }),
    )
  const { text } = await search({ du: '2027-01-14', au: '2027-01-15' })
  expect(text.match(/>Café du bureau<\/a>/g)).toHaveLength(1)
  const [, href] = /href="([^"]+)">et 44\sautres cafés de La Poste ce jour-là</u.exec(text) ?? []
  const { text: all } = await visitor.get((href ?? '').replaceAll('&amp;', '&'))
  expect(all.match(/Café du bureau<\/a>/g)).toHaveLength(30)
  expect(all).toContain('curseur=')
  expect((await search({ du: '2027-02-01' })).text).toContain('<h1>Rien à partir du')
  await db.deleteFrom('cafe').where('organizer_uri', '=', post.uri).execute()
})

test('around a place each of a structure’s many cafés of one day is shown, in a circle that has enough', async () => {
  const { db } = server.context
  const post = { uri: 'https://poste.example/b', name: 'La Poste', url: 'https://poste.example/' }
  const startsAt = Temporal.Instant.from('2027-01-14T09:00:00Z')
  // The first is 17 km away, and each next one a kilometre nearer.
  for (let km = 17; km > 0; km--)
    await saveCafe(
      db,
      aCafe({
        title: `Bureau à ${km} km`,
        organizer: post,
        startsAt: startsAt.add({ minutes: 17 - km }),
        venue: { ...BUREAU, latitude: 45 + km / 111.2, longitude: 2 },
      }),
    )
  const shown = (html: string) =>
    [...html.matchAll(/>Bureau à (\d+)\skm<\/a>/gu)].map(([, km]) => Number(km))
  const upTo = (most: number) => Array.from({ length: most }, (_, index) => most - index)
  const asked = { ou: '45.0, 2.0', du: '2027-01-14', au: '2027-01-14' }
  const { text } = await search(asked)
  expect(shown(text)).toEqual(upTo(10))
  expect(text).toMatch(/<h1>10\scafés à moins de 10\skm/u)
  expect(text).not.toContain('ce jour-là')
  // A radius that was chosen stays.
  const { text: wide } = await search({ ...asked, rayon: '30' })
  expect(shown(wide)).toEqual(upTo(17))
  expect(wide).toMatch(/<h1>17\scafés à moins de 30\skm/u)
  const { text: near } = await search({ ...asked, rayon: '5' })
  expect(near).toMatch(/<h1>[45]\scafés à moins de 5\skm/u)
  await db.deleteFrom('cafe').where('organizer_uri', '=', post.uri).execute()
})

test('of a structure’s day, the cancelled cafés stand apart from those that take place', async () => {
  const { db } = server.context
  const organizer = {
    uri: 'https://greve.example/a',
    name: 'La Grève',
    url: 'https://greve.example/',
  }
  const startsAt = Temporal.Instant.from('2027-01-18T09:00:00Z')
  for (let number = 0; number < 45; number++)
    await saveCafe(
      db,
      aCafe({
        title: 'Café de la grève',
        organizer,
        startsAt: startsAt.add({ minutes: number }),
        status: number % 9 === 0 ? 'cancelled' : 'scheduled',
      }),
    )
  for (const asked of [
    { du: '2027-01-18', au: '2027-01-18' },
    { du: '2027-01-18', au: '2027-01-18', q: 'grève' },
  ]) {
    const { text } = await search(asked)
    expect(text.match(/Café de la grève<\/a>/g)).toHaveLength(2)
    expect(text).toMatch(/>et 39\sautres cafés de La Grève ce jour-là</u)
    expect(text).toMatch(/>et 4\sautres cafés annulés de La Grève ce jour-là</u)
  }
  await db.deleteFrom('cafe').where('organizer_uri', '=', organizer.uri).execute()
})

test('behind the first of very many a page reads on, loses none of the others, and says « plus de 100 »', async () => {
  const { db } = server.context
  const startsAt = Temporal.Instant.from('2027-01-21T09:00:00Z')
  for (let number = 0; number < 250; number++) {
    const uri = `https://poste.example/${number < 130 ? 'a' : number}`
    await saveCafe(
      db,
      aCafe({
        title: number < 130 ? 'Café du bureau' : `Café seul ${number}`,
        organizer: { uri, name: 'La Poste', url: 'https://poste.example/' },
        startsAt: startsAt.add({ seconds: number }),
      }),
    )
  }
  const first = (await search({ du: '2027-01-21', au: '2027-01-21' })).text
  expect(first.match(/>Café du bureau<\/a>/g)).toHaveLength(1)
  expect(first).toMatch(/>et plus de 100\sautres cafés de La Poste ce jour-là</u)
  const alone: string[] = []
  for (let text = first; ; ) {
    alone.push(...[...text.matchAll(/>(Café seul \d+)</g)].map(([, title = '']) => title))
    const [, next] = /class="button quiet" href="([^"]*curseur=[^"]+)"/.exec(text) ?? []
    if (!next) break
    text = (await visitor.get(next.replaceAll('&amp;', '&'))).text
  }
  expect(alone).toEqual(Array.from({ length: 120 }, (_, index) => `Café seul ${130 + index}`))
  await db.deleteFrom('cafe').where('organizer_uri', 'like', 'https://poste.example/%').execute()
})

/** Saves the dates of a weekly series at two places, with cafés of their own in between. */
async function saveSeason() {
  const { db } = server.context
  const begin = Temporal.Instant.from('2027-03-04T17:30:00Z')
  const near = { ...BUREAU, latitude: 45, longitude: 2 }
  for (let week = 0; week < 40; week++) {
    const startsAt = begin.add({ hours: 24 * 7 * week })
    const date = { startsAt, venue: near, series: 'https://jeudi.example/series/1' }
    const organizer = {
      uri: 'https://jeudi.example/a',
      name: 'Le Jeudi',
      url: 'https://jeudi.example/',
    }
    const status = week === 1 || week === 4 ? 'cancelled' : 'scheduled'
    const place = week === 39 ? { venue: { ...near, latitude: 48, commune: 'Ailleurs' } } : {}
    await saveCafe(db, aCafe({ title: 'Café du jeudi', ...date, organizer, status, ...place }))
    await saveCafe(db, aCafe({ title: `Café seul ${week}`, startsAt, venue: near }))
  }
}

/** Returns the text of all pages of a search. */
async function readPages(asked: Record<string, string>): Promise<string> {
  let { text } = await search(asked)
  for (let page = text; ; text += page) {
    const [, next] = /class="button quiet" href="([^"]*curseur=[^"]+)"/.exec(page) ?? []
    if (!next) return text
    page = (await visitor.get(next.replaceAll('&amp;', '&'))).text
  }
}

test('of a series only the next date is shown, on whatever page, in every order', async () => {
  await saveSeason()
  const season = { du: '2027-03-04' }
  const { text } = await search(season)
  expect(text.match(/Café du jeudi<\/a>/g)).toHaveLength(2)
  expect(text).toMatch(/href="\/cafes\/[^"]+#dates">et 37\sautres dates</u)
  expect(text).toMatch(/#dates">et 1\sautre date</u)
  expect(text.match(/Café seul \d+<\/a>/g)?.length).toBeGreaterThanOrEqual(28)
  const [, next = ''] = /class="button quiet" href="([^"]*curseur=[^"]+)"/.exec(text) ?? []
  const rest = (await visitor.get(next.replaceAll('&amp;', '&'))).text
  expect(rest).not.toContain('Café du jeudi</a>')
  expect(rest).toContain('Café seul 39')

  const around = await readPages({ ou: '45.0, 2.0', ...season, rayon: '10', tri: 'distance' })
  expect(around.match(/Café du jeudi<\/a>/g)).toHaveLength(2)
  expect(around).toMatch(/>et 36\sautres dates</u)
  // A date that takes place elsewhere is found there.
  const elsewhere = (await search({ ou: '48.0, 2.0', ...season, rayon: '10' })).text
  expect(elsewhere.match(/Café du jeudi<\/a>/g)).toHaveLength(1)
  expect(elsewhere).not.toContain('#dates')

  await server.context.db.deleteFrom('cafe').where('starts_at', '>', '2027-03').execute()
})

test('of a town, the page follows its département, shows its map, and says where to ask for a café', async () => {
  const { text } = await search({ ou: '35000' })
  expect(text).toContain('href="/suivre?compte=cafes-ille-et-vilaine"')
  expect(text).toContain('href="/territoires/c-35238#demande"')
  // This server sends no mail, so the page does not offer notifications by mail.
  expect(text).not.toContain('#prevenez-moi')
  expect(text).toContain('href="/carte?ou=35000"')
  expect((await search({ territoire: 'r-53' })).text).toContain('compte=cafes-bretagne')
  const home = (await visitor.get('/')).text
  const elsewhere = ['/carte', '/territoires', '/territoires/r-53', '/structures', '/suivre']
  for (const page of [
    ...elsewhere,
    '/chiffres',
    '/lettre',
    '/integrer',
    '/organiser',
    '/cest-quoi',
  ])
    expect(home).toContain(`href="${page}"`)
})

test('no question is an error of ours, and each is answered quickly', MEASURED, async () => {
  const odd = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 300 }),
    fc.constantFrom(
      '"',
      '*',
      'NEAR(',
      'a AND NOT b',
      "'; drop table cafe;--",
      '%',
      '_',
      '\\',
      '\0',
    ),
    fc.constantFrom('90,180', '-91,200', '1e999,0', 'NaN,NaN', '48.1,-1.6', '35000', 'Saint', '0'),
    fc.constantFrom('x'.repeat(10_000), '-1', '1e9', 'Infinity', '2026-12-32', '9999-12-31'),
    fc.string().map((text) => Buffer.from(text).toString('base64url')),
  )
  const names = [
    'ou',
    'rayon',
    'quand',
    'du',
    'au',
    'q',
    'mode',
    'tri',
    'territoire',
    'format',
    'public',
    'acces',
    'type',
    'langue',
    'organisateur',
    'structure',
    'intention',
    'ouvert',
    'passes',
    'curseur',
    '__proto__',
    'x',
  ]
  const parameters = fc.array(fc.tuple(fc.constantFrom(...names), odd), { maxLength: 12 })
  await fc.assert(
    fc.asyncProperty(parameters, async (pairs) => {
      const query = new URLSearchParams(pairs)
      fc.pre(Math.abs(String(query).length - 15_500) > 800)
      for (const path of ['/', '/cafes']) {
        const { status } = await visitor.get(`${path}?${query}`)
        // The limit of Node on the request line and the headers is 16 KiB.
        expect(status).toBe(String(query).length > 15_500 ? 431 : 200)
      }
    }),
    { numRuns: times(40, 150) },
  )
  expect(server.failures).toEqual([])
  const start = performance.now()
  const hundred = Array.from({ length: 100 }, (_, n) => `q=mot${n}&ou=ville${n}`).join('&')
  expect((await visitor.get(`/?${hundred}`)).status).toBe(200)
  expect(performance.now() - start).toBeLessThan(200)
})

test('a list asks for the servers of its own cafés alone, and counts nobody’s', async () => {
  const { db, now } = server.context
  for (let number = 0; number < 5; number++) {
    const origin = `https://lieu-${number}.example`
    const peer = await upsertPeer(db, {
      actorUri: actorUri(origin, 'instance'),
      name: `Lieu ${number}`,
    })
    await setMembership(db, peer.id, 'member', now())
    if (number === 0)
      await saveCafe(
        db,
        aCafe({ peerId: peer.id, organizationId: undefined, title: 'Café d’ailleurs' }),
      )
  }
  const asked = await listStatements(async () => {
    const { text } = await search({ q: 'ailleurs' })
    expect(text).toContain('Café d’ailleurs')
  })
  const ofPeers = asked.filter(({ sql }) => sql.includes('from "peer"'))
  expect(ofPeers.map(({ parameters }) => parameters.length)).toEqual([1])
  expect(ofPeers[0]?.sql).not.toContain('"cafe"')
})
