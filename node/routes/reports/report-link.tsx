import { Hono, type Context as HonoContext } from 'hono'
import { messagesFor } from '../../../ui/locales/messages.ts'
import { paths } from '../../../ui/paths.ts'
import type { Context } from '../../context.ts'
import { findReportLink } from '../../store/reports/report-links.ts'
import { PHOTO_LIMITS } from '../cafes/image.ts'
import { createPhotoLimits } from '../facilitators/photo-limits.ts'
import { assertSameOrigin, limitBody, readForm, valuesOf } from '../http/forms.ts'
import { languageOf } from '../http/language.ts'
import { deadLink, withSecretAddress } from '../http/link-pages.tsx'
import type { WebEnv } from '../workspaces/access.ts'
import {
  askToRemove,
  openReport,
  type ReportDoor,
  removeReport,
  takeReport,
} from './report-door.tsx'

type LinkEnv = WebEnv & { Variables: { door: ReportDoor; mayBringPhoto: boolean } }
type Asked = HonoContext<LinkEnv>

/**
 * What is told of a café by the link of a mail, without signing in. A GET changes nothing, also where the link has a
 * number: programs that check mails open it. After its 30 days the link opens a page that says so.
 */
export function reportLinkRoutes(context: Context) {
  const photos = createPhotoLimits(context.db, (c: Asked) => c.var.door.cafe.id)
  return new Hono<LinkEnv>()
    .use(`${paths.reportByLink(':token')}/*`, withSecretAddress())
    .use(`${paths.reportByLink(':token')}/*`, async (c, next) => {
      const token = /^\/bilans\/([^/]+)/.exec(c.req.path)?.[1] ?? ''
      const link = await findReportLink(context.db, token, context.now())
      if ('dead' in link) return deadLink(context, c, 'report', link)
      const { cafe, who } = link
      const pathOf: ReportDoor['pathOf'] = (action) => paths.reportByLink(token, action)
      c.set('door', { cafe, by: { kind: 'link', name: who }, pathOf })
      return next()
    })
    .get(paths.reportByLink(':token'), (c) => openReport(context, c, c.var.door))
    .post(paths.reportByLink(':token'), photos.inTurn, async (c) => {
      assertSameOrigin(c, context.config)
      const isWithoutFiles = !c.var.mayBringPhoto
      const form = await readForm(c, { ...PHOTO_LIMITS, isWithoutFiles })
      const { photosBusy, photosOften } = messagesFor(languageOf(c)).facilitator.form
      const isBusy = isWithoutFiles && photos.hasLostPhoto(form)
      if (!isBusy && !(await photos.isOneTooMany(c, form)))
        return takeReport(context, c, c.var.door, form)
      const messages = [{ name: 'image', message: isBusy ? photosBusy : photosOften }]
      return openReport(context, c, c.var.door, { values: valuesOf(form), messages, status: 429 })
    })
    .get(paths.reportByLink(':token', 'effacer'), (c) => askToRemove(context, c, c.var.door))
    .post(paths.reportByLink(':token', 'effacer'), limitBody(), async (c) => {
      assertSameOrigin(c, context.config)
      return removeReport(context, c, c.var.door)
    })
}
