import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Cafe } from '../../node/domain/cafe.ts'
import { saveCafe } from '../../node/store/cafes.ts'
import type { OpenDatabase } from '../../node/store/database.ts'
import { judgeDuplicates } from '../../node/store/duplicates.ts'
import { decideHeldCafe } from '../../node/store/held-cafes.ts'
import { setMembership, upsertPeer } from '../../node/store/peers.ts'
import { openTestDatabase } from '../support/database.ts'
import { aCafe } from './some-cafes.ts'

const now = Temporal.Instant.from('2026-11-25T09:00:00Z')

let db: OpenDatabase
let close: () => Promise<void>
beforeEach(async () => {
  ;({ db, close } = await openTestDatabase())
})
afterEach(() => close())

/** The same evening by its UID, as another server announces it. */
async function announce(host: string, changes: Partial<Cafe> = {}): Promise<Cafe> {
  const origin = `https://${host}.example`
  const peer = await upsertPeer(db, { actorUri: `${origin}/actors/instance`, name: host })
  await setMembership(db, peer.id, 'member', now)
  const uri = `${origin}/cafes/1`
  const organizer = { uri: `${origin}/actors/cafes`, name: host, url: `${origin}/` }
  const cafe = aCafe({ peerId: peer.id, uri, url: uri, uid: 'one@evening', organizer, ...changes })
  await write(cafe)
  return cafe
}

const write = (cafe: Cafe) =>
  db.transaction().execute(async (trx) => {
    await saveCafe(trx, cafe)
    await judgeDuplicates(trx, cafe, now)
  })

async function shown(): Promise<string[]> {
  const rows = await db
    .selectFrom('cafe')
    .select('organizer_name')
    .where('hidden_reason', 'is', null)
    .execute()
  return rows.map((row) => row.organizer_name).sort()
}

test('when the one that stood for two others has another date, the two are still shown once', async () => {
  const first = await announce('premier')
  await announce('deuxieme', { publishedAt: now.add({ minutes: 1 }) })
  await announce('troisieme', { publishedAt: now.add({ minutes: 2 }) })
  const [standing = ''] = await shown()
  expect(await shown()).toHaveLength(1)
  const stood = await db
    .selectFrom('cafe')
    .select('id')
    .where('organizer_name', '=', standing)
    .executeTakeFirstOrThrow()
  const startsAt = first.startsAt.add({ hours: 48 })
  const moved = await announce(standing, {
    id: stood.id,
    startsAt,
    endsAt: startsAt.add({ minutes: 90 }),
  })
  expect(await shown()).toHaveLength(2)
  expect(await shown()).toContain(moved.organizer.name)
})

test('what the team shows at last is shown once with what is shown already', async () => {
  await announce('premier')
  const held = await announce('deuxieme', { hiddenReason: 'price' })
  expect(await shown()).toEqual(['premier'])
  await decideHeldCafe(db, { id: held.id, shown: true }, now)
  expect(await shown()).toHaveLength(1)
})
