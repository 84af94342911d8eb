import { setTimeout } from 'node:timers/promises'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Cafe } from '../../../node/domain/cafes/cafe.ts'
import type { Venue } from '../../../node/domain/cafes/venue.ts'
import { findTerritory } from '../../../node/geo/territories.ts'
import { deleteCafe, saveCafe } from '../../../node/store/cafes/cafes.ts'
import type { OpenDatabase } from '../../../node/store/database/database.ts'
import { setMembership } from '../../../node/store/memberships.ts'
import type { CafeQuery } from '../../../node/store/search/cafe-query.ts'
import {
  type ChangedPlace,
  deleteGoneListings,
  findMark,
  isStillKnown,
  listChanged,
  type Mark,
  type Since,
} from '../../../node/store/search/changed-cafes.ts'
import { listRemoved } from '../../../node/store/search/removed.ts'
import { countFound, searchCafes } from '../../../node/store/search/search.ts'
import { updateCafes } from '../../../node/store/search-index/write-cafes.ts'
import { isOnPostgres, openTestDatabase } from '../../support/database.ts'
import { BREST, knowPeer, RENNES } from '../../support/known-peer.ts'
import { watchPlans } from '../../support/query-plans.ts'
import { aCafe } from '../../support/some-cafes.ts'

const now = () => Temporal.Now.instant()
let db: OpenDatabase
let close: () => Promise<void>
const peers: { id: string; origin: string }[] = []
beforeAll(async () => {
  const opened = await openTestDatabase()
  db = opened.db
  close = opened.close
  for (const host of ['un', 'deux', 'trois'])
    peers.push(
      await knowPeer({ context: { db, now } }, { host, place: RENNES, membership: 'member' }),
    )
  for (const { id, origin } of peers)
    for (let number = 0; number < 7; number++)
      await saveCafe(
        db,
        aCafe({
          ...{ peerId: id, organizationId: undefined, uri: `${origin}/cafes/${number}` },
          // Four cafés begin at the same hour.
          startsAt: now()
            .round('hour')
            .add({ hours: 24 + Math.floor(number / 4) }),
        }),
      )
})
afterAll(() => close())

async function readAll(since: Since, part: ChangedPlace['part'], limit: number): Promise<string[]> {
  const uris: string[] = []
  for (let after: ChangedPlace = { part, place: '', uri: '' }; ; ) {
    const rows = await listChanged(db, since, { after, limit })
    uris.push(...rows.map(({ uri }) => uri))
    const last = rows.at(-1)
    if (!last || rows.length < limit) return uris
    after = { part, place: last.place, uri: last.uri }
  }
}

/** Waits for a mark that includes all rows. On PostgreSQL a mark stays behind while transactions of others are open. */
async function findMarkOfAll(): Promise<Mark> {
  const { rows } = await sql<{ newest: number }>`select max(number) as newest from (
    select change_number as number from cafe union all select number from removed_cafe
    union all select changed from search_source) as written`.execute(db)
  for (;;) {
    const mark = await findMark(db)
    if (mark.number >= Number(rows[0]?.newest)) return mark
    await setTimeout(20)
  }
}

const urisOf = ({ origin }: { origin: string }) =>
  Array.from({ length: 7 }, (_, number) => `${origin}/cafes/${number}`)

test('cafés of servers that leave are read a page at a time, each once, whatever the size of a page', async () => {
  const mark = await findMarkOfAll()
  const before = now()
  for (const { id } of peers.slice(0, 2)) await setMembership(db, id, 'left', now())
  const gone = peers.slice(0, 2).flatMap(urisOf).sort()
  for (const limit of [1, 2, 3, 5, 7, 14, 100]) {
    expect((await readAll(mark, 'source', limit)).sort()).toEqual(gone)
    expect((await readAll(before, 'listing', limit)).sort()).toEqual(peers.flatMap(urisOf).sort())
  }
})

test.skipIf(isOnPostgres)(
  'no search among the few that changed reads all cafés of this server',
  async () => {
    const { watched, explain } = watchPlans(db)
    for (const updatedSince of [await findMark(db), now().add({ hours: 24 })]) {
      await searchCafes(watched, { from: now(), updatedSince })
      await countFound(watched, { from: now(), updatedSince })
    }
    const details = await explain()
    expect(details.filter((detail) => detail.startsWith('SEARCH cafe')).length).toBeGreaterThan(5)
    expect(details.filter((detail) => detail.startsWith('SCAN cafe'))).toEqual([])
  },
)

test.skipIf(isOnPostgres)(
  'no page of what changed reads or sorts all cafés of this server',
  async () => {
    const { watched, explain } = watchPlans(db)
    for (const since of [await findMark(db), now()])
      for (const part of ['listing', 'source'] as const)
        await listChanged(watched, since, { after: { part, place: '', uri: '' }, limit: 100 })
    await listChanged(watched, now().subtract({ hours: 1 }), {
      after: { part: 'source', place: '', uri: '' },
      limit: 100,
    })
    const details = await explain()
    expect(details.length).toBeGreaterThan(5)
    const ofCafes = details.filter((detail) => /\bcafe\b/.test(detail))
    // Such a query reads cafés in the order of their changes, or those of one server by their start.
    const isNarrow = (detail: string) =>
      /\((?:change_number>\?|changed_at>\?|peer_id=\?.*)\)/.test(detail)
    expect(ofCafes.filter((detail) => !isNarrow(detail))).toEqual([])
    // The two pages of which one is made are read whole.
    const scans = details.filter((detail) => /^SCAN (?!page_of_)/.test(detail))
    expect(scans.filter((detail) => detail !== 'SCAN listing_state')).toEqual([])
  },
)

test('what has been gone for long is forgotten, and a mark from before is no longer known', async () => {
  const [one, other] = urisOf(peers[2] ?? { origin: '' })
  const mark = await findMarkOfAll()
  const row = await db
    .selectFrom('cafe')
    .select('id')
    .where('uri', '=', one ?? '')
    .executeTakeFirstOrThrow()
  await deleteCafe(db, row.id)
  const after = await findMarkOfAll()
  await deleteGoneListings(db, now().subtract({ hours: 1 }))
  expect(await isStillKnown(db, mark)).toBe(true)
  await deleteGoneListings(db, now().add({ hours: 1 }))
  expect(await isStillKnown(db, mark)).toBe(false)
  expect(await isStillKnown(db, after)).toBe(true)
  const left = await readAll(mark, 'listing', 100)
  expect(left).toContain(other)
  expect(left).not.toContain(one)
})

test('a café that is saved as it was has not changed, and one that is hidden has, once', async () => {
  const cafe = aCafe({ uri: 'https://node.example/cafes/as-it-was', organizationId: undefined })
  const theirs = { ...cafe, peerId: peers[0]?.id }
  await saveCafe(db, theirs)
  const mark = await findMarkOfAll()
  await saveCafe(db, theirs)
  expect(await readAll(mark, 'listing', 10)).toEqual([])
  await updateCafes(db, { hidden_reason: 'team' }, (qb) => qb.where('id', '=', cafe.id))
  expect(await readAll(mark, 'listing', 10)).toEqual([cafe.uri])
  const hidden = await findMarkOfAll()
  await deleteCafe(db, cafe.id)
  expect(await readAll(hidden, 'listing', 10)).toEqual([cafe.uri])
})

test('a café that was never listed gets no number', async () => {
  const before = await findMarkOfAll()
  const draft = aCafe({ publication: 'draft', publishedAt: undefined, organizationId: undefined })
  await saveCafe(db, { ...draft, peerId: peers[0]?.id })
  await updateCafes(db, { hidden_reason: 'team' }, (qb) => qb.where('id', '=', draft.id))
  await deleteCafe(db, draft.id)
  expect(await readAll(before, 'listing', 10)).toEqual([])
})

test('a search hears of what left it and of hardly anything else: moved away, another format, hidden, deleted', async () => {
  const venueIn = (place: typeof RENNES): Venue => ({
    ...{ id: undefined, name: 'Médiathèque', streetAddress: undefined, postalCode: undefined },
    ...(place === RENNES
      ? { latitude: 48.11, longitude: -1.68 }
      : { latitude: 48.39, longitude: -4.49 }),
    ...place,
  })
  const at = (place: typeof RENNES, more: Partial<Cafe> = {}) =>
    aCafe({
      ...{ organizationId: undefined, peerId: peers[2]?.id, format: 'Atelier' },
      ...{ startsAt: now().add({ hours: 48 }), venue: venueIn(place) },
      ...more,
    })
  const [moved, changed, hidden, deleted] = [at(RENNES), at(RENNES), at(RENNES), at(RENNES)]
  // Its server gives it a point at Rennes, and the commune of Brest.
  const far = at(BREST, { venue: { ...venueIn(RENNES), ...BREST } })
  const others = Array.from({ length: 30 }, () => at(BREST))
  const all = [moved, changed, hidden, deleted, far, ...others]
  for (const cafe of all) await saveCafe(db, cafe)
  const mark = await findMarkOfAll()
  await saveCafe(db, { ...moved, venue: venueIn(BREST) })
  await saveCafe(db, { ...changed, format: 'Débat' })
  await updateCafes(db, { hidden_reason: 'team' }, (qb) => qb.where('id', '=', hidden.id))
  await deleteCafe(db, deleted.id)
  await updateCafes(db, { hidden_reason: 'team' }, (qb) => qb.where('id', '=', far.id))
  // A café of elsewhere is deleted after it was hidden, and others have another format.
  await updateCafes(db, { hidden_reason: 'team' }, (qb) => qb.where('id', '=', others[0]?.id ?? ''))
  await deleteCafe(db, others[0]?.id ?? '')
  for (const cafe of others.slice(1)) await saveCafe(db, { ...cafe, format: 'Débat' })

  const removedFrom = async (query: Omit<CafeQuery, 'from'>): Promise<string[]> => {
    const uris: string[] = []
    for (let after: ChangedPlace | undefined; ; ) {
      const page = await listRemoved(
        db,
        { from: now(), ...query },
        { since: mark, after, limit: 7 },
      )
      uris.push(...page.items.map(({ uri }) => uri))
      after = page.next
      if (!after) return uris.sort()
    }
  }
  const uris = (...cafes: Cafe[]) => cafes.map(({ uri }) => uri).sort()
  const rennes = findTerritory('c-35238')
  expect(await removedFrom({ territory: rennes })).toEqual(uris(moved, hidden, deleted))
  expect(await removedFrom({ territory: rennes, format: 'Atelier' })).toEqual(
    uris(moved, changed, hidden, deleted),
  )
  expect(await removedFrom({ near: { latitude: 48.11, longitude: -1.68, radiusKm: 5 } })).toEqual(
    uris(moved, hidden, deleted, far),
  )
  expect(await removedFrom({ territory: findTerritory('2A') })).toEqual([])
  expect(await removedFrom({})).toEqual(uris(hidden, deleted, far, others[0] ?? expect.fail()))
})
