import { type Cafe, isPast } from '../../node/domain/cafes/cafe.ts'
import type { Peer } from '../../node/domain/federation/peer.ts'
import { knownDay, relativePast, sincePast } from '../../node/domain/values/date-text.ts'
import type { Messages } from '../locales/messages.ts'

/** The server that a café comes from, as much as a visitor needs of it. */
export type Source = Pick<Peer, 'name' | 'host' | 'origin' | 'silentSince' | 'hiddenSince'>

type Shared = { now: Temporal.Instant; t: Messages }

/** Sixty days. */
const OLD_MS = 60 * 24 * 3_600_000

/**
 * Of a café in a list, what matters to who wants to go: that its team confirmed it, that nobody has said anything of it for
 * two months, that its site fails. The rest is on its own page.
 */
export function Freshness({
  cafe,
  source,
  now,
  t,
}: Shared & { cafe: Cafe; source: Source | undefined }) {
  if (isPast(cafe, now)) return null
  const isOld = source && now.epochMilliseconds - cafe.updatedAt.epochMilliseconds > OLD_MS
  if (!cafe.confirmedAt && !isOld && !source?.silentSince) return null
  return (
    <div class="freshness">
      {cafe.confirmedAt && <p class="fresh">{confirmedText(cafe, cafe.confirmedAt, { now, t })}</p>}
      {isOld && !cafe.confirmedAt && (
        <p class="fine">{t.cafe.announcedOn(relativePast(cafe.updatedAt, now, t.lang))}</p>
      )}
      <UnreachableNotice source={source} now={now} t={t} />
    </div>
  )
}

/** That the place's own site does not answer, once it is marked so; nothing while it does. */
export const UnreachableNotice = ({ source, now, t }: Shared & { source: Source | undefined }) =>
  source?.silentSince ? (
    <p class="fresh stale">{t.cafe.freshness.silent(sincePast(source.silentSince, now, t.lang))}</p>
  ) : null

/** « L’équipe a confirmé ce café le jeudi 3 décembre. », by the clock of its place. */
export const confirmedText = (
  { timezone }: Pick<Cafe, 'timezone'>,
  confirmedAt: Temporal.Instant,
  { now, t }: Shared,
): string => t.cafe.confirmedOn(knownDay(confirmedAt.toZonedDateTimeISO(timezone), now, t.lang))

/** Whether this café was still to come when its server had been silent for too long: it is in no list. */
export const isOutOfLists = ({ endsAt }: Pick<Cafe, 'endsAt'>, source: Source | undefined) =>
  source?.hiddenSince !== undefined && Temporal.Instant.compare(endsAt, source.hiddenSince) > 0
