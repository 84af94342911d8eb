import { Cron } from 'croner'
import type { Context } from '../context.ts'
import { readFollowedList } from '../routes/directory/block-list.tsx'
import { isPostgres } from '../store/database/dialect.ts'
import { claimDueRun } from '../store/database/job-runs.ts'
import { flushErased } from '../store/facilitators/erasures.ts'
import { updateUses } from '../store/resources/used-resources.ts'
import { archivePastCafes } from '../store/search/archive.ts'
import { recountStatistics } from '../store/territories/recount-statistics.ts'
import { sendConfirmationRequests } from './ask-confirmations.ts'
import { createDueBackup } from './backup/daily-backup.ts'
import { planDump } from './dump.ts'
import { maintainFacilitators } from './maintain-facilitators.ts'
import { measureHour } from './monitoring/measure-hour.ts'
import { sendWeeklyNewsletter } from './newsletter/send-newsletters.ts'
import { planReconciliations, planSoftwareVisits } from './plan-readings.ts'
import { purge } from './purge.ts'
import { askAboutNamings, sendConsentRenewals } from './renew-consents.ts'
import { askForReports } from './reports/ask-for-reports.ts'
import { sendAlertRenewals } from './send-alerts.ts'
import { sendAnswers } from './send-answers.ts'
import { sendToDo } from './send-to-do.ts'
import { planSeries } from './series/plan-series.ts'
import { updateWallTimes } from './update-wall-times.ts'

/** Work that is due at this time of Paris, or as soon after it as the machine is on. */
export type LateJob = { times: Cron; name: string; work: () => Promise<unknown> }

/** Lists what is done once an hour or once a day, at this minute. */
export function createLateJobs(context: Context, minute: number): LateJob[] {
  const { db, now } = context
  const job = (
    hour: number | '*',
    name: string,
    work: () => Promise<unknown>,
    weekday: 'THU' | '*' = '*',
  ): LateJob => ({
    times: new Cron(`${minute} ${hour} * * ${weekday}`, { timezone: 'Europe/Paris', paused: true }),
    ...{ name, work },
  })
  return [
    job('*', 'back up', () => createDueBackup(context)),
    job('*', 'measure the hour', () => measureHour(context)),
    job(0, 'ask for software', () => planSoftwareVisits(context)),
    job(1, 'make open data', () => planDump(context)),
    job(2, 'update wall times', () => updateWallTimes(context)),
    job(2, 'plan series', () => planSeries(context)),
    job(2, 'read the block list', () => readFollowedList(context)),
    job(3, 'reconcile', () => planReconciliations(context)),
    job(4, 'purge', () => purge(context)),
    job(5, 'archive', () => archivePastCafes(db, now())),
    job('*', 'recount statistics', () =>
      recountStatistics(db, { now: now(), isOurs: !context.isDirectory }),
    ),
    job('*', 'recount resources', () => updateUses(db, now())),
    job(8, 'renew consents', () => sendConsentRenewals(context)),
    // PostgreSQL locks a table while it is rewritten, so that is done once a day.
    ...(isPostgres(db) ? [job(6, 'flush erasures', () => flushErased(db))] : []),
    ...(context.isDirectory
      ? [
          job('*', 'maintain facilitators', () => maintainFacilitators(context)),
          job(9, 'renew alerts', () => sendAlertRenewals(context)),
          job(9, 'send the letter', () => sendWeeklyNewsletter(context), 'THU'),
        ]
      : []),
  ]
}

/**
 * Begins each job whose time has come since its last run, once however often it was missed, by one process of the site.
 * It is called every minute: a machine that is off at night does by day what was due at night. None waits for another,
 * nor for itself: `underWay` holds the names of those that have not ended.
 */
export async function runLateJobs(
  { db, now }: Pick<Context, 'db' | 'now'>,
  { jobs, underWay }: { jobs: readonly LateJob[]; underWay: Set<string> },
  run: (name: string, work: () => Promise<unknown>) => Promise<void>,
): Promise<void> {
  for (const { times, name, work } of jobs) {
    const due = lastTime(times, now())
    if (!due || underWay.has(name)) continue
    if (!(await claimDueRun(db, { job: name, due, isForgiven: true }, now()))) continue
    underWay.add(name)
    void run(name, work).finally(() => underWay.delete(name))
  }
}

/** Returns the last of these times; the present minute counts. */
function lastTime(times: Cron, now: Temporal.Instant): Temporal.Instant | undefined {
  const [last] = times.previousRuns(1, new Date(now.epochMilliseconds + 1000))
  return last && Temporal.Instant.fromEpochMilliseconds(last.getTime())
}

/** When answers are told; the other kinds have times of their own, which are from nine as well. */
const ANSWERS_AT = new Cron('0 9 * * *', { timezone: 'Europe/Paris', paused: true })

/**
 * Appends the mails that repeat, of all kinds, before the worker of mails is woken: those to one person then leave as
 * one. It is called every ten minutes; what fails of one kind keeps none of the others.
 */
export async function sendDailyMails(context: Context): Promise<void> {
  const quiet: Context = { ...context, wake: () => undefined }
  const kinds = [sendDueAnswers, sendToDo, sendConfirmationRequests, askForReports, askAboutNamings]
  const failed: unknown[] = []
  for (const append of kinds) await append(quiet).catch((error: unknown) => failed.push(error))
  context.wake()
  if (failed.length > 0) throw new AggregateError(failed, 'mails of the day')
}

async function sendDueAnswers(context: Context): Promise<void> {
  const { db, now } = context
  const due = lastTime(ANSWERS_AT, now())
  if (due && (await claimDueRun(db, { job: 'send answers', due, isForgiven: true }, now())))
    await sendAnswers(context)
}
