import { randomUUID } from 'node:crypto'
import type { Cafe } from '../../domain/cafes/cafe.ts'
import {
  isSameAddress,
  type SavedVenue,
  type Venue,
  type VenueContent,
  venueOf,
} from '../../domain/cafes/venue.ts'
import { type EditedNoun, type Signed, saveEdit, saveNew } from '../accounts/saved-edit.ts'
import { toInstantText } from '../database/columns.ts'
import type { Database } from '../database/database.ts'
import { prepare } from '../database/prepared.ts'
import { VENUE } from '../schema/cafes.ts'
import { toCafe } from './cafes.ts'

/**
 * Finds a saved venue by its id, of whichever structure; callers compare its `organizationId`. Undefined where there is
 * none.
 */
export async function findVenue(db: Database, id: string): Promise<SavedVenue | undefined> {
  const [row] = (await selectVenue(db, { id })).rows
  return row && VENUE.fromRow(row)
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
  return row && VENUE.fromRow(row)
}

/**
 * Creates the venue, or changes the one of this reference. What `venue` does not say about access stays as the team
 * said it; an empty text removes it.
 */
export async function saveVenue(
  db: Database,
  {
    venue,
    ...keyed
  }: Signed<SavedVenue> & { venue: Venue } & { organizationId: string; reference: string },
  now: Temporal.Instant,
): Promise<SavedVenue> {
  const { organizationId, reference, ...signed } = keyed
  const known = await findVenueByReference(db, organizationId, reference)
  const { access = known?.access, acceslibreUrl = known?.acceslibreUrl } = venue
  const content = {
    ...{ ...venue, accessibility: known?.accessibility ?? [] },
    access: access || undefined,
    acceslibreUrl: acceslibreUrl || undefined,
    closures: known?.closures,
  }
  return known
    ? replaceVenue(db, { ...signed, id: known.id, content }, now)
    : insertVenue(db, { ...signed, content, organizationId, reference }, now)
}

/** Lists all venues of a structure, by name. */
export async function listVenues(db: Database, organizationId: string): Promise<SavedVenue[]> {
  const rows = await db
    .selectFrom('venue')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .execute()
  return rows.map(VENUE.fromRow).sort((a, b) => a.name.localeCompare(b.name, 'fr'))
}

type NewVenue = Signed<SavedVenue> & {
  content: VenueContent
  organizationId: string
  reference?: string | undefined
}

/** Saves a new venue of a structure, and returns it with its id. */
export async function insertVenue(
  db: Database,
  { content, organizationId, reference, ...signed }: NewVenue,
  now: Temporal.Instant,
): Promise<SavedVenue> {
  const id = randomUUID()
  const value = { ...content, id, organizationId, reference }
  return saveNew(db, OWN_VENUE, { ...signed, id, value }, now)
}

/** Replaces the content of a venue and returns it; its reference and its structure stay. */
async function replaceVenue(
  db: Database,
  { content, ...edit }: Signed<SavedVenue> & { id: string; content: VenueContent },
  now: Temporal.Instant,
): Promise<SavedVenue> {
  const decide = (current: SavedVenue) => decideVenue(current, content)
  const saved = await saveEdit(db, OWN_VENUE, { ...edit, seen: undefined, decide }, now)
  if (saved.outcome !== 'saved') throw new Error(`the venue ${edit.id} is gone`)
  return saved.value
}

/** Decides a venue with another content; its reference and its structure stay. */
export const decideVenue = (current: SavedVenue, content: VenueContent): { value: SavedVenue } => {
  const { id, organizationId, reference } = current
  return { value: { ...content, id, organizationId, reference } }
}

/**
 * Saves a venue. The same place at the same address is stored once, with what was said of it last, so that a second
 * click adds nothing.
 */
export async function upsertVenue(
  db: Database,
  venue: NewVenue,
  now: Temporal.Instant,
): Promise<SavedVenue> {
  const { content, organizationId, reference: _, ...signed } = venue
  const venues = await listVenues(db, organizationId)
  const known = venues.find((each) => isAtSameAddress(each, content))
  return known
    ? replaceVenue(db, { ...signed, id: known.id, content }, now)
    : insertVenue(db, venue, now)
}

/** Finds the kept venue at this address, with what was said of it; it is stored where there was none. */
export async function ensureVenue(
  db: Database,
  { venue, ...signed }: Omit<NewVenue, 'content'> & { venue: Venue },
  now: Temporal.Instant,
): Promise<SavedVenue> {
  const venues = await listVenues(db, signed.organizationId)
  const known = venues.find((each) => isAtSameAddress(each, venue))
  const content = { access: undefined, acceslibreUrl: undefined, accessibility: [], ...venue }
  return known ?? insertVenue(db, { ...signed, content }, now)
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
  return row && VENUE.fromRow(row)
}

/**
 * The venues of our structures, which people and programs edit by `saveEdit`. Cafés keep the copy of the venue that they
 * have, also when it is deleted (`on delete set null`).
 */
export const OWN_VENUE: EditedNoun<SavedVenue> = {
  type: 'venue',
  find: findVenue,
  versionOf: (venue) => JSON.stringify(venue),
  ownerOf: ({ organizationId }) => organizationId,
  save: async (trx, { before, after }, now) => {
    const { id, organization_id, reference, ...content } = VENUE.toRow(after)
    const columns = { ...content, updated_at: toInstantText(now) }
    const key = { id, organization_id, reference }
    const row = before
      ? trx.updateTable('venue').set(columns).where('id', '=', id).returningAll()
      : trx
          .insertInto('venue')
          .values({ ...key, ...columns })
          .returningAll()
    return VENUE.fromRow(await row.executeTakeFirstOrThrow())
  },
  remove: async (trx, { id }) => {
    await trx.deleteFrom('venue').where('id', '=', id).execute()
  },
}

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
