import { distance } from '../../node/domain/values/number-text.ts'
import type { ListedCafe } from '../cafes/card.tsx'
import { NumberedCafes } from '../cafes/numbered-cafes.tsx'
import { Link } from '../components/link.tsx'
import type { Messages } from '../locales/messages.ts'

/** Cafés that a search did not ask for, where it found none: what is different about them, and the search of them all. */
export type CafeGroup = {
  kind: 'later' | 'farther' | 'laterFarther' | 'online' | 'laterOnline' | 'next'
  cafes: ListedCafe[]
  href?: string | undefined
  /** Of those that are farther, how far the nearest is; and the circle that `href` asks for. */
  nearestKm?: number | undefined
  /** The town that the distances are from, where the search names a territory. */
  measuredFrom?: string | undefined
  radiusKm?: number | undefined
}

type Props = {
  groups: readonly CafeGroup[]
  /** « Rennes (35) »; undefined of everywhere. */
  place: string | undefined
  now: Temporal.Instant
  t: Messages
}

/** Each under a heading that says no more than is true of all of them. */
export function CafeGroups({ groups, place, now, t }: Props) {
  let first = 1
  return (
    <>
      {groups.map((group) => {
        const from = first
        first += group.cafes.length
        return (
          <section class="cafe-group" aria-labelledby={`groupe-${group.kind}`}>
            <h2 id={`groupe-${group.kind}`}>{t.search.groups[group.kind]}</h2>
            {group.nearestKm !== undefined && (
              <p class="fine">
                {t.search.nearestAt(
                  distance(group.nearestKm, group.cafes[0]?.approximate, t.lang),
                  group.measuredFrom ?? place ?? '',
                )}
              </p>
            )}
            <NumberedCafes cafes={group.cafes} first={from} level={3} now={now} t={t} />
            {group.href && (
              <p>
                <Link href={group.href}>
                  {group.radiusKm === undefined
                    ? t.search.groupAll[group.kind]
                    : t.search.within(group.radiusKm, place ?? '')}
                </Link>
              </p>
            )}
          </section>
        )
      })}
    </>
  )
}
