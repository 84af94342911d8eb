import { type Cafe, isImportantChange, isOff } from '../../domain/cafes/cafe.ts'
import { whenText } from '../../domain/cafes/cafe-text.ts'
import { changeMessage, knownStateOf } from '../../domain/cafes/change-message.ts'
import type { JoinedAccount } from '../../domain/registrations/join.ts'
import { toInstantText } from '../database/columns.ts'
import type { Database } from '../database/database.ts'
import { isPostgres } from '../database/dialect.ts'
import type { Mail } from '../schema/queues.ts'
import { appendChange } from './changes.ts'
import { appendMail, toOneLine } from './mails.ts'

/**
 * What people who have a seat at a café of ours, or wait for one, are told when it changes, whoever edits it and by
 * whichever way. The mail is written when it leaves, of what holds then: what changed twice meanwhile is one mail.
 */

/** The mail that says what is new of a café. */
export const CHANGE_MAIL = 'registration-change'

/** For how long a notice waits for another change, since who corrects a date may correct it again. */
const REST = { minutes: 2 }

/** So it waits where the same people had some within a day already: a program may change a café each minute. */
const LONG_REST = { hours: 1 }
const MANY = 6

/** Appends the notices of an edit of a café, in its transaction. */
export async function appendChangeNotices(
  trx: Database,
  { before, after }: { before: Cafe; after: Cafe },
  now: Temporal.Instant,
): Promise<void> {
  if (before.publication !== 'published' || after.publication !== 'published') return
  const isOver = Temporal.Instant.compare(after.endsAt, now) <= 0
  if (isOver || !(isImportantChange(before, after) || hasNewLink(before, after))) return
  const params = { before: knownStateOf(before), link: linkOf(before) }
  const ways = await listWays(trx, after.id)
  // Nobody sets out for a café that does not take place.
  const isUrgent = isOff(after) && !isOff(before)
  const isOften = !isUrgent && (await countNotices(trx, ways[0]?.id ?? '', now)) >= MANY
  const rest = isOften ? LONG_REST : REST
  const notice = { template: CHANGE_MAIL, params, expiresAt: after.endsAt, rest }
  for (const { id, ...way } of ways) {
    const waiting = await findWaiting(trx, id)
    if (waiting === undefined) await appendMail(trx, { ...notice, ...way, about: id }, now)
    else if (isUrgent) await hurry(trx, waiting, now.add(REST))
  }
}

/** Appends what people are told of a café that is deleted with their registrations, in its transaction. */
export async function appendDeletionNotices(
  trx: Database,
  cafe: Cafe,
  now: Temporal.Instant,
): Promise<void> {
  const { startsAt, endsAt: expiresAt } = cafe
  if (Temporal.Instant.compare(startsAt, now) <= 0) return
  const params = { title: toOneLine(cafe.title), when: whenText(cafe) }
  for (const { id, ...way } of await listWays(trx, cafe.id))
    await appendMail(trx, { template: 'registration-ended', params, ...way, expiresAt }, now)
  const accounts = await listJoined(trx, cafe.id)
  if (accounts.length === 0) return
  const message = changeMessage(knownStateOf(cafe), { ...cafe, status: 'cancelled' })
  await appendChange(trx, { type: 'joined-told', accounts, ...message }, now)
}

/** Lists the inboxes of the servers whose accounts come to a café of ours, or wait: each hears what becomes of it. */
export async function listJoinedInboxes(db: Database, cafeId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('registration')
    .innerJoin('remote_actor', 'remote_actor.uri', 'registration.actor_uri')
    .select((eb) => eb.fn.coalesce('shared_inbox', 'inbox').as('at'))
    .distinct()
    .where('cafe_id', '=', cafeId)
    .where('state', 'in', ['confirmed', 'waiting', 'offered'])
    .orderBy('at')
    .execute()
  return rows.map(({ at }) => at)
}

/** Lists the accounts of other servers that come to a café of ours, or wait. */
export async function listJoined(db: Database, cafeId: string): Promise<JoinedAccount[]> {
  const rows = await db
    .selectFrom('registration')
    .innerJoin('remote_actor', 'remote_actor.uri', 'registration.actor_uri')
    .select(['remote_actor.uri', 'inbox', 'handle', 'join_uri'])
    .where('cafe_id', '=', cafeId)
    .where('state', 'in', ['confirmed', 'waiting', 'offered'])
    .orderBy('registration.id')
    .execute()
  return rows.flatMap(({ uri, inbox, handle, join_uri: joinUri }) =>
    joinUri === null ? [] : { uri, inbox, joinUri, handle: handle ?? uri },
  )
}

/** Returns whether a later notice about the same registration was appended: it says what this one would. */
export async function hasLaterNotice(
  db: Database,
  { id, about = '' }: Pick<Mail, 'id' | 'about'>,
): Promise<boolean> {
  const row = await db
    .selectFrom('mail')
    .select('id')
    .where('about', '=', about)
    .where('template', '=', CHANGE_MAIL)
    .where('id', '>', id)
    .where('dropped_at', 'is', null)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

const linkOf = ({ onlineUrl, registrantsUrl }: Cafe): string => registrantsUrl ?? onlineUrl ?? ''

const hasNewLink = (before: Cafe, after: Cafe): boolean => linkOf(before) !== linkOf(after)

/** Lists those who have seats or wait, with their mailbox, or the number at which the team calls them. */
async function listWays(
  trx: Database,
  cafeId: string,
): Promise<{ id: string; to: string; byPhone: boolean }[]> {
  const rows = await trx
    .selectFrom('registration')
    .select(['id', 'email', 'phone'])
    .where('cafe_id', '=', cafeId)
    .where('state', 'in', ['confirmed', 'waiting', 'offered'])
    .orderBy('id')
    .execute()
  return rows.flatMap(({ id, email, phone }) => {
    const to = email ?? phone
    return to === null ? [] : { id, to, byPhone: email === null }
  })
}

/** Counts the notices of a day about a registration; the first of a café has had all of them. */
async function countNotices(trx: Database, about: string, now: Temporal.Instant): Promise<number> {
  const { total } = await trx
    .selectFrom('mail')
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .where('about', '=', about)
    .where('template', '=', CHANGE_MAIL)
    .where('created_at', '>', toInstantText(now.subtract({ hours: 24 })))
    .executeTakeFirstOrThrow()
  return Number(total)
}

/** Finds a notice about this registration that nobody has begun to send: it will say the last state. */
async function findWaiting(trx: Database, about: string): Promise<string | undefined> {
  const row = await trx
    .selectFrom('mail')
    .select('id')
    .where('about', '=', about)
    .where('template', '=', CHANGE_MAIL)
    .where('attempts', '=', 0)
    .where('sent_at', 'is', null)
    .where('dropped_at', 'is', null)
    // Who is about to send it has begun before, or waits for this edit.
    .$if(isPostgres(trx), (qb) => qb.forUpdate())
    .limit(1)
    .executeTakeFirst()
  return row?.id
}

/** Sends a notice at this time that would leave later. */
async function hurry(trx: Database, id: string, at: Temporal.Instant): Promise<void> {
  const due = toInstantText(at)
  await trx
    .updateTable('mail')
    .set({ due_at: due })
    .where('id', '=', id)
    .where('due_at', '>', due)
    .execute()
}
