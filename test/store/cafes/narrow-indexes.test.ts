import { afterAll, beforeAll, expect, test } from 'vitest'
import { listHeldCafesOf } from '../../../node/store/cafes/past-cafes.ts'
import { listSomeOfPeer } from '../../../node/store/cafes/peer-cafes.ts'
import type { Database, OpenDatabase } from '../../../node/store/database/database.ts'
import { claimNamingQuestions } from '../../../node/store/facilitators/namings.ts'
import { findFirstDue } from '../../../node/store/queues/lease-deliveries.ts'
import { countByDay } from '../../../node/store/search/calendar.ts'
import { isOnPostgres } from '../../support/database.ts'
import { watchPlans } from '../../support/query-plans.ts'
import { openWithCafes, someCafes } from '../../support/some-cafes.ts'

const now = Temporal.Instant.from('2026-11-25T09:00:00Z')
const organizerUri = 'https://node.example/actors/cafes'
let db: OpenDatabase
let close: () => Promise<void>

beforeAll(async () => {
  ;({ db, close } = await openWithCafes(someCafes(20, now), now))
})
afterAll(() => close())

async function planOf(ask: (watched: Database) => Promise<unknown>): Promise<string> {
  const { watched, explain } = watchPlans(db)
  await ask(watched)
  return (await explain()).join('\n')
}

test.skipIf(isOnPostgres)(
  'the cafés of an organizer are read from now on or until now',
  async () => {
    expect(
      await planOf((watched) => listHeldCafesOf(watched, { organizerUri, now, limit: 5 })),
    ).toMatch(/cafe_organizer \(organizer_uri=\? AND <expr><\?\)/)
  },
)

test.skipIf(isOnPostgres)('those of a peer are read from where the last ones ended', async () => {
  const after = '2026-12-01T10:00:00Z 0199c85a-53e4-777c-8533-bfe5954c0000'
  expect(await planOf((watched) => listSomeOfPeer(watched, { peerId: 'one', after, now }))).toMatch(
    /cafe_peer \(peer_id=\? AND <expr>>\?\)/,
  )
})

test.skipIf(isOnPostgres)('a calendar reads the postponed cafés of its month alone', async () => {
  const month = Temporal.PlainYearMonth.from('2026-12')
  expect(await planOf((watched) => countByDay(watched, { month, isOurs: false }))).toMatch(
    /cafe_postponed \(starts_at>\? AND starts_at<\?\)/,
  )
})

test.skipIf(isOnPostgres)(
  'who is to be asked by mail is found without reading every café',
  async () => {
    expect(await planOf((watched) => claimNamingQuestions(watched, now))).not.toMatch(/SCAN cafe /)
  },
)

test.skipIf(isOnPostgres)(
  'the oldest delivery that is due is the first of two indexes',
  async () => {
    const plan = await planOf((watched) => findFirstDue(watched, now))
    expect(plan).toMatch(/INDEX delivery_due \(due_at<\?\)/)
    expect(plan).toMatch(/INDEX delivery_due_aside \(due_at<\?\)/)
  },
)
