/**
 * Decides whose reading of another server begins next. A server that does not answer takes ten seconds, so a requester
 * of many such readings gets few slots, and the others stay free.
 */

/**
 * Who caused a reading: the team, our own clock, a peer whose word counts, or anybody else. Servers are named by
 * `host[:port]`.
 */
export type Requester = 'team' | 'self' | `peer:${string}` | `stranger:${string}`

/** The maximum number of readings that run at once. */
export const READINGS_AT_ONCE = 8
/** Places that are kept free for readings for which a person of the team waits. */
const FOR_TEAM = 1
const MOST_OF_SELF = 4
const MOST_OF_A_PEER = 2
/** Places that all servers that are no peers have together. */
const MOST_OF_STRANGERS = 2

const isStranger = (requester: Requester): boolean => requester.startsWith('stranger:')

/**
 * Returns the rank of a requester; the lower is read sooner. Peers and our own clock take turns, and strangers come
 * after them.
 */
const rankOf = (requester: Requester): number =>
  requester === 'team' ? 0 : isStranger(requester) ? 2 : 1

export type ReadingsUnderWay = {
  /** The requester of each reading that is running. */
  running: readonly Requester[]
  /** The number of a requester's last turn, counted over all turns; undefined when it had none lately. */
  lastTurn: (requester: Requester) => number | undefined
}

/**
 * Chooses which of `heads`, the first waiting reading of each requester, begins next; undefined when none has a place.
 */
export function chooseReading<Waiting extends { requester: Requester }>(
  heads: readonly Waiting[],
  { running, lastTurn }: ReadingsUnderWay,
): Waiting | undefined {
  const count = (is: (requester: Requester) => boolean) => running.filter(is).length
  const hasPlace = ({ requester }: Waiting): boolean => {
    if (running.length >= READINGS_AT_ONCE) return false
    if (requester === 'team') return true
    if (count((one) => one !== 'team') >= READINGS_AT_ONCE - FOR_TEAM) return false
    if (isStranger(requester)) return count(isStranger) < MOST_OF_STRANGERS
    const most = requester === 'self' ? MOST_OF_SELF : MOST_OF_A_PEER
    return count((one) => one === requester) < most
  }
  const order = (one: Waiting, other: Waiting): number =>
    rankOf(one.requester) - rankOf(other.requester) ||
    (lastTurn(one.requester) ?? 0) - (lastTurn(other.requester) ?? 0)
  return heads.filter(hasPlace).toSorted(order)[0]
}
