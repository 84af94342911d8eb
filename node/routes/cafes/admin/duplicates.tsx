import { Hono } from 'hono'
import { DuplicatesPage } from '../../../../ui/cafes/duplicates-page.tsx'
import { paths } from '../../../../ui/paths.ts'
import type { Context } from '../../../context.ts'
import { DomainError } from '../../../domain/values/errors.ts'
import { findCafe } from '../../../store/cafes/cafes.ts'
import { listDecidedPairs, listSuspected } from '../../../store/cafes/duplicate-pairs.ts'
import { decideDistinct, decideSame } from '../../../store/cafes/duplicates.ts'
import { withFlash } from '../../http/flash.ts'
import { textOf } from '../../http/forms.ts'
import { needsAdministrator, type WebEnv } from '../../workspaces/access.ts'
import { adminPropsFor } from '../../workspaces/admin-props.ts'

/**
 * The pages of pairs that may be one café announced by two sites. The team decides whether they are, and which is shown.
 */
export function duplicateRoutes(context: Context) {
  const { db, now, wake } = context
  return new Hono<WebEnv>()
    .use(needsAdministrator)
    .get('/', async (c) => {
      return c.html(
        <DuplicatesPage
          {...(await adminPropsFor(context, c))}
          suspected={await listSuspected(db, now())}
          {...(await listDecidedPairs(db, now()))}
        />,
      )
    })
    .post('/', async (c) => {
      const { form } = c.var
      const ids = [textOf(form, 'one'), textOf(form, 'other')] as const
      const [one, other] = [await findCafe(db, ids[0]), await findCafe(db, ids[1])]
      if (!one || !other || one.id === other.id)
        throw new DomainError('not_found', 'cafes.one_gone')
      const shownId = textOf(form, 'shown')
      if (shownId === '') await decideDistinct(db, ids, now())
      else if (shownId === one.id) await decideSame(db, { shownId, hiddenId: other.id }, now())
      else if (shownId === other.id) await decideSame(db, { shownId, hiddenId: one.id }, now())
      else throw new DomainError('not_found', 'cafes.one_gone')
      wake()
      return c.redirect(withFlash(paths.duplicates, 'done'), 303)
    })
}
