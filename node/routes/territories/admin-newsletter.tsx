import { Hono, type Context as HonoContext } from 'hono'
import { paths } from '../../../ui/paths.ts'
import { AdminNewsletterPage } from '../../../ui/territories/admin-newsletter.tsx'
import type { Context } from '../../context.ts'
import { OPENING_MAX } from '../../domain/territories/newsletter.ts'
import { DomainError } from '../../domain/values/errors.ts'
import { cleanLines } from '../../formats/text/clean-text.ts'
import { countNewsletterReaders } from '../../store/territories/newsletter-readers.ts'
import {
  findOpening,
  moveUpInNewsletter,
  type Opening,
  saveNewsletterChoice,
  saveOpening,
} from '../../store/territories/newsletters.ts'
import { withFlash } from '../http/flash.ts'
import { textOf } from '../http/forms.ts'
import { needsAdministrator, type WebEnv } from '../workspaces/access.ts'
import { adminPropsFor } from '../workspaces/admin-props.ts'
import { findNewsletter, sendNewsletter } from './newsletter-data.ts'

/** The newsletter in the administration: what the team puts forward, leaves out and sends. */
export function adminNewsletterRoutes(context: Context) {
  const { db, now } = context
  return new Hono<WebEnv>()
    .use(async (_, next) => {
      if (!context.isDirectory) throw new DomainError('not_found', 'site.no_such_page')
      await next()
    })
    .use(needsAdministrator)
    .get('/', (c) => page(context, c))
    .post('/', async (c) => {
      const text = cleanLines(textOf(c.var.form, 'ouverture'), 4 * OPENING_MAX).trim()
      const typed = { text, version: textOf(c.var.form, 'version') }
      if (text.length > OPENING_MAX) return page(context, c, typed, 'too_long')
      const saved = await saveOpening(db, typed, now())
      if (saved.text !== text) return page(context, c, typed, 'stale')
      return c.redirect(withFlash(paths.adminNewsletter, 'saved'), 303)
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
      await sendNewsletter(context)
      return c.redirect(withFlash(paths.adminNewsletter, 'done'), 303)
    })
}

/** Shows the page; an opening that could not be saved stays typed. */
async function page(
  context: Context,
  c: HonoContext<WebEnv>,
  typed?: Opening,
  problem?: 'too_long' | 'stale',
) {
  const { newsletter, cafes, choices, sentAt } = await findNewsletter(context)
  const opening = await findOpening(context.db)
  return c.html(
    <AdminNewsletterPage
      {...(await adminPropsFor(context, c))}
      newsletter={newsletter}
      leftOut={cafes.filter(({ id }) => choices.get(id)?.choice === 'out')}
      sentAt={sentAt}
      readers={await countNewsletterReaders(context.db, context.now())}
      opening={{ ...opening, text: typed?.text ?? opening.text }}
      problem={problem && { kind: problem, other: opening.text }}
    />,
    problem === undefined ? 200 : problem === 'stale' ? 409 : 422,
  )
}

const CHOICES = new Map<string, 'forward' | 'out'>([
  ['avant', 'forward'],
  ['dehors', 'out'],
])
