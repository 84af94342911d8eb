import {
  decideAbsences,
  type FollowedCalendar,
  isFailingForLong,
} from '../../domain/cafes/followed-calendar.ts'
import { listCalendars } from '../../store/cafes/followed-calendars.ts'
import { type BroughtCafe, listBroughtCafes } from '../../store/cafes/import-snapshots.ts'
import type { Database } from '../../store/database/database.ts'

export type CalendarState = FollowedCalendar & {
  /** Upcoming cafés that it brought and no longer has. */
  absent: BroughtCafe[]
  /** Whether so many are missing that the team must decide what becomes of them. */
  isDoubtful: boolean
}

/** Finds what a followed calendar no longer has, and whether that is so much that the team must decide. */
export async function findCalendarState(
  db: Database,
  calendar: FollowedCalendar,
  now: Temporal.Instant,
): Promise<CalendarState> {
  const brought = await listBroughtCafes(db, calendar.id, now)
  const absent = brought.filter(({ missingSince }) => missingSince !== undefined)
  const { isDoubtful } = decideAbsences(brought.length, absent, now)
  return { ...calendar, absent, isDoubtful }
}

/** Lists the followed calendars of a structure, each with what it lacks. */
export async function listCalendarStates(
  db: Database,
  organizationId: string,
  now: Temporal.Instant,
): Promise<CalendarState[]> {
  const states: CalendarState[] = []
  for (const calendar of await listCalendars(db, organizationId))
    states.push(await findCalendarState(db, calendar, now))
  return states
}

/** Counts those that a person has to look at: an error that lasts, or too much that is gone at once. */
export async function countFailingCalendars(
  db: Database,
  organizationId: string,
  now: Temporal.Instant,
): Promise<number> {
  const states = await listCalendarStates(db, organizationId, now)
  return states.filter((state) => state.isDoubtful || isFailingForLong(state, now)).length
}
