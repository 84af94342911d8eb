import { Hono } from 'hono'
import { paths } from '../../../ui/paths.ts'
import { AdminNewsletterPage } from '../../../ui/territories/admin-newsletter.tsx'
import type { Context } from '../../context.ts'
import { DomainError } from '../../domain/values/errors.ts'
import {
  moveUpInNewsletter,
  saveNewsletterChoice,
  saveSentNewsletter,
} from '../../store/territories/newsletters.ts'
import { withFlash } from '../http/flash.ts'
import { textOf } from '../http/forms.ts'
import { needsAdministrator, type WebEnv } from '../workspaces/access.ts'
import { adminPropsFor } from '../workspaces/admin-props.ts'
import { findNewsletter } from './newsletter-data.ts'

/** The newsletter in the administration: what the team puts forward, leaves out and sends. */
export function adminNewsletterRoutes(context: Context) {
  const { db, now } = context
  return new Hono<WebEnv>()
    .use(async (_, next) => {
      if (!context.isDirectory) throw new DomainError('not_found', 'site.no_such_page')
      await next()
    })
    .use(needsAdministrator)
    .get('/', async (c) => {
      const { newsletter, cafes, choices, sentAt } = await findNewsletter(context)
      return c.html(
        <AdminNewsletterPage
          {...(await adminPropsFor(context, c))}
          newsletter={newsletter}
          leftOut={cafes.filter(({ id }) => choices.get(id)?.choice === 'out')}
          sentAt={sentAt}
        />,
      )
    })
    .post('/cafes/:id', async (c) => {
      const cafeId = c.req.param('id')
      const { cafes } = await findNewsletter(context)
      if (!cafes.some(({ id }) => id === cafeId))
        throw new DomainError('not_found', 'territories.not_in_newsletter')
      const wanted = textOf(c.var.form, 'choix')
      if (wanted === 'monter') await moveUpInNewsletter(db, cafeId)
      else await saveNewsletterChoice(db, { cafeId, choice: CHOICES.get(wanted) })
      return c.redirect(`${paths.adminNewsletter}#c-${cafeId}`, 303)
    })
    .post('/envoyee', async (c) => {
      const { newsletter, stillListed } = await findNewsletter(context)
      const cafes = [
        ...newsletter.forward,
        ...newsletter.sections.flatMap((section) => section.cafes),
      ]
      const changed = new Set(newsletter.changes.map(({ sent }) => sent.cafeId))
      const quiet = stillListed.filter(({ cafeId }) => !changed.has(cafeId))
      await saveSentNewsletter(db, { cafes, stillListed: quiet }, now())
      return c.redirect(withFlash(paths.adminNewsletter, 'done'), 303)
    })
}

const CHOICES = new Map<string, 'forward' | 'out'>([
  ['avant', 'forward'],
  ['dehors', 'out'],
])
