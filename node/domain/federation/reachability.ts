/**
 * How long a server that we follow may not answer, and when it is visited. Its silence begins with the first failure
 * after its last message or answer.
 */

/** After this time pages tell visitors to call before they travel. */
const MARKED_AFTER_HOURS = 3 * 24
/** After this time no list has the cafés to come of the server. */
const HIDDEN_AFTER_HOURS = 30 * 24

/** A server whose word about cafés counts, with what the clock has to know of it. */
export type TrackedServer = {
  origin: string
  lastSeenAt: Temporal.Instant | undefined
  /** First failure since the last sign of life. */
  failingSince: Temporal.Instant | undefined
  /** The last visit, answered or not. */
  visitedAt: Temporal.Instant | undefined
  /** Marked as silent, with the beginning of the silence. */
  silentSince: Temporal.Instant | undefined
  /** When its cafés to come were put out of sight. */
  hiddenSince: Temporal.Instant | undefined
}

const HOUR = 60
const DAY = 24 * HOUR

/**
 * Minutes until the next visit of a server that had failed for so many minutes at the last one: an hour, then a sixth of
 * the silence, a day at most. Where it may be our own network that fails (`isOurs`: most fail at once, or a place hears
 * its few directories no more), the return is not to be missed: five minutes.
 * @internal
 */
export const minutesToNextVisit = (failedFor: number | undefined, isOurs = false): number =>
  failedFor !== undefined && isOurs ? OURS : Math.min(DAY, Math.max(HOUR, (failedFor ?? 0) / 6))

const OURS = 5

/** Whether to visit now. Each server adds up to a fifth of its own, so that not all are visited at once. */
export function isVisitDue(
  { origin, lastSeenAt, failingSince, visitedAt }: TrackedServer,
  now: Temporal.Instant,
  isOurs = false,
): boolean {
  const last = latest(lastSeenAt, visitedAt)
  if (!last) return true
  const failedFor = failingSince && Math.max(0, failingSince.until(last).total('minutes'))
  const minutes = minutesToNextVisit(failedFor, isOurs) * (1 + spreadOf(origin) / 5)
  return last.until(now).total('minutes') >= minutes
}

function latest(
  one: Temporal.Instant | undefined,
  other: Temporal.Instant | undefined,
): Temporal.Instant | undefined {
  if (!one || !other) return one ?? other
  return Temporal.Instant.compare(one, other) < 0 ? other : one
}

/** From 0 to 1, the same for a name each time (FNV-1a). */
function spreadOf(name: string): number {
  let hash = 0x811c9dc5
  for (const character of name)
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0
  return hash / 2 ** 32
}

/** A visit of the last hours, even of a server that is visited once a day, its share of spread included. */
const LATELY_HOURS = 30

/** What its silence makes of a server now; only what a visit of late confirms. */
export function unreachableNoticeOf(
  { failingSince, visitedAt }: TrackedServer,
  now: Temporal.Instant,
): { isMarked: boolean; isHidden: boolean } {
  const isConfirmed =
    failingSince !== undefined &&
    visitedAt !== undefined &&
    Temporal.Instant.compare(visitedAt, failingSince) > 0 &&
    visitedAt.until(now).total('hours') <= LATELY_HOURS
  const hours = isConfirmed ? failingSince.until(now).total('hours') : 0
  return { isMarked: hours >= MARKED_AFTER_HOURS, isHidden: hours >= HIDDEN_AFTER_HOURS }
}

/** An hour between two visits, and up to one more to visit thousands of servers of which none answers. */
const AT_ONCE_MINUTES = 120
/** Of two servers that fail together nobody can tell which side it is. */
const CUT_OFF_SERVERS = 3

/**
 * Since when this server is the one that is cut off: the first of the failures that came at once, of more than half of
 * those that had answered until then. Undefined while the silence of others is their own.
 */
export function findCutOff(
  servers: readonly Pick<TrackedServer, 'failingSince'>[],
): Temporal.Instant | undefined {
  const failures = servers
    .flatMap(({ failingSince }) => failingSince ?? [])
    .sort(Temporal.Instant.compare)
  let end = 0
  for (const [start, first] of failures.entries()) {
    const limit = first.add({ minutes: AT_ONCE_MINUTES })
    for (let next = failures[end]; next && Temporal.Instant.compare(next, limit) <= 0; )
      next = failures[++end]
    const atOnce = end - start
    if (atOnce >= CUT_OFF_SERVERS && atOnce * 2 > servers.length - start) return first
  }
  return undefined
}

/** The beginning of a silence without the time in which we were cut off, which is nobody's silence but ours. */
export function withoutCutOff(
  failingSince: Temporal.Instant,
  { from, until }: { from: Temporal.Instant; until: Temporal.Instant },
): Temporal.Instant {
  const counted = Temporal.Instant.compare(failingSince, from) < 0 ? from : failingSince
  return failingSince.add(counted.until(until))
}
