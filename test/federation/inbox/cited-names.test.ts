import { afterAll, beforeAll, expect, test } from 'vitest'
import { flushErased } from '../../../node/store/facilitators/erasures.ts'
import { CAFE as FORM, signInByLink } from '../../support/admin.ts'
import type { Browser } from '../../support/browser.ts'
import { findLeftWords } from '../../support/left-texts.ts'
import { CAFE, type Site, startPair, until, untilAtRest } from '../../support/network.ts'
import { readable } from '../../support/readable.ts'
import { jpeg, submitWithImage } from '../../support/uploads.ts'

/**
 * The people whom a café cites: in its list of speakers, and in its texts. Once it cites them no more, their names are in
 * no table, file or signed text, at the place and at the directory.
 */
let hub: Site
let node: Site
let admin: Browser
beforeAll(async () => {
  ;({ hub, node } = await startPair())
  admin = await signInByLink(node)
}, 30_000)
afterAll(() => Promise.all([hub.close(), node.close()]))

/** Announces a café by the API that cites a speaker and, in its texts, somebody else; the directory has it. */
async function cite(reference: string, speaker: string, told: string) {
  const said = { title: `Avec ${told}`, descriptionMarkdown: `**${told}** raconte.` }
  const uri = await node.publish({ reference, ...said, speakers: [speaker, 'Autre Personne'] })
  await until(async () => (await hub.find(uri))?.speakers.length === 2)
  return { uri, id: (await node.find(uri))?.id ?? '', said }
}

const change = (reference: string, content: object) =>
  node.call('PUT', `/cafes/by-reference/${reference}`, { ...CAFE, reference, ...content })

const leftAt = async (site: Site, ...names: (string | Buffer)[]) => {
  await untilAtRest(site)
  expect(await flushErased(site.context.db)).toBe(true)
  return findLeftWords(
    site,
    names.flatMap((name): (string | Buffer)[] =>
      typeof name === 'string' ? [name, name.toLowerCase()] : [name],
    ),
  )
}

const outboxOf = async (site: Site) =>
  (await site.get(`${site.origin}/actors/cafes/outbox?page=first`)).text

test('who is taken out of the speakers is nowhere any more, here and at the directory', async () => {
  const { uri, said } = await cite('un', 'Quincampoisette', 'Barbedorine')
  expect(await outboxOf(node)).toContain('Quincampoisette')
  await change('un', { ...said, speakers: ['Autre Personne'] })
  await until(async () => (await hub.find(uri))?.speakers.length === 1)
  expect(await leftAt(node, 'Quincampoisette')).toEqual([])
  expect(await leftAt(hub, 'Quincampoisette')).toEqual([])
  expect(await outboxOf(node)).toContain('Autre Personne')
})

test('whom the texts named is nowhere any more once the former words are erased too', async () => {
  const { uri, id } = await cite('deux', 'Zinzolinette', 'Froufroutine')
  await change('deux', { title: 'Sans personne', descriptionMarkdown: 'Rien.', speakers: [] })
  await until(async () => (await hub.find(uri))?.title === 'Sans personne')
  const history = `/administration/cafes/${id}/historique`
  expect((await admin.get(history)).text).toContain('Froufroutine')
  expect((await admin.get(history)).text).not.toContain('Zinzolinette')
  const done = await admin.submit(await admin.get(history), history)
  expect(done.status).toBe(303)
  expect(await leftAt(node, 'Zinzolinette', 'Froufroutine')).toEqual([])
  expect(await leftAt(hub, 'Zinzolinette', 'Froufroutine')).toEqual([])
  const page = readable((await admin.get(history)).text)
  expect(page).toContain('(pas gardé)')
  const journal = readable((await admin.get('/administration/equipe/journal')).text)
  expect(journal).toContain('a effacé les mots d’avant d’un café')
  expect((await hub.find(uri))?.title).toBe('Sans personne')
  expect(await outboxOf(node)).toContain('Sans personne')
})

test('who was cited by a café that is deleted is nowhere any more', async () => {
  const { uri, id } = await cite('trois', 'Mirliflorine', 'Tourniquette')
  await node.call('DELETE', `/cafes/by-reference/trois`)
  await until(async () => !(await hub.find(uri)))
  expect(await leftAt(hub, 'Mirliflorine', 'Tourniquette')).toEqual([])
  expect(await leftAt(node, 'Mirliflorine')).toEqual([])
  const history = `/administration/cafes/${id}/historique`
  await admin.submit(await admin.get(history), history)
  expect(await leftAt(node, 'Mirliflorine', 'Tourniquette')).toEqual([])
})

test('who was seen on a photo that is taken out is seen nowhere at once, and in no file at the directory', async () => {
  const form = '/administration/cafes/nouveau'
  const fields = { ...FORM, title: 'Avec des visages', save: 'publish', 'image.alt': 'Un groupe' }
  const sent = { page: await admin.get(form), fields, file: { bytes: await jpeg(800, 600) } }
  expect((await submitWithImage({ server: node, browser: admin }, form, sent)).status).toBe(303)
  const row = await node.context.db
    .selectFrom('cafe')
    .select(['id', 'uri', 'image_url'])
    .where('title', '=', 'Avec des visages')
    .executeTakeFirstOrThrow()
  const findCopy = () =>
    hub.context.db.selectFrom('cafe_picture').select('large').where('large', 'is not', null)
  await until(async () => (await findCopy().execute()).length === 1, { what: 'the copy' })
  const { large } = await findCopy().executeTakeFirstOrThrow()
  expect((await fetch(row.image_url ?? '')).status).toBe(200)
  const edit = `/administration/cafes/${row.id}`
  await admin.submit(await admin.get(edit), edit, { 'image.remove': '1' })
  await until(async () => (await findCopy().execute()).length === 0, { what: 'its end' })
  const answer = await fetch(row.image_url ?? '')
  expect(answer.status).toBe(404)
  expect(await leftAt(hub, Buffer.from(large ?? ''))).toEqual([])
})
