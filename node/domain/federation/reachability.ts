/**
 * How long a server that we follow may fail to answer, and when it is visited. Its silence begins with the first
 * failure after its last message or answer.
 */

/** After this time pages advise visitors to call before they travel. */
const MARKED_AFTER_HOURS = 3 * 24
/** After this time its coming cafés are in no list. */
const HIDDEN_AFTER_HOURS = 30 * 24

/** A server whose word about cafés counts, with the times that decide when it is visited. */
export type TrackedServer = {
  origin: string
  lastSeenAt: Temporal.Instant | undefined
  /** The first failure since it last answered or sent something. */
  failingSince: Temporal.Instant | undefined
  /** The last visit, whether it was answered or not. */
  visitedAt: Temporal.Instant | undefined
  /** The beginning of its silence, once that is marked. */
  silentSince: Temporal.Instant | undefined
  /** When its coming cafés were hidden. */
  hiddenSince: Temporal.Instant | undefined
}

const HOUR = 60
const DAY = 24 * HOUR

/**
 * Returns the minutes until the next visit of a server, given for how many minutes it had failed at the last one: an
 * hour, then a sixth of the silence, a day at most. Where our own network may be the cause (`isOurs`: most servers fail
 * at once, or a place no longer receives anything from its few directories) it is five minutes, so that the return is
 * noticed soon.
 *
 * @internal
 */
export const minutesToNextVisit = (failedFor: number | undefined, isOurs = false): number =>
  failedFor !== undefined && isOurs ? OURS : Math.min(DAY, Math.max(HOUR, (failedFor ?? 0) / 6))

const OURS = 5

/**
 * Returns whether to visit a server now. The time until its next visit is longer by up to a fifth, which depends on its
 * name, so that not all are visited at once.
 */
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

/** Returns a number from 0 to 1 that is always the same for a name (FNV-1a). */
function spreadOf(name: string): number {
  let hash = 0x811c9dc5
  for (const character of name)
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0
  return hash / 2 ** 32
}

/**
 * A visit counts as recent for this long, which covers a server that is visited once a day and its part of the spread.
 */
const LATELY_HOURS = 30

/** Returns what the silence of a server makes of it now; only what a recent visit confirms. */
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

/**
 * Failures within this time count as simultaneous: an hour between two visits, and up to one more to visit thousands of
 * servers of which none answers.
 */
const AT_ONCE_MINUTES = 120
/** The least number of servers, since with two that fail together nobody can tell which side has failed. */
const CUT_OFF_SERVERS = 3

/**
 * Returns since when this server itself was cut off: the first of the failures that came at once, of more than half of
 * the servers that had answered until then. Undefined while the silence of others is their own.
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

/** Returns the beginning of a silence without the time in which we were cut off ourselves, which does not count. */
export function withoutCutOff(
  failingSince: Temporal.Instant,
  { from, until }: { from: Temporal.Instant; until: Temporal.Instant },
): Temporal.Instant {
  const counted = Temporal.Instant.compare(failingSince, from) < 0 ? from : failingSince
  return failingSince.add(counted.until(until))
}
