import { LIMITS } from '../../domain/limits/limits.ts'
import { toInstantText } from '../database/columns.ts'
import type { Database, OpenDatabase } from '../database/database.ts'
import { inTransaction } from '../database/database.ts'
import { appendMail, countMailsTo, type NewMail } from './mails.ts'

type JoinMail = NewMail & { about: string }

/**
 * Queues the mail that carries an invitation or a proposal on paper, the id of which is `about`, to the address that its
 * holder typed.
 * A form that is sent twice within a minute queues one mail.
 * @returns `wait` when as many links as allowed were mailed in the last 24 hours.
 */
export const requestJoinLink = (
  db: OpenDatabase,
  mail: JoinMail,
  now: Temporal.Instant,
): Promise<'sent' | 'wait'> =>
  inTransaction(db, async (trx) => {
    const { to, template } = mail
    const since = now.subtract({ minutes: 1 })
    if ((await countMailsTo(trx, { to, template, since })) > 0) return 'sent'
    if ((await countMailsAbout(trx, mail, now)) >= LIMITS['join mails'].points) return 'wait'
    await appendMail(trx, mail, now)
    return 'sent'
  })

async function countMailsAbout(
  db: Database,
  { about, template }: JoinMail,
  now: Temporal.Instant,
): Promise<number> {
  const { total } = await db
    .selectFrom('mail')
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .where('about', '=', about)
    .where('template', '=', template)
    .where('created_at', '>', toInstantText(now.subtract({ hours: 24 })))
    .executeTakeFirstOrThrow()
  return Number(total)
}
