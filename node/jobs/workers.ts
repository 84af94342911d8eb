import { getLogger } from '@logtape/logtape'
import { enqueueChanges } from '../../federation/delivery/enqueue-changes.ts'
import { sendDue } from '../../federation/delivery/sending/send.ts'
import { readPeers } from '../../federation/peers/read-peers.ts'
import type { Services } from '../../federation/services.ts'
import type { Context } from '../context.ts'
import { createMailer } from '../server/mail.ts'
import { ifAlone } from '../store/database/locks.ts'
import { runAsLongWork } from '../turns/turns.ts'
import { dumpIfRequested } from './dump.ts'
import { createJobWorker, type JobWorker } from './job-worker.ts'
import { relayMessages } from './relay-messages.ts'
import { sendMails } from './send-mails.ts'
import { sendWebhooks } from './webhooks/send-webhooks.ts'

const logger = getLogger(['cafe-ia', 'server'])

/** How often a worker looks for what other processes have written without waking it. */
const LOOK_MS = 2_000

/** The worker of changes rests for so long between two runs, so that those that come meanwhile are one commit. */
const ENQUEUE_REST_MS = 50

/** What changes within so long is told to a webhook together. */
const NOTIFY_REST_MS = 200

/** The workers of a server. */
export type Workers = {
  /** Turns changes into deliveries; once it has, it wakes the others. */
  enqueuing: JobWorker
  /** Delivers. */
  sending: JobWorker
  /** Stops all of them; resolves once what is under way is done. */
  stop: () => Promise<void>
}

/**
 * Starts the workers, each at its own pace: turning changes into deliveries, delivering, reading others, sending mails,
 * making the open data that was asked for.
 */
export function startWorkers(context: Context, services: Services, signal: AbortSignal): Workers {
  const guarded = (name: string, work: () => Promise<void>) => () =>
    runAsLongWork(work).catch((error) => logger.error('{name} failed: {error}', { name, error }))
  const sending = createJobWorker(
    guarded('sending', () => sendDue(context, services)),
    LOOK_MS,
  )
  const reading = createJobWorker(
    guarded('reading', () => readPeers(context, services)),
    LOOK_MS,
  )
  const { mail } = context.config
  const mailer = mail && createMailer(mail)
  const mailing =
    mailer &&
    createJobWorker(
      guarded('mailing', () => sendMails(context, mailer, signal)),
      LOOK_MS,
    )
  const dumping = createJobWorker(
    guarded('making open data', () =>
      ifAlone(context.db, 'open data', () => dumpIfRequested(context, signal)),
    ),
    60_000,
  )
  const notifying: JobWorker = createJobWorker(
    guarded('notifying webhooks', async () => {
      const { woken } = notifying
      await ifAlone(context.db, 'webhooks', () => sendWebhooks(context, { ...services, woken }))
    }),
    LOOK_MS,
    { restMs: NOTIFY_REST_MS },
  )
  const enqueuing = createJobWorker(
    guarded('enqueuing changes', async () => {
      // Changes are enqueued in order, by one process at a time.
      await ifAlone(context.db, 'enqueuing changes', async () => {
        await enqueueChanges(context, services)
        await relayMessages(context)
      })
      sending.wake()
      reading.wake()
      notifying.wake()
      mailing?.wake()
      dumping.wake()
    }),
    LOOK_MS,
    { restMs: ENQUEUE_REST_MS },
  )
  return {
    enqueuing,
    sending,
    stop: async () => {
      const all = [enqueuing, sending, notifying, reading, dumping, mailing]
      await Promise.all(all.map((worker) => worker?.stop()))
    },
  }
}
