import { type RawBuilder, sql } from 'kysely'

/** A position in a list of upcoming cafés, soonest first: the last one that was read. */
export type UpcomingCursor = { startsAt: string; id: string }

/** Returns the condition that a café comes after the one that was read last. */
export const isAfter = ({ startsAt, id }: UpcomingCursor): RawBuilder<boolean> =>
  sql<boolean>`(cafe.starts_at, cafe.id) > (${startsAt}, ${id})`

/**
 * Cuts a page from rows in that order, which have one more than a page takes where there are more; returns the page,
 * and where the next one begins.
 */
export function cutPage<Row extends { starts_at: string; id: string }>(
  rows: readonly Row[],
  limit: number,
): { page: Row[]; next: UpcomingCursor | undefined } {
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  const next = rows.length > limit && last ? { startsAt: last.starts_at, id: last.id } : undefined
  return { page, next }
}
