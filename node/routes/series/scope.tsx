import { Hono, type Context as HonoContext } from 'hono'
import { paths } from '../../../ui/paths.ts'
import { answerNameOf, ScopePage } from '../../../ui/series/scope-page.tsx'
import type { Context } from '../../context.ts'
import {
  type Cafe,
  type CafeContent,
  isNewsForFollowers,
  startsAtPlace,
} from '../../domain/cafes/cafe.ts'
import { knownStateOf } from '../../domain/cafes/change-message.ts'
import { decideRevision } from '../../domain/cafes/edit.ts'
import { nearsAt } from '../../domain/series/nearing.ts'
import { ownFieldsOf } from '../../domain/series/own-fields.ts'
import { dayOf, type Recurrence, toWallTime } from '../../domain/series/recurrence.ts'
import { reviseDate } from '../../domain/series/revise-date.ts'
import {
  CONTENT_FIELDS,
  type DateField,
  type Series,
  type SeriesContent,
  seriesContentOf,
} from '../../domain/series/series.ts'
import { type SeriesMessage, seriesChangeMessage } from '../../domain/series/series-message.ts'
import { saveEdit } from '../../store/accounts/saved-edit.ts'
import { OWN_CAFE } from '../../store/cafes/own-cafes.ts'
import { findSeriesDate } from '../../store/cafes/series/series-dates.ts'
import { inTransaction } from '../../store/database/database.ts'
import { type SeriesEdit, saveSeriesEdit } from '../../store/series/edit-series.ts'
import { findSeries, listOpenDates, type OpenDate } from '../../store/series/series.ts'
import { withShown } from '../accounts/reconciled-form.ts'
import { findCafeAudience } from '../cafes/admin/audience.ts'
import { decideCafeForm } from '../cafes/admin/decided-form.ts'
import { findShownValues } from '../cafes/admin/shown-form.tsx'
import { listCafeChanges } from '../cafes/cafe-changes.ts'
import { attachFacilitators } from '../cafes/facilitators.ts'
import type { CafeImageAnswer } from '../cafes/image.ts'
import { withSavedVenue } from '../cafes/venue-form.ts'
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
  /** When the rule has the date of the form, and whether it has its own in one of the fields that are changed. */
  date: string
  isOwn: boolean
  before: Cafe
  content: CafeContent
  /** A picture that came with the form. */
  media: CafeImageAnswer['media']
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
  if (series.source?.calendarId !== undefined) return undefined
  const before = await cafeForEditing(context, c.var.admin, c.req.param('id'))
  const shown = withShown(await findShownValues(context, c.var.admin, before))
  // Somebody has changed the café meanwhile: its own page merges both.
  if (textOf(c.var.form, 'shown') !== shown.shown) return undefined
  const { content, picture } = await decideCafeForm(context, c.var, before)
  if (!content) return undefined
  const [were, are] = [seriesContentOf(before), seriesContentOf(content)]
  const names = CONTENT_FIELDS.filter(
    (name) => JSON.stringify(were[name]) !== JSON.stringify(are[name]),
  )
  const isMoved = !content.startsAt.equals(before.startsAt)
  if (names.length === 0 && !isMoved) return undefined
  const changed = Object.fromEntries(names.map((name) => [name, are[name]]))
  const fields: DateField[] = isMoved ? [...names, 'startsAt'] : names
  const isOwn = ownFieldsOf(date.own).some((field) => fields.includes(field))
  const [from, to] = [startsAtPlace(before), startsAtPlace(content)].map(toWallTime)
  return {
    ...{ series, date: date.date, isOwn, before, content, media: picture.media, changed, fields },
    recurrence: moveRecurrence(series.recurrence, from ?? '', to ?? ''),
  }
}

const isToCome = ({ isOver, cafe }: OpenDate): boolean => !isOver && cafe !== undefined

async function askScope(context: Context, c: Asked, change: Change) {
  const { series, date, before, content, media, fields, recurrence } = change
  const open = (await listOpenDates(context.db, series, context.now())).filter(isToCome)
  const { scope: _, ...values } = valuesOf(c.var.form)
  const kept = open.flatMap(({ date, cafe, own }) => {
    const all = ownFieldsOf(own)
    const isAsked = cafe?.id !== before.id && all.some((field) => fields.includes(field))
    return cafe && isAsked ? [{ date, cafe, fields: all }] : []
  })
  return c.html(
    <ScopePage
      {...(await adminPropsFor(context, c))}
      {...{ before, kept }}
      values={{ ...values, ...(media && { 'image.media': media.id }) }}
      after={{ ...before, ...content }}
      told={messageOf(open, change)}
      isHeld={Temporal.Instant.compare(nearsAt(before), context.now()) > 0}
      following={open.filter((one) => one.date >= date).length}
      all={open.length}
      isForOneAlone={recurrence === undefined}
      audience={await findCafeAudience(context, before)}
    />,
  )
}

/** Returns what followers read of a change of the whole series; undefined where it is no news for them. */
function messageOf(open: readonly OpenDate[], change: Change): SeriesMessage | undefined {
  const { series, before, content, changed, fields } = change
  const wallOf = (at: Temporal.Instant) => at.toZonedDateTimeISO(series.timezone).toPlainDateTime()
  const moved = wallOf(before.startsAt).until(wallOf(content.startsAt))
  const after = { ...series, content: { ...series.content, ...changed } }
  const changes = open.flatMap(({ cafe, date: known, own }) => {
    if (!cafe) return []
    const date = toWallTime(Temporal.PlainDateTime.from(known).add(moved))
    const revised = reviseDate(cafe, { own, date, after, fields, isTakenBack: false }).cafe
    return isNewsForFollowers(cafe, revised) ? [{ cafe: revised, before: knownStateOf(cafe) }] : []
  })
  const [first, ...others] = changes
  return first && others.length > 0 ? seriesChangeMessage([first, ...others]) : undefined
}

type Several = Change & { recurrence: Recurrence; scope: 'following' | 'all' }

async function saveForSeveral(context: Context, c: Asked, several: Several) {
  const { series, date, before, content, changed, fields, recurrence, scope } = several
  const { admin, form } = c.var
  const { config, db, now } = context
  const open = await listOpenDates(db, series, now())
  const isTaken = (one: string) => textOf(form, answerNameOf(one)) === 'series'
  const kept = await withSavedVenue(context, c.var, content)
  const said = { ...changed, ...('venue' in changed && { venue: kept.venue }) }
  const signed = { by: authorOf(admin), seen: undefined, changesOf: listCafeChanges }
  const edit: SeriesEdit = {
    ...{ ...signed, id: series.id, fields },
    home: homeOf({ config, organization: admin.organization }),
    ...(scope === 'following' && { from: dayOf(date) }),
    takenBack: open.map((one) => one.date).filter(isTaken),
    decide: (current) => ({
      value: { ...current, content: { ...current.content, ...said }, recurrence },
    }),
  }
  const saved = await inTransaction(db, async (trx) => {
    const saved = await saveSeriesEdit(trx, edit, now())
    if (saved.outcome !== 'saved') return saved
    // What this date has of its own stays in an edit of the series, but it is the one that was edited.
    if (several.isOwn) {
      const decide = (cafe: Cafe) => decideRevision(cafe, { content: kept })
      await saveEdit(trx, OWN_CAFE, { ...signed, id: before.id, decide }, now())
    }
    await attachFacilitators({ db: trx, now }, admin, { cafeId: before.id, form })
    return saved
  })
  if (saved.outcome === 'refused') return askScope(context, c, several)
  context.wake()
  return c.redirect(withFlash(paths.adminSeries(series.id), 'saved'), 303)
}
