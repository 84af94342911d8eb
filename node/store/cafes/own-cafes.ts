import {
  type Cafe,
  type CafeContent,
  isImportantChange,
  isNewsForFollowers,
  nextUpdatedAt,
  type Organizer,
  type Publication,
} from '../../domain/cafes/cafe.ts'
import { knownStateOf } from '../../domain/cafes/change-message.ts'
import {
  type AskedStatusChange,
  decideConfirmation,
  decideStatusChange,
} from '../../domain/cafes/status-change.ts'
import { DomainError } from '../../domain/values/errors.ts'
import type { Problem } from '../../domain/values/problem.ts'
import { deleteEditsOf } from '../accounts/edits.ts'
import { toInstantText } from '../database/columns.ts'
import { type Database, inTransaction, type OpenDatabase } from '../database/database.ts'
import { uuidV7 } from '../database/uuid.ts'
import { insertTombstone } from '../directory/tombstones.ts'
import { appendChange } from '../queues/changes.ts'
import { deleteCafe, findCafe, saveCafe, toCafe } from './cafes.ts'
import { releaseOrphans, updateDuplicates } from './duplicates.ts'

/**
 * What an organiser does to a café of this server. Each function writes the café and the change for the network in one
 * transaction (architecture, invariant 2); call `context.wake()` after it.
 */

export type NewCafe = {
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
 */
export async function createCafe(
  db: OpenDatabase,
  cafe: NewCafe,
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
  await inTransaction(db, async (trx) => {
    await saveCafe(trx, created)
    if (!published) return
    await updateDuplicates(trx, created, now)
    await appendChange(trx, { type: 'cafe-published', cafeId: id }, now)
  })
  return created
}

/**
 * Saves a café with another text, date or place. Publishes it when it was held back and no longer is.
 * @throws DomainError conflict where it has changed since `basedOn`.
 */
export async function reviseCafe(
  db: OpenDatabase,
  revision: {
    id: string
    content: CafeContent
    publication?: Publication | undefined
    publishAt?: Temporal.Instant | undefined
    reference?: string | undefined
    series?: string | undefined
    /** The `updatedAt` of the revision on which the edit is based. */
    basedOn?: Temporal.Instant | undefined
  },
  now: Temporal.Instant,
): Promise<Cafe> {
  const { id, content, publication, publishAt, reference, series, basedOn } = revision
  return changeCafe(db, id, now, (current) => {
    if (basedOn && !basedOn.equals(current.updatedAt))
      throw new DomainError('conflict', 'cafes.edited_meanwhile')
    return {
      ...content,
      // A public café stays public; it is withdrawn by cancelling or deleting it.
      publication:
        current.publication === 'published' ? 'published' : (publication ?? current.publication),
      publishAt: publication === undefined ? current.publishAt : heldUntil(publication, publishAt),
      reference: reference ?? current.reference,
      series: series ?? current.series,
    }
  })
}

const heldUntil = (publication: Publication, publishAt: Temporal.Instant | undefined) =>
  publication === 'published' ? undefined : publishAt

/** Publishes a draft or a scheduled café now; the network is told by a change. Returns the café as it is then. */
export const publishCafe = (db: OpenDatabase, id: string, now: Temporal.Instant): Promise<Cafe> =>
  changeCafe(db, id, now, () => ({ publication: 'published', publishAt: undefined }))

/**
 * Changes the status: cancelled, postponed, moved online, full, or as planned after all. A cancelled café stays
 * visible, with its state said first; its page and its id remain.
 */
export async function changeStatus(
  db: OpenDatabase,
  { id, ...asked }: AskedStatusChange & { id: string },
  now: Temporal.Instant,
): Promise<{ cafe: Cafe; problems?: never } | { problems: Problem[]; cafe?: never }> {
  const problems: Problem[] = []
  const cafe = await changeCafe(db, id, now, (current) => {
    const decided = decideStatusChange(current, asked)
    if (decided.cafe) return decided.cafe
    problems.push(...decided.problems)
    return current
  })
  return problems.length > 0 ? { problems } : { cafe }
}

/** Cancels a café of ours, for a reason that its page shows. */
export const cancelCafe = (
  db: OpenDatabase,
  { id, reason }: { id: string; reason: string | undefined },
  now: Temporal.Instant,
): Promise<Cafe> => changeCafe(db, id, now, () => ({ status: 'cancelled', statusNote: reason }))

/** Confirms that a café takes place, by a person of the team; this is told at once. */
export const confirmCafe = (db: Database, id: string, now: Temporal.Instant): Promise<Cafe> =>
  changeCafe(db, id, now, (current) => decideConfirmation(current, now))

/** Deletes a café that was a mistake: its id answers 410 for ever and is never used again. */
export async function removeCafe(
  db: OpenDatabase,
  id: string,
  now: Temporal.Instant,
): Promise<void> {
  await inTransaction(db, async (trx) => {
    const cafe = await findCafe(trx, id)
    if (!cafe?.organizationId) throw new DomainError('not_found', 'cafes.no_such_cafe')
    await deleteCafe(trx, id)
    await deleteEditsOf(trx, { type: 'cafe', id })
    await releaseOrphans(trx, now)
    if (cafe.publication !== 'published') return
    await insertTombstone(trx, { uri: cafe.uri, ours: true, deletedAt: now, cafeId: id })
    await appendChange(trx, { type: 'cafe-deleted', cafeId: id, uri: cafe.uri }, now)
  })
}

/** Moves a café to the instant at which its wall time now falls; the date in words stays the same. */
export const moveCafe = (
  db: OpenDatabase,
  { id, startsAt, endsAt }: { id: string; startsAt: Temporal.Instant; endsAt: Temporal.Instant },
  now: Temporal.Instant,
): Promise<Cafe> => changeCafe(db, id, now, () => ({ startsAt, endsAt }))

async function changeCafe(
  db: Database,
  id: string,
  now: Temporal.Instant,
  decide: (current: Cafe) => Partial<Cafe>,
): Promise<Cafe> {
  return inTransaction(db, async (trx) => {
    const current = await findCafe(trx, id)
    if (!current?.organizationId) throw new DomainError('not_found', 'cafes.no_such_cafe')
    const decided = { ...current, ...decide(current) }
    if (sameContent(current, decided)) return current
    const isImportant = isImportantChange(current, decided)
    // The team's confirmation does not hold for what is announced now.
    const changed = isImportant ? { ...decided, confirmedAt: undefined } : decided
    const first = current.publication !== 'published' && changed.publication === 'published'
    const updatedAt = nextUpdatedAt(current.updatedAt, now)
    const revised = {
      ...changed,
      updatedAt,
      publishedAt: first ? updatedAt : current.publishedAt,
    }
    await saveCafe(trx, revised)
    if (revised.publication === 'published') {
      await updateDuplicates(trx, revised, now)
      await appendChange(
        trx,
        first
          ? { type: 'cafe-published', cafeId: id }
          : { type: 'cafe-updated', cafeId: id, ...newsOf(current, revised) },
        now,
      )
    }
    return revised
  })
}

/** Lists the cafés of one structure that start at this instant, drafts included. */
export async function listCafesStartingAt(
  db: Database,
  organizationId: string,
  startsAt: Temporal.Instant,
): Promise<Cafe[]> {
  const rows = await db
    .selectFrom('cafe')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('starts_at', '=', toInstantText(startsAt))
    .where('undated', '=', 0)
    .orderBy('id')
    .execute()
  return rows.map(toCafe)
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
  for (const cafe of cafes) {
    await saveCafe(trx, { ...cafe, updatedAt: nextUpdatedAt(cafe.updatedAt, now) })
    await appendChange(trx, { type: 'cafe-updated', cafeId: cafe.id, important: false }, now)
  }
  return cafes.length
}

const newsOf = (before: Cafe, after: Cafe) =>
  isNewsForFollowers(before, after)
    ? { important: true, before: knownStateOf(before) }
    : { important: false }

/** Returns whether nothing has changed; saving the same again tells nobody. */
const sameContent = (before: Cafe, after: Cafe): boolean =>
  JSON.stringify(sorted(before)) === JSON.stringify(sorted(after))

const sorted = (cafe: Cafe) => Object.entries(cafe).sort(([a], [b]) => a.localeCompare(b))
