import { sql } from 'kysely'
import type { ForSoftware } from '../../domain/federation/software.ts'
import type { Shares } from '../../domain/limits/limits.ts'
import { toInstantText } from '../database/columns.ts'
import { askOnce, type Database } from '../database/database.ts'
import { toSubquery } from '../database/dialect.ts'
import { prepare } from '../database/prepared.ts'
import { quotaDomainOf } from '../database/quota-domain.ts'
import { isBlockedAccount } from '../directory/blocks.ts'
import { softwareOf } from '../directory/hosts.ts'

export type Follower = {
  /** The actor of ours that is followed, e.g. `cafes`. */
  actor: string
  /** The account; only the origin of its server, where it is only known that somebody follows from there. */
  uri: string
  inbox: string
  sharedInbox: string | undefined
  followId: string
}

/**
 * Stores a follower of one of our actors. Where it follows already, its inboxes and the id of its Follow are replaced.
 * Quotas are checked before, by its registrable domain.
 */
export async function saveFollower(
  db: Database,
  follower: Follower,
  now: Temporal.Instant,
): Promise<void> {
  const row = {
    inbox: follower.inbox,
    shared_inbox: follower.sharedInbox ?? null,
    follow_id: follower.followId,
  }
  await db
    .insertInto('follower')
    .values({
      actor: follower.actor,
      uri: follower.uri,
      host: new URL(follower.uri).host,
      domain: quotaDomainOf(new URL(follower.uri).host),
      ...row,
      created_at: toInstantText(now),
    })
    .onConflict((oc) => oc.columns(['actor', 'uri']).doUpdateSet(row))
    .execute()
}

/**
 * Returns whether one more account of its domain may follow: there are not too many, nor too many different inboxes to
 * which each post would have to be sent. An account that follows already may repeat its Follow, also from a known
 * inbox.
 */
export async function hasRoomForFollower(
  db: Database,
  { actor, uri, inbox, sharedInbox }: Follower,
  { followers, inboxes }: Pick<Shares, 'followers' | 'inboxes'>,
): Promise<boolean> {
  const domain = quotaDomainOf(new URL(uri).host)
  const where = sharedInbox ?? inbox
  const ofDomain = () => db.selectFrom('follower').where('domain', '=', domain)
  const known = await ofDomain()
    .select('uri')
    .where((eb) => eb(eb.fn.coalesce('shared_inbox', 'inbox'), '=', where))
    .limit(1)
    .executeTakeFirst()
  if (known && (await isFollower(db, actor, uri))) return true
  const { accounts } = await db
    .selectFrom(ofDomain().select('uri').limit(followers).as('some'))
    .select((eb) => eb.fn.countAll<number>().as('accounts'))
    .executeTakeFirstOrThrow()
  if (Number(accounts) >= followers) return false
  if (known) return true
  const others = await ofDomain()
    .select((eb) => eb.fn.coalesce('shared_inbox', 'inbox').as('inbox'))
    .distinct()
    .where('uri', '<>', uri)
    .limit(inboxes)
    .execute()
  return others.length < inboxes
}

/** Removes a follower of one of our actors; one that did not follow is no error. */
export async function deleteFollower(db: Database, actor: string, uri: string): Promise<void> {
  await db.deleteFrom('follower').where('actor', '=', actor).where('uri', '=', uri).execute()
}

/** Deletes a follower for an Undo that names the Follow by its id alone. */
export async function deleteFollowerByFollow(
  db: Database,
  uri: string,
  followId: string,
): Promise<void> {
  await db.deleteFrom('follower').where('uri', '=', uri).where('follow_id', '=', followId).execute()
}

/** Deletes a follower whose actor is gone from the network. */
export async function deleteFollowerEverywhere(db: Database, uri: string): Promise<void> {
  await db.deleteFrom('follower').where('uri', '=', uri).execute()
}

/** Deletes an account's followers at an inbox that answered 410 to it. */
export async function deleteFollowersAtInbox(
  db: Database,
  { actor, inbox }: { actor: string; inbox: string },
): Promise<void> {
  await db
    .deleteFrom('follower')
    .where('actor', '=', actor)
    .where((eb) =>
      eb.or([
        eb('shared_inbox', '=', inbox),
        eb.and([eb('shared_inbox', 'is', null), eb('inbox', '=', inbox)]),
      ]),
    )
    .execute()
}

/** Finds which of our actors an actor follows by this Follow; undefined when none. */
export async function findFollowedBy(
  db: Database,
  uri: string,
  followId: string,
): Promise<string | undefined> {
  const row = await db
    .selectFrom('follower')
    .select('actor')
    .where('uri', '=', uri)
    .where('follow_id', '=', followId)
    .executeTakeFirst()
  return row?.actor
}

/** Returns whether this account follows this actor of ours now. */
export async function isFollower(db: Database, actor: string, uri: string): Promise<boolean> {
  const row = await db
    .selectFrom('follower')
    .select('uri')
    .where('actor', '=', actor)
    .where('uri', '=', uri)
    .executeTakeFirst()
  return row !== undefined
}

/** Returns whether an actor follows any of our actors. */
export async function isFollowerOfAny(db: Database, uri: string): Promise<boolean> {
  const row = await db
    .selectFrom('follower')
    .select('actor')
    .where('uri', '=', uri)
    .executeTakeFirst()
  return row !== undefined
}

/** Counts the followers of one of our actors. */
export async function countFollowers(db: Database, actor: string): Promise<number> {
  const { total } = await db
    .selectFrom('follower')
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .where('actor', '=', actor)
    .executeTakeFirstOrThrow()
  return total
}

/**
 * Counts the accounts that follow us and to which we send, each once whichever of our actors it follows, without
 * directories, which list us.
 * @param actors - The actors of ours that count; all when undefined.
 */
export async function countAccounts(db: Database, actors?: readonly string[]): Promise<number> {
  const { total } = await db
    .selectFrom('follower')
    .leftJoin('remote_actor', 'remote_actor.uri', 'follower.uri')
    .select((eb) => eb.fn.count<number>('follower.uri').distinct().as('total'))
    .where((eb) =>
      eb.or([
        eb('follower.actor', '<>', 'instance'),
        eb(eb.fn.coalesce('remote_actor.preferred_username', eb.val('')), '<>', 'instance'),
      ]),
    )
    .where((eb) => eb.not(isBlockedAccount('follower.uri', 'follower.host')))
    .$if(actors !== undefined, (query) => query.where('follower.actor', 'in', actors ?? []))
    .executeTakeFirstOrThrow()
  return Number(total)
}

/**
 * Lists the inboxes to which a post of one of our actors is sent: one shared inbox for each server that has one, so
 * that it is sent there once.
 * @param isFor - Whether a server gets it, by the software that it runs; by default all do.
 */
export async function listFollowerInboxes(
  db: Database,
  actor: string,
  isFor?: ForSoftware,
): Promise<string[]> {
  return inboxesFor((await selectInboxes(db, { actor })).rows, isFor)
}

/**
 * Does the same for a transaction that tells of changes, which do not alter who follows whom: the followers are read
 * once for all that it tells.
 */
export async function listReaderInboxes(
  trx: Database,
  actor: string,
  isFor?: ForSoftware,
): Promise<string[]> {
  const ask = async () => (await selectInboxes(trx, { actor })).rows
  return inboxesFor(await askOnce(trx, `followers of ${actor}`, ask), isFor)
}

const selectInboxes = prepare((db, { actor }: { actor: string }) =>
  db
    .selectFrom('follower')
    .leftJoin('host', 'host.name', 'follower.host')
    .select((eb) => eb.fn.coalesce('follower.shared_inbox', 'follower.inbox').as('inbox'))
    .select(['host.software', 'host.software_version'])
    .distinct()
    .where('follower.actor', '=', toSubquery(actor))
    .where((eb) => eb.not(isBlockedAccount('follower.uri', 'follower.host'))),
)

type InboxRow = { inbox: string; software: string | null; software_version: string | null }

const inboxesFor = (rows: readonly InboxRow[], isFor: ForSoftware = () => true): string[] => [
  ...new Set(rows.filter((row) => isFor(softwareOf(row))).map((row) => row.inbox)),
]

/** Returns whether anybody to whom we send follows this account of ours. */
export const isFollowed = async (db: Database, actor: string): Promise<boolean> =>
  (await selectOneFollower(db, { actor })).rows.length > 0

const selectOneFollower = prepare((db, { actor }: { actor: string }) =>
  db
    .selectFrom('follower')
    .select('uri')
    .where('actor', '=', actor)
    .where((eb) => eb.not(isBlockedAccount('follower.uri', 'follower.host')))
    .limit(1),
)

/**
 * Lists the inboxes of followers of `instance`. Directories, whose own actor is an `instance`, read whole Events;
 * others (a Mobilizon relay) expect an id. A transaction that tells of changes reads them once.
 * @param isFor - Whether a server gets it, by the software that it runs; by default all do.
 */
export async function listInstanceInboxes(
  db: Database,
  { directories, isFor }: { directories: boolean; isFor?: ForSoftware | undefined },
): Promise<string[]> {
  const select = directories ? selectDirectories : selectRelays
  const ask = async () => (await select(db, {})).rows
  return inboxesFor(await askOnce(db, `instance ${directories}`, ask), isFor)
}

const INSTANCE = sql.lit('instance')

const selectOfInstance = (directories: boolean) =>
  prepare((db) =>
    db
      .selectFrom('follower')
      .leftJoin('host', 'host.name', 'follower.host')
      .leftJoin('remote_actor', 'remote_actor.uri', 'follower.uri')
      .select((eb) => eb.fn.coalesce('follower.shared_inbox', 'follower.inbox').as('inbox'))
      .select(['host.software', 'host.software_version'])
      .distinct()
      // SQLite would compile the join anew for each value that it is given.
      .where('follower.actor', '=', INSTANCE)
      .where((eb) => eb.not(isBlockedAccount('follower.uri', 'follower.host')))
      .where((eb) => {
        const name = eb.fn.coalesce('remote_actor.preferred_username', sql.lit(''))
        return directories ? eb(name, '=', INSTANCE) : eb(name, '<>', INSTANCE)
      }),
  )
const selectDirectories = selectOfInstance(true)
const selectRelays = selectOfInstance(false)
