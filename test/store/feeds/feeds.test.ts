import { afterEach, beforeEach, expect, test } from 'vitest'
import { knownStateOf } from '../../../node/domain/cafes/change-message.ts'
import type { Feed } from '../../../node/domain/territories/feed.ts'
import type { OpenDatabase } from '../../../node/store/database/database.ts'
import { deleteAccount, listAnnouncedBy } from '../../../node/store/facilitators/recipients.ts'
import {
  type Announced,
  deleteAnnounced,
  deleteAnnouncedBefore,
  endUnsent,
  endWaiting,
  findUnsent,
  listAnnounced,
  listFeedsInWait,
  listWaiting,
  markAnnounced,
  markDelivered,
  setBelieved,
} from '../../../node/store/feeds/announced.ts'
import { claimDigest, claimPost, ensureFeed, findFeed } from '../../../node/store/feeds/feeds.ts'
import {
  countFeedOutbox,
  listFeedOutbox,
  type OutboxCursor,
} from '../../../node/store/feeds/outbox.ts'
import { openTestDatabase } from '../../support/database.ts'
import { aCafe } from '../../support/format-cafe.ts'

const NOON = Temporal.Instant.from('2026-11-25T11:00:00Z')

let db: OpenDatabase
let close: () => Promise<void>
beforeEach(async () => {
  ;({ db, close } = await openTestDatabase())
})
afterEach(() => close())

async function feedOf(kind: Feed['kind'], code: string): Promise<Feed> {
  const feed = await ensureFeed(db, { kind, code }, NOON)
  if (!feed) throw new Error(`${kind} ${code} has no feed`)
  return feed
}

const announced = (number: number, state: 'posted' | 'waiting' | 'listed' = 'listed') => ({
  actor: 'cafes-bretagne',
  objectUri: `https://lieu.example/cafes/${number}`,
  activityId: `https://annuaire.example/actors/cafes-bretagne/announces/${number}`,
  at: NOON.add({ seconds: Math.floor(number / 3) }),
  state,
  believed: undefined,
})

test('a feed keeps the name of its first day, and is found by its code too', async () => {
  expect(await findFeed(db, 'cafes-35')).toMatchObject({ name: 'cafes-ille-et-vilaine' })
  const feed = await feedOf('departement', '22')
  expect(feed).toEqual({
    kind: 'departement',
    code: '22',
    name: 'cafes-cotes-d-armor',
    title: 'Côtes-d’Armor',
    timezone: 'Europe/Paris',
  })
  await db.updateTable('feed').set({ name: 'cafes-cotes-du-nord' }).execute()
  expect(await findFeed(db, 'cafes-cotes-du-nord')).toMatchObject({ code: '22' })
  expect(await findFeed(db, 'cafes-22')).toMatchObject({ name: 'cafes-cotes-du-nord' })
  expect(await feedOf('departement', '22')).toMatchObject({ name: 'cafes-cotes-du-nord' })
})

test('ten posts a day, of the day that it is there', async () => {
  const paris = await feedOf('departement', '35')
  const tahiti = await feedOf('departement', '987')
  const take = async (feed: Feed, at: Temporal.Instant, times: number) => {
    const taken = []
    for (let turn = 0; turn < times; turn++) taken.push(await claimPost(db, feed, at))
    return taken.filter(Boolean).length
  }
  expect(await take(paris, NOON, 12)).toBe(10)
  expect(await take(tahiti, NOON, 12)).toBe(10)
  // In Paris it is the next day; in Tahiti it is still the afternoon of the same day.
  const night = Temporal.Instant.from('2026-11-25T23:30:00Z')
  expect(await take(paris, night, 2)).toBe(2)
  expect(await take(tahiti, night, 2)).toBe(0)
  expect(await take(tahiti, NOON.add({ hours: 24 }), 12)).toBe(10)
})

test('a digest of one kind and day is taken once', async () => {
  await feedOf('region', '53')
  const digest = { kind: 'weekly', feed: 'cafes-bretagne', day: '2026-11-23' } as const
  expect(await claimDigest(db, digest)).toBe(true)
  expect(await claimDigest(db, digest)).toBe(false)
  expect(await claimDigest(db, { ...digest, kind: 'daily' })).toBe(true)
  expect(await claimDigest(db, { ...digest, day: '2026-11-30' })).toBe(true)
})

test('a café is taken up once, and again after it was taken back', async () => {
  expect(await markAnnounced(db, announced(1, 'posted'))).toBe(true)
  expect(await markAnnounced(db, { ...announced(1), activityId: 'other' })).toBe(false)
  expect(await listAnnounced(db, announced(1).objectUri)).toEqual([announced(1, 'posted')])
  await deleteAnnounced(db, announced(1))
  expect(await markAnnounced(db, announced(1))).toBe(true)
})

test('old announcements are deleted, with the address of the café and the name of its announcer', async () => {
  const kept = async () => {
    const rows = async (table: 'announced_row' | 'announced_cafe' | 'announcer') =>
      (await db.selectFrom(table).selectAll().execute()).length
    return [await rows('announced_row'), await rows('announced_cafe'), await rows('announcer')]
  }
  for (const number of [0, 3, 6]) await markAnnounced(db, announced(number))
  await markAnnounced(db, { ...announced(0), actor: 'camille' })
  expect(await kept()).toEqual([4, 3, 2])
  await deleteAnnouncedBefore(db, NOON.add({ seconds: 2 }))
  expect(await kept()).toEqual([1, 1, 1])
  expect(await listAnnounced(db, announced(6).objectUri)).toEqual([announced(6)])
  expect(await markAnnounced(db, announced(0))).toBe(true)
})

test('deleting an account deletes its announcements and no others', async () => {
  for (const number of [1, 2]) {
    await markAnnounced(db, announced(number))
    await markAnnounced(db, { ...announced(number), actor: 'camille' })
  }
  await deleteAccount(db, 'camille')
  expect(await listAnnounced(db, announced(1).objectUri)).toEqual([announced(1)])
  expect(await countFeedOutbox(db, 'camille')).toBe(0)
  const names = await db.selectFrom('announcer').select('actor').execute()
  expect(names).toEqual([{ actor: 'cafes-bretagne' }])
})

test('cafés that wait are sent together, and those that were posted stay posted', async () => {
  for (const each of [announced(1, 'posted'), announced(2, 'waiting'), announced(3, 'waiting')])
    await markAnnounced(db, each)
  expect(await listFeedsInWait(db, 'cafes')).toEqual(['cafes-bretagne'])
  const uris = await listWaiting(db, 'cafes-bretagne')
  expect(uris).toEqual([announced(2).objectUri, announced(3).objectUri])
  await markDelivered(db, {
    actor: 'cafes-bretagne',
    objectUris: [...uris, announced(1).objectUri],
  })
  expect(await listFeedsInWait(db, 'cafes')).toEqual([])
  const stateOf = async (number: number) =>
    (await listAnnounced(db, announced(number).objectUri))[0]?.state
  expect(await Promise.all([1, 2].map(stateOf))).toEqual(['posted', 'told'])
  await markAnnounced(db, announced(4, 'waiting'))
  await endWaiting(db, 'cafes-bretagne')
  expect(await Promise.all([1, 2, 4].map(stateOf))).toEqual(['posted', 'told', 'listed'])
})

test('a change for which no post is left waits, with what followers believe, until it is told', async () => {
  for (const number of [1, 2]) await markAnnounced(db, announced(number, 'posted'))
  const { objectUri } = announced(1)
  const believed = knownStateOf(aCafe())
  await setBelieved(db, { actor: 'cafes-bretagne', objectUri }, believed)
  expect(await listFeedsInWait(db, 'changes')).toEqual(['cafes-bretagne'])
  expect(await findUnsent(db, 'cafes-bretagne')).toEqual(new Map([[objectUri, believed]]))
  expect(await listAnnounced(db, objectUri)).toEqual([{ ...announced(1, 'posted'), believed }])
  await endUnsent(db, 'cafes-bretagne')
  expect(await listFeedsInWait(db, 'changes')).toEqual([])
  expect(await listAnnounced(db, objectUri)).toEqual([announced(1, 'posted')])
})

test('an outbox is read page by page, each Announce once, the newest first', async () => {
  for (let number = 0; number < 25; number++) await markAnnounced(db, announced(number))
  await markAnnounced(db, { ...announced(99), actor: 'cafe-ia' })
  expect(await countFeedOutbox(db, 'cafes-bretagne')).toBe(25)
  const all = Array.from({ length: 25 }, (_, number) => announced(number))
  expect(await readOutbox('cafes-bretagne')).toEqual(newestFirst(all))
})

const ORIGIN = 'https://annuaire.example'

test('an Announce keeps its id, whatever the other ids of its account begin with', async () => {
  const said = (actor: string, number: number, path: string): Announced => ({
    ...announced(number, (['posted', 'waiting', 'listed'] as const)[number % 3]),
    actor,
    activityId: `${ORIGIN}/${path}`,
  })
  // The activities are those of feeds, of a directory before it had feeds, for a relay, and of a person.
  const all = Array.from({ length: 12 }, (_, number) => [
    said('cafes-bretagne', number, `actors/cafes-bretagne/announces/c${number}.0a1b2c3d`),
    said(
      'cafe-ia',
      number,
      number % 3 === 0 ? `activities/${number}f6c` : `actors/cafe-ia/announces/c${number}.4e5f6a7b`,
    ),
    said('instance', number, `activities/${number}a0d`),
    said('camille', number, `activities/${number}b1e`),
  ]).flat()
  for (const each of all) expect(await markAnnounced(db, each)).toBe(true)

  for (let number = 0; number < 12; number++) {
    const { objectUri } = announced(number)
    const expected = all.filter((each) => each.objectUri === objectUri).sort(byId)
    expect((await listAnnounced(db, objectUri)).sort(byId)).toEqual(expected)
  }
  for (const actor of ['cafes-bretagne', 'cafe-ia']) {
    expect(await readOutbox(actor)).toEqual(newestFirst(all.filter((each) => each.actor === actor)))
    expect(await countFeedOutbox(db, actor)).toBe(12)
  }
  expect((await listFeedsInWait(db, 'cafes')).sort()).toEqual([
    'cafe-ia',
    'cafes-bretagne',
    'camille',
    'instance',
  ])
  const ofCamille = all.filter(({ actor }) => actor === 'camille').sort(byId)
  expect((await listAnnouncedBy(db, 'camille')).sort(byId)).toEqual(
    ofCamille.map(({ objectUri, activityId, at, state }) => ({ objectUri, activityId, at, state })),
  )
})

const byId = (one: { activityId: string }, other: { activityId: string }) =>
  one.activityId < other.activityId ? -1 : 1

const newestFirst = (all: readonly Announced[]): string[] =>
  all
    .toSorted((one, other) => Temporal.Instant.compare(other.at, one.at) || byId(other, one))
    .map(({ activityId }) => activityId)

async function readOutbox(feed: string): Promise<string[]> {
  const ids: string[] = []
  let after: OutboxCursor | undefined
  do {
    const page = await listFeedOutbox(db, { feed, after, limit: 4 })
    ids.push(...page.ids)
    after = page.next
  } while (after)
  return ids
}
