import { draftMail } from '../../../ui/admin/mail-templates.ts'
import type { Context } from '../../context.ts'
import { type Alert, areaKey } from '../../domain/territories/alert.ts'
import { findMailedNewsletter } from '../../routes/territories/mailed-newsletter.ts'
import { sendNewsletter } from '../../routes/territories/newsletter-data.ts'
import { inTransaction } from '../../store/database/database.ts'
import { appendMail } from '../../store/queues/mails.ts'
import {
  countNewsletterReaders,
  countUntriedMails,
  findNewsletterTextId,
  insertNewsletterText,
  listDueReaders,
  markNewsletterSent,
  NEWSLETTER_MAIL,
} from '../../store/territories/newsletter-readers.ts'
import {
  findLastNewsletter,
  listLastNewsletters,
  type SentNewsletter,
} from '../../store/territories/newsletters.ts'
import { giveWay } from '../../turns/turns.ts'

type SiteContext = Pick<Context, 'db' | 'config' | 'now' | 'wake'>

/** Hours after which a letter is no longer worth sending. */
const MAIL_HOURS = 48

/** The team that sent a letter itself in the last days sends none on Thursday. */
const DAYS_BETWEEN = 5

/** Sends the letter of the week as the team has prepared it, where somebody reads it and none was sent lately. */
export async function sendWeeklyNewsletter(context: SiteContext): Promise<void> {
  const { db, now } = context
  if ((await countNewsletterReaders(db, now())) === 0) return
  const last = await findLastNewsletter(db)
  const since = now().subtract({ hours: 24 * DAYS_BETWEEN })
  if (last && Temporal.Instant.compare(last.sentAt, since) > 0) return
  await sendNewsletter(context)
}

/**
 * Appends the mails of the letter that was sent last, as many each minute as the relay accepts in that time. The text of
 * those who asked for the same is written once.
 */
export async function sendNewsletterMails(context: SiteContext): Promise<void> {
  const { db, config, now, wake } = context
  if (!config.mail) return
  const [letter, before] = await listLastNewsletters(db)
  if (!letter) return
  const portion = Math.ceil(config.lettersPerHour / 60) - (await countUntriedMails(db, now()))
  const due = await listDueReaders(db, letter, { now: now(), limit: portion })
  for (const alike of Map.groupBy(due, (one) => `${areaKey(one.area)} ${one.search}`).values()) {
    await appendAlike(context, { letter, before }, alike)
    await giveWay()
  }
  if (due.length > 0) wake()
}

/** Appends the letters of readers who asked for the same; where it has nothing for them they get none. */
async function appendAlike(
  context: SiteContext,
  edition: { letter: SentNewsletter; before: SentNewsletter | undefined },
  readers: readonly Alert[],
): Promise<void> {
  const { db, now } = context
  const [first] = readers
  if (!first) return
  const key = {
    ...{ newsletterId: edition.letter.id, area: areaKey(first.area), search: first.search },
  }
  const known = await findNewsletterTextId(db, key)
  const text = known === undefined ? await findMailedNewsletter(context, first, edition) : undefined
  const expiresAt = now().add({ hours: MAIL_HOURS })
  await inTransaction(db, async (trx) => {
    const id = known ?? (text && (await insertNewsletterText(trx, { ...key, ...text }, now())))
    const ids = readers.map((one) => one.id)
    await markNewsletterSent(trx, ids, now())
    if (id === undefined) return
    const mail = draftMail(NEWSLETTER_MAIL, { siteName: '', text: id })
    for (const { email, id: alertId } of readers)
      await appendMail(trx, { ...mail, to: email, expiresAt, alertId }, now())
  })
}
