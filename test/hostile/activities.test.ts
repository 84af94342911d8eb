import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import {
  activity,
  anEvent,
  create,
  follow,
  newId,
  openStage,
  type Stage,
} from '../support/hostile-stage.ts'
import type { RemoteActorFixture } from '../support/remote-peer.ts'

/** Of what one speaks: hostile cases I08 to I15. Nobody speaks of what is not theirs, members neither. */

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
