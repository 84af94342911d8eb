import {
  type Cafe,
  type CafeContent,
  isImportantChange,
  nextUpdatedAt,
  type Organizer,
  type Publication,
} from '../domain/cafe.ts'
import { DomainError } from '../domain/errors.ts'
import { deleteCafe, findCafe, saveCafe } from './cafes.ts'
import { appendChange } from './changes.ts'
import { inTransaction, type OpenDatabase } from './database.ts'
import { insertTombstone } from './tombstones.ts'
import { uuidV7 } from './uuid.ts'

/**
 * What an organiser does to a café of this server. Each function writes the café and what the network should hear
 * in one transaction (architecture, invariant 2); call `context.wake()` after it.
 */

export type NewCafe = {
  content: CafeContent
  organizationId: string
  organizer: Organizer
  /** This server's own address, without a trailing slash. */
  origin: string
  publication: Publication
  publishAt?: Temporal.Instant | undefined
  uid?: string | undefined
  recurrenceId?: string | undefined
  reference?: string | undefined
  series?: string | undefined
}

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
    if (published) await appendChange(trx, { type: 'cafe-published', cafeId: id }, now)
  })
  return created
}

/** The same café with other words, date or place. Publishes it when it was held back and no longer is. */
export async function reviseCafe(
  db: OpenDatabase,
  revision: {
    id: string
    content: CafeContent
    publication?: Publication | undefined
    publishAt?: Temporal.Instant | undefined
    reference?: string | undefined
    series?: string | undefined
  },
  now: Temporal.Instant,
): Promise<Cafe> {
  const { id, content, publication, publishAt, reference, series } = revision
  return changeCafe(db, id, now, (current) => ({
    ...content,
    // What is public stays so: taking it back is cancelling or deleting.
    publication:
      current.publication === 'published' ? 'published' : (publication ?? current.publication),
    publishAt: publishAt ?? current.publishAt,
    reference: reference ?? current.reference,
    series: series ?? current.series,
  }))
}

export const publishCafe = (db: OpenDatabase, id: string, now: Temporal.Instant): Promise<Cafe> =>
  changeCafe(db, id, now, () => ({ publication: 'published' }))

/** A cancelled café stays visible, said as such first; its page and its id live on. */
export const cancelCafe = (
  db: OpenDatabase,
  { id, reason }: { id: string; reason: string | undefined },
  now: Temporal.Instant,
): Promise<Cafe> => changeCafe(db, id, now, () => ({ status: 'cancelled', statusNote: reason }))

/** Undoes a cancellation. */
export const reinstateCafe = (db: OpenDatabase, id: string, now: Temporal.Instant): Promise<Cafe> =>
  changeCafe(db, id, now, () => ({ status: 'scheduled', statusNote: undefined }))

/** For a mistake: the id answers 410 for ever and is never used again. */
export async function removeCafe(
  db: OpenDatabase,
  id: string,
  now: Temporal.Instant,
): Promise<void> {
  await inTransaction(db, async (trx) => {
    const cafe = await findCafe(trx, id)
    if (!cafe?.organizationId) throw new DomainError('not_found', 'Ce café n’existe pas.')
    await deleteCafe(trx, id)
    if (cafe.publication !== 'published') return
    await insertTombstone(trx, { uri: cafe.uri, ours: true, deletedAt: now })
    await appendChange(trx, { type: 'cafe-deleted', cafeId: id, uri: cafe.uri }, now)
  })
}

async function changeCafe(
  db: OpenDatabase,
  id: string,
  now: Temporal.Instant,
  decide: (current: Cafe) => Partial<Cafe>,
): Promise<Cafe> {
  return inTransaction(db, async (trx) => {
    const current = await findCafe(trx, id)
    if (!current?.organizationId) throw new DomainError('not_found', 'Ce café n’existe pas.')
    const changed = { ...current, ...decide(current) }
    if (sameContent(current, changed)) return current
    const first = current.publication !== 'published' && changed.publication === 'published'
    const updatedAt = nextUpdatedAt(current.updatedAt, now)
    const revised = {
      ...changed,
      updatedAt,
      publishedAt: first ? updatedAt : current.publishedAt,
    }
    await saveCafe(trx, revised)
    if (revised.publication === 'published') {
      await appendChange(
        trx,
        first
          ? { type: 'cafe-published', cafeId: id }
          : { type: 'cafe-updated', cafeId: id, important: isImportantChange(current, revised) },
        now,
      )
    }
    return revised
  })
}

/** Saving the same again tells nobody. */
const sameContent = (before: Cafe, after: Cafe): boolean =>
  JSON.stringify(sorted(before)) === JSON.stringify(sorted(after))

const sorted = (cafe: Cafe) => Object.entries(cafe).sort(([a], [b]) => a.localeCompare(b))
