import type { Shares } from '../../domain/limits/limits.ts'
import type { Database } from '../database/database.ts'
import { mostOfAllDomains, takeDaily } from '../queues/shares.ts'
import { hasRoomForHost } from './known-hosts.ts'

/**
 * Returns whether one more request to join may wait for the team, as `hasRoomForHost` says, and its domain does not ask
 * repeatedly. A site that has asked already may repeat its request.
 */
export async function hasRoomForRequest(
  trx: Database,
  actorUri: string,
  { joinRequests }: Pick<Shares, 'joinRequests'>,
  now: Temporal.Instant,
): Promise<boolean> {
  const waiting = await trx
    .selectFrom('peer')
    .select(['host', 'actor_uri'])
    .where('membership', '=', 'requested')
    .limit(mostOfAllDomains(joinRequests))
    .execute()
  if (waiting.some(({ actor_uri }) => actor_uri === actorUri)) return true
  const { host } = new URL(actorUri)
  const hosts = waiting.map((one) => one.host)
  if (!(await hasRoomForHost(trx, hosts, { host, max: joinRequests }))) return false
  return takeDaily(trx, 'join-request', { host, max: joinRequests * 2 }, now)
}
