import type { ShownSeries } from '../../../ui/cafes/series/next-dates.tsx'
import { toPrintedCafe } from '../../../ui/locales/printed-cafe.ts'
import { paths } from '../../../ui/paths.ts'
import type { Context } from '../../context.ts'
import type { Cafe } from '../../domain/cafes/cafe.ts'
import { findSeriesOf } from '../../store/cafes/series/outline.ts'
import { searchCafes } from '../../store/search/search.ts'
import { findSeriesByUri } from '../../store/series/series.ts'

/** The maximum number of dates that a page lists. */
const MOST_DATES = 60

/** Finds the series of a café with its dates to come; undefined for a café of none. */
export async function findShownSeries(
  context: Context,
  { series: uri, organizer }: Pick<Cafe, 'series' | 'organizer'>,
): Promise<ShownSeries | undefined> {
  if (uri === undefined) return undefined
  const { db } = context
  const own = await findSeriesByUri(db, uri)
  const planned = own ?? (await findSeriesOf(db, [{ series: uri }])).get(uri)
  const { dates, hasMore } = await listNextDates(context, { uri, organizerUri: organizer.uri })
  return {
    recurrence: planned?.recurrence,
    href: own ? paths.series(own.id) : undefined,
    calendarHref: own ? paths.seriesCalendar(own.id) : undefined,
    dates,
    hasMore,
  }
}

/** Lists the dates to come of a series that everybody may see. */
export async function listNextDates(
  { db, now }: Context,
  { uri, organizerUri }: { uri: string; organizerUri: string },
): Promise<Pick<ShownSeries, 'dates' | 'hasMore'>> {
  const query = { series: [uri], from: now(), openTo: 'all' } as const
  const page = { organizer: organizerUri, limit: MOST_DATES, isBrief: true }
  const { items, next } = await searchCafes(db, { ...query, ...page })
  return {
    dates: items.map((cafe) => ({ cafe: toPrintedCafe(cafe), href: paths.cafe(cafe.id) })),
    hasMore: next !== undefined,
  }
}
