import { paths } from '../../ui/paths.ts'
import type { Context } from '../context.ts'
import { ALERT_LINKS } from '../domain/alert.ts'
import { insertAlertLink } from '../store/alerts.ts'
import type { Mail } from '../store/mails.ts'

/**
 * A mail of an alert with links of its own, made as it leaves so that no secret lies in the database. Who may stop by a
 * link of the text may stop by the button of their mail reader too (RFC 8058 §3.1).
 */
export async function withAlertLinks(
  { db, config, now }: Pick<Context, 'db' | 'config' | 'now'>,
  { subject, text }: Pick<Mail, 'subject' | 'text'>,
  alertId: string,
) {
  let written = text
  if (text.includes(ALERT_LINKS.keep)) {
    const token = await insertAlertLink(db, { alertId, purpose: 'keep' }, now())
    written = written.replaceAll(ALERT_LINKS.keep, config.origin + paths.keepAlert(token))
  }
  if (!text.includes(ALERT_LINKS.stop)) return { subject, text: written }
  const token = await insertAlertLink(db, { alertId, purpose: 'stop' }, now())
  const href = config.origin + paths.stopAlert(token)
  return {
    subject,
    text: written.replaceAll(ALERT_LINKS.stop, href),
    headers: {
      'List-Unsubscribe': `<${href}>`,
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
    },
  }
}
