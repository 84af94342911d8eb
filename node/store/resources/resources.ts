import { randomUUID } from 'node:crypto'
import { type RawBuilder, type SelectQueryBuilder, sql } from 'kysely'
import { listSearchedWords } from '../../domain/reports/question-group.ts'
import type { Resource, ResourceContent, ResourceNeed } from '../../domain/resources/resource.ts'
import { toLabel } from '../../domain/territories/territory-feed.ts'
import { type EditedNoun, type Signed, saveNew } from '../accounts/saved-edit.ts'
import type { Database } from '../database/database.ts'
import { contains } from '../database/dialect.ts'
import { findTombstone, insertTombstone } from '../directory/deletions.ts'
import { isListedPeer, isTrusted } from '../directory/trusted.ts'
import { appendChange } from '../queues/changes.ts'
import { RESOURCE } from '../schema/resources/resources.ts'
import type { Schema } from '../schema.ts'

/** Which resources are looked for; each condition that is undefined holds for all. */
export type ResourceQuery = {
  words?: string | undefined
  need?: ResourceNeed | undefined
  /** The longest that it may take. */
  minutes?: number | undefined
  theme?: string | undefined
}

const ofPeers = (isMeant: RawBuilder<boolean>) => sql<boolean>`(not exists (
  select 1 from hidden_object where hidden_object.uri in (resource.uri, resource.owner_uri)) and (
  resource.organization_id in (select id from organization where suspended_at is null)
  or resource.peer_id in (select peer.id from peer where ${isMeant})))`

/**
 * The condition that everybody may see a resource: it is of a structure of ours that is not suspended, or of a server
 * whose word counts now, and neither it nor its structure is hidden.
 */
const isShown = ofPeers(isTrusted)

/** The condition that lists have it: those of a limited site stay at their address alone. */
export const isListed = ofPeers(isListedPeer)

const selectShown = (db: Database): SelectQueryBuilder<Schema, 'resource', object> =>
  db.selectFrom('resource').where(isShown)

/** Returns the condition of a need. */
function meets(db: Database, need: ResourceNeed): RawBuilder<boolean> {
  if (need === 'beginner') return sql<boolean>`resource.level = 'beginner'`
  if (need === 'no-computer') return sql<boolean>`resource.needs_computer = 0`
  return contains(db, sql.ref('resource.audiences'), JSON.stringify(need))
}

const selectFound = (db: Database, { words = '', need, minutes, theme }: ResourceQuery) =>
  listSearchedWords(words).reduce(
    (query, word) => query.where(contains(db, sql.ref('resource.words'), ` ${word}`)),
    db
      .selectFrom('resource')
      .where(isListed)
      .$if(need !== undefined, (query) => query.where(meets(db, need ?? 'beginner')))
      .$if(minutes !== undefined, (query) => query.where('resource.minutes', '<=', minutes ?? 0))
      .$if(theme !== undefined, (query) =>
        query.where(contains(db, sql.ref('resource.themes'), JSON.stringify(theme))),
      ),
  )

/** Lists resources, those that most cafés used first. */
export async function listResources(
  db: Database,
  { limit, offset, ...query }: ResourceQuery & { limit: number; offset: number },
): Promise<Resource[]> {
  const rows = await selectFound(db, query)
    .selectAll('resource')
    .orderBy('resource.used', 'desc')
    .orderBy('resource.id')
    .limit(limit)
    .offset(offset)
    .execute()
  return rows.map(RESOURCE.fromRow)
}

/** Counts the resources of a search. */
export async function countResources(db: Database, query: ResourceQuery = {}): Promise<number> {
  const row = await selectFound(db, query)
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirst()
  return Number(row?.total ?? 0)
}

/** Finds a resource that everybody may see, by the end of its page's address here or by its own address. */
export async function findResource(
  db: Database,
  key: { slug: string } | { uri: string },
): Promise<Resource | undefined> {
  const row = await selectShown(db)
    .selectAll('resource')
    .$if('slug' in key, (query) => query.where('resource.slug', '=', 'slug' in key ? key.slug : ''))
    .$if('uri' in key, (query) => query.where('resource.uri', '=', 'uri' in key ? key.uri : ''))
    .executeTakeFirst()
  return row && RESOURCE.fromRow(row)
}

/** Finds a resource by its own address, ours or of another server, also one that is not shown. */
export async function findAnyResource(db: Database, uri: string): Promise<Resource | undefined> {
  const row = await db.selectFrom('resource').selectAll().where('uri', '=', uri).executeTakeFirst()
  return row && RESOURCE.fromRow(row)
}

/** Lists the resources of a structure of ours, by title. */
export async function listOwnResources(db: Database, organizationId: string): Promise<Resource[]> {
  const rows = await db
    .selectFrom('resource')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .orderBy('title')
    .orderBy('id')
    .execute()
  return rows.map(RESOURCE.fromRow)
}

/** Counts the resources of a structure of ours. */
export async function countOwnResources(db: Database, organizationId: string): Promise<number> {
  const row = await db
    .selectFrom('resource')
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .where('organization_id', '=', organizationId)
    .executeTakeFirst()
  return Number(row?.total ?? 0)
}

/** Finds a resource of ours by its id, its address or the end of that. */
export async function findOwnResource(
  db: Database,
  key: { id: string } | { uri: string } | { slug: string },
): Promise<Resource | undefined> {
  const row = await db
    .selectFrom('resource')
    .selectAll()
    .where((eb) => eb.and(key))
    .where('peer_id', 'is', null)
    .executeTakeFirst()
  return row && RESOURCE.fromRow(row)
}

export type ResourceHome = {
  organizationId: string
  /** The origin of its page. */
  origin: string
  /** The actor that signs it, and the name of the structure. */
  owner: { uri: string; name: string }
}

/** Publishes a resource of ours, under an address that never changes. */
export async function createResource(
  db: Database,
  {
    content,
    home: { origin, ...home },
    ...signed
  }: Signed<Resource> & { content: ResourceContent; home: ResourceHome },
  now: Temporal.Instant,
): Promise<Resource> {
  const slug = await findFreeSlug(db, { wanted: content.title, origin })
  const id = randomUUID()
  const value = {
    ...{ id, slug, uri: addressOf(origin, slug), peerId: undefined, ...content, ...home },
    ...{ createdAt: now, updatedAt: now },
  }
  return saveNew(db, OWN_RESOURCE, { ...signed, id, value }, now)
}

const addressOf = (origin: string, slug: string): string => `${origin}/ressources/${slug}`

const SLUG_MAX = 60
/** Beyond so many of one title a slug ends in random digits, so that nobody makes others look through thousands. */
const NUMBERED_MAX = 9

/**
 * Finds the first of `le-debat-qui-bouge`, `le-debat-qui-bouge-2`… that no resource has or had here.
 *
 * @param wanted - A title, or the slug that another server gave it.
 */
export async function findFreeSlug(
  trx: Database,
  { wanted, origin }: { wanted: string; origin: string },
): Promise<string> {
  const base =
    toLabel(wanted.slice(0, 2 * SLUG_MAX))
      .slice(0, SLUG_MAX)
      .replace(/-$/, '') || 'ressource'
  for (let number = 1; number <= NUMBERED_MAX; number++) {
    const slug = number === 1 ? base : `${base}-${number}`
    const taken = await trx
      .selectFrom('resource')
      .select('id')
      .where('slug', '=', slug)
      .executeTakeFirst()
    if (!taken && !(await findTombstone(trx, addressOf(origin, slug), 'resource'))) return slug
  }
  return `${base}-${randomUUID()}`
}

/** The resources of our structures, which people and programs edit by `saveEdit`. */
export const OWN_RESOURCE: EditedNoun<Resource> = {
  type: 'resource',
  find: (trx, id) => findOwnResource(trx, { id }),
  versionOf: ({ updatedAt: _, ...resource }) => JSON.stringify(resource),
  ownerOf: ({ organizationId }) => organizationId,
  aboutOf: ({ title }) => ({ title, reason: '', territory: undefined }),
  save: async (trx, { id, before, after }, now) => {
    const resource = { ...after, updatedAt: before ? laterThan(before.updatedAt, now) : now }
    const row = RESOURCE.toRow(resource)
    if (before) await trx.updateTable('resource').set(row).where('id', '=', id).execute()
    else await trx.insertInto('resource').values(row).execute()
    await appendChange(trx, { type: 'resource-saved', uri: resource.uri }, now)
    return resource
  },
  remove: async (trx, { id, value: { uri } }, now) => {
    await trx.deleteFrom('resource').where('id', '=', id).execute()
    await insertTombstone(trx, { uri, ours: true, deletedAt: now, kind: 'resource' })
    await appendChange(trx, { type: 'resource-deleted', uri }, now)
  },
}

/** Returns a time after that of the last revision, so that of two the later holds; times are in whole seconds. */
const laterThan = (last: Temporal.Instant, now: Temporal.Instant): Temporal.Instant => {
  const next = last.add({ seconds: 1 })
  return Temporal.Instant.compare(next, now) > 0 ? next : now
}

/** Lists resources of ours in the order of their ids, those after one. */
export async function listResourcesAfter(
  db: Database,
  { after, limit }: { after: string; limit: number },
): Promise<Resource[]> {
  const rows = await db
    .selectFrom('resource')
    .selectAll()
    .where('peer_id', 'is', null)
    .where('id', '>', after)
    .orderBy('id')
    .limit(limit)
    .execute()
  return rows.map(RESOURCE.fromRow)
}

/** Lists those of these addresses that are stored here, each with whether everybody may see it. */
export async function listResourcesByUri(
  db: Database,
  uris: readonly string[],
): Promise<(Pick<Resource, 'uri' | 'slug' | 'title'> & { isShown: boolean })[]> {
  const rows = await db
    .selectFrom('resource')
    .select(['resource.uri', 'resource.slug', 'resource.title'])
    .select(sql<number | boolean>`${isShown}`.as('shown'))
    .where('resource.uri', 'in', uris)
    .execute()
  return rows.map(({ shown, ...one }) => ({ ...one, isShown: Boolean(shown) }))
}
