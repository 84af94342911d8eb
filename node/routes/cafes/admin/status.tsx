import { Hono, type Context as HonoContext } from 'hono'
import { newStatusValues, StatusPage } from '../../../../ui/cafes/status-page.tsx'
import type { FormValues } from '../../../../ui/components/fields.tsx'
import type { Context } from '../../../context.ts'
import type { Cafe } from '../../../domain/cafes/cafe.ts'
import { STATUS_CHANGES } from '../../../domain/cafes/status-change.ts'
import type { Problem } from '../../../domain/values/problem.ts'
import { changeStatus, confirmCafe } from '../../../store/cafes/own-cafes.ts'
import { inTransaction } from '../../../store/database/database.ts'
import { withFlash } from '../../http/flash.ts'
import { textOf, valuesOf, webAddressOf } from '../../http/forms.ts'
import { cafeForEditing, type WebEnv } from '../../workspaces/access.ts'
import { adminPropsFor } from '../../workspaces/admin-props.ts'
import { isReview } from '../../workspaces/pending-form.tsx'
import { homeOf, logAsReferent } from '../../workspaces/referent-cafes.ts'
import { findCafeAudience } from './audience.ts'

/** The page of what becomes of an announced café: cancelled, postponed, moved online, full, confirmed. */
export function statusRoutes(context: Context) {
  const { db, now } = context

  type Shown = { cafe: Cafe; values: FormValues; problems?: Problem[] }

  const page = async (c: HonoContext<WebEnv>, { cafe, values, problems }: Shown) =>
    c.html(
      <StatusPage
        {...(await adminPropsFor(context, c))}
        cafe={cafe}
        audience={await findCafeAudience(context)}
        values={values}
        problems={problems ?? []}
      />,
      problems ? 422 : 200,
    )

  return new Hono<WebEnv>()
    .get('/:id/situation', async (c) => {
      const cafe = await cafeForEditing(context, c.var.admin, c.req.param('id'))
      return page(c, { cafe, values: newStatusValues(cafe, c.req.query('choix')) })
    })
    .post('/:id/situation', async (c) => {
      const { form, admin } = c.var
      const cafe = await cafeForEditing(context, admin, c.req.param('id'))
      const values = valuesOf(form)
      if (isReview(form)) return page(c, { cafe, values })
      const statusChange = STATUS_CHANGES.find((known) => known === textOf(form, 'situation'))
      if (cafe.publication !== 'published' || !statusChange)
        return page(c, { cafe, values, problems: [{ field: 'situation', code: 'required' }] })
      const note = textOf(form, `note.${statusChange}`)
      const onlineUrl = webAddressOf(form, 'onlineUrl')
      const changed = await inTransaction(db, async (trx) => {
        const asked = { id: cafe.id, statusChange, note, onlineUrl }
        const changed = await changeStatus(trx, asked, now())
        const act = { act: 'cafe-situation', cafe } as const
        if (!changed.problems) await logAsReferent(trx, admin, act, now())
        return changed
      })
      if (changed.problems) return page(c, { cafe, values, problems: changed.problems })
      context.wake()
      const flash = statusChange === 'cancelled' ? 'cancelled' : 'saved'
      return c.redirect(withFlash(homeOf(c.var.admin), flash), 303)
    })
    .post('/:id/confirmer', async (c) => {
      const { admin } = c.var
      const { id } = await cafeForEditing(context, admin, c.req.param('id'))
      await inTransaction(db, async (trx) => {
        const cafe = await confirmCafe(trx, id, now())
        await logAsReferent(trx, admin, { act: 'cafe-situation', cafe }, now())
      })
      context.wake()
      return c.redirect(withFlash(homeOf(c.var.admin), 'confirmed'), 303)
    })
}
