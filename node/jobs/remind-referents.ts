import type { MailDraft } from '../../ui/admin/mail-templates.ts'
import { endedMail, inactiveMail, reminderMails, weeklyMail } from '../../ui/referents/mails.ts'
import type { Context } from '../context.ts'
import { CLOCK } from '../domain/cafes/edit.ts'
import {
  decideReminder,
  findAnsweringReferent,
  isInactive,
  isInOffice,
  type Referent,
} from '../domain/referents/referent.ts'
import { weekOf } from '../domain/values/days.ts'
import { findTerritory, type Territory } from '../geo/territories.ts'
import { chainOf, zoneOf } from '../geo/territory-chain.ts'
import { nameOfSite } from '../routes/http/site.ts'
import { labelOfTerritory } from '../routes/http/territory-links.ts'
import { findToDoRhythm } from '../store/accounts/to-do-mails.ts'
import { type Database, inTransaction } from '../store/database/database.ts'
import { appendMail } from '../store/queues/mails.ts'
import { countWaiting } from '../store/referents/dashboard.ts'
import { saveMandateAct } from '../store/referents/mandate-acts.ts'
import { listReferents } from '../store/referents/referents.ts'
import {
  claimReminder,
  claimWeekly,
  listReminders,
  markEscalated,
} from '../store/referents/reminders.ts'
import { findReferentSettings } from '../store/referents/settings.ts'
import { listTeamEmails } from '../store/structures/team-addresses.ts'
import { countRequests } from '../store/territories/requests.ts'
import { countByTerritory } from '../store/territories/territory-counts.ts'
import { runForEach } from './run-for-each.ts'

type SiteContext = Pick<Context, 'db' | 'config' | 'now' | 'wake'>

const MAIL_HOURS = 48
const EXPIRED = { act: 'end', reason: 'expired', by: CLOCK } as const
const WEEKLY_HOUR = 8

/**
 * Handles each mandate in its own zone: ends it after its last day, sends reminders before, tells what waits, and
 * reports inactive referents.
 */
export async function sendReferentReminders(context: SiteContext): Promise<void> {
  const { db, now } = context
  const settings = await findReferentSettings(db)
  const siteName = await nameOfSite(context)
  await runForEach(await listReminders(db), async ({ referent, sentDays }) => {
    const territory = findTerritory(referent.territory)
    if (!territory) return
    const local = now().toZonedDateTimeISO(zoneOf(territory))
    const today = local.toPlainDate()
    const mandate = { ...context, referent, territory, siteName }
    if (Temporal.PlainDate.compare(referent.endsOn, today) < 0) return expire(mandate)
    const days = decideReminder({ endsOn: referent.endsOn, sent: sentDays }, today)
    if (days !== undefined) await remind(mandate, days, today)
    const week = weekOf(local, WEEKLY_HOUR)
    if (week && isInOffice(referent, today) && (await isMailedWeekly(db, referent)))
      await sendWeekly(mandate, { week, isMonday: local.dayOfWeek === 1 })
    const inactivity = { now: now(), days: settings.silentDays }
    if (!referent.escalatedAt && isInactive(referent, inactivity))
      await escalate(mandate, settings.silentDays)
  })
}

type MandateContext = SiteContext & { referent: Referent; territory: Territory; siteName: string }

const about = ({ referent, territory, siteName, config }: MandateContext) => ({
  referent,
  territory: labelOfTerritory(territory),
  code: territory.code,
  siteName,
  origin: config.origin,
})

async function post(
  trx: Database,
  { config, now }: SiteContext,
  to: readonly string[],
  mail: MailDraft,
): Promise<void> {
  if (!config.mail) return
  const expiresAt = now().add({ hours: MAIL_HOURS })
  for (const recipient of to) await appendMail(trx, { to: recipient, ...mail, expiresAt }, now())
}

const own = ({ referent }: MandateContext): string[] =>
  referent.email === undefined ? [] : [referent.email]

async function expire(mandate: MandateContext): Promise<void> {
  const { db, now, wake, referent } = mandate
  await inTransaction(db, async (trx) => {
    const isEnded = await saveMandateAct(trx, referent.id, EXPIRED, now())
    if (isEnded) await post(trx, mandate, own(mandate), endedMail(about(mandate)))
  })
  wake()
}

async function remind(
  mandate: MandateContext,
  days: number,
  today: Temporal.PlainDate,
): Promise<void> {
  await inTransaction(mandate.db, async (trx) => {
    if (!(await claimReminder(trx, mandate.referent.id, days))) return
    const left = today.until(mandate.referent.endsOn).days
    const { person, team } = reminderMails(about(mandate), { id: mandate.referent.id, days: left })
    await post(trx, mandate, own(mandate), person)
    await post(trx, mandate, await listTeamEmails(trx), team)
  })
  mandate.wake()
}

/**
 * Returns whether a referent gets the weekly mail. Another rhythm is handled by `sendToDo`; a referent without an
 * account has chosen none.
 */
async function isMailedWeekly(db: Database, { accountId }: Referent): Promise<boolean> {
  const rhythm = accountId === undefined ? undefined : await findToDoRhythm(db, accountId)
  return rhythm === undefined || rhythm === 'weekly'
}

/** Sends the weekly mail; none where nothing waits. */
async function sendWeekly(
  mandate: MandateContext,
  due: { week: Temporal.PlainDate; isMonday: boolean },
): Promise<void> {
  const { db, now, territory, referent } = mandate
  await inTransaction(db, async (trx) => {
    if (!(await claimWeekly(trx, referent.id, due))) return
    const waits = await countWaiting(trx, territory, now())
    if (Object.values(waits).every((count) => count === 0)) return
    const requests = await countRequests(trx, territory, now())
    const counts = await countByTerritory(trx, { territories: [territory], now: now() })
    const toCome = counts.get(territory.code) ?? 0
    await post(
      trx,
      mandate,
      own(mandate),
      weeklyMail(about(mandate), { ...waits, requests, toCome }),
    )
  })
  mandate.wake()
}

/** Reports to the referent of the next territory up, otherwise to the team. */
async function escalate(mandate: MandateContext, days: number): Promise<void> {
  const { db, now, referent, territory } = mandate
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
    await post(trx, mandate, to, inactiveMail(about(mandate), { id: referent.id, days, isTeam }))
  })
  mandate.wake()
}
