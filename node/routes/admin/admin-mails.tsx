import { Hono, type Context as HonoContext } from 'hono'
import { findMailTemplate } from '../../../ui/admin/mail-templates.ts'
import { MAIL_STATE_NAMES, MailsPage, PreparedMailPage } from '../../../ui/admin/mails-page.tsx'
import { messagesFor } from '../../../ui/locales/messages.ts'
import { paths } from '../../../ui/paths.ts'
import type { Context } from '../../context.ts'
import { DomainError } from '../../domain/values/errors.ts'
import { mayBeHandedOver } from '../../domain/values/link.ts'
import { eraseMail, PROFILE_REMOVED_MAIL, SIGN_IN_MAIL } from '../../store/queues/mails.ts'
import {
  countMails,
  deleteFailedMail,
  findMailPage,
  findWaitingMail,
  markMailHandedOver,
} from '../../store/queues/team-mails.ts'
import { logMandateAct } from '../../store/referents/mandate-acts.ts'
import { findReferent } from '../../store/referents/referents.ts'
import type { Mail } from '../../store/schema/queues.ts'
import { expireOlderLinks, previewMail, writeMail } from '../accounts/write-mail.ts'
import { withFlash } from '../http/flash.ts'
import { languageOf } from '../http/language.ts'
import { readListQuery } from '../http/read-page.ts'
import { authorOf, needsAdministrator, type WebEnv } from '../workspaces/access.ts'
import { adminPropsFor } from '../workspaces/admin-props.ts'

const SHOWN = 50

const purposesOf = ({ template }: Mail) => Object.values(findMailTemplate(template)?.links ?? {})

/** The mails that were sent, those that wait, and those that the team hands over where there is no relay. */
export function mailRoutes(context: Context) {
  const own: Own = {
    ...context,
    mailWorks: context.config.mail !== undefined,
  }
  return new Hono<WebEnv>()
    .use(needsAdministrator)
    .get('/', (c) => showMails(own, c))
    .post('/:id/remis', (c) => markHandedOver(own, c))
    .post('/:id/enlever', (c) => remove(own, c))
    .post('/:id/preparer', (c) => prepare(own, c))
}

type Own = Context & {
  mailWorks: boolean
}
type Asked = HonoContext<WebEnv>

async function showMails(context: Own, c: Asked) {
  const { db, mailWorks, now } = context
  const counts = await countMails(db, now())
  const first = (['open', 'lost', 'sent'] as const).find((state) => counts[state] > 0)
  const { page, ...query } = readListQuery(c, MAIL_STATE_NAMES, first ?? 'sent')
  const { rows, ...placed } = await findMailPage(db, { ...query, page, size: SHOWN, now: now() })
  return c.html(
    <MailsPage
      {...(await adminPropsFor(context, c))}
      {...{ query, counts }}
      found={{
        ...placed,
        rows: await Promise.all(rows.map((mail) => toShown(context, c, mail))),
      }}
      mailWorks={mailWorks}
      now={now()}
    />,
  )
}

async function markHandedOver(context: Own, c: Asked) {
  const { db, now } = context
  const mail = await findWaitingMail(db, c.req.param('id') ?? '', now())
  if (!mail || mail.template === SIGN_IN_MAIL) throw new DomainError('gone', 'admin.mail_gone')
  if (mail.template === PROFILE_REMOVED_MAIL) await eraseMail(db, mail.id)
  else {
    const { subject } = await previewMail(context, mail, '')
    await markMailHandedOver(db, { id: mail.id, subject }, now())
  }
  return c.redirect(withFlash(paths.mails, 'handedOver'), 303)
}

async function remove({ db }: Own, c: Asked) {
  const isGone = await deleteFailedMail(db, c.req.param('id') ?? '')
  if (!isGone) throw new DomainError('not_found', 'admin.mail_gone')
  return c.redirect(withFlash(paths.mails, 'done'), 303)
}

async function prepare(context: Own, c: Asked) {
  const { mailWorks, db, now } = context
  const mail = await findWaitingMail(db, c.req.param('id') ?? '', now())
  const written =
    mail &&
    (mail.byPhone || !mailWorks) &&
    mayBeHandedOver(purposesOf(mail)) &&
    (await writeMail(context, mail, 'hands'))
  if (!written) throw new DomainError('gone', 'admin.mail_gone')
  if (mail) await expireOlderLinks(context, mail, written)
  await logShownMandate(context, c, mail)
  // Its links are shown in this answer alone: no address leads to them again.
  return c.html(
    <PreparedMailPage
      {...(await adminPropsFor(context, c))}
      id={mail.id}
      to={mail.to}
      subject={written.subject}
      text={written.text}
    />,
  )
}

/** Logs that the link of a mandate was shown, where the mail has one. */
async function logShownMandate({ db, now }: Own, c: Asked, mail: Mail): Promise<void> {
  const isOfMandate = purposesOf(mail).some((purpose) => purpose === 'mandate')
  const mandate = isOfMandate ? await findReferent(db, mail.about ?? '') : undefined
  const by = authorOf(c.var.admin)
  if (mandate) await logMandateAct(db, { act: 'mandate-link-shown', by, mandate }, now())
}

async function toShown(context: Own, c: Asked, mail: Mail) {
  const { gap } = messagesFor(languageOf(c)).team.courriels
  // Anybody can ask for a link to sign in, also with an address that has no account, so its text is not shown; the
  // text of a sent or expired mail is deleted.
  const isSaid = mail.template !== SIGN_IN_MAIL && mail.subject === ''
  const texts = isSaid ? await previewMail(context, mail, gap) : { subject: mail.subject, text: '' }
  const purposes = purposesOf(mail)
  return { ...mail, ...texts, hasLink: purposes.length > 0 && mayBeHandedOver(purposes) }
}
