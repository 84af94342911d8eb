import { Hono, type Context as HonoContext } from 'hono'
import {
  CancelCafePage,
  type CancelCafePageProps,
  DeleteCafePage,
} from '../../../../ui/cafes/action-pages.tsx'
import { paths } from '../../../../ui/paths.ts'
import type { Context } from '../../../context.ts'
import { changeStatus, removeCafe } from '../../../store/cafes/own-cafes.ts'
import { inTransaction } from '../../../store/database/database.ts'
import { withFlash } from '../../http/flash.ts'
import { textOf } from '../../http/forms.ts'
import { cafeForEditing, type WebEnv } from '../../workspaces/access.ts'
import { adminPropsFor } from '../../workspaces/admin-props.ts'
import { isReview } from '../../workspaces/pending-form.tsx'
import { homeOf, logAsReferent } from '../../workspaces/referent-cafes.ts'
import { findCafeAudience } from './audience.ts'

/** The pages of actions that close a café for people who had noted it; each says what follows before it is done. */
export function cafeActionRoutes(context: Context) {
  const { db, now } = context

  const seenBy = async (c: HonoContext<WebEnv>) => ({
    ...(await adminPropsFor(context, c)),
    audience: await findCafeAudience(context),
  })

  const cancelPage = async (
    c: HonoContext<WebEnv>,
    shown: Pick<CancelCafePageProps, 'cafe' | 'reason' | 'problems'>,
  ) => c.html(<CancelCafePage {...(await seenBy(c))} {...shown} />, shown.problems ? 422 : 200)

  return new Hono<WebEnv>()
    .get('/:id/annuler', async (c) => {
      const cafe = await cafeForEditing(context, c.var.admin, c.req.param('id'))
      if (cafe.publication !== 'published') return c.redirect(paths.cafeStatus(cafe.id), 303)
      return cancelPage(c, { cafe })
    })
    .post('/:id/annuler', async (c) => {
      const cafe = await cafeForEditing(context, c.var.admin, c.req.param('id'))
      if (cafe.publication !== 'published') return c.redirect(paths.cafeStatus(cafe.id), 303)
      const reason = textOf(c.var.form, 'reason')
      if (isReview(c.var.form)) return cancelPage(c, { cafe, reason })
      const asked = { id: cafe.id, statusChange: 'cancelled', note: reason } as const
      const { problems } = await inTransaction(db, async (trx) => {
        const changed = await changeStatus(trx, asked, now())
        const act = { act: 'cafe-situation', cafe } as const
        if (!changed.problems) await logAsReferent(trx, c.var.admin, act, now())
        return changed
      })
      if (problems) return cancelPage(c, { cafe, reason, problems })
      context.wake()
      return c.redirect(withFlash(homeOf(c.var.admin), 'cancelled'), 303)
    })
    .get('/:id/supprimer', async (c) => {
      const cafe = await cafeForEditing(context, c.var.admin, c.req.param('id'))
      return c.html(<DeleteCafePage {...(await seenBy(c))} cafe={cafe} />)
    })
    .post('/:id/supprimer', async (c) => {
      const cafe = await cafeForEditing(context, c.var.admin, c.req.param('id'))
      await inTransaction(db, async (trx) => {
        await removeCafe(trx, cafe.id, now())
        await logAsReferent(trx, c.var.admin, { act: 'cafe-deleted', cafe }, now())
      })
      context.wake()
      return c.redirect(withFlash(homeOf(c.var.admin), 'deleted'), 303)
    })
}
