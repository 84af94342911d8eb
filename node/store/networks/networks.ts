import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { type Network, type NetworkDescription, slugOf } from '../../domain/structures/network.ts'
import { type EditedNoun, type Signed, saveNew } from '../accounts/saved-edit.ts'
import { instantOrUndefined, orNull, toInstantText } from '../database/columns.ts'
import { type Database, inTransaction, type OpenDatabase } from '../database/database.ts'
import { isTrusted } from '../directory/trusted.ts'
import { appendChange } from '../queues/changes.ts'
import { NETWORK } from '../schema/networks.ts'

/** Selects networks that have not ended: ours, and those of servers whose word counts now. */
const selectNetworks = (db: Database) =>
  db
    .selectFrom('network')
    .where('network.ended_at', 'is', null)
    .where(
      sql<boolean>`(network.peer_id is null or network.peer_id in (select peer.id from peer where ${isTrusted}))`,
    )

/**
 * Finds a network, ours or another server's, by the end of its page's address or by its own address; undefined where
 * there is none.
 */
export async function findNetwork(
  db: Database,
  key: { slug: string } | { uri: string },
): Promise<Network | undefined> {
  const row = await selectNetworks(db)
    .selectAll('network')
    .$if('slug' in key, (qb) => qb.where('network.slug', '=', 'slug' in key ? key.slug : ''))
    .$if('uri' in key, (qb) => qb.where('network.uri', '=', 'uri' in key ? key.uri : ''))
    .executeTakeFirst()
  return row && NETWORK.fromRow(row)
}

/**
 * Finds a network, also one that has ended or whose server is no longer trusted, since what we said about it must still
 * be sent.
 */
export async function findKnownNetwork(db: Database, uri: string): Promise<Network | undefined> {
  const row = await db.selectFrom('network').selectAll().where('uri', '=', uri).executeTakeFirst()
  return row && NETWORK.fromRow(row)
}

/** Finds when and of whom the network of this name ended. The name is never given to another network. */
export async function findNetworkEnd(
  db: Database,
  slug: string,
): Promise<EndedNetwork | undefined> {
  const row = await db.selectFrom('network').selectAll().where('slug', '=', slug).executeTakeFirst()
  const deletedAt = instantOrUndefined(row?.ended_at ?? null)
  return row && deletedAt && { ...NETWORK.fromRow(row), deletedAt }
}

type EndedNetwork = Network & { deletedAt: Temporal.Instant }

export type ListedNetwork = Network & { members: number }

/** Selects networks: those of one structure of ours, those of other servers, one by its name, or a page of all. */
export type NetworkChoice = {
  organizationId?: string | undefined
  isOfOthers?: boolean
  slug?: string
  limit?: number | undefined
  offset?: number | undefined
}

/** Lists networks by name, with the number of their members. */
export async function listNetworks(
  db: Database,
  { organizationId, isOfOthers = false, slug, limit, offset = 0 }: NetworkChoice = {},
): Promise<ListedNetwork[]> {
  const rows = await selectNetworks(db)
    .selectAll('network')
    .select((eb) =>
      eb
        .selectFrom('agreement')
        .select((eb) => eb.fn.countAll<number>().as('total'))
        .whereRef('agreement.object_uri', '=', 'network.uri')
        .where('agreement.kind', '=', 'member-of')
        .where('agreement.active', '=', 1)
        .as('members'),
    )
    .$if(organizationId !== undefined, (qb) =>
      qb.where('network.organization_id', '=', organizationId ?? ''),
    )
    .$if(isOfOthers, (qb) => qb.where('network.peer_id', 'is not', null))
    .$if(slug !== undefined, (qb) => qb.where('network.slug', '=', slug ?? ''))
    .orderBy('network.name')
    .orderBy('network.uri')
    .$if(limit !== undefined, (qb) => qb.limit(limit ?? 0).offset(offset))
    .execute()
  return rows.map((row) => ({ ...NETWORK.fromRow(row), members: Number(row.members) }))
}

/**
 * Lists the networks to which a structure belongs, by name. For a structure of ours, those of servers that are not
 * trusted are included.
 */
export async function listNetworksOf(
  db: Database,
  { structureUri, isOurs }: { structureUri: string; isOurs: boolean },
): Promise<Network[]> {
  const networks = isOurs
    ? db.selectFrom('network').where('network.ended_at', 'is', null)
    : selectNetworks(db)
  const rows = await networks
    .innerJoin('agreement', 'agreement.object_uri', 'network.uri')
    .selectAll('network')
    .where('agreement.kind', '=', 'member-of')
    .where('agreement.subject_uri', '=', structureUri)
    .where('agreement.active', '=', 1)
    .orderBy('network.name')
    .orderBy('network.id')
    .execute()
  return rows.map(NETWORK.fromRow)
}

/** Lists our networks that have not ended, which a directory is told when it admits us. */
export async function listOwnNetworks(db: Database): Promise<Network[]> {
  const rows = await selectNetworks(db)
    .selectAll('network')
    .where('network.peer_id', 'is', null)
    .orderBy('network.created_at')
    .orderBy('network.id')
    .execute()
  return rows.map(NETWORK.fromRow)
}

/** Lists the networks for which this actor of another server speaks and that have not ended. */
export async function listNetworksFrom(db: Database, actorUri: string): Promise<Network[]> {
  const rows = await db
    .selectFrom('network')
    .selectAll()
    .where('actor_uri', '=', actorUri)
    .where('peer_id', 'is not', null)
    .where('ended_at', 'is', null)
    .execute()
  return rows.map(NETWORK.fromRow)
}

/** Returns whether this actor of another server speaks, or spoke, for a network. */
export async function isOwnNetwork(db: Database, actorUri: string): Promise<boolean> {
  const row = await db
    .selectFrom('network')
    .select('id')
    .where('actor_uri', '=', actorUri)
    .where('peer_id', 'is not', null)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

export type NetworkHome = {
  organizationId: string
  /** The origin of its page. */
  origin: string
  /** The actor that speaks for it. */
  actorUri: string
}

/** Creates a network of ours, under a name that never changes. */
export async function declareNetwork(
  db: OpenDatabase,
  {
    description,
    home: { origin, ...home },
    ...signed
  }: Signed<Network> & { description: NetworkDescription; home: NetworkHome },
  now: Temporal.Instant,
): Promise<Network> {
  return inTransaction(db, async (trx) => {
    const slug = await freeSlug(trx, slugOf(description.name))
    const id = randomUUID()
    const value = {
      ...{ id, slug, uri: `${origin}/reseaux/${slug}`, ...description },
      ...{ ...home, peerId: undefined, updatedAt: now },
    }
    return saveNew(trx, OWN_NETWORK, { ...signed, id, value }, now)
  })
}

/** The networks of our structures, which people edit by `saveEdit`; their feeds have the new name. */
export const OWN_NETWORK: EditedNoun<Network> = {
  type: 'network',
  find: async (trx, id) => {
    const row = await selectNetworks(trx)
      .selectAll('network')
      .where('network.id', '=', id)
      .where('network.peer_id', 'is', null)
      .executeTakeFirst()
    return row && NETWORK.fromRow(row)
  },
  versionOf: (network) => JSON.stringify(network),
  aboutOf: ({ name: title }) => ({ title, reason: '', territory: undefined }),
  save: async (trx, { id, before, after }, now) => {
    const { uri } = after
    const network = { ...after, id, updatedAt: latest(after.updatedAt, now) }
    if (before) {
      await trx.updateTable('network').set(toColumns(network)).where('id', '=', id).execute()
      await renameFeed(trx, uri)
    } else await insertNetwork(trx, network, now)
    await appendChange(trx, { type: 'network-saved', uri }, now)
    return network
  },
  remove: async (trx, { id, value: { uri } }, now) => {
    await trx.deleteFrom('other_word').where('subject', '=', id).execute()
    await endNetwork(trx, uri, now)
  },
}

const insertNetwork = (trx: Database, network: Network, now: Temporal.Instant) =>
  trx
    .insertInto('network')
    .values({ ...NETWORK.toRow(network), created_at: toInstantText(now) })
    .execute()

const latest = (one: Temporal.Instant, other: Temporal.Instant): Temporal.Instant =>
  Temporal.Instant.compare(one, other) > 0 ? one : other

const toColumns = ({
  name,
  presentation,
  website,
  updatedAt,
}: NetworkDescription & Pick<Network, 'updatedAt'>) => ({
  ...{ name, presentation, website: orNull(website), updated_at: toInstantText(updatedAt) },
})

/** Finds the first of `la-poste`, `la-poste-2`… that no network has or had here. */
async function freeSlug(trx: Database, wanted: string): Promise<string> {
  for (let number = 1; ; number++) {
    const slug = number === 1 ? wanted : `${wanted}-${number}`
    const taken = await trx
      .selectFrom('network')
      .select('id')
      .where('slug', '=', slug)
      .executeTakeFirst()
    if (!taken) return slug
  }
}

/** Renames the feed of a network, which has the network's name. */
async function renameFeed(trx: Database, uri: string): Promise<void> {
  await trx
    .updateTable('feed')
    .set((eb) => ({
      title: eb.selectFrom('network').select('network.name').where('network.uri', '=', uri),
    }))
    .where('kind', '=', 'network')
    .where('code', '=', (eb) =>
      eb.selectFrom('network').select('network.slug').where('network.uri', '=', uri),
    )
    .execute()
}

/** Ends a network, ours or another server's: it is hidden at once, and its memberships are ended some at a time. */
export async function endNetwork(trx: Database, uri: string, now: Temporal.Instant): Promise<void> {
  const { numUpdatedRows } = await trx
    .updateTable('network')
    .set({ ended_at: toInstantText(now) })
    .where('uri', '=', uri)
    .where('ended_at', 'is', null)
    .executeTakeFirst()
  if (numUpdatedRows > 0n) await appendChange(trx, { type: 'network-ended', uri }, now)
}

export type ReceivedNetwork = NetworkDescription & {
  uri: string
  actorUri: string
  peerId: string
  /** The time that its server writes. */
  updatedAt: Temporal.Instant
}

/**
 * Stores another server's network. The latest revision counts, and only of the actor that first spoke for it; an end is
 * final.
 */
export async function receiveNetwork(
  trx: Database,
  received: ReceivedNetwork,
  now: Temporal.Instant,
): Promise<void> {
  const at = toInstantText(received.updatedAt)
  const slug = received.uri.split('/').at(-1) ?? ''
  const known = await findKnownNetwork(trx, received.uri)
  if (!known)
    await insertNetwork(
      trx,
      {
        ...{ ...received, id: randomUUID(), slug: await freeSlug(trx, slugOf(slug)) },
        organizationId: undefined,
      },
      now,
    )
  await trx
    .updateTable('network')
    .set(toColumns(received))
    .where('uri', '=', received.uri)
    .where('peer_id', 'is not', null)
    .where('actor_uri', '=', received.actorUri)
    .where('ended_at', 'is', null)
    .where('updated_at', '<=', at)
    .execute()
  await renameFeed(trx, received.uri)
}
