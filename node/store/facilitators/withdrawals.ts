import { fromInstantText } from '../database/columns.ts'
import type { Database } from '../database/database.ts'
import { hashSecret } from '../database/secrets.ts'

/**
 * What is known of a server that was asked to erase a profile. `delivered`: it accepted the message. `confirmed`: it
 * said that nothing is left there. `unanswered`: it did not answer the last time. `refused`: it answered that it does
 * not accept the message.
 */
export type WithdrawalState = 'waiting' | 'delivered' | 'confirmed' | 'unanswered' | 'refused'

/** A server to which the deletion of a profile was sent, and the result; nothing in it says whose profile it was. */
type WithdrawalServer = {
  host: string
  state: WithdrawalState
  at: Temporal.Instant
}

export type Withdrawal = { id: string; at: Temporal.Instant; servers: WithdrawalServer[] }

/** Finds a withdrawal by the link that its person was given. */
export async function findWithdrawal(db: Database, token: string): Promise<Withdrawal | undefined> {
  const row = await db
    .selectFrom('withdrawal')
    .select(['id', 'at', 'uri_hash', 'actor_uri_hash'])
    .where('token_hash', '=', hashSecret(token))
    .executeTakeFirst()
  if (!row) return undefined
  const servers = await db
    .selectFrom('withdrawal_server')
    .select(['host', 'state', 'at'])
    .where('withdrawal_id', '=', row.id)
    .execute()
  const known = new Set(servers.map(({ host }) => host))
  const unasked = (await listUnasked(db, row)).filter((host) => !known.has(host))
  const all = [
    ...servers,
    ...unasked.map((host) => ({ host, state: 'waiting' as const, at: row.at })),
  ]
  return {
    id: row.id,
    at: fromInstantText(row.at),
    servers: all
      .map(({ host, state, at }) => ({ host, state, at: fromInstantText(at) }))
      .sort((one, other) => (one.host < other.host ? -1 : 1)),
  }
}

/** Lists the servers that have something of the profile or of its account and were not asked to forget it yet. */
async function listUnasked(
  db: Database,
  { uri_hash, actor_uri_hash }: { uri_hash: string; actor_uri_hash: string | null },
): Promise<string[]> {
  const rows = await db
    .selectFrom('facilitator_reached')
    .select('host')
    .distinct()
    .where('uri_hash', 'in', actor_uri_hash === null ? [uri_hash] : [uri_hash, actor_uri_hash])
    .execute()
  return rows.map(({ host }) => host)
}
