import { afterAll, beforeAll, expect, test } from 'vitest'
import { isBlocked } from '../../../node/store/directory/blocks.ts'
import { saveRemoteActor } from '../../../node/store/directory/remote-actors.ts'
import {
  countAccounts,
  listFollowerInboxes,
  saveFollower,
} from '../../../node/store/feeds/followers.ts'
import { signInByLink } from '../../support/admin.ts'
import { type Browser, openBrowser } from '../../support/browser.ts'
import { knowCafe, RENNES } from '../../support/known-peer.ts'
import { readable } from '../../support/readable.ts'
import { startWeb, type WebServer } from '../../support/server.ts'

const PATH = '/administration/reseau/blocages'

let hub: WebServer
let team: Browser
let visitor: Browser
beforeAll(async () => {
  hub = await startWeb({ role: 'hub' })
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

test('a limited site leaves every list, and its pages stay at their address', async () => {
  const cafe = await knowCafe(hub, { host: 'bruyant', place: RENNES }, { title: 'Atelier bruyant' })
  const LISTS = [
    '/?ou=Rennes',
    '/structures',
    '/api/v1/cafes',
    '/api/v1/peers',
    '/export/cafes.csv',
    '/territoires/35',
  ]
  const isIn = async (path: string) => (await visitor.get(path)).text.includes('ruyant')
  const pages = [`/cafes/${cafe.id}`, '/structures/cafes@bruyant.example']
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
