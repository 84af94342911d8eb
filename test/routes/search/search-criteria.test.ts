import { expect, test } from 'vitest'
import { saveCafe } from '../../../node/store/cafes/cafes.ts'
import { readable } from '../../support/readable.ts'
import { aCafe } from '../../support/some-cafes.ts'
import { search, server, titles, useSearchSite, visitor } from './search-site.ts'

useSearchSite()

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

test('the most frequent criteria are one link away, and a link removes each that is active', async () => {
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
  // Both ends of a period count as one criterion.
  expect(new Set(names.map(([, name]) => (name === 'au' ? 'du' : name))).size).toBe(8)
  for (const kept of [
    'name="ou" value="Rennes"',
    'name="format" value="débat"',
    'name="type" value="BIB"',
  ])
    expect(panel).toContain(kept)
})

test('« Aujourd’hui » is today where the café is', async () => {
  const { db } = server.context
  // It is Wednesday 25 November at 10:00 in Paris, 20:00 in Nouméa, and 23:00 the evening before in Papeete.
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

test('what is not understood is also said in the title, for users of screen readers', async () => {
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
    // The cafés that are suggested instead do not count as found.
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
