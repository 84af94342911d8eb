import { randomUUID } from 'node:crypto'
import type { Selectable } from 'kysely'
import type { Cafe } from '../domain/cafe.ts'
import type { Venue } from '../domain/venue.ts'
import { toCafe } from './cafes.ts'
import { orNull, orUndefined, toInstantText } from './columns.ts'
import type { Database } from './database.ts'
import type { Schema } from './schema.ts'

/** A place that a structure keeps under a key of its own. */
export type KeptVenue = Venue & { id: string; reference: string | undefined }

export async function findVenue(db: Database, id: string): Promise<KeptVenue | undefined> {
  const row = await db.selectFrom('venue').selectAll().where('id', '=', id).executeTakeFirst()
  return row && toVenue(row)
}

export async function findVenueByReference(
  db: Database,
  organizationId: string,
  reference: string,
): Promise<KeptVenue | undefined> {
  const row = await db
    .selectFrom('venue')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('reference', '=', reference)
    .executeTakeFirst()
  return row && toVenue(row)
}

/** Creates the venue or changes the one of this reference. */
export async function saveVenue(
  db: Database,
  { venue, organizationId, reference }: { venue: Venue; organizationId: string; reference: string },
  now: Temporal.Instant,
): Promise<KeptVenue> {
  const columns = {
    name: venue.name,
    street_address: orNull(venue.streetAddress),
    postal_code: orNull(venue.postalCode),
    commune: venue.commune,
    code_insee: orNull(venue.codeInsee),
    departement: orNull(venue.departement),
    region: orNull(venue.region),
    latitude: orNull(venue.latitude),
    longitude: orNull(venue.longitude),
    updated_at: toInstantText(now),
  }
  const row = await db
    .insertInto('venue')
    .values({ id: randomUUID(), organization_id: organizationId, reference, ...columns })
    .onConflict((oc) => oc.columns(['organization_id', 'reference']).doUpdateSet(columns))
    .returningAll()
    .executeTakeFirstOrThrow()
  return toVenue(row)
}

/** The cafés that are not over, drafts included. */
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

const toVenue = (row: Selectable<Schema['venue']>): KeptVenue => ({
  id: row.id,
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
})
