import { randomUUID } from 'node:crypto'
import { Hono, type Context as HonoContext } from 'hono'
import type { PlannedDates } from '../../../ui/cafes/series/several-dates.tsx'
import { paths } from '../../../ui/paths.ts'
import type { Context } from '../../context.ts'
import type { CafeContent } from '../../domain/cafes/cafe.ts'
import { horizonOf } from '../../domain/cafes/horizon.ts'
import { readClosures } from '../../domain/series/closures.ts'
import { firstDatesOf, type Recurrence } from '../../domain/series/recurrence.ts'
import { contentAt, type Series, seriesContentOf } from '../../domain/series/series.ts'
import { type SeriesMessage, seriesBeginningMessage } from '../../domain/series/series-message.ts'
import type { Problem } from '../../domain/values/problem.ts'
import { findVenue, listVenues } from '../../store/cafes/venues.ts'
import { createSeries } from '../../store/series/plan-dates.ts'
import { findSeries, listMadeDates } from '../../store/series/series.ts'
import { decideCafeForm, decidePublication } from '../cafes/admin/decided-form.ts'
import { showCafeForm } from '../cafes/admin/shown-form.tsx'
import { problemsOfTime, readDayAndTime } from '../cafes/day-and-time.ts'
import { attachFacilitators } from '../cafes/facilitators.ts'
import { findChosenVenue } from '../cafes/form.ts'
import { withSavedVenue } from '../cafes/venue-form.ts'
import { withFlash } from '../http/flash.ts'
import { textOf, valuesOf } from '../http/forms.ts'
import { languageOf } from '../http/language.ts'
import { allowOwnFetch } from '../http/middleware.ts'
import { authorOf, type WebEnv } from '../workspaces/access.ts'
import { isReview } from '../workspaces/pending-form.tsx'
import { planSeriesDates } from './plan.ts'
import { isSeveralDates, readRecurrence } from './recurrence-form.ts'
import { homeOf } from './series-home.ts'

type Asked = HonoContext<WebEnv>

/** Plans several dates by the form of a new café; that of a single one is for `adminCafeRoutes`. */
export const newSeriesRoutes = (context: Context) =>
  new Hono<WebEnv>()
    // The script shows the dates of a rule as it changes.
    .use('/nouveau', allowOwnFetch)
    .post('/nouveau', async (c, next) =>
      isSeveralDates(c.var.form) && !isReview(c.var.form) ? saveSeries(context, c) : next(),
    )

async function saveSeries(context: Context, c: Asked) {
  const { form, admin } = c.var
  const planned = await planForm(context, c)
  const { content, held: asked, ...wrong } = await decideCafeForm(context, c.var, undefined)
  const season = {
    // Where the form did not say enough, what followers read first was not shown with the dates.
    plan: planned.plan && (content ? planned.plan : { ...planned.plan, shown: '' }),
    beginning: content && planned.recurrence && beginningOf(content, planned.recurrence),
    horizonDays: horizonOf(context.config).endlessDays,
  }
  const { picture } = wrong
  const isPictureRead = picture.problems.every(({ field }) => field !== 'image')
  if (textOf(form, 'save') === 'dates' && planned.plan && isPictureRead)
    return showCafeForm(context, c, { values: valuesOf(form), picture, season })
  const problems = [
    ...problemsOfPublishing(form),
    ...(planned.problems ?? []),
    ...(wrong.problems ?? []),
  ]
  if (!content || !planned.plan || problems.length > 0)
    return showCafeForm(context, c, { values: valuesOf(form), ...wrong, problems, season })
  if (textOf(form, 'planned') !== planned.plan.shown)
    return showCafeForm(context, c, {
      ...{ values: valuesOf(form), picture },
      season: { ...season, isAsked: true },
    })
  const { held, isRefused } = await decidePublication(context, asked, undefined)
  const { publication } = held
  const kept = await withSavedVenue(context, c.var, content)
  const id = await saveOnce(context, c, {
    ...{ content: seriesContentOf(kept), timezone: kept.timezone },
    ...{
      recurrence: planned.recurrence,
      publication: publication === 'draft' ? 'draft' : 'published',
    },
  })
  for (const { cafe } of await listMadeDates(context.db, id))
    if (cafe) await attachFacilitators(context, admin, { cafeId: cafe.id, form })
  context.wake()
  return c.redirect(withFlash(paths.adminSeries(id), isRefused ? 'refused' : publication), 303)
}

/** Returns what followers read first of a series, of its first date. */
function beginningOf(content: CafeContent, recurrence: Recurrence): SeriesMessage | undefined {
  const [first] = firstDatesOf(recurrence, 1)
  const series = { content: seriesContentOf(content), timezone: content.timezone }
  return first === undefined ? undefined : seriesBeginningMessage(contentAt(series, first))
}

/** A series is published at once, or not yet. */
const problemsOfPublishing = (form: FormData): Problem[] =>
  textOf(form, 'publishDate') + textOf(form, 'publishTime') === ''
    ? []
    : [{ field: 'publishDate', code: 'once_only' }]

type Planned =
  | { plan: PlannedDates; recurrence: Recurrence; problems?: never }
  | { plan: undefined; problems: Problem[]; recurrence?: never }

/** Plans the dates of a form, of which only they are read: its other answers may be wrong or missing. */
async function planForm(context: Context, c: Asked): Promise<Planned> {
  const { form, admin } = c.var
  const start = readDayAndTime(textOf(form, 'date'), textOf(form, 'time'))
  if (!start.local)
    return {
      plan: undefined,
      problems: problemsOfTime(start, { day: 'date', time: 'time' }, true),
    }
  const { recurrence, problems } = readRecurrence(form, start.local)
  if (!recurrence) return { plan: undefined, problems }
  const chosen = findChosenVenue(form, await listVenues(context.db, admin.organization.id))
  const venue = chosen && (await findVenue(context.db, chosen.id))
  const place = {
    departement: venue?.departement,
    closures: readClosures(venue?.closures ?? '').closures,
  }
  return planSeriesDates(form, { recurrence, place, lang: languageOf(c) })
}

type NewSeries = Pick<Series, 'content' | 'recurrence' | 'timezone' | 'publication'>

/** Saves a new series once even when its form is sent twice: the form's own number is that of the series. */
async function saveOnce(context: Context, c: Asked, content: NewSeries): Promise<string> {
  const { config, db, now } = context
  const { form, admin } = c.var
  const { organization, mandate } = admin
  const key = textOf(form, 'form')
  const first = await findSeries(db, key)
  if (first?.organizationId === organization.id) return key
  const id = first || !/^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/.test(key) ? randomUUID() : key
  const series = {
    ...{ id, uri: `${config.origin}${paths.series(id)}`, organizationId: organization.id },
    ...{ source: undefined, announcedUnder: mandate?.territory, updatedAt: now(), ...content },
  }
  const home = homeOf({ config, organization })
  await createSeries(db, { by: authorOf(admin), series, home }, now())
  return id
}
