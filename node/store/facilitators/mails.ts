import { LIMITS } from '../../domain/limits/limits.ts'
import { toInstantText } from '../database/columns.ts'
import type { Database } from '../database/database.ts'
import { appendMail, countMailsTo, type NewMail } from '../queues/mails.ts'

type Draft = Pick<NewMail, 'template' | 'params'>

/** How long a mail is worth sending, in hours: it is dropped when the relay is down for longer. */
const EXPIRES_HOURS = 7 * 24

/** Appends a mail to a person about their own profile, with a link that opens it. It is deleted with the profile. */
export const appendFacilitatorMail = (
  trx: Database,
  { facilitatorId, ...mail }: Draft & { facilitatorId: string; to: string },
  now: Temporal.Instant,
): Promise<void> =>
  appendMail(trx, { ...mail, facilitatorId, expiresAt: now.add({ hours: EXPIRES_HOURS }) }, now)

/**
 * Returns whether another link may be asked for: enough for a person who mistypes, too few to fill somebody's mailbox.
 */
export const mayAskForLink = async (
  db: Database,
  facilitatorId: string,
  now: Temporal.Instant,
): Promise<boolean> =>
  (await countMails(db, facilitatorId, { from: 'site', since: now.subtract({ hours: 1 }) })) <
  LIMITS['profile mails'].points

/** The name of the mail that opens a profile. */
export const PROFILE_LINK_MAIL = 'profile-link'

/**
 * Returns whether another address that a person gave for their own profile may be asked to confirm it: anybody may have
 * a profile, and must not fill a mailbox with it, nor with several of them.
 */
export const mayConfirmAddress = async (
  db: Database,
  { facilitatorId, to }: { facilitatorId: string; to: string },
  now: Temporal.Instant,
): Promise<boolean> => {
  if (!(await mayAskForLink(db, facilitatorId, now))) return false
  const asked = { to, template: PROFILE_LINK_MAIL, since: now.subtract({ hours: 1 }) }
  return (await countMailsTo(db, asked)) < LIMITS['profile mails'].points
}

/** Returns whether a person may get another message from somebody else, within 24 hours. */
export const mayBeWrittenTo = async (
  db: Database,
  facilitatorId: string,
  now: Temporal.Instant,
): Promise<boolean> =>
  (await countMails(db, facilitatorId, { from: 'people', since: now.subtract({ hours: 24 }) })) <
  LIMITS['messages to a person'].points

async function countMails(
  db: Database,
  facilitatorId: string,
  { from, since }: { from: 'site' | 'people'; since: Temporal.Instant },
): Promise<number> {
  const { total } = await db
    .selectFrom('mail')
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .where('facilitator_id', '=', facilitatorId)
    .where('reply_to', from === 'site' ? 'is' : 'is not', null)
    .where('created_at', '>', toInstantText(since))
    .executeTakeFirstOrThrow()
  return Number(total)
}

/** Appends what a visitor wrote to the address that they never see. */
export const appendMessage = (
  trx: Database,
  mail: Draft & { facilitatorId: string; to: string; replyTo: string },
  now: Temporal.Instant,
): Promise<void> => appendMail(trx, { ...mail, expiresAt: now.add({ hours: EXPIRES_HOURS }) }, now)
