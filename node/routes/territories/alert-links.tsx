import { Hono, type Context as HonoContext } from 'hono'
import { paths } from '../../../ui/paths.ts'
import { AlertLinkPage, type AlertLinkPageProps } from '../../../ui/territories/alert-pages.tsx'
import type { Context } from '../../context.ts'
import type { Alert } from '../../domain/territories/alert.ts'
import { ALERT_DAYS } from '../../domain/values/retention.ts'
import {
  type AlertPurpose,
  confirmAlert,
  deleteAlert,
  findAlertByLink,
  hasOtherAlerts,
} from '../../store/territories/alerts.ts'
import { limitBody, readForm, textOf } from '../http/forms.ts'
import { deadLink, withSecretAddress } from '../http/link-pages.tsx'
import { findSite } from '../http/site.ts'
import type { WebEnv } from '../workspaces/access.ts'

/**
 * The links of the mails. GET shows one button, since programs that check mails open links; POST acts. The origin is
 * not checked: the link is the authorization, and a mail reader's own button has no page (RFC 8058 §3.2).
 */
export function alertLinkRoutes(context: Context) {
  const { db, now } = context

  const page = async (c: HonoContext<WebEnv>, shown: Omit<AlertLinkPageProps, 'site'>) =>
    c.html(<AlertLinkPage site={await findSite(context, c)} {...shown} />)

  const find = (c: HonoContext<WebEnv>, purpose: AlertPurpose) =>
    findAlertByLink(db, { token: c.req.param('token') ?? '', purpose }, now())

  const ask = (purpose: AlertPurpose) => async (c: HonoContext<WebEnv>) => {
    const alert = await find(c, purpose)
    if ('dead' in alert) return deadLink(context, c, purpose, alert)
    if (purpose === 'keep-alert' && isKept(alert, now()))
      return page(c, {
        ...{ state: 'keepDone', until: alert.expiresAt, action: c.req.path },
        isWeekly: alert.rhythm === 'weekly',
      })
    const state = purpose === 'keep-alert' ? 'keep' : 'stop'
    const hasOthers = await hasOtherAlerts(db, alert, now())
    const isWeekly = alert.rhythm === 'weekly'
    return page(c, { state, place: alert.place, action: c.req.path, hasOthers, isWeekly })
  }

  const stop = async (c: HonoContext<WebEnv>, alert: Alert) => {
    const hasOthers = await hasOtherAlerts(db, alert, now())
    await deleteAlert(db, alert.id)
    return page(c, { state: 'stopDone', hasOthers })
  }

  return new Hono<WebEnv>()
    .use(paths.keepAlert(':token'), withSecretAddress('no-referrer'))
    .use(paths.stopAlert(':token'), withSecretAddress('no-referrer'))
    .get(paths.keepAlert(':token'), ask('keep-alert'))
    .get(paths.stopAlert(':token'), ask('stop-alert'))
    .post(paths.keepAlert(':token'), limitBody(), async (c) => {
      const alert = await find(c, 'keep-alert')
      if ('dead' in alert) return deadLink(context, c, 'keep-alert', alert)
      // Until a first mail came, no other link than this one stops the alert.
      if (textOf(await readForm(c), 'arreter')) return stop(c, alert)
      const until = await confirmAlert(db, alert.id, now())
      const isWeekly = alert.rhythm === 'weekly'
      return page(c, { state: 'keepDone', until, action: c.req.path, isWeekly })
    })
    .post(paths.stopAlert(':token'), limitBody(), async (c) => {
      const alert = await find(c, 'stop-alert')
      if ('dead' in alert) return deadLink(context, c, 'stop-alert', alert)
      return stop(c, alert)
    })
}

/** Returns whether an alert is confirmed for longer than the time in which its person is asked to renew it. */
const isKept = ({ confirmedAt, expiresAt }: Alert, now: Temporal.Instant): boolean =>
  confirmedAt !== undefined &&
  Temporal.Instant.compare(expiresAt, now.add({ hours: 24 * ALERT_DAYS.reminded })) > 0
