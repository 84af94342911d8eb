import { draftMail, type MailDraft } from '../../ui/admin/mail-templates.ts'
import { consentRenewalMail, namedMail } from '../../ui/facilitators/mails.ts'
import type { Context } from '../context.ts'
import { nameOfSite } from '../routes/http/site.ts'
import { type Database, inTransaction } from '../store/database/database.ts'
import { claimDirectoryQuestions } from '../store/facilitators/directories.ts'
import { appendFacilitatorMail } from '../store/facilitators/mails.ts'
import { claimNamingQuestions } from '../store/facilitators/namings.ts'
import { findOwn } from '../store/facilitators/own-profiles.ts'
import { claimFacilitatorsToRemind, expireFacilitators } from '../store/facilitators/publication.ts'

type SiteContext = Pick<Context, 'db' | 'config' | 'now' | 'wake'>

/** Sends « Toujours d’accord ? » a month before a consent ends. */
export async function sendConsentRenewals(context: SiteContext): Promise<void> {
  const { db, now, wake } = context
  const siteName = await nameOfSite(context)
  const asked = await inTransaction(db, async (trx) => {
    const due = await claimFacilitatorsToRemind(trx, now())
    for (const facilitator of due) {
      const until = facilitator.expiresAt ?? now()
      await write(trx, now, facilitator.id, consentRenewalMail(siteName, until))
    }
    return due.length
  })
  if (asked > 0) wake()
}

/**
 * Asks each person who is shown about each directory that the site has joined since; without an answer they are not in
 * it.
 */
export async function askAboutDirectories(context: SiteContext): Promise<void> {
  const { db, now, wake } = context
  const siteName = await nameOfSite(context)
  const asked = await inTransaction(db, async (trx) => {
    const due = await claimDirectoryQuestions(trx, now())
    for (const { facilitatorId, hosts } of due) {
      const mail = draftMail('profile-directories', { siteName, hosts: hosts.join(', ') })
      await write(trx, now, facilitatorId, mail)
    }
    return due.length
  })
  if (asked > 0) wake()
}

/** Asks people whether cafés of their place may name them, in one mail a day at most. */
export async function askAboutNamings(context: SiteContext): Promise<void> {
  const { db, config, now, wake } = context
  if (!config.mail) return
  const siteName = await nameOfSite(context)
  const asked = await inTransaction(db, async (trx) => {
    const due = await claimNamingQuestions(trx, now())
    for (const { facilitatorId, email, cafes } of due) {
      const mail = namedMail({ siteName, cafes })
      await appendFacilitatorMail(trx, { facilitatorId, to: email, ...mail }, now())
    }
    return due.length
  })
  if (asked > 0) wake()
}

/** Unpublishes profiles whose consent was not renewed, and tells their people. */
export async function unpublishExpired(context: SiteContext): Promise<void> {
  const { db, now, wake } = context
  const siteName = await nameOfSite(context)
  const expired = await inTransaction(db, async (trx) => {
    const due = await expireFacilitators(trx, now())
    for (const facilitator of due)
      await write(trx, now, facilitator.id, draftMail('profile-expired', { siteName }))
    return due.length
  })
  if (expired > 0) wake()
}

async function write(
  trx: Database,
  now: SiteContext['now'],
  facilitatorId: string,
  mail: MailDraft,
): Promise<void> {
  const own = await findOwn(trx, facilitatorId)
  if (own?.email) await appendFacilitatorMail(trx, { facilitatorId, to: own.email, ...mail }, now())
}
