import { relativePast, sincePast } from '../node/domain/date-words.ts'
import type { Peer } from '../node/domain/peer.ts'
import type { Strings } from './strings.ts'

/** The server that a café comes from, as much as a visitor needs of it. */
export type Source = Pick<Peer, 'name' | 'host' | 'origin' | 'lastSeenAt' | 'failingSince'>

/** A restart or an upgrade is over by then: below, nobody is told to call. */
const ALARM_AFTER_MINUTES = 60

/**
 * When the place's own site was last heard, and since when it is silent. A machine's answer is never « confirmé ».
 */
export function Freshness({
  source,
  now,
  t,
}: {
  source: Source
  now: Temporal.Instant
  t: Strings
}) {
  const { failingSince, lastSeenAt } = source
  if (!failingSince) {
    if (!lastSeenAt) return null
    return <p class="fresh">{t.freshness.upToDate(relativePast(lastSeenAt, now, t.lang))}</p>
  }
  const silentMinutes = failingSince.until(now).total('minutes')
  if (silentMinutes >= ALARM_AFTER_MINUTES)
    return <p class="fresh stale">{t.freshness.lost(sincePast(failingSince, now, t.lang))}</p>
  return (
    <p class="fresh stale">
      {lastSeenAt
        ? t.freshness.silent(relativePast(lastSeenAt, now, t.lang))
        : t.freshness.silentUnseen}
    </p>
  )
}
