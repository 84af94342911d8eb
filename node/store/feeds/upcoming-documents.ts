import { sql } from 'kysely'
import { selectTexts } from '../cafes/cafe-documents.ts'
import { toInstantText } from '../database/columns.ts'
import { unpackText } from '../database/compressed-text.ts'
import type { Database } from '../database/database.ts'
import { cutPage, isAfter, type UpcomingCursor } from './upcoming-cursor.ts'

export type UpcomingPage = {
  /** The signed Events, soonest first. */
  bodies: string[]
  next: UpcomingCursor | undefined
}

/** Lists our own published cafés that are not over, soonest first; with an `organizationId`, those of one structure. */
export async function listUpcomingDocuments(
  db: Database,
  {
    now,
    organizationId,
    after,
    limit,
  }: Of & { now: Temporal.Instant; after: UpcomingCursor | undefined; limit: number },
): Promise<UpcomingPage> {
  const rows = await selectTexts(db)
    .where(isUpcoming(now))
    .where(isOf(organizationId))
    .select(['cafe.starts_at', 'cafe.id'])
    .$call((qb) => (after ? qb.where(isAfter(after)) : qb))
    .orderBy('cafe.starts_at')
    .orderBy('cafe.id')
    .limit(limit + 1)
    .execute()
  const { page, next } = cutPage(rows, limit)
  return { bodies: page.map(({ body }) => unpackText(body)), next }
}

/** Counts our own published cafés that are not over, cancelled ones included. */
export async function countUpcoming(
  db: Database,
  now: Temporal.Instant,
  organizationId?: string,
): Promise<number> {
  const { total } = await upcoming(db, now)
    .where(isOf(organizationId))
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  return total
}

/** Lists the addresses of our own published cafés that are not over, soonest first, without cancelled ones. */
export async function listUpcomingUris(
  db: Database,
  now: Temporal.Instant,
  { limit, organizationId }: Of & { limit: number },
): Promise<string[]> {
  const rows = await upcoming(db, now)
    .where(isOf(organizationId))
    .select('cafe.uri')
    .where('cafe.status', '<>', 'cancelled')
    .orderBy('cafe.starts_at')
    .orderBy('cafe.id')
    .limit(limit)
    .execute()
  return rows.map((row) => row.uri)
}

/** Whose cafés: of all structures of ours by default. */
type Of = { organizationId?: string | undefined }

const isOf = (id: string | undefined) =>
  id === undefined ? sql<boolean>`1 = 1` : sql<boolean>`cafe.organization_id = ${id}`

const upcoming = (db: Database, now: Temporal.Instant) =>
  db.selectFrom('cafe').where(isUpcoming(now))

const isUpcoming = (now: Temporal.Instant) => sql<boolean>`
  cafe.organization_id is not null and cafe.publication = 'published'
  and cafe.hidden_reason is null
  and cafe.ends_at >= ${toInstantText(now)}`
