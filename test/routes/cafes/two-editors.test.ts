import { afterAll, beforeAll, expect, test } from 'vitest'
import { findCafe } from '../../../node/store/cafes/cafes.ts'
import { reviseCafe } from '../../../node/store/cafes/own-cafes.ts'
import { announce, signInByLink } from '../../support/admin.ts'
import { type Browser, fieldsOf } from '../../support/browser.ts'
import { startWeb, type WebServer } from '../../support/server.ts'

/** Two people of a team have the same form open at the same time. */

let server: WebServer
let browser: Browser
beforeAll(async () => {
  server = await startWeb()
  browser = await signInByLink(server)
})
afterAll(() => server.stop())

const formOf = (id: string) => `/administration/cafes/${id}`
const cafeOf = async (id: string) => {
  const cafe = await findCafe(server.context.db, id)
  if (!cafe) throw new Error(`no café ${id}`)
  return cafe
}

test('both are kept where they changed different fields, and the history says who changed what', async () => {
  const id = await announce(browser)
  const path = formOf(id)
  const [one, other] = [await browser.get(path), await browser.get(path)]
  await browser.submit(one, path, { save: 'publish', title: 'Un titre plus clair' })
  const answer = await browser.submit(other, path, { save: 'publish', summary: 'On en parle.' })
  expect(answer.status).toBe(303)
  expect(await cafeOf(id)).toMatchObject({ title: 'Un titre plus clair', summary: 'On en parle.' })
  expect((await browser.get(path)).text).toContain(`href="${path}/historique"`)
  const history = (await browser.get(`${path}/historique`)).text
  expect(history.match(/Camille/g)).toHaveLength(2)
  expect(history).toMatch(/Titre, avant.*L’IA au travail, amie ou concurrente/su)
})

test('what both changed is asked about, with both texts; either choice keeps what else was changed', async () => {
  const id = await announce(browser)
  const path = formOf(id)
  const forms = [await browser.get(path), await browser.get(path), await browser.get(path)] as const
  await browser.submit(forms[0], path, { save: 'publish', title: 'Titre de l’une', summary: 'Ah' })
  const asked = await browser.submit(forms[1], path, {
    save: 'publish',
    title: 'Titre de l’autre',
    phone: '02 99 00 00 00',
  })
  expect(asked.status).toBe(409)
  expect(asked.text).toContain('Titre de l’une')
  expect(asked.text).toContain('Titre de l’autre')
  expect(asked.text).toMatch(/Camille a changé la même chose/)
  expect((await cafeOf(id)).title).toBe('Titre de l’une')

  // Without a choice, the form is shown again.
  expect((await browser.submit(asked, path)).status).toBe(409)
  const mine = await browser.submit(asked, path, { 'keep.title': 'mine' })
  expect(mine.status).toBe(303)
  expect(await cafeOf(id)).toMatchObject({
    ...{ title: 'Titre de l’autre', summary: 'Ah', phone: '02 99 00 00 00' },
  })

  const again = await browser.submit(forms[2], path, { save: 'publish', title: 'Un troisième' })
  expect(again.status).toBe(409)
  const theirs = await browser.submit(again, path, { 'keep.title': 'theirs' })
  expect(theirs.status).toBe(303)
  expect((await cafeOf(id)).title).toBe('Titre de l’autre')
  const { text } = await browser.get(`${path}/historique`)
  expect(text).toMatch(/Titre, proposé et non gardé.*Un troisième/su)
})

test('a day and a place that both moved are asked about in words, before followers are told', async () => {
  const id = await announce(browser)
  const path = formOf(id)
  const [one, other] = [await browser.get(path), await browser.get(path)]
  const first = await browser.submit(one, path, { save: 'publish', date: '2026-12-16' })
  await browser.submit(first, path, { confirmed: '1' })
  const asked = await browser.submit(other, path, {
    ...{ save: 'publish', date: '2026-12-17', 'venue.streetAddress': '2 rue du Canal' },
  })
  expect(asked.status).toBe(409)
  expect(asked.text).toMatch(/16\s+décembre\s2026.*17\s+décembre\s2026/su)
  const shown = await browser.submit(asked, path, { 'keep.date': 'theirs' })
  expect(shown.status).toBe(200)
  // The refused day is in the history already, whatever the next answer is.
  const { text } = await browser.get(`${path}/historique`)
  expect(text).toMatch(/Jour, proposé et non gardé.*17\s+décembre\s2026/su)
  const saved = await browser.submit(shown, path, { confirmed: '1' })
  expect(saved.status).toBe(303)
  const { startsAt, venue } = await cafeOf(id)
  expect(startsAt.toString()).toBe('2026-12-16T17:30:00Z')
  expect(venue?.streetAddress).toBe('2 rue du Canal')
})

test('nobody is named who changed something else', async () => {
  const id = await announce(browser)
  const path = formOf(id)
  const form = await browser.get(path)
  await browser.submit(await browser.get(path), path, { save: 'publish', summary: 'Par Camille' })
  const { db, now } = server.context
  const content = { ...(await cafeOf(id)), title: 'Par une autre voie' }
  await reviseCafe(db, { id, content }, now())
  const asked = await browser.submit(form, path, { save: 'publish', title: 'Le mien' })
  expect(asked.status).toBe(409)
  expect(asked.text).toContain('quelqu’un de l’équipe a changé la même chose')
  expect(asked.text).not.toContain('Camille a changé')
})

test('of two that are sent at the same moment, none loses a word', async () => {
  const id = await announce(browser)
  const path = formOf(id)
  const forms = await Promise.all(['support', 'format', 'themes'].map(() => browser.get(path)))
  const said = ['La Ville', 'débat', 'vie privée']
  const answers = await Promise.all(
    ['support', 'format', 'themes'].map((name, index) => {
      const form = forms[index] ?? { text: '' }
      const fields = { ...fieldsOf(form.text, path), save: 'publish', [name]: said[index] ?? '' }
      return browser.post(path, fields)
    }),
  )
  expect(answers.map(({ status }) => status)).toEqual([303, 303, 303])
  expect(await cafeOf(id)).toMatchObject({
    ...{ support: 'La Ville', format: 'débat', themes: ['vie privée'] },
  })
})

test('a form that is sent as it was opened changes nothing of what others saved, whatever they changed', async () => {
  const id = await announce(browser, { time: '10:00' })
  const path = formOf(id)
  const untouched = await browser.get(path)
  const changed = await browser.submit(await browser.get(path), path, {
    ...{ save: 'publish', title: 'Autre', descriptionMarkdown: 'Autre', openTo: 'reserved' },
    ...{ languages: ['fr', 'en'], intentions: ['try'], 'registration.capacity': '3' },
    ...{ time: '19:00', 'venue.town': '35200', themes: 'un, deux' },
  })
  await browser.submit(changed, path, { confirmed: '1' })
  const before = await cafeOf(id)
  expect(before.title).toBe('Autre')
  expect((await browser.submit(untouched, path, { save: 'publish' })).status).toBe(303)
  expect(await cafeOf(id)).toEqual(before)
})

test('with the café its history is gone', async () => {
  const id = await announce(browser, { time: '11:00' })
  const path = formOf(id)
  await browser.submit(await browser.get(path), path, { save: 'publish', title: 'Brièvement' })
  const { db } = server.context
  const rows = () =>
    db.selectFrom('edit').select('id').where('subject', '=', `cafe ${id}`).execute()
  expect(await rows()).toHaveLength(1)
  await browser.submit(await browser.get(`${path}/supprimer`), `${path}/supprimer`)
  expect(await rows()).toEqual([])
})

const FORMS = [
  {
    path: '/administration/lieu',
    one: 'name',
    other: 'phone',
    words: ['Chez nous', '02 99 11 11 11'],
  },
  {
    path: '/administration/reglages',
    one: 'hostName',
    other: 'legalName',
    words: ['Ici', 'La Ville'],
  },
  {
    path: 'a network',
    ...{ one: 'name', other: 'presentation', words: ['Réseau du Livre', 'Nous lisons.'] },
  },
  { path: 'a venue', one: 'name', other: 'access', words: ['La grande salle', 'Par la cour'] },
] as const

test.each(FORMS)(
  'of the form of $path no word is lost either',
  async ({ path: at, one, other, words }) => {
    const [first, second] = words
    const make = { 'a venue': makeVenue, 'a network': makeNetwork }[String(at)]
    const path = (await make?.()) ?? at
    const forms = [
      await browser.get(path),
      await browser.get(path),
      await browser.get(path),
    ] as const
    expect((await browser.submit(forms[0], path, { [one]: first })).status).toBe(303)
    expect((await browser.submit(forms[1], path, { [other]: second })).status).toBe(303)
    const asked = await browser.submit(forms[2], path, { [one]: 'Un autre nom' })
    expect(asked.status).toBe(409)
    expect(asked.text).toContain(first)
    const theirs = await browser.submit(asked, path, { [`keep.${one}`]: 'theirs' })
    expect(theirs.status).toBe(303)
    expect((await browser.get(`${path}/historique`)).text).toContain('Un autre nom')
    const fields = fieldsOf((await browser.get(path)).text, path)
    expect([fields[one], fields[other]].flat()).toEqual([first, second])
  },
)

async function makeVenue(): Promise<string> {
  const path = '/administration/lieux/nouveau'
  await browser.submit(await browser.get(path), path, { name: 'Salle', town: '35000 Rennes' })
  const { text } = await browser.get('/administration/lieux')
  const [, venue = ''] = /href="(\/administration\/lieux\/[\da-f-]{36})"/.exec(text) ?? []
  return venue
}

async function makeNetwork(): Promise<string> {
  const home = '/administration/tetes-de-reseau'
  const made = { name: 'Réseau', presentation: '', website: '' }
  const { location } = await browser.submit(await browser.get(home), `${home}/nouveau`, made)
  return new URL(location ?? '', server.origin).pathname
}
