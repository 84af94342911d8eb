import type { MailDraft } from '../../ui/admin/mail-templates.ts'
import { endedMail, inactiveMail, reminderMails, weeklyMail } from '../../ui/referents/mails.ts'
import type { Context } from '../context.ts'
import {
  decideReminder,
  findAnsweringReferent,
  isInactive,
  isInOffice,
  type Referent,
} from '../domain/referents/referent.ts'
import { findTerritory, type Territory } from '../geo/territories.ts'
import { chainOf, zoneOf } from '../geo/territory-chain.ts'
import { nameOfSite } from '../routes/http/site.ts'
import { labelOfTerritory } from '../routes/http/territory-links.ts'
import { listTeamEmails } from '../store/accounts/team.ts'
import { findToDoRhythm } from '../store/accounts/to-do-mails.ts'
import { type Database, inTransaction } from '../store/database/database.ts'
import { appendMail } from '../store/queues/mails.ts'
import { countWaiting } from '../store/referents/dashboard.ts'
import { endReferent, listReferents } from '../store/referents/referents.ts'
import {
  claimReminder,
  claimWeekly,
  listReminders,
  markEscalated,
} from '../store/referents/reminders.ts'
import { findReferentSettings } from '../store/referents/settings.ts'
import { countRequests } from '../store/territories/requests.ts'
import { countByTerritory } from '../store/territories/territory-counts.ts'

type Office = Pick<Context, 'db' | 'config' | 'now' | 'wake'>

const KEPT_HOURS = 48
const MONDAY_HOUR = 8

/**
 * Handles each mandate in its own zone: ends it after its last day, sends reminders before, tells what waits, and
 * reports referents who are silent.
 */
export async function sendReferentReminders(context: Office): Promise<void> {
  const { db, now } = context
  const settings = await findReferentSettings(db)
  const siteName = await nameOfSite(context)
  for (const { referent, sentDays } of await listReminders(db)) {
    const territory = findTerritory(referent.territory)
    if (!territory) continue
    const local = now().toZonedDateTimeISO(zoneOf(territory))
    const today = local.toPlainDate()
    const care = { ...context, referent, territory, siteName }
    if (Temporal.PlainDate.compare(referent.endsOn, today) < 0) await expire(care)
    else {
      const days = decideReminder({ endsOn: referent.endsOn, sent: sentDays }, today)
      if (days !== undefined) await remind(care, days)
      const isDay = local.dayOfWeek === 1 && local.hour >= MONDAY_HOUR
      if (isDay && isInOffice(referent, today) && (await isWrittenOnMondays(db, referent)))
        await sendWeekly(care, today)
      const silence = { now: now(), days: settings.silentDays }
      if (!referent.escalatedAt && isInactive(referent, silence))
        await escalate(care, settings.silentDays)
    }
  }
}

type Reminders = Office & { referent: Referent; territory: Territory; siteName: string }

const about = ({ referent, territory, siteName, config }: Reminders) => ({
  referent,
  territory: labelOfTerritory(territory),
  code: territory.code,
  siteName,
  origin: config.origin,
})

async function post(
  trx: Database,
  { config, now }: Office,
  to: readonly string[],
  mail: MailDraft,
): Promise<void> {
  if (!config.mail) return
  const expiresAt = now().add({ hours: KEPT_HOURS })
  for (const recipient of to) await appendMail(trx, { to: recipient, ...mail, expiresAt }, now())
}

const own = ({ referent }: Reminders): string[] =>
  referent.email === undefined ? [] : [referent.email]

async function expire(care: Reminders): Promise<void> {
  const { db, now, wake, referent } = care
  await inTransaction(db, async (trx) => {
    const isEnded = await endReferent(trx, { id: referent.id, reason: 'expired' }, now())
    if (isEnded) await post(trx, care, own(care), endedMail(about(care)))
  })
  wake()
}

async function remind(care: Reminders, days: number): Promise<void> {
  await inTransaction(care.db, async (trx) => {
    if (!(await claimReminder(trx, care.referent.id, days))) return
    const { person, team } = reminderMails(about(care), { id: care.referent.id, days })
    await post(trx, care, own(care), person)
    await post(trx, care, await listTeamEmails(trx), team)
  })
  care.wake()
}

/**
 * Returns whether a referent is mailed on Mondays. Another rhythm is handled by `sendToDo`; a referent without an
 * account has chosen none.
 */
async function isWrittenOnMondays(db: Database, { accountId }: Referent): Promise<boolean> {
  const rhythm = accountId === undefined ? undefined : await findToDoRhythm(db, accountId)
  return rhythm === undefined || rhythm === 'weekly'
}

/** Sends the weekly mail; none where nothing waits. */
async function sendWeekly(care: Reminders, today: Temporal.PlainDate): Promise<void> {
  const { db, now, territory, referent } = care
  await inTransaction(db, async (trx) => {
    if (!(await claimWeekly(trx, referent.id, today))) return
    const waits = await countWaiting(trx, territory, now())
    if (Object.values(waits).every((count) => count === 0)) return
    const requests = await countRequests(trx, territory, now())
    const counts = await countByTerritory(trx, { territories: [territory], now: now() })
    const toCome = counts.get(territory.code) ?? 0
    await post(trx, care, own(care), weeklyMail(about(care), { ...waits, requests, toCome }))
  })
  care.wake()
}

/** Reports to the referent of the next territory up, otherwise to the team. */
async function escalate(care: Reminders, days: number): Promise<void> {
  const { db, now, referent, territory } = care
  const wider = chainOf(territory.code).slice(1)
  await inTransaction(db, async (trx) => {
    if (!(await markEscalated(trx, referent.id, now()))) return
    const inOffice = (await listReferents(trx, ['appointed'])).filter(
      ({ escalatedAt }) => escalatedAt === undefined,
    )
    const codes = wider.map(({ code }) => code)
    const above =
      findAnsweringReferent(codes, inOffice)?.referents.flatMap(({ email }) => email ?? []) ?? []
    const isTeam = above.length === 0
    const to = isTeam ? await listTeamEmails(trx) : above
    await post(trx, care, to, inactiveMail(about(care), { id: referent.id, days, isTeam }))
  })
  care.wake()
}
