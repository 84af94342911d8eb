import { LIMITS } from '../../domain/limits/limits.ts'
import { toEmail } from '../accounts/accounts.ts'
import { inTransaction, type OpenDatabase } from '../database/database.ts'
import { appendMail, countMailsTo, SIGN_IN_MAIL } from './mails.ts'

/**
 * Queues a mail with a link to sign in; beyond three in an hour to one address, nothing. The work is the same for an
 * address without an account, which is looked up when the mail is sent, so that the answer does not tell whether there
 * is one.
 */
export async function requestSignInLink(
  db: OpenDatabase,
  email: string,
  now: Temporal.Instant,
): Promise<void> {
  const recipient = toEmail(email)
  await inTransaction(db, async (trx) => {
    const since = now.subtract({ hours: 1 })
    const asked = await countMailsTo(trx, { to: recipient, template: SIGN_IN_MAIL, since })
    if (asked >= LIMITS['sign-in mails'].points) return
    const expiresAt = now.add({ minutes: 30 })
    await appendMail(trx, { template: SIGN_IN_MAIL, params: {}, to: recipient, expiresAt }, now)
  })
}
