import { sql } from 'kysely'
import type { Database } from '../database/database.ts'
import { prepare } from '../database/prepared.ts'

/** How many cafés may begin in one minute before the positions of the next minute are used. */
export const PER_MINUTE = 2 ** 13

/**
 * How many minutes after its own a café may stand whose minute is full. Where those are full as well, it stands at the
 * first gap after them.
 */
export const LATER_MINUTES = 32

/** Returns the whole minutes since 1970. */
const minutesOf = (instant: Temporal.Instant): number =>
  Math.max(0, Math.floor(instant.epochMilliseconds / 60_000))

/**
 * Returns the first position of the minute, in the order of the index; it is exact in a double until the year 16,000.
 */
export const positionOf = (instant: Temporal.Instant): number => minutesOf(instant) * PER_MINUTE

/**
 * Takes the position after the last one of the minute, or of a later minute when that is full: reading all positions up
 * to the first gap would take longer with each café that one server puts at one minute.
 * @param taken - The last position of each minute that was looked at.
 */
export async function takePosition(
  db: Database,
  minute: number,
  taken: Map<number, number>,
): Promise<number> {
  for (let later = 0; later <= LATER_MINUTES; later++) {
    const first = (minute + later) * PER_MINUTE
    const end = first + PER_MINUTE - 1
    const last =
      taken.get(first) ?? (await selectLast(db, { first, end })).rows[0]?.last ?? first - 1
    taken.set(first, Math.min(last + 1, end))
    if (last < end) return last + 1
  }
  const [gap] = (await selectGap(db, { first: minute * PER_MINUTE })).rows
  return gap?.position ?? minute * PER_MINUTE
}

const selectLast = prepare((db, { first, end }: { first: number; end: number }) =>
  db
    .selectFrom('search_entry')
    .select((eb) => eb.fn.max('position').as('last'))
    .where('position', '>=', first)
    .where('position', '<=', end),
)

const selectGap = prepare((db, { first }: { first: number }) =>
  db
    .selectFrom('search_entry as taken')
    .select(sql<number>`min(taken.position) + 1`.as('position'))
    .where('taken.position', '>=', first)
    .where(sql<boolean>`not exists (
      select 1 from search_entry as after where after.position = taken.position + 1)`),
)
