import { afterAll, beforeAll, expect, test } from 'vitest'
import { createSignInLink } from '../../../node/commands/sign-in-link.ts'
import {
  createStructure,
  deleteSuspensionBySlug,
  listStructureLines,
  saveSuspensionBySlug,
} from '../../../node/commands/structures/structure.ts'
import { findSlugProblem, toSlug } from '../../../node/domain/structures/hosted.ts'
import { listDueCafes } from '../../../node/store/cafes/cafes.ts'
import { findHosted } from '../../../node/store/structures/hosted.ts'
import { announce, signInByLink } from '../../support/admin.ts'
import { type Browser, openBrowser } from '../../support/browser.ts'
import { startWeb, type WebServer } from '../../support/server.ts'

let web: WebServer
let team: Browser

beforeAll(async () => {
  web = await startWeb()
  // The structure of the site is the oldest one.
  web.advance({ minutes: 1 })
  team = await signInByLink(web)
})
afterAll(() => web.stop())

/** Signs in the administrator of a hosted structure, who has a password after that. */
async function enterStructure(email: string): Promise<Browser> {
  const browser = openBrowser(web.origin)
  const path = new URL(await createSignInLink(web.context, email)).pathname
  await browser.submit(await browser.get(path), path)
  await browser.submit(
    await browser.get('/administration/bienvenue'),
    '/administration/bienvenue',
    {
      name: 'Noa',
      email,
      password: 'quatre mots sans rapport',
      passwordAgain: 'quatre mots sans rapport',
    },
  )
  return browser
}

test.each([
  ['Médiathèque de Bruz', 'mediatheque-de-bruz'],
  ['  L’Œuvre — École des Vignes !', 'l-oeuvre-ecole-des-vignes'],
  ['É', 'e-ia'],
  ['漢字', 'structure-ia'],
  ['x'.repeat(500), 'x'.repeat(40)],
])('the name %s suggests the slug %s', (name, slug) => {
  expect(toSlug(name)).toBe(slug)
  expect(findSlugProblem(slug)).toBeUndefined()
})

test.each([
  ['cafes', 'not_free'],
  ['cafes-35', 'not_free'],
  ['instance', 'not_free'],
  ['postmaster', 'not_free'],
  ['a', 'not_a_slug'],
  ['Médiathèque', 'not_a_slug'],
  ['a--b', 'not_a_slug'],
  ['-ab', 'not_a_slug'],
  ['x'.repeat(41), 'not_a_slug'],
])('the slug %s is refused: %s', (slug, problem) => {
  expect(findSlugProblem(slug)).toBe(problem)
})

test('a site without hosted structures shows no choice; its list says so', async () => {
  expect((await team.get('/administration')).text).not.toContain('structure-choice')
  expect((await team.get('/administration/structures')).text).toContain(
    'n’accueille encore aucune structure',
  )
})

test('a structure is opened by the form, which refuses what is taken or reserved and keeps what was typed', async () => {
  const path = '/administration/structures'
  const opened = await team.submit(await team.get(path), path, {
    name: 'Médiathèque de Bruz',
    slug: '',
  })
  expect(opened.status).toBe(303)
  for (const slug of ['mediatheque-de-bruz', 'cafes', 'Pas une adresse']) {
    const page = await team.submit(await team.get(path), path, { name: 'Une autre', slug })
    expect([slug, page.status]).toEqual([slug, 422])
    expect(page.text).toContain('Une autre')
  }
  const list = await team.get(path)
  expect(list.text).toContain('Médiathèque de Bruz')
  expect(await listStructureLines(web.context)).toEqual([
    'mediatheque-de-bruz\tMédiathèque de Bruz\ten ligne',
  ])
})

test('its people see and change their structure alone, and nothing of the site', async () => {
  const ours = await announce(team, { title: 'Le café du site' })
  const [page] = await createStructure(web.context, {
    name: 'Le Fournil',
    email: 'noa@fournil.example',
  })
  expect(page).toBe(`${web.origin}/structures/le-fournil`)
  const noa = await enterStructure('noa@fournil.example')
  const home = await noa.get('/administration')
  expect(home.status).toBe(200)
  expect(home.text).not.toContain('Le café du site')
  const id = await announce(noa, { title: 'Le café du fournil' })
  expect((await noa.get(`/administration/cafes/${id}`)).status).toBe(200)
  expect((await noa.get(`/administration/cafes/${ours}`)).status).toBe(404)
  expect((await team.get(`/administration/cafes/${id}`)).status).toBe(404)
  for (const part of ['reseau', 'reglages', 'courriels', 'structures', 'equipe/journal', 'etat'])
    expect([part, (await noa.get(`/administration/${part}`)).status]).toEqual([part, 403])
})

test('its page, agenda and feed have its cafés alone; those of the site have all', async () => {
  const visitor = openBrowser(web.origin)
  for (const part of ['', '/agenda.ics', '/agenda.atom']) {
    const { status, text } = await visitor.get(`/structures/le-fournil${part}`)
    expect([part, status]).toEqual([part, 200])
    expect(text).toContain('Le café du fournil')
    expect(text).not.toContain('Le café du site')
  }
  const page = await visitor.get('/structures/le-fournil')
  expect(page.text).toContain('@le-fournil@')
  expect(page.text).toContain('/integrer?structure=le-fournil')
  const frame = await visitor.get('/integrer/cadre?structure=le-fournil&nombre=5')
  expect(frame.text).toContain('Le café du fournil')
  expect(frame.text).not.toContain('Le café du site')
  const programme = await visitor.get('/structures/le-fournil/programme.pdf')
  expect([programme.status, programme.text.slice(0, 5)]).toEqual([200, '%PDF-'])
  const all = (await visitor.get('/agenda.ics')).text
  expect(all).toContain('Le café du fournil')
  expect(all).toContain('Le café du site')
  expect((await visitor.get('/structures/cafes')).status).toBe(301)
  expect((await visitor.get('/structures/nulle-part')).status).toBe(404)
})

test('the team of the site works for a structure once it chose it; others cannot', async () => {
  const structure = await findHosted(web.context.db, { slug: 'le-fournil' })
  const choose = '/administration/structures/choisir'
  const home = await team.get('/administration')
  expect(home.text).toContain('structure-choice')
  await team.submit(home, choose, { structure: structure?.id ?? '' })
  expect((await team.get('/administration/cafes')).text).toContain('Le café du fournil')
  expect((await team.get('/administration/reglages')).status).toBe(403)
  await team.submit(await team.get('/administration'), choose, { structure: web.organization.id })
  expect((await team.get('/administration/reglages')).status).toBe(200)
  await createStructure(web.context, { name: 'La Source', email: 'lou@source.example' })
  const lou = await enterStructure('lou@source.example')
  const csrf = /name="csrf" value="([^"]+)"/.exec((await lou.get('/administration')).text)?.[1]
  for (const id of [structure?.id ?? '', web.organization.id, 'nothing']) {
    const answer = await lou.post(choose, { csrf: csrf ?? '', structure: id })
    expect([id, answer.status]).toEqual([id, 404])
  }
})

test('a suspended structure shows nothing, says why to its team and changes nothing; it comes back whole', async () => {
  const { db, now } = web.context
  const structure = await findHosted(db, { slug: 'le-fournil' })
  const path = `/administration/structures/${structure?.id}/suspendre`
  const empty = await team.submit(await team.get(path), path, { reason: ' ' })
  expect(empty.status).toBe(422)
  await team.submit(await team.get(path), path, { reason: 'Un café payant.' })
  const visitor = openBrowser(web.origin)
  expect((await visitor.get('/cafes')).text).not.toContain('Le café du fournil')
  for (const part of ['', '/agenda.ics', '/agenda.atom', '/programme.pdf', '/attestation.pdf'])
    expect([part, (await visitor.get(`/structures/le-fournil${part}`)).status]).toEqual([part, 404])
  const noa = await enterStructureAgain('noa@fournil.example')
  const home = await noa.get('/administration')
  expect(home.text).toContain('Un café payant.')
  const csrf = /name="csrf" value="([^"]+)"/.exec(home.text)?.[1] ?? ''
  expect((await noa.post('/administration/cafes/nouveau', { csrf })).status).toBe(403)
  const mails = await db.selectFrom('mail').selectAll().execute()
  expect(mails.filter(({ template }) => template === 'structure-suspended')).toHaveLength(1)
  expect(await listDueCafes(db, now())).toEqual([])
  await deleteSuspensionBySlug(web.context, 'le-fournil')
  expect((await visitor.get('/cafes')).text).toContain('Le café du fournil')
  expect(await saveSuspensionBySlug(web.context, { slug: 'le-fournil', reason: 'x' })).toContain(
    'suspendue',
  )
  expect(await deleteSuspensionBySlug(web.context, 'le-fournil')).toContain('rétablie')
})

async function enterStructureAgain(email: string): Promise<Browser> {
  const browser = openBrowser(web.origin)
  const path = new URL(await createSignInLink(web.context, email)).pathname
  await browser.submit(await browser.get(path), path)
  return browser
}
