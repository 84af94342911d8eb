import { Hono } from 'hono'
import { ConfirmActionPage } from '../../../ui/admin/confirm-action-page.tsx'
import type { FlashKey } from '../../../ui/admin/layout.tsx'
import { paths } from '../../../ui/paths.ts'
import type { Context } from '../../context.ts'
import type { FollowedCalendar } from '../../domain/cafes/followed-calendar.ts'
import { DomainError } from '../../domain/values/errors.ts'
import { findCalendar, unfollowCalendar } from '../../store/cafes/followed-calendars.ts'
import { releaseMissing } from '../../store/cafes/import-snapshots.ts'
import { inTransaction } from '../../store/database/database.ts'
import { giveWay } from '../../turns/turns.ts'
import { findCalendarState } from '../cafes/calendar-states.ts'
import { withFlash } from '../http/flash.ts'
import { textOf } from '../http/forms.ts'
import { type Admin, authorOf, type WebEnv } from '../workspaces/access.ts'
import { adminPropsFor } from '../workspaces/admin-props.ts'
import { cancelGoneCafe } from './imports/import-cancellations.ts'
import { type CalendarReading, readCalendar } from './read-calendar.ts'

const FLASH: Record<CalendarReading['outcome'], FlashKey> = {
  read: 'calendarRead',
  unchanged: 'calendarRead',
  failed: 'calendarUnread',
  busy: 'calendarBusy',
}

/** What the team does with the calendars that it follows; they are listed on the page of imports. */
export function calendarRoutes(context: Context) {
  const { db, now } = context

  /**
   * Finds a calendar of one's own structure.
   * @throws DomainError not_found for another structure's.
   */
  async function calendarOf({ organization }: Admin, id: string): Promise<FollowedCalendar> {
    const calendar = await findCalendar(db, { id, organizationId: organization.id })
    if (!calendar) throw new DomainError('not_found', 'data.calendar_gone')
    return calendar
  }

  return new Hono<WebEnv>()
    .post('/:id/lire', async (c) => {
      const calendar = await calendarOf(c.var.admin, c.req.param('id'))
      const { outcome } = await readCalendar(context, calendar)
      return c.redirect(withFlash(paths.import, FLASH[outcome]), 303)
    })
    .get('/:id/arreter', async (c) => {
      const calendar = await calendarOf(c.var.admin, c.req.param('id'))
      return c.html(
        <ConfirmActionPage
          {...(await adminPropsFor(context, c))}
          from={paths.import}
          action={paths.unfollowCalendar(calendar.id)}
          about={calendar.address}
          question={(texts) => texts.unfollowCalendar}
        />,
      )
    })
    .post('/:id/arreter', async (c) => {
      const { organization } = c.var.admin
      await unfollowCalendar(db, { id: c.req.param('id'), organizationId: organization.id })
      return c.redirect(withFlash(paths.import, 'unfollowed'), 303)
    })
    .get('/:id/absents', async (c) => {
      const calendar = await calendarOf(c.var.admin, c.req.param('id'))
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
    })
    .post('/:id/absents', async (c) => {
      const { admin, form } = c.var
      const calendar = await calendarOf(admin, c.req.param('id'))
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
    })
}
