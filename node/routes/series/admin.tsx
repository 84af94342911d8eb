import { Hono, type Context as HonoContext } from 'hono'
import { VERSION } from '../../../ui/admin/meanwhile.tsx'
import { CONFIRMED } from '../../../ui/cafes/change-page.tsx'
import { paths } from '../../../ui/paths.ts'
import { AdminSeriesPage, SeriesActPage } from '../../../ui/series/admin-page.tsx'
import type { Context } from '../../context.ts'
import { isOff } from '../../domain/cafes/cafe.ts'
import { horizonOf } from '../../domain/cafes/horizon.ts'
import { ownFieldsOf } from '../../domain/series/own-fields.ts'
import { dayOf } from '../../domain/series/recurrence.ts'
import { type Series, versionOfSeries } from '../../domain/series/series.ts'
import type { Problem } from '../../domain/values/problem.ts'
import { deleteSeries, saveSeriesEdit } from '../../store/series/edit-series.ts'
import { findSeries, listOpenDates } from '../../store/series/series.ts'
import { answerDeletedOf, type EditedForm, editedFormOf } from '../accounts/edited-form.tsx'
import { findCafeAudience } from '../cafes/admin/audience.ts'
import { listCafeChanges } from '../cafes/cafe-changes.ts'
import { withFlash } from '../http/flash.ts'
import { textOf, valuesOf } from '../http/forms.ts'
import { authorOf, type WebEnv } from '../workspaces/access.ts'
import { adminPropsFor } from '../workspaces/admin-props.ts'
import { findLegalGaps } from '../workspaces/legal-minimum.ts'
import { refusalOf } from '../workspaces/refusals.ts'
import { decideAct, listAdded } from './series-acts.ts'
import { homeOf } from './series-home.ts'

type Asked = HonoContext<WebEnv, '/:id'>

/** The page of a series for its team: its dates, and what can be done to several of them. */
export const adminSeriesRoutes = (context: Context) =>
  new Hono<WebEnv>()
    .get('/:id', async (c) => showSeries(context, c, await findOwn(context, c)))
    .post('/:id', async (c) => {
      const id = c.req.param('id')
      const gone = await answerDeletedOf(c, context, editedSeriesOf(id))
      return gone ?? doAct(context, c, await findOwn(context, c))
    })

/** @throws DomainError not_found for a series of nobody, or of another structure. */
async function findOwn({ db }: Context, c: Asked): Promise<Series> {
  const series = await findSeries(db, c.req.param('id'))
  if (series?.organizationId !== c.var.admin.organization.id) throw refusalOf('series')
  return series
}

/** Returns the page of a series as one that two people may have open. */
const editedSeriesOf = (id: string): EditedForm => ({
  ...{ subject: { type: 'series', id }, action: paths.adminSeries(id), page: paths.adminCafes },
  ...editedFormOf({}, (t) => t.series.admin.labels),
})

type Shown = { problems?: readonly Problem[]; isStale?: boolean }

async function showSeries(
  context: Context,
  c: Asked,
  series: Series,
  { problems, isStale }: Shown = {},
) {
  const now = context.now()
  const { id, content, publication, recurrence, timezone } = series
  const open = await listOpenDates(context.db, series, now)
  const today = now.toZonedDateTimeISO(timezone).toPlainDate().toString()
  return c.html(
    <AdminSeriesPage
      {...(await adminPropsFor(context, c))}
      {...{
        id,
        publication,
        recurrence,
        now,
        title: content.title,
        version: versionOfSeries(series),
      }}
      dates={open.flatMap(({ date, isOver, cafe, own }) =>
        cafe && !isOver ? [{ date, cafe, own: ownFieldsOf(own) }] : [],
      )}
      skipped={recurrence.exclude.filter((day) => day >= today)}
      values={problems || isStale ? valuesOf(c.var.form) : {}}
      problems={problems ?? []}
      isOfCalendar={series.source?.calendarId !== undefined}
      isStale={isStale ?? false}
    />,
    isStale ? 409 : problems ? 422 : 200,
  )
}

async function doAct(context: Context, c: Asked, series: Series): Promise<Response> {
  const { form, admin } = c.var
  const now = context.now()
  const decided = decideAct(series, form, now)
  if (decided.problems) return showSeries(context, c, series, { problems: decided.problems })
  if (textOf(form, VERSION) !== versionOfSeries(series))
    return showSeries(context, c, series, { isStale: true })
  if (!form.has(CONFIRMED)) return askAct(context, c, { series, after: decided.value })
  const { value, reason } = decided
  if (value?.publication === 'published' && (await findLegalGaps(context)).length > 0)
    return c.redirect(withFlash(paths.adminSeries(series.id), 'refused'), 303)
  const edit = {
    ...{ id: series.id, by: authorOf(admin), seen: textOf(form, VERSION), reason },
    changesOf: listCafeChanges,
  }
  const { config } = context
  const home = homeOf({ config, organization: admin.organization })
  const saved = value
    ? await saveSeriesEdit(
        context.db,
        { ...edit, home, fields: [], decide: () => ({ value }) },
        now,
      )
    : await deleteSeries(context.db, edit, now)
  if (saved.outcome === 'stale') return showSeries(context, c, saved.value, { isStale: true })
  if (saved.outcome === 'refused')
    return showSeries(context, c, series, { problems: saved.problems })
  context.wake()
  if (!value) return c.redirect(withFlash(paths.adminCafes, 'deleted'), 303)
  return c.redirect(withFlash(paths.adminSeries(series.id), 'saved'), 303)
}

/** Says what an act does before it is done. */
async function askAct(
  context: Context,
  c: Asked,
  { series, after }: { series: Series; after: Series | undefined },
) {
  const now = context.now()
  const { added, kept } = listAdded(series, after, { horizon: horizonOf(context.config), now })
  const open = await listOpenDates(context.db, series, now)
  const gone = open.filter(
    ({ date, isOver, cafe }) => !isOver && cafe && !isOff(cafe) && !kept.has(date),
  )
  return c.html(
    <SeriesActPage
      {...(await adminPropsFor(context, c))}
      id={series.id}
      title={series.content.title}
      act={textOf(c.var.form, 'act')}
      values={valuesOf(c.var.form)}
      gone={gone.map(({ date }) => dayOf(date))}
      added={added.map(dayOf)}
      audience={await findCafeAudience(context)}
    />,
  )
}
