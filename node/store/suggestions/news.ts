import { type Cafe, isImportantChange } from '../../domain/cafes/cafe.ts'
import { whenText, whereText } from '../../domain/cafes/cafe-text.ts'
import { knownStateOf, newsForRegistered } from '../../domain/cafes/change-message.ts'
import { RETENTION_DAYS } from '../../domain/values/retention.ts'
import { isSame } from '../../domain/values/same.ts'
import { toInstantText } from '../database/columns.ts'
import type { Database } from '../database/database.ts'
import { appendMail, toOneLine } from '../queues/mails.ts'
import { findSuggestionOf, saveAskedPlace } from './suggestions.ts'

/**
 * What the author of a suggested café is told, whoever edits the café and by whichever way: it is published, it has
 * changed, or it was refused.
 */

/** The mail to the author of a suggestion once the café is on the site. */
const PUBLISHED_MAIL = 'suggestion-published'
const CHANGED_MAIL = 'suggestion-changed'
const REFUSED_MAIL = 'suggestion-refused'
const PLACE_KEPT_MAIL = 'suggestion-place-kept'

/** Appends what an edit of a café tells the author of its suggestion, in the transaction of the edit. */
export async function appendSuggestionNews(
  trx: Database,
  { before, after }: { before: Cafe; after: Cafe },
  now: Temporal.Instant,
): Promise<void> {
  if (after.announcedFor === undefined || after.publication !== 'published') return
  const isNew = before.publication !== 'published'
  if (!isNew && !isImportantChange(before, after)) return
  const suggestion = await findSuggestionOf(trx, after.id)
  if (!suggestion) return
  const { id: about, email: to } = suggestion
  // Whoever gives it another place has answered for the one that was asked.
  if (!isSame(before.venue, after.venue)) await saveAskedPlace(trx, { id: about, typed: undefined })
  const said = { title: toOneLine(after.title), when: whenText(after), page: after.url ?? '' }
  const news = isNew ? undefined : newsForRegistered(knownStateOf(before), after)
  if (!isNew && !news) return
  await appendMail(
    trx,
    {
      ...{ to, about, expiresAt: inDays(now, RETENTION_DAYS.suggestion) },
      template: isNew ? PUBLISHED_MAIL : CHANGED_MAIL,
      params: news ? { ...said, news: news.sentences, note: after.statusNote ?? '' } : said,
    },
    now,
  )
}

/**
 * Keeps the place of a café although its author asks for another one, and appends the mail that tells them so, in one
 * transaction; nothing where none is asked.
 */
export async function refuseAskedPlace(
  trx: Database,
  { cafe, reason }: { cafe: Cafe; reason: string },
  now: Temporal.Instant,
): Promise<void> {
  const suggestion = await findSuggestionOf(trx, cafe.id)
  if (!suggestion?.typed) return
  const { id: about, email: to } = suggestion
  await saveAskedPlace(trx, { id: about, typed: undefined })
  const params = { title: toOneLine(cafe.title), where: whereText(cafe), reason }
  const expiresAt = inDays(now, RETENTION_DAYS.suggestion)
  await appendMail(trx, { template: PLACE_KEPT_MAIL, params, to, about, expiresAt }, now)
}

/**
 * Notes that the café of a suggestion is deleted, and appends the mail that tells its author so, in the transaction of the
 * deletion. An author who withdraws has no suggestion any more by then.
 * @param ended.reason - Why, in the words of the person who deletes it.
 */
export async function endSuggestion(
  trx: Database,
  { cafe, reason }: { cafe: Cafe; reason: string | undefined },
  now: Temporal.Instant,
): Promise<void> {
  if (cafe.announcedFor === undefined) return
  const suggestion = await findSuggestionOf(trx, cafe.id)
  if (!suggestion) return
  const { id: about, email: to } = suggestion
  await trx
    .updateTable('suggestion')
    .set({ ended_at: toInstantText(now), end_reason: reason || null })
    .where('id', '=', about)
    .execute()
  const params = {
    ...{ title: toOneLine(cafe.title), reason: reason ?? '' },
    wasPublished: cafe.publication === 'published',
  }
  const expiresAt = inDays(now, RETENTION_DAYS.suggestion)
  await appendMail(trx, { template: REFUSED_MAIL, params, to, about, expiresAt }, now)
}

const inDays = (now: Temporal.Instant, days: number): Temporal.Instant =>
  now.add({ hours: days * 24 })
