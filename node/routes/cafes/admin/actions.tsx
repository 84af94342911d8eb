import { Hono, type Context as HonoContext } from 'hono'
import { VERSION } from '../../../../ui/admin/meanwhile.tsx'
import {
  CancelCafePage,
  type CancelCafePageProps,
  DeleteCafePage,
  type DeleteCafePageProps,
} from '../../../../ui/cafes/action-pages.tsx'
import { paths } from '../../../../ui/paths.ts'
import type { Context } from '../../../context.ts'
import type { Cafe } from '../../../domain/cafes/cafe.ts'
import { decideDeletion } from '../../../domain/cafes/edit.ts'
import { decideStatusChange } from '../../../domain/cafes/status-change.ts'
import { saveEdit } from '../../../store/accounts/saved-edit.ts'
import { OWN_CAFE } from '../../../store/cafes/own-cafes.ts'
import { findSuggestionOf } from '../../../store/suggestions/suggestions.ts'
import { withFlash } from '../../http/flash.ts'
import { textOf } from '../../http/forms.ts'
import { authorOf, cafeForEditing, type WebEnv } from '../../workspaces/access.ts'
import { adminPropsFor } from '../../workspaces/admin-props.ts'
import { isReview } from '../../workspaces/pending-form.tsx'
import { cafeHomeOf, homeOf } from '../../workspaces/referent-cafes.ts'
import { findCafeAudience } from './audience.ts'
import { answerDeleted, findMeanwhile } from './edited-cafe.tsx'

/** The pages of actions that close a café for people who had noted it; each says what follows before it is done. */
export function cafeActionRoutes(context: Context) {
  const { db, now } = context

  const cancelPage = async (
    c: HonoContext<WebEnv>,
    shown: Pick<CancelCafePageProps, 'cafe' | 'reason' | 'seen' | 'problems' | 'meanwhile'>,
  ) => {
    const status = shown.meanwhile ? 409 : shown.problems ? 422 : 200
    return c.html(<CancelCafePage {...(await seenBy(context, c, shown.cafe))} {...shown} />, status)
  }

  return new Hono<WebEnv>()
    .get('/:id/annuler', async (c) => {
      const cafe = await cafeForEditing(context, c.var.admin, c.req.param('id'))
      if (cafe.publication !== 'published') return c.redirect(paths.cafeStatus(cafe.id), 303)
      return cancelPage(c, { cafe })
    })
    .post('/:id/annuler', async (c) => {
      const reason = textOf(c.var.form, 'reason')
      const gone = await answerDeleted(context, c, c.req.param('id'))
      if (gone) return gone
      const cafe = await cafeForEditing(context, c.var.admin, c.req.param('id'))
      if (cafe.publication !== 'published') return c.redirect(paths.cafeStatus(cafe.id), 303)
      const edit = editOf(c)
      if (isReview(c.var.form)) return cancelPage(c, { cafe, reason, seen: edit.seen })
      const decide = (current: Cafe) =>
        decideStatusChange(current, { statusChange: 'cancelled', note: reason })
      const saved = await saveEdit(db, OWN_CAFE, { ...edit, reason, decide }, now())
      if (saved.outcome === 'stale')
        return cancelPage(c, {
          cafe: saved.value,
          reason,
          ...(await findMeanwhile(context, c, cafe)),
        })
      if (saved.outcome === 'refused')
        return cancelPage(c, { cafe, reason, problems: saved.problems })
      context.wake()
      return c.redirect(withFlash(cafeHomeOf(c.var.admin, cafe.id), 'cancelled'), 303)
    })
    .get('/:id/supprimer', (c) => askDeletion(context, c))
    .post('/:id/supprimer', (c) => deleteOne(context, c))
}

type AboutOne = HonoContext<WebEnv, '/:id'>

const seenBy = async (context: Context, c: HonoContext<WebEnv>, cafe: Cafe) => ({
  ...(await adminPropsFor(context, c)),
  audience: await findCafeAudience(context, cafe),
})

/** Who edits, and the version of the café that their page showed. */
const editOf = (c: AboutOne) => ({
  id: c.req.param('id'),
  by: authorOf(c.var.admin),
  seen: textOf(c.var.form, VERSION),
})

/** Returns whether to delete a café is to refuse what somebody suggested. */
const findRefusal = async ({ db }: Context, { id, publication }: Cafe) =>
  publication === 'draft' && (await findSuggestionOf(db, id)) ? ('refused' as const) : undefined

async function askDeletion(context: Context, c: AboutOne) {
  const cafe = await cafeForEditing(context, c.var.admin, c.req.param('id'))
  return deletionPage(context, c, { cafe, suggested: await findRefusal(context, cafe) })
}

async function deleteOne(context: Context, c: AboutOne) {
  const { db, now } = context
  const reason = textOf(c.var.form, 'reason')
  const gone = await answerDeleted(context, c, c.req.param('id'))
  if (gone) return gone
  const cafe = await cafeForEditing(context, c.var.admin, c.req.param('id'))
  const suggested = await findRefusal(context, cafe)
  if (suggested && reason === '')
    return deletionPage(context, c, { cafe, suggested: 'without-reason' })
  const edit = { ...editOf(c), reason, decide: decideDeletion }
  const saved = await saveEdit(db, OWN_CAFE, edit, now())
  if (saved.outcome === 'stale') {
    const meanwhile = await findMeanwhile(context, c, cafe)
    return deletionPage(context, c, { cafe: saved.value, reason, suggested, ...meanwhile })
  }
  context.wake()
  return c.redirect(withFlash(homeOf(c.var.admin), 'deleted'), 303)
}

async function deletionPage(
  context: Context,
  c: AboutOne,
  shown: Pick<DeleteCafePageProps, 'cafe' | 'reason' | 'suggested' | 'meanwhile'>,
) {
  const status = shown.meanwhile ? 409 : shown.suggested === 'without-reason' ? 422 : 200
  return c.html(<DeleteCafePage {...(await seenBy(context, c, shown.cafe))} {...shown} />, status)
}
