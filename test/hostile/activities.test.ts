import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import {
  activity,
  anEvent,
  CONTEXT,
  create,
  follow,
  newId,
  openStage,
  type Stage,
} from '../support/hostile-stage.ts'
import type { RemoteActorFixture } from '../support/remote-peer.ts'

/** Hostile cases I08 to I15: an actor may not act on the objects of another, and neither may a member. */

let stage: Stage
let v: RemoteActorFixture
beforeAll(async () => {
  stage = await openStage()
  v = stage.v.cafes
})
afterEach(() => stage.checkHealth())
afterAll(() => stage?.close())

it('I08 an activity id of V squatted by A is refused, and V’s own activity of that id is applied', async () => {
  const { cafes: a } = stage.nextAttacker()
  const real = create(v)
  await stage.expectRefused([400, 401, 403], () =>
    stage.post({ ...create(a), id: real.id }, { by: a }),
  )
  expect((await stage.post(real, { by: v })).status).toBe(202)
  expect(stage.findCafe(real.object.id)).toBeDefined()
})

it('I09 a café with an id of V’s server, created by A, is refused', async () => {
  const { cafes: a } = stage.nextAttacker()
  await stage.expectRefused(403, () => stage.post(create(a, { id: newId(v, 'cafes') }), { by: a }))
  await stage.expectRefused(403, () =>
    stage.post(create(a, { id: `${stage.server.origin}/cafes/1` }), { by: a }),
  )
})

it('I10 a café attributed to V, alone or among others, created by A, is refused', async () => {
  const { cafes: a } = stage.nextAttacker()
  for (const attributedTo of [v.uri, [a.uri, v.uri], { id: v.uri }, [a.uri, { id: v.uri }]])
    await stage.expectRefused(403, () => stage.post(create(a, { attributedTo }), { by: a }))
  await stage.expectRefused(403, () => stage.post(create(a, { actor: v.uri }), { by: a }))
})

it('I11 an Update or Delete of V’s café by A or by another member leaves it as it is', async () => {
  const event = await stage.publish()
  const liar = await stage.admitLiar()
  const updated = Temporal.Now.instant().add({ minutes: 30 }).toString()
  for (const by of [stage.nextAttacker().cafes, liar.cafes]) {
    const object = { ...event, name: 'Café pirate', updated }
    for (const said of [
      activity(by, 'Update', { object }),
      activity(by, 'Update', { object: { ...object, attributedTo: by.uri } }),
      activity(by, 'Delete', { object: event.id }),
      activity(by, 'Delete', { object: { id: event.id, type: 'Tombstone' } }),
      activity(by, 'Delete', { object: v.uri }),
    ])
      await stage.expectRefused(403, () => stage.post(said, { by }))
  }
  expect(stage.findCafe(event.id)?.title).toBe(event.name)
})

it('I13 an Undo by A of a Follow that V made leaves V its follower', async () => {
  const followed = follow(stage, v)
  expect((await stage.post(followed, { by: v })).status).toBe(202)
  const liar = await stage.admitLiar()
  const a = liar.cafes
  for (const object of [followed, followed.id, { ...followed, actor: a.uri }, v.uri]) {
    const undo = activity(a, 'Undo', { object })
    const before = stage.server.fingerprint(['follower', 'peer'])
    expect((await stage.post(undo, { by: a })).status).toBe(202)
    await stage.settle()
    expect(stage.server.query('select uri from follower where uri = ?', v.uri)).toHaveLength(1)
    expect(stage.server.fingerprint(['follower'])).toEqual({ follower: before.follower })
  }
  const onOurs = { ...activity(a, 'Undo', { object: followed }), id: `${stage.server.origin}/1` }
  await stage.post(onOurs, { by: a })
  expect(stage.server.query('select uri from follower where uri = ?', v.uri)).toHaveLength(1)
  await stage.expectRefused(401, () =>
    stage.post({ ...activity(v, 'Undo', { object: followed }) }, { by: a }),
  )
})

it('an Accept, Reject or Leave by A about what was asked of V changes nothing of V', async () => {
  const { cafes: a } = stage.nextAttacker()
  const [following] = stage.server.query<{ follow_id: string }>('select follow_id from following')
  for (const type of ['Accept', 'Reject', 'Leave', 'Block', 'Move', 'Flag']) {
    const before = stage.server.fingerprint(['following', 'peer', 'follower', 'cafe'])
    const said = activity(a, type, { object: following?.follow_id, target: a.uri })
    expect((await stage.post(said, { by: a })).status).toBe(202)
    await stage.settle()
    expect(stage.server.fingerprint(['following', 'peer', 'follower', 'cafe'])).toEqual(before)
  }
})

it('I15 two actors, or none, speak for nobody', async () => {
  const { cafes: a } = stage.nextAttacker()
  for (const actor of [[a.uri, v.uri], [v.uri, a.uri], [], undefined, null, 7, {}])
    await stage.expectRefused(400, () => stage.post(create(a, {}, { actor }), { by: a }))
})

it('a stranger’s café is not shown, whatever it calls itself', async () => {
  const { cafes: a } = stage.nextAttacker()
  const tag = [{ type: 'Hashtag', name: '#CafeIA' }]
  const said = create(a, { tag })
  expect((await stage.post(said, { by: a })).status).toBe(202)
  await stage.settle()
  expect(stage.findCafe(said.object.id)).toBeUndefined()
})

it('a member that says twice who organises, in its own and in V’s name, is not believed', async () => {
  const liar = await stage.admitLiar()
  const m = liar.cafes
  const object = anEvent(m)
  await stage.expectRefused(403, () =>
    stage.post(activity(m, 'Create', { object: { ...object, attributedTo: [m.uri, v.uri] } }), {
      by: m,
    }),
  )
})

it('whatever else a member or a stranger says around V’s café, it and its followers stay as they are', async () => {
  const event = await stage.publish()
  stage.v.pages.set(new URL(event.id).pathname, { '@context': CONTEXT, ...event })
  expect((await stage.post(follow(stage, v), { by: v })).status).toBe(202)
  const { server } = stage
  const liar = await stage.admitLiar()
  const stranger = stage.nextAttacker()
  const { host, origin } = new URL(stage.v.origin)
  const path = event.id.slice(origin.length)
  const updated = Temporal.Now.instant().add({ minutes: 30 }).toString()
  const ofV = () => ({
    cafe: { ...stage.findCafe(event.id), revision: undefined },
    followers: server.query('select * from follower where uri = ?', v.uri),
    peer: server.query('select membership, following, name from peer where origin = ?', origin),
    cafes: server.query("select id from cafe where uri like ? || '%'", origin).length,
  })
  await stage.settle()
  const before = ofV()
  const otherwise = [
    `${event.id}#x`,
    `${event.id}?x`,
    `${event.id}/`,
    `${event.id}%20`,
    `${origin}//${path.slice(1)}`,
    `${origin}/./${path.slice(1)}`,
    `${origin}${path.replace('/c', '/%63')}`,
    `${origin}${path.toUpperCase()}`,
    `http://user@${host}${path}`,
    `http://user:x@${host}${path}`,
    `HTTP://${host}${path}`,
    `http://${host}.${path}`,
    `http:${path}`,
    `//${host}${path}`,
    `http:\\\\${host}${path}`,
  ]
  for (const [from, by] of [
    [liar, liar.cafes],
    [stranger, stranger.cafes],
  ] as const) {
    const mine = anEvent(by)
    const theirs = { ...event, name: 'Café pirate', updated }
    const undo = { id: `${origin}/undo/1`, type: 'Undo', actor: v.uri }
    const followed = `${server.origin}/actors/cafe-ia`
    const collection = newId(by, 'lists')
    from.pages.set(new URL(collection).pathname, {
      '@context': CONTEXT,
      id: collection,
      type: 'OrderedCollection',
      orderedItems: [theirs, activity(v, 'Delete', { object: event.id })],
    })
    const announce = activity(by, 'Announce', { object: event.id })
    from.pages.set(new URL(announce.id).pathname, announce)
    const said: [string, object][] = [
      ...['Block', 'Flag', 'Move', 'Add', 'Remove', 'Question', 'Ignore', 'Leave'].map(
        (type): [string, object] => [
          type,
          { object: event.id, target: v.uri, oneOf: [theirs], origin: v.uri },
        ],
      ),
      ['Move', { object: v.uri, target: by.uri }],
      ['Undo', { object: { ...undo, object: { type: 'Follow', actor: v.uri, object: followed } } }],
      ['Undo', { object: [{ type: 'Follow', actor: v.uri, object: followed }] }],
      [
        'Undo',
        { object: { type: ['Follow', 'Create'], id: event.id, actor: v.uri, object: v.uri } },
      ],
      ['Undo', { object: { id: event.id, type: 'Create', object: theirs } }],
      ['Reject', { object: { type: 'Follow', actor: v.uri, object: followed } }],
      ['Accept', { object: { type: 'Delete', actor: v.uri, object: event.id } }],
      ['Update', { object: [mine, theirs] }],
      ['Update', { object: [theirs] }],
      ['Update', { object: { ...mine, object: theirs, location: theirs, attachment: [theirs] } }],
      ['Create', { object: { ...mine, url: event.id, uid: event.id, sameAs: event.id } }],
      [
        'Create',
        { object: { ...mine, inReplyTo: event.id, replaces: event.id, series: event.id } },
      ],
      ['Create', { object: { type: 'Create', id: newId(by), actor: v.uri, object: theirs } }],
      ['Delete', { object: [mine.id, event.id] }],
      ['Delete', { object: { ...mine, type: 'Tombstone', object: event.id, url: event.id } }],
      ['Delete', { object: mine.id, target: event.id, origin: event.id }],
      ['Announce', { object: [event.id, theirs] }],
      ['Announce', { object: theirs }],
      ['Announce', { object: collection }],
      ['Announce', { object: announce.id }],
      ['Announce', { object: activity(v, 'Delete', { object: event.id }) }],
      ...otherwise.flatMap((id): [string, object][] => [
        ['Update', { object: { ...theirs, id, attributedTo: by.uri } }],
        ['Update', { object: { ...theirs, id: { id } } }],
        ['Delete', { object: id }],
        ['Announce', { object: id }],
      ]),
    ]
    for (const [type, words] of said) {
      const { status } = await stage.post(activity(by, type, words), { by })
      expect([202, 400, 403], JSON.stringify([type, words]).slice(0, 200)).toContain(status)
    }
    await stage.settle()
    expect(ofV()).toEqual(before)
  }
}, 60_000)
