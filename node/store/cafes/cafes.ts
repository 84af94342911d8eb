import { type Insertable, type Selectable, sql } from 'kysely'
import {
  type AttendanceMode,
  type Cafe,
  type CafeStatus,
  endsAtPlace,
  type Intention,
  type Openness,
  type RegistrationMode,
  startsAtPlace,
} from '../../domain/cafes/cafe.ts'
import { textOfParagraphs } from '../../domain/cafes/description-text.ts'
import type { Venue } from '../../domain/cafes/venue.ts'
import type { AccessibilityCode } from '../../domain/values/accessibility.ts'
import type { CafeImage } from '../../domain/values/image.ts'
import {
  fromInstantText,
  fromListText,
  fullValueOf,
  instantOrNull,
  instantOrUndefined,
  orNull,
  orUndefined,
  toAddressColumns,
  toInstantText,
  toListText,
  toWallText,
  withoutUsual,
} from '../database/columns.ts'
import { type Database, inTransaction } from '../database/database.ts'
import { prepare, prepareRows } from '../database/prepared.ts'
import type { CafeTable } from '../schema/cafes.ts'
import {
  changeNumberOf,
  changeTimeOf,
  countChange,
  deleteCafes,
  markWritten,
} from '../search-index/write-cafes.ts'
import { saveOrganizer } from '../structures/descriptions.ts'

const selectById = prepare((db, { id }: { id: string }) =>
  db.selectFrom('cafe').selectAll().where('id', '=', id),
)

/**
 * Finds a café by its id, ours or received, whatever its publication and even if it is hidden; undefined where there is
 * none. Public pages ask `findPublicCafe`.
 */
export async function findCafe(db: Database, id: string): Promise<Cafe | undefined> {
  const [row] = (await selectById(db, { id })).rows
  return row && toCafe(row)
}

const selectByUri = prepare((db, { uri }: { uri: string }) =>
  db.selectFrom('cafe').selectAll().where('uri', '=', uri),
)

/** Finds a café by the address that identifies it on the network, like `findCafe`. */
export async function findCafeByUri(db: Database, uri: string): Promise<Cafe | undefined> {
  const [row] = (await selectByUri(db, { uri })).rows
  return row && toCafe(row)
}

/** Lists all cafés of one structure, drafts and past ones included, in the order in which they were made. */
export async function listCafesOfOrganization(
  db: Database,
  organizationId: string,
  { after = '', limit }: { after?: string | undefined; limit: number },
): Promise<Cafe[]> {
  const rows = await db
    .selectFrom('cafe')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('undated', '=', 0)
    .where('id', '>', after)
    .orderBy('id')
    .limit(limit)
    .execute()
  return rows.map(toCafe)
}

/**
 * Finds a café of a structure by the key that its sender gave; references are unique within one structure. Undefined
 * where none has it.
 */
export async function findCafeByReference(
  db: Database,
  organizationId: string,
  reference: string,
): Promise<Cafe | undefined> {
  const row = await db
    .selectFrom('cafe')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('reference', '=', reference)
    .executeTakeFirst()
  return row && toCafe(row)
}

/** Finds the date of an imported calendar that this UID and RECURRENCE-ID name (RFC 5545 §3.8.4.4). */
export async function findCafeByUid(
  db: Database,
  { organizationId, uid, recurrenceId }: CafeIdentity,
): Promise<Cafe | undefined> {
  const row = await db
    .selectFrom('cafe')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('uid', '=', uid)
    .where((eb) => eb(eb.fn.coalesce('recurrence_id', eb.val('')), '=', recurrenceId ?? ''))
    .executeTakeFirst()
  return row && toCafe(row)
}

export type CafeIdentity = {
  organizationId: string
  uid: string
  recurrenceId: string | undefined
}

/** Finds the café that was announced last, so that it can be repeated. */
export async function findLastAnnounced(
  db: Database,
  organizationId: string,
): Promise<Cafe | undefined> {
  const row = await db
    .selectFrom('cafe')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('publication', '=', 'published')
    .orderBy('published_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row && toCafe(row)
}

/** Lists the cafés whose planned time of publication has come. */
export async function listDueCafes(db: Database, now: Temporal.Instant): Promise<Cafe[]> {
  const rows = await db
    .selectFrom('cafe')
    .selectAll()
    .where('publication', '=', 'scheduled')
    .where('publish_at', '<=', toInstantText(now))
    .execute()
  return rows.map(toCafe)
}

/**
 * Saves a café in one statement, whether it is new or known; its id decides.
 */
export async function saveCafe(db: Database, cafe: Cafe): Promise<SavedCafe> {
  const [saved] = await saveCafes(db, [cafe])
  if (!saved) throw new Error(`the café ${cafe.uri} was not saved`)
  return saved
}

/** Does the same for several cafés, in their order. Those that are stored already as they are here are not written. */
export const saveCafes = (db: Database, cafes: readonly Cafe[]): Promise<SavedCafe[]> =>
  inTransaction(db, async (trx) => {
    const rows = cafes.map((cafe) => withoutUsual(toRow(cafe)))
    await countChange(trx)
    const written = await upsertRows(trx, rows)
    for (const cafe of cafes) if (cafe.publication === 'published') await saveOrganizer(trx, cafe)
    await markWritten(
      trx,
      written.map(({ id }) => id),
    )
    return rows.map(({ id, description_html, description_text }) => ({
      id,
      bytes: Buffer.byteLength(description_html) + Buffer.byteLength(description_text),
    }))
  })

/** Numbers the change of a café that is listed; one that was listed before and is not any more has a number as well. */
function numbersOf(
  db: Database,
  row: Pick<Insertable<CafeTable>, 'publication' | 'hidden_reason'>,
) {
  const isListed = sql`cast(${row.publication} as text) = 'published'
    and cast(${row.hidden_reason} as text) is null`
  return {
    change_number: sql<number>`case when ${isListed} then ${changeNumberOf(db)} end`,
    changed_at: sql<number>`case when ${isListed} then ${changeTimeOf(db)} end`,
  }
}

const upsertRows = prepareRows((db, rows: readonly Insertable<CafeTable>[]) => {
  const columns = Object.keys(rows[0] ?? {}).filter((name) => name !== 'id')
  const isOther = columns.map(
    (name) => sql`excluded.${sql.ref(name)} is distinct from cafe.${sql.ref(name)}`,
  )
  const isNumbered = sql`coalesce(excluded.change_number, cafe.change_number) is not null`
  return db
    .insertInto('cafe')
    .values(rows.map((row) => ({ ...row, ...numbersOf(db, row) })))
    .onConflict((oc) =>
      oc
        .column('id')
        .doUpdateSet({
          ...Object.fromEntries(columns.map((name) => [name, sql.ref(`excluded.${name}`)])),
          change_number: sql`case when ${isNumbered} then ${changeNumberOf(db)} end`,
          changed_at: sql`case when ${isNumbered} then ${changeTimeOf(db)} end`,
        })
        .where(sql<boolean>`(${sql.join(isOther, sql` or `)})`),
    )
    .returning('id')
})

/** The bytes are those of both forms of the description. */
export type SavedCafe = { id: string; bytes: number }

/**
 * Deletes the row of a café; the rows that belong to it go with it by the schema. Nobody is told: what is ours is
 * removed by `removeCafe`, which leaves a tombstone.
 */
export async function deleteCafe(db: Database, id: string): Promise<void> {
  await deleteCafes(db, [id])
}

const toVenueColumns = (venue: Venue | undefined) => ({
  venue_id: orNull(venue?.id),
  venue_name: orNull(venue?.name),
  ...toAddressColumns(venue),
  latitude: orNull(venue?.latitude),
  longitude: orNull(venue?.longitude),
  venue_access: orNull(venue?.access),
  venue_acceslibre_url: orNull(venue?.acceslibreUrl),
})

const toImageColumns = (image: CafeImage | undefined) => ({
  image_url: orNull(image?.url),
  image_alt: orNull(image?.alt),
  media_id: orNull(image?.mediaId),
  image_credit: orNull(image?.credit),
  image_focal_x: orNull(image?.focalPoint?.[0]),
  image_focal_y: orNull(image?.focalPoint?.[1]),
  image_width: orNull(image?.width),
  image_height: orNull(image?.height),
  image_sizes: image?.sizes ? JSON.stringify(image.sizes) : null,
})

/** Returns the start of the page's address that follows from the id, which is not stored twice. */
const homeOf = (uri: string): string => `${new URL(uri).origin}/`

/** Returns the UID that our software gives the café of this address; empty for an address of other software. */
function usualUidOf(uri: string): string {
  const [, , host = '', folder, id = '', ...more] = uri.split('/')
  return folder === 'cafes' && more.length === 0 ? `${id}@${host}` : ''
}

/** Returns the UID of a café, or nothing for that of a peer where `usualUidOf` tells it. */
const uidToStore = ({ peerId, uid, uri }: Cafe): string =>
  peerId !== undefined && uid === usualUidOf(uri) ? '' : uid

/** Returns the text of a description, or nothing where `textOfParagraphs` makes it from the HTML. */
const textToStore = ({ descriptionHtml, descriptionText }: Cafe): string =>
  textOfParagraphs(descriptionHtml) === descriptionText ? '' : descriptionText

/** Returns the wall time of the end, or nothing for a peer's café whose other times tell it. */
function wallEndToStore(cafe: Cafe): string {
  const end = endsAtPlace(cafe)
  const isTold = end.offsetNanoseconds === startsAtPlace(cafe).offsetNanoseconds
  return cafe.peerId !== undefined && isTold ? '' : toWallText(end)
}

/** The columns that say when a row was changed. */
type Maintained = 'change_number' | 'changed_at'

type CafeRow = Omit<Selectable<CafeTable>, Maintained>

const toRow = (cafe: Cafe): Omit<CafeTable, Maintained> => ({
  id: cafe.id,
  uri: cafe.uri,
  origin_host: new URL(cafe.uri).host,
  url: cafe.url === cafe.uri ? '' : cafe.url,
  uid: uidToStore(cafe),
  recurrence_id: orNull(cafe.recurrenceId),
  reference: orNull(cafe.reference),
  series: orNull(cafe.series),
  organization_id: orNull(cafe.organizationId),
  peer_id: orNull(cafe.peerId),
  announced_for: orNull(cafe.announcedFor),
  announced_under: orNull(cafe.announcedUnder),
  organizer_uri: cafe.organizer.uri,
  organizer_name: cafe.organizer.name,
  organizer_url: cafe.organizer.url === homeOf(cafe.organizer.uri) ? '' : cafe.organizer.url,
  publication: cafe.publication,
  publish_at: instantOrNull(cafe.publishAt),
  published_at: instantOrNull(cafe.publishedAt),
  updated_at: toInstantText(cafe.updatedAt),
  confirmed_at: instantOrNull(cafe.confirmedAt),
  hidden_reason: orNull(cafe.hiddenReason),
  title: cafe.title,
  summary: orNull(cafe.summary),
  description_markdown: orNull(cafe.descriptionMarkdown),
  description_html: cafe.descriptionHtml,
  description_text: textToStore(cafe),
  starts_at: toInstantText(cafe.startsAt),
  undated: cafe.isUndated ? 1 : 0,
  wall_starts_at: toWallText(startsAtPlace(cafe)),
  wall_ends_at: wallEndToStore(cafe),
  ends_at: toInstantText(cafe.endsAt),
  timezone: cafe.timezone,
  status: cafe.status,
  status_note: orNull(cafe.statusNote),
  previous_starts_at: instantOrNull(cafe.previousStartsAt),
  attendance_mode: cafe.attendanceMode,
  online_url: orNull(cafe.onlineUrl),
  registrants_url: orNull(cafe.registrantsUrl),
  open_to: cafe.openTo,
  intentions: toListText(cafe.intentions),
  languages: toListText(cafe.languages),
  speakers: toListText(cafe.speakers),
  support: orNull(cafe.support),
  phone: orNull(cafe.phone),
  ...toVenueColumns(cafe.venue),
  format: orNull(cafe.format),
  themes: toListText(cafe.themes),
  audiences: toListText(cafe.audiences),
  accessibility: toListText(cafe.accessibility),
  registration_mode: cafe.registration.mode,
  registration_url: orNull(cafe.registration.url),
  capacity: orNull(cafe.registration.capacity),
  seats_left: orNull(cafe.registration.seatsLeft),
  waitlist: cafe.registration.waitlist ? 1 : 0,
  ...toImageColumns(cafe.image),
})

/** Converts a row, ours or received; it asserts nothing that the schema does not guarantee. */
export const toCafe = (row: CafeRow): Cafe => ({
  id: row.id,
  uri: row.uri,
  url: row.url || row.uri,
  uid: row.uid || usualUidOf(row.uri),
  recurrenceId: orUndefined(row.recurrence_id),
  reference: orUndefined(row.reference),
  series: orUndefined(row.series),
  organizationId: orUndefined(row.organization_id),
  peerId: orUndefined(row.peer_id),
  ...(row.announced_for !== null && { announcedFor: row.announced_for }),
  ...(row.announced_under !== null && { announcedUnder: row.announced_under }),
  organizer: {
    uri: row.organizer_uri,
    name: row.organizer_name,
    url: row.organizer_url || homeOf(row.organizer_uri),
  },
  publication: row.publication,
  publishAt: instantOrUndefined(row.publish_at),
  publishedAt: instantOrUndefined(row.published_at),
  updatedAt: fromInstantText(row.updated_at),
  confirmedAt: instantOrUndefined(row.confirmed_at),
  hiddenReason: orUndefined(row.hidden_reason),
  title: row.title,
  summary: orUndefined(row.summary),
  descriptionMarkdown: orUndefined(row.description_markdown),
  descriptionHtml: row.description_html,
  descriptionText: row.description_text || (textOfParagraphs(row.description_html) ?? ''),
  startsAt: fromInstantText(row.starts_at),
  endsAt: fromInstantText(row.ends_at),
  isUndated: row.undated === 1 ? true : undefined,
  timezone: fullValueOf(row, 'timezone'),
  status: row.status as CafeStatus,
  statusNote: orUndefined(row.status_note),
  previousStartsAt: instantOrUndefined(row.previous_starts_at),
  attendanceMode: row.attendance_mode as AttendanceMode,
  onlineUrl: orUndefined(row.online_url),
  registrantsUrl: orUndefined(row.registrants_url),
  openTo: row.open_to as Openness,
  intentions: fromListText<Intention>(row.intentions),
  languages: fromListText(fullValueOf(row, 'languages')),
  speakers: fromListText(fullValueOf(row, 'speakers')),
  support: orUndefined(row.support),
  phone: orUndefined(row.phone),
  venue: toVenue(row),
  format: orUndefined(row.format),
  themes: fromListText(fullValueOf(row, 'themes')),
  audiences: fromListText(fullValueOf(row, 'audiences')),
  accessibility: fromListText<AccessibilityCode>(fullValueOf(row, 'accessibility')),
  registration: {
    mode: row.registration_mode as RegistrationMode,
    url: orUndefined(row.registration_url),
    capacity: orUndefined(row.capacity),
    seatsLeft: orUndefined(row.seats_left),
    waitlist: row.waitlist === 1,
  },
  image: toImage(row),
})

/** Reads an image without the keys that have no value, so that equal images are equal values. */
function toImage(row: CafeRow): CafeImage | undefined {
  if (row.image_url === null) return undefined
  const { image_focal_x: x, image_focal_y: y } = row
  return {
    url: row.image_url,
    alt: row.image_alt ?? '',
    ...(row.image_credit !== null && { credit: row.image_credit }),
    ...(x !== null && y !== null && { focalPoint: [x, y] as const }),
    ...(row.media_id !== null && { mediaId: row.media_id }),
    ...(row.image_width !== null && { width: row.image_width }),
    ...(row.image_height !== null && { height: row.image_height }),
    ...(row.image_sizes !== null && { sizes: JSON.parse(row.image_sizes) as number[] }),
  }
}

const toVenue = (row: CafeRow): Venue | undefined =>
  row.venue_name === null || row.commune === null
    ? undefined
    : {
        id: orUndefined(row.venue_id),
        name: row.venue_name,
        streetAddress: orUndefined(row.street_address),
        postalCode: orUndefined(row.postal_code),
        commune: row.commune,
        codeInsee: orUndefined(row.code_insee),
        departement: orUndefined(row.departement),
        region: orUndefined(row.region),
        latitude: orUndefined(row.latitude),
        longitude: orUndefined(row.longitude),
        ...(row.venue_access !== null && { access: row.venue_access }),
        ...(row.venue_acceslibre_url !== null && { acceslibreUrl: row.venue_acceslibre_url }),
      }
