import type { RecoveryRequest } from '../../domain/federation/recovery.ts'
import { fromInstantText, toInstantText } from '../database/columns.ts'
import type { Database } from '../database/database.ts'
import { MOST_FOLLOWER_SERVERS } from './follower-servers.ts'

/** At a directory, the members that lost their data and ask for the servers of their followers. */

export type RecoveryAnswer = 'granted' | 'refused'

/** How long an answer is valid, in hours; a later request of the member is a new question for the team. */
const COUNTS_HOURS = { granted: 48, refused: 30 * 24 } as const

/** Notes once that a member asks; returns what the team has answered, `waiting` before it has. */
export async function askRecovery(
  trx: Database,
  peerId: string,
  now: Temporal.Instant,
): Promise<RecoveryAnswer | 'waiting'> {
  const row = await trx
    .selectFrom('recovery')
    .selectAll()
    .where('peer_id', '=', peerId)
    .executeTakeFirst()
  if (row && row.answer === null) return 'waiting'
  if (row?.answer && row.answered_at) {
    const end = fromInstantText(row.answered_at).add({ hours: COUNTS_HOURS[row.answer] })
    if (Temporal.Instant.compare(now, end) < 0) return row.answer
  }
  const asked = { asked_at: toInstantText(now), answer: null, answered_at: null }
  await trx
    .insertInto('recovery')
    .values({ peer_id: peerId, ...asked })
    .onConflict((oc) => oc.column('peer_id').doUpdateSet(asked))
    .execute()
  return 'waiting'
}

/**
 * Stores the team's answer.
 * @returns Whether the question was open.
 */
export async function answerRecovery(
  trx: Database,
  { peerId, answer }: { peerId: string; answer: RecoveryAnswer },
  now: Temporal.Instant,
): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('recovery')
    .set({ answer, answered_at: toInstantText(now) })
    .where('peer_id', '=', peerId)
    .where('answer', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** Lists the requests that wait for the team, the oldest first. */
export async function listRecoveries(db: Database): Promise<RecoveryRequest[]> {
  const rows = await db
    .selectFrom('recovery')
    .innerJoin('peer', 'peer.id', 'recovery.peer_id')
    .select((eb) => [
      ...(['recovery.peer_id', 'recovery.asked_at'] as const),
      ...(['peer.name', 'peer.host', 'peer.origin'] as const),
      eb
        .selectFrom('follower_server')
        .whereRef('follower_server.peer_id', '=', 'recovery.peer_id')
        .select((one) => one.fn.countAll<number>().as('total'))
        .as('servers'),
    ])
    .where('recovery.answer', 'is', null)
    .where('peer.membership', '=', 'member')
    .orderBy('recovery.asked_at')
    .orderBy('recovery.peer_id')
    .execute()
  return rows.map(({ peer_id, asked_at, servers, ...peer }) => ({
    ...peer,
    peerId: peer_id,
    askedAt: fromInstantText(asked_at),
    servers: Math.min(Number(servers), MOST_FOLLOWER_SERVERS),
  }))
}
