import { Hono, type Context as HonoContext } from 'hono'
import { paths } from '../../../ui/paths.ts'
import { answerNameOf, ScopePage } from '../../../ui/series/scope-page.tsx'
import type { Context } from '../../context.ts'
import { type Cafe, type CafeContent, startsAtPlace } from '../../domain/cafes/cafe.ts'
import { ownFieldsOf } from '../../domain/series/own-fields.ts'
import { dayOf, type Recurrence, toWallTime } from '../../domain/series/recurrence.ts'
import {
  CONTENT_FIELDS,
  type DateField,
  type Series,
  type SeriesContent,
  seriesContentOf,
} from '../../domain/series/series.ts'
import { findSeriesDate } from '../../store/cafes/series/series-dates.ts'
import { saveSeriesEdit } from '../../store/series/edit-series.ts'
import { findSeries, listOpenDates, type OpenDate } from '../../store/series/series.ts'
import { withShown } from '../accounts/reconciled-form.ts'
import { findCafeAudience } from '../cafes/admin/audience.ts'
import { decideCafeForm } from '../cafes/admin/decided-form.ts'
import { findShownValues } from '../cafes/admin/shown-form.tsx'
import { listCafeChanges } from '../cafes/cafe-changes.ts'
import { withFlash } from '../http/flash.ts'
import { textOf, valuesOf } from '../http/forms.ts'
import { authorOf, cafeForEditing, type WebEnv } from '../workspaces/access.ts'
import { adminPropsFor } from '../workspaces/admin-props.ts'
import { isReview } from '../workspaces/pending-form.tsx'
import { moveRecurrence } from './moved-recurrence.ts'
import { homeOf } from './series-home.ts'

type Asked = HonoContext<WebEnv, '/:id'>

/**
 * The form of a café that is a date of a series: asks whether what is changed is for this date alone, for those that
 * follow or for all. What is for one alone, or for no series, is for `adminCafeRoutes`.
 */
export const seriesScopeRoutes = (context: Context) =>
  new Hono<WebEnv>().post('/:id', async (c, next) => {
    const { form } = c.var
    if (isReview(form) || textOf(form, 'scope') === 'one') return next()
    const change = await findChange(context, c)
    if (!change) return next()
    const scope = textOf(form, 'scope')
    return change.recurrence && (scope === 'following' || scope === 'all')
      ? saveForSeveral(context, c, { ...change, recurrence: change.recurrence, scope })
      : askScope(context, c, change)
  })

type Change = {
  series: Series
  /** When the rule has the date of the form. */
  date: string
  before: Cafe
  content: CafeContent
  /** The fields that are changed, with what the form says. */
  changed: Partial<SeriesContent>
  fields: DateField[]
  /** The rule with the new hour or weekday; undefined where it cannot follow. */
  recurrence: Recurrence | undefined
}

/** Finds what a form changes that its series has too; undefined where there is nothing, or something is wrong. */
async function findChange(context: Context, c: Asked): Promise<Change | undefined> {
  const { db } = context
  const date = await findSeriesDate(db, c.req.param('id'))
  const series = date && (await findSeries(db, date.seriesId))
  if (!series || series.organizationId !== c.var.admin.organization.id) return undefined
  const before = await cafeForEditing(context, c.var.admin, c.req.param('id'))
  const shown = withShown(await findShownValues(context, c.var.admin, before))
  // Somebody has changed the café meanwhile: its own page merges both.
  if (textOf(c.var.form, 'shown') !== shown.shown) return undefined
  const { content } = await decideCafeForm(context, c.var, before)
  if (!content) return undefined
  const [were, are] = [seriesContentOf(before), seriesContentOf(content)]
  const names = CONTENT_FIELDS.filter(
    (name) => JSON.stringify(were[name]) !== JSON.stringify(are[name]),
  )
  const isMoved = !content.startsAt.equals(before.startsAt)
  if (names.length === 0 && !isMoved) return undefined
  const changed = Object.fromEntries(names.map((name) => [name, are[name]]))
  const [from, to] = [startsAtPlace(before), startsAtPlace(content)].map(toWallTime)
  return {
    ...{ series, date: date.date, before, content, changed },
    fields: isMoved ? [...names, 'startsAt'] : names,
    recurrence: moveRecurrence(series.recurrence, from ?? '', to ?? ''),
  }
}

const isToCome = ({ isOver, cafe }: OpenDate): boolean => !isOver && cafe !== undefined

async function askScope(context: Context, c: Asked, change: Change) {
  const { series, date, before, content, fields, recurrence } = change
  const open = (await listOpenDates(context.db, series, context.now())).filter(isToCome)
  const { scope: _, ...values } = valuesOf(c.var.form)
  const kept = open.flatMap(({ date, cafe, own }) => {
    const both = ownFieldsOf(own).filter((field) => fields.includes(field))
    return cafe && cafe.id !== before.id && both.length > 0 ? [{ date, cafe, fields: both }] : []
  })
  return c.html(
    <ScopePage
      {...(await adminPropsFor(context, c))}
      {...{ before, values, kept }}
      after={{ ...before, ...content }}
      following={open.filter((one) => one.date >= date).length}
      all={open.length}
      isForOneAlone={recurrence === undefined}
      audience={await findCafeAudience(context, before)}
    />,
  )
}

type Several = Change & { recurrence: Recurrence; scope: 'following' | 'all' }

async function saveForSeveral(context: Context, c: Asked, several: Several) {
  const { series, date, changed, fields, recurrence, scope } = several
  const { admin, form } = c.var
  const { config, db, now } = context
  const open = await listOpenDates(db, series, now())
  const isTaken = (one: string) => textOf(form, answerNameOf(one)) === 'series'
  const saved = await saveSeriesEdit(
    db,
    {
      ...{ id: series.id, by: authorOf(admin), seen: undefined, changesOf: listCafeChanges },
      ...{ home: homeOf({ config, organization: admin.organization }), fields },
      ...(scope === 'following' && { from: dayOf(date) }),
      takenBack: open.map((one) => one.date).filter(isTaken),
      decide: (current) => ({
        value: { ...current, content: { ...current.content, ...changed }, recurrence },
      }),
    },
    now(),
  )
  if (saved.outcome === 'refused') return askScope(context, c, several)
  context.wake()
  return c.redirect(withFlash(paths.adminSeries(series.id), 'saved'), 303)
}
