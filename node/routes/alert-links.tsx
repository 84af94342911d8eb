import { Hono, type Context as HonoContext } from 'hono'
import { AlertLinkPage, type AlertLinkPageProps } from '../../ui/alert.tsx'
import { paths } from '../../ui/paths.ts'
import type { Context } from '../context.ts'
import { type AlertPurpose, confirmAlert, deleteAlert, findAlertByLink } from '../store/alerts.ts'
import type { WebEnv } from './access.ts'
import { limitBody } from './forms.ts'
import { findSite } from './site.ts'

/**
 * The links of the mails: GET shows one button, since programs that check mails open links; POST acts. Neither asks
 * where it comes from: the link is the right to, and a mail reader's own button has no page (RFC 8058 §3.2).
 */
export function alertLinkRoutes(context: Context) {
  const { db, now } = context

  async function page(
    c: HonoContext<WebEnv>,
    shown: Omit<AlertLinkPageProps, 'site'>,
    status: 200 | 410 = 200,
  ) {
    c.header('Cache-Control', 'no-store')
    // The address of this page is a secret.
    c.header('Referrer-Policy', 'no-referrer')
    return c.html(<AlertLinkPage site={await findSite(context, c)} {...shown} />, status)
  }

  const find = (c: HonoContext<WebEnv>, purpose: AlertPurpose) =>
    findAlertByLink(db, { token: c.req.param('token') ?? '', purpose }, now())

  const ask = (purpose: AlertPurpose) => async (c: HonoContext<WebEnv>) => {
    const alert = await find(c, purpose)
    if (!alert) return page(c, { state: 'dead' }, 410)
    return page(c, { state: purpose, place: alert.place, action: c.req.path })
  }

  return new Hono<WebEnv>()
    .get(paths.keepAlert(':token'), ask('keep'))
    .get(paths.stopAlert(':token'), ask('stop'))
    .post(paths.keepAlert(':token'), limitBody(), async (c) => {
      const alert = await find(c, 'keep')
      if (!alert) return page(c, { state: 'dead' }, 410)
      const until = await confirmAlert(db, alert.id, now())
      return page(c, { state: 'keepDone', until })
    })
    .post(paths.stopAlert(':token'), limitBody(), async (c) => {
      const alert = await find(c, 'stop')
      if (!alert) return page(c, { state: 'dead' }, 410)
      await deleteAlert(db, alert.id)
      return page(c, { state: 'stopDone' })
    })
}
