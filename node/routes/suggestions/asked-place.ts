import { Hono, type Context as HonoContext } from 'hono'
import type { FlashKey } from '../../../ui/admin/layout.tsx'
import { paths } from '../../../ui/paths.ts'
import type { Context } from '../../context.ts'
import type { Cafe } from '../../domain/cafes/cafe.ts'
import { NOTE_MAX } from '../../domain/cafes/status-change.ts'
import type { SuggestedFields } from '../../domain/suggestions/suggestion.ts'
import { saveEdit } from '../../store/accounts/saved-edit.ts'
import { OWN_CAFE } from '../../store/cafes/own-cafes.ts'
import { runStep } from '../../store/database/locks.ts'
import { refuseAskedPlace } from '../../store/suggestions/news.ts'
import { findSuggestionOf } from '../../store/suggestions/suggestions.ts'
import { showCafeForm } from '../cafes/admin/shown-form.tsx'
import { listCafeChanges } from '../cafes/cafe-changes.ts'
import { valuesOfCafe } from '../cafes/form.ts'
import { withFlash } from '../http/flash.ts'
import { textOf } from '../http/forms.ts'
import { authorOf, cafeForEditing, type WebEnv } from '../workspaces/access.ts'
import { decideSuggestion } from './read-form.ts'

/** What the team, or the referent, answers to the author of a published café who asks for another place. */
export const askedPlaceRoutes = (context: Context) =>
  new Hono<WebEnv>().post('/:id/lieu', (c) => answer(context, c))

type AboutOne = HonoContext<WebEnv, '/:id/lieu'>

async function answer(context: Context, c: AboutOne) {
  const cafe = await cafeForEditing(context, c.var.admin, c.req.param('id'))
  const asked = (await findSuggestionOf(context.db, cafe.id))?.typed
  // Nobody agrees to a place that their page did not show.
  if (!asked || textOf(c.var.form, 'vu') !== JSON.stringify(asked))
    return answered(c, cafe, 'placeStale')
  if (textOf(c.var.form, 'lieu') === 'demande') return publishPlace(context, c, { cafe, asked })
  const reason = textOf(c.var.form, 'raison').trim().slice(0, NOTE_MAX)
  await runStep(context.db, (trx) => refuseAskedPlace(trx, { cafe, reason }, context.now()))
  context.wake()
  return answered(c, cafe, 'placeKept')
}

const answered = (c: AboutOne, { id }: Cafe, key: FlashKey) =>
  c.redirect(withFlash(paths.editCafe(id), key), 303)

/** Gives the café the place that is asked, by the rules of today. */
async function publishPlace(
  context: Context,
  c: AboutOne,
  { cafe, asked }: { cafe: Cafe; asked: SuggestedFields },
) {
  const { db, now, wake } = context
  const { content, problems } = decideSuggestion(asked, { current: cafe, now: now() })
  if (!content)
    return showCafeForm(context, c, {
      ...{ current: cafe, problems },
      values: { ...valuesOfCafe(cafe), ...asked },
    })
  const { venue } = content
  const edit = {
    ...{ id: cafe.id, by: authorOf(c.var.admin), seen: undefined, changesOf: listCafeChanges },
    decide: (current: Cafe) => ({ value: { ...current, venue } }),
  }
  await saveEdit(db, OWN_CAFE, edit, now())
  wake()
  return answered(c, cafe, 'saved')
}
