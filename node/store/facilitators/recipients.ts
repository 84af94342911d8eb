import type { Facilitator } from '../../domain/facilitators/facilitator.ts'
import { findTerritory } from '../../geo/territories.ts'
import { fromSeconds, toInstantText } from '../database/columns.ts'
import type { Database } from '../database/database.ts'
import { isBlockedAccount } from '../directory/blocks.ts'
import { type Announced, announcerOf } from '../feeds/announced.ts'
import { hashOfUri } from './erasures.ts'
import { toFacilitator } from './facilitators.ts'
import type { WithdrawalState } from './withdrawals.ts'

/** The recipients of our people's profiles: who is told, what is remembered of it, and what is deleted afterwards. */

/** Lists our own profiles that are published at all. */
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

/**
 * Finds the profile of this server whose account has this address; undefined for an account of another server, and for
 * a profile without an account.
 */
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

/** Lists our upcoming cafés that are led by this person, or by these, soonest first. */
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
    .where('cafe_facilitator.answer', '=', 'yes')
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

/** Lists the cafés that a person leads, of any time: those that their account may go on announcing. */
export async function listLedUris(db: Database, facilitatorId: string): Promise<Set<string>> {
  const rows = await db
    .selectFrom('cafe_facilitator')
    .innerJoin('cafe', 'cafe.id', 'cafe_facilitator.cafe_id')
    .select('cafe.uri')
    .where('cafe_facilitator.facilitator_id', '=', facilitatorId)
    .where('cafe_facilitator.answer', '=', 'yes')
    .execute()
  return new Set(rows.map(({ uri }) => uri))
}

/** Lists who leads this café of ours, in their order; the caller must check what may be shown of each. */
export async function listFacilitatorActors(db: Database, cafeId: string): Promise<Facilitator[]> {
  const rows = await db
    .selectFrom('cafe_facilitator')
    .innerJoin('facilitator', 'facilitator.id', 'cafe_facilitator.facilitator_id')
    .selectAll('facilitator')
    .where('cafe_facilitator.cafe_id', '=', cafeId)
    .where('cafe_facilitator.answer', '=', 'yes')
    .orderBy('cafe_facilitator.position')
    .orderBy('facilitator.id')
    .execute()
  return rows.map(toFacilitator)
}

/** Lists the directories that this site asked to join and that agreed; no other followers. */
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
    .where((eb) => eb.not(isBlockedAccount('remote_actor.uri', 'remote_actor.host')))
    .execute()
  return rows
}

export type Reached = 'profile' | 'account'

/** Notes who may get a profile, before anything is sent, so that they can be asked to forget it later. */
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

/** Claims every inbox that ever got it, except those of the hosts that may keep it (`but`); each is asked once. */
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

/** Stores the servers that are asked to forget, in the person's report. */
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
 * Stores the result of a request to forget: accepted by the server (`delivered`), done as that server itself says
 * (`confirmed`), not answered (`unanswered`) or refused (`refused`). What a server has said of itself is not replaced
 * by an earlier result.
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

/**
 * The prefix of activities about one person, which are not part of a site's history: their text is deleted once nobody
 * waits for it.
 */
export const PRIVATE = 'private-'

/** Deletes a text that is kept no longer than needed, about a person or a Follow, once it has reached everybody. */
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

/** Deletes the keys of an account that is gone, once its Delete is sent. */
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

/** Deletes all that an account has sent except its Delete, and its followers. */
export async function deleteAccount(trx: Database, actor: string): Promise<void> {
  await trx
    .deleteFrom('activity')
    .where('actor', '=', actor)
    .where('type', '<>', `${PRIVATE}Delete`)
    .execute()
  // The records of its announcements are deleted together with its name.
  await trx.deleteFrom('announcer').where('actor', '=', actor).execute()
  await trx.deleteFrom('follower').where('actor', '=', actor).execute()
}

/** Lists the cafés that a person's account announces, with the ids of the Announces, in no particular order. */
export async function listAnnouncedBy(
  db: Database,
  actor: string,
): Promise<Pick<Announced, 'objectUri' | 'activityId' | 'at' | 'state'>[]> {
  const rows = await db
    .selectFrom('announced')
    .select(['object_uri', 'activity_id', 'at', 'state'])
    .where('announcer', '=', announcerOf(db, actor))
    .where('state', '<>', 'series')
    .execute()
  return rows.map((row) => ({
    objectUri: row.object_uri,
    activityId: row.activity_id,
    at: fromSeconds(row.at),
    state: row.state,
  }))
}

/** Returns the name of a territory, for texts in which a code means nothing. */
export const nameOfTerritory = (code: string | undefined): string | undefined =>
  code === undefined ? undefined : findTerritory(code)?.name
