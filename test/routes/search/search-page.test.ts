import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { actorUri } from '../../../federation/wire/uris.ts'
import { saveCafe } from '../../../node/store/cafes/cafes.ts'
import { upsertPeer } from '../../../node/store/directory/peers.ts'
import { setMembership } from '../../../node/store/memberships.ts'
import { announce, signInByLink } from '../../support/admin.ts'
import { type Browser, openBrowser } from '../../support/browser.ts'
import { MEASURED } from '../../support/measured.ts'
import { startWeb, type WebServer } from '../../support/server.ts'
import { aCafe } from '../../support/some-cafes.ts'

let server: WebServer
let visitor: Browser
beforeAll(async () => {
  server = await startWeb({ role: 'hub' })
  visitor = openBrowser(server.origin)
  const admin = await signInByLink(server)
  await announce(admin, { title: 'Café de Rennes', 'venue.town': '35000' })
  await announce(admin, {
    title: 'Café de Die',
    'venue.town': 'Die',
    date: '2026-11-28',
    themes: 'intelligence artificielle, école',
  })
  await announce(admin, { title: 'Café de Saint-Denis', 'venue.town': '97400' })
  await announce(admin, {
    title: 'Café en ligne',
    time: '20:00',
    attendanceMode: 'online',
    onlineUrl: 'https://visio.example/salle',
  })
})
afterAll(() => server.stop())

const titles = (text: string): string[] =>
  [...text.matchAll(/Café (?:de [A-Z][\w-]+|en ligne)(?=<\/a>)/g)].map(([title]) => title)

const readable = (text: string) => text.replaceAll(/[\u00a0\u202f]/gu, ' ')

const search = async (parameters: Record<string, string>) =>
  visitor.get(`/?${new URLSearchParams(parameters)}`)

test('without a question, the next cafés of everybody', async () => {
  const { text } = await visitor.get('/')
  expect(titles(text)).toEqual([
    'Café de Die',
    'Café de Saint-Denis',
    'Café de Rennes',
    'Café en ligne',
  ])
})

test('by postcode, town with or without accents, or point, within a radius', async () => {
  for (const ou of [
    '35000',
    'rennes',
    'RENNES (35)',
    '48.11,-1.68',
    'Cesson-Sévigné',
    'cesson sevigne',
  ])
    expect([ou, titles((await search({ ou })).text)]).toEqual([ou, ['Café de Rennes']])
  expect((await search({ ou: 'Valence (26)', rayon: '20' })).text).toMatch(/Aucun\scafé à/u)
  expect(titles((await search({ ou: '26000', rayon: '100' })).text)).toEqual(['Café de Die'])
})

test('a point is called by the town beside it, whose feeds are shown; at sea, by its numbers', async () => {
  const text = readable((await search({ ou: '48.11,-1.68' })).text)
  expect(text).toContain('1 café à moins de 30 km d’un point près de Rennes (35)</h1>')
  expect(text).toContain('<title>Cafés IA à moins de 30 km d’un point près de Rennes (35) – ')
  expect(text).toContain('href="/suivre?compte=cafes-ille-et-vilaine"')
  expect(text).toContain('href="/territoires/c-35238')
  const english = await search({ ou: '48.11,-1.68', lang: 'en' })
  expect(readable(english.text)).toContain('within 30 km of a point near Rennes (35)')
  const sea = readable((await search({ ou: '46.5,-12' })).text)
  expect(sea).toContain('<h1>Aucun café à moins de 30 km de 46.5, -12</h1>')
  const ics = await visitor.get('/export/cafes.ics?ou=48.11,-1.68')
  expect(readable(ics.text.replaceAll('\r\n ', ''))).toContain('d’un point près de Rennes (35)')
})

test('the heading elides as one speaks', async () => {
  const heading = async (ou: string) =>
    / à moins de 200 km ([^<]*)<\/h1>/.exec(
      readable((await search({ ou, rayon: '200' })).text),
    )?.[1]
  expect(await heading('Angers')).toBe('d’Angers (49)')
  expect(await heading('Le Mans')).toBe('du Mans (72)')
  expect(await heading('Nantes')).toBe('de Nantes (44)')
})

test('a département or a région is looked for within, by its name or number', async () => {
  for (const ou of ['Ille-et-Vilaine', 'ille et vilaine', '35']) {
    const { text } = await search({ ou, rayon: '5' })
    expect([ou, titles(text)]).toEqual([ou, ['Café de Rennes']])
    expect(readable(text)).toContain('<title>Cafés IA en Ille-et-Vilaine – ')
    expect(readable(text)).toContain('<h1>1 café en Ille-et-Vilaine</h1>')
    expect(text).toContain('href="/export/cafes.ics?territoire=35"')
  }
  expect(titles((await search({ ou: 'Auvergne-Rhône-Alpes' })).text)).toEqual(['Café de Die'])
  // Towns whose names only begin so are not meant.
  for (const [ou, name] of [
    ['Corse', 'en Corse'],
    ['île de france', 'en Île-de-France'],
    ['Nord', 'dans le Nord'],
  ] as const)
    expect(readable((await search({ ou })).text)).toContain(`<title>Cafés IA ${name} – `)
  const { status } = await visitor.get('/export/cafes.csv?ou=Ille-et-Vilaine')
  expect(status).toBe(200)
})

test('of a name that a town shares with a territory, the territory is meant; Paris is one', async () => {
  const others = async (ou: string) => {
    const { text } = await search({ ou, quand: 'ce-week-end' })
    const line = /<p class="understood">ou (.*?)<\/p>/s.exec(text)?.[1] ?? ''
    return [...line.matchAll(/href="([^"]+)">([^<]+)</g)].map(([, href, label]) => [label, href])
  }
  expect(await others('Mayenne')).toEqual([
    ['Mayenne (Mayenne, 53)', '/?ou=Mayenne+%2853%29&amp;quand=ce-week-end'],
  ])
  expect(await others('Paris')).toEqual([])
  expect(await others('Mayenne (53)')).toEqual([])
})

test('what wins over another meaning is shown, and the other is one link away', async () => {
  const or = async (ou: string) => {
    const text = readable((await search({ ou })).text)
    const [, line = ''] = /<p class="understood">ou (.*?)<\/p>/u.exec(text) ?? []
    return [titles(text), [...line.matchAll(/>([^<]+)<\/a>/g)].map(([, label]) => label)]
  }
  expect(await or('Bretagne')).toEqual([
    ['Café de Rennes'],
    ['Bretagne (Territoire de Belfort, 90)', 'Bretagne (Indre, 36)'],
  ])
  expect(await or('La Réunion')).toEqual([
    ['Café de Saint-Denis'],
    ['La Réunion (Lot-et-Garonne, 47)'],
  ])
  expect(await or('35042')).toEqual([['Café de Rennes'], ['Brielles (Ille-et-Vilaine, 35)']])
})

test('what is no place is looked for in the words of the cafés; a slip is asked, a foreign city is not known', async () => {
  const venue = await search({ ou: 'Médiathèque du Canal' })
  expect(titles(venue.text)).toContain('Café de Rennes')
  expect(readable(venue.text)).toContain('Les cafés de « Médiathèque du Canal »')
  const words = await search({ ou: 'médiathèque canal' })
  expect(readable(words.text)).toContain('« médiathèque canal » n’est pas une commune')
  const { text } = await visitor.get('/export/cafes.csv?ou=m%C3%A9diath%C3%A8que+canal')
  expect(text).toContain('Café de Rennes')
  // The API says that it knows no such place, and finds the words as words.
  const asked = (name: string) =>
    visitor.get(`/api/v1/cafes?${new URLSearchParams({ [name]: 'médiathèque canal' })}`)
  expect((await asked('near')).status).toBe(400)
  expect((await asked('q')).text).toContain('Café de Rennes')
  expect(readable(venue.text)).toContain('<title>Cafés IA, « Médiathèque du Canal » – ')
  const slip = readable((await search({ ou: 'Renes' })).text)
  expect(slip).toContain('« Renes » n’est pas connu ici.')
  expect(slip).toMatch(
    /Vouliez-vous dire <a href="[^"]*ou=Rennes[^"]*">Rennes \(Ille-et-Vilaine, 35\) \?</,
  )
  expect(readable((await search({ ou: 'Bruxelles' })).text)).toContain(
    '« Bruxelles » n’est pas connu ici',
  )
  expect(titles((await search({ ou: 'en visio' })).text)).toEqual(['Café en ligne'])
  expect(titles((await search({ ou: 'toute la France' })).text)).toHaveLength(4)
})

test('a place wins over a territory, on the page and in all that it links to', async () => {
  const { text } = await search({ ou: 'Die', territoire: 'r-53' })
  expect(titles(text)).toEqual(['Café de Die'])
  expect(text).not.toMatch(/(?:export|carte)[^"]*r-53/)
  const files = [...text.matchAll(/"([^"]*\/export\/cafes\.ics\?[^"]*)"/g)].map(([, href]) => href)
  expect(files.length).toBeGreaterThan(0)
  for (const query of [files[0]?.split('?')[1], 'ou=Die&territoire=r-53'])
    expect((await visitor.get(`/export/cafes.json?${query}`)).text).toContain('Café de Die')
})

test('by distance, the nearest first, each with how far it is', async () => {
  const { text } = await search({ ou: 'Lyon 3e', rayon: '500', tri: 'distance' })
  expect(titles(text)[0]).toBe('Café de Die')
  expect(text).toMatch(/1\d\d km|1\d\d\u00a0km/)
})

test('by day, words and mode', async () => {
  expect(titles((await search({ quand: 'ce-week-end' })).text)).toEqual(['Café de Die'])
  const week = await search({ quand: 'cette-semaine' })
  expect(titles(week.text)).toEqual(['Café de Die'])
  expect(week.text).toContain('<title>Cafés IA, cette semaine – ')
  expect(titles((await search({ du: '2026-12-09', au: '2026-12-09' })).text)).toHaveLength(3)
  expect((await search({ du: '2026-12-10' })).text).toContain('<h1>Rien à partir du')
  expect(titles((await search({ q: 'ECOLE artificielle' })).text)).toEqual(['Café de Die'])
  expect(titles((await search({ mode: 'en-ligne' })).text)).toEqual(['Café en ligne'])
})

test('of a name that several towns share, the largest is meant, and the others are one link away', async () => {
  const { text } = await search({ ou: 'Saint-Denis', rayon: '30' })
  expect(titles(text)).toEqual(['Café de Saint-Denis'])
  expect(text).toContain('Autour de Saint-Denis (974)')
  const line = /<p class="understood">ou (.*?)<\/p>/s.exec(text)?.[1] ?? ''
  const links = [...line.matchAll(/href="([^"]+)">([^<]+)</g)]
  expect(links.map(([, , label]) => label)).toEqual([
    'Saint-Denis (Seine-Saint-Denis, 93)',
    'Saint-Denis (Aude, 11)',
  ])
  expect(text).toMatch(/<summary>et une autre · préciser<.*Saint-Denis \(Gard, 30\)/s)
  const other = await visitor.get((links[0]?.[1] ?? '').replaceAll('&amp;', '&'))
  expect(other.text).toContain('Autour de Saint-Denis (93)')
})

test('a postcode of many towns is looked for around its largest, and the others are one link away', async () => {
  const { text } = await search({ ou: '26150' })
  expect(titles(text)).toEqual(['Café de Die'])
  expect(text).toMatch(/<span>Autour de Die \(26\) · 30.km · toutes les dates —/u)
  expect(text).toMatch(/<summary>et 13\scommunes autour · préciser</u)
  const other = /href="(\/\?ou=[^"]+)">Pontaix/.exec(text)?.[1] ?? ''
  const there = await visitor.get(other.replaceAll('&amp;', '&'))
  expect(titles(there.text)).toEqual(['Café de Die'])
  expect(there.text).not.toContain('préciser')
})

test.each([
  [{}, 'Partout'],
  [{ ou: '35000', rayon: '20' }, 'Autour de Rennes (35) · 20 km'],
  [{ territoire: '26' }, 'Drôme'],
  [{ q: 'école' }, '« école »'],
  [{ mode: 'presentiel' }, 'Sur place'],
  [{ quand: '7-jours' }, '7 jours'],
  [{ du: '2026-11-26' }, 'Du 26 novembre'],
])('the line above the results says all that was asked: %j', async (asked, words) => {
  const { text } = await search({ ...asked, tri: 'distance' })
  const [line = ''] = /<details class="asked"><summary><svg.*?<\/svg><span>[^<]*/u.exec(text) ?? []
  expect(line.replaceAll('\u00a0', ' ')).toContain(words)
  expect(line.includes('toutes les dates')).toBe(!('quand' in asked || 'du' in asked))
})

/** The groups of cafés that an empty search shows instead: the heading of each, and its cafés. */
const groupsOf = (text: string): [heading: string, cafes: string[]][] =>
  [
    ...text.matchAll(/<section class="cafe-group"[^>]*><h2[^>]*>(.*?)<\/h2>(.*?)<\/section>/gsu),
  ].map(([, heading = '', cafes = '']) => [readable(heading), titles(cafes)])

test('where there is none near, those that meet the other conditions farther away, the nearest first', async () => {
  const { text } = await search({ ou: '59000', rayon: '10' })
  expect(readable(text)).toContain('<h1>Aucun café à moins de 10 km de Lille (59)</h1>')
  expect(groupsOf(text)).toEqual([
    ['Plus loin', ['Café de Rennes', 'Café de Die']],
    ['En ligne', ['Café en ligne']],
  ])
  expect(readable(text)).toMatch(/Le plus proche est à environ 4\d\d km de Lille \(59\)\./)
  expect(groupsOf((await search({ ou: '59000', rayon: '10', q: 'école' })).text)).toEqual([
    ['Plus loin', ['Café de Die']],
  ])
})

test('where there is none then, another day comes first, then farther away then, then online', async () => {
  const { text } = await search({ ou: 'Rennes', quand: 'ce-week-end' })
  expect(readable(text)).toContain('<h1>Rien ce week-end à moins de 30 km de Rennes (35)</h1>')
  expect(groupsOf(text)).toEqual([
    ['Un autre jour, au même endroit', ['Café de Rennes']],
    ['Plus loin', ['Café de Die']],
    ['En ligne, un autre jour', ['Café en ligne']],
  ])
  // What is there on another day is said so, and never that it is farther.
  const later = await search({ ou: 'Rennes', du: '2026-12-20' })
  expect(groupsOf(later.text).map(([heading]) => heading)).toEqual([
    'Un autre jour, au même endroit',
    'En ligne, un autre jour',
  ])
  const both = await search({ ou: 'Lille', du: '2026-12-20' })
  expect(groupsOf(both.text)[0]).toEqual([
    'Plus loin, un autre jour',
    ['Café de Rennes', 'Café de Die'],
  ])
  const territory = await search({ territoire: '26', du: '2026-12-09' })
  expect(groupsOf(territory.text)[0]).toEqual(['Un autre jour, au même endroit', ['Café de Die']])
})

test('where nothing meets what was asked, the next ones of all, and nothing is said of them that is false', async () => {
  const { text } = await search({ ou: '59000', rayon: '10', q: 'licorne' })
  expect(groupsOf(text)).toEqual([
    ['Les prochains cafés, partout', ['Café de Die', 'Café de Saint-Denis', 'Café de Rennes']],
  ])
  for (const asked of ['zzz', 'Bruxelles', '😀 où']) {
    const none = (await search({ ou: asked })).text
    expect(groupsOf(none).map(([heading]) => heading)).toEqual(['Les prochains cafés, partout'])
    expect(readable(none), asked).toContain('<h1>Aucun café de cette recherche</h1>')
  }
})

test('a café of which only the town is known is about as far as the town', async () => {
  expect((await search({ ou: '35000' })).text).toContain('moins de\u00a02\u00a0km')
})

test('a café that is found is in no group beside it, and a wider circle is one link away', async () => {
  const { text } = await search({ ou: 'Valence (26)', rayon: '20' })
  const [, wider = ''] = /href="([^"]+)">Les cafés à moins de 50\skm de Valence/u.exec(text) ?? []
  expect(titles((await visitor.get(wider.replaceAll('&amp;', '&'))).text)).toEqual(['Café de Die'])
})

/** What an empty search offers, without the pages of territories. */
const waysOut = (text: string): [label: string, href: string][] => {
  const list = /Vous pouvez.*?<ul class="choices">(.*?)<\/ul>/su.exec(text)?.[1] ?? ''
  return [...list.matchAll(/<a href="(\/(?:cafes|\?[^"]*)?)">(.*?)<\/a>/gu)].map(
    ([, href = '', label = '']) => [readable(label), href.replaceAll('&amp;', '&')],
  )
}

test('online cafés are a way out of each place where there is none', async () => {
  for (const where of [{ ou: 'Rennes' }, { territoire: '35' }]) {
    const { text } = await search({ ...where, mode: 'en-ligne' })
    expect(groupsOf(text)).toEqual([['En ligne', ['Café en ligne']]])
    expect(text).toContain('href="/?mode=en-ligne">Tous les cafés en ligne')
  }
})

test('where nothing is found, what was asked is taken away by its name', async () => {
  expect(waysOut((await search({ format: 'deb' })).text)).toEqual([
    ['chercher sans le format « deb »', '/cafes'],
  ])
  expect(waysOut((await search({ langue: 'br', q: 'ecole' })).text)).toEqual([
    ['chercher sans la langue « breton »', '/?q=ecole'],
    ['voir tous les cafés à venir', '/cafes'],
  ])
  const english = await search({ langue: 'br', lang: 'en' })
  expect(english.text).toContain('search without the language “Breton”')
})

test.each([
  { type: 'CAF', langue: 'br' },
  { q: 'licorne', quand: '7-jours' },
  { territoire: '35', mode: 'en-ligne', format: 'deb' },
  { ou: 'Rennes', mode: 'en-ligne' },
  { ou: 'Brest', rayon: '5', format: 'deb' },
  { ou: 'Rennes', rayon: '5', q: 'Die' },
  { passes: '1', intention: 'debattre' },
  { ouvert: 'reserve', territoire: '26' },
  { structure: 'nulle-part', acces: 'hi,mi', public: 'séniors', reseau: 'rien' },
])('no way out of %o leads to nothing', async (asked) => {
  const ways = waysOut((await search(asked)).text)
  expect(ways.length).toBeGreaterThan(0)
  expect(ways.length).toBeLessThanOrEqual(7)
  for (const [label, href] of ways)
    expect([label, titles((await visitor.get(href)).text).length > 0]).toEqual([label, true])
})

test('dates are one choice of « Quand ? », and another choice takes their place', async () => {
  const { text } = await search({ ou: 'Rennes', du: '2026-12-08', au: '2026-12-10' })
  expect(readable(text)).toContain(
    '<option value="2026-12-08/2026-12-10" selected="">Du 8 décembre 2026 au 10 décembre 2026<',
  )
  const [, form = ''] = /<form class="search"(.*?)<\/form>/s.exec(text) ?? []
  expect(form).not.toMatch(/name="(?:du|au)"/)
  const kept = await search({ ou: 'Rennes', quand: '2026-12-08/2026-12-10' })
  expect(titles(kept.text)).toEqual(['Café de Rennes'])
  expect(kept.text).toContain(
    'href="/export/cafes.ics?ou=Rennes&amp;du=2026-12-08&amp;au=2026-12-10"',
  )
  const since = await search({ ou: 'Rennes', quand: '2026-12-20/' })
  expect(readable(since.text)).toContain('<h1>Rien à partir du 20 décembre 2026')
  const wrong = await search({ ou: 'Rennes', quand: 'hier/demain' })
  expect(readable(wrong.text)).toContain('Cette date n’existe pas')
})

test('what is asked for most is one link away, and what is on is taken away again', async () => {
  const { text } = await search({ q: 'café' })
  const [, href] = /<a class="chip" href="([^"]+)">En ligne<\/a>/u.exec(text) ?? []
  expect(href).toBe('/?q=caf%C3%A9&amp;mode=en-ligne')
  const { text: narrowed } = await visitor.get((href ?? '').replaceAll('&amp;', '&'))
  expect(titles(narrowed)).toEqual(['Café en ligne'])
  expect(narrowed).toMatch(
    /<a class="chip is-on" href="\/\?q=caf%C3%A9" aria-label="En ligne \(retirer\)"/u,
  )
  expect(titles((await search({ territoire: '26' })).text)).toEqual(['Café de Die'])
  expect(titles((await search({ territoire: 'r-53' })).text)).toEqual(['Café de Rennes'])
})

test('the panel of filters has eight criteria at most, and keeps what it does not show', async () => {
  const { text } = await search({ ou: 'Rennes', format: 'débat', type: 'BIB' })
  const [panel = ''] = /<form[^>]*class="filters".*?<\/form>/su.exec(text) ?? []
  const names = [...panel.matchAll(/<(?:input|select)(?![^>]*hidden)[^>]*name="(\w+)"/g)]
  // Both ends of a period are one of them.
  expect(new Set(names.map(([, name]) => (name === 'au' ? 'du' : name))).size).toBe(8)
  for (const kept of [
    'name="ou" value="Rennes"',
    'name="format" value="débat"',
    'name="type" value="BIB"',
  ])
    expect(panel).toContain(kept)
})

test('each café has its number in the list and on the map, which lead to each other', async () => {
  const { text } = await search({ ou: 'Rennes', rayon: '100' })
  const [map = ''] = /<figure class="results-map" id="carte">.*?<\/figure>/su.exec(text) ?? []
  const numbers = [...map.matchAll(/href="#(cafe-\d+)"/g)].map(([, id]) => id)
  expect(numbers).toEqual(['cafe-1'])
  for (const id of numbers) expect(text).toContain(`<li id="${id}">`)
  expect(map).toContain('>Rennes</text>')
  expect(map).toMatch(/^(?!.*<img)/s)
})

test('a search has a title, and is had by other tools at addresses that hold it whole', async () => {
  const { text } = await search({ ou: 'Rennes', rayon: '10', quand: 'ce-week-end' })
  expect(text).toMatch(/<title>Cafés IA à moins de 10\s*km de Rennes \(35\), ce week-end – /u)
  const [head = '', body = ''] = text.split('</head>')
  const filesIn = (html: string) =>
    [...html.matchAll(/href="(\/export\/[^"]+ou=[^"]+)"/g)].map(([, href = '']) => href)
  expect(head.match(/rel="alternate"[^>]*type="(text|application)\/[a-z+]+"/g)).toHaveLength(3)
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
  // From a reader one comes to the same search, and to no other.
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

test('« Aujourd’hui » is today where the café is', async () => {
  const { db } = server.context
  // It is Wednesday 25 November at 10 h in Paris, and 20 h in Nouméa, 23 h the evening before in Papeete.
  for (const [title, timezone, startsAt] of [
    ['Café de Nouméa', 'Pacific/Noumea', '2026-11-25T11:00:00Z'],
    ['Café de Demain', 'Pacific/Noumea', '2026-11-25T22:00:00Z'],
    ['Café de Tahiti', 'Pacific/Tahiti', '2026-11-26T09:00:00Z'],
    ['Café de Paris', 'Europe/Paris', '2026-11-25T17:00:00Z'],
    ['Café de Nuit', 'Europe/Paris', '2026-11-26T09:00:00Z'],
  ] as const)
    await saveCafe(db, aCafe({ title, timezone, startsAt: Temporal.Instant.from(startsAt) }))
  const { text } = await search({ quand: 'aujourdhui' })
  const found = ['Nouméa', 'Demain', 'Tahiti', 'Paris', 'Nuit'].filter((name) =>
    text.includes(`Café de ${name}</a>`),
  )
  expect(found).toEqual(['Nouméa', 'Paris'])
  await db
    .deleteFrom('cafe')
    .where('title', 'like', 'Café de %')
    .where('uri', 'not like', `${server.origin}%`)
    .execute()
})

test('only the search may run our script and ask where one is, and only us', async () => {
  const { headers } = await search({ ou: 'Rennes' })
  expect(headers.get('content-security-policy')).toMatch(/script-src 'self'; connect-src 'self'$/)
  expect(headers.get('permissions-policy')).toContain('geolocation=(self)')
  const other = await visitor.get('/cafes')
  expect(other.headers.get('content-security-policy')).not.toContain('script-src')
  expect(other.headers.get('permissions-policy')).toContain('geolocation=()')
})

test('what is not understood is said in the title too, for who hears the page', async () => {
  expect(readable((await search({ ou: '00000' })).text)).toContain(
    '<title>Erreur : Trouver un café IA – ',
  )
})

test('what is not understood is said beside its field, and kept', async () => {
  const place = await search({ ou: '00000' })
  expect(place.status).toBe(200)
  expect(place.text).toContain('id="ou-erreur"')
  expect(place.text).toContain('value="00000"')
  const days = await search({ du: '2026-02-30', au: '2026-01-01' })
  expect(days.text).toContain('id="du-erreur"')
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

test('of a town, the page follows its département, shows its map, and says where to ask for a café', async () => {
  const { text } = await search({ ou: '35000' })
  expect(text).toContain('href="/suivre?compte=cafes-ille-et-vilaine"')
  expect(text).toContain('href="/territoires/c-35238#demande"')
  // This server sends no mail: nobody is offered to be told by mail.
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

test('a « Quand ? » that no choice offers is said beside the field, not passed over', async () => {
  for (const parameters of [{ quand: 'demain' }, { quand: 'demain', du: '2026-12-01' }]) {
    const { text } = await search(parameters)
    expect(text).toMatch(/<title>Erreur\s: /u)
    expect(text).toMatch(/<select id="quand"[^>]*aria-invalid="true"/)
    expect(text).toContain('<p class="error" id="quand-erreur">Cette réponse n’est pas comprise.')
    expect(titles(text)).toEqual([])
  }
  const file = await visitor.get('/export/cafes.csv?quand=demain')
  expect(file.status).toBe(400)
})

test('far from everything, says how far the nearest is and leads to who would like one here', async () => {
  const { text } = await search({ ou: 'Brest', rayon: '10' })
  expect(text).toMatch(/Aucun\scafé à moins de 10\skm de Brest \(29\)</u)
  expect(text).toMatch(/Le plus proche est à environ\s\d+\skm de Brest/u)
  expect(text).toContain('href="/territoires/c-29019"')
})

test('of a territory without a café, the nearest is so far from its largest town', async () => {
  const text = readable((await search({ territoire: '15' })).text)
  expect(text).toMatch(/Le plus proche est à environ \d+ km d’Aurillac \(15\)\./)
})

test('those that are over are found by who asks for them, the latest first', async () => {
  expect(titles((await search({ passes: '1' })).text)).toEqual([])
  const { db } = server.context
  for (const day of ['2026-11-03', '2026-11-10'])
    await saveCafe(
      db,
      aCafe({ title: `Café de Novembre`, startsAt: Temporal.Instant.from(`${day}T17:00:00Z`) }),
    )
  const { text } = await search({ passes: '1', q: 'novembre' })
  expect(titles(text)).toHaveLength(2)
  expect(text).toMatch(/10\snovembre/u)
  expect(text.search(/10\snovembre/u)).toBeLessThan(text.search(/3\snovembre/u))
  await db.deleteFrom('cafe').where('title', '=', 'Café de Novembre').execute()
})

test('by what one comes for, by who may come and by who announces, on the page as in its files', async () => {
  const { db } = server.context
  const cafes = [
    aCafe({ title: 'Café de Débat', intentions: ['debate'] }),
    aCafe({ title: 'Café de Lycée', intentions: ['learn'], openTo: 'reserved' }),
  ]
  for (const cafe of cafes) await saveCafe(db, cafe)
  const organizer = (await db.selectFrom('structure').selectAll().execute()).find(({ uri }) =>
    uri.startsWith(server.origin),
  )
  const found = async (parameters: Record<string, string>) => {
    const { text } = await search(parameters)
    const csv = await visitor.get(`/export/cafes.csv?${new URLSearchParams(parameters)}`)
    const inFile = ['Débat', 'Lycée', 'Rennes'].filter((name) =>
      csv.text.includes(`Café de ${name}`),
    )
    // What is shown instead was not found.
    const [list = ''] = text.split('<section class="cafe-group"')
    const onPage = ['Débat', 'Lycée', 'Rennes'].filter((name) => list.includes(`Café de ${name}`))
    expect([parameters, inFile]).toEqual([parameters, onPage])
    return [onPage, /<title>(.*?) –/.exec(text)?.[1]]
  }
  expect(await found({ intention: 'debattre' })).toEqual([['Débat'], 'Cafés IA, pour débattre'])
  expect(await found({ intention: 'apprendre' })).toEqual([[], 'Cafés IA, pour apprendre'])
  expect(await found({ ouvert: 'reserve' })).toEqual([
    ['Lycée'],
    'Cafés IA, réservés à un public précis',
  ])
  expect((await found({ ouvert: 'tous' }))[0]).toEqual(['Débat', 'Lycée', 'Rennes'])
  expect((await found({ ouvert: 'public' }))[0]).toEqual(['Débat', 'Rennes'])
  expect((await found({ structure: organizer?.id ?? '' }))[0]).toEqual(['Rennes'])
  expect((await found({ structure: 'personne' }))[0]).toEqual([])
  expect((await search({ mode: 'presentiel' })).text).toContain(
    'href="/?mode=presentiel&amp;intention=debattre"',
  )
  await db.deleteFrom('cafe').where('title', 'in', ['Café de Débat', 'Café de Lycée']).execute()
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
        // Node's own limit on the first line and the headers is 16 KiB.
        expect(status).toBe(String(query).length > 15_500 ? 431 : 200)
      }
    }),
    { numRuns: 150 },
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
  const asked: { sql: string; parameters: readonly unknown[] }[] = []
  const executor = Object.getPrototypeOf(db.getExecutor())
  const original = executor.executeQuery
  executor.executeQuery = function (this: unknown, ...args: [(typeof asked)[number]]) {
    asked.push(args[0])
    return original.apply(this, args)
  }
  try {
    const { text } = await search({ q: 'ailleurs' })
    expect(text).toContain('Café d’ailleurs')
  } finally {
    executor.executeQuery = original
  }
  const ofPeers = asked.filter(({ sql }) => sql.includes('from "peer"'))
  expect(ofPeers.map(({ parameters }) => parameters.length)).toEqual([1])
  expect(ofPeers[0]?.sql).not.toContain('"cafe"')
})
