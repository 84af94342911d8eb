import { draftMail, type MailDraft } from '../../ui/admin/mail-templates.ts'
import { consentRenewalMail } from '../../ui/facilitators/mails.ts'
import type { Context } from '../context.ts'
import type { Facilitator } from '../domain/facilitators/facilitator.ts'
import { type Database, inTransaction } from '../store/database/database.ts'
import { appendFacilitatorMail } from '../store/facilitators/mails.ts'
import { findOwn } from '../store/facilitators/own-profiles.ts'
import { expireFacilitators, takeFacilitatorsToRemind } from '../store/facilitators/publication.ts'
import { findFirstOrganization } from '../store/structures/organizations.ts'

type Office = Pick<Context, 'db' | 'config' | 'now' | 'wake'>

/** « Toujours d’accord ? », a month before a year is over. */
export async function askToRenewConsents(context: Office): Promise<void> {
  const { db, now, wake } = context
  const siteName = await nameOf(context)
  const asked = await inTransaction(db, async (trx) => {
    const due = await takeFacilitatorsToRemind(trx, now())
    for (const facilitator of due) {
      const until = facilitator.expiresAt ?? now()
      await write(trx, now, facilitator, consentRenewalMail(siteName, until))
    }
    return due.length
  })
  if (asked > 0) wake()
}

/** Without a new consent nothing stays published, and its person hears of it. */
export async function takeDownExpired(context: Office): Promise<void> {
  const { db, now, wake } = context
  const siteName = await nameOf(context)
  const expired = await inTransaction(db, async (trx) => {
    const due = await expireFacilitators(trx, now())
    for (const facilitator of due)
      await write(trx, now, facilitator, draftMail('profile-expired', { siteName }))
    return due.length
  })
  if (expired > 0) wake()
}

const nameOf = async ({ db, config }: Pick<Office, 'db' | 'config'>): Promise<string> =>
  (await findFirstOrganization(db))?.name ?? new URL(config.origin).host

async function write(
  trx: Database,
  now: Office['now'],
  { id: facilitatorId }: Facilitator,
  mail: MailDraft,
): Promise<void> {
  const own = await findOwn(trx, facilitatorId)
  if (own?.email) await appendFacilitatorMail(trx, { facilitatorId, to: own.email, ...mail }, now())
}
