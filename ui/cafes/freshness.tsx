import { type Cafe, isPast } from '../../node/domain/cafes/cafe.ts'
import type { Peer } from '../../node/domain/federation/peer.ts'
import { knownDay, relativePast, sincePast } from '../../node/domain/values/date-text.ts'
import type { Messages } from '../locales/messages.ts'

/** The facts about the server that a café comes from, as the pages need them. */
export type Source = Pick<Peer, 'name' | 'host' | 'origin' | 'silentSince' | 'hiddenSince'>

type Shared = { now: Temporal.Instant; t: Messages }

/** After sixty days without an update, the list says how old the entry is. */
const OLD_MS = 60 * 24 * 3_600_000

/**
 * Says, in a list, what matters for going there: the team confirmed the café, its entry was not updated for two months,
 * or its site does not answer. Further details are on its own page.
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

/** Says that the site of the café's server does not answer, once the server is marked as silent. */
export const UnreachableNotice = ({ source, now, t }: Shared & { source: Source | undefined }) =>
  source?.silentSince ? (
    <p class="fresh stale">{t.cafe.freshness.silent(sincePast(source.silentSince, now, t.lang))}</p>
  ) : null

/** Returns « L’équipe a confirmé ce café le jeudi 3 décembre. », in the café's time zone. */
export const confirmedText = (
  { timezone }: Pick<Cafe, 'timezone'>,
  confirmedAt: Temporal.Instant,
  { now, t }: Shared,
): string => t.cafe.confirmedOn(knownDay(confirmedAt.toZonedDateTimeISO(timezone), now, t.lang))

/** Returns whether the café is in no list because its server was silent for too long while it was still to come. */
export const isOutOfLists = ({ endsAt }: Pick<Cafe, 'endsAt'>, source: Source | undefined) =>
  source?.hiddenSince !== undefined && Temporal.Instant.compare(endsAt, source.hiddenSince) > 0
