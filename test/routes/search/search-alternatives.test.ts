import { expect, test } from 'vitest'
import { readable } from '../../support/readable.ts'
import { search, titles, useSearchSite, visitor } from './search-site.ts'

useSearchSite()

/** Returns the groups of cafés that an empty search shows instead: the heading and the cafés of each. */
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
  // Cafés on another day are announced as such, and never as farther away.
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

test('a café that is found is in no group beside it, and a wider circle is one link away', async () => {
  const { text } = await search({ ou: 'Valence (26)', rayon: '20' })
  const [, wider = ''] = /href="([^"]+)">Les cafés à moins de 50\skm de Valence/u.exec(text) ?? []
  expect(titles((await visitor.get(wider.replaceAll('&amp;', '&'))).text)).toEqual(['Café de Die'])
})

/** Returns what an empty search offers, without the pages of territories. */
const waysOut = (text: string): [label: string, href: string][] => {
  const list = /Vous pouvez.*?<ul class="choices">(.*?)<\/ul>/su.exec(text)?.[1] ?? ''
  return [...list.matchAll(/<a href="(\/(?:cafes|\?[^"]*)?)">(.*?)<\/a>/gu)].map(
    ([, href = '', label = '']) => [readable(label), href.replaceAll('&amp;', '&')],
  )
}

test('online cafés are an alternative for each place without cafés', async () => {
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
])('no alternative to %o leads to an empty page', async (asked) => {
  const ways = waysOut((await search(asked)).text)
  expect(ways.length).toBeGreaterThan(0)
  expect(ways.length).toBeLessThanOrEqual(7)
  for (const [label, href] of ways)
    expect([label, titles((await visitor.get(href)).text).length > 0]).toEqual([label, true])
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
