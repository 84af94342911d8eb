import { Hono, type Context as HonoContext } from 'hono'
import { toPrintedCafe } from '../../../ui/locales/printed-cafe.ts'
import { paths } from '../../../ui/paths.ts'
import { SeriesPage } from '../../../ui/series/series-page.tsx'
import type { Context } from '../../context.ts'
import { findClosed } from '../../domain/registrations/registration.ts'
import { isAsPlanned } from '../../domain/series/own-fields.ts'
import { dayOf, MOST_SERIES_DATES } from '../../domain/series/recurrence.ts'
import type { Series } from '../../domain/series/series.ts'
import { seriesWords } from '../../domain/series/words.ts'
import { DomainError } from '../../domain/values/errors.ts'
import { toSeriesCalendar } from '../../formats/icalendar/series-calendar.ts'
import { toAtom } from '../../formats/web/feeds.ts'
import { toSchemaSeries, toScriptText } from '../../formats/web/schema-org.ts'
import { findTombstone } from '../../store/directory/deletions.ts'
import { findSeries, listLatestDates } from '../../store/series/series.ts'
import { findOrganization } from '../../store/structures/organizations.ts'
import { listNextDates } from '../cafes/shown-series.ts'
import { publicText } from '../http/answers.ts'
import { findSite } from '../http/site.ts'
import { findAdmin, type WebEnv } from '../workspaces/access.ts'
import { homeOf, sampleOf } from './series-home.ts'

type Asked = HonoContext<WebEnv>

/** The page of a series of this server, its calendar file and its feed. */
export const seriesRoutes = (context: Context) =>
  new Hono<WebEnv>()
    .get('/series/:file{.+\\.ics}', (c) => sendCalendar(context, c))
    .get('/series/:file{.+\\.atom}', (c) => sendFeed(context, c))
    .get('/series/:id', (c) => showSeries(context, c))

const idOf = (c: Asked, ending: string): string =>
  (c.req.param('file') ?? '').slice(0, -ending.length)

/**
 * Finds a series that everybody may see, with what each of its dates says.
 * @throws DomainError gone for one that was deleted, otherwise not_found.
 */
export async function seriesForReading(context: Context, id: string) {
  const { db, config } = context
  const series = await findSeries(db, id)
  const organization = series && (await findOrganization(db, series.organizationId))
  if (!series && (await findTombstone(db, config.origin + paths.series(id), 'series')))
    throw new DomainError('gone', 'cafes.series_deleted')
  if (!organization || series.publication !== 'published')
    throw new DomainError('not_found', 'cafes.not_announced')
  const { organizer } = homeOf({ config, organization })
  return { series, organizer, sample: toPrintedCafe(sampleOf(series, organizer)) }
}

async function showSeries(context: Context, c: Asked) {
  const id = c.req.param('id') ?? ''
  const { series, organizer, sample } = await seriesForReading(context, id)
  const { recurrence, uri } = series
  const next = await listNextDates(context, { uri, organizerUri: organizer.uri })
  const admin = await findAdmin(c, context)
  const isEditable = admin !== undefined && series.organizationId === admin.organization.id
  const dates = next.dates.map(({ cafe }) => cafe)
  const open = dates.find((cafe) => findClosed(cafe, context.now()) === undefined)
  return c.html(
    <SeriesPage
      site={await findSite(context, c)}
      id={id}
      series={{ recurrence, ...next }}
      sample={sample}
      skipped={listSkipped(series, context.now())}
      structuredData={toScriptText(toSchemaSeries(sample, dates))}
      now={context.now()}
      registerHref={open && paths.registrationForm(open.id)}
      editHref={isEditable ? paths.adminSeries(id) : undefined}
      signedIn={admin !== undefined}
    />,
  )
}

/** The maximum number of days that are named as those without a café. */
const SKIPPED_MAX = 12

/** Lists the next days on which the series does not take place. */
export function listSkipped({ recurrence, timezone }: Series, now: Temporal.Instant): string[] {
  const today = now.toZonedDateTimeISO(timezone).toPlainDate().toString()
  return recurrence.exclude.filter((day) => day >= today).slice(0, SKIPPED_MAX)
}

async function sendCalendar(context: Context, c: Asked) {
  const id = idOf(c, '.ics')
  const { series, sample } = await seriesForReading(context, id)
  const { recurrence, timezone } = series
  const made = await listLatestDates(context.db, id, MOST_SERIES_DATES)
  const published = made.flatMap(({ cafe }) => cafe?.publishedAt ?? [])
  const [first] = published.sort(Temporal.Instant.compare)
  const text = toSeriesCalendar({
    ...{ uid: series.uri, recurrence, timezone, words: seriesWords(recurrence) },
    sample: { ...sample, publishedAt: first },
    dates: made.map(({ date, cafe }) => ({
      ...{ date, cafe: cafe && toPrintedCafe(cafe) },
      isOtherwise: cafe !== undefined && !isAsPlanned(cafe, { date, series }),
    })),
  })
  return publicText(c, text, 'text/calendar; charset=utf-8', {
    'Content-Disposition': `inline; filename="serie-cafe-ia-${dayOf(recurrence.start)}.ics"`,
  })
}

async function sendFeed(context: Context, c: Asked) {
  const id = idOf(c, '.atom')
  const { series, organizer, sample } = await seriesForReading(context, id)
  const { origin } = context.config
  const { dates } = await listNextDates(context, {
    ...{ uri: series.uri, organizerUri: organizer.uri },
  })
  const text = toAtom(
    dates.map(({ cafe }) => cafe),
    {
      ...{
        name: sample.title,
        author: organizer.name,
        description: seriesWords(series.recurrence),
      },
      ...{ page: series.uri, url: origin + paths.seriesFeed(id), now: context.now() },
    },
  )
  return publicText(c, text, 'application/atom+xml; charset=utf-8')
}
