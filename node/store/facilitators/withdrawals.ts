import { fromInstantText } from '../database/columns.ts'
import type { Database } from '../database/database.ts'
import { hashSecret } from '../database/secrets.ts'

/** Where the deletion of a profile was sent, and what came of it: nothing in it says whose it was. */
type WithdrawalServer = {
  host: string
  /** `delivered`: it took the message; `confirmed`: it was seen to have erased the profile. */
  state: 'waiting' | 'delivered' | 'confirmed' | 'failed'
  at: Temporal.Instant
}

export type Withdrawal = { id: string; at: Temporal.Instant; servers: WithdrawalServer[] }

/** By the link that its person was given. */
export async function findWithdrawal(db: Database, token: string): Promise<Withdrawal | undefined> {
  const row = await db
    .selectFrom('withdrawal')
    .select(['id', 'at'])
    .where('token_hash', '=', hashSecret(token))
    .executeTakeFirst()
  if (!row) return undefined
  const servers = await db
    .selectFrom('withdrawal_server')
    .select(['host', 'state', 'at'])
    .where('withdrawal_id', '=', row.id)
    .orderBy('host')
    .execute()
  return {
    id: row.id,
    at: fromInstantText(row.at),
    servers: servers.map(({ host, state, at }) => ({ host, state, at: fromInstantText(at) })),
  }
}

/** Whether a profile was at this address and is gone for ever. */
export async function isWithdrawn(db: Database, uri: string): Promise<boolean> {
  const row = await db
    .selectFrom('withdrawal')
    .select('id')
    .where('uri_hash', '=', hashSecret(uri))
    .executeTakeFirst()
  return row !== undefined
}
