import { DOMAINS_READ, type Shares } from '../../domain/federation/shares.ts'
import type { Database } from '../database/database.ts'
import { quotaDomainOf } from '../database/quota-domain.ts'
import { takeDaily } from '../queues/shares.ts'

/**
 * Whether one more request to join may wait for the team: few wait of its domain, not too many in all, and its domain
 * does not ask over and over. Who asks already may say so again.
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
    .limit(joinRequests * DOMAINS_READ + 1)
    .execute()
  const { host } = new URL(actorUri)
  const isWaiting = waiting.some(({ actor_uri }) => actor_uri === actorUri)
  if (!isWaiting && waiting.length >= joinRequests * DOMAINS_READ) return false
  const domain = quotaDomainOf(host)
  const ofDomain = waiting.filter((one) => quotaDomainOf(one.host) === domain).length
  if (!isWaiting && ofDomain >= joinRequests) return false
  return isWaiting || takeDaily(trx, 'join-request', { host, max: joinRequests * 2 }, now)
}
