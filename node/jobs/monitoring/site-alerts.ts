import { getLogger } from '@logtape/logtape'
import { messagesFor } from '../../../ui/locales/messages.ts'
import { paths } from '../../../ui/paths.ts'
import type { Context } from '../../context.ts'
import type { SiteState } from '../../domain/monitoring/site-state.ts'
import { type AlertState, decideAlerts } from '../../domain/monitoring/trouble.ts'
import { nameOfSite } from '../../routes/http/site.ts'
import { findSiteState } from '../../routes/http/site-state.ts'
import { createMailer, type Mailer } from '../../server/mail.ts'
import { checkWritable } from '../../store/database/health.ts'
import { listAlerts, saveAlerts } from '../../store/monitoring/alerts.ts'
import { listAdministratorEmails } from '../../store/structures/team-addresses.ts'

type SiteContext = Pick<Context, 'db' | 'config' | 'now'>

const logger = getLogger(['cafe-ia', 'jobs'])

/** What was seen, of sites whose database takes nothing: without it, each look would send the same mail. */
const unsaved = new WeakMap<Context['db'], AlertState[]>()

/**
 * Mails each administrator what has begun to go wrong, once, and once that it is over. The mail goes to the relay at
 * once: it waits in no queue, which may be what is in trouble. What no relay accepts is tried at the next look.
 */
export async function sendSiteAlerts(
  context: SiteContext,
  mailer: Mailer | undefined = context.config.mail && createMailer(context.config.mail),
): Promise<void> {
  const { db, now } = context
  const isWritable = await checkWritable(db, now()).then(
    () => true,
    () => false,
  )
  const state = await findSiteState(context, isWritable)
  const before = unsaved.get(db) ?? (await listAlerts(db))
  const { begun, over, known } = decideAlerts(before, state.troubles, now())
  const isTold =
    mailer !== undefined &&
    begun.length + over.length > 0 &&
    (await mailTo(context, mailer, { begun, over, state }))
  await keep(context, isTold ? known.map((each) => toTold(each, { begun, over }, now())) : known)
}

function toTold(
  each: AlertState,
  { begun, over }: { begun: AlertState[]; over: AlertState[] },
  now: Temporal.Instant,
): AlertState {
  if (begun.includes(each)) return { ...each, toldAt: now }
  return over.includes(each) ? { ...each, overAt: now } : each
}

async function keep({ db }: SiteContext, states: AlertState[]): Promise<void> {
  try {
    await saveAlerts(db, states)
    unsaved.delete(db)
  } catch (error) {
    unsaved.set(db, states)
    logger.error('alerts could not be saved: {error}', { error })
  }
}

type Told = { begun: AlertState[]; over: AlertState[]; state: SiteState }

/** Posts the mail to each administrator; true where the relay accepted one of them. */
async function mailTo(
  context: SiteContext,
  mailer: Mailer,
  { begun, over, state }: Told,
): Promise<boolean> {
  const { db, config, now } = context
  const siteName = await nameOfSite(context)
  const { mailSubject, mailText, troubles } = messagesFor('fr').monitoring
  const titlesOf = (states: AlertState[]) => states.map(({ trouble }) => troubles[trouble].title)
  const subject = mailSubject({ siteName, begun: titlesOf(begun), over: titlesOf(over) })
  const text = mailText({
    siteName,
    begun: begun.map(({ trouble }) => {
      const { title, means, todo } = troubles[trouble]
      return { title, means: means(state), todo }
    }),
    over: titlesOf(over),
    link: config.origin + paths.siteState,
  })
  const hostname = new URL(config.origin).hostname
  let isAccepted = false
  for (const [index, to] of (await listAdministratorEmails(db)).entries()) {
    const messageId = `<alerte-${now().epochMilliseconds}-${index}@${hostname}>`
    const posted = await mailer.post({ to, subject, text, messageId, sender: siteName })
    isAccepted ||= posted.outcome === 'sent'
  }
  return isAccepted
}
