import { afterAll, beforeAll, expect, test } from 'vitest'
import type { GateMessage } from '../../../federation/gate/gate.ts'
import { mayFlag, onFlag } from '../../../federation/inbox/flags.ts'
import type { Received } from '../../../federation/inbox/handler.ts'
import { listJournal } from '../../../node/store/accounts/acts.ts'
import { insertLinkTo } from '../../../node/store/accounts/links.ts'
import { inTransaction } from '../../../node/store/database/database.ts'
import { markHiddenSeen } from '../../../node/store/directory/hidden-elsewhere.ts'
import { findFacilitatorByUri } from '../../../node/store/facilitators/facilitators.ts'
import { eraseFacilitator } from '../../../node/store/facilitators/received-profiles.ts'
import { decideMembership, removePeer } from '../../../node/store/memberships.ts'
import { decideHeldCafe } from '../../../node/store/referents/decide-shown.ts'
import { addressOfQuestion } from '../../../node/store/reports/hidden-parts.ts'
import { deleteReport, saveReport } from '../../../node/store/reports/reports.ts'
import { updateCafes } from '../../../node/store/search-index/write-cafes.ts'
import { signInByLink } from '../../support/admin.ts'
import { type Browser, openBrowser } from '../../support/browser.ts'
import { publishTestFacilitator } from '../../support/facilitator-profiles.ts'
import { CAFE, peerOf, type Site, startPair, until, untilAtRest } from '../../support/network.ts'
import { readable } from '../../support/readable.ts'
import { enterAdmin } from '../../support/referents.ts'
import { aReport } from '../../support/report.ts'

/**
 * A decision of a directory about a place is shown on the place's own home page, with the reason, until it is undone.
 */

let hub: Site
let node: Site
let place: Browser
let team: Browser
let visitor: Browser
beforeAll(async () => {
  ;({ hub, node } = await startPair())
  ;[place, team] = [await signInByLink(node), await signInByLink(hub)]
  visitor = openBrowser(hub.origin)
})
afterAll(async () => {
  await node?.close()
  await hub?.close()
})

const home = async () =>
  readable((await place.get('/administration')).text).replaceAll('&#39;', '’')
const isOnHome = (words: string) => async () => (await home()).includes(words)
const isGone = (words: string) => async () => !(await home()).includes(words)
const csrfOf = (text: string) => /name="csrf" value="([^"]+)"/.exec(text)?.[1] ?? ''

test('a café that a referent hides is named, with the reason; shown again, it is not', async () => {
  const uri = await node.publish({ title: 'Atelier caché' })
  await until(async () => (await hub.titles()).includes('Atelier caché'))
  const { browser } = await enterAdmin(hub, { territory: '26' })
  const page = '/administration/territoire/26'
  const csrf = csrfOf((await browser.get(page)).text)
  const path = `${page}/cafes/${(await hub.find(uri))?.id}`
  const reason = 'La date est <b>passée</b>.'
  expect((await browser.post(`${path}/cacher`, { csrf, reason })).status).toBe(303)
  await until(isOnHome('« Atelier caché » n’est pas montré par Annuaire'), { what: 'the row' })
  expect(await home()).toContain('Raison donnée : « La date est &lt;b&gt;passée&lt;/b&gt;. »')
  expect(await home()).not.toContain('Claire')
  await browser.post(`${path}/montrer`, { csrf, reason: 'Vérifié.' })
  await until(isGone('n’est pas montré'), { what: 'the row to go' })
})

test('a café that the team sets aside needs a reason, which its place reads', async () => {
  const uri = await node.publish({ title: 'Atelier écarté' })
  await until(async () => (await hub.titles()).includes('Atelier écarté'))
  const held = { hidden_reason: 'price' as const }
  await updateCafes(hub.context.db, held, (qb) => qb.where('uri', '=', uri))
  const path = `/administration/reseau/cafes/${(await hub.find(uri))?.id}/ecarter`
  const question = await team.get(path)
  expect(question.text).toContain('Il annonce un prix')
  const without = await team.submit(question, path, { reason: ' ' })
  expect(without.status).toBe(422)
  expect(without.text).toContain('Dites pourquoi')
  const reason = 'Trois euros sont demandés à l’entrée.'
  expect((await team.submit(without, path, { reason })).status).toBe(303)
  await until(isOnHome('« Atelier écarté » n’est pas montré par Annuaire'), { what: 'the row' })
  expect(await home()).toContain(`Raison donnée : « ${reason} »`)
  expect((await team.get('/administration/reseau')).text).not.toContain('Atelier écarté')
  await team.post(path.replace('ecarter', 'montrer'), { csrf: csrfOf(without.text) })
  await until(isGone('« Atelier écarté » n’est pas montré'), { what: 'the row to go' })
})

const hide = async (address: string, reason: string) => {
  const path = '/administration/reseau/masques'
  const question = await team.get(`${path}/nouveau?${new URLSearchParams({ adresse: address })}`)
  expect(question.status).toBe(200)
  const without = await team.submit(question, path, { reason: '' })
  expect([without.status, without.text.includes('Dites pourquoi')]).toEqual([422, true])
  expect((await team.submit(without, path, { reason })).status).toBe(303)
}
const showAgain = async (uri: string) => {
  const page = await team.get('/administration/reseau/masques')
  const path = '/administration/reseau/masques/montrer'
  expect((await team.post(path, { csrf: csrfOf(page.text), uri })).status).toBe(303)
}

/** Returns the title of the page by which anybody reports another one. */
async function flagTitle(path: string): Promise<string> {
  const query = new URLSearchParams({ objet: `${hub.origin}${path}` })
  const { text } = await visitor.get(`/signaler?${query}`)
  return /<title>([^<]*)/.exec(text)?.[1] ?? ''
}

/** Everything that the directory gives to anybody; a name in none of it is hidden. */
const ADDRESSES = [
  ...['/', '/cafes', '/structures', '/animation', '/lettre', '/agenda.ics', '/agenda.atom'],
  ...['/integrer/cadre', '/plan-du-site', '/carte', '/territoires/26', '/export/cafes.csv'],
  ...['/export/cafes.geojson', '/export/cafes.jsonld', '/export/cafes.ndjson'],
  ...['/api/v1/cafes', '/api/v1/names?q=atelier', '/api/v1/facilitators', '/api/v1/territories/26'],
  ...['/actors/cafe-ia/outbox?page=1', '/actors/cafes-drome/upcoming?page=1'],
]
async function placesOf(...words: string[]): Promise<string[]> {
  const found: string[] = []
  for (const address of ADDRESSES) {
    const text = readable((await visitor.get(address)).text)
    if (words.some((word) => text.includes(word))) found.push(address)
  }
  return found
}

test('a café that the team hides is nowhere, whatever its place says; shown again, it is as before', async () => {
  const uri = await node.publish({ title: 'Atelier Zibeline' })
  await until(async () => (await hub.titles()).includes('Atelier Zibeline'))
  const id = (await hub.find(uri))?.id ?? ''
  const before = await placesOf('Zibeline', uri)
  expect(before.length).toBeGreaterThan(8)
  expect(await flagTitle(`/cafes/${id}`)).toContain('Zibeline')
  for (const kind of ['structures', 'animation'])
    expect(await flagTitle(`/${kind}/${id}`)).not.toContain('Zibeline')
  const seenByTeam = async () => readable((await team.get(`/cafes/${id}`)).text)
  const { db } = hub.context
  const become = (role: 'administrator' | 'editor') =>
    db.updateTable('role').set({ role }).execute()
  expect(await seenByTeam()).toContain('Ne plus montrer ici')
  await become('editor')
  expect(await seenByTeam()).toContain('Signaler ce café')
  expect(await seenByTeam()).not.toContain('Ne plus montrer ici')
  await become('administrator')
  await hide(`${hub.origin}/cafes/${id}`, 'Ce n’est pas un café.')
  await untilAtRest(hub)
  expect(await seenByTeam()).toMatch(/Masqué\s: cette page/)
  expect(await seenByTeam()).not.toContain('Ne plus montrer ici')
  const edited = { ...CAFE, title: 'Atelier Zibeline (suite)' }
  expect((await node.call('PUT', `/cafes/${uri.split('/').at(-1)}`, edited)).status).toBe(200)
  await until(async () => (await hub.find(uri))?.title.includes('suite') === true)
  // Nor does any other way of writing its row bring it back.
  await updateCafes(db, { hidden_reason: null }, (qb) => qb.where('uri', '=', uri))
  expect(await placesOf('Zibeline', uri)).toEqual([])
  for (const address of [`/cafes/${id}`, `/cafes/${id}.ics`, `/cafes/${id}/carte.png`])
    expect((await hub.get(hub.origin + address)).status).toBe(404)
  expect(await flagTitle(`/cafes/${id}`)).not.toContain('Zibeline')
  const { text } = await hub.get(`${hub.origin}/api/v1/removed?since=2000-01-01T00:00:00Z`)
  expect(text).toContain(uri)
  await until(isOnHome('« Atelier Zibeline (suite) » n’est pas montré par Annuaire'))
  expect(await home()).toContain('Raison donnée : « Ce n’est pas un café. »')
  expect(await listJournal(db, { act: 'cafe-hidden', limit: 1 })).toMatchObject([
    { title: 'Atelier Zibeline', reason: 'Ce n’est pas un café.' },
  ])
  await showAgain(uri)
  await until(isGone('Zibeline (suite) » n’est pas montré'))
  expect(await placesOf('Zibeline', uri)).toEqual(before)
})

/** The cafés are to come: what is told before one begins is of a former date of it. */
const AFTER_IT = Temporal.Now.instant().add({ hours: 24 * 60 })

test('of a café the team hides its report or one question alone; its place appeals, and is heard', async () => {
  const uri = await node.publish({ title: 'Atelier Bilan' })
  await until(async () => (await hub.titles()).includes('Atelier Bilan'))
  const { db } = hub.context
  const { id = '' } = (await hub.find(uri)) ?? {}
  const told = { cafeId: id, organizationId: undefined, updatedAt: AFTER_IT }
  await saveReport(db, aReport(told))
  const page = `${hub.origin}/cafes/${id}`
  const shown = async () => readable((await visitor.get(`/cafes/${id}`)).text)
  expect(await shown()).toContain('Qui entraîne les modèles')
  const path = '/administration/reseau/masques'
  const choices = await team.get(`${path}/nouveau?${new URLSearchParams({ adresse: page })}`)
  const links = [...choices.text.matchAll(/href="([^"]*masques\/nouveau[^"]*)"/g)].map(
    ([, href = '']) =>
      new URLSearchParams(href.replaceAll('&amp;', '&').split('?')[1]).get('adresse'),
  )
  expect(links.filter((link) => link?.includes('#'))).toEqual([
    `${page}#cafe`,
    `${uri}#bilan`,
    ...aReport().questions.map(({ text }) => addressOfQuestion(uri, text)),
  ])
  const question = addressOfQuestion(uri, 'Qui entraîne les modèles ?')
  await hide(question, 'Elle vise quelqu’un.')
  expect(await shown()).not.toContain('Qui entraîne les modèles')
  expect(await shown()).toContain('remplacer les bibliothécaires')
  expect(readable((await team.get(path)).text)).toContain('Qui entraîne les modèles')
  await showAgain(question)
  expect(await shown()).toContain('Qui entraîne les modèles')

  const flagged = await visitor.get(`/signaler?${new URLSearchParams({ objet: `${page}#bilan` })}`)
  expect(readable(flagged.text)).toContain('Bilan de « Atelier Bilan »')
  expect(flagged.text).toContain('%23question-')
  await hide(`${page}#bilan`, 'Ce nombre est inventé.')
  expect(await shown()).not.toContain('23 personnes')
  expect(await flagTitle(`/cafes/${id}#bilan`)).not.toContain('Bilan')
  await until(isOnHome('Le bilan de « Atelier Bilan » n’est pas montré par Annuaire'))
  const home = await place.get('/administration')
  const appeal = (
    /\/administration\/masques\/recours[^"]*bilan[^"]*/.exec(home.text)?.[0] ?? ''
  ).replaceAll('&amp;', '&')
  const appealPage = await place.get(appeal)
  const words = { reason: 'Nous avons compté à l’entrée.' }
  expect((await place.submit(appealPage, appeal.split('?')[0] ?? '', words)).status).toBe(303)
  await until(async () => (await casesOf(hub, `${uri}#bilan`)).length === 1)
  const [here] = await casesOf(hub, `${uri}#bilan`)
  const action = `/administration/a-traiter/${here?.id}`
  const asked = await team.get(action)
  expect(readable(asked.text)).toContain('Nous avons compté à l’entrée.')
  const answer = { outcome: 'kept', answer: 'Le nombre est juste.' }
  expect((await team.submit(asked, action, answer)).status).toBe(303)
  expect(await shown()).toContain('23 personnes')
  await until(isGone('Le bilan de « Atelier Bilan »'))
  await saveReport(db, aReport({ ...told, isCounted: false }))
  const waiting = await team.get(path)
  expect(readable(waiting.text)).toContain('Nombres à vérifier')
  await team.submit(waiting, `${path}/compter`)
  expect(await shown()).toContain('23 personnes')
  await deleteReport(db, id)
})

test('a resource that somebody flags is hidden alone, whatever its place says; its place appeals, and is heard', async () => {
  const said = { title: 'Le quiz Okapi', summary: 'Dix questions.', kind: 'game', author: 'Nous' }
  expect((await node.call('POST', '/resources', said)).status).toBe(201)
  const uri = `${node.origin}/ressources/le-quiz-okapi`
  const page = '/ressources/le-quiz-okapi'
  const statusOf = async () => (await visitor.get(page)).status
  await until(async () => (await statusOf()) === 200, { what: 'the resource' })
  const cafe = await node.publish({ title: 'Atelier Okapi', resources: [{ id: uri, title: 'Ok' }] })
  await until(async () => (await hub.find(cafe)) !== undefined)
  const cafePage = `/cafes/${(await hub.find(cafe))?.id}`
  expect((await visitor.get(cafePage)).text).toContain(`href="${page}"`)
  expect((await visitor.get(page)).text).not.toContain('Ne plus montrer ici')
  expect((await team.get(page)).text).toContain('Ne plus montrer ici')

  const form = `/signaler?${new URLSearchParams({ objet: hub.origin + page })}`
  const flag = { motif: 'advertising', texte: 'C’est une publicité.', transmettre: '1' }
  expect(readable((await visitor.post(form, flag)).text)).toContain('est arrivé')
  await until(async () => (await casesOf(node, uri)).length === 1, { what: 'the Flag' })
  const [here] = await casesOf(hub, uri)
  const path = `/administration/a-traiter/${here?.id}`
  const decide = async (answer: string, outcome: string) => {
    const asked = await team.get(path)
    expect(readable(asked.text)).toContain('Dix questions.')
    expect((await team.submit(asked, path, { outcome, answer })).status).toBe(303)
  }
  await decide('Elle vend un jeu.', 'hidden')
  expect(await statusOf()).toBe(404)
  for (const list of ['/ressources', '/api/v1/resources'])
    expect((await visitor.get(list)).text).not.toContain('Okapi')
  expect((await visitor.get(cafePage)).text).not.toContain(`href="${page}"`)
  expect(await flagTitle(page)).not.toContain('Okapi')
  await until(isOnHome('La ressource « Le quiz Okapi » n’est pas montrée par Annuaire'))
  const edited = { ...said, summary: 'Vingt questions.' }
  expect((await node.call('PUT', '/resources/le-quiz-okapi', edited)).status).toBe(200)
  const { db } = hub.context
  const summaryOf = () =>
    db.selectFrom('resource').select('summary').where('uri', '=', uri).executeTakeFirst()
  await until(async () => (await summaryOf())?.summary === 'Vingt questions.')
  expect(await statusOf()).toBe(404)

  const home = await place.get('/administration')
  const appeal = (/\/administration\/masques\/recours[^"]*/.exec(home.text)?.[0] ?? '').replaceAll(
    '&amp;',
    '&',
  )
  const words = { reason: 'Le jeu est gratuit.' }
  const question = await place.get(appeal)
  expect((await place.submit(question, appeal.split('?')[0] ?? '', words)).status).toBe(303)
  await until(async () => readable((await team.get(path)).text).includes('Le jeu est gratuit.'))
  const asked = await team.get(path)
  const kept = { outcome: 'kept', answer: 'Il est gratuit.' }
  expect((await team.submit(asked, path, kept)).status).toBe(303)
  await until(isGone('Okapi » n’est pas'))
  expect(await statusOf()).toBe(200)
  await hide(hub.origin + page, 'Bis.')
  expect([await statusOf(), (await team.get('/administration/reseau/masques')).text]).toEqual([
    404,
    expect.stringContaining('Le quiz Okapi'),
  ])
  await showAgain(uri)
  expect(await statusOf()).toBe(200)
})

test('a structure that the team hides is nowhere, with all its cafés and those that come later', async () => {
  const uri = `${node.origin}/actors/cafes`
  await node.publish({ title: 'Atelier Quetzal' })
  await until(async () => (await hub.titles()).includes('Atelier Quetzal'))
  expect((await visitor.get('/ressources')).text).toContain('Okapi')
  await hide(uri, 'Une entreprise qui vend.')
  expect((await visitor.get('/ressources')).text).not.toContain('Okapi')
  const later = await node.publish({ title: 'Atelier Quetzal bis' })
  await until(async () => (await hub.find(later)) !== undefined)
  expect(await placesOf('Quetzal', node.host)).toEqual([])
  expect((await hub.get(`${hub.origin}/structures/cafes@${node.host}`)).status).toBe(404)
  await until(isOnHome('Tout ce que vous annoncez n’est pas montré par Annuaire'))
  const hidden = (await hub.find(later))?.id ?? ''
  const { db, now } = hub.context
  const by = { kind: 'team', name: 'Lou' } as const
  await expect(
    decideHeldCafe(db, { id: hidden, shown: true, by, reason: '' }, now()),
  ).rejects.toThrow()
  await showAgain(uri)
  await until(isGone('Tout ce que vous annoncez'))
  expect(await placesOf('Quetzal bis')).toContain('/api/v1/cafes')
})

test('a profile that the team hides is nowhere, also after it was erased and given again', async () => {
  const person = await publishTestFacilitator(node, { name: 'Wilhelmine Test' })
  const { uri } = person
  const { db, now } = hub.context
  await until(() => findFacilitatorByUri(db, uri), { what: 'the profile' })
  expect(await placesOf('Wilhelmine')).toContain('/animation')
  const path = `/animation/${person.handle}@${node.host}`
  expect(await flagTitle(path)).toContain('Wilhelmine')
  const seenBy = (level: 'network' | 'public') =>
    db.updateTable('facilitator').set({ level }).where('uri', '=', uri).execute()
  await seenBy('network')
  expect(await flagTitle(path)).not.toContain('Wilhelmine')
  await seenBy('public')
  await hide(uri, 'Elle n’anime pas de café.')
  expect(await flagTitle(path)).not.toContain('Wilhelmine')
  expect(await placesOf('Wilhelmine')).toEqual([])
  const page = `${hub.origin}/animation/${person.handle}@${node.host}`
  expect((await hub.get(page)).status).toBe(404)
  expect((await hub.get(`${page}/photo.jpg`)).status).toBe(404)
  await until(isOnHome('Le profil de Wilhelmine Test n’est pas montré par Annuaire'))
  const token = await inTransaction(node.context.db, (trx) =>
    insertLinkTo(
      trx,
      { purpose: 'own-profile', subject: person.id, mailedTo: 'personne@chez-elle.example' },
      node.context.now(),
    ),
  )
  const { organizationId = '' } = person
  await markHiddenSeen(node.context.db, { id: person.id, organizationId }, node.context.now())
  expect(await home()).not.toContain('Wilhelmine Test n’est pas')
  const own = await place.get(`/animation/moi/${token}`)
  expect(readable(own.text)).toContain('Votre profil n’est pas montré par Annuaire')
  await node.context.db.updateTable('hidden_elsewhere').set({ seen_at: null }).execute()
  await publishTestFacilitator(node, {
    ...{ handle: person.handle, name: 'Wilhelmine Test', presentation: 'Bis.' },
    updatedAt: now().add({ seconds: 5 }),
  })
  await until(async () => (await findFacilitatorByUri(db, uri))?.presentation === 'Bis.')
  expect(await placesOf('Wilhelmine')).toEqual([])
  await inTransaction(db, (trx) => eraseFacilitator(trx, { uri }, now()))
  expect(JSON.stringify(await db.selectFrom('hidden_object').selectAll().execute())).not.toContain(
    person.handle,
  )
  await publishTestFacilitator(node, {
    ...{ handle: person.handle, name: 'Wilhelmine Test', consentedAt: now() },
    updatedAt: now().add({ seconds: 9 }),
  })
  await until(() => findFacilitatorByUri(db, uri), { what: 'the profile given again' })
  expect(await placesOf('Wilhelmine')).toEqual([])
  await showAgain(uri)
  expect(await placesOf('Wilhelmine')).toContain('/animation')
  expect(await home()).not.toContain('Wilhelmine Test n’est pas')
})

/** Returns what one site has flagged of a thing, and since when the other knows. */
const casesOf = async (site: Site, uri: string) =>
  site.context.db.selectFrom('flag_case').selectAll().where('uri', '=', uri).execute()
const flagsOf = (site: Site, caseId = '') =>
  site.context.db.selectFrom('flag').selectAll().where('case_id', '=', caseId).execute()

test('what a visitor flags is told to the place without their name; hidden, the place appeals, and another decides', async () => {
  const uri = await node.publish({ title: 'Atelier Flamant' })
  await until(async () => (await hub.titles()).includes('Atelier Flamant'))
  const id = (await hub.find(uri))?.id ?? ''
  const form = `/signaler?${new URLSearchParams({ objet: `${hub.origin}/cafes/${id}` })}`
  const said = { motif: 'paid', texte: 'On demande 15 euros.', courriel: 'ines@chez-elle.example' }
  for (const _ of [1, 2])
    expect((await visitor.post(form, { ...said, transmettre: '1' })).status).toBe(200)
  await until(async () => (await casesOf(node, uri)).length === 1, { what: 'the Flag' })
  await untilAtRest(hub)
  const [there] = await casesOf(node, uri)
  expect(there).toMatchObject({ total: 1, reason: 'other' })
  expect(await flagsOf(node, there?.id)).toMatchObject([
    { words: 'Payant\u00a0: On demande 15 euros.', email: null, host: hub.host },
  ])
  const sent = await hub.context.db
    .selectFrom('activity')
    .select('body')
    .where('type', '=', 'Flag')
    .execute()
  expect(JSON.stringify(sent)).not.toContain('ines')
  const page = await place.get(`/administration/a-traiter/${there?.id}`)
  expect(readable(page.text)).toContain('15 euros')
  expect(page.text).not.toContain('value="hidden"')

  const [here] = await casesOf(hub, uri)
  const path = `/administration/a-traiter/${here?.id}`
  const decide = async (answer: string, outcome: string) => {
    const page = await team.get(path)
    return (await team.submit(page, path, { outcome, answer })).status
  }
  expect(await decide('Un café IA est gratuit.', 'hidden')).toBe(303)
  await until(isOnHome('« Atelier Flamant » n’est pas montré par Annuaire'))
  // Its own page is as it was.
  expect((await node.get(uri)).status).toBe(200)
  const home = await place.get('/administration')
  const appealPath = /\/administration\/masques\/recours[^"]*/.exec(home.text)?.[0] ?? ''
  const question = await place.get(appealPath.replaceAll('&amp;', '&'))
  expect(readable(question.text)).toContain('Un café IA est gratuit.')
  const action = appealPath.split('?')[0] ?? ''
  const empty = await place.submit(question, action, { reason: ' ' })
  expect([empty.status, readable(empty.text).includes('Dites pourquoi')]).toEqual([422, true])
  expect((await place.submit(empty, action, { reason: 'Il l’est depuis hier.' })).status).toBe(303)
  await until(async () => readable((await team.get(path)).text).includes('Il l’est depuis hier.'), {
    what: 'the appeal',
  })
  const sentPage = await place.get(appealPath.replaceAll('&amp;', '&'))
  expect(readable(sentPage.text)).toContain('Vous avez déjà contesté ce choix le')
  // The site has one administrator, who decides.
  expect(await decide('Il est gratuit maintenant.', 'kept')).toBe(303)
  await until(isGone('« Atelier Flamant » n’est pas montré'))
  expect(await hub.titles()).toContain('Atelier Flamant')
})

test('a Flag about what is not here, or a stranger’s about another server’s, opens nothing', async () => {
  const uri = await node.publish({ title: 'Atelier Héron' })
  await until(async () => (await hub.titles()).includes('Atelier Héron'))
  const before = await hub.context.db.selectFrom('flag_case').select('id').execute()
  const { origin } = hub
  const flag = (object: unknown, from: string) => ({
    ...{ activity: { type: 'Flag', object, content: '<p>x</p>' }, actorUri: from },
  })
  const tried = [
    flag(`${origin}/cafes/nothing`, 'https://ailleurs.example/actor'),
    flag([], 'https://ailleurs.example/actor'),
    flag({ id: 'not an address' }, 'https://ailleurs.example/actor'),
  ]
  for (const received of tried)
    await inTransaction(hub.context.db, (trx) =>
      onFlag(trx, received as unknown as Received, hub.context),
    )
  expect(await hub.context.db.selectFrom('flag_case').select('id').execute()).toEqual(before)
  const stranger = { ...flag(uri, 'https://ailleurs.example/actor'), readText: () => '' }
  expect(await mayFlag(stranger as unknown as GateMessage, hub.context)).toBe(false)
  const ours = { ...flag([`${origin}/actors/cafe-ia`, uri], 'https://masto.example/actor') }
  expect(
    await mayFlag({ ...ours, readText: () => '' } as unknown as GateMessage, hub.context),
  ).toBe(true)
  await inTransaction(hub.context.db, (trx) =>
    onFlag(trx, ours as unknown as Received, hub.context),
  )
  expect(await casesOf(hub, uri)).toMatchObject([{ total: 1, decided_at: null }])
})

test('who only follows this place says nothing of its cafés', async () => {
  const uri = await node.publish({ title: 'Atelier tranquille' })
  const { db } = node.context
  await until(async () => (await hub.find(uri)) !== undefined)
  await db.updateTable('following').set({ is_join: 0 }).execute()
  const id = (await hub.find(uri))?.id ?? ''
  const csrf = csrfOf((await team.get('/administration/reseau')).text)
  await team.post(`/administration/reseau/cafes/${id}/ecarter`, { csrf, reason: 'Payant.' })
  await untilAtRest(hub)
  expect(await db.selectFrom('hidden_elsewhere').selectAll().execute()).toEqual([])
  await db.updateTable('following').set({ is_join: 1 }).execute()
})

test('refused with a reason, admitted after all, ended: the place reads each', async () => {
  const { db, now, wake } = hub.context
  const peerId = (await peerOf(hub, node))?.id ?? ''
  await removePeer(db, { peerId, reason: 'Trois cafés payants.' }, now())
  wake()
  await until(isOnHome('Annuaire n’accepte pas vos cafés'), { what: 'the end' })
  expect(await home()).toContain('Raison donnée : « Trois cafés payants. »')
  expect((await place.get('/administration/reseau')).text).toContain('Trois cafés payants.')
  await decideMembership(db, { peerId, admitted: true }, now())
  wake()
  await until(isGone('n’accepte pas vos cafés'), { what: 'the admission' })
  await until(async () => (await hub.titles()).includes('Atelier caché'), { what: 'its cafés' })
})

test('a blocked place sees that it is, and no longer once it is unblocked', async () => {
  const blocks = '/administration/reseau/blocages'
  const csrf = csrfOf((await team.get('/administration/reseau')).text)
  const said = { 'block.domain': node.host, 'block.reason': 'Des annonces fausses.' }
  const fields = { csrf, ...said }
  const asked = async (typed: Record<string, string>) =>
    readable((await team.get(`${blocks}/nouveau?${new URLSearchParams(typed)}`)).text)
  expect(await asked(said)).toContain('Son équipe l’apprend, avec votre raison.')
  expect(await asked({ 'block.domain': node.host })).toContain('l’apprend, sans raison.')
  expect((await team.post(blocks, fields)).status).toBe(303)
  await until(isOnHome('Cet annuaire a bloqué votre site. Des annonces fausses.'), {
    what: 'the block',
  })
  expect((await team.post(`${blocks}/lever`, { csrf, target: node.host })).status).toBe(303)
  await until(isGone('a bloqué votre site'), { what: 'the end of the block' })
})
