import { Hono, type Context as HonoContext } from 'hono'
import type { Context } from '../../context.ts'
import { visibleTo } from '../../domain/facilitators/facilitator.ts'
import { findMediaUse, type MediaUse } from '../../store/facilitators/media-use.ts'
import { FOR_NOBODY_ELSE, sendMedia } from '../http/media.ts'
import { findAdmin, findCafeEditor, findSignedIn } from '../workspaces/access.ts'

/** A name stands for the same bytes for ever, but a café may be taken back: a cache on the way keeps them for a day. */
const FOR_A_DAY = 'public, max-age=86400, immutable'
/** A person's photo can be withdrawn: a browser may keep it for an hour, and no cache on the way. */
const FOR_AN_HOUR = 'private, max-age=3600'

/**
 * The pictures of cafés and people, and logos. Each is read by whoever may see what shows it; for everybody else it is
 * not there. A form may hold one that nothing shows yet.
 */
export const mediaRoutes = (context: Context) =>
  new Hono().get('/:name', async (c) => {
    const name = c.req.param('name')
    const use = await findMediaUse(context.db, name.slice(0, 32))
    if (!use) return c.notFound()
    if (isForAll(use, context.now()))
      return sendMedia(context, name, use.isOfPerson ? FOR_AN_HOUR : FOR_A_DAY)
    return (await isOfAsker(c, context, use))
      ? sendMedia(context, name, FOR_NOBODY_ELSE)
      : c.notFound()
  })

const isForAll = ({ isOpen, profile }: MediaUse, now: Temporal.Instant): boolean =>
  isOpen || (profile !== undefined && visibleTo(profile, 'public', now)?.photo !== undefined)

/** Returns whether the person who asks works for the picture's structure, or edits a café that shows it or will. */
async function isOfAsker(c: HonoContext, context: Context, use: MediaUse): Promise<boolean> {
  const admin = await findAdmin(c, context)
  if (admin) return admin.organization.id === use.organizationId
  if (use.isOfPerson || !(await findSignedIn(c, context))) return false
  for (const id of use.cafeIds) if (await findCafeEditor(c, context, id)) return true
  return use.cafeIds.length === 0
}
