import { Hono } from 'hono'
import { DuplicatesPage } from '../../ui/desk-duplicates.tsx'
import { paths } from '../../ui/paths.ts'
import type { Context } from '../context.ts'
import { DomainError } from '../domain/errors.ts'
import { findCafe } from '../store/cafes.ts'
import { listDuplicates, tellApart } from '../store/duplicates.ts'
import { assertAdministrator, deskSession, type WebEnv } from './access.ts'
import { readFlash, withFlash } from './flash.ts'
import { textOf } from './forms.ts'
import { findSite } from './site.ts'

/** What is shown once because two announce it, for the team to say otherwise. */
export function duplicateRoutes(context: Context) {
  const { db, now, wake } = context
  return new Hono<WebEnv>()
    .use(async (c, next) => {
      assertAdministrator(c.var.desk)
      await next()
    })
    .get('/', async (c) => {
      const pairs = await listDuplicates(db, now())
      return c.html(
        <DuplicatesPage
          site={await findSite(context, c)}
          session={deskSession(c.var.desk)}
          {...pairs}
          flash={readFlash(c)}
        />,
      )
    })
    .post('/', async (c) => {
      const { form } = c.var
      const ids = [textOf(form, 'one'), textOf(form, 'other')] as const
      const [one, other] = [await findCafe(db, ids[0]), await findCafe(db, ids[1])]
      if (!one || !other || one.id === other.id)
        throw new DomainError('not_found', 'L’un de ces cafés n’existe plus.')
      await tellApart(db, { ids, areTwo: textOf(form, 'decision') !== 'un' }, now())
      wake()
      return c.redirect(withFlash(paths.duplicates, 'done'), 303)
    })
}
