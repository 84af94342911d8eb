import { afterAll, beforeAll, expect, test } from 'vitest'
import type { OpenDatabase } from '../../../node/store/database/database.ts'
import { hashSecret } from '../../../node/store/database/secrets.ts'
import { hashOfUri } from '../../../node/store/facilitators/erasures.ts'
import {
  claimReached,
  insertWithdrawalServers,
  saveReached,
} from '../../../node/store/facilitators/recipients.ts'
import { findWithdrawal } from '../../../node/store/facilitators/withdrawals.ts'
import { openTestDatabase } from '../../support/database.ts'

const now = Temporal.Instant.from('2026-11-25T09:00:00Z')
const PROFILE = 'https://mediatheque.example/animation/lou'
const ACCOUNT = 'https://mediatheque.example/actors/lou'
let db: OpenDatabase
let close: () => Promise<void>

beforeAll(async () => {
  ;({ db, close } = await openTestDatabase())
})
afterAll(() => close())

const report = async () =>
  (await findWithdrawal(db, 'secret'))?.servers.map(({ host, state }) => [host, state])

test('the report names who has the profile or the account before it was asked to forget, and once', async () => {
  const profile = { uri: PROFILE, kind: 'profile' } as const
  await saveReached(db, { ...profile, inboxes: ['https://annuaire.example/inbox'] }, now)
  const friends = ['https://social.example/inbox', 'https://annuaire.example/inbox']
  await saveReached(db, { uri: ACCOUNT, kind: 'account', inboxes: friends }, now)
  await db
    .insertInto('withdrawal')
    .values({
      id: 'one',
      uri_hash: await hashOfUri(db, PROFILE),
      actor_uri_hash: await hashOfUri(db, ACCOUNT),
      token_hash: hashSecret('secret'),
      at: now.toString(),
    })
    .execute()
  const waiting = [
    ['annuaire.example', 'waiting'],
    ['social.example', 'waiting'],
  ]
  expect(await report()).toEqual(waiting)

  const inboxes = await claimReached(db, profile)
  await insertWithdrawalServers(db, { withdrawalId: 'one', activityId: 'farewell', inboxes }, now)
  expect(await report()).toEqual(waiting)
})
