import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Cafe } from '../../../node/domain/cafes/cafe.ts'
import { foldedText } from '../../../node/domain/cafes/duplicate.ts'
import type { Change } from '../../../node/domain/federation/change.ts'
import { deleteCafe, findCafe, saveCafe } from '../../../node/store/cafes/cafes.ts'
import { listDecidedPairs, listSuspected } from '../../../node/store/cafes/duplicate-pairs.ts'
import {
  decideDistinct,
  decideSame,
  releaseOrphans,
  updateDuplicates,
} from '../../../node/store/cafes/duplicates.ts'
import { judgeAgain } from '../../../node/store/cafes/judge-again.ts'
import type { OpenDatabase } from '../../../node/store/database/database.ts'
import { upsertPeer } from '../../../node/store/directory/peers.ts'
import { setMembership } from '../../../node/store/memberships.ts'
import { decideHeldCafe } from '../../../node/store/referents/decide-shown.ts'
import { isOnPostgres, openTestDatabase } from '../../support/database.ts'
import { times } from '../../support/full.ts'
import { MEASURED } from '../../support/measured.ts'
import { BY_SOMEBODY } from '../../support/own-cafes.ts'
import { aCafe } from '../../support/some-cafes.ts'
import { LIBRARY } from '../../support/venues.ts'

const now = Temporal.Instant.from('2026-11-25T09:00:00Z')

let db: OpenDatabase
let close: () => Promise<void>
beforeEach(async () => {
  ;({ db, close } = await openTestDatabase())
})
afterEach(() => close())

/** Stores one evening at the library as a structure of a server announces it. */
async function announce(name: string, changes: Partial<Cafe> = {}): Promise<Cafe> {
  const [structure = '', host = structure] = name.split('@')
  const origin = `https://${host}.example`
  const peer = await upsertPeer(db, { actorUri: `${origin}/actors/instance`, name: host })
  await setMembership(db, peer.id, 'member', now)
  const uri = `${origin}/cafes/${structure}`
  const organizer = { uri: `${origin}/actors/${structure}`, name: structure, url: `${origin}/` }
  const cafe = aCafe({ peerId: peer.id, uri, url: uri, organizer, venue: LIBRARY, ...changes })
  await write(cafe)
  return cafe
}

const write = (cafe: Cafe) =>
  db.transaction().execute(async (trx) => {
    await saveCafe(trx, cafe)
    await updateDuplicates(trx, cafe, now)
  })

async function shown(): Promise<string[]> {
  const rows = await db
    .selectFrom('cafe')
    .select('organizer_name')
    .where('hidden_reason', 'is', null)
    .execute()
  return rows.map((row) => row.organizer_name).sort()
}

/** What is to be said to the servers of cafés that are shown once. */
async function judged(): Promise<Change[]> {
  const rows = await db.selectFrom('change').select('body').orderBy('id').execute()
  return rows
    .map(({ body }) => JSON.parse(body) as Change)
    .filter(({ type }) => type === 'object-judged')
}

const suspected = async (): Promise<string[]> =>
  (await listSuspected(db, now))
    .map(({ one, other }) => [one.organizer.name, other.organizer.name].sort().join(' ~ '))
    .sort()

describe('a café never steps back for another origin’s by itself', () => {
  const CLAIMS: [string, Partial<Cafe>][] = [
    ['an older date of publication', { publishedAt: now.subtract({ hours: 24 * 400 }) }],
    ['the same UID', { uid: 'one@evening' }],
    [
      'the name of the venue',
      {
        organizer: {
          uri: 'https://liar.example/actors/x',
          name: 'Médiathèque du Canal',
          url: 'https://liar.example/',
        },
      },
    ],
    ['a newer revision', { updatedAt: now.add({ minutes: 50 }) }],
  ]
  test.each(CLAIMS)('though that claims %s', async (_, claim) => {
    const rightful = await announce('rightful', { uid: 'one@evening' })
    await announce('liar', claim)
    expect((await shown()).length).toBe(2)
    await write({ ...rightful, updatedAt: now })
    expect((await shown()).length).toBe(2)
    expect((await suspected()).length).toBe(1)
  })

  test('and the pair is the team’s to look at', async () => {
    await announce('ville')
    await announce('mediatheque')
    expect(await suspected()).toEqual(['mediatheque ~ ville'])
  })

  test('and a flood of similar announcements hides no member’s café', async () => {
    await announce('rightful')
    for (let index = 0; index < 40; index++) await announce(`a${index}@liar`)
    expect(await shown()).toContain('rightful')
    expect(await suspected()).toEqual(['a0 ~ rightful'])
    const alike = await db.selectFrom('alike').selectAll().execute()
    expect(alike.length).toBeLessThan(41 * 31)
  })
})

test('nor for one of another owner on its own server: that pair is the team’s to look at', async () => {
  const rightful = await announce('groupe@mobilizon', { uid: 'one@evening' })
  const troll = await upsertPeer(db, { actorUri: 'https://mobilizon.example/@troll', name: 'T' })
  await setMembership(db, troll.id, 'member', now)
  await announce('troll@mobilizon', {
    uid: 'one@evening',
    peerId: troll.id,
    publishedAt: now.subtract({ hours: 24 * 400 }),
  })
  expect(await shown()).toEqual(['groupe', 'troll'])
  await write({ ...rightful, updatedAt: now })
  expect(await shown()).toEqual(['groupe', 'troll'])
  expect(await suspected()).toEqual(['groupe ~ troll'])
})

test(
  'a flood under one UID costs no more for each, and is shown as it is announced',
  MEASURED,
  async () => {
    const first = await announce('a0@liar', { uid: 'one@evening' })
    const idOf = (index: number) => `flood-${String(index).padStart(4, '0')}`
    const copyOf = (index: number): Cafe => {
      const uri = `https://liar.example/cafes/${idOf(index)}`
      const publishedAt = now.add({ seconds: index })
      return { ...first, id: idOf(index), uri, url: uri, publishedAt }
    }
    await db.transaction().execute(async (trx) => {
      for (let index = 0; index < 250; index++) await saveCafe(trx, copyOf(index))
      // Each café is paired on arrival with the thirty of the lowest addresses.
      for (let other = 1; other < 250; other++)
        await trx
          .insertInto('alike')
          .values(
            Array.from({ length: Math.min(30, other) }, (_, one) => ({
              one_id: idOf(one),
              other_id: idOf(other),
              reason: 'uid' as const,
            })),
          )
          .execute()
    })
    const took: number[] = []
    for (let index = 245; index < 255; index++) {
      const cafe = copyOf(index)
      await db.transaction().execute(async (trx) => {
        await saveCafe(trx, cafe)
        const begun = performance.now()
        await updateDuplicates(trx, cafe, now)
        took.push(performance.now() - begun)
      })
    }
    // Other load lengthens some of the ten; what is slow by itself is slow each time.
    expect(Math.min(...took)).toBeLessThan(120)
    expect((await shown()).length).toBe(256)
  },
)

describe('within one origin the earliest announcement is shown', () => {
  test('and when it has another date, the two others are still shown once', async () => {
    const first = await announce('premier@ville', { publishedAt: now })
    await announce('deuxieme@ville', { publishedAt: now.add({ minutes: 1 }) })
    await announce('troisieme@ville', { publishedAt: now.add({ minutes: 2 }) })
    expect(await shown()).toEqual(['premier'])
    const startsAt = first.startsAt.add({ hours: 48 })
    await write({ ...first, startsAt, endsAt: startsAt.add({ minutes: 90 }) })
    expect(await shown()).toEqual(['deuxieme', 'premier'])
  })

  test('and when it is deleted, the other is back', async () => {
    const first = await announce('premier@ville', { publishedAt: now })
    await announce('deuxieme@ville')
    await announce('troisieme@ville', { publishedAt: now.add({ minutes: 2 }) })
    const [standing = ''] = await shown()
    const { id } = await db
      .selectFrom('cafe')
      .select('id')
      .where('organizer_name', '=', standing)
      .executeTakeFirstOrThrow()
    await deleteCafe(db, id)
    await releaseOrphans(db, now)
    expect(await shown()).toHaveLength(1)
    expect(first.title).toBe('Café IA')
  })

  test('what the team shows at last is shown once with what is shown already', async () => {
    await announce('premier@ville')
    const held = await announce('deuxieme@ville', { hiddenReason: 'price' })
    expect(await shown()).toEqual(['premier'])
    await decideHeldCafe(db, { id: held.id, shown: true, ...BY_SOMEBODY }, now)
    expect(await shown()).toHaveLength(1)
  })

  test('two imports of one calendar by one structure, with one UID, are one café', async () => {
    const uid = 'evening@agenda.example'
    const first = await announce('ville', { uid })
    await write({ ...first, id: crypto.randomUUID(), uri: `${first.uri}-2` })
    expect(await shown()).toEqual(['ville'])
  })

  test('a UID that is the usual one of another café of that server makes them one, whichever comes first', async () => {
    const usual = await announce('ville', { uid: 'ville@ville.example' })
    const other = { ...usual, id: crypto.randomUUID(), uri: `${usual.uri}-2` }
    await write(other)
    expect(await shown()).toEqual(['ville'])
    await deleteCafe(db, usual.id)
    await write(other)
    await write(usual)
    expect(await shown()).toEqual(['ville'])
    expect(
      (await db.selectFrom('cafe').select('uid').execute()).map(({ uid }) => uid).sort(),
    ).toEqual(['ville@ville.example', 'ville@ville.example'])
    expect((await findCafe(db, usual.id))?.uid).toBe('ville@ville.example')
  })
})

describe('the decision of the team', () => {
  const two = async () => [await announce('ville'), await announce('mediatheque')] as const

  test('that two are one, and which is shown; until one of them changes', async () => {
    const [town, library] = await two()
    await decideSame(db, { shownId: library.id, hiddenId: town.id }, now)
    expect(await shown()).toEqual(['mediatheque'])
    expect(await judged()).toEqual([
      {
        ...{ type: 'object-judged', uri: town.uri, peerId: town.peerId },
        ...{ shown: false, reason: foldedText(library) },
      },
    ])
    expect((await listDecidedPairs(db, now)).folded.map(({ reason }) => reason)).toEqual(['team'])
    await write({ ...town, hiddenReason: 'duplicate', summary: 'Venez !' })
    expect(await shown()).toEqual(['mediatheque'])
    await write({ ...library, status: 'cancelled' })
    expect(await shown()).toEqual(['mediatheque', 'ville'])
    expect((await judged()).at(-1)).toMatchObject({ uri: town.uri, shown: true })
  })

  test('of those that it told apart two hundred are listed, the soonest first', async () => {
    // Twenty-one cafés of one evening make 210 pairs; the pairs of the day before are listed before them.
    const evening = now.add({ hours: 24 * 20 })
    const names = Array.from({ length: 21 }, (_, index) => `tard${String(index).padStart(2, '0')}`)
    const at = (startsAt: Temporal.Instant) => ({ startsAt, endsAt: startsAt.add({ hours: 1 }) })
    const late: Cafe[] = []
    for (const name of names) late.push(await announce(name, at(evening)))
    for (const [index, one] of late.entries())
      for (const other of late.slice(index + 1)) await decideDistinct(db, [one.id, other.id], now)
    const soon = at(evening.subtract({ hours: 24 }))
    const [one, other] = [await announce('bientot', soon), await announce('tantot', soon)]
    await decideDistinct(db, [one.id, other.id], now)
    const { apart } = await listDecidedPairs(db, now)
    expect(apart).toHaveLength(200)
    const [first] = apart
    expect([first?.one.id, first?.other.id].sort()).toEqual([one.id, other.id].sort())
    // Pairs of past cafés are not listed.
    const { apart: left } = await listDecidedPairs(db, evening)
    expect(left).toHaveLength(200)
    expect(left.some((pair) => pair.one.id === first?.one.id)).toBe(false)
    expect((await listDecidedPairs(db, evening.add({ hours: 2 }))).apart).toEqual([])
  })

  test('that they are two cafés after all', async () => {
    const [town, library] = await two()
    await decideSame(db, { shownId: town.id, hiddenId: library.id }, now)
    await decideDistinct(db, [town.id, library.id], now)
    expect([await shown(), await suspected()]).toEqual([['mediatheque', 'ville'], []])
    await decideSame(db, { shownId: town.id, hiddenId: library.id }, now)
    expect(await shown()).toEqual(['ville'])
  })

  test('is refused about a pair that is no longer alike, and for hiding a café of ours', async () => {
    const [town, library] = await two()
    await write({ ...library, title: 'Café IA n° 4' })
    const same = { shownId: town.id, hiddenId: library.id }
    await expect(decideSame(db, same, now)).rejects.toThrow('cafes.changed_meanwhile')
  })
})

test('forty cafés of three sites whose titles differ by a number are all shown, and no pair is suspected', async () => {
  for (let index = 0; index < 40; index++)
    await announce(`n${index}@site${index % 3}`, {
      title: `Grille numéro ${String(index).padStart(2, '0')}`,
      venue: { ...LIBRARY, latitude: 48.105 + (index % 5) / 4000 },
    })
  expect(await shown()).toHaveLength(40)
  expect(await suspected()).toEqual([])
})

test('cafés that were received under an older rule are compared again, once', async () => {
  await announce('ville')
  await announce('mediatheque')
  await db.deleteFrom('alike').execute()
  expect(await judgeAgain(db, now)).toBe(2)
  expect(await suspected()).toHaveLength(1)
  expect(await judgeAgain(db, now)).toBe(0)
})

test('in whatever order announcements come and change, the same are shown and suspected', async () => {
  const TITLES = ['Café IA', 'Café IA : nos données', 'Café IA Empalot', 'Café IA n° 2']
  const said = fc.record({
    origin: fc.constantFrom('ville', 'liar', 'asso'),
    title: fc.constantFrom(...TITLES),
    minutes: fc.constantFrom(0, 20, 45),
    published: fc.nat(3),
    uid: fc.constantFrom('one@evening', 'two@evening', undefined),
  })
  const cases = fc.array(said, { minLength: 2, maxLength: 6 }).chain((all) =>
    fc.tuple(
      fc.constant(all),
      fc.shuffledSubarray(
        all.map((_, index) => index),
        { minLength: all.length },
      ),
    ),
  )
  type Said = typeof said extends fc.Arbitrary<infer Value> ? Value : never
  const outcome = async (all: readonly Said[], order: readonly number[]) => {
    await db.deleteFrom('cafe').execute()
    for (const index of order) {
      const one = all[index]
      if (!one) continue
      const { origin, title, minutes, published, uid } = one
      await announce(`n${index}@${origin}`, {
        title,
        startsAt: now.add({ hours: 240, minutes }),
        publishedAt: now.add({ hours: published }),
        ...(uid && { uid }),
      })
    }
    return [await shown(), await suspected()]
  }
  await fc.assert(
    fc.asyncProperty(cases, async ([all, order]) => {
      const sortIds = all.map((_, index) => index)
      expect(await outcome(all, order)).toEqual(await outcome(all, sortIds))
    }),
    { numRuns: isOnPostgres ? times(15, 60) : 60 },
  )
}, 120_000)
