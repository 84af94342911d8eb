import { distance } from '../../node/domain/values/number-text.ts'
import { CafeList, type ListedCafe } from '../cafes/card.tsx'
import { Link } from '../components/link.tsx'
import type { Messages } from '../locales/messages.ts'

/**
 * Cafés that do not match the search, shown where none does: how they differ, and the address of the search for all of
 * them.
 */
export type CafeGroup = {
  kind: 'later' | 'farther' | 'laterFarther' | 'online' | 'laterOnline' | 'next'
  cafes: ListedCafe[]
  href?: string | undefined
  /** For farther cafés: the distance of the nearest, and the radius of the search at `href`. */
  nearestKm?: number | undefined
  /** The town from which distances are measured, where the search names a territory. */
  measuredFrom?: string | undefined
  radiusKm?: number | undefined
}

type Props = {
  groups: readonly CafeGroup[]
  /** The place, as « Rennes (35) »; undefined for everywhere. */
  place: string | undefined
  now: Temporal.Instant
  t: Messages
}

/** Lists the groups, each under a heading that is true of all its cafés. */
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
            <CafeList cafes={group.cafes} first={from} level={3} now={now} t={t} />
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
