import type { Context as HonoContext } from 'hono'
import { draftMail } from '../../../ui/admin/mail-templates.ts'
import { paths } from '../../../ui/paths.ts'
import type { Context } from '../../context.ts'
import { type CafeImage, isStoredImage } from '../../domain/values/image.ts'
import { inTransaction } from '../../store/database/database.ts'
import { appendFacilitatorMail } from '../../store/facilitators/mails.ts'
import {
  confirmNextEmail,
  type findFacilitatorByLink,
} from '../../store/facilitators/own-profiles.ts'
import { deleteFilesOf } from '../../store/files/media-storage.ts'
import { findSite } from '../http/site.ts'
import type { WebEnv } from '../workspaces/access.ts'

export type FoundOwn = Exclude<Awaited<ReturnType<typeof findFacilitatorByLink>>, { dead: unknown }>

export type OwnEnv = WebEnv & {
  Variables: {
    own: FoundOwn
    /** Whether the photo of this form is read, as `createPhotoLimits` says. */
    mayBringPhoto: boolean
  }
}

/** Returns the secret of the link by which the request came. */
export const tokenOf = (c: HonoContext<OwnEnv>): string => c.req.param('token') ?? ''

/**
 * Returns whether the mailbox of the address that the person gave last has been proven, before or by the link in use.
 */
export const isAddressProven = ({
  isMailConfirmed,
  mailedTo,
  email,
  nextEmail,
}: FoundOwn): boolean =>
  nextEmail === undefined ? isMailConfirmed || mailedTo === email : mailedTo === nextEmail

/** Returns whether the team handed the link over: it was sent to no mailbox. */
export const isHanded = ({ mailedTo }: FoundOwn): boolean => mailedTo === undefined

/** Returns a photo of the person of this link; its files are read behind the link, since nobody else may see all of them. */
export const behindLink = (
  c: HonoContext<OwnEnv>,
  photo: CafeImage | undefined,
): CafeImage | undefined =>
  isStoredImage(photo) ? { ...photo, ...{ folder: paths.ownProfile(tokenOf(c), 'photo') } } : photo

/** Deletes the files of these pictures, whose rows are gone. */
export async function deleteFiles(
  { db, config }: Context,
  mediaIds: readonly string[],
): Promise<void> {
  for (const mediaId of mediaIds) await deleteFilesOf({ db, config }, mediaId)
}

/** Confirms the waiting address, by a link that was mailed to it; the address before it is told. */
export async function takeNextEmail(context: Context, c: HonoContext<OwnEnv>): Promise<void> {
  const { db, now } = context
  const { facilitator, mailedTo } = c.var.own
  const { id } = facilitator
  const siteName = (await findSite(context, c)).name
  await inTransaction(db, async (trx) => {
    const changed = await confirmNextEmail(trx, { id, mailedTo }, now())
    if (!changed) return
    const mail = draftMail('profile-address', { siteName })
    await appendFacilitatorMail(trx, { facilitatorId: id, to: changed.former, ...mail }, now())
  })
  context.wake()
}
