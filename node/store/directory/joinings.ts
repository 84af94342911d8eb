import type { Following } from '../../domain/federation/following.ts'
import { instantOrUndefined } from '../database/columns.ts'
import type { Database } from '../database/database.ts'
import { listFollowings } from './followings.ts'

/** A server that we asked to hear from, or a directory that we asked to be in, with what is known of it. */
export type Joining = Following & {
  /** The name that it gives itself; its host until that is known. */
  name: string
  lastSeenAt: Temporal.Instant | undefined
  /** Set when it has not answered for so long that its cafés are marked. */
  silentSince: Temporal.Instant | undefined
}

/** Lists the directories that we asked to be in, in the order of asking. */
export const listJoinings = async (db: Database): Promise<Joining[]> =>
  (await listNamedFollowings(db)).filter(({ isJoin }) => isJoin)

/** Lists all that we asked to hear from, including what is no directory. */
export async function listNamedFollowings(db: Database): Promise<Joining[]> {
  const all = await listFollowings(db)
  const uris = all.flatMap(({ targetUri }) => targetUri ?? [])
  const rows = await db
    .selectFrom('peer')
    .select(['actor_uri', 'name', 'last_seen_at', 'silent_since'])
    .where('actor_uri', 'in', uris.length > 0 ? uris : [''])
    .execute()
  const peers = new Map(rows.map((row) => [row.actor_uri, row]))
  return all.map((join) => {
    const peer = peers.get(join.targetUri ?? '')
    return {
      ...join,
      name: peer?.name || hostOf(join.address),
      lastSeenAt: instantOrUndefined(peer?.last_seen_at ?? null),
      silentSince: instantOrUndefined(peer?.silent_since ?? null),
    }
  })
}

const hostOf = (address: string): string =>
  URL.canParse(address) ? new URL(address).host : address
