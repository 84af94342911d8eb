import { Hono, type Context as HonoContext } from 'hono'
import { VERSION } from '../../../../ui/admin/meanwhile.tsx'
import { newStatusValues, StatusPage } from '../../../../ui/cafes/status-page.tsx'
import type { FormValues } from '../../../../ui/components/fields.tsx'
import type { Context } from '../../../context.ts'
import type { Cafe } from '../../../domain/cafes/cafe.ts'
import {
  decideConfirmation,
  decideStatusChange,
  STATUS_CHANGES,
} from '../../../domain/cafes/status-change.ts'
import type { Problem } from '../../../domain/values/problem.ts'
import { saveEdit } from '../../../store/accounts/saved-edit.ts'
import { OWN_CAFE } from '../../../store/cafes/own-cafes.ts'
import { withFlash } from '../../http/flash.ts'
import { textOf, valuesOf, webAddressOf } from '../../http/forms.ts'
import { authorOf, cafeForEditing, type WebEnv } from '../../workspaces/access.ts'
import { adminPropsFor } from '../../workspaces/admin-props.ts'
import { isReview } from '../../workspaces/pending-form.tsx'
import { cafeHomeOf, homeOf } from '../../workspaces/referent-cafes.ts'
import { findCafeAudience } from './audience.ts'
import { answerDeleted, findMeanwhile } from './edited-cafe.tsx'

/** The page of what becomes of an announced café: cancelled, postponed, moved online, full, confirmed. */
export function statusRoutes(context: Context) {
  const { db, now } = context

  type Shown = { cafe: Cafe; values: FormValues; problems?: Problem[]; isStale?: boolean }

  const page = async (c: HonoContext<WebEnv>, { cafe, values, problems, isStale }: Shown) =>
    c.html(
      <StatusPage
        {...(await adminPropsFor(context, c))}
        cafe={cafe}
        audience={await findCafeAudience(context, cafe)}
        values={values}
        problems={problems ?? []}
        {...(isStale && (await findMeanwhile(context, c, cafe)))}
      />,
      isStale ? 409 : problems ? 422 : 200,
    )

  return new Hono<WebEnv>()
    .get('/:id/situation', async (c) => {
      const cafe = await cafeForEditing(context, c.var.admin, c.req.param('id'))
      return page(c, { cafe, values: newStatusValues(cafe, c.req.query('choix')) })
    })
    .post('/:id/situation', async (c) => {
      const { form, admin } = c.var
      const id = c.req.param('id')
      const statusChange = STATUS_CHANGES.find((known) => known === textOf(form, 'situation'))
      const note = textOf(form, `note.${statusChange}`)
      const gone = await answerDeleted(context, c, id)
      if (gone) return gone
      const cafe = await cafeForEditing(context, admin, id)
      const values = valuesOf(form)
      if (isReview(form)) return page(c, { cafe, values })
      if (cafe.publication !== 'published' || !statusChange)
        return page(c, { cafe, values, problems: [{ field: 'situation', code: 'required' }] })
      const onlineUrl = webAddressOf(form, 'onlineUrl')
      const saved = await saveEdit(
        db,
        OWN_CAFE,
        {
          ...{ id, by: authorOf(admin), seen: textOf(form, VERSION), reason: note },
          decide: (current) => decideStatusChange(current, { statusChange, note, onlineUrl }),
        },
        now(),
      )
      if (saved.outcome === 'stale') return page(c, { cafe: saved.value, values, isStale: true })
      if (saved.outcome === 'refused') return page(c, { cafe, values, problems: saved.problems })
      context.wake()
      const flash =
        statusChange === 'cancelled'
          ? 'cancelled'
          : statusChange === 'as-planned'
            ? 'maintained'
            : 'saved'
      return c.redirect(withFlash(cafeHomeOf(admin, id), flash), 303)
    })
    .post('/:id/confirmer', async (c) => {
      const { admin, form } = c.var
      const gone = await answerDeleted(context, c, c.req.param('id'))
      if (gone) return gone
      const { id } = await cafeForEditing(context, admin, c.req.param('id'))
      const decide = (cafe: Cafe) => decideConfirmation(cafe, now())
      const edit = { id, by: authorOf(admin), seen: textOf(form, VERSION), decide }
      const saved = await saveEdit(db, OWN_CAFE, edit, now())
      if (saved.outcome === 'stale' && !saved.value.confirmedAt) {
        const cafe = saved.value
        return page(c, { cafe, values: newStatusValues(cafe, undefined), isStale: true })
      }
      context.wake()
      return c.redirect(withFlash(homeOf(c.var.admin), 'confirmed'), 303)
    })
}
