import type { Cafe } from '../../domain/cafes/cafe.ts'
import { toInstantText } from '../database/columns.ts'
import type { Database } from '../database/database.ts'
import { toCafe } from './cafes.ts'

export type DriftedCafe = { cafe: Cafe; startsAt: Temporal.Instant; endsAt: Temporal.Instant }

/**
 * Lists our upcoming cafés whose wall time no longer matches their instant, since the rules of their zone have changed
 * (tzdata), with the instants of that wall time under today's rules.
 */
export async function listDriftedCafes(
  db: Database,
  now: Temporal.Instant,
): Promise<DriftedCafe[]> {
  const rows = await db
    .selectFrom('cafe')
    .selectAll()
    .where('organization_id', 'is not', null)
    .where('ends_at', '>', toInstantText(now))
    .execute()
  return rows.flatMap((row) => {
    const cafe = toCafe(row)
    const startsAt = toInstant(row.wall_starts_at, cafe.timezone)
    const endsAt = toInstant(row.wall_ends_at, cafe.timezone)
    const same = startsAt.equals(cafe.startsAt) && endsAt.equals(cafe.endsAt)
    return same || isAmbiguous(row.wall_starts_at, cafe) ? [] : [{ cafe, startsAt, endsAt }]
  })
}

const toInstant = (wall: string, timezone: string): Temporal.Instant =>
  Temporal.PlainDateTime.from(wall).toZonedDateTime(timezone).toInstant()

/** Returns whether the hour comes twice in autumn, so that either instant is right. */
const isAmbiguous = (wall: string, { startsAt, timezone }: Cafe): boolean =>
  startsAt.toZonedDateTimeISO(timezone).toPlainDateTime().equals(Temporal.PlainDateTime.from(wall))
