import { afterAll, beforeAll, expect, test } from 'vitest'
import { addStarterResources } from '../../../node/commands/sites/starter-resources.ts'
import { createApiToken } from '../../../node/commands/token.ts'
import { RESOURCES_OF_STRUCTURE } from '../../../node/domain/limits/limits.ts'
import { sendNewsletter } from '../../../node/routes/territories/newsletter-data.ts'
import { updateUses } from '../../../node/store/resources/used-resources.ts'
import { announce, CAFE, signInByLink } from '../../support/admin.ts'
import { type Browser, openBrowser } from '../../support/browser.ts'
import { findHtmlErrors } from '../../support/html-errors.ts'
import { readable } from '../../support/readable.ts'
import { startWeb, type WebServer } from '../../support/server.ts'

/** What one leads a café with: found by everybody, published by a team. */

let hub: WebServer
let team: Browser
const visitor = () => openBrowser(hub.origin)
beforeAll(async () => {
  hub = await startWeb({ role: 'hub' })
  await addStarterResources(hub.context, hub.organization)
  team = await signInByLink(hub)
})
afterAll(() => hub.stop())

const NEW = '/administration/ressources/nouvelle'
const GIVEN = {
  ...{ title: 'Mon assistant m’écoute-t-il ?', summary: 'Trois objets sur la table.' },
  ...{ kind: 'discussion', author: 'Ludothèque des Lices', minutes: '45', themes: 'vie privée' },
  link: 'ludotheque.example/jeu?x=1',
  descriptionMarkdown: '### 5 min\n\n<script>alert(1)</script> On **parle**.',
}
const SLUG = 'mon-assistant-m-ecoute-t-il'

const publish = async (fields: Record<string, string | string[]> = {}) =>
  team.submit(await team.get(NEW), NEW, { ...GIVEN, ...fields })

const idOf = async (title: string): Promise<string> => {
  const { id } = await hub.context.db
    .selectFrom('resource')
    .select('id')
    .where('title', '=', title)
    .executeTakeFirstOrThrow()
  return id
}

test('a directory begins with four resources that one can use tomorrow', async () => {
  const page = await visitor().get('/ressources')
  expect(page.status).toBe(200)
  expect(readable(page.text)).toMatch(/4\sressources/)
  expect(await findHtmlErrors(page.text)).toEqual([])
  const one = await visitor().get('/ressources/le-debat-qui-bouge')
  expect(readable(one.text)).toMatch(/Tendez la ficelle/)
  expect(await findHtmlErrors(one.text)).toEqual([])
})

test.each([
  ['q=arnaques', ['Reconnaître une arnaque']],
  ['besoin=teens', ['Vrai ou fabriqué ?']],
  ['duree=50', ['Vrai ou fabriqué ?']],
  ['theme=école', ['Le débat qui bouge']],
  ['q=arnaque&besoin=teens', []],
])('a search by %s finds what fits', async (query, titles) => {
  const { text } = await visitor().get(`/ressources?${encodeURI(query)}`)
  const found = [...text.matchAll(/<h3><a[^>]*>([^<]*)</g)].map(([, title = '']) => readable(title))
  expect(found.map((title) => title.replace(/\s/g, ' '))).toEqual(titles)
})

test.each([
  ['tous', 'le-debat-qui-bouge'],
  ['ados', 'vrai-ou-fabrique'],
  ['aines', 'reconnaitre-une-arnaque'],
  ['familles', 'vrai-ou-fabrique'],
])('who begins with %s is shown what suits them', async (qui, expected) => {
  const { text } = await visitor().get(`/commencer?ou=France&qui=${qui}`)
  const [, slug] = /href="\/ressources\/([^"]+)"/.exec(text) ?? []
  expect(slug).toBe(expected)
})

test('the letter tells of new ones, a few of each owner, until it was sent', async () => {
  const letter = async () => (await visitor().get('/lettre.txt')).text
  const told = await letter()
  expect(told).toContain('De nouvelles ressources')
  expect(told.match(/\/ressources\//g)).toHaveLength(2)
  expect((await team.get('/administration/lettre')).text).toContain('De nouvelles ressources')
  await sendNewsletter(hub.context)
  expect(await letter()).not.toContain('De nouvelles ressources')
})

test('without a computer, three of four are left', async () => {
  const page = await visitor().get('/ressources?besoin=no-computer')
  expect(readable(page.text)).toMatch(/3\sressources/)
  expect(page.text).not.toContain('trois-questions-a-la-machine')
})

test('what a team publishes is read by everybody, without what its text may not hold', async () => {
  expect((await publish()).status).toBe(303)
  const page = await visitor().get(`/ressources/${SLUG}`)
  expect(page.text).toContain('<strong>parle</strong>')
  expect(page.text).not.toContain('<script>alert')
  expect(page.text).toMatch(/href="https:\/\/ludotheque.example\/jeu\?x=1" rel="[^"]*nofollow/)
  expect(readable(page.text)).toMatch(/Écrite par Ludothèque des Lices, dit la structure/)
  expect(await findHtmlErrors(page.text)).toEqual([])
})

test('what is missing is said beside its field, and what was typed stays', async () => {
  const page = await publish({ title: '', minutes: 'longtemps' })
  expect(page.status).toBe(422)
  expect(page.text).toContain('Trois objets sur la table.')
  expect([...page.text.matchAll(/<li><a href="#(\w+)"/g)].map(([, name]) => name)).toEqual([
    'title',
    'minutes',
  ])
})

test('a largest group below the smallest is asked back', async () => {
  const page = await publish({ groupMin: '20', groupMax: '10' })
  expect(page.status).toBe(422)
  expect(page.text).toContain('<a href="#groupMax"')
})

test('it is edited with a later version, and each edit is in its history', async () => {
  const id = await idOf(GIVEN.title)
  const action = `/administration/ressources/${id}`
  const form = await team.get(action)
  expect((await team.submit(form, action, { author: 'Une autre' })).status).toBe(303)
  expect(readable((await visitor().get(`/ressources/${SLUG}`)).text)).toContain('Une autre')
  expect(readable((await team.get(`${action}/historique`)).text)).toContain('Qui l’a écrite')
})

test('one that is withdrawn is gone, and its address is never given again', async () => {
  const id = await idOf(GIVEN.title)
  const action = `/administration/ressources/${id}/supprimer`
  expect((await team.submit(await team.get(action), action)).status).toBe(303)
  const gone = await visitor().get(`/ressources/${SLUG}`)
  expect(gone.status).toBe(410)
  expect((await visitor().get('/ressources/jamais-vue')).status).toBe(404)
  await publish()
  expect((await visitor().get(`/ressources/${SLUG}`)).status).toBe(410)
  expect((await visitor().get(`/ressources/${SLUG}-2`)).status).toBe(200)
})

test('a structure has a limited number of them', async () => {
  const { db } = hub.context
  const row = await db
    .selectFrom('resource')
    .selectAll()
    .where('slug', '=', `${SLUG}-2`)
    .executeTakeFirstOrThrow()
  const many = Array.from({ length: RESOURCES_OF_STRUCTURE }, (_, n) => ({
    ...{ ...row, id: `many-${n}`, slug: `many-${n}`, uri: `${hub.origin}/ressources/many-${n}` },
  }))
  await db.insertInto('resource').values(many).execute()
  const page = await publish({ title: 'Une de trop' })
  expect(page.status).toBe(422)
  expect(readable(page.text)).toMatch(/200\sressources, et c’est le maximum/)
  await db.deleteFrom('resource').where('id', 'like', 'many-%').execute()
})

test('a program publishes, changes and withdraws one, and repeats nothing', async () => {
  const token = await createApiToken(hub.context, 'programme')
  const ask = async (method: string, path: string, body?: unknown, key?: string) => {
    const response = await fetch(`${hub.origin}/api/v1/resources${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(key !== undefined && { 'idempotency-key': key }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    return { status: response.status, json: text ? JSON.parse(text) : undefined }
  }
  const body = { title: 'Le quiz', summary: 'Dix questions.', kind: 'game', author: 'Nous' }
  const first = await ask('POST', '', body, 'une-fois')
  expect(first).toMatchObject({ status: 201, json: { licence: 'CC-BY-4.0', level: 'beginner' } })
  expect(await ask('POST', '', body, 'une-fois')).toEqual(first)
  expect(await ask('PUT', '/le-quiz', { ...first.json, minutes: 20 })).toMatchObject({
    ...{ status: 200, json: { minutes: 20, title: 'Le quiz' } },
  })
  expect(await ask('PUT', '/le-quiz', { ...body, stars: 5 })).toMatchObject({ status: 422 })
  const found = await ask('GET', '?q=quiz&duration=30&need=no-computer')
  expect(found.json.items).toMatchObject([{ title: 'Le quiz', cafes: 0 }])
  expect(await ask('GET', '?stars=5')).toMatchObject({ status: 400 })
  expect(await ask('DELETE', '/le-quiz')).toMatchObject({ status: 204 })
  expect(await ask('DELETE', '/le-quiz')).toMatchObject({ status: 404 })
})

test('a café names what it uses: its page leads there, and that page counts it once it began', async () => {
  const uri = `${hub.origin}/ressources/le-debat-qui-bouge`
  const resources = `${uri}\nhttps://ailleurs.example/jeu Le jeu d’ailleurs\nhttps://ailleurs.example/mots-croises`
  const id = await announce(team, { title: 'Un café qui débat', resources })
  const page = await visitor().get(`/cafes/${id}`)
  expect(page.text).toContain('<a href="/ressources/le-debat-qui-bouge">Le débat qui bouge</a>')
  expect(page.text).toMatch(
    /<a href="[^"]*ailleurs[^"]*" rel="[^"]*nofollow[^"]*">Le jeu d’ailleurs/,
  )
  expect(page.text).toContain('>Mots croises</a> <small>(ailleurs.example)</small>')
  expect(await findHtmlErrors(page.text)).toEqual([])
  const before = readable((await visitor().get('/ressources/le-debat-qui-bouge')).text)
  expect(before).toMatch(/Bientôt avec cette ressource.*Un café qui débat/s)
  expect(before).toContain('Aucun café passé')
  const passed = { starts_at: '2026-01-05T17:00:00Z', ends_at: '2026-01-05T18:00:00Z' }
  await hub.context.db.updateTable('cafe').set(passed).where('id', '=', id).execute()
  const after = await visitor().get('/ressources/le-debat-qui-bouge')
  expect(readable(after.text)).toMatch(/Déjà utilisée dans 1\scafé/)
  await updateUses(hub.context.db, Temporal.Now.instant())
  const list = await visitor().get('/ressources')
  expect(/<h3><a href="([^"]*)"/.exec(list.text)?.[1]).toBe('/ressources/le-debat-qui-bouge')
  const read = await fetch(`${hub.origin}/api/v1/cafes/${id}`)
  expect((await read.json()).resources).toEqual([
    { id: uri, title: 'Le debat qui bouge', url: uri },
    ...[
      { id: 'https://ailleurs.example/jeu', title: 'Le jeu d’ailleurs' },
      { id: 'https://ailleurs.example/mots-croises', title: 'Mots croises' },
    ].map((one) => ({ ...one, url: one.id })),
  ])
})

test('a line without an address is asked back', async () => {
  const action = '/administration/cafes/nouveau'
  const form = await team.get(`${action}?ressource=le-debat-qui-bouge`)
  expect(form.text).toContain('/ressources/le-debat-qui-bouge Le débat qui bouge</textarea>')
  const page = await team.submit(form, action, { ...CAFE, save: 'publish', resources: 'un jeu' })
  expect(page.status).toBe(422)
  expect(page.text).toContain('<a href="#resources"')
})
