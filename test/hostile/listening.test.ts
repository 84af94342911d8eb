import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { activity, anEvent, CONTEXT, create, eventually } from '../support/hostile-stage.ts'
import { type ManyAuthors, openManyAuthors } from '../support/many-authors.ts'
import { MEASURED } from '../support/measured.ts'
import { feelPulse } from '../support/pulse.ts'
import type { RemoteActorFixture } from '../support/remote-peer.ts'

/**
 * Whether a message is accepted is decided before its content is read: that of a stranger costs no more than the check
 * of its signature.
 */

const MEMBER_OF = 'https://ns.cafe-ia.example/v1#memberOf'

/** Combining marks of two classes in alternation: the time to sort them grows with the square of their number. */
const MARKS = `a${'\u0315\u0300'.repeat(62_000)}`

/** A context that is expensive for JSON-LD, and within the limits of the gate. */
const DEAR = Object.fromEntries(
  Array.from({ length: 400 }, (_, i) => [`term${i}`, { '@id': `https://x.example/${i}` }]),
)

describe.each(['hub', 'node'] as const)('a stranger at a %s', (role) => {
  let stage: ManyAuthors
  let stranger: RemoteActorFixture
  beforeAll(async () => {
    stage = await openManyAuthors(role)
    // The stranger is on the server of a followed group, and is not followed itself.
    stranger = stage.troll
    // Its keys are known from here on, so that the next messages need no reading of its document.
    await stage.say(stranger, activity(stranger, 'Like', { object: stage.group.uri }))
  })
  afterEach(() => stage.checkHealth())
  afterAll(() => stage?.close())

  const relation = (name: string) => ({
    type: 'Relationship',
    subject: { id: stranger.uri, type: 'Group', name },
    relationship: MEMBER_OF,
    object: `${stage.m.origin}/reseaux/x`,
  })

  it.each(['Offer', 'Accept', 'Reject', 'Undo', 'Create', 'Update', 'Announce', 'Delete', 'Florb'])(
    'that says %s with a quarter of a megabyte of marks keeps nobody waiting',
    MEASURED,
    async (type) => {
      const pulse = feelPulse(`${stage.server.origin}/healthz`)
      for (const object of [
        relation(MARKS),
        { type: 'Offer', object: relation(MARKS) },
        anEvent(stranger, { name: MARKS }),
      ]) {
        const begun = performance.now()
        const said = activity(stranger, type, { object: { id: `${stranger.uri}/x`, ...object } })
        expect(await stage.say(stranger, said)).toBe(202)
        expect(performance.now() - begun).toBeLessThan(1000)
      }
      const { slow, count } = await pulse.stop()
      expect(count).toBeGreaterThan(0)
      expect(slow).toBeLessThan(200)
    },
  )

  it('that offers a membership which concerns us is heard within sixteen kilobytes only', async () => {
    const network = `${stage.server.origin}/reseaux/y`
    const offer = (name: string) =>
      activity(stranger, 'Offer', { object: { ...relation(name), object: network } })
    const refused = stage.counted('inbox:refused')
    const dropped = stage.counted('inbox:stranger')
    await stage.say(stranger, offer('Court'))
    expect(stage.counted('inbox:refused')).toBe(refused + 1)
    await stage.say(stranger, offer(MARKS))
    expect(stage.counted('inbox:stranger')).toBe(dropped + 1)
  })

  it.each(['Create', 'Update', 'Announce'])(
    'whose %s is dear to read is dropped before that, counted, and leaves nothing',
    MEASURED,
    async (type) => {
      const state = () => stage.server.fingerprint(['cafe', 'seen', 'task', 'change', 'peer'])
      const before = { ...state(), peer: '' }
      const dropped = stage.counted('inbox:stranger')
      const many = 40
      const begun = performance.now()
      for (let i = 0; i < many; i++) {
        const object = anEvent(stranger, { term1: 'x' })
        const said = activity(stranger, type, { '@context': [CONTEXT, DEAR], object })
        expect(await stage.say(stranger, said)).toBe(202)
      }
      const each = (performance.now() - begun) / many
      await eventually(
        'all are counted',
        async () => stage.counted('inbox:stranger') >= dropped + many,
      )
      expect({ ...state(), peer: '' }).toEqual(before)
      // The limit allows for two signatures and a commit; the reading of such a context takes much longer.
      expect(each).toBeLessThan(60)
    },
  )

  it('has its Follow and its Undo applied', async () => {
    const followed = `${stage.server.origin}/actors/cafes`
    const follow = activity(stranger, 'Follow', { object: followed })
    expect(await stage.say(stranger, follow)).toBe(202)
    const followers = () =>
      stage.server.query('select uri from follower where uri = ?', stranger.uri).length
    expect(followers()).toBe(1)
    expect(await stage.say(stranger, activity(stranger, 'Undo', { object: follow }))).toBe(202)
    expect(followers()).toBe(0)
  })

  it('is not heard when its café has a context that only JSON-LD can read', async () => {
    const said = create(stranger, {}, { '@context': [CONTEXT, { Event: 'https://x.example/E' }] })
    expect(await stage.say(stranger, said)).toBe(202)
    expect(stage.find(said.object.id)).toBeUndefined()
  })

  it(
    'or a follower, whose relative addresses are all slashes, keeps nobody waiting',
    MEASURED,
    async () => {
      const follower = stage.m.addActor(`follower-${role}`)
      const followed = `${stage.server.origin}/actors/cafes`
      const follow = activity(follower, 'Follow', { object: followed })
      expect(await stage.say(follower, follow)).toBe(202)
      const pulse = feelPulse(`${stage.server.origin}/healthz`)
      for (const length of [14_000, 240_000])
        for (const [type, object] of [
          ['Follow', followed],
          ['Accept', follow.id],
          ['Undo', `${follower.uri}/none`],
          ['Delete', follower.uri],
        ] as const) {
          const terms = { slashes: { '@id': 'https://x.example/s', '@type': '@id' } }
          const slashes = '/'.repeat(length)
          const said = { ...activity(follower, type, { object }), slashes }
          const status = await stage.say(follower, { ...said, '@context': [CONTEXT, terms] })
          expect(status).toBe(202)
        }
      const { slowest, count } = await pulse.stop()
      expect(count).toBeGreaterThan(0)
      expect(slowest).toBeLessThan(200)
    },
  )

  it('whose contexts only JSON-LD can read is heard sixty times a minute', async () => {
    const terms = { t: 'https://x.example/t' }
    const object = `${stage.server.origin}/actors/cafes`
    const says = async () =>
      stage.say(stranger, activity(stranger, 'Follow', { '@context': [CONTEXT, terms], object }))
    const answers: number[] = []
    for (let time = 0; time < 65; time++) answers.push(await says())
    expect(new Set(answers)).toEqual(new Set([202, 429]))
    expect(answers.at(-1)).toBe(429)
    // A stranger is still heard in plain terms, and the limit does not apply to a followed actor.
    expect(await stage.say(stranger, activity(stranger, 'Follow', { object }))).toBe(202)
    const said = create(stage.group, {}, { '@context': [CONTEXT, terms] })
    expect(await stage.say(stage.group, said)).toBe(202)
    expect(stage.find(said.object.id)).toBeDefined()
  })
})
