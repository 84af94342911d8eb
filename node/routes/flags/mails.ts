import { draftMail, type MailDraft } from '../../../ui/admin/mail-templates.ts'
import { nameOfCase } from '../../../ui/flags/case-part.tsx'
import { messagesFor } from '../../../ui/locales/messages.ts'
import { paths } from '../../../ui/paths.ts'
import { type Appeal, endOfAppeal, type FlagCase, type Flagged } from '../../domain/flags/flag.ts'
import { type LimitName, limitOf } from '../../domain/limits/limits.ts'
import { longDate } from '../../domain/values/date-text.ts'
import { dayInParis } from '../../domain/values/days.ts'
import type { Database } from '../../store/database/database.ts'
import { findFlag, listFlags } from '../../store/flags/cases.ts'
import { appendMail, countMailsTo } from '../../store/queues/mails.ts'
import { listTeamEmails } from '../../store/structures/team-addresses.ts'

/** A mail about a flag that could not be sent for three days is given up. */
const MAIL_HOURS = 72

const t = messagesFor('fr')
const before = (at: Temporal.Instant) => t.flag.before(longDate(dayInParis(at)))

type Of = {
  flagCase: FlagCase
  flagged: Pick<Flagged, 'name'> | undefined
  siteName: string
}

const aboutOf = ({ flagCase, flagged }: Of) => nameOfCase(flagCase, flagged, t)

async function append(
  trx: Database,
  mail: MailDraft & { to: string; about: string },
  now: Temporal.Instant,
): Promise<void> {
  await appendMail(trx, { ...mail, expiresAt: now.add({ hours: MAIL_HOURS }) }, now)
}

/** Tells the team that a case was opened; nothing of it says who flagged, nor what they wrote. */
export async function appendTeamMail(
  trx: Database,
  { origin, page, ...of }: Of & { origin: string; page: string },
  now: Temporal.Instant,
): Promise<void> {
  const { flagCase, siteName } = of
  const mail = draftMail('flag', {
    ...{ siteName, page, about: aboutOf(of), until: before(flagCase.dueAt) },
    reason: t.flag.reason[flagCase.reason],
    link: origin + paths.flagCase(flagCase.id),
  })
  for (const to of await listTeamEmails(trx))
    if (!(await hasHad(trx, { to, template: 'flag', limit: 'flag mails of a team' }, now)))
      await append(trx, { ...mail, to, about: flagCase.id }, now)
}

/** Returns whether an address had as many mails of a template as it may. */
async function hasHad(
  trx: Database,
  { limit, ...mails }: { to: string; template: string; limit: LimitName },
  now: Temporal.Instant,
): Promise<boolean> {
  const { points, duration } = limitOf(limit)
  const since = now.subtract({ seconds: duration })
  return (await countMailsTo(trx, { ...mails, since })) >= points
}

/**
 * Returns whether an address may be written to about one more flag, of what becomes of it too: anybody may have typed
 * the address.
 */
export const mayReceive = async (
  trx: Database,
  to: string,
  now: Temporal.Instant,
): Promise<boolean> =>
  !(await hasHad(trx, { to, template: 'flag-receipt', limit: 'flag mails' }, now))

/** Sends the receipt of a flag. */
export async function appendReceiptMail(
  trx: Database,
  { to, flagId, ...of }: Of & { to: string; flagId: string },
  now: Temporal.Instant,
): Promise<void> {
  const said = { siteName: of.siteName, about: aboutOf(of), until: before(of.flagCase.dueAt) }
  await append(trx, { ...draftMail('flag-receipt', said), to, about: flagId }, now)
}

/**
 * Tells everybody who flagged the thing, and gave an address, what was decided and why; after an appeal those who have
 * not made it, also that it was read again.
 */
export async function appendDecisionMails(
  trx: Database,
  { appeals = [], ...of }: Of & { appeals?: readonly Appeal[] },
  now: Temporal.Instant,
): Promise<void> {
  const { flagCase, siteName } = of
  const { outcome, decidedAt } = flagCase
  if (!outcome || !decidedAt) return
  const [appeal] = appeals
  const again = appeal ? `${t.flag.own.appeal.readAgain}\n\n` : ''
  const mail = draftMail('flag-decided', {
    ...{ siteName, about: aboutOf(of), answer: appeal?.answer ?? flagCase.answer },
    outcome: again + t.flag.own.outcome[outcome],
    until: t.flag.until(longDate(dayInParis(endOfAppeal(decidedAt)))),
  })
  const told = new Set(appeals.map(({ flagId }) => flagId))
  for (const { id, email } of await listFlags(trx, flagCase.id))
    if (email !== undefined && !told.has(id))
      await append(trx, { ...mail, to: email, about: id }, now)
}

/** Tells those who appealed, and gave an address when they flagged the thing, what was decided about their appeal. */
export async function appendAppealMails(
  trx: Database,
  { appeals, ...of }: Of & { appeals: readonly Appeal[] },
  now: Temporal.Instant,
): Promise<void> {
  for (const { flagId, isUpheld, answer } of appeals) {
    const email = flagId && (await findFlag(trx, flagId))?.email
    if (!flagId || !email) continue
    const outcome = t.flag.own.appeal[isUpheld ? 'upheld' : 'denied']
    const said = { siteName: of.siteName, about: aboutOf(of), outcome, answer }
    await append(trx, { ...draftMail('flag-appeal', said), to: email, about: flagId }, now)
  }
  await appendDecisionMails(trx, { ...of, appeals }, now)
}
