import type { Cafe } from '../../domain/cafes/cafe.ts'
import { endsAtSeconds, toInstantText, toSeconds } from '../database/columns.ts'
import type { Database } from '../database/database.ts'
import { toCafe } from './cafes.ts'
import { isVisible } from './visibility.ts'

export type PastQuery = {
  now: Temporal.Instant
  /** Leaves out the cafés of other servers. */
  isOurs: boolean
  /** The last café of the page before. */
  after: Pick<Cafe, 'id' | 'startsAt'> | undefined
  limit: number
}

/** Lists the cafés that took place and that everybody may see, the latest first. */
export async function listPastCafes(db: Database, query: PastQuery): Promise<Cafe[]> {
  return (await selectPast(db, query).execute()).map(toCafe)
}

/**
 * Returns the same as a query, so that its plan can be examined.
 *
 * @internal
 */
export function selectPast(db: Database, { now, isOurs, after, limit }: PastQuery) {
  return (
    db
      .selectFrom('cafe')
      .selectAll('cafe')
      .where(isVisible)
      .where('cafe.open_to', '=', 'public')
      .where('cafe.ends_at', '<=', toInstantText(now))
      // A café cannot end before it begins, so the index of starts can skip the upcoming ones.
      .where('cafe.starts_at', '<=', toInstantText(now))
      .$if(isOurs, (qb) => qb.where('cafe.organization_id', 'is not', null))
      .$if(after !== undefined, (qb) =>
        qb.where((eb) =>
          eb(
            eb.refTuple('cafe.starts_at', 'cafe.id'),
            '<',
            eb.tuple(after ? toInstantText(after.startsAt) : '', after?.id ?? ''),
          ),
        ),
      )
      .orderBy('cafe.starts_at', 'desc')
      .orderBy('cafe.id', 'desc')
      .limit(limit)
  )
}

/** Lists past cafés of one organizer that were open to everybody, the latest first. */
export async function listHeldCafesOf(
  db: Database,
  { organizerUri, now, limit }: { organizerUri: string; now: Temporal.Instant; limit: number },
): Promise<Cafe[]> {
  const rows = await db
    .selectFrom('cafe')
    .selectAll('cafe')
    .where('cafe.organizer_uri', '=', organizerUri)
    .where(endsAtSeconds, '<=', toSeconds(now))
    .where('cafe.open_to', '=', 'public')
    .where(isVisible)
    .orderBy(endsAtSeconds, 'desc')
    .orderBy('cafe.id', 'desc')
    .limit(limit)
    .execute()
  return rows.map(toCafe)
}
