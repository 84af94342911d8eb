import type { Alert } from '../../domain/territories/alert.ts'
import { toInstantText } from '../database/columns.ts'
import type { Database } from '../database/database.ts'
import { uuidV7 } from '../database/uuid.ts'
import { toAlert } from './alerts.ts'
import type { SentNewsletter } from './newsletters.ts'

/** The mail that is a letter; its parameter is the id of its text. */
export const NEWSLETTER_MAIL = 'letter'

/** The fewest days between two letters to one reader, also where the team sends two. */
const DAYS_BETWEEN = 5

/** Counts the people who have confirmed that they want the letter each week. */
export async function countNewsletterReaders(db: Database, now: Temporal.Instant): Promise<number> {
  const { total } = await db
    .selectFrom('alert')
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .where('rhythm', '=', 'weekly')
    .where('confirmed_at', 'is not', null)
    .where('expires_at', '>', toInstantText(now))
    .executeTakeFirstOrThrow()
  return Number(total)
}

/** Counts the letters that were not tried yet: a relay that is slow or away gets no more of them. */
export async function countUntriedMails(db: Database, now: Temporal.Instant): Promise<number> {
  const { total } = await db
    .selectFrom('mail')
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .where('template', '=', NEWSLETTER_MAIL)
    .where('sent_at', 'is', null)
    .where('dropped_at', 'is', null)
    .where('attempts', '=', 0)
    .where('expires_at', '>', toInstantText(now))
    .executeTakeFirstOrThrow()
  return Number(total)
}

/** Lists readers who have not had this letter, those who asked for the same one after the other. */
export async function listDueReaders(
  db: Database,
  { sentAt }: Pick<SentNewsletter, 'sentAt'>,
  { now, limit }: { now: Temporal.Instant; limit: number },
): Promise<Alert[]> {
  const before = toInstantText(sentAt.subtract({ hours: 24 * DAYS_BETWEEN }))
  if (
    limit <= 0 ||
    toInstantText(now.subtract({ hours: 24 * DAYS_BETWEEN })) >= toInstantText(sentAt)
  )
    return []
  const rows = await db
    .selectFrom('alert')
    .selectAll()
    .where('rhythm', '=', 'weekly')
    .where('confirmed_at', '<=', toInstantText(sentAt))
    .where('expires_at', '>', toInstantText(now))
    .where((eb) => eb.or([eb('last_mail_at', 'is', null), eb('last_mail_at', '<=', before)]))
    .orderBy('area')
    .orderBy('search')
    .orderBy('id')
    .limit(limit)
    .execute()
  return rows.map(toAlert)
}

/** Notes that these readers have this letter, or that it had nothing for them. */
export async function markNewsletterSent(
  trx: Database,
  ids: readonly string[],
  now: Temporal.Instant,
): Promise<void> {
  await trx
    .updateTable('alert')
    .set({ last_mail_at: toInstantText(now) })
    .where('id', 'in', ids)
    .execute()
}

/** A letter as it is mailed; undefined words where it has nothing to say. */
export type NewsletterText = { subject: string; plain: string; html: string }

type TextKey = { newsletterId: string; area: string; search: string }

/** Finds the id of the text of a letter for all who asked for the same. */
export async function findNewsletterTextId(
  db: Database,
  { newsletterId, area, search }: TextKey,
): Promise<string | undefined> {
  const row = await db
    .selectFrom('newsletter_text')
    .select('id')
    .where('newsletter_id', '=', newsletterId)
    .where('area', '=', area)
    .where('search', '=', search)
    .executeTakeFirst()
  return row?.id
}

/** Finds the text of a letter that waits; undefined once it is too old to be sent. */
export async function findNewsletterText(
  db: Database,
  id: string,
): Promise<NewsletterText | undefined> {
  return db
    .selectFrom('newsletter_text')
    .select(['subject', 'plain', 'html'])
    .where('id', '=', id)
    .executeTakeFirst()
}

/** Stores the text of a letter; returns its id. */
export async function insertNewsletterText(
  trx: Database,
  { newsletterId, area, search, ...text }: TextKey & NewsletterText,
  now: Temporal.Instant,
): Promise<string> {
  const id = uuidV7(now)
  await trx
    .insertInto('newsletter_text')
    .values({ id, newsletter_id: newsletterId, area, search, ...text })
    .execute()
  return id
}
