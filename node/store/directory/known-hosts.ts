import type { Arrival } from '../../domain/federation/arrivals.ts'
import type { Database } from '../database/database.ts'
import { quotaDomainOf, sourceOf } from '../database/quota-domain.ts'
import { hasRoomAmong } from '../queues/shares.ts'

/** How much may wait for people: of one registrable domain, and in all; `all` is fifty times as much where it is left out. */
type Most = { max: number; all?: number | undefined }

/**
 * Returns whether one more thing of this host may wait for the team: few of its domain wait, not many of its hosting
 * service, not too many in all, and strangers have one half of the list. A stranger is a site that neither is nor was a
 * member, nor asks to join with a referent's recommendation, nor is followed from here.
 * @param waiting - The host of each thing that waits.
 */
export async function hasRoomForHost(
  db: Database,
  waiting: readonly string[],
  { host, ...most }: Most & { host: string },
): Promise<boolean> {
  const known = await listKnownHosts(db, [...waiting, host])
  const others = waiting.map((one) => ({
    domain: quotaDomainOf(one),
    isStranger: !known.has(one),
  }))
  return hasRoomAmong(others, { host, ...most, isStranger: !known.has(host) })
}

/** Lists those of these hosts that are no strangers. */
async function listKnownHosts(
  db: Database,
  hosts: readonly string[],
): Promise<ReadonlySet<string>> {
  const rows = await db
    .selectFrom('peer')
    .select('host')
    .where('host', 'in', [...new Set(['', ...hosts])])
    .where(({ eb, or, exists, selectFrom }) =>
      or([
        eb('admitted_at', 'is not', null),
        eb('following', '=', 'accepted'),
        exists(
          selectFrom('joining_advice')
            .select('peer_id')
            .whereRef('joining_advice.peer_id', '=', 'peer.id'),
        ),
      ]),
    )
    .execute()
  return new Set(rows.map(({ host }) => host))
}

/** Lists what waits by the host that it comes from, and when. */
export async function listHostArrivals(
  db: Database,
  waiting: readonly (Pick<Arrival, 'id' | 'version' | 'at'> & { host: string })[],
): Promise<Arrival[]> {
  const known = await listKnownHosts(
    db,
    waiting.map(({ host }) => host),
  )
  const sources = new Map<string, string>()
  return waiting.map(({ host, ...one }) => {
    const source = sources.get(host) ?? sourceOf(host)
    sources.set(host, source)
    return { ...one, source, isKnown: known.has(host) }
  })
}
