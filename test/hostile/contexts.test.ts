import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import {
  activity,
  anEvent,
  CONTEXT,
  follow,
  openStage,
  type Stage,
} from '../support/hostile-stage.ts'
import type { RemoteActorFixture } from '../support/remote-peer.ts'

/** A JSON-LD context that gives terms another meaning than the one that was checked (the class of CVE-2026-42462). */

let stage: Stage
let v: RemoteActorFixture
beforeAll(async () => {
  stage = await openStage()
  v = stage.v.cafes
})
afterEach(() => stage.checkHealth())
afterAll(() => stage?.close())

/** Posts an activity, whose effect, if any, would be on V’s café, on V’s name, or on a café of the directory itself. */
async function expectHarmless(m: RemoteActorFixture, said: object, what = '') {
  const before = stage.server.fingerprint(['cafe', 'cafe_document', 'deletion', 'follower'])
  const { status } = await stage.post(said, { by: m })
  expect([202, 400, 401, 403]).toContain(status)
  await stage.settle()
  expect(stage.server.fingerprint(['cafe', 'cafe_document', 'deletion', 'follower']), what).toEqual(
    before,
  )
}

const spare = 'https://x.example/ns#spare'
const as = (term: string) => ({ '@id': `${CONTEXT}#${term}`, '@type': '@id' })

it('a context of A cannot replace the object, the id, the actor, the type or the author that was checked', async () => {
  const liar = await stage.admitLiar()
  const m = liar.cafes
  const theirs = await stage.publish()
  const pirate = { ...theirs, name: 'Café pirate', updated: anEvent(m).updated }
  const mine = anEvent(m)
  const contexts: [string, object, object][] = [
    ['object', { object: spare, payload: as('object') }, { object: mine, payload: pirate }],
    ['the id of the object', { id: spare, real: '@id' }, { object: { ...mine, real: theirs.id } }],
    ['a second object', { also: as('object') }, { object: mine, also: pirate }],
    ['the actor', { actor: spare, who: as('actor') }, { object: mine, who: v.uri }],
    ['the type', { type: spare, kind: '@type' }, { object: theirs.id, kind: 'Delete' }],
    [
      'the author',
      { attributedTo: spare, by: as('attributedTo') },
      { object: { ...mine, by: v.uri } },
    ],
    ['a second author', { by: as('attributedTo') }, { object: { ...mine, by: v.uri } }],
  ]
  for (const [what, terms, words] of contexts)
    for (const type of ['Create', 'Update'])
      await expectHarmless(
        m,
        {
          ...activity(m, type, words),
          '@context': [CONTEXT, terms],
        },
        what,
      )
  expect(stage.findCafe(theirs.id)?.title).toBe(theirs.name)
})

it('nor can a context within the café', async () => {
  const liar = await stage.admitLiar()
  const m = liar.cafes
  const theirs = await stage.publish()
  const nested: object[] = [
    { '@context': { id: spare, real: '@id' }, real: theirs.id },
    { '@context': [CONTEXT, { id: spare, real: '@id' }], real: theirs.id },
    {
      '@context': { '@vocab': 'https://x.example/', attributedTo: spare, by: as('attributedTo') },
      by: v.uri,
    },
    { '@context': { '@base': stage.v.origin }, id: new URL(theirs.id).pathname },
    { '@context': null },
    { '@context': { '@import': `${liar.origin}/context` } },
    {
      '@context': {
        '@version': 1.1,
        attributedTo: { ...as('attributedTo'), '@type': '@vocab' },
        [m.uri]: v.uri,
      },
    },
  ]
  for (const words of nested) {
    const said = activity(m, 'Create', {
      object: { ...anEvent(m), name: 'Café pirate', ...words },
    })
    const { status } = await stage.post(said, { by: m })
    expect([202, 400, 403]).toContain(status)
    await stage.settle()
  }
  expect(stage.findCafe(theirs.id)?.title).toBe(theirs.name)
  const wrong = stage.server.query(
    'select uri from cafe where title = ? and (uri not like ? or organizer_uri not like ?)',
    'Café pirate',
    `${liar.origin}/%`,
    `${liar.origin}/%`,
  )
  expect(wrong).toEqual([])
  expect(liar.hits('/context')).toBe(0)
})

it('nor can a context end V’s membership or delete a follower of V', async () => {
  const liar = await stage.admitLiar()
  const m = liar.cafes
  const followed = follow(stage, v)
  await stage.post(followed, { by: v })
  for (const terms of [
    { actor: spare, who: as('actor') },
    { object: spare, what: as('object') },
    { object: { ...as('object'), '@type': '@vocab' }, [m.uri]: v.uri },
  ])
    for (const type of ['Undo', 'Delete', 'Reject'])
      await expectHarmless(m, {
        ...activity(m, type, {
          object: m.uri.replace('cafes', 'nobody'),
          what: v.uri,
          who: v.uri,
        }),
        '@context': [CONTEXT, terms],
      })
  const [peer] = stage.server.query('select membership from peer where origin = ?', stage.v.origin)
  expect(peer).toEqual({ membership: 'member' })
})
