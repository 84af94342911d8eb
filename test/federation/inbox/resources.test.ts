import { afterAll, beforeAll, expect, test } from 'vitest'
import { receiveResourceArticle } from '../../../federation/inbox/resources/resources.ts'
import { PUBLIC } from '../../../federation/wire/context.ts'
import { findResource } from '../../../node/store/resources/resources.ts'
import { type Site, startPair, until } from '../../support/network.ts'

/** A place's resources at the directory that it joined. */

let hub: Site
let node: Site
beforeAll(async () => {
  ;({ hub, node } = await startPair())
})
afterAll(() => Promise.all([hub, node].map((site) => site.close())))

const BODY = { title: 'Le quiz', summary: 'Dix questions.', kind: 'game', author: 'Nous' }
const FULL = {
  ...{ ...BODY, minutes: 45, groupMin: 6, groupMax: 20, audiences: ['teens'], themes: ['école'] },
  ...{ level: 'experienced', needsComputer: true, licence: 'etalab-2.0', language: 'br' },
  material: ['Des cartes'],
  descriptionMarkdown: '### 5 min\n\nOn **joue**.',
  link: 'https://jeux.example/quiz',
}
const uriOf = (slug: string) => `${node.origin}/ressources/${slug}`
const atHub = (slug = 'le-quiz') => findResource(hub.context.db, { uri: uriOf(slug) })

/** What the node's actor `cafes` says of a resource, as an activity that the gate let in. */
const say = (changes: Record<string, unknown>, from = `${node.origin}/actors/cafes`) =>
  hub.context.db.transaction().execute((trx) =>
    receiveResourceArticle(
      trx,
      {
        actorUri: from,
        activity: {
          to: [PUBLIC],
          object: {
            ...{ type: 'Article', attributedTo: `${node.origin}/actors/cafes`, to: [PUBLIC] },
            ...{ name: 'Dit', summary: 'Une phrase.', creditText: 'Nous', resourceKind: 'game' },
            ...changes,
          },
        },
      },
      hub.context,
    ),
  )

test('what a place publishes is at the directory with all that it says', async () => {
  expect((await node.call('POST', '/resources', FULL)).status).toBe(201)
  await until(async () => (await atHub()) !== undefined)
  const { descriptionMarkdown: _, ...said } = FULL
  expect(await atHub()).toMatchObject({
    ...said,
    slug: 'le-quiz',
    owner: { name: expect.any(String) },
  })
  expect((await atHub())?.descriptionHtml).toMatch(/<h3>5.min<\/h3>\s*<p>On <strong>joue/)
  const { json } = await hub.get(uriOf('le-quiz'))
  expect(json).toMatchObject({ type: 'Article', proof: { type: 'DataIntegrityProof' } })
})

test('a café names it, here and there', async () => {
  const uri = await node.publish({ resources: [{ id: uriOf('le-quiz'), title: 'Le quiz' }] })
  await until(async () => (await hub.find(uri)) !== undefined)
  expect((await hub.find(uri))?.resources).toEqual([{ uri: uriOf('le-quiz'), title: 'Le quiz' }])
  const page = await fetch(`${hub.origin}/ressources/le-quiz`)
  expect(await page.text()).toContain('Bientôt avec cette ressource')
})

test('a change is taken once, and an older one not', async () => {
  await node.call('PUT', '/resources/le-quiz', { ...FULL, title: 'Le grand quiz' })
  await until(async () => (await atHub())?.title === 'Le grand quiz')
  await say({ id: uriOf('le-quiz'), name: 'Plus ancien', updated: '2020-01-01T00:00:00Z' })
  expect((await atHub())?.title).toBe('Le grand quiz')
})

test.each([
  ['of another server', { id: 'https://autre.example/ressources/x' }, undefined],
  ['of an owner elsewhere', { attributedTo: 'https://autre.example/actors/cafes' }, undefined],
  ['by a stranger', {}, 'https://autre.example/actors/cafes'],
  ['not for everybody', { to: [] }, undefined],
  ['without an author', { creditText: '\u200b' }, undefined],
  ['of no kind', { resourceKind: 'trap' }, undefined],
])('what is said %s is not taken', async (_, changes, from) => {
  const id = uriOf('forge')
  await hub.context.db.deleteFrom('resource').where('uri', 'like', '%/forge').execute()
  if ('to' in changes)
    await hub.context.db.transaction().execute((trx) =>
      receiveResourceArticle(
        trx,
        {
          actorUri: `${node.origin}/actors/cafes`,
          activity: { object: { id, type: 'Article', name: 'X', resourceKind: 'game' } },
        },
        hub.context,
      ),
    )
  else await say({ id, ...changes }, from)
  const row = await hub.context.db
    .selectFrom('resource')
    .select('id')
    .where('title', 'in', ['Dit', 'X'])
    .executeTakeFirst()
  expect(row).toBeUndefined()
})

test('its text holds nothing that a page may not show', async () => {
  const content = '<p>Une phrase.</p><script>alert(1)</script><p onclick="x()">Bien</p>'
  const attachment = [{ type: 'Link', href: 'javascript:alert(1)' }]
  await say({ id: uriOf('mal'), content, attachment, timeRequired: 'PT9999M', themes: 'x' })
  expect(await atHub('mal')).toMatchObject({
    ...{ descriptionHtml: '<p>Bien</p>', link: undefined, minutes: undefined, themes: ['x'] },
  })
})

test('one domain fills no directory', async () => {
  const { shares } = hub.context.config
  const most = shares.resources
  shares.resources = 3
  for (let n = 0; n < 5; n++) await say({ id: uriOf(`beaucoup-${n}`) })
  shares.resources = most
  const rows = await hub.context.db
    .selectFrom('resource')
    .select('id')
    .where('peer_id', 'is not', null)
    .execute()
  expect(rows).toHaveLength(3)
})

test('what its place withdraws is gone, and no later word brings it back', async () => {
  expect((await node.call('DELETE', '/resources/le-quiz')).status).toBe(204)
  await until(async () => (await atHub()) === undefined)
  expect((await hub.get(uriOf('le-quiz'))).status).toBe(410)
  await say({ id: uriOf('le-quiz'), updated: '2026-12-31T00:00:00Z' })
  expect(await atHub()).toBeUndefined()
})
