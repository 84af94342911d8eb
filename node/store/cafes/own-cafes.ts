import {
  type Cafe,
  type CafeContent,
  isImportantChange,
  isNewsForFollowers,
  nextUpdatedAt,
  type Organizer,
  type Publication,
  versionOfCafe,
} from '../../domain/cafes/cafe.ts'
import { knownStateOf } from '../../domain/cafes/change-message.ts'
import { editActOf } from '../../domain/cafes/edit.ts'
import { isSame } from '../../domain/values/same.ts'
import { type EditedNoun, type Signed, saveEdit, saveNew } from '../accounts/saved-edit.ts'
import { toInstantText } from '../database/columns.ts'
import type { Database, OpenDatabase } from '../database/database.ts'
import { uuidV7 } from '../database/uuid.ts'
import { insertTombstone } from '../directory/deletions.ts'
import { appendChange } from '../queues/changes.ts'
import {
  appendChangeNotices,
  appendDeletionNotices,
  listJoinedInboxes,
} from '../queues/registration-notices.ts'
import { appendReportDeletion } from '../queues/report-deletions.ts'
import { appendSuggestionNews, endSuggestion } from '../suggestions/news.ts'
import { hasCafesAround } from './alike.ts'
import { deleteUncitedTexts, saveCafeDocument } from './cafe-documents.ts'
import { addCafe, deleteCafe, findCafe, saveCafe, toCafe } from './cafes.ts'
import { releaseOrphans, updateDuplicates, updateDuplicatesOfNew } from './duplicates.ts'
import { renewSeriesOf, reviseSeriesAt, updateOwnFields } from './series/series-dates.ts'
import { listCafesAtVenue } from './venues.ts'

/** The cafés of this server, which people and programs edit by `saveEdit`. */
export const OWN_CAFE: EditedNoun<Cafe> = {
  type: 'cafe',
  find: async (trx, id) => {
    const cafe = await findCafe(trx, id)
    return cafe?.organizationId ? cafe : undefined
  },
  versionOf: versionOfCafe,
  actOf: editActOf,
  ownerOf: ({ organizationId }) => organizationId,
  aboutOf: ({ title, announcedFor, announcedUnder: territory }) => ({
    ...{ title, territory, reason: announcedFor ?? title },
  }),
  save: saveOwnCafe,
  remove: async (trx, edit, now) => {
    if (edit.value.series) await renewSeriesOf(trx, edit.id, now)
    await removeOwnCafe(trx, edit, now)
  },
}

/** The same for an edit that is not of one café alone, so that no date of a series has it of its own. */
export const SERIES_CAFE: EditedNoun<Cafe> = {
  ...OWN_CAFE,
  save: saveRevision,
  remove: removeOwnCafe,
}

/**
 * A café of this server that it signed and lost: it is as it was signed, and the network, which has it, is told nothing.
 * @param body - The signed text.
 */
export const toRecoveredNoun = (body: string): EditedNoun<Cafe> => ({
  ...OWN_CAFE,
  save: async (trx, { after }) => {
    await saveCafe(trx, after)
    await saveCafeDocument(trx, { uri: after.uri, body })
    return after
  },
})

/**
 * A café of this server of which the team has chosen a version, after a restore: it is a revision of this date, and the
 * network is told what is new for those who know `told`.
 */
export const toChosenNoun = ({
  updatedAt,
  told,
}: {
  updatedAt: Temporal.Instant
  told: Cafe
}): EditedNoun<Cafe> => ({
  ...OWN_CAFE,
  save: async (trx, { id, after }, now) => {
    const saved = { ...after, updatedAt }
    await saveCafe(trx, saved)
    if (saved.publication !== 'published') return saved
    await updateDuplicates(trx, saved, now)
    await appendChange(trx, { type: 'cafe-updated', cafeId: id, ...newsOf(told, saved) }, now)
    return saved
  },
})

/** A new café of a program, which is written with others of its group where none of them is compared with it. */
const PROGRAM_CAFE: EditedNoun<Cafe> = {
  ...OWN_CAFE,
  save: async (trx, edit, now) => {
    if (await hasCafesAround(trx, edit.after)) return saveOwnCafe(trx, edit, now)
    await addCafe(trx, edit.after)
    if (edit.after.publication === 'published')
      await appendChange(trx, { type: 'cafe-published', cafeId: edit.id }, now)
    return edit.after
  },
}

type NewCafe = {
  content: CafeContent
  organizationId: string
  organizer: Organizer
  /** This server's own origin, without a trailing slash. */
  origin: string
  publication: Publication
  announcedUnder?: string | undefined
  publishAt?: Temporal.Instant | undefined
  uid?: string | undefined
  recurrenceId?: string | undefined
  reference?: string | undefined
  series?: string | undefined
}

/**
 * Creates a café of ours with its id, its address and its UID, in one transaction. A published one is compared with
 * others, and a change appended that tells the network; a draft or a scheduled one stays unknown to everybody.
 * @param cafe.isOfProgram - Whether it may be written with the next ones of a group (`addCafe`).
 */
export async function createCafe(
  db: OpenDatabase,
  { by, isOfProgram, ...cafe }: NewCafe & Pick<Signed<Cafe>, 'by'> & { isOfProgram?: boolean },
  now: Temporal.Instant,
): Promise<Cafe> {
  const id = uuidV7(now)
  const uri = `${cafe.origin}/cafes/${id}`
  const published = cafe.publication === 'published'
  const created: Cafe = {
    ...cafe.content,
    id,
    uri,
    url: uri,
    uid: cafe.uid ?? `${id}@${new URL(cafe.origin).host}`,
    recurrenceId: cafe.recurrenceId,
    reference: cafe.reference,
    series: cafe.series,
    organizationId: cafe.organizationId,
    peerId: undefined,
    announcedUnder: cafe.announcedUnder,
    organizer: cafe.organizer,
    publication: cafe.publication,
    publishAt: cafe.publishAt,
    publishedAt: published ? nextUpdatedAt(undefined, now) : undefined,
    updatedAt: nextUpdatedAt(undefined, now),
    confirmedAt: undefined,
    hiddenReason: undefined,
  }
  return saveNew(db, isOfProgram ? PROGRAM_CAFE : OWN_CAFE, { id, by, value: created }, now)
}

type CafeEdit = { id: string; before: Cafe | undefined; after: Cafe }

/** Saves a café of ours; a date of a series keeps what was changed on it by hand. */
async function saveOwnCafe(trx: Database, edit: CafeEdit, now: Temporal.Instant): Promise<Cafe> {
  const saved = await saveRevision(trx, edit, now)
  if (edit.before?.series) await updateOwnFields(trx, { before: edit.before, after: saved }, now)
  return saved
}

/** Saves a café of ours; a published one is compared with others, and the network told of what is new. */
async function saveRevision(
  trx: Database,
  { id, before, after }: CafeEdit,
  now: Temporal.Instant,
): Promise<Cafe> {
  const saved = before ? revisionOf(before, after, now) : after
  await saveCafe(trx, saved)
  if (before) {
    await deleteUncitedTexts(trx, before, saved)
    await appendChangeNotices(trx, { before, after: saved }, now)
    await appendSuggestionNews(trx, { before, after: saved }, now)
  }
  if (saved.publication !== 'published') return saved
  await (before ? updateDuplicates : updateDuplicatesOfNew)(trx, saved, now)
  await appendChange(
    trx,
    !before || isFirstPublication(before, after)
      ? { type: 'cafe-published', cafeId: id }
      : { type: 'cafe-updated', cafeId: id, ...newsOf(before, saved) },
    now,
  )
  return saved
}

/** Returns whether a café is announced now. One that was hidden after a restore has been announced before. */
const isFirstPublication = (before: Cafe, after: Cafe): boolean =>
  before.publication !== 'published' && after.publication === 'published' && !after.publishedAt

function revisionOf(before: Cafe, after: Cafe, now: Temporal.Instant): Cafe {
  const updatedAt = nextUpdatedAt(before.updatedAt, now)
  const isFirst = isFirstPublication(before, after)
  return {
    ...after,
    updatedAt,
    editedAt: undefined,
    publishedAt: isFirst ? updatedAt : after.publishedAt,
    // The team's confirmation does not hold for what is announced now.
    ...(isImportantChange(before, after) && { confirmedAt: undefined }),
  }
}

/**
 * Writes how many seats of a café of ours are left, and tells the network. Nobody edited it: who has its form open saves
 * what they typed.
 */
export async function saveSeatsLeft(
  trx: Database,
  { cafe: before, ...left }: { cafe: Cafe } & Pick<Cafe['registration'], 'seatsLeft' | 'bySide'>,
  now: Temporal.Instant,
): Promise<void> {
  const { id, registration } = before
  const { seatsLeft, bySide } = registration
  if (isSame({ seatsLeft, bySide }, left)) return
  const after: Cafe = {
    ...before,
    registration: { ...registration, ...left },
    updatedAt: nextUpdatedAt(before.updatedAt, now),
    editedAt: before.editedAt ?? before.updatedAt,
  }
  await saveCafe(trx, after)
  if (after.publication !== 'published') return
  await appendChange(trx, { type: 'cafe-updated', cafeId: id, ...newsOf(before, after) }, now)
}

/** Deletes a café that was a mistake: its id answers 410 for ever and is never used again. */
async function removeOwnCafe(
  trx: Database,
  { id, value: cafe, reason }: { id: string; value: Cafe; reason: string | undefined },
  now: Temporal.Instant,
): Promise<void> {
  const { uri, series, publication, publishedAt } = cafe
  await appendDeletionNotices(trx, cafe, now)
  const joinedInboxes = await listJoinedInboxes(trx, id)
  await endSuggestion(trx, { cafe, reason }, now)
  await appendReportDeletion(trx, id, now)
  await deleteCafe(trx, id)
  await trx.deleteFrom('other_version').where('cafe_id', '=', id).execute()
  await releaseOrphans(trx, now)
  if (publication !== 'published' && !publishedAt) return
  await insertTombstone(trx, { uri, ours: true, deletedAt: now, cafeId: id })
  const organizerUri = cafe.organizer.uri
  const deleted = { cafeId: id, uri, organizerUri, series, joinedInboxes }
  await appendChange(trx, { type: 'cafe-deleted', ...deleted }, now)
}

/** Gives the cafés to come at a venue, and the series that are held there, what was said of it anew. */
export async function reviseCafesAt(
  trx: Database,
  {
    venueId,
    said,
    ...signed
  }: Signed<Cafe> & {
    venueId: string
    said: Pick<CafeContent, 'venue'> & Partial<Pick<CafeContent, 'accessibility'>>
  },
  now: Temporal.Instant,
): Promise<void> {
  const decide = (cafe: Cafe) => ({ value: { ...cafe, ...said } })
  await reviseSeriesAt(trx, { venueId, said })
  for (const { id } of await listCafesAtVenue(trx, { venueId, now }))
    await saveEdit(trx, SERIES_CAFE, { ...signed, id, seen: undefined, decide }, now)
}

/** Lists the published cafés of this server that are not over, without those that wait for another date. */
export async function listOwnToCome(db: Database, now: Temporal.Instant): Promise<Cafe[]> {
  const rows = await db
    .selectFrom('cafe')
    .selectAll()
    .where('peer_id', 'is', null)
    .where('publication', '=', 'published')
    .where('ends_at', '>=', toInstantText(now))
    .orderBy('id')
    .execute()
  return rows.map(toCafe)
}

/**
 * Publishes each of them again as it is, so that what was signed of it before is replaced wherever it was sent.
 * @returns How many there are.
 */
export async function renewOwnToCome(trx: Database, now: Temporal.Instant): Promise<number> {
  const cafes = await listOwnToCome(trx, now)
  for (const cafe of cafes) await renewCafe(trx, cafe, now)
  return cafes.length
}

/** Publishes a café of ours again as it is. */
export async function renewCafe(trx: Database, cafe: Cafe, now: Temporal.Instant): Promise<void> {
  await saveCafe(trx, { ...cafe, updatedAt: nextUpdatedAt(cafe.updatedAt, now) })
  await appendChange(trx, { type: 'cafe-updated', cafeId: cafe.id, important: false }, now)
}

const newsOf = (before: Cafe, after: Cafe) =>
  isNewsForFollowers(before, after)
    ? { important: true, before: knownStateOf(before) }
    : { important: false }
