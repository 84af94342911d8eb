import { afterAll, beforeAll, expect, test } from 'vitest'
import { createVisitorLimit } from '../../../node/routes/http/rate-limit.ts'
import type { OpenDatabase } from '../../../node/store/database/database.ts'
import { openTestDatabase } from '../../support/database.ts'

let db: OpenDatabase
let close: () => Promise<void>
beforeAll(async () => {
  ;({ db, close } = await openTestDatabase())
})
afterAll(() => close())

/** Returns how many of these addresses may ask. */
async function countLetIn(addresses: readonly string[], name: string): Promise<number> {
  const limit = createVisitorLimit(db, { name, points: 5, duration: 3600 })
  const waits = []
  for (const address of addresses) waits.push(await limit(address))
  return waits.filter((wait) => wait === undefined).length
}

test.each([
  ['one address', () => '192.0.2.1', 5],
  ['addresses of one IPv6 network', (n: number) => `2001:db8:1:1::${n}`, 5],
  ['networks of one /48, as many as one rents', (n: number) => `2001:db8:1:${n}::1`, 30],
  ['addresses of one /24', (n: number) => `192.0.2.${n}`, 30],
  ['networks far from one another', (n: number) => `2001:db8:${n}::1`, 100],
])('%s may ask so often', async (name, address, most) => {
  const addresses = Array.from({ length: 100 }, (_, n) => address(n + 1))
  expect(await countLetIn(addresses, name)).toBe(most)
})
