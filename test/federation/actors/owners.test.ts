import { afterEach, beforeEach, expect, test } from 'vitest'
import { deleteFromPeer, findOrganizerAfter, isOwnNote } from '../../../federation/actors/owners.ts'
import type { Cafe } from '../../../node/domain/cafes/cafe.ts'
import { findCafeByUri } from '../../../node/store/cafes/cafes.ts'
import { type ReceiveOutcome, receiveCafe } from '../../../node/store/cafes/received-cafes.ts'
import type { OpenDatabase } from '../../../node/store/database/database.ts'
import { findTombstone } from '../../../node/store/directory/deletions.ts'
import { upsertPeer } from '../../../node/store/directory/peers.ts'
import { setFollowing } from '../../../node/store/memberships.ts'
import { recountShares } from '../../../node/store/queues/shares.ts'
import { listRemoved } from '../../../node/store/search/removed.ts'
import { openTestDatabase } from '../../support/database.ts'
import { aCafe } from '../../support/some-cafes.ts'

const GROUP = 'https://many.example/actors/group'
const OTHER = 'https://many.example/actors/other'
const uri = 'https://many.example/cafes/1'

let db: OpenDatabase
let close: () => Promise<void>
beforeEach(async () => {
  ;({ db, close } = await openTestDatabase())
})
afterEach(() => close())

/**
 * Returns the organiser that is stored after a group passes on the café of another actor of its server; no actor speaks
 * for itself.
 */
const said = async (isAtItsAddress: boolean) =>
  findOrganizerAfter(db, {
    peer: await upsertPeer(db, { actorUri: GROUP, name: 'Le groupe' }),
    speaker: undefined,
    isAtItsAddress,
    current: { organizer: { uri: OTHER, name: '', url: '' } },
    uri,
    owners: [OTHER],
  })

test('the list of a group rewrites no café of another actor of its server, the café’s own address does', async () => {
  expect(await said(false)).toBeUndefined()
  expect(await said(true)).toBe(OTHER)
})

test.each([
  ['/actors/instance', '/notes/1', true],
  ['/actors/instance', '/users/voisine/statuses/1', false],
  ['/actors/instance', '.evil.example/notes/1', false],
  ['/actors/group', '/notes/de-la-voisine', false],
])('of a member %s the Note %s is shared as its own: %s', (actor, note, isOwn) => {
  const origin = 'https://many.example'
  expect(isOwnNote({ origin, actorUri: origin + actor }, origin + note)).toBe(isOwn)
})

const now = Temporal.Instant.from('2026-11-25T09:00:00Z')

async function follow(actorUri: string) {
  const peer = await upsertPeer(db, { actorUri, name: actorUri })
  await setFollowing(db, peer.id, 'accepted', now)
  return peer
}

/** Lets this actor announce the café as its own. */
async function create(
  owner: string,
  change: Partial<Cafe> = {},
  cafesPerDay = 10,
): Promise<ReceiveOutcome> {
  const peer = await follow(owner)
  const cafe = aCafe({ uri, url: uri, ...change })
  return db.transaction().execute(async (trx) =>
    receiveCafe(
      trx,
      {
        ...cafe,
        publishedAt: now,
        organizer: { uri: owner, name: owner, url: 'https://many.example/' },
        content: cafe,
        venue: undefined,
        body: '{}',
      },
      {
        current: await findCafeByUri(trx, uri),
        peer,
        readActivity: undefined,
        isNewToReaders: async () => true,
        now,
        cafesPerDay,
      },
    ),
  )
}

async function remove(owner: string): Promise<boolean> {
  const peer = await follow(owner)
  return db
    .transaction()
    .execute((trx) => deleteFromPeer(trx, { uri, peer, activity: undefined, most: 10 }, now))
}

const listedAsRemoved = async () =>
  (
    await listRemoved(
      db,
      { from: undefined },
      { since: Temporal.Instant.fromEpochMilliseconds(0), limit: 10 },
    )
  ).items.map((item) => item.uri)

test.each([
  [GROUP, OTHER],
  [OTHER, GROUP],
])(
  'deletions sent ahead by two actors of a server each count for the own café: %s first',
  async (one, other) => {
    await remove(one)
    await remove(other)
    await remove(one)
    expect([await create(one), await create(other)]).toEqual(['deleted', 'deleted'])
    await recountShares(db)
    expect(await db.selectFrom('share').select(['kind', 'total']).execute()).toEqual([
      { kind: 'deletion', total: 2 },
    ])
  },
)

test('a deletion of what was never here is told to nobody', async () => {
  await remove(OTHER)
  expect(await listedAsRemoved()).toEqual([])
  expect(await findTombstone(db, uri)).toBeUndefined()
  expect(await create(GROUP)).toBe('new')
})

test('a Delete by an actor that claimed the address of another does not block the real café', async () => {
  expect(await create(OTHER)).toBe('new')
  expect(await remove(GROUP)).toBe(false)
  expect(await remove(OTHER)).toBe(true)
  expect(await listedAsRemoved()).toEqual([uri])
  expect([await create(OTHER), await create(GROUP)]).toEqual(['deleted', 'new'])
  expect(await listedAsRemoved()).toEqual([])
  expect(await remove(OTHER)).toBe(false)
  expect(await remove(GROUP)).toBe(true)
  expect(await create(GROUP)).toBe('deleted')
  expect(new Set(await listedAsRemoved())).toEqual(new Set([uri]))
})

test('of a member whose day is used up, what overtakes its last word is taken, and as much again at most', async () => {
  const statuses = 'scheduled scheduled scheduled cancelled scheduled scheduled cancelled scheduled'
  const outcomes: ReceiveOutcome[] = []
  for (const [minute, status] of `${statuses} cancelled scheduled`.split(' ').entries())
    outcomes.push(
      await create(
        GROUP,
        { status: status as Cafe['status'], updatedAt: now.add({ minutes: minute }) },
        2,
      ),
    )
  expect(outcomes.join(' ')).toBe(
    'new changed too-many changed changed too-many changed changed changed too-many',
  )
})
