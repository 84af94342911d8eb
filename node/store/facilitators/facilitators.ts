import type { Insertable, Selectable } from 'kysely'
import type {
  ContactWay,
  Facilitator,
  FacilitatorState,
  FacilitatorStatus,
  FacilitatorTitle,
  FieldLevels,
  Level,
  Training,
} from '../../domain/facilitators/facilitator.ts'
import type { CafeImage } from '../../domain/values/image.ts'
import { RETENTION_DAYS } from '../../domain/values/retention.ts'
import { deleteLinks } from '../accounts/links.ts'
import {
  fromInstantText,
  fromListText,
  instantOrNull,
  instantOrUndefined,
  orNull,
  orUndefined,
  toInstantText,
  toListText,
} from '../database/columns.ts'
import type { Database } from '../database/database.ts'
import type { Schema } from '../schema.ts'
import { saveFacilitatorEntries } from './search-entries.ts'
import { endTies } from './ties.ts'

/** Finds a profile, ours or another server's; `visibleTo` decides what of it may be shown. */
export async function findFacilitator(db: Database, id: string): Promise<Facilitator | undefined> {
  const row = await db.selectFrom('facilitator').selectAll().where('id', '=', id).executeTakeFirst()
  return row && toFacilitator(row)
}

/**
 * Finds a profile, of this server or of another, by its address; undefined where there is none. Whether it may be shown
 * is for the caller to decide.
 */
export async function findFacilitatorByUri(
  db: Database,
  uri: string,
): Promise<Facilitator | undefined> {
  const row = await db
    .selectFrom('facilitator')
    .selectAll()
    .where('uri', '=', uri)
    .executeTakeFirst()
  return row && toFacilitator(row)
}

/** Finds one of this site's own profiles by the last segment of its address, random or chosen. */
export async function findOwnFacilitator(
  db: Database,
  handle: string,
): Promise<Facilitator | undefined> {
  const row = await db
    .selectFrom('facilitator')
    .selectAll()
    .where((eb) => eb.or([eb('handle', '=', handle), eb('alias', '=', handle)]))
    .where('peer_id', 'is', null)
    .executeTakeFirst()
  return row && toFacilitator(row)
}

/**
 * Creates the profile, or changes the one of this id. Mandates that it no longer names, or not publicly, no longer name
 * it in anything signed.
 */
export async function saveFacilitator(
  trx: Database,
  profile: Facilitator,
  now: Temporal.Instant,
): Promise<void> {
  const isForAll = profile.state === 'published' && profile.level === 'public'
  const facilitator = isForAll ? profile : { ...profile, mandates: [] }
  await endTies(trx, facilitator, now)
  const { id, created_at, ...columns } = toColumns(facilitator)
  await trx
    .insertInto('facilitator')
    .values({ id, created_at, ...columns })
    .onConflict((oc) => oc.column('id').doUpdateSet(columns))
    .execute()
  await saveFacilitatorEntries(trx, facilitator)
}

/** Deletes the profile alone, with the rows about it; a person who withdraws is deleted by `withdrawFacilitator`. */
export async function deleteFacilitator(
  trx: Database,
  id: string,
  now: Temporal.Instant,
): Promise<void> {
  const gone = await findFacilitator(trx, id)
  if (gone) await endTies(trx, { uri: gone.uri, mandates: [] }, now)
  await deleteLinks(trx, { purpose: 'own-profile', subject: id })
  await trx.deleteFrom('facilitator').where('id', '=', id).execute()
}

const toColumns = (facilitator: Facilitator): Insertable<Schema['facilitator']> => ({
  id: facilitator.id,
  handle: facilitator.handle,
  alias: orNull(facilitator.alias),
  uri: facilitator.uri,
  url: facilitator.url,
  actor_uri: orNull(facilitator.actorUri),
  organization_id: orNull(facilitator.organizationId),
  peer_id: orNull(facilitator.peerId),
  name: facilitator.name,
  title: facilitator.word,
  territory: orNull(facilitator.territory),
  departement: orNull(facilitator.departement),
  region: orNull(facilitator.region),
  latitude: orNull(facilitator.latitude),
  longitude: orNull(facilitator.longitude),
  radius_km: orNull(facilitator.radiusKm),
  formats: toListText(facilitator.formats),
  themes: toListText(facilitator.themes),
  languages: toListText(facilitator.languages),
  status: orNull(facilitator.status),
  training: orNull(facilitator.training),
  trained_on: orNull(facilitator.trainedOn),
  availability: orNull(facilitator.availability),
  presentation: orNull(facilitator.presentation),
  ...photoColumns(facilitator.photo),
  contact: facilitator.contact,
  shown_contact: orNull(facilitator.shownContact),
  level: facilitator.level,
  field_levels: JSON.stringify(facilitator.fieldLevels),
  directories: toListText(facilitator.directories),
  mandates: toListText(facilitator.mandates),
  fediverse: facilitator.fediverse ? 1 : 0,
  state: facilitator.state,
  approved_at: instantOrNull(facilitator.approvedAt),
  consented_at: instantOrNull(facilitator.consentedAt),
  expires_at: instantOrNull(facilitator.expiresAt),
  created_at: toInstantText(facilitator.createdAt),
  updated_at: toInstantText(facilitator.updatedAt),
})

const photoColumns = (photo: CafeImage | undefined) => ({
  media_id: orNull(photo?.mediaId),
  photo_url: orNull(photo?.url),
  photo_alt: orNull(photo?.alt),
  photo_width: orNull(photo?.width),
  photo_height: orNull(photo?.height),
  photo_sizes: photo?.sizes ? JSON.stringify(photo.sizes) : null,
})

/** Converts a row, of this server or of another. */
export const toFacilitator = (row: Selectable<Schema['facilitator']>): Facilitator => ({
  id: row.id,
  handle: row.handle,
  alias: orUndefined(row.alias),
  uri: row.uri,
  url: row.url,
  actorUri: orUndefined(row.actor_uri),
  organizationId: orUndefined(row.organization_id),
  peerId: orUndefined(row.peer_id),
  name: row.name,
  word: row.title as FacilitatorTitle,
  territory: row.territory || undefined,
  departement: orUndefined(row.departement),
  region: orUndefined(row.region),
  latitude: orUndefined(row.latitude),
  longitude: orUndefined(row.longitude),
  radiusKm: orUndefined(row.radius_km),
  formats: fromListText(row.formats),
  themes: fromListText(row.themes),
  languages: fromListText(row.languages),
  status: orUndefined(row.status as FacilitatorStatus | null),
  training: orUndefined(row.training as Training | null),
  trainedOn: orUndefined(row.trained_on),
  availability: orUndefined(row.availability),
  presentation: orUndefined(row.presentation),
  photo: toPhoto(row),
  contact: row.contact as ContactWay,
  shownContact: orUndefined(row.shown_contact),
  level: row.level as Level,
  fieldLevels: JSON.parse(row.field_levels) as FieldLevels,
  directories: fromListText(row.directories),
  mandates: fromListText(row.mandates),
  fediverse: row.fediverse === 1,
  state: row.state as FacilitatorState,
  approvedAt: instantOrUndefined(row.approved_at),
  consentedAt: instantOrUndefined(row.consented_at),
  expiresAt: instantOrUndefined(endOfShowing(row)),
  createdAt: fromInstantText(row.created_at),
  updatedAt: fromInstantText(row.updated_at),
})

/**
 * Returns until when a profile is shown: to the end of its person's consent. One of another site is shown no longer
 * than a day after that site last answered, since its person may have left meanwhile.
 */
export function endOfShowing({
  expires_at,
  confirmed_at,
}: Pick<Selectable<Schema['facilitator']>, 'expires_at' | 'confirmed_at'>): string | null {
  if (confirmed_at === null) return expires_at
  const unconfirmed = toInstantText(
    fromInstantText(confirmed_at).add({ hours: RETENTION_DAYS.unconfirmedProfile * 24 }),
  )
  return expires_at !== null && expires_at < unconfirmed ? expires_at : unconfirmed
}

function toPhoto(row: Selectable<Schema['facilitator']>): CafeImage | undefined {
  if (row.photo_url === null) return undefined
  return {
    url: row.photo_url,
    alt: row.photo_alt ?? '',
    ...(row.media_id !== null && { mediaId: row.media_id }),
    ...(row.photo_width !== null && { width: row.photo_width }),
    ...(row.photo_height !== null && { height: row.photo_height }),
    ...(row.photo_sizes !== null && { sizes: JSON.parse(row.photo_sizes) as number[] }),
  }
}
