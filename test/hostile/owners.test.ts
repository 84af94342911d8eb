import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { isOnPostgres } from '../support/database.ts'
import { activity, anEvent, CONTEXT, newId } from '../support/hostile-stage.ts'
import { type ManyAuthors, openManyAuthors } from '../support/many-authors.ts'
import type { RemoteActorFixture } from '../support/remote-peer.ts'

/**
 * Of a server with many actors, only the followed one is accepted, and each may only act on its own cafés: the owner
 * counts, not the origin.
 */

/** One role is enough on PostgreSQL, since SQL decides alike for both. */
const ROLES = isOnPostgres ? (['hub'] as const) : (['hub', 'node'] as const)
const CAFE_IA = { tag: [{ type: 'Hashtag', name: '#CafeIA' }] }
const later = (minutes: number) =>
  Temporal.Now.instant().add({ minutes }).toString({ smallestUnit: 'second' })

describe.each(ROLES)('a %s that follows a group of a large server', (role) => {
  let stage: ManyAuthors
  const cafeOf = (owner: RemoteActorFixture, words: Record<string, unknown> = {}) =>
    anEvent(owner, { ...CAFE_IA, ...words })
  const had: Record<string, unknown>[] = []
  beforeAll(async () => {
    stage = await openManyAuthors(role, ({ group, troll }) => {
      had.push(
        cafeOf(group, { '@context': CONTEXT, name: 'Dans la liste' }),
        cafeOf(troll, { '@context': CONTEXT, name: 'D’un autre, dans la liste' }),
        { id: newId(troll, 'cafes'), type: 'Tombstone' },
      )
      return had
    })
  })
  afterEach(() => stage.checkHealth())
  afterAll(() => stage?.close())

  /** Publishes a café of the group, and expects it in the database here. */
  async function publish(name: string) {
    const object = cafeOf(stage.group, { name })
    expect(await stage.say(stage.group, activity(stage.group, 'Create', { object }))).toBe(202)
    expect(stage.find(object.id)?.title).toBe(name)
    return object
  }

  test('a café of another actor of that server is not heard, whatever it calls itself', async () => {
    const { troll, group, say } = stage
    for (const object of [
      cafeOf(troll, { name: 'Troll' }),
      cafeOf(group, { name: 'Troll' }),
      cafeOf(troll, { name: 'Troll', attributedTo: [group.uri, troll.uri] }),
      cafeOf(troll, { name: 'Troll', attributedTo: undefined, actor: group.uri }),
    ])
      for (const type of ['Create', 'Update']) {
        expect(await say(troll, activity(troll, type, { object }))).toBe(202)
        expect(stage.find(object.id)).toBeUndefined()
      }
    expect(stage.titles()).not.toContain('Troll')
  })

  test('another actor neither rewrites the group’s café, nor takes its authorship, nor deletes it', async () => {
    const { troll, say, settle } = stage
    const object = await publish('À nous')
    const before = stage.find(object.id)
    for (const said of [
      activity(troll, 'Update', { object: { ...object, name: 'Pirate', updated: later(5) } }),
      activity(troll, 'Update', {
        object: { ...object, name: 'Pirate', attributedTo: troll.uri, updated: later(6) },
      }),
      activity(troll, 'Create', {
        object: { ...object, attributedTo: [troll.uri, stage.group.uri], updated: later(7) },
      }),
      activity(troll, 'Update', { object: object.id }),
      activity(troll, 'Announce', { object: object.id }),
      activity(troll, 'Delete', { object: object.id }),
      activity(troll, 'Delete', { object: { id: object.id, type: 'Tombstone' } }),
    ])
      expect(await say(troll, said)).toBe(202)
    await settle()
    expect(stage.find(object.id)).toEqual(before)
    expect(stage.server.query('select key from deletion where key = ?', object.id)).toEqual([])
  })

  test('what another actor announces is not fetched', async () => {
    const { troll, say, settle, serve, m } = stage
    const object = cafeOf(troll, { name: 'Annoncé par le troll' })
    serve(object)
    await say(troll, activity(troll, 'Announce', { object: object.id }))
    await settle()
    expect(m.hits(new URL(object.id).pathname)).toBe(0)
    expect(stage.find(object.id)).toBeUndefined()
  })

  test('a café that the group announces but that is another’s of its server stays out', async () => {
    const { group, troll, say, settle, serve } = stage
    const own = cafeOf(group, { name: 'Annoncé, à nous' })
    const foreign = cafeOf(troll, { name: 'Annoncé, au troll' })
    for (const object of [own, foreign]) {
      serve(object)
      await say(group, activity(group, 'Announce', { object: object.id }))
    }
    await settle()
    expect(stage.find(own.id)?.title).toBe('Annoncé, à nous')
    expect(stage.find(foreign.id)).toBeUndefined()
  })

  test('a deletion that another actor sends ahead does not keep the group’s café out', async () => {
    const { troll, group, say } = stage
    const object = cafeOf(group, { name: 'Supprimé d’avance' })
    await say(troll, activity(troll, 'Delete', { object: object.id }))
    await say(group, activity(group, 'Create', { object }))
    expect(stage.find(object.id)?.title).toBe('Supprimé d’avance')
  })

  test('the group’s own deletion wins, also when it comes first, and by its owner only', async () => {
    const { group, say } = stage
    const object = cafeOf(group, { name: 'Supprimé par le groupe' })
    await say(group, activity(group, 'Delete', { object: object.id }))
    await say(group, activity(group, 'Create', { object }))
    expect(stage.find(object.id)).toBeUndefined()
  })

  test('the group lists its moderators: they speak of its cafés, not of others', async () => {
    const { moderator, group, troll, say } = stage
    const object = await publish('Modéré')
    await say(
      moderator,
      activity(moderator, 'Update', { object: { ...object, name: 'Corrigé', updated: later(5) } }),
    )
    expect(stage.find(object.id)?.title).toBe('Corrigé')
    // The moderator names itself as the author in place of the group; only the owner may change that.
    await say(
      moderator,
      activity(moderator, 'Update', {
        object: { ...object, name: 'Pris', attributedTo: moderator.uri, updated: later(6) },
      }),
    )
    expect(stage.find(object.id)).toMatchObject({ title: 'Corrigé', organizer_uri: group.uri })
    const own = cafeOf(moderator, { name: 'À part' })
    await say(moderator, activity(moderator, 'Create', { object: own }))
    expect(stage.find(own.id)).toBeUndefined()
    const theirs = cafeOf(troll, { name: 'D’un tiers' })
    await say(moderator, activity(moderator, 'Create', { object: theirs }))
    expect(stage.find(theirs.id)).toBeUndefined()
    await say(moderator, activity(moderator, 'Delete', { object: object.id }))
    expect(stage.find(object.id)).toBeUndefined()
  })

  test('the group’s list speaks of its own cafés only', async () => {
    const { group, troll, say } = stage
    const [own, foreign, ahead] = had.map(({ id }) => String(id))
    expect(stage.find(own ?? '')?.title).toBe('Dans la liste')
    expect(stage.find(foreign ?? '')).toBeUndefined()
    const object = cafeOf(group, { id: ahead, name: 'Enterré d’avance', attributedTo: troll.uri })
    await say(troll, activity(troll, 'Create', { object }))
    expect(stage.find(object.id)).toBeUndefined()
  })

  test('a café that is read at its own address does not change its owner', async () => {
    const { group, troll, say, serve, settle } = stage
    const object = await publish('Gardé')
    serve({ ...object, name: 'Repris', attributedTo: troll.uri, updated: later(9) })
    await say(group, activity(group, 'Announce', { object: object.id }))
    await settle()
    expect(stage.find(object.id)).toMatchObject({ title: 'Gardé', organizer_uri: group.uri })
    serve({ ...object, name: 'Relu', updated: later(10) })
    await say(group, activity(group, 'Announce', { object: object.id }))
    await settle()
    expect(stage.find(object.id)).toMatchObject({ title: 'Relu', organizer_uri: group.uri })
  })

  test('a café whose address is like that of a profile is deleted as a café', async () => {
    const { group, say, m } = stage
    const object = cafeOf(group, { id: `${m.origin}/animation/7`, name: 'Animation musicale' })
    await say(group, activity(group, 'Create', { object }))
    expect(stage.find(object.id)?.title).toBe('Animation musicale')
    await say(group, activity(group, 'Delete', { object: object.id }))
    expect(stage.find(object.id)).toBeUndefined()
  })

  test('the owner itself may give a café away', async () => {
    const { group, troll, say } = stage
    const object = await publish('Donné')
    const given = { ...object, attributedTo: troll.uri, updated: later(5) }
    await say(group, activity(group, 'Update', { object: given }))
    expect(stage.find(object.id)?.organizer_uri).toBe(troll.uri)
  })

  test('an Update or a Delete of another actor changes nothing of the group', async () => {
    const { troll, say, server } = stage
    const before = server.query('select name, membership, following from peer')
    await say(troll, activity(troll, 'Update', { object: { id: troll.uri, name: 'Le groupe' } }))
    await say(troll, activity(troll, 'Delete', { object: troll.uri }))
    expect(server.query('select name, membership, following from peer')).toEqual(before)
  })
})
