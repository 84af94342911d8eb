import { alertMail, renewalMail } from '../../ui/territories/alert-mails.ts'
import type { Context } from '../context.ts'
import { nameOfSite } from '../routes/http/site.ts'
import { readAlertSearch } from '../routes/territories/alert-search.ts'
import { inTransaction } from '../store/database/database.ts'
import { appendMail } from '../store/queues/mails.ts'
import { claimDueAlert, listDueAlerts, matchNewCafes } from '../store/territories/alert-cafes.ts'
import { claimAlertsToRenew } from '../store/territories/alerts.ts'
import { runForEach } from './run-for-each.ts'

type SiteContext = Pick<Context, 'db' | 'config' | 'now' | 'wake'>

/** Hours after which the news in a mail is no longer new, so that the mail is dropped. */
const MAIL_HOURS = 48

/** Sends mails to people who asked to be told of new cafés: the first at once, the next ones together a day later. */
export async function sendAlerts({ db, config, now, wake }: SiteContext): Promise<void> {
  await matchNewCafes(db, now())
  if (!config.mail) return
  const siteName = await nameOfSite({ db, config })
  const expiresAt = now().add({ hours: MAIL_HOURS })
  await runForEach(await listDueAlerts(db, now()), (id) =>
    inTransaction(db, async (trx) => {
      const due = await claimDueAlert(trx, { id, now: now(), readSearch: readAlertSearch })
      if (!due || due.cafes.length === 0) return
      const { alert, cafes } = due
      const mail = alertMail({ origin: config.origin, siteName, place: alert.place, cafes })
      await appendMail(trx, { ...mail, to: alert.email, expiresAt, alertId: alert.id }, now())
    }),
  ).finally(wake)
}

/** Asks, once a day, people who have been told for nearly a year whether they still want it. */
export async function sendAlertRenewals({ db, config, now, wake }: SiteContext): Promise<void> {
  if (!config.mail) return
  const siteName = await nameOfSite({ db, config })
  await inTransaction(db, async (trx) => {
    for (const { id, email, place, expiresAt, rhythm } of await claimAlertsToRenew(trx, now())) {
      const isWeekly = rhythm === 'weekly'
      const mail = renewalMail({ siteName, place, until: expiresAt, isWeekly })
      await appendMail(trx, { ...mail, to: email, expiresAt, alertId: id }, now())
    }
  })
  wake()
}
