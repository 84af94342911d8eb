import { afterEach, beforeEach, expect, test } from 'vitest'
import { createApiToken } from '../../../node/commands/token.ts'
import { TOKEN_SCOPES } from '../../../node/domain/structures/token-scope.ts'
import {
  createToken,
  findToken,
  listTokens,
  markTokenUsed,
  revokeToken,
} from '../../../node/store/accounts/api-tokens.ts'
import type { OpenDatabase } from '../../../node/store/database/database.ts'
import {
  deleteIdempotentAnswers,
  findIdempotentAnswer,
  saveIdempotentAnswer,
} from '../../../node/store/queues/idempotency.ts'
import { insertOrganization } from '../../../node/store/structures/organizations.ts'
import { openTestDatabase } from '../../support/database.ts'

const now = Temporal.Instant.from('2026-11-25T09:00:00Z')
const organizationId = 'organization-1'
let db: OpenDatabase
let close: () => Promise<void>

beforeEach(async () => {
  const opened = await openTestDatabase()
  db = opened.db
  close = opened.close
})
afterEach(() => close())

const addOrganization = () =>
  insertOrganization(db, { id: organizationId, slug: 'cafes', name: 'Médiathèque' }, now)

test('a token opens its structure, and only its hash is kept', async () => {
  await addOrganization()
  const { id, token } = await createToken(db, { organizationId, label: 'the town' }, now)
  expect(token).toMatch(/^cafeia_[\w-]{43}$/)
  expect(await findToken(db, token, now)).toMatchObject({ id, organizationId, label: 'the town' })
  const rows = await db.selectFrom('api_token').selectAll().execute()
  expect(JSON.stringify(rows)).not.toContain(token.slice('cafeia_'.length))
  expect(
    await findToken(db, `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`, now),
  ).toBeUndefined()
  expect(await findToken(db, '', now)).toBeUndefined()
})

test('a revoked token opens nothing, and another structure cannot revoke it', async () => {
  await addOrganization()
  const { id, token } = await createToken(db, { organizationId, label: 'a' }, now)
  await revokeToken(db, { id, organizationId: 'other' }, now)
  expect(await findToken(db, token, now)).toBeDefined()
  await revokeToken(db, { id, organizationId }, now)
  expect(await findToken(db, token, now)).toBeUndefined()
  expect(
    (await listTokens(db, organizationId)).map(({ revokedAt }) => revokedAt?.toString()),
  ).toEqual(['2026-11-25T09:00:00Z'])
})

test('the last use is noted, at most once a minute', async () => {
  await addOrganization()
  const { token } = await createToken(db, { organizationId, label: 'a' }, now)
  for (const [seconds, noted] of [
    [0, '2026-11-25T09:00:00Z'],
    [59, '2026-11-25T09:00:00Z'],
    [61, '2026-11-25T09:01:01Z'],
  ] as const) {
    const found = await findToken(db, token, now)
    if (found) await markTokenUsed(db, found, now.add({ seconds }))
    expect((await findToken(db, token, now))?.lastUsedAt?.toString()).toBe(noted)
  }
})

test('a token opens nothing from its end on', async () => {
  await addOrganization()
  const expiresAt = now.add({ hours: 1 })
  const { token } = await createToken(db, { organizationId, label: 'a', expiresAt }, now)
  expect(await findToken(db, token, now.add({ minutes: 59 }))).toMatchObject({ author: undefined })
  expect(await findToken(db, token, expiresAt)).toBeUndefined()
  expect(await listTokens(db, organizationId)).toHaveLength(1)
})

test('the command makes a token for the structure, once there is one', async () => {
  const context = { db, now: () => now }
  await expect(createApiToken(context, 'demo')).rejects.toThrow(/aucune structure/)
  await addOrganization()
  const token = await createApiToken(context, 'demo')
  expect(await findToken(db, token, now)).toMatchObject({ label: 'demo', scopes: TOKEN_SCOPES })
  const narrow = await createApiToken(context, 'agenda', { scope: 'places, cafes' })
  expect((await findToken(db, narrow, now))?.scopes).toEqual(['cafes', 'places'])
  await expect(createApiToken(context, 'x', { scope: 'cafes,tout' })).rejects.toThrow(
    /cafes, places, calendars/,
  )
})

test('an answer that was kept for a key is forgotten after a while', async () => {
  await addOrganization()
  const { id: tokenId } = await createToken(db, { organizationId, label: 'a' }, now)
  const answer = { requestHash: 'h', status: 201, body: '{}' }
  await saveIdempotentAnswer(db, { tokenId, key: 'k', ...answer }, now)
  await deleteIdempotentAnswers(db, now)
  expect(await findIdempotentAnswer(db, { tokenId, key: 'k' })).toEqual(answer)
  await deleteIdempotentAnswers(db, now.add({ hours: 24 }))
  expect(await findIdempotentAnswer(db, { tokenId, key: 'k' })).toBeUndefined()
})
