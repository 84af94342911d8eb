import { Cron } from 'croner'
import type { Context } from '../context.ts'
import { claimDueRun } from '../store/database/job-runs.ts'
import { sendConfirmationRequests } from './ask-confirmations.ts'
import { lastTime } from './late-jobs.ts'
import { askAboutNamings } from './renew-consents.ts'
import { sendAnswers } from './send-answers.ts'
import { sendToDo } from './send-to-do.ts'

/** When answers are told; the other kinds have times of their own, which are from nine as well. */
const ANSWERS_AT = new Cron('0 9 * * *', { timezone: 'Europe/Paris', paused: true })

/**
 * Appends the mails that repeat, of all kinds, before the worker of mails is woken: those to one person then leave as
 * one. It is called every ten minutes; what fails of one kind keeps none of the others.
 */
export async function sendDailyMails(context: Context): Promise<void> {
  const quiet: Context = { ...context, wake: () => undefined }
  const kinds = [sendDueAnswers, sendToDo, sendConfirmationRequests, askAboutNamings]
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
