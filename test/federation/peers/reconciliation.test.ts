import type { ServerResponse } from 'node:http'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Json } from '../../../federation/wire/json.ts'
import type { Cafe } from '../../../node/domain/cafes/cafe.ts'
import { askForMissingCafes } from '../../../node/jobs/ask-for-missing-cafes.ts'
import { findCafeDocument } from '../../../node/store/cafes/cafe-documents.ts'
import { findTombstone } from '../../../node/store/directory/deletions.ts'
import { enqueueTask } from '../../../node/store/queues/tasks.ts'
import { decideHeldCafe } from '../../../node/store/referents/decide-shown.ts'
import { type Member, setUpcoming, startMember, startSpeaker } from '../../support/member.ts'
import { peerOf, type Site, startSite, until } from '../../support/network.ts'
import { BY_SOMEBODY } from '../../support/own-cafes.ts'

let hub: Site
let member: Member

beforeEach(async () => {
  hub = await startSite({ role: 'hub' })
  member = await startMember(hub)
})
afterEach(async () => {
  await Promise.all([hub.close(), member.close()])
})

/** Runs the hub's nightly reconciliation now; resolves when all lists are read to the end. */
async function reconcile(): Promise<void> {
  const { db, now, wake } = hub.context
  const peer = await peerOf(hub, member)
  await enqueueTask(db, { kind: 'reconcile', subject: peer?.id ?? '' }, now())
  wake()
  await until(async () => (await tasks()).length === 0, { what: 'the end of the reading' })
}

const tasks = () =>
  hub.context.db.selectFrom('task').selectAll().where('kind', '<>', 'visit').execute()

const answerAt = (uri: string, status: number) =>
  member.pages.set(new URL(uri).pathname, (response) => response.writeHead(status).end())

const publishAt = (uri: string, page: object) => member.pages.set(new URL(uri).pathname, page)

describe('once a day the two are made to agree', () => {
  test('a café whose Create was lost appears, and one whose Update was lost changes', async () => {
    const lost = member.cafe({ title: 'Création perdue' })
    const known = member.cafe({ title: 'Avant' })
    await member.say(member.activity('Create', known))
    const after = { ...known, title: 'Après', updatedAt: known.updatedAt.add({ minutes: 5 }) }
    setUpcoming(member, [member.event(lost), member.event(after)])
    await reconcile()
    expect((await hub.titles()).sort()).toEqual(['Après', 'Création perdue'])
  })

  test('a café that was deleted at its origin and whose Delete was lost is deleted', async () => {
    const ghost = member.cafe({ title: 'Fantôme' })
    await member.say(member.activity('Create', ghost))
    expect(await hub.titles()).toEqual(['Fantôme'])
    answerAt(ghost.uri, 410)
    await reconcile()
    expect(await hub.titles()).toEqual([])
    expect(await member.say(member.activity('Update', ghost))).toBe(202)
    expect(await hub.find(ghost.uri)).toBeUndefined()
  })

  test('a list counts in its order: a later revision of a new café, and a deletion before the café', async () => {
    const [first, second, deleted] = ['Avant', 'Deux', 'Supprimé'].map((title) =>
      member.cafe({ title }),
    )
    if (!first || !second || !deleted) throw new Error('no cafés')
    const after = { ...first, title: 'Après', updatedAt: first.updatedAt.add({ minutes: 5 }) }
    setUpcoming(member, [
      member.event(first),
      member.event(second),
      member.event(after),
      { type: 'Delete', object: deleted.uri },
      member.event(deleted),
    ])
    await reconcile()
    expect((await hub.titles()).sort()).toEqual(['Après', 'Deux'])
  })

  test('a café that its origin still serves stays, although its list lacks it', async () => {
    const cafe = member.cafe({ title: 'Toujours là' })
    await member.say(member.activity('Create', cafe))
    publishAt(cafe.uri, member.event(cafe))
    await reconcile()
    expect(await hub.titles()).toEqual(['Toujours là'])
  })

  test('an origin that does not answer removes nothing', async () => {
    const cafe = member.cafe({ title: 'Injoignable' })
    await member.say(member.activity('Create', cafe))
    member.pages.set('/actors/instance/upcoming', (response) => response.writeHead(503).end())
    const { db, now, wake } = hub.context
    await enqueueTask(
      db,
      { kind: 'reconcile', subject: (await peerOf(hub, member))?.id ?? '' },
      now(),
    )
    wake()
    await until(async () => (await tasks())[0]?.last_error)
    expect(await hub.titles()).toEqual(['Injoignable'])
  })

  test('a list that leads in circles ends', async () => {
    const first = `${member.origin}/actors/instance/upcoming`
    const cafe = member.cafe({ title: 'En rond' })
    member.pages.set('/actors/instance/upcoming', {
      id: first,
      type: 'OrderedCollection',
      first: `${member.origin}/p1`,
    })
    publishAt(`${member.origin}/p1`, {
      type: 'OrderedCollectionPage',
      next: `${member.origin}/p2`,
      orderedItems: [member.event(cafe)],
    })
    publishAt(`${member.origin}/p2`, {
      type: 'OrderedCollectionPage',
      next: `${member.origin}/p1`,
      orderedItems: [],
    })
    await reconcile()
    expect(await hub.titles()).toEqual(['En rond'])
    expect(member.hits('/p1')).toBeLessThan(10)
  })
})

test('a café stays in sight when another member announces it while its server answers 404', async () => {
  const cafe = member.cafe({ title: 'En maintenance' })
  await member.say(member.activity('Create', cafe))
  answerAt(cafe.uri, 404)
  const other = await startMember(hub)
  const announce = {
    '@context': 'https://www.w3.org/ns/activitystreams',
    id: `${other.origin}/activities/${crypto.randomUUID()}`,
    type: 'Announce',
    actor: other.feed.uri,
    object: cafe.uri,
  }
  expect(await other.say(announce)).toBe(202)
  const path = new URL(cafe.uri).pathname
  await until(async () => member.hits(path) > 0 && (await tasks()).length === 0)
  expect(await hub.titles()).toEqual(['En maintenance'])
  // At a reconciliation, which our own clock starts, the answer of the café's own server is accepted.
  await reconcile()
  expect(await hub.titles()).toEqual([])
  await other.close()
})

describe('a café that its server does not find', () => {
  let cafe: Cafe
  beforeEach(async () => {
    cafe = member.cafe({ title: 'Introuvable' })
    await member.say(member.activity('Create', cafe))
    await reconcile()
  })

  const hiddenReason = async () => (await hub.find(cafe.uri))?.hiddenReason
  const asks = () => member.hits(new URL(cafe.uri).pathname)

  /** Lets a day go by, after which the café is requested if that is due. */
  async function beginDay(): Promise<void> {
    const { db, now } = hub.context
    const yesterday = now().subtract({ hours: 25 }).round('second').toString()
    await db
      .updateTable('missing_cafe')
      .set({ asked_at: yesterday, not_found_at: yesterday })
      .execute()
    await askForMissingCafes(hub.context)
  }

  async function passDay(): Promise<void> {
    await beginDay()
    await until(async () => (await tasks()).length === 0, { what: 'the end of the reading' })
  }

  test('is out of sight, asked for each day, and shown again once it answers', async () => {
    expect([await hub.titles(), await hiddenReason()]).toEqual([[], 'missing'])
    const { id } = (await hub.find(cafe.uri)) ?? {}
    expect((await fetch(`${hub.origin}/cafes/${id}`)).status).toBe(404)
    const before = asks()
    await askForMissingCafes(hub.context)
    await reconcile()
    expect(asks()).toBe(before)
    publishAt(cafe.uri, member.event(cafe))
    await passDay()
    expect([await hub.titles(), await hiddenReason()]).toEqual([['Introuvable'], undefined])
    expect(await hub.context.db.selectFrom('missing_cafe').selectAll().execute()).toEqual([])
  })

  test('is gone for ever when it is not found for two weeks', async () => {
    for (let day = 0; day < 14; day++) await passDay()
    expect(await hiddenReason()).toBe('missing')
    await passDay()
    expect(await hub.find(cafe.uri)).toBeUndefined()
    expect(await findTombstone(hub.context.db, cafe.uri)).toBeDefined()
  })

  test('stays as long as its server does not answer at all, and no day counts twice', async () => {
    const { db, now, wake } = hub.context
    for (let time = 0; time < 20; time++) {
      await enqueueTask(db, { kind: 'fetch', subject: cafe.uri }, now())
      wake()
      await until(async () => (await tasks()).length === 0, { what: 'the end of the reading' })
    }
    expect(asks()).toBeGreaterThan(20)
    answerAt(cafe.uri, 503)
    for (let day = 0; day < 20; day++) await beginDay()
    expect(await hiddenReason()).toBe('missing')
  })

  test.each([
    ['410', (response: ServerResponse) => response.writeHead(410).end()],
    ['a Tombstone', { type: 'Tombstone' }],
  ])('is gone at once when it answers %s', async (_, page) => {
    publishAt(cafe.uri, typeof page === 'function' ? page : { ...page, id: cafe.uri })
    await passDay()
    expect(await hub.find(cafe.uri)).toBeUndefined()
  })

  test('a newer revision shows it again, an older one or the same does not', async () => {
    const since = (minutes: number) => ({ updatedAt: cafe.updatedAt.add({ minutes }) })
    for (const minutes of [-5, 0])
      await member.say(member.activity('Update', { ...cafe, ...since(minutes) }))
    expect(await hub.titles()).toEqual([])
    await member.say(member.activity('Update', { ...cafe, ...since(5), title: 'Retrouvé' }))
    expect(await hub.titles()).toEqual(['Retrouvé'])
  })

  test('what the team decided stands beside it', async () => {
    const { db, now } = hub.context
    const { id = '' } = (await hub.find(cafe.uri)) ?? {}
    await decideHeldCafe(db, { id, shown: true, ...BY_SOMEBODY }, now())
    expect(await hiddenReason()).toBe('missing')
    publishAt(cafe.uri, member.event(cafe))
    await passDay()
    await decideHeldCafe(db, { id, shown: false, ...BY_SOMEBODY }, now())
    member.pages.delete(new URL(cafe.uri).pathname)
    await reconcile()
    expect(await hiddenReason()).toBe('team')
    publishAt(cafe.uri, member.event(cafe))
    await passDay()
    expect(await hiddenReason()).toBe('team')
  })
})

test('a server whose actor is not found for a moment is read once it is', async () => {
  const { db, now, wake } = hub.context
  const actor = member.pages.get('/actors/instance') as object
  const lost = member.cafe({ title: 'Avant nous' })
  setUpcoming(member, [member.event(lost)])
  member.pages.delete('/actors/instance')
  const peer = await peerOf(hub, member)
  await enqueueTask(db, { kind: 'backfill', subject: peer?.id ?? '' }, now())
  wake()
  await until(async () => (await tasks())[0]?.last_error)
  member.pages.set('/actors/instance', actor)
  await db
    .updateTable('task')
    .set({ due_at: now().round('second').toString() })
    .execute()
  wake()
  await until(() => hub.find(lost.uri))
})

describe('a member’s list speaks of its own cafés only', () => {
  test('an Event of another server in it is not believed, nor is its deletion', async () => {
    const other = await startSpeaker(hub)
    const theirs = other.cafe({ title: 'Faux' })
    const known = member.cafe({ title: 'Vrai' })
    await member.say(member.activity('Create', known))
    setUpcoming(member, [member.event(known), other.event(theirs)])
    await reconcile()
    expect(await hub.find(theirs.uri)).toBeUndefined()
    expect(await findCafeDocument(hub.context.db, theirs.uri)).toBeUndefined()
    expect(await hub.titles()).toEqual(['Vrai'])
    await other.close()
  })

  test('nor one at its own address that another server is said to organise', async () => {
    const other = await startSpeaker(hub)
    const cafe = member.cafe({ title: 'Prête-nom' })
    const forged: Json = { ...member.event(cafe), attributedTo: other.feed.uri }
    setUpcoming(member, [forged])
    await reconcile()
    expect(await hub.find(cafe.uri)).toBeUndefined()
    await other.close()
  })

  test('an Event announced is fetched at its own address, whatever the announcer says of it', async () => {
    const other = await startSpeaker(hub)
    const theirs = other.cafe({ title: 'D’un tiers', themes: ['CafeIA'] })
    other.pages.set(new URL(theirs.uri).pathname, other.event(theirs))
    expect(
      await member.say({
        '@context': 'https://www.w3.org/ns/activitystreams',
        id: `${member.origin}/announces/1`,
        type: 'Announce',
        actor: member.feed.uri,
        object: { ...other.event(theirs), name: 'Détourné' },
      }),
    ).toBe(202)
    await until(() => hub.find(theirs.uri))
    expect((await hub.find(theirs.uri))?.title).toBe('D’un tiers')
    await other.close()
  })
})
