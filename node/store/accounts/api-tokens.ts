import { randomUUID } from 'node:crypto'
import type { Selectable } from 'kysely'
import { fromInstantText, instantOrUndefined, toInstantText } from '../database/columns.ts'
import type { Database } from '../database/database.ts'
import { hashSecret, newSecret } from '../database/secrets.ts'
import type { Schema } from '../schema.ts'

/** Lets a program write the cafés of one structure. The secret itself is kept nowhere. */
export type ApiToken = {
  id: string
  organizationId: string
  /** Which program holds it, in the words of who made it. */
  label: string
  createdAt: Temporal.Instant
  lastUsedAt: Temporal.Instant | undefined
  revokedAt: Temporal.Instant | undefined
}

/** So that a token left in a file or a log is recognised as one. */
const PREFIX = 'cafeia_'
const SHAPE = /^cafeia_[\w-]{43}$/

/** Returns the token, to be shown once. */
export async function createToken(
  db: Database,
  { organizationId, label }: { organizationId: string; label: string },
  now: Temporal.Instant,
): Promise<{ id: string; token: string }> {
  const id = randomUUID()
  const token = PREFIX + newSecret()
  await db
    .insertInto('api_token')
    .values({
      id,
      organization_id: organizationId,
      label,
      token_hash: hashSecret(token),
      created_at: toInstantText(now),
      last_used_at: null,
      revoked_at: null,
    })
    .execute()
  return { id, token }
}

/** The token as it stands, unless it is unknown or revoked. */
export async function findToken(db: Database, token: string): Promise<ApiToken | undefined> {
  if (!SHAPE.test(token)) return undefined
  const row = await db
    .selectFrom('api_token')
    .selectAll()
    .where('token_hash', '=', hashSecret(token))
    .where('revoked_at', 'is', null)
    .executeTakeFirst()
  return row && toToken(row)
}

/** By the minute: not every request of a busy program is worth a write. */
export async function markTokenUsed(
  db: Database,
  { id, lastUsedAt }: Pick<ApiToken, 'id' | 'lastUsedAt'>,
  now: Temporal.Instant,
): Promise<void> {
  if (lastUsedAt && lastUsedAt.until(now).total('seconds') < 60) return
  await db
    .updateTable('api_token')
    .set({ last_used_at: toInstantText(now) })
    .where('id', '=', id)
    .execute()
}

/** Newest first, the revoked ones too. */
export async function listTokens(db: Database, organizationId: string): Promise<ApiToken[]> {
  const rows = await db
    .selectFrom('api_token')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .execute()
  return rows.map(toToken)
}

/** At once and for good. Another structure's token is left alone. */
export async function revokeToken(
  db: Database,
  { id, organizationId }: { id: string; organizationId: string },
  now: Temporal.Instant,
): Promise<void> {
  await db
    .updateTable('api_token')
    .set({ revoked_at: toInstantText(now) })
    .where('id', '=', id)
    .where('organization_id', '=', organizationId)
    .where('revoked_at', 'is', null)
    .execute()
}

const toToken = (row: Selectable<Schema['api_token']>): ApiToken => ({
  id: row.id,
  organizationId: row.organization_id,
  label: row.label,
  createdAt: fromInstantText(row.created_at),
  lastUsedAt: instantOrUndefined(row.last_used_at),
  revokedAt: instantOrUndefined(row.revoked_at),
})
