import { sql } from 'kysely'
import { startsAtSeconds, toInstantText } from '../database/columns.ts'
import type { Database } from '../database/database.ts'
import { isAmong } from '../database/dialect.ts'
import { isTrusted } from '../directory/trusted.ts'
import { appendChangesOnce } from '../queues/changes.ts'
import { isBelieved } from './visibility.ts'

/**
 * Lists the addresses of a peer's cafés that are not over, as we know them, without the missing ones, which are asked
 * for at times of their own.
 */
export async function listPeerCafesToCome(
  db: Database,
  peerId: string,
  now: Temporal.Instant,
): Promise<string[]> {
  const rows = await db
    .selectFrom('cafe')
    .select('uri')
    .where('peer_id', '=', peerId)
    .where('ends_at', '>=', toInstantText(now))
    .where('id', 'not in', (eb) => eb.selectFrom('missing_cafe').select('cafe_id'))
    .orderBy(startsAtSeconds)
    .orderBy('uri')
    .execute()
  return rows.map((row) => row.uri)
}

/** The number of cafés that enter or leave the feeds in one transaction, for which all other writers wait. */
const AT_ONCE = 20

/**
 * Lists some of the upcoming cafés that come from a peer, soonest first: those that a trusted server announces
 * (`isListed`), and of the others those that an account of ours has announced. `next` is the place of the last of
 * them where more follow, as `after` is given.
 */
export async function listSomeOfPeer(
  db: Database,
  { peerId, after, now }: { peerId: string; after: string; now: Temporal.Instant },
): Promise<{ cafes: { id: string; uri: string; isListed: boolean }[]; next: string | undefined }> {
  // It will be assigned to another server that announced it, once `reassignOrphanCafes` has come to it.
  const hasOtherAnnouncer = sql<boolean>`exists (
    select 1 from cafe_announcer join peer on peer.id = cafe_announcer.peer_id
    where cafe_announcer.cafe_id = cafe.id and ${isTrusted})`
  const isListed = sql<boolean>`(${isBelieved} or ${hasOtherAnnouncer})`
  const isAnnounced = sql<boolean>`exists (
    select 1 from announced where announced.object_uri = cafe.uri)`
  const [startsAt = '', id = ''] = after.split(' ')
  const rows = await db
    .selectFrom('cafe')
    .select(['id', 'uri', 'starts_at'])
    .select(sql<number>`case when ${isListed} then 1 else 0 end`.as('is_listed'))
    .where('peer_id', '=', peerId)
    .$if(after !== '', (qb) =>
      qb
        .where(startsAtSeconds, '>=', sql<number>`unixepoch(${startsAt})`)
        .where((eb) => eb.or([eb('starts_at', '>', startsAt), eb('id', '>', id)])),
    )
    .where('ends_at', '>', toInstantText(now))
    .where((eb) => eb.or([isListed, isAnnounced]))
    // It is the order of an index, in which the database finds the first ones without sorting all.
    .orderBy(startsAtSeconds)
    .orderBy('id')
    .limit(AT_ONCE)
    .execute()
  const last = rows.at(-1)
  return {
    cafes: rows.map(({ id, uri, is_listed }) => ({ id, uri, isListed: Number(is_listed) === 1 })),
    next: last && rows.length === AT_ONCE ? `${last.starts_at} ${last.id}` : undefined,
  }
}

/**
 * Plans that the upcoming cafés of these peers leave or enter the feeds. Nothing is planned for a peer without any café,
 * nor for one whose cafés are still to be gone through from the first.
 */
export async function planCafesOfPeers(
  trx: Database,
  peerIds: readonly string[],
  now: Temporal.Instant,
): Promise<void> {
  if (peerIds.length === 0) return
  const peers = await trx
    .selectFrom('peer')
    .select('id')
    .where(isAmong(trx, sql.ref('id'), peerIds))
    .where(({ exists, selectFrom }) =>
      exists(selectFrom('cafe').select('cafe.id').whereRef('cafe.peer_id', '=', 'peer.id')),
    )
    .orderBy('id')
    .execute()
  const changes = peers.map(
    ({ id: peerId }) => ({ type: 'peer-cafes', peerId, after: '' }) as const,
  )
  await appendChangesOnce(trx, changes, now)
}

/** Counts all cafés that are stored for a peer, past and hidden ones included. */
export async function countCafesOfPeer(db: Database, peerId: string): Promise<number> {
  const { total } = await db
    .selectFrom('cafe')
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .where('peer_id', '=', peerId)
    .executeTakeFirstOrThrow()
  return total
}
