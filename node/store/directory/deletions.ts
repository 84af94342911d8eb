import { type Selectable, sql } from 'kysely'
import { fromInstantText, toInstantText } from '../database/columns.ts'
import type { Database } from '../database/database.ts'
import { prepare } from '../database/prepared.ts'
import { quotaDomainOf } from '../database/quota-domain.ts'
import { takeShare } from '../queues/shares.ts'
import type { Schema } from '../schema.ts'

export type Tombstone = {
  uri: string
  ours: boolean
  deletedAt: Temporal.Instant
  /** The organizer whose cafés alone are deleted; undefined for those of every organizer. */
  ownerUri?: string | undefined
}

/** What a tombstone stands for; that of a series or a resource is one of ours. */
type TombstoneKind = 'cafe' | 'series' | 'resource'

/** The value of the column `owner_uri` for a deletion that counts for every organizer. */
const WHOEVERS = ''

/**
 * Stores a deletion, which holds for ever: it is kept although the café is gone, with the id of the page that it had
 * here.
 */
export async function insertTombstone(
  db: Database,
  {
    cafeId,
    kind = 'cafe',
    ...tombstone
  }: Tombstone & { cafeId?: string | undefined; kind?: TombstoneKind },
): Promise<void> {
  await db
    .insertInto('deletion')
    .values({
      kind,
      key: tombstone.uri,
      owner_uri: tombstone.ownerUri ?? WHOEVERS,
      at: toInstantText(tombstone.deletedAt),
      cafe_id: cafeId ?? null,
      domain: tombstone.ours ? null : quotaDomainOf(new URL(tombstone.uri).host),
    })
    .onConflict((oc) => oc.doNothing())
    .execute()
}

/**
 * Stores that another server deleted an object. One domain has a limited number of them: of cafés that were here the
 * newest stay; an id that never was here is remembered while there is room and for `UNKNOWN_DAYS`, so that a Create
 * that comes after its Delete is not believed.
 */
export async function rememberDeletion(
  trx: Database,
  deletion: {
    uri: string
    cafeId: string | undefined
    ownerUri?: string | undefined
    deletedAt: Temporal.Instant
    most: number
  },
): Promise<void> {
  const { uri, cafeId, most } = deletion
  if (await findTombstoneFor(trx, { uri, ownerUri: deletion.ownerUri ?? WHOEVERS })) return
  const { host } = new URL(uri)
  if (!(await takeShare(trx, 'deletion', { host, max: most }))) {
    if (cafeId === undefined) return
    await deleteOldestTombstone(trx, quotaDomainOf(host))
  }
  await insertTombstone(trx, { ...deletion, ours: false })
}

async function deleteOldestTombstone(trx: Database, domain: string): Promise<void> {
  const oldest = await trx
    .selectFrom('deletion')
    .select(['key', 'owner_uri'])
    .where('domain', '=', domain)
    // Ids that were never here are forgotten before cafés that were.
    .orderBy((eb) => eb.case().when('cafe_id', 'is', null).then(0).else(1).end())
    .orderBy('at')
    .limit(1)
    .executeTakeFirst()
  if (!oldest) return
  await trx
    .deleteFrom('deletion')
    .where('kind', '=', 'cafe')
    .where('key', '=', oldest.key)
    .where('owner_uri', '=', oldest.owner_uri)
    .execute()
}

/**
 * The number of days for which a deletion is kept; what is not here is kept for ever. An older message about a café
 * that never was here may still arrive for a month. A consent lasts a year, so no message can bring back a profile that
 * was erased longer ago.
 */
const KEPT_DAYS = { unknownCafe: 35, profile: 400 } as const

/** Deletes the deletions that nothing can undo any more. */
export async function deleteOldDeletions(db: Database, now: Temporal.Instant): Promise<void> {
  const ago = (days: number) => toInstantText(now.subtract({ hours: days * 24 }))
  await db
    .deleteFrom('deletion')
    .where('kind', '=', 'cafe')
    .where('domain', 'is not', null)
    .where('cafe_id', 'is', null)
    .where('at', '<', ago(KEPT_DAYS.unknownCafe))
    .execute()
  await db
    .deleteFrom('deletion')
    .where('kind', '=', 'profile')
    .where('at', '<', ago(KEPT_DAYS.profile))
    .execute()
}

/**
 * The condition that a deletion concerns everybody: it is of a café that was here, or its server made it. What one
 * actor deleted and never was here concerns nobody else.
 */
const isForEverybody = sql<boolean>`(deletion.owner_uri = ${sql.lit(WHOEVERS)} or deletion.cafe_id is not null)`

/** Finds the deletion of an address, for everybody who asks for it. */
export async function findTombstone(
  db: Database,
  uri: string,
  kind: TombstoneKind = 'cafe',
): Promise<Tombstone | undefined> {
  const row = await db
    .selectFrom('deletion')
    .selectAll()
    .where('kind', '=', kind)
    .where('key', '=', uri)
    .where(isForEverybody)
    .orderBy('owner_uri')
    .limit(1)
    .executeTakeFirst()
  return row && toTombstone(row)
}

/** Finds the deletion that keeps a café of this organizer out. */
export async function findTombstoneFor(
  db: Database,
  deletion: { uri: string; ownerUri: string },
): Promise<Tombstone | undefined> {
  const [row] = (await selectFor(db, deletion)).rows
  return row && toTombstone(row)
}

const selectFor = prepare((db, { uri, ownerUri }: { uri: string; ownerUri: string }) =>
  db
    .selectFrom('deletion')
    .selectAll()
    .where('kind', '=', 'cafe')
    .where('key', '=', uri)
    .where('owner_uri', 'in', [WHOEVERS, ownerUri])
    .limit(1),
)

/**
 * Finds the deletion behind a page of this server: of a café of ours, or of another server's by the id that it had
 * here.
 */
export async function findTombstoneOfPage(
  db: Database,
  { id, origin }: { id: string; origin: string },
): Promise<Tombstone | undefined> {
  const row = await db
    .selectFrom('deletion')
    .selectAll()
    .where('kind', '=', 'cafe')
    .where((eb) => eb.or([eb('cafe_id', '=', id), eb('key', '=', `${origin}/cafes/${id}`)]))
    .executeTakeFirst()
  return row && toTombstone(row)
}

/**
 * Lists the deletions that one other server made of its cafés since a time, in the order of their addresses, including
 * cafés that were never here. It reads the key alone, from where the page begins, since a server may have deleted
 * 100,000.
 */
export async function listTombstonesOf(
  db: Database,
  { origin, since, after, limit }: TombstoneQuery,
): Promise<{ items: Tombstone[]; next: string | undefined }> {
  const own = `${origin}/`
  const rows = await db
    .selectFrom('deletion')
    .selectAll()
    .where('kind', '=', 'cafe')
    .where('key', '>', after > own ? after : own)
    // `0` is the character after the slash, and texts are compared by their bytes.
    .where('key', '<', `${origin}0`)
    .where(
      sql<boolean>`(owner_uri = ${sql.lit(WHOEVERS)} or substr(owner_uri, 1, ${own.length}) = ${own})`,
    )
    .where('at', '>=', toInstantText(since))
    .orderBy('key')
    .orderBy('owner_uri')
    .limit(limit + 1)
    .execute()
  const items = rows.slice(0, limit)
  return {
    items: items.map(toTombstone),
    next: rows.length > limit ? items.at(-1)?.key : undefined,
  }
}

type TombstoneQuery = { origin: string; since: Temporal.Instant; after: string; limit: number }

const toTombstone = (row: Selectable<Schema['deletion']>): Tombstone => ({
  uri: row.key,
  ours: row.domain === null,
  deletedAt: fromInstantText(row.at),
  ownerUri: row.owner_uri || undefined,
})
