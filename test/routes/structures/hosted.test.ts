import { afterAll, beforeAll, expect, test } from 'vitest'
import { createSignInLink } from '../../../node/commands/sign-in-link.ts'
import {
  createStructure,
  deleteSuspensionBySlug,
  listStructureLines,
  saveClosingBySlug,
  saveSharesBySlug,
  saveSuspensionBySlug,
} from '../../../node/commands/structures/structure.ts'
import { OPERATOR } from '../../../node/domain/cafes/edit.ts'
import { HORIZON } from '../../../node/domain/cafes/horizon.ts'
import { findSlugProblem, toSlug } from '../../../node/domain/structures/hosted.ts'
import { runClosings } from '../../../node/jobs/structures/run-closings.ts'
import { previewImport } from '../../../node/routes/data/imports/import.ts'
import { readImportFile } from '../../../node/routes/data/imports/read-import-file.ts'
import { listDueCafes } from '../../../node/store/cafes/cafes.ts'
import { listClosing } from '../../../node/store/structures/closing.ts'
import { findHosted } from '../../../node/store/structures/hosted.ts'
import {
  findRoomForCafes,
  hasRoomForPicture,
} from '../../../node/store/structures/structure-shares.ts'
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

test('a structure with its share of cafés announces no more, by form, program or file; a larger share has room', async () => {
  const { db } = web.context
  const fournil = await findHosted(db, { slug: 'le-fournil' })
  const id = fournil?.id ?? ''
  const one = await db
    .selectFrom('cafe')
    .selectAll()
    .where('organization_id', '=', id)
    .executeTakeFirstOrThrow()
  const many = Array.from({ length: 999 }, (_, n) => ({
    ...{ ...one, id: `${one.id.slice(0, -4)}${String(n).padStart(4, '0')}` },
    ...{
      uri: `${one.uri}-${n}`,
      url: `${one.url}-${n}`,
      uid: `${n}`,
      publication: 'draft' as const,
    },
  }))
  for (const cafe of many) await db.insertInto('cafe').values(cafe).execute()
  const noa = await enterStructureAgain('noa@fournil.example')
  await expect(announce(noa, { title: 'Un café de trop' })).rejects.toThrow(/déjà 1000\scafés/)
  const organization = { id, slug: 'le-fournil', name: 'Le Fournil' }
  expect(await findRoomForCafes(db, id, web.context.now())).toBe(0)
  const table = Buffer.from(
    'BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:trop\r\nDTSTAMP:20261201T100000Z\r\nDTSTART:20270301T100000Z\r\nDTEND:20270301T120000Z\r\nSUMMARY:De trop\r\nLOCATION:35000 Rennes\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n',
  )
  const preview = readImportFile({ bytes: table }, { now: web.context.now(), horizon: HORIZON })
  const steps = await previewImport({
    ...web.context,
    organization,
    preview,
    now: web.context.now(),
    by: OPERATOR,
  })
  expect(steps).toMatchObject([{ note: 'too_many' }])
  expect(await saveSharesBySlug(web.context, { slug: 'le-fournil' })).toContain(
    'cafés à venir\t1000 sur 1000',
  )
  const path = `/administration/structures/${id}`
  for (const shares of ['', '0', '1001', 'deux', '1e2']) {
    const answer = await team.submit(await team.get(path), `${path}/part`, { shares })
    expect([shares, answer.status]).toEqual([shares, 422])
    expect(answer.text).toMatch(/Écrivez un nombre entre 1\set\s1000\./)
  }
  await team.submit(await team.get(path), `${path}/part`, { shares: '2' })
  expect((await team.get(path)).text).toMatch(/1.?000\ssur\s2.?000/)
  expect(await announce(noa, { title: 'Un café qui a sa place' })).toBeTruthy()
  const csrf = /name="csrf" value="([^"]+)"/.exec((await noa.get('/administration')).text)?.[1]
  expect((await noa.post(`${path}/part`, { csrf: csrf ?? '', shares: '9' })).status).toBe(403)
  const media = { organization_id: id, width: 1, height: 1, sizes: '[]', created_at: '2026-12-01' }
  const pictures = Array.from({ length: 2000 }, (_, n) => String(n).padStart(32, '0'))
  for (const picture of pictures)
    await db
      .insertInto('media')
      .values({ id: picture, ...media })
      .execute()
  const roomFor = (organizationId: string, picture: string) =>
    hasRoomForPicture(db, { id: picture, organizationId })
  expect(await roomFor(id, 'new')).toBe(false)
  expect(await roomFor(id, pictures[0] ?? '')).toBe(true)
  expect(await roomFor(web.organization.id, 'new')).toBe(true)
  await db.deleteFrom('media').execute()
  for (const { id: cafe } of many) await db.deleteFrom('cafe').where('id', '=', cafe).execute()
})

test('a structure closes and keeps its past: its team and its cafés to come are gone, its name is never given again', async () => {
  const { db } = web.context
  const lou = await enterStructureAgain('lou@source.example')
  const id = await announce(lou, { title: 'Le café de la source' })
  const path = '/administration/lieu/fermer'
  expect((await team.get(path)).status).toBe(404)
  expect((await lou.get('/administration/lieu')).text).toContain(path)
  const page = await lou.get(path)
  for (const fields of [{}, { passe: 'kept' }, { sur: 'oui' }, { passe: 'autre', sur: 'oui' }])
    expect((await lou.submit(page, path, fields)).status).toBe(422)
  expect((await lou.submit(page, path, { passe: 'kept', sur: 'oui' })).status).toBe(200)
  expect((await lou.get('/administration')).status).not.toBe(200)
  await runClosings(web.context)
  await runClosings(web.context)
  expect(await listClosing(db)).toEqual([])
  const visitor = openBrowser(web.origin)
  const shown = await visitor.get('/structures/la-source')
  expect([shown.status, shown.text.includes('a fermé le')]).toEqual([200, true])
  expect((await visitor.get(`/cafes/${id}`)).text).toContain(
    'La structure qui l’organisait a fermé.',
  )
  const accounts = await db.selectFrom('account').select('email').execute()
  expect(accounts.map(({ email }) => email)).not.toContain('lou@source.example')
  expect((await listStructureLines(web.context)).join()).not.toContain('la-source')
  await expect(createStructure(web.context, { name: 'La Source' })).rejects.toThrow('est prise')
})

test('a structure closes and takes its past along: page, feeds and cafés answer that they are gone', async () => {
  const { context } = web
  const noa = await enterStructureAgain('noa@fournil.example')
  const id = await announce(noa, { title: 'Le dernier café du fournil' })
  const said = { slug: 'le-fournil', past: 'gone' }
  await expect(saveClosingBySlug(context, { ...said, past: 'x' })).rejects.toThrow('--past')
  expect(await saveClosingBySlug(context, said)).toContain('Rien n’est changé')
  expect((await noa.get(`/administration/cafes/${id}`)).status).toBe(200)
  expect(await saveClosingBySlug(context, { ...said, confirm: true })).toContain('est fermée')
  await expect(saveClosingBySlug(context, said)).rejects.toThrow('déjà fermée')
  await runClosings(context)
  await runClosings(context)
  const visitor = openBrowser(web.origin)
  for (const path of [
    ...['', '/agenda.ics', '/agenda.atom'].map((part) => `/structures/le-fournil${part}`),
    `/cafes/${id}`,
  ])
    expect([path, (await visitor.get(path)).status]).toEqual([path, 410])
  expect(await listClosing(context.db)).toEqual([])
})
