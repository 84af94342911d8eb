import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Context } from '../../node/context.ts'
import { planReturnVisits } from '../../node/jobs/plan-readings.ts'
import { upsertPeer } from '../../node/store/directory/peers.ts'
import { setMembership } from '../../node/store/memberships.ts'
import { longestTurnOf } from '../support/cpu-time.ts'
import { openTestDatabase } from '../support/database.ts'

const MEMBERS = 6000

const now = Temporal.Instant.from('2026-11-25T09:00:00Z')

let store: Awaited<ReturnType<typeof openTestDatabase>>
beforeAll(async () => {
  store = await openTestDatabase()
  await store.db.transaction().execute(async (trx) => {
    for (let number = 0; number < MEMBERS; number++) {
      const actorUri = `https://lieu-${number}.example/actors/instance`
      const { id } = await upsertPeer(trx, { actorUri, name: `Lieu ${number}` })
      await setMembership(trx, id, 'member', now)
    }
  })
})
afterAll(() => store.close())

test('visits of thousands of members are planned while requests go on', async () => {
  const { db } = store
  const later = now.add({ hours: 1 })
  const plan = () => planReturnVisits({ db, now: () => later } as Context)
  expect(await longestTurnOf(plan)).toBeLessThan(100)
  const rows = await db.selectFrom('task').select('subject').where('kind', '=', 'visit').execute()
  expect(rows).toHaveLength(MEMBERS)
})
