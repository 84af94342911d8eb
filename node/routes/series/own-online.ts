import type { OnlineSeries } from '../../../ui/cafes/series/online-series.tsx'
import { toPrintedCafe } from '../../../ui/locales/printed-cafe.ts'
import { paths } from '../../../ui/paths.ts'
import type { Context } from '../../context.ts'
import { searchCafes } from '../../store/search/search.ts'
import { findSeriesByUri } from '../../store/series/series.ts'
import { findPublicStructure } from '../http/site.ts'

/** Among so many of the next cafés online the next date of the own series is looked for. */
const LOOKED_AT = 60

/**
 * Finds the next date of the series that the structure of this site itself holds online, with how often it takes place;
 * undefined where it holds none, or announces them only for others.
 */
export async function findOwnOnline({
  db,
  now,
}: Pick<Context, 'db' | 'now'>): Promise<OnlineSeries | undefined> {
  const structure = await findPublicStructure(db)
  const query = { from: now(), mode: 'online', isOurs: true, isHeld: true, isBrief: true } as const
  const { items } = await searchCafes(db, { ...query, limit: LOOKED_AT })
  const next = items.find(
    ({ series, announcedFor, organizationId }) =>
      series !== undefined && announcedFor === undefined && organizationId === structure?.id,
  )
  const series = next?.series === undefined ? undefined : await findSeriesByUri(db, next.series)
  if (!next || !series) return undefined
  return {
    cafe: toPrintedCafe(next),
    href: paths.cafe(next.id),
    recurrence: series.recurrence,
    seriesHref: paths.series(series.id),
  }
}
