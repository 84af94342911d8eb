import { hash } from 'node:crypto'
import { getLogger } from '@logtape/logtape'
import { Cron } from 'croner'
import type { Context } from '../context.ts'
import { reassignOrphanCafes } from '../store/cafes/cafe-announcers.ts'
import { releaseOrphans } from '../store/cafes/duplicates.ts'
import { judgeAgain } from '../store/cafes/judge-again.ts'
import { inTransaction } from '../store/database/database.ts'
import { isPostgres } from '../store/database/dialect.ts'
import { claimJobRun } from '../store/database/job-runs.ts'
import { flushErased } from '../store/facilitators/erasures.ts'
import { runAsLongWork } from '../turns/turns.ts'
import { askForMissingCafes } from './ask-for-missing-cafes.ts'
import { createAskedBackup } from './backup/daily-backup.ts'
import { logErasures } from './backup/log-erasures.ts'
import { createLateJobs, runLateJobs, sendDailyMails } from './late-jobs.ts'
import { sendSiteAlerts } from './monitoring/site-alerts.ts'
import { sendNewsletterMails } from './newsletter/send-newsletters.ts'
import { paceWork } from './pace-work.ts'
import { planDigests } from './plan-digests.ts'
import { planRestoration, planVisits } from './plan-readings.ts'
import { publishDueCafes } from './publish-due-cafes.ts'
import { readCalendars } from './read-calendars.ts'
import { runOffers } from './registrations/run-offers.ts'
import { sendReminders } from './registrations/send-reminders.ts'
import { sendReferentReminders } from './remind-referents.ts'
import { askAboutDirectories, unpublishExpired } from './renew-consents.ts'
import { sendAlerts } from './send-alerts.ts'
import { sendNearDates } from './series/send-near-dates.ts'
import { runClosings } from './structures/run-closings.ts'
import { createWorkUnderWay, type WorkUnderWay } from './work-under-way.ts'

const logger = getLogger(['cafe-ia', 'jobs'])

/** How long a job may still take when the server stops, in milliseconds; the rest is done at its next time. */
const PATIENCE_MS = 5000

/**
 * Schedules the jobs. The minute differs from site to site, so that not all servers ask others at once.
 *
 * @returns A function that ends them; it resolves when no job needs the database any more.
 */
export function scheduleJobs(context: Context): () => Promise<void> {
  // The minute is the same for all processes of a site.
  const minute = hash('sha256', context.config.origin, 'buffer').readUInt16BE() % 60
  const underWay = createWorkUnderWay((name, error) =>
    logger.error('{name} failed: {error}', { name, error }),
  )
  const job = jobOf(context, underWay)
  const late = createLateJobs(context, minute)
  const begun = new Set<string>()
  const jobs = [
    job('* * * * *', 'publish due cafés', () => publishDueCafes(context)),
    job('* * * * *', 'close structures', () => runClosings(context)),
    job('* * * * *', 'send near dates', () => sendNearDates(context)),
    job('* * * * *', 'read calendars', () => readCalendars(context)),
    job('* * * * *', 'take down profiles', () => unpublishExpired(context)),
    job('* * * * *', 'ask about directories', () => askAboutDirectories(context)),
    job('* * * * *', 'offer seats', () => runOffers(context)),
    job('* * * * *', 'remind of seats', () => sendReminders(context)),
    job('* * * * *', 'log erasures', () => logErasures(context)),
    job('*/10 * * * *', 'send daily mails', () => sendDailyMails(context)),
    job('*/10 * * * *', 'watch the site', () => sendSiteAlerts(context)),
    job('*/5 * * * *', 'plan digests', () => planDigests(context)),
    job('* * * * *', 'show again', () => showAgain(context)),
    job(`${minute % 5}-59/5 * * * *`, 'visit peers', () => planVisits(context)),
    job(`${minute % 5}-59/5 * * * *`, 'ask for missing cafés', () => askForMissingCafes(context)),
    job('* * * * *', 'back up where asked', () => createAskedBackup(context)),
    job('*/10 * * * *', 'ask what directories know', () => planRestoration(context)),
    ...(isPostgres(context.db) ? [] : [job('* * * * *', 'flush erasures', flushOften(context))]),
    ...(context.isDirectory
      ? [
          job('*/10 * * * *', 'send alerts', () => sendAlerts(context)),
          job('* * * * *', 'send letters', () => sendNewsletterMails(context)),
          job('*/10 * * * *', 'send referent reminders', () => sendReferentReminders(context)),
        ]
      : []),
    new Cron('* * * * *', { protect: true, unref: true }, () =>
      underWay.run('late jobs', () =>
        runLateJobs(context, { jobs: late, underWay: begun }, (name, work) =>
          underWay.run(name, () => runAsLongWork(async () => void (await work()))),
        ),
      ),
    ),
  ]
  return () => {
    for (const each of jobs) each.stop()
    return underWay.end(PATIENCE_MS)
  }
}

/** Rewriting a large SQLite file takes seconds in which nothing else is written, so it takes a hundredth of the time. */
const flushOften = (context: Context) => paceWork(() => flushErased(context.db), 100)

/** Shows again the cafés that were hidden behind, or received through, a server that has left or is blocked. */
async function showAgain({ db, now, wake }: Context): Promise<void> {
  await inTransaction(db, (trx) => reassignOrphanCafes(trx, now()))
  const shown = await releaseOrphans(db, now())
  if ((await judgeAgain(db, now())) + shown > 0) wake()
}

/** Makes a job that only the first of several processes does at each time. */
const jobOf =
  ({ db, now }: Context, underWay: WorkUnderWay) =>
  (pattern: string, name: string, work: () => Promise<void>): Cron =>
    new Cron(pattern, { timezone: 'Europe/Paris', protect: true, unref: true }, () =>
      underWay.run(name, async () => {
        if (await claimJobRun(db, name, now())) await runAsLongWork(work)
      }),
    )
