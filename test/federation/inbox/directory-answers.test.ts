import { afterAll, beforeAll, expect, test } from 'vitest'
import { decideMembership, removePeer } from '../../../node/store/memberships.ts'
import { updateCafes } from '../../../node/store/search-index/write-cafes.ts'
import { signInByLink } from '../../support/admin.ts'
import type { Browser } from '../../support/browser.ts'
import { peerOf, type Site, startPair, until, untilAtRest } from '../../support/network.ts'
import { readable } from '../../support/readable.ts'
import { enterAdmin } from '../../support/referents.ts'

/**
 * A decision of a directory about a place is shown on the place's own home page, with the reason, until it is undone.
 */

let hub: Site
let node: Site
let place: Browser
let team: Browser
beforeAll(async () => {
  ;({ hub, node } = await startPair())
  ;[place, team] = [await signInByLink(node), await signInByLink(hub)]
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
  const fields = { csrf, 'block.domain': node.host, 'block.reason': 'Des annonces fausses.' }
  expect((await team.post(blocks, fields)).status).toBe(303)
  await until(isOnHome('Cet annuaire a bloqué votre site. Des annonces fausses.'), {
    what: 'the block',
  })
  const lift = `${blocks}/${encodeURIComponent(node.host)}/lever`
  expect((await team.post(lift, { csrf })).status).toBe(303)
  await until(isGone('a bloqué votre site'), { what: 'the end of the block' })
})
