import { Hono, type Context as HonoContext } from 'hono'
import { ConfirmActionPage } from '../../../ui/admin/confirm-action-page.tsx'
import type { FlashKey } from '../../../ui/admin/layout.tsx'
import { paths } from '../../../ui/paths.ts'
import type { Context } from '../../context.ts'
import type { FollowedCalendar } from '../../domain/cafes/followed-calendar.ts'
import { findCalendar, unfollowCalendar } from '../../store/cafes/followed-calendars.ts'
import { releaseMissing } from '../../store/cafes/import-snapshots.ts'
import { inTransaction } from '../../store/database/database.ts'
import { giveWay } from '../../turns/turns.ts'
import { findCalendarState } from '../cafes/calendar-states.ts'
import { withFlash } from '../http/flash.ts'
import { textOf } from '../http/forms.ts'
import { type Admin, authorOf, type WebEnv } from '../workspaces/access.ts'
import { adminPropsFor } from '../workspaces/admin-props.ts'
import { refusalOf } from '../workspaces/refusals.ts'
import { cancelGoneCafe } from './imports/import-cancellations.ts'
import { type CalendarReading, readCalendar } from './read-calendar.ts'

const FLASH: Record<CalendarReading['outcome'], FlashKey> = {
  read: 'calendarRead',
  unchanged: 'calendarRead',
  failed: 'calendarUnread',
  busy: 'calendarBusy',
}

/** What the team does with the calendars that it follows; they are listed on the page of imports. */
export const calendarRoutes = (context: Context) =>
  new Hono<WebEnv>()
    .post('/:id/lire', async (c) => {
      const calendar = await calendarOf(context, c.var.admin, c.req.param('id') ?? '')
      const { outcome } = await readCalendar(context, calendar)
      return c.redirect(withFlash(paths.import, FLASH[outcome]), 303)
    })
    .get('/:id/arreter', (c) => askStop(context, c))
    .post('/:id/arreter', (c) => stop(context, c))
    .get('/:id/absents', (c) => askAbsent(context, c))
    .post('/:id/absents', (c) => settleAbsent(context, c))

type Asked = HonoContext<WebEnv>

async function askStop(context: Context, c: Asked) {
  const calendar = await calendarOf(context, c.var.admin, c.req.param('id') ?? '')
  return c.html(
    <ConfirmActionPage
      {...(await adminPropsFor(context, c))}
      from={paths.import}
      action={paths.unfollowCalendar(calendar.id)}
      about={calendar.address}
      question={(texts) => texts.unfollowCalendar}
    />,
  )
}

async function stop(context: Context, c: Asked) {
  const { id, organizationId } = await calendarOf(context, c.var.admin, c.req.param('id') ?? '')
  await unfollowCalendar(context.db, { id, organizationId }, context.now())
  return c.redirect(withFlash(paths.import, 'unfollowed'), 303)
}

async function askAbsent(context: Context, c: Asked) {
  const { db, now } = context
  const calendar = await calendarOf(context, c.var.admin, c.req.param('id') ?? '')
  const { absent } = await findCalendarState(db, calendar, now())
  return c.html(
    <ConfirmActionPage
      {...(await adminPropsFor(context, c))}
      from={paths.import}
      action={paths.absentCafes(calendar.id)}
      fields={{ decision: 'cancel', seen: absent.map(({ cafeId }) => cafeId).join(' ') }}
      about={absent.map(({ title }) => title).join('\n')}
      question={({ cancelGone }) => ({ ...cancelGone, title: cancelGone.title(absent.length) })}
    />,
  )
}

async function settleAbsent(context: Context, c: Asked) {
  const { db, now } = context
  const { admin, form } = c.var
  const calendar = await calendarOf(context, admin, c.req.param('id') ?? '')
  if (textOf(form, 'decision') !== 'cancel') {
    await releaseMissing(db, calendar.id)
    return c.redirect(withFlash(paths.import, 'keptCafes'), 303)
  }
  // Only cafés that the page showed and that are still missing are changed.
  const seen = new Set(textOf(form, 'seen').split(' '))
  const { absent } = await findCalendarState(db, calendar, now())
  for (const { cafeId } of absent.filter((each) => seen.has(each.cafeId))) {
    await giveWay()
    await inTransaction(db, (trx) =>
      cancelGoneCafe(trx, { id: cafeId, by: authorOf(admin) }, now()),
    )
  }
  context.wake()
  return c.redirect(withFlash(paths.import, 'cancelledCafes'), 303)
}

/**
 * Finds a calendar of one's own structure.
 * @throws DomainError gone for another structure's, as for one that is not followed.
 */
async function calendarOf(
  { db }: Context,
  { organization }: Admin,
  id: string,
): Promise<FollowedCalendar> {
  const calendar = await findCalendar(db, { id, organizationId: organization.id })
  if (!calendar) throw refusalOf('calendar')
  return calendar
}
