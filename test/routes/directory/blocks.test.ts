import { afterAll, beforeAll, expect, test } from 'vitest'
import { OPERATOR } from '../../../node/domain/cafes/edit.ts'
import { readBlockList } from '../../../node/formats/csv/block-list.ts'
import { readFollowedList } from '../../../node/routes/directory/block-list.tsx'
import { applyBlocks } from '../../../node/store/blocking.ts'
import { isBlocked } from '../../../node/store/directory/blocks.ts'
import { upsertPeer } from '../../../node/store/directory/peers.ts'
import { saveRemoteActor } from '../../../node/store/directory/remote-actors.ts'
import {
  countAccounts,
  listFollowerInboxes,
  saveFollower,
} from '../../../node/store/feeds/followers.ts'
import { setMembership } from '../../../node/store/memberships.ts'
import {
  type ReceivedResource,
  receiveResource,
} from '../../../node/store/resources/received-resources.ts'
import { signInByLink } from '../../support/admin.ts'
import { type Browser, openBrowser } from '../../support/browser.ts'
import { knowCafe, RENNES } from '../../support/known-peer.ts'
import { readable } from '../../support/readable.ts'
import { startWeb, type WebServer } from '../../support/server.ts'

const PATH = '/administration/reseau/blocages'

/** As Mastodon exports it; the comment holds a line break, and would be a formula in a spreadsheet. */
const LIST = `#domain,#severity,#reject_media,#reject_reports,#public_comment,#obfuscate
haine.example.net,suspend,TRUE,TRUE,"Propos haineux,
répétés",FALSE
bruit.example.net,silence,FALSE,FALSE,=1+1,FALSE
rien.example.net,noop,FALSE,FALSE,,FALSE
ca***e.example.net,suspend,TRUE,TRUE,caché,TRUE
gouv.fr,suspend,TRUE,TRUE,trop large,FALSE
MEMBRE.fr,suspend,TRUE,TRUE,un membre,FALSE
`

let list = LIST
let hub: WebServer
let team: Browser
let visitor: Browser
beforeAll(async () => {
  hub = await startWeb({
    role: 'hub',
    calendar: async () => ({
      outcome: 'fetched',
      bytes: Buffer.from(list),
      contentType: 'text/csv',
    }),
  })
  team = await signInByLink(hub)
  visitor = openBrowser(hub.origin)
})
afterAll(() => hub.stop())

const ask = (fields: Record<string, string>) =>
  team.get(`${PATH}/nouveau?${new URLSearchParams(fields)}`)

async function block(fields: Record<string, string>) {
  const question = await ask(fields)
  expect(question.status).toBe(200)
  expect((await team.submit(question, PATH)).status).toBe(303)
  return readable(question.text)
}

async function lift(target: string, state = 'bloques') {
  const page = await team.get(`${PATH}?etat=${state}&q=${encodeURIComponent(target)}`)
  expect((await team.submit(page, `${PATH}/lever`)).status).toBe(303)
}

const aResource = (peer: ReceivedResource['peer']): ReceivedResource => ({
  ...{ uri: 'https://bruyant.example/ressources/le-jeu-bruyant', title: 'Le jeu bruyant' },
  ...{ ownerUri: 'https://bruyant.example/actors/cafes', peer, known: undefined },
  ...{ publishedAt: hub.context.now(), updatedAt: hub.context.now(), summary: 'On joue.' },
  ...{ kind: 'game', audiences: [], groupMin: 2, groupMax: 8, minutes: 30, material: [] },
  ...{ needsComputer: false, level: 'beginner', language: 'fr', licence: 'CC-BY-4.0' },
  ...{ author: 'Zoé', themes: [], descriptionMarkdown: undefined, descriptionHtml: '' },
  link: undefined,
})

test('a limited site leaves every list, and its pages stay at their address', async () => {
  const cafe = await knowCafe(hub, { host: 'bruyant', place: RENNES }, { title: 'Atelier bruyant' })
  const LISTS = [
    '/?ou=Rennes',
    '/structures',
    '/api/v1/cafes',
    '/api/v1/peers',
    '/export/cafes.csv',
    '/territoires/35',
    '/ressources',
    '/api/v1/resources',
  ]
  const { db } = hub.context
  const { id: peerId } = await upsertPeer(db, {
    actorUri: 'https://bruyant.example/actors/instance',
    name: 'Bruyant',
  })
  await receiveResource(db, aResource({ id: peerId, name: 'Bruyant' }), hub)
  const isIn = async (path: string) => (await visitor.get(path)).text.includes('ruyant')
  const pages = [
    `/cafes/${cafe.id}`,
    '/structures/cafes@bruyant.example',
    '/ressources/le-jeu-bruyant',
  ]
  for (const path of LISTS) expect([path, await isIn(path)]).toEqual([path, true])
  const question = await block({ 'block.domain': 'bruyant.example', 'block.level': 'limit' })
  expect(question).toContain('Leurs pages restent ici')
  for (const path of LISTS) expect([path, await isIn(path)]).toEqual([path, false])
  for (const path of pages) expect([path, (await visitor.get(path)).status]).toEqual([path, 200])
  expect(await isBlocked(hub.context.db, 'bruyant.example')).toBe(false)
  expect(readable((await visitor.get('/transparence')).text)).toContain('limité')
  await lift('bruyant.example', 'limites')
  for (const path of LISTS) expect([path, await isIn(path)]).toEqual([path, true])
})

test('one account is blocked, by its name or its address, and its server is not', async () => {
  const { db, now } = hub.context
  const uri = 'https://social.example/users/bruno'
  const actor = { uri, host: 'social.example', type: 'Person', name: 'Bruno' }
  const inbox = `${uri}/inbox`
  const said = { preferredUsername: 'Bruno', inbox, sharedInbox: undefined }
  await saveRemoteActor(db, { ...actor, ...said }, now())
  const followed = { actor: 'national', sharedInbox: undefined, followId: 'urn:1' }
  await saveFollower(db, { ...followed, uri, inbox }, now())
  const other = 'https://social.example/users/camille'
  await saveFollower(db, { ...followed, uri: other, inbox: `${other}/inbox` }, now())
  const question = await block({
    'block.domain': '@bruno@social.example',
    'block.reason': 'Menaces.',
  })
  expect(question).toContain(`Bloquer ${uri}`)
  expect(await isBlocked(db, uri)).toBe(true)
  expect(await isBlocked(db, other)).toBe(false)
  expect(await isBlocked(db, 'social.example')).toBe(false)
  expect(await countAccounts(db, ['national'])).toBe(1)
  expect(await listFollowerInboxes(db, 'national')).toEqual([`${other}/inbox`])
  const shown = readable((await visitor.get('/transparence')).text)
  expect(shown).toContain('bloqué (un compte)')
  // Everybody reads why, and nobody who it is.
  expect(shown).toContain('Menaces.')
  expect(shown).not.toContain('bruno')
  await lift(uri)
  expect(await countAccounts(db, ['national'])).toBe(2)
})

test('what a blocked account publishes is hidden with it, and shown again at its end', async () => {
  const cafe = await knowCafe(hub, { host: 'salle', place: RENNES })
  const uri = 'https://salle.example/actors/cafes'
  const status = async () => (await visitor.get(`/cafes/${cafe.id}`)).status
  await block({ 'block.domain': uri, 'block.reason': 'Ventes.' })
  expect(await status()).toBe(404)
  await lift(uri)
  expect(await status()).toBe(200)
  // What was hidden by itself before does not come back with the end of a block.
  const hidden = '/administration/reseau/masques'
  const asked = await team.get(`${hidden}/nouveau?${new URLSearchParams({ adresse: uri })}`)
  await team.submit(asked, hidden, { reason: 'Autre chose.' })
  hub.advance({ minutes: 1 })
  await block({ 'block.domain': uri, 'block.reason': 'Ventes.' })
  await lift(uri)
  expect(await status()).toBe(404)
})

test('nobody blocks this site, what contains it, or an account that nobody finds', async () => {
  const { host } = new URL(hub.origin)
  for (const typed of [host, `${hub.origin}/actors/cafes`, 'fr', '@nul@nulle.example'])
    expect([typed, (await ask({ 'block.domain': typed })).status]).toEqual([typed, 422])
  const account = { 'block.domain': 'https://a.example/u/1', 'block.level': 'limit' }
  expect(readable((await ask(account)).text)).toContain('Un compte peut être bloqué')
})

const LIST_PATH = `${PATH}/liste`

const csrfOf = (text: string) => /name="csrf" value="([^"]+)"/.exec(text)?.[1] ?? ''

const shown = async (state: string) => readable((await team.get(`${LIST_PATH}?etat=${state}`)).text)

const press = async (act: 'prendre' | 'lever') => {
  const page = await team.get(LIST_PATH)
  const csrf = csrfOf(page.text)
  const version = /name="version" value="([^"]+)"/.exec(page.text)?.[1] ?? ''
  return team.post(`${LIST_PATH}/appliquer`, { csrf, version, act })
}

test('a list is compared first; nothing of it counts before the team takes it over', async () => {
  const { db, now } = hub.context
  const member = await upsertPeer(db, {
    actorUri: 'https://cafes.membre.fr/actors/instance',
    name: 'M',
  })
  await setMembership(db, member.id, 'member', now())
  await block({ 'block.domain': 'bruit.example.net', 'block.reason': 'À nous.' })
  const typed = { 'list.address': 'https://listes.example/blocs.csv' }
  expect((await team.submit(await team.get(LIST_PATH), LIST_PATH, typed)).status).toBe(303)
  const page = await shown('nouveaux')
  expect(page).toContain('haine.example.net')
  // What is named by nobody, too wide, hidden behind stars, or decided here stays out.
  for (const domain of ['rien.example.net', 'bruit.example.net', 'gouv.fr<', 'ca***e'])
    expect(page).not.toContain(domain)
  expect(page).toMatch(/2 lignes laissées de côté/u)
  expect(await shown('a-part')).toContain('membre.fr')
  expect(await isBlocked(db, 'haine.example.net')).toBe(false)
  expect(readable((await team.get('/administration')).text)).toContain('liste de blocage')

  expect((await press('prendre')).status).toBe(303)
  expect(await isBlocked(db, 'un.haine.example.net')).toBe(true)
  expect(await isBlocked(db, 'cafes.membre.fr')).toBe(false)
  expect(readable((await visitor.get('/transparence')).text)).toContain('1 domaine ou compte')
  const exported = await visitor.get(`${PATH}/domaines.csv`)
  expect(exported.status).not.toBe(200)
  const { text } = await team.get(`${PATH}/domaines.csv`)
  expect(text).toContain('#domain,#severity,#reject_media,#reject_reports,#public_comment')
  expect(text).toMatch(/haine\.example\.net,suspend,true,false,"?Propos haineux/)
})

test('a followed list is read at night: what has changed waits, and a page that is out of date does nothing', async () => {
  const { db } = hub.context
  const before = await team.get(LIST_PATH)
  list = '#domain,#severity\nautre.example.net,silence\n'
  hub.advance({ hours: 24 })
  await readFollowedList({ ...hub.context, remote: { ...hub.context.remote, refetchCalendar } })
  expect(await isBlocked(db, 'haine.example.net')).toBe(true)
  const stale = { csrf: csrfOf(before.text), version: '2026-11-25T09:00:00Z', act: 'lever' }
  expect((await team.post(`${LIST_PATH}/appliquer`, stale)).status).toBe(409)
  expect(await isBlocked(db, 'haine.example.net')).toBe(true)
  expect(await shown('disparus')).toContain('haine.example.net')
  expect((await press('lever')).status).toBe(303)
  expect(await isBlocked(db, 'haine.example.net')).toBe(false)
  // What the team decided itself is not in the list, and stays.
  expect(await isBlocked(db, 'bruit.example.net')).toBe(true)
  list = '<html>404</html>'
  await readFollowedList({ ...hub.context, remote: { ...hub.context.remote, refetchCalendar } })
  expect(readable((await team.get(LIST_PATH)).text)).toContain('autre.example.net')
})

const refetchCalendar = async () =>
  ({ outcome: 'fetched', bytes: Buffer.from(list), contentType: 'text/csv' }) as const

test('a list of a hundred thousand domains is read, a long one is taken over and asked in time', async () => {
  const { db, now } = hub.context
  const lines = Array.from({ length: 100_001 }, (_, index) => `d${index}.example.net`)
  const reading = await readBlockList(Buffer.from(lines.join('\n')))
  expect([reading?.blocks.length, reading?.isCut]).toEqual([100_000, true])
  const blocks = (reading?.blocks ?? []).slice(0, 20_000).map((one) => ({ ...one, isListed: true }))
  await applyBlocks(db, { blocks, by: OPERATOR, isDirectory: true }, now())
  const begun = performance.now()
  for (let time = 0; time < 20; time++) {
    expect(await isBlocked(db, 'a.d7777.example.net')).toBe(true)
    await countAccounts(db, ['national'])
  }
  expect((performance.now() - begun) / 20).toBeLessThan(50)
  expect((await team.get(PATH)).text.length).toBeLessThan(60_000)
})
