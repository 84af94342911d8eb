import { Hono } from 'hono'
import { paths } from '../../../ui/paths.ts'
import { DeskLetterPage } from '../../../ui/territories/admin-newsletter.tsx'
import type { Context } from '../../context.ts'
import { DomainError } from '../../domain/values/errors.ts'
import {
  chooseForLetter,
  moveUpInLetter,
  saveSentLetter,
} from '../../store/territories/newsletters.ts'
import { assertAdministrator, deskSession, type WebEnv } from '../http/access.ts'
import { readFlash, withFlash } from '../http/flash.ts'
import { textOf } from '../http/forms.ts'
import { findSite } from '../http/site.ts'
import { findLetter } from './newsletter-data.ts'

/** What the team puts forward, leaves out and sends. */
export function deskLetterRoutes(context: Context) {
  const { db, now } = context
  return new Hono<WebEnv>()
    .use(async (c, next) => {
      if (!context.isDirectory) throw new DomainError('not_found', 'Cette page n’existe pas.')
      assertAdministrator(c.var.desk)
      await next()
    })
    .get('/', async (c) => {
      const { letter, cafes, choices, sentAt } = await findLetter(context)
      return c.html(
        <DeskLetterPage
          site={await findSite(context, c)}
          session={deskSession(c.var.desk)}
          letter={letter}
          leftOut={cafes.filter(({ id }) => choices.get(id)?.choice === 'out')}
          sentAt={sentAt}
          flash={readFlash(c)}
        />,
      )
    })
    .post('/cafes/:id', async (c) => {
      const cafeId = c.req.param('id')
      const { cafes } = await findLetter(context)
      if (!cafes.some(({ id }) => id === cafeId))
        throw new DomainError('not_found', 'Ce café n’est pas de cette lettre.')
      const wanted = textOf(c.var.form, 'choix')
      if (wanted === 'monter') await moveUpInLetter(db, cafeId)
      else await chooseForLetter(db, { cafeId, choice: CHOICES.get(wanted) })
      return c.redirect(`${paths.deskLetter}#c-${cafeId}`, 303)
    })
    .post('/envoyee', async (c) => {
      const { letter, stillTold } = await findLetter(context)
      const cafes = [...letter.forward, ...letter.sections.flatMap((section) => section.cafes)]
      const changed = new Set(letter.changes.map(({ told }) => told.cafeId))
      const quiet = stillTold.filter(({ cafeId }) => !changed.has(cafeId))
      await saveSentLetter(db, { cafes, stillTold: quiet }, now())
      return c.redirect(withFlash(paths.deskLetter, 'done'), 303)
    })
}

const CHOICES = new Map<string, 'forward' | 'out'>([
  ['avant', 'forward'],
  ['dehors', 'out'],
])
