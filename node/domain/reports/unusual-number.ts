import { type AttendanceMode, type Cafe, totalCapacityOf } from '../cafes/cafe.ts'
import { KIND_GROUPS, type Kind, type KindGroup } from '../values/structure-kinds.ts'

/** How many people a café of each kind of place has at most, unless its capacity says more. */
const USUAL_MOST: Record<KindGroup, number> = {
  ...{ culture: 150, neighbourhood: 150, digital: 100, authority: 200 },
  ...{ work: 150, care: 100, learning: 500, other: 200 },
}

/** How many come to one online, or where the kind of place is not known. */
const ONLINE_MOST = 500
const UNKNOWN_MOST = 200
/** A room may hold more people than it has seats, but not many times as many. */
const TIMES_CAPACITY = 5

/**
 * Returns whether a number of participants is so much larger than such cafés have that it is asked back before it
 * counts: more than five times the capacity, or than both the capacity and what is usual at such a place.
 */
export function isUnusual(
  participants: number,
  {
    kind,
    attendanceMode,
    registration,
  }: { kind: Kind | undefined; attendanceMode: AttendanceMode } & Pick<Cafe, 'registration'>,
): boolean {
  const capacity = totalCapacityOf(registration)
  if (capacity !== undefined && participants > capacity * TIMES_CAPACITY) return true
  const atPlace = kind ? USUAL_MOST[groupOf(kind)] : UNKNOWN_MOST
  const usual = attendanceMode === 'offline' ? atPlace : Math.max(atPlace, ONLINE_MOST)
  return participants > Math.max(usual, capacity ?? 0)
}

const groupOf = (kind: Kind): KindGroup =>
  (Object.keys(KIND_GROUPS) as KindGroup[]).find((group) =>
    KIND_GROUPS[group].some((each) => each === kind),
  ) ?? 'other'
