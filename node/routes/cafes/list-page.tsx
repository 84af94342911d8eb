import { Hono } from 'hono'
import { CafeListPage, type CafeListPageProps } from '../../../ui/cafes/list-page.tsx'
import { paths } from '../../../ui/paths.ts'
import type { Context } from '../../context.ts'
import { startsAtPlace } from '../../domain/cafes/cafe.ts'
import { boundsOf, readDay } from '../../domain/values/days.ts'
import { timezoneOf } from '../../geo/territories.ts'
import { listPastCafes } from '../../store/cafes/past-cafes.ts'
import { countByDay, findNeighbourMonths, listPastMonths } from '../../store/search/calendar.ts'
import { readCursor } from '../../store/search/cursor.ts'
import { findPublicCafe, searchCafes } from '../../store/search/search.ts'
import { findCounted } from '../../store/territories/departement-counts.ts'
import { listHeldMonths } from '../../store/territories/statistics.ts'
import { findSite } from '../http/site.ts'
import { findAdmin, type WebEnv } from '../workspaces/access.ts'
import { ofListedSites, toListed } from './cards.ts'
import { findFirstDatesPage, toListedDates } from './first-dates.ts'

const PAGE_SIZE = 50

type Listed = Omit<CafeListPageProps, 'site' | 'now' | 'signedIn'>

/** The list of cafés: upcoming ones, one month (`?mois=2026-12`), one day (`?jour=2026-12-03`), or past ones. */
export const cafeListRoutes = (context: Context) =>
  new Hono<WebEnv>().get('/', async (c) => {
    const cursor = c.req.query('curseur') ?? ''
    const day = readCafeDay(c.req.query('jour'))
    const month = readMonth(c.req.query('mois'))
    const props = day
      ? await findPeriod(context, day, cursor)
      : month
        ? await findPeriod(context, month, cursor)
        : c.req.query('passes')
          ? await findPast(context, cursor)
          : await findUpcoming(context, cursor)
    return c.html(
      <CafeListPage
        {...props}
        continued={cursor !== ''}
        site={await findSite(context, c)}
        now={context.now()}
        signedIn={(await findAdmin(c, context)) !== undefined}
      />,
    )
  })

async function findUpcoming(context: Context, cursorText: string): Promise<Listed> {
  const { db, now } = context
  const listed = ofListedSites(context)
  const cursor = readCursor(cursorText, 'date')
  const query = { from: now(), ...listed, cursor, limit: PAGE_SIZE }
  const { found, next } = await findFirstDatesPage(db, query)
  const past = await listPastCafes(db, { now: now(), ...listed, after: undefined, limit: 1 })
  const first = found[0]?.cafe
  return {
    cafes: await toListedDates(db, found),
    period: 'upcoming',
    nextHref: next && `${paths.cafes}?${new URLSearchParams({ curseur: next })}`,
    hasPast: past.length > 0,
    calendar:
      first && (await findCalendar(context, startsAtPlace(first).toPlainDate().toPlainYearMonth())),
  }
}

/** Finds all cafés of one month or one day, past or upcoming. */
async function findPeriod(
  context: Context,
  period: Temporal.PlainYearMonth | Temporal.PlainDate,
  cursorText: string,
): Promise<Listed> {
  const { db } = context
  const isDay = period instanceof Temporal.PlainDate
  const { from, until } = isDay ? { from: period, until: period } : boundsOf(period)
  const cursor = readCursor(cursorText, 'date')
  const page = { cursor, limit: PAGE_SIZE, isBrief: true }
  const query = { from, until, ...ofListedSites(context), ...page }
  const { items, next } = await searchCafes(db, query)
  const here = isDay ? paths.day(period) : paths.month(period)
  return {
    cafes: await toListed(db, items),
    period,
    nextHref: next && `${here}&${new URLSearchParams({ curseur: next })}`,
    calendar: await findCalendar(
      context,
      isDay ? period.toPlainYearMonth() : period,
      isDay ? period : undefined,
    ),
  }
}

async function findPast(context: Context, cursorText: string): Promise<Listed> {
  const { db } = context
  const now = context.now()
  const listed = ofListedSites(context)
  const after = cursorText ? await findPublicCafe(db, { id: cursorText }) : undefined
  const query = { now, ...listed, after, limit: PAGE_SIZE + 1 }
  const found = await listPastCafes(db, query)
  const cafes = found.slice(0, PAGE_SIZE)
  const last = found.length > PAGE_SIZE ? cafes.at(-1) : undefined
  return {
    cafes: await toListed(db, cafes),
    period: 'past',
    nextHref: last && `${paths.pastCafes}&curseur=${last.id}`,
    months: await findPastMonths(context),
  }
}

/**
 * Finds the months with past cafés; where there are too many to count while a reader waits, the counts of the last hour
 * are given.
 */
async function findPastMonths(context: Context): Promise<CafeListPageProps['months']> {
  const { db, now } = context
  const { isOurs } = ofListedSites(context)
  return !isOurs && (await findCounted(db))
    ? listHeldMonths(db)
    : listPastMonths(db, { now: now(), isOurs })
}

async function findCalendar(
  context: Context,
  month: Temporal.PlainYearMonth,
  chosen?: Temporal.PlainDate,
): Promise<CafeListPageProps['calendar']> {
  const query = { month, ...ofListedSites(context) }
  return {
    month,
    totals: await countByDay(context.db, query),
    ...(await findNeighbourMonths(context.db, query)),
    today: context.now().toZonedDateTimeISO(timezoneOf(undefined)).toPlainDate(),
    chosen,
  }
}

/** Reads a month such as `2026-12`, within the years that cafés can have; undefined for anything else. */
export function readMonth(text: string | undefined): Temporal.PlainYearMonth | undefined {
  return text && /^2\d{3}-(?:0[1-9]|1[0-2])$/.test(text)
    ? Temporal.PlainYearMonth.from(text)
    : undefined
}

const readCafeDay = (text = ''): Temporal.PlainDate | undefined =>
  text.startsWith('2') ? readDay(text) : undefined
