import { type SelectQueryBuilder, sql } from 'kysely'
import { type Facilitator, visibleTo } from '../../domain/facilitators/facilitator.ts'
import { urisOfFacilitatorPage } from '../../domain/facilitators/facilitator-page.ts'
import { toInstantText } from '../database/columns.ts'
import type { Database } from '../database/database.ts'
import { isTrusted } from '../directory/trusted.ts'
import type { Schema } from '../schema.ts'
import { findErasedAt } from './erasures.ts'
import { toFacilitator } from './facilitators.ts'

/** The people whom this site shows: its own, and at a directory those of its members. */

type ShownRows = SelectQueryBuilder<Schema, 'facilitator', object>

/** Selects published profiles whose consent has not expired, of ours or of a site whose word counts now. */
const selectShown = (db: Database, now: Temporal.Instant): ShownRows =>
  db
    .selectFrom('facilitator')
    .where('facilitator.state', '=', 'published')
    .where('facilitator.expires_at', '>', toInstantText(now))
    .where(
      sql<boolean>`(facilitator.peer_id is null or facilitator.peer_id in (
        select peer.id from peer where ${isTrusted} and peer.membership = 'member'))`,
    )

/**
 * Lists those whom everybody may see, with what everybody may see, in the order of their addresses; `among` selects the
 * rows.
 */
export async function listShownToAll(
  db: Database,
  among: (rows: ShownRows) => ShownRows,
  now: Temporal.Instant,
): Promise<Facilitator[]> {
  const rows = await among(selectShown(db, now)).selectAll('facilitator').orderBy('uri').execute()
  return rows.flatMap((row) => visibleTo(toFacilitator(row), 'public', now) ?? [])
}

/** Who asks: everybody, or a structure of the network. */
export type FacilitatorAudience = 'public' | 'network'

/** Finds the person behind a directory's page, with what everybody may know; `erased` where a person was. */
export async function findFacilitatorPage(
  db: Database,
  pageId: string,
  now: Temporal.Instant,
  audience: FacilitatorAudience = 'public',
): Promise<Facilitator | 'erased' | undefined> {
  for (const uri of urisOfFacilitatorPage(pageId)) {
    const row = await selectShown(db, now)
      .selectAll('facilitator')
      .where('facilitator.uri', '=', uri)
      .executeTakeFirst()
    const seen = row && visibleTo(toFacilitator(row), audience, now)
    if (seen) return seen
    if (!row && (await findErasedAt(db, uri))) return 'erased'
  }
  return undefined
}
