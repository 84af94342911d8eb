import { Hono, type Context as HonoContext } from 'hono'
import { ConfirmActionPage } from '../../../ui/admin/confirm-action-page.tsx'
import { messagesFor } from '../../../ui/locales/messages.ts'
import { paths } from '../../../ui/paths.ts'
import type { Context } from '../../context.ts'
import { APPEAL_WORDS_MAX } from '../../domain/flags/flag.ts'
import { longDate } from '../../domain/values/date-text.ts'
import { dayInParis } from '../../domain/values/days.ts'
import { DomainError } from '../../domain/values/errors.ts'
import { cleanText, LINES_MAX } from '../../formats/text/clean-text.ts'
import { findHiding, saveHidingAppeal } from '../../store/directory/hidden-elsewhere.ts'
import { withFlash } from '../http/flash.ts'
import { textOf } from '../http/forms.ts'
import { languageOf } from '../http/language.ts'
import type { WebEnv } from '../workspaces/access.ts'
import { adminPropsFor } from '../workspaces/admin-props.ts'

type Asked = HonoContext<WebEnv>

/** By which a place answers a directory that no longer shows something of it: the words go to another of its team. */
export const placeAppealRoutes = (context: Context) =>
  new Hono<WebEnv>()
    .get('/masques/recours', (c) => {
      const { objet: id = '', annuaire: directory = '' } = c.req.query()
      return ask(context, c, { id, directory })
    })
    .post('/masques/recours', async (c) => {
      const { db, now } = context
      const hidden = {
        id: textOf(c.var.form, 'id'),
        directory: textOf(c.var.form, 'directory'),
      }
      const words = cleanText(textOf(c.var.form, 'reason'), LINES_MAX)
      const { appeal } = messagesFor(languageOf(c)).flag.place
      if (words === '') return ask(context, c, hidden, words, appeal.missing)
      if (words.length > APPEAL_WORDS_MAX) return ask(context, c, hidden, words, appeal.long)
      const key = { ...hidden, organizationId: c.var.admin.organization.id }
      if (!(await saveHidingAppeal(db, { ...key, words }, now())))
        throw new DomainError('not_found', 'flags.gone')
      context.wake()
      return c.redirect(withFlash(paths.admin, 'done'), 303)
    })

type Hidden = { id: string; directory: string }

async function ask(context: Context, c: Asked, hidden: Hidden, text = '', message?: string) {
  const organizationId = c.var.admin.organization.id
  const hiding = await findHiding(context.db, { ...hidden, organizationId })
  if (!hiding) throw new DomainError('not_found', 'flags.gone')
  const t = messagesFor(languageOf(c))
  const texts = t.flag.place.appeal
  const { appealedAt, reason } = hiding
  const effects = appealedAt ? texts.sent(longDate(dayInParis(appealedAt), t.lang)) : texts.effects
  return c.html(
    <ConfirmActionPage
      {...(await adminPropsFor(context, c))}
      from={paths.admin}
      action={paths.appealHiding}
      fields={hidden}
      about={t.admin.home.reasonGiven(reason)}
      question={() => ({
        title: texts.title(new URL(hidden.directory).host),
        effects,
        submit: texts.submit,
      })}
      reason={{ text, max: APPEAL_WORDS_MAX, message, hint: texts.hint }}
      isGood
    />,
    message === undefined ? 200 : 422,
  )
}
