import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { listEdits } from '../../../node/store/accounts/acts.ts'
import { findCafe } from '../../../node/store/cafes/cafes.ts'
import { announce, signInByLink } from '../../support/admin.ts'
import { type Browser, fieldsOf } from '../../support/browser.ts'
import { reviseCafe } from '../../support/own-cafes.ts'
import { startWeb, type WebServer } from '../../support/server.ts'

/** Two people of a team have the same form open at the same time. */

let server: WebServer
let browser: Browser
beforeAll(async () => {
  server = await startWeb()
  browser = await signInByLink(server)
})
afterAll(() => server.stop())

/** The words of a page without its tags. */
const plain = (text: string) => text.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ')

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
  expect(history.match(/Camille/g)).toHaveLength(3)
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

describe('a page that is out of date', () => {
  const open = async (deed: string, changes = {}) => {
    const id = await announce(browser, { time: `${hour++}:00`, ...changes })
    const path = `${formOf(id)}/${deed}`
    return { id, path, form: await browser.get(path) }
  }
  let hour = 12

  test('makes no cancelled café full: it says who cancelled it, when and why, and keeps what was typed', async () => {
    const { id, path, form } = await open('situation')
    const cancelled = { situation: 'cancelled', 'note.cancelled': 'La salle est inondée.' }
    await browser.submit(await browser.get(path), path, cancelled)
    const full = { situation: 'full', 'note.full': 'Plus une chaise.' }
    const asked = await browser.submit(form, path, full)
    expect(asked.status).toBe(409)
    expect((await cafeOf(id)).status).toBe('cancelled')
    const words = plain(asked.text)
    expect(words).toMatch(/Rien n’a été enregistré.*Annulé , .*, Camille.*La salle est inondée\./su)
    expect(asked.text).toContain('Plus une chaise.')
    expect(asked.text).toMatch(/value="full"[^>]*checked/)
    // Once it was seen, the choice is theirs.
    expect((await browser.submit(asked, path)).status).toBe(303)
    expect((await cafeOf(id)).registration.seatsLeft).toBe(0)
  })

  test.each([
    { deed: 'annuler', typed: { reason: 'Un motif' }, status: 'postponed' },
    { deed: 'supprimer', typed: { reason: 'Un motif' }, status: 'postponed' },
  ])('asks again before $deed', async ({ deed, typed, status }) => {
    const { id, path, form } = await open(deed)
    const at = `${formOf(id)}/situation`
    await browser.submit(await browser.get(at), at, { situation: status })
    const asked = await browser.submit(form, path, typed)
    expect(asked.status).toBe(409)
    expect(plain(asked.text)).toMatch(/Rien n’a été enregistré.*Reporté , .*, Camille/su)
    expect(asked.text).toContain('Un motif')
    expect((await cafeOf(id)).status).toBe(status)
    expect((await browser.submit(asked, path)).status).toBe(303)
  })

  test('publishes no other date than the one that it showed', async () => {
    const { id, path, form } = await open('publier', { save: 'draft' })
    const edit = formOf(id)
    await browser.submit(await browser.get(edit), edit, { save: 'draft', date: '2026-12-18' })
    const asked = await browser.submit(form, path)
    expect(asked.status).toBe(409)
    expect(plain(asked.text)).toContain('18 décembre 2026')
    expect((await cafeOf(id)).publication).toBe('draft')
    expect((await browser.submit(asked, path)).status).toBe(303)
    expect((await cafeOf(id)).publication).toBe('published')
  })

  test('of a café that was deleted gives back the note', async () => {
    const { id, path, form } = await open('situation')
    const at = `${formOf(id)}/supprimer`
    await browser.submit(await browser.get(at), at, { reason: 'Un doublon' })
    const full = { situation: 'full', 'note.full': 'Plus une chaise.' }
    const answer = await browser.submit(form, path, full)
    expect(answer.status).toBe(409)
    const words = plain(answer.text)
    expect(words).toMatch(/Suppression , .*, Camille.*Un doublon.*Plus une chaise\./su)
  })
})

test('who edits what another deleted gets everything back, and can announce it as a new café', async () => {
  const id = await announce(browser, { time: '09:00' })
  const path = formOf(id)
  const form = await browser.get(path)
  const at = `${path}/supprimer`
  await browser.submit(await browser.get(at), at)
  const typed = { save: 'publish', title: 'Écrit longuement', summary: 'Tout ce que je voulais' }
  const answer = await browser.submit(form, path, typed)
  expect(answer.status).toBe(409)
  expect(plain(answer.text)).toMatch(/Rien n’est perdu.*Suppression , .*, Camille/su)
  const made = await browser.submit(answer, '/administration/cafes/nouveau', { save: 'publish' })
  const [, madeId = ''] = /cafes\/([\da-f-]{36})/.exec(made.location ?? '') ?? []
  expect(await cafeOf(madeId)).toMatchObject({
    ...{ title: 'Écrit longuement', summary: 'Tout ce que je voulais' },
    publication: 'published',
  })
})

test('who edits a venue that another deleted gets everything back, and can keep it as a new one', async () => {
  const path = await makeVenue()
  const form = await browser.get(path)
  await browser.submit(await browser.get(`${path}/supprimer`), `${path}/supprimer`)
  const answer = await browser.submit(form, path, { access: 'Par la cour, à gauche' })
  expect(answer.status).toBe(409)
  const home = '/administration/lieux'
  expect((await browser.submit(answer, `${home}/nouveau`)).status).toBe(303)
  const [, again = ''] =
    /href="(\/administration\/lieux\/[\da-f-]{36})"/.exec((await browser.get(home)).text) ?? []
  expect((await browser.get(again)).text).toContain('Par la cour, à gauche')
})

test('the history says who announced, cancelled and deleted a café, when and why', async () => {
  const id = await announce(browser, { time: '08:00' })
  const path = formOf(id)
  const cancel = `${path}/annuler`
  await browser.submit(await browser.get(cancel), cancel, { reason: 'Personne ne vient' })
  const history = async () => plain((await browser.get(`${path}/historique`)).text)
  expect(await history()).toMatch(/Camille\s+Annulé\s+Personne ne vient.*Camille\s+Création/su)
  const at = `${path}/supprimer`
  await browser.submit(await browser.get(at), at, { reason: 'Un doublon' })
  const last = await history()
  expect(last).toMatch(/Camille\s+Suppression\s+Un doublon/su)
  expect(last).not.toContain('Personne ne vient')
})

test('of a deleted café the history keeps that it was deleted, and none of its texts', async () => {
  const id = await announce(browser, { time: '11:00' })
  const path = formOf(id)
  await browser.submit(await browser.get(path), path, { save: 'publish', title: 'Brièvement' })
  const { db } = server.context
  const edits = () => listEdits(db, { type: 'cafe', id }, 10)
  expect(await edits()).toMatchObject([{ act: 'changed' }, { act: 'created' }])
  await browser.submit(await browser.get(`${path}/supprimer`), `${path}/supprimer`)
  expect(await edits()).toMatchObject([{ act: 'deleted', changes: [] }])
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
