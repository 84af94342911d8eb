import { draftMail } from '../../../ui/admin/mail-templates.ts'
import type { Context } from '../../context.ts'
import { DomainError } from '../../domain/values/errors.ts'
import { appendJournal } from '../../store/accounts/acts.ts'
import { findOwn, type OwnFacilitator } from '../../store/facilitators/own-profiles.ts'
import { withdrawFacilitator } from '../../store/facilitators/publication.ts'
import { deleteFilesOf } from '../../store/files/media-storage.ts'
import { appendMail, PROFILE_REMOVED_MAIL } from '../../store/queues/mails.ts'
import { type Admin, authorOf } from '../workspaces/access.ts'
import { refusalOf } from '../workspaces/refusals.ts'

/** Finds a profile of this team's structure, which is also the authorization. */
export async function ownOf({ db }: Context, admin: Admin, id: string): Promise<OwnFacilitator> {
  const own = await findOwn(db, id)
  if (own?.facilitator.organizationId !== admin.organization.id) throw refusalOf('person')
  return own
}

/** Finds somebody whom the team has not accepted yet. */
export async function requesterOf(
  context: Context,
  admin: Admin,
  id: string,
): Promise<OwnFacilitator> {
  const own = await ownOf(context, admin, id)
  if (own.facilitator.approvedAt !== undefined)
    throw new DomainError('conflict', 'facilitators.already_accepted')
  return own
}

/**
 * Erases a person on request. What stays is who did it, when and why, and a mail to the person, which leaves no
 * address behind.
 */
export async function eraseFor(
  { db, now, config }: Context,
  admin: Admin,
  { facilitator, email }: OwnFacilitator,
  { reason, isRefusal }: { reason: string; isRefusal: boolean },
) {
  const { id } = facilitator
  const { organization } = admin
  const { mediaIds } = await withdrawFacilitator(db, id, now(), async (trx) => {
    const said = {
      by: authorOf(admin),
      act: isRefusal ? 'request-refused' : 'profile-withdrawn',
      title: '',
      reason,
    } as const
    await appendJournal(trx, { ...said, subject: { type: 'facilitator', id } }, now())
    if (email === undefined) return
    const mail = draftMail(PROFILE_REMOVED_MAIL, { siteName: organization.name, reason, isRefusal })
    const expiresAt = now().add({ hours: 7 * 24 })
    await appendMail(trx, { to: email, ...mail, expiresAt }, now())
  })
  for (const mediaId of mediaIds) await deleteFilesOf({ db, config }, mediaId)
}
