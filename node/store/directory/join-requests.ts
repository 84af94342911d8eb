import type { Shares } from '../../domain/limits/limits.ts'
import type { Database } from '../database/database.ts'
import { quotaDomainOf } from '../database/quota-domain.ts'
import { hasRoomAmong, mostOfAllDomains, takeDaily } from '../queues/shares.ts'

/**
 * Returns whether one more request to join may wait for the team: few of its domain wait, not too many in all, and its
 * domain does not ask repeatedly. A site that has asked already may repeat its request. One half of the list is kept
 * for sites that were members before; what a referent has said something about takes no place of a stranger.
 */
export async function hasRoomForRequest(
  trx: Database,
  actorUri: string,
  { joinRequests }: Pick<Shares, 'joinRequests'>,
  now: Temporal.Instant,
): Promise<boolean> {
  const waiting = await trx
    .selectFrom('peer')
    .select(['host', 'actor_uri', 'admitted_at'])
    .select((eb) =>
      eb
        .exists(
          eb
            .selectFrom('joining_advice')
            .select('peer_id')
            .whereRef('joining_advice.peer_id', '=', 'peer.id'),
        )
        .as('is_advised'),
    )
    .where('membership', '=', 'requested')
    .limit(mostOfAllDomains(joinRequests))
    .execute()
  if (waiting.some(({ actor_uri }) => actor_uri === actorUri)) return true
  const { host } = new URL(actorUri)
  const before = await trx
    .selectFrom('peer')
    .select('admitted_at')
    .where('actor_uri', '=', actorUri)
    .executeTakeFirst()
  const others = waiting.map((one) => ({
    domain: quotaDomainOf(one.host),
    isStranger: one.admitted_at === null && !one.is_advised,
  }))
  const isStranger = !before?.admitted_at
  if (!hasRoomAmong(others, { host, max: joinRequests, isStranger })) return false
  return takeDaily(trx, 'join-request', { host, max: joinRequests * 2 }, now)
}
