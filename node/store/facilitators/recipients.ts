import type { Facilitator } from '../../domain/facilitators/facilitator.ts'
import { findTerritory } from '../../geo/territories.ts'
import { fromSeconds, toInstantText } from '../database/columns.ts'
import type { Database } from '../database/database.ts'
import { isBlockedHost } from '../directory/blocks.ts'
import { announcerOf } from '../feeds/announced.ts'
import { hashOfUri } from './erasures.ts'
import { toFacilitator } from './facilitators.ts'
import type { WithdrawalState } from './withdrawals.ts'

/** Where our people's profiles go: who is told, what is remembered of that, and what is forgotten after. */

/** Our own that are published at all. */
export async function listOwnPublished(db: Database): Promise<Facilitator[]> {
  const rows = await db
    .selectFrom('facilitator')
    .selectAll()
    .where('peer_id', 'is', null)
    .where('state', '=', 'published')
    .orderBy('id')
    .execute()
  return rows.map(toFacilitator)
}

export async function findOwnByActor(
  db: Database,
  actorUri: string,
): Promise<Facilitator | undefined> {
  const row = await db
    .selectFrom('facilitator')
    .selectAll()
    .where('actor_uri', '=', actorUri)
    .where('peer_id', 'is', null)
    .executeTakeFirst()
  return row && toFacilitator(row)
}

/** Cafés of ours to come that are led by this person, or by these: soonest first. */
export async function listLedCafes(
  db: Database,
  facilitatorId: string,
  now: Temporal.Instant,
): Promise<{ id: string; uri: string }[]> {
  return db
    .selectFrom('cafe_facilitator')
    .innerJoin('cafe', 'cafe.id', 'cafe_facilitator.cafe_id')
    .select(['cafe.id', 'cafe.uri'])
    .where('cafe_facilitator.facilitator_id', '=', facilitatorId)
    .where('cafe.publication', '=', 'published')
    .where('cafe.open_to', '=', 'public')
    .where('cafe.hidden_reason', 'is', null)
    .where('cafe.status', '<>', 'cancelled')
    .where('cafe.ends_at', '>=', toInstantText(now))
    .orderBy('cafe.starts_at')
    .orderBy('cafe.id')
    .limit(200)
    .execute()
}

/** Of any time: what the person's account may go on announcing. */
export async function listLedUris(db: Database, facilitatorId: string): Promise<Set<string>> {
  const rows = await db
    .selectFrom('cafe_facilitator')
    .innerJoin('cafe', 'cafe.id', 'cafe_facilitator.cafe_id')
    .select('cafe.uri')
    .where('cafe_facilitator.facilitator_id', '=', facilitatorId)
    .execute()
  return new Set(rows.map(({ uri }) => uri))
}

/** Who leads this café of ours, in their order; what may be shown of each is for the caller to ask. */
export async function listFacilitatorActors(db: Database, cafeId: string): Promise<Facilitator[]> {
  const rows = await db
    .selectFrom('cafe_facilitator')
    .innerJoin('facilitator', 'facilitator.id', 'cafe_facilitator.facilitator_id')
    .selectAll('facilitator')
    .where('cafe_facilitator.cafe_id', '=', cafeId)
    .orderBy('cafe_facilitator.position')
    .orderBy('facilitator.id')
    .execute()
  return rows.map(toFacilitator)
}

/** The directories that this site asked to join and that said yes; nobody else, whoever follows us. */
export async function listJoinedDirectories(
  db: Database,
): Promise<{ uri: string; inbox: string }[]> {
  const rows = await db
    .selectFrom('following')
    .innerJoin('remote_actor', 'remote_actor.uri', 'following.target_uri')
    .select((eb) => [
      'remote_actor.uri',
      eb.fn.coalesce('remote_actor.shared_inbox', 'remote_actor.inbox').as('inbox'),
    ])
    .where('following.is_join', '=', 1)
    .where('following.state', '=', 'accepted')
    .where((eb) => eb.not(isBlockedHost('remote_actor.host')))
    .execute()
  return rows
}

export type Reached = 'profile' | 'account'

/** Remembered before anything is sent: whoever may have got it is asked to forget it one day. */
export async function saveReached(
  trx: Database,
  { uri, kind, inboxes }: { uri: string; kind: Reached; inboxes: readonly string[] },
  now: Temporal.Instant,
): Promise<void> {
  if (inboxes.length === 0) return
  const uri_hash = await hashOfUri(trx, uri)
  const rows = [...new Set(inboxes)].map((inbox) => ({
    uri_hash,
    inbox,
    host: new URL(inbox).host,
    kind,
    at: toInstantText(now),
  }))
  await trx
    .insertInto('facilitator_reached')
    .values(rows)
    .onConflict((oc) => oc.doNothing())
    .execute()
}

/** Every inbox that ever got it, but for those of the hosts that may keep it (`but`); each is asked once. */
export async function claimReached(
  trx: Database,
  { uri, kind, but = [] }: { uri: string; kind: Reached; but?: readonly string[] },
): Promise<string[]> {
  const rows = await trx
    .deleteFrom('facilitator_reached')
    .where('uri_hash', '=', await hashOfUri(trx, uri))
    .where('kind', '=', kind)
    .$if(but.length > 0, (qb) => qb.where('host', 'not in', but))
    .returning('inbox')
    .execute()
  return rows.map(({ inbox }) => inbox)
}

/** The servers that are asked to forget, in the person's report. */
export async function insertWithdrawalServers(
  trx: Database,
  {
    withdrawalId,
    activityId,
    inboxes,
  }: { withdrawalId: string; activityId: string; inboxes: readonly string[] },
  now: Temporal.Instant,
): Promise<void> {
  const hosts = [...new Set(inboxes.map((inbox) => new URL(inbox).host))]
  if (hosts.length === 0) return
  const row = { activity_id: activityId, state: 'waiting' as const, at: toInstantText(now) }
  await trx
    .insertInto('withdrawal_server')
    .values(hosts.map((host) => ({ withdrawal_id: withdrawalId, host, ...row })))
    .onConflict((oc) => oc.columns(['withdrawal_id', 'host']).doUpdateSet(row))
    .execute()
}

/**
 * What became of a request to forget: taken in by the server (`delivered`), done as that server itself says
 * (`confirmed`), not answered (`unanswered`) or answered with a no (`refused`). What a server has said of itself is not
 * taken back by what came before it.
 */
export async function markWithdrawal(
  trx: Database,
  {
    activityId,
    host,
    state,
  }: { activityId: string; host: string; state: Exclude<WithdrawalState, 'waiting'> },
  now: Temporal.Instant,
): Promise<void> {
  await trx
    .updateTable('withdrawal_server')
    .set({ state, at: toInstantText(now) })
    .where('activity_id', '=', activityId)
    .where('host', '=', host)
    .where('state', '<>', 'confirmed')
    .execute()
}

/** What is said of one person is no part of what a site has said: its text goes once nobody waits for it. */
export const PRIVATE = 'private-'

/** A text that is kept no longer than it takes: of a person, or a Follow. It goes once it has reached everybody. */
export async function deleteSpentActivity(trx: Database, activityId: string): Promise<void> {
  await trx
    .deleteFrom('activity')
    .where('id', '=', activityId)
    .where((eb) => eb.or([eb('type', 'like', `${PRIVATE}%`), eb('type', '=', 'Follow')]))
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('delivery')
            .select('delivery.id')
            .whereRef('delivery.activity_seq', '=', 'activity.seq'),
        ),
      ),
    )
    .execute()
}

/** Forgets the keys of an account that is gone, once its farewell is said. */
export async function deleteKeysOfGone(
  trx: Database,
  { signer, actorUri }: { signer: string; actorUri: string },
): Promise<void> {
  const waits = await trx
    .selectFrom('delivery')
    .select('id')
    .where('signer', '=', signer)
    .limit(1)
    .executeTakeFirst()
  if (waits || (await findOwnByActor(trx, actorUri))?.fediverse) return
  await trx.deleteFrom('actor_key').where('actor', '=', signer).execute()
}

/** All that an account has said but farewell, and who listened to it. */
export async function deleteAccount(trx: Database, actor: string): Promise<void> {
  await trx
    .deleteFrom('activity')
    .where('actor', '=', actor)
    .where('type', '<>', `${PRIVATE}Delete`)
    .execute()
  // What it announced goes with its name.
  await trx.deleteFrom('announcer').where('actor', '=', actor).execute()
  await trx.deleteFrom('follower').where('actor', '=', actor).execute()
}

export async function listAnnouncedBy(
  db: Database,
  actor: string,
): Promise<{ uri: string; activityId: string; at: Temporal.Instant }[]> {
  const rows = await db
    .selectFrom('announced')
    .select(['object_uri', 'activity_id', 'at'])
    .where('announcer', '=', announcerOf(db, actor))
    .execute()
  return rows.map((row) => ({
    uri: row.object_uri,
    activityId: row.activity_id,
    at: fromSeconds(row.at),
  }))
}

/** In words, for where a code says nothing. */
export const nameOfTerritory = (code: string | undefined): string | undefined =>
  code === undefined ? undefined : findTerritory(code)?.name
