import { randomUUID } from 'node:crypto'
import type { Selectable } from 'kysely'
import type { Cafe } from '../../domain/cafes/cafe.ts'
import {
  isSameAddress,
  type SavedVenue,
  type Venue,
  type VenueContent,
  venueOf,
} from '../../domain/cafes/venue.ts'
import { deleteEditsOf } from '../accounts/edits.ts'
import {
  fromListText,
  orNull,
  orUndefined,
  toAddressColumns,
  toInstantText,
  toListText,
} from '../database/columns.ts'
import { type Database, inTransaction } from '../database/database.ts'
import { prepare } from '../database/prepared.ts'
import type { Schema } from '../schema.ts'
import { toCafe } from './cafes.ts'

/**
 * Finds a saved venue by its id, of whichever structure; callers compare its `organizationId`. Undefined where there is
 * none.
 */
export async function findVenue(db: Database, id: string): Promise<SavedVenue | undefined> {
  const [row] = (await selectVenue(db, { id })).rows
  return row && toVenue(row)
}

const selectVenue = prepare((db, { id }: { id: string }) =>
  db.selectFrom('venue').selectAll().where('id', '=', id),
)

/** Finds a venue of a structure by the key that the sender gave; undefined where none has it. */
export async function findVenueByReference(
  db: Database,
  organizationId: string,
  reference: string,
): Promise<SavedVenue | undefined> {
  const row = await db
    .selectFrom('venue')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('reference', '=', reference)
    .executeTakeFirst()
  return row && toVenue(row)
}

/**
 * Creates the venue, or changes the one of this reference. What `venue` does not say about access stays as the team
 * said it; an empty text removes it.
 */
export async function saveVenue(
  db: Database,
  { venue, organizationId, reference }: { venue: Venue; organizationId: string; reference: string },
  now: Temporal.Instant,
): Promise<SavedVenue> {
  const { access, acceslibreUrl } = venue
  const columns = {
    ...addressColumns(venue, now),
    ...(access !== undefined && { access: access || null }),
    ...(acceslibreUrl !== undefined && { acceslibre_url: acceslibreUrl || null }),
  }
  const row = await db
    .insertInto('venue')
    .values({
      id: randomUUID(),
      organization_id: organizationId,
      reference,
      access: null,
      acceslibre_url: null,
      ...columns,
    })
    .onConflict((oc) => oc.columns(['organization_id', 'reference']).doUpdateSet(columns))
    .returningAll()
    .executeTakeFirstOrThrow()
  return toVenue(row)
}

/** Lists all venues of a structure, by name. */
export async function listVenues(db: Database, organizationId: string): Promise<SavedVenue[]> {
  const rows = await db
    .selectFrom('venue')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .execute()
  return rows.map(toVenue).sort((a, b) => a.name.localeCompare(b.name, 'fr'))
}

/** Saves a new venue of a structure, without a reference, and returns it with its id. */
export async function insertVenue(
  db: Database,
  { content, organizationId }: { content: VenueContent; organizationId: string },
  now: Temporal.Instant,
): Promise<SavedVenue> {
  const row = await db
    .insertInto('venue')
    .values({
      id: randomUUID(),
      organization_id: organizationId,
      reference: null,
      ...contentColumns(content, now),
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  return toVenue(row)
}

/**
 * Saves a venue. The same place at the same address is stored once, with what was said of it last, so that a second
 * click adds nothing.
 */
export async function upsertVenue(
  db: Database,
  { content, organizationId }: { content: VenueContent; organizationId: string },
  now: Temporal.Instant,
): Promise<SavedVenue> {
  const venues = await listVenues(db, organizationId)
  const known = venues.find((venue) => isAtSameAddress(venue, content))
  return known
    ? updateVenue(db, { id: known.id, content }, now)
    : insertVenue(db, { content, organizationId }, now)
}

/** Finds the kept venue at this address, with what was said of it; it is stored where there was none. */
export async function ensureVenue(
  db: Database,
  { venue, organizationId }: { venue: Venue; organizationId: string },
  now: Temporal.Instant,
): Promise<SavedVenue> {
  const known = (await listVenues(db, organizationId)).find((each) => isAtSameAddress(each, venue))
  const content = { access: undefined, acceslibreUrl: undefined, accessibility: [], ...venue }
  return known ?? insertVenue(db, { content, organizationId }, now)
}

const isAtSameAddress = (kept: SavedVenue, venue: Venue): boolean =>
  isSameAddress(venueOf(kept), { ...venue, id: kept.id })

/** Finds the kept venue at which the structure announced a café last. */
export async function findUsualVenue(
  db: Database,
  organizationId: string,
): Promise<SavedVenue | undefined> {
  const row = await db
    .selectFrom('cafe')
    .innerJoin('venue', 'venue.id', 'cafe.venue_id')
    .selectAll('venue')
    .where('cafe.organization_id', '=', organizationId)
    .where('venue.organization_id', '=', organizationId)
    .orderBy('cafe.id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row && toVenue(row)
}

/**
 * Replaces the content of a venue and returns it; its reference and its structure stay. Throws where there is no such
 * venue. Cafés keep the copy of the venue that they have.
 */
export async function updateVenue(
  db: Database,
  { id, content }: { id: string; content: VenueContent },
  now: Temporal.Instant,
): Promise<SavedVenue> {
  const row = await db
    .updateTable('venue')
    .set(contentColumns(content, now))
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow()
  return toVenue(row)
}

/** Deletes a venue. Cafés that were held there keep their copy of its address (`on delete set null`). */
export async function deleteVenue(db: Database, id: string): Promise<void> {
  await inTransaction(db, async (trx) => {
    await trx.deleteFrom('venue').where('id', '=', id).execute()
    await deleteEditsOf(trx, { type: 'venue', id })
  })
}

const addressColumns = (venue: Venue, now: Temporal.Instant) => ({
  name: venue.name,
  ...toAddressColumns(venue),
  commune: venue.commune,
  latitude: orNull(venue.latitude),
  longitude: orNull(venue.longitude),
  updated_at: toInstantText(now),
})

const contentColumns = (content: VenueContent, now: Temporal.Instant) => ({
  ...addressColumns(content, now),
  access: orNull(content.access),
  accessibility: toListText(content.accessibility),
  acceslibre_url: orNull(content.acceslibreUrl),
})

/** Lists the cafés at a venue that are not over, drafts included. */
export async function listCafesAtVenue(
  db: Database,
  { venueId, now }: { venueId: string; now: Temporal.Instant },
): Promise<Cafe[]> {
  const rows = await db
    .selectFrom('cafe')
    .selectAll()
    .where('venue_id', '=', venueId)
    .where('ends_at', '>=', toInstantText(now))
    .execute()
  return rows.map(toCafe)
}

const toVenue = (row: Selectable<Schema['venue']>): SavedVenue => ({
  id: row.id,
  organizationId: row.organization_id,
  reference: orUndefined(row.reference),
  name: row.name,
  streetAddress: orUndefined(row.street_address),
  postalCode: orUndefined(row.postal_code),
  commune: row.commune,
  codeInsee: orUndefined(row.code_insee),
  departement: orUndefined(row.departement),
  region: orUndefined(row.region),
  latitude: orUndefined(row.latitude),
  longitude: orUndefined(row.longitude),
  access: orUndefined(row.access),
  accessibility: fromListText(row.accessibility),
  acceslibreUrl: orUndefined(row.acceslibre_url),
})
