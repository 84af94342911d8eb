import { afterAll, beforeAll, expect, test } from 'vitest'
import type { OpenDatabase } from '../../../node/store/database/database.ts'
import { eraseRefusedRequests, findPeer, upsertPeer } from '../../../node/store/directory/peers.ts'
import { setMembership } from '../../../node/store/memberships.ts'
import { openTestDatabase } from '../../support/database.ts'

const NOW = Temporal.Instant.from('2026-11-25T09:00:00Z')
const daysLater = (days: number) => NOW.add({ hours: 24 * days })

let db: OpenDatabase
let close: () => Promise<void>

beforeAll(async () => {
  ;({ db, close } = await openTestDatabase())
})
afterAll(() => close())

async function ask(host: string): Promise<string> {
  const { id } = await upsertPeer(db, { actorUri: `https://${host}.example/a`, name: host })
  await setMembership(db, id, 'requested', NOW, { invitation: `Bonjour, ${host}` })
  return id
}

const wordsOf = async (id: string) => (await findPeer(db, id))?.invitation

test('what was written with a request that was refused goes, and not while it waits', async () => {
  const [waiting, refused, again] = [await ask('un'), await ask('deux'), await ask('trois')]
  for (const id of [refused, again]) await setMembership(db, id, 'refused', NOW, { reason: 'Non.' })
  await setMembership(db, again, 'requested', daysLater(10))
  await eraseRefusedRequests(db, NOW)
  expect(await wordsOf(refused)).toBe('Bonjour, deux')
  await eraseRefusedRequests(db, daysLater(1))
  expect(await wordsOf(refused)).toBeUndefined()
  expect([await wordsOf(waiting), await wordsOf(again)]).toEqual(['Bonjour, un', 'Bonjour, trois'])
})

test('a request that says nothing has not the words of an earlier one', async () => {
  const id = await ask('quatre')
  await setMembership(db, id, 'requested', daysLater(1), { invitation: null })
  expect(await wordsOf(id)).toBeUndefined()
})
