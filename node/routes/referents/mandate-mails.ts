import type { MailDraft } from '../../../ui/admin/mail-templates.ts'
import { appointedMail, askReferentMail } from '../../../ui/referents/mails.ts'
import type { Context } from '../../context.ts'
import type { Referent } from '../../domain/referents/referent.ts'
import type { Database } from '../../store/database/database.ts'
import { appendMail } from '../../store/queues/mails.ts'
import { nameOfCode } from '../http/territory-links.ts'

/** Hours for which a mail with a person's own link is kept while a relay is down. */
export const MAIL_HOURS = 7 * 24

/** Creates what queues the mails about mandates; without a relay, or for a referent without an address, none. */
export function createMandateMails({ config, now }: Pick<Context, 'config' | 'now'>) {
  /** The parameters of mails about a mandate. */
  const about = (referent: Referent, siteName: string) => ({
    referent,
    territory: nameOfCode(referent.territory),
    siteName,
    origin: config.origin,
  })

  async function sendMail(trx: Database, { id, email }: Referent, mail: MailDraft): Promise<void> {
    if (!config.mail || email === undefined) return
    const expiresAt = now().add({ hours: MAIL_HOURS })
    await appendMail(trx, { to: email, ...mail, about: id, expiresAt }, now())
  }

  /** Queues a mail with a link, which is made when the mail is sent. */
  async function mailLink(
    trx: Database,
    referent: Referent,
    { purpose, siteName }: { purpose: 'mandate' | 'referent-access'; siteName: string },
  ): Promise<void> {
    if (!config.mail || referent.email === undefined) return
    const draft = purpose === 'mandate' ? askReferentMail : appointedMail
    await sendMail(trx, referent, draft(about(referent, siteName)))
  }

  return { about, sendMail, mailLink }
}
