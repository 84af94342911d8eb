import { randomUUID } from 'node:crypto'
import type { Selectable } from 'kysely'
import { readScopes, TOKEN_SCOPES, type TokenScope } from '../../domain/structures/token-scope.ts'
import { fromInstantText, instantOrUndefined, orNull, toInstantText } from '../database/columns.ts'
import type { Database } from '../database/database.ts'
import { prepare } from '../database/prepared.ts'
import { hashSecret, newSecret } from '../database/secrets.ts'
import type { Schema } from '../schema.ts'

/** A token that lets a program write the cafés of one structure. The secret itself is stored nowhere. */
export type ApiToken = {
  id: string
  organizationId: string
  /** The program that holds it, as its author named it. */
  label: string
  /** What it is for; anything else is refused. */
  scopes: readonly TokenScope[]
  /** The person who made it, with whose account it ends; undefined for one made by the command line. */
  author: string | undefined
  createdAt: Temporal.Instant
  /** The time from which it opens nothing. */
  expiresAt: Temporal.Instant | undefined
  lastUsedAt: Temporal.Instant | undefined
  revokedAt: Temporal.Instant | undefined
}

/** The prefix makes a token recognisable that was left in a file or a log. */
const PREFIX = 'cafeia_'
const SHAPE = /^cafeia_[\w-]{43}$/

/** Makes a token, and returns it so that it can be shown once. */
export async function createToken(
  db: Database,
  {
    organizationId,
    label,
    scopes = TOKEN_SCOPES,
    accountId,
    expiresAt,
  }: {
    organizationId: string
    label: string
    /** All of them where none is named. */
    scopes?: readonly TokenScope[]
    /** The account of its author. */
    accountId?: string | undefined
    expiresAt?: Temporal.Instant | undefined
  },
  now: Temporal.Instant,
): Promise<{ id: string; token: string }> {
  const id = randomUUID()
  const token = PREFIX + newSecret()
  await db
    .insertInto('api_token')
    .values({
      id,
      organization_id: organizationId,
      account_id: orNull(accountId),
      label,
      scopes: scopes.join(' '),
      token_hash: hashSecret(token),
      created_at: toInstantText(now),
      expires_at: expiresAt === undefined ? null : toInstantText(expiresAt),
      last_used_at: null,
      revoked_at: null,
    })
    .execute()
  return { id, token }
}

/** Finds a token, unless it is unknown, revoked or expired. */
export async function findToken(
  db: Database,
  token: string,
  now: Temporal.Instant,
): Promise<ApiToken | undefined> {
  if (!SHAPE.test(token)) return undefined
  const [row] = (await selectToken(db, { hash: hashSecret(token), at: toInstantText(now) })).rows
  return row && toToken(row)
}

const selectToken = prepare((db, { hash, at }: { hash: string; at: string }) =>
  withAuthor(db)
    .where('token_hash', '=', hash)
    .where('revoked_at', 'is', null)
    .where((eb) => eb.or([eb('expires_at', 'is', null), eb('expires_at', '>', at)])),
)

/** Notes the time of use, to the minute, so that not every request of a busy program causes a write. */
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

/** Lists the tokens of a structure, the newest first, revoked ones included. */
export async function listTokens(db: Database, organizationId: string): Promise<ApiToken[]> {
  const rows = await withAuthor(db)
    .where('organization_id', '=', organizationId)
    .orderBy('api_token.created_at', 'desc')
    .orderBy('api_token.id')
    .execute()
  return rows.map(toToken)
}

/** Revokes a token at once and for good, with its webhooks. Another structure's token is left as it is. */
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
  await db
    .deleteFrom('webhook')
    .where('token_id', '=', id)
    .where('organization_id', '=', organizationId)
    .execute()
}

/** Counts the tokens of an account, which end when it is removed. */
export async function countTokensOf(db: Database, accountId: string): Promise<number> {
  const { total } = await db
    .selectFrom('api_token')
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .where('account_id', '=', accountId)
    .where('revoked_at', 'is', null)
    .executeTakeFirstOrThrow()
  return Number(total)
}

const withAuthor = (db: Database) =>
  db
    .selectFrom('api_token')
    .leftJoin('account', 'account.id', 'api_token.account_id')
    .selectAll('api_token')
    .select(['account.name as author_name', 'account.email as author_email'])

type Row = Selectable<Schema['api_token']> & {
  author_name: string | null
  author_email: string | null
}

const toToken = (row: Row): ApiToken => ({
  id: row.id,
  organizationId: row.organization_id,
  label: row.label,
  scopes: readScopes(row.scopes.split(' ')),
  author: row.author_name || (row.author_email ?? undefined),
  createdAt: fromInstantText(row.created_at),
  expiresAt: instantOrUndefined(row.expires_at),
  lastUsedAt: instantOrUndefined(row.last_used_at),
  revokedAt: instantOrUndefined(row.revoked_at),
})
