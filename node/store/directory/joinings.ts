import type { Change } from '../../domain/federation/change.ts'
import type { Following } from '../../domain/federation/following.ts'
import { instantOrUndefined, orUndefined } from '../database/columns.ts'
import type { Database } from '../database/database.ts'
import { toFollowing } from './followings.ts'

/** A server that we asked to hear from, or a directory that we asked to be in, with what is known of it. */
export type Joining = Following & {
  /** The peer that it is, once it has answered. */
  peerId: string | undefined
  /** The name that it gives itself; its host until that is known. */
  name: string
  lastSeenAt: Temporal.Instant | undefined
  /** Set when it has not answered for so long that its cafés are marked. */
  silentSince: Temporal.Instant | undefined
}

/** Lists the directories that we asked to be in, in the order of asking. */
export const listJoinings = async (db: Database): Promise<Joining[]> =>
  (await selectNamed(db).where('is_join', '=', 1).execute()).map(toJoining)

/** A directory that this site joined or asked to join. */
type DirectoryOfOurs = Pick<Joining, 'name' | 'state' | 'lastSeenAt' | 'silentSince' | 'targetUri'>

/** Lists the same directories, with those whose request has not left yet; they are asked too. */
export async function listAskedDirectories(db: Database): Promise<DirectoryOfOurs[]> {
  const unknown = { lastSeenAt: undefined, silentSince: undefined, targetUri: undefined }
  const unsent = await listUnsentJoins(db)
  return [
    ...(await listJoinings(db)),
    ...unsent.map((name) => ({ name, state: 'asked' as const, ...unknown })),
  ]
}

/** Lists the hosts of the directories to which a first request to join has not left yet. */
export async function listUnsentJoins(db: Database): Promise<string[]> {
  const rows = await db
    .selectFrom('change')
    .select('body')
    .where('done_at', 'is', null)
    .where('body', 'like', '{"type":"follow-asked"%')
    .orderBy('id')
    .execute()
  const known = new Set((await listJoinings(db)).map(({ address }) => address))
  const asked = rows.map(
    ({ body }) => JSON.parse(body) as Extract<Change, { type: 'follow-asked' }>,
  )
  return asked
    .filter(({ join, address }) => join && !known.has(address))
    .map(({ address }) => hostOf(address))
}

/** Lists the others that we asked to hear from, without the sites that are in this directory, or were. */
export const listOtherFollowings = async (db: Database): Promise<Joining[]> => {
  const rows = await selectNamed(db)
    .where('is_join', '=', 0)
    .where((eb) =>
      eb.or([
        eb('peer.membership', 'is', null),
        eb('peer.membership', 'not in', ['member', 'left']),
      ]),
    )
    .execute()
  return rows.map(toJoining)
}

/** Finds what we asked to hear from, by the id of the following; undefined where it was ended. */
export async function findNamedFollowing(db: Database, id: string): Promise<Joining | undefined> {
  const row = await selectNamed(db).where('following.id', '=', id).executeTakeFirst()
  return row && toJoining(row)
}

const selectNamed = (db: Database) =>
  db
    .selectFrom('following')
    .leftJoin('peer', 'peer.actor_uri', 'following.target_uri')
    .selectAll('following')
    .select(['peer.id as peer_id', 'peer.name', 'peer.last_seen_at', 'peer.silent_since'])
    .orderBy('following.created_at')
    .orderBy('following.id')

type Row = Awaited<ReturnType<ReturnType<typeof selectNamed>['execute']>>[number]

const toJoining = (row: Row): Joining => ({
  ...toFollowing(row),
  peerId: orUndefined(row.peer_id),
  name: row.name || hostOf(row.address),
  lastSeenAt: instantOrUndefined(row.last_seen_at),
  silentSince: instantOrUndefined(row.silent_since),
})

const hostOf = (address: string): string =>
  URL.canParse(address) ? new URL(address).host : address
