import type { Facilitator } from '../domain/facilitator.ts'
import { toInstantText } from './columns.ts'
import type { Database } from './database.ts'
import { appendMail } from './mails.ts'
import { insertFacilitatorLink } from './own-facilitators.ts'

/** Where a mail's link goes: it is a secret, made when the mail leaves. */
export const OWN_LINK = '{{lien}}'

type FacilitatorMail = {
  facilitator: Pick<Facilitator, 'id'>
  to: string
  write: (link: string) => { subject: string; text: string }
  /** The whole address of a link. */
  linkTo: (token: string) => string
  /** Where nothing leaves, the team hands the mail over: its link must be in it. */
  mailWorks: boolean
}

/** How long a link is worth sending: a relay that is down for longer has lost it. */
const EXPIRES_HOURS = 7 * 24

/** A mail to somebody about their own profile, with a link that opens it. It goes with the profile. */
export async function appendFacilitatorMail(
  trx: Database,
  { facilitator, to, write, linkTo, mailWorks }: FacilitatorMail,
  now: Temporal.Instant,
): Promise<void> {
  const facilitatorId = facilitator.id
  const link = mailWorks
    ? OWN_LINK
    : linkTo(await insertFacilitatorLink(trx, { facilitatorId, mailedTo: to }, now))
  const expiresAt = now.add({ hours: EXPIRES_HOURS })
  await appendMail(trx, { ...write(link), to, expiresAt, facilitatorId }, now)
}

const LINKS_PER_HOUR = 3
const MESSAGES_PER_DAY = 10

/** Enough for who mistypes; too few to fill somebody's mailbox. */
export const mayAskForLink = async (
  db: Database,
  facilitatorId: string,
  now: Temporal.Instant,
): Promise<boolean> =>
  (await countMails(db, facilitatorId, { from: 'site', since: now.subtract({ hours: 1 }) })) <
  LINKS_PER_HOUR

/** More in a day is no longer help. */
export const mayBeWrittenTo = async (
  db: Database,
  facilitatorId: string,
  now: Temporal.Instant,
): Promise<boolean> =>
  (await countMails(db, facilitatorId, { from: 'people', since: now.subtract({ hours: 24 }) })) <
  MESSAGES_PER_DAY

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

/** What a visitor wrote, to the address that they never see. */
export const appendMessage = (
  trx: Database,
  {
    facilitatorId,
    to,
    replyTo,
    subject,
    text,
  }: { facilitatorId: string; to: string; replyTo: string; subject: string; text: string },
  now: Temporal.Instant,
): Promise<void> =>
  appendMail(
    trx,
    { to, replyTo, subject, text, facilitatorId, expiresAt: now.add({ hours: EXPIRES_HOURS }) },
    now,
  )
