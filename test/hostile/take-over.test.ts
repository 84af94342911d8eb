import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { OPERATOR } from '../../node/domain/cafes/edit.ts'
import { applyBlocks, endBlocks } from '../../node/store/blocking.ts'
import { saveCafe } from '../../node/store/cafes/cafes.ts'
import type { OpenDatabase } from '../../node/store/database/database.ts'
import { findPeerByActor } from '../../node/store/directory/peers.ts'
import { markAllAnnounced } from '../../node/store/feeds/announced.ts'
import { decideMembership, removePeer, setFollowing } from '../../node/store/memberships.ts'
import { isOnPostgres } from '../support/database.ts'
import {
  activity,
  anEvent,
  CONTEXT,
  create,
  follow,
  openStage,
  type Stage,
} from '../support/hostile-stage.ts'
import type { RemoteActorFixture } from '../support/remote-peer.ts'
import { someCafes } from '../support/some-cafes.ts'

/** A café belongs to the origin of its id: an actor that announces it first, or leaves, does not take it over. */

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterEach(() => stage.checkHealth())
afterAll(() => stage?.close())

type Correspondent = ReturnType<Stage['nextAttacker']>

const HASHTAG = [{ type: 'Hashtag', name: '#CafeIA' }]

let held = 0

/** Serves a café at its own server, which announces it to nobody. */
function hold({ cafes, pages }: Correspondent, change: Record<string, unknown> = {}) {
  const event = anEvent(cafes, { name: `Parler autrement, ${++held}`, ...change })
  pages.set(new URL(event.id).pathname, { '@context': CONTEXT, ...event })
  return event
}

async function announce(by: RemoteActorFixture, object: unknown) {
  expect((await stage.post(activity(by, 'Announce', { object }), { by })).status).toBe(202)
  await stage.settle()
}

async function leave(liar: Correspondent) {
  await sayGoodbye(liar)
  await stage.settle()
}

async function sayGoodbye({ instance, origin }: Correspondent) {
  const object = {
    id: `${origin}/activities/join`,
    type: 'Follow',
    actor: instance.uri,
    object: `${stage.server.origin}/actors/instance`,
  }
  const undo = activity(instance, 'Undo', { object })
  expect((await stage.post(undo, { by: instance })).status).toBe(202)
}

const ownerOf = (uri: string) =>
  stage.server.query<{ origin: string; organizer_name: string; hidden_reason: string | null }>(
    `select peer.origin, cafe.organizer_name, cafe.hidden_reason
       from cafe join peer on peer.id = cafe.peer_id where cafe.uri = ?`,
    uri,
  )[0]

/** Returns whether the directory serves the café, at any place of its list. */
const isFound = async (uri: string | undefined): Promise<boolean> => {
  const address = `${stage.server.origin}/api/v1/cafes?id=${encodeURIComponent(uri ?? '')}`
  const answer = await fetch(address)
  await answer.arrayBuffer()
  return answer.ok
}

const isListed = async (uri: string): Promise<boolean> => {
  const answer = await fetch(`${stage.server.origin}/api/v1/cafes?limit=100`)
  const { items } = (await answer.json()) as { items: { id: string }[] }
  return items.some(({ id }) => id === uri)
}

it('a café that a liar announced is its own server’s once that joins, and stays when the liar goes', async () => {
  const liar = await stage.admitLiar()
  const rightful = stage.nextAttacker()
  const shown = hold(rightful, { tag: HASHTAG })
  const held = hold(rightful)
  await announce(liar.cafes, shown.id)
  await announce(liar.cafes, held.id)
  expect(ownerOf(shown.id)?.origin).toBe(liar.origin)
  expect(ownerOf(held.id)?.hidden_reason).toBe('foreign')
  await stage.admit(rightful)
  for (const { id } of [shown, held]) {
    const owner = ownerOf(id)
    expect([owner?.origin, owner?.hidden_reason]).toEqual([rightful.origin, null])
  }
  await leave(liar)
  expect(await Promise.all([shown.id, held.id].map(isListed))).toEqual([true, true])
})

it('a member’s café that a liar announces before the member does is the member’s from the start', async () => {
  const liar = await stage.admitLiar()
  const event = hold(stage.v)
  await announce(liar.cafes, event.id)
  expect(ownerOf(event.id)).toMatchObject({ origin: stage.v.origin, hidden_reason: null })
  await leave(liar)
  expect(await isListed(event.id)).toBe(true)
})

it('a café of a stranger that two members announced stays while one of them does, and goes with the last', async () => {
  const [liar, honest] = [await stage.admitLiar(), await stage.admitLiar()]
  const event = hold(stage.nextAttacker(), { tag: HASHTAG })
  await announce(liar.cafes, event.id)
  await announce(honest.cafes, event.id)
  await leave(liar)
  expect(ownerOf(event.id)?.origin).toBe(honest.origin)
  expect(await isListed(event.id)).toBe(true)
  const page = `${stage.server.origin}/cafes/${stage.findCafe(event.id)?.id}`
  expect((await fetch(page)).status).toBe(200)
  await leave(honest)
  expect(await isListed(event.id)).toBe(false)
  expect((await fetch(page)).status).toBe(404)
})

const peerOf = async (db: OpenDatabase, { instance }: Correspondent) => {
  const peer = await findPeerByActor(db, instance.uri)
  if (!peer) throw new Error('no peer')
  return peer.id
}

/** Lists what the directory's own list of upcoming cafés has for its followers. */
const listUpcoming = async (): Promise<string> =>
  (
    await fetch(`${stage.server.origin}/actors/cafe-ia/upcoming?page=true`, {
      headers: { accept: 'application/activity+json' },
    })
  ).text()

it.each(['shown out', 'blocked'])(
  'the Announces of a liar that is %s are undone, except of what a member announced too, and listed again later',
  async (how) => {
    const [liar, honest] = [await stage.admitLiar(), await stage.admitLiar()]
    const [reader, stranger] = [stage.nextAttacker(), stage.nextAttacker()]
    await stage.post(follow(stage, reader.cafes), { by: reader.cafes })
    const own = create(liar.cafes)
    await stage.post(own, { by: liar.cafes })
    // What was published before its server was admitted is no news; both are told by the second.
    const published = Temporal.Now.instant().add({ seconds: 5 }).toString()
    const words = { tag: HASHTAG, published, updated: published }
    const [passedOn, shared] = [hold(stranger, words), hold(stranger, words)]
    for (const { id } of [passedOn, shared]) await announce(liar.cafes, id)
    await announce(honest.cafes, shared.id)
    await stage.settle()
    const objectsOf = (type: string) => reader.activitiesOf(type).map(({ json }) => json.object)
    const all = [own.object.id, passedOn.id, shared.id]
    await expect
      .poll(() => objectsOf('Announce'), { timeout: 10_000 })
      .toEqual(expect.arrayContaining(all))

    const { host } = new URL(liar.origin)
    await stage.server.restart(async (db) => {
      const now = Temporal.Now.instant()
      if (how === 'shown out') await removePeer(db, { peerId: await peerOf(db, liar) }, now)
      else
        await applyBlocks(
          db,
          { blocks: [{ target: host, reason: '' }], by: OPERATOR, isDirectory: true },
          now,
        )
    })
    const undone = () =>
      objectsOf('Undo').map((announce) => (announce as { object?: string }).object)
    await stage.settle()
    await expect
      .poll(() => undone().sort(), { timeout: 10_000 })
      .toEqual([own.object.id, passedOn.id].sort())
    const left = await listUpcoming()
    expect(all.map((id) => left.includes(id))).toEqual([false, false, true])
    expect(await isListed(shared.id)).toBe(true)

    await stage.server.restart(async (db) => {
      const now = Temporal.Now.instant()
      if (how === 'shown out') {
        await decideMembership(db, { peerId: await peerOf(db, liar), admitted: true }, now)
        await setFollowing(db, await peerOf(db, liar), 'accepted', now)
      } else await endBlocks(db, { targets: [host], by: OPERATOR, isDirectory: true }, now)
    })
    await stage.settle()
    const again = await listUpcoming()
    expect(all.map((id) => again.includes(id))).toEqual([true, true, true])
    expect(objectsOf('Announce').filter((id) => id === own.object.id)).toHaveLength(1)
  },
  60_000,
)

it('what a server announced is not read once that server has left', async () => {
  const liar = await stage.admitLiar()
  const stranger = stage.nextAttacker()
  const event = anEvent(stranger.cafes, { tag: HASHTAG })
  const path = new URL(event.id).pathname
  let asked = false
  stranger.pages.set(path, (response) => {
    asked = true
    void sayGoodbye(liar).then(() => {
      response.writeHead(200, { 'content-type': 'application/activity+json' })
      response.end(JSON.stringify({ '@context': CONTEXT, ...event }))
    })
  })
  const said = activity(liar.cafes, 'Announce', { object: event.id })
  expect((await stage.post(said, { by: liar.cafes })).status).toBe(202)
  await expect.poll(() => asked).toBe(true)
  await expect
    .poll(() => stage.server.query('select 1 from task where subject = ?', event.id).length)
    .toBe(0)
  expect(stage.findCafe(event.id)).toBeUndefined()
})

it('an address of the liar’s that answers with a Delete deletes nothing of V’s', async () => {
  const liar = await stage.admitLiar()
  const event = await stage.publish()
  for (const type of ['Delete', 'Create', 'Update']) {
    const uri = `${liar.origin}/${type}`
    const object = type === 'Delete' ? event.id : { ...event, name: 'Pirate' }
    const said = { '@context': CONTEXT, id: uri, type, actor: liar.cafes.uri, object }
    liar.pages.set(`/${type}`, said)
    await announce(liar.cafes, uri)
  }
  expect(stage.findCafe(event.id)?.title).toBe(event.name)
  expect(stage.server.query('select 1 from deletion where key = ?', event.id)).toEqual([])
})

it('of a stranger’s café that is here, its own server’s changes and its deletion are heard', async () => {
  const liar = await stage.admitLiar()
  const stranger = stage.nextAttacker()
  const event = hold(stranger, { tag: HASHTAG })
  await announce(liar.cafes, event.id)
  const updated = Temporal.Now.instant().add({ minutes: 5 }).toString()
  const changed = { ...event, name: 'Café IA déplacé', updated }
  stranger.pages.set(new URL(event.id).pathname, { '@context': CONTEXT, ...changed })
  const update = activity(stranger.cafes, 'Update', { object: changed })
  await stage.post(update, { by: stranger.cafes })
  await stage.settle()
  expect(stage.findCafe(event.id)?.title).toBe('Café IA déplacé')
  await stage.post(activity(stranger.cafes, 'Delete', { object: event.id }), { by: stranger.cafes })
  await stage.settle()
  expect(stage.findCafe(event.id)).toBeUndefined()
})

const find = (uri: string) => {
  const { id, hidden_reason } = stage.findCafe(uri) ?? {}
  return { id: String(id), hidden_reason }
}

it('a copy of V’s café with its UID, venue and name and an older date takes over neither page nor calendar entry', async () => {
  const liar = await stage.admitLiar()
  const words = { name: 'Café IA : nos données', uid: 'evening@agenda.example' }
  const rightful = await stage.publish(words)
  const published = Temporal.Now.instant().subtract({ hours: 2400 }).toString()
  const twins = [
    anEvent(liar.cafes, { ...words, published }),
    anEvent(liar.cafes, { ...words, published, uid: rightful.id }),
    anEvent(liar.cafes, { ...words, published, url: rightful.id }),
  ]
  for (const object of twins)
    await stage.post(activity(liar.cafes, 'Create', { object }), { by: liar.cafes })
  await stage.settle()
  const { id, hidden_reason } = find(rightful.id)
  expect(hidden_reason).toBeNull()
  expect(await isListed(rightful.id)).toBe(true)
  const page = await fetch(`${stage.server.origin}/cafes/${id}`, { redirect: 'manual' })
  expect(page.status).toBe(200)
  for (const twin of twins) {
    const its = await fetch(`${stage.server.origin}/cafes/${find(twin.id).id}`, {
      redirect: 'manual',
    })
    expect(its.headers.get('location')).toBeNull()
  }
  const calendar = await (await fetch(`${stage.server.origin}/export/cafes.ics`)).text()
  const uids = calendar.replaceAll('\r\n ', '').match(/^UID:.*$/gm) ?? []
  expect(new Set(uids).size).toBe(uids.length)
  expect(uids).toContain(`UID:${rightful.id}`)
})

it('the page of a café that the directory does not show leads nobody to its server, whatever it is asked for', async () => {
  const liar = await stage.admitLiar()
  const stranger = stage.nextAttacker()
  const own = create(liar.cafes)
  await stage.post(own, { by: liar.cafes })
  const held = hold(stranger)
  await announce(liar.cafes, held.id)
  const types = ['text/html', 'application/activity+json', 'application/ld+json', '*/*']
  const answersOf = async (uri: string) => {
    const page = `${stage.server.origin}/cafes/${find(uri).id}`
    const answers = await Promise.all(
      types.map((accept) => fetch(page, { headers: { accept }, redirect: 'manual' })),
    )
    return answers.map(({ status, headers }) => headers.get('location') ?? status)
  }
  expect(await answersOf(own.object.id)).toContain(own.object.id)
  await leave(liar)
  for (const uri of [own.object.id, held.id])
    expect(await answersOf(uri)).toEqual(types.map(() => 404))
})

it('a liar’s copy that came first, or is changed later, hides nothing of V', async () => {
  const liar = await stage.admitLiar()
  const words = { name: 'Café IA : écrire un courrier', uid: 'letter@agenda.example' }
  const twin = anEvent(liar.cafes, words)
  await stage.post(activity(liar.cafes, 'Create', { object: twin }), { by: liar.cafes })
  const rightful = await stage.publish(words)
  const updated = Temporal.Now.instant().add({ minutes: 30 }).toString()
  const object = { ...twin, updated, published: '2020-01-01T00:00:00Z' }
  await stage.post(activity(liar.cafes, 'Update', { object }), { by: liar.cafes })
  await stage.settle()
  expect(find(rightful.id).hidden_reason).toBeNull()
  expect(await isListed(rightful.id)).toBe(true)
})

/** Saving takes longest; on PostgreSQL fewer cafés are enough to check that the SQL does the same. */
const MANY = isOnPostgres ? 200 : 2000

it(`a member of ${MANY} cafés leaves, and nobody waits for it`, async () => {
  const [liar, honest] = [await stage.admitLiar(), await stage.admitLiar()]
  const stranger = stage.nextAttacker()
  const shared = hold(stranger, { tag: HASHTAG })
  await announce(liar.cafes, shared.id)
  await announce(honest.cafes, shared.id)
  await stage.server.restart(async (db) => {
    const peer = await findPeerByActor(db, liar.instance.uri)
    const organizer = { uri: liar.cafes.uri, name: 'Menteur', url: `${liar.origin}/` }
    const cafes = someCafes(MANY, Temporal.Now.instant()).map((cafe, index) => {
      const uri = `${liar.origin}/cafes/of-many-${index}`
      const from = { uri, url: uri, uid: uri, organizer, peerId: peer?.id }
      return { ...cafe, ...from, organizationId: undefined, publication: 'published' as const }
    })
    for (let start = 0; start < MANY; start += 100)
      await db.transaction().execute(async (trx) => {
        for (const cafe of cafes.slice(start, start + 100)) {
          await saveCafe(trx, cafe)
          const activityId = `${stage.server.origin}/actors/cafe-ia/announces/${cafe.id}`
          const marks = [{ actor: 'cafe-ia', activityId, state: 'posted' as const }]
          const at = Temporal.Now.instant()
          await markAllAnnounced(trx, { objectUri: cafe.uri, at, marks })
        }
      })
  })
  const [first, last] = [0, MANY - 1].map((index) => `${liar.origin}/cafes/of-many-${index}`)
  for (const uri of [first, last]) expect(await isFound(uri)).toBe(true)
  await stage.settle()
  await stage.server.takeLoopDelay()
  await sayGoodbye(liar)
  for (const uri of [first, last]) expect(await isFound(uri)).toBe(false)
  // Their Announces are undone some at a time; what is over stays as it was told.
  const countAnnounced = () =>
    stage.server.query<{ total: number | string }>(
      `select count(*) as total from announced join cafe on cafe.uri = announced.object_uri
         where object_uri like ? and cafe.ends_at > ?`,
      `${liar.origin}/%`,
      Temporal.Now.instant().toString(),
    )[0]?.total
  await expect.poll(() => Number(countAnnounced()), { timeout: 80_000 }).toBe(0)
  expect(await stage.server.takeLoopDelay()).toBeLessThan(200)
  expect(await isFound(shared.id)).toBe(true)
}, 120_000)
