import { expect, test } from 'vitest'
import { readable } from '../../support/readable.ts'
import { search, titles, useSearchSite, visitor } from './search-site.ts'

useSearchSite()

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
  // Towns whose names only begin like that are not taken.
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

test('the likelier of two meanings is shown, and the other is one link away', async () => {
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
})

test('a Cedex does not tell its town, which is asked; beside its town it is understood', async () => {
  const { status, text } = await search({ ou: '35042' })
  expect(status).toBe(200)
  expect(readable(text)).toContain('Un code Cedex ne dit pas sa commune')
  expect(text).toMatch(/href="[^"]*ou=Rennes\+%2835%29[^"]*">Rennes \(Ille-et-Vilaine, 35\)</)
  expect(titles((await search({ ou: '35042 Rennes Cedex' })).text)).toEqual(['Café de Rennes'])
})

test('what was typed is said beside what was understood', async () => {
  const understood = async (ou: string) => {
    const text = readable((await search({ ou })).text)
    return /<p class="understood">(.*?)<\/p>/su.exec(text)?.[1]
  }
  expect(await understood('Villefranche')).toBe(
    '« Villefranche » : voici autour de Villefranche-sur-Saône (69).',
  )
  expect(await understood('Montmartre')).toContain('autour de Paris 18e arrondissement.')
  expect(await understood('Alsace')).toBe('« Alsace » : voici dans le Grand Est.')
  expect(await understood('quai du Canal, Rennes')).toContain('voici autour de Rennes (35).')
  for (const ou of ['Rennes', 'à Rennes', 'Rennes (35)', '35700', 'Ille-et-Vilaine', 'Paris 11'])
    expect([ou, await understood(ou)]).toEqual([ou, undefined])
})

test('a day that was typed with a town is asked for, and said; all days are one link away', async () => {
  const { text } = await search({ ou: 'Rennes ce week-end' })
  const said = readable(text)
  expect(said).toContain('« Rennes ce week-end » : voici autour de Rennes (35), ce week-end.')
  expect(text).toMatch(/ou <a href="\/\?ou=rennes">Toutes les dates</)
  const { text: onDay } = await search({ ou: 'demain à Rennes' })
  expect(readable(onDay)).toMatch(/voici autour de Rennes \(35\), le \d+ \S+ 20\d\d\./)
  // What was chosen in the form counts.
  const { text: chosen } = await search({ ou: 'Rennes samedi', quand: 'ce-mois' })
  expect(readable(chosen)).toContain('ce mois-ci')
})

test('what is no place is looked for in the words of the cafés; a slip is asked, a foreign city is not known', async () => {
  const venue = await search({ ou: 'Médiathèque du Canal' })
  expect(titles(venue.text)).toContain('Café de Rennes')
  expect(readable(venue.text)).toContain('Les cafés de « Médiathèque du Canal »')
  const words = await search({ ou: 'médiathèque canal' })
  expect(readable(words.text)).toContain('« médiathèque canal » n’est pas une commune')
  const { text } = await visitor.get('/export/cafes.csv?ou=m%C3%A9diath%C3%A8que+canal')
  expect(text).toContain('Café de Rennes')
  // The API answers that it does not know the place; as search words, the same words are found.
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

test('a café of which only the town is known is about as far as the town', async () => {
  expect((await search({ ou: '35000' })).text).toContain('moins de\u00a02\u00a0km')
})
