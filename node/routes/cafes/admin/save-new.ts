import { randomUUID } from 'node:crypto'
import type { Context } from '../../../context.ts'
import type { CafeContent } from '../../../domain/cafes/cafe.ts'
import { findCafeByUid } from '../../../store/cafes/cafes.ts'
import { createCafe, reviseCafe } from '../../../store/cafes/own-cafes.ts'
import { inTransaction } from '../../../store/database/database.ts'
import type { Admin } from '../../workspaces/access.ts'
import { organizerOf } from '../../workspaces/organizer.ts'
import { logAsReferent } from '../../workspaces/referent-cafes.ts'
import type { Held } from './publication-form.ts'

/**
 * Saves a new café once even when its form is sent twice: the form's own number is in the UID, which is unique. Sent
 * again with another title and another time, after "back", it is another café; with only one of them changed, it is a
 * correction.
 * @returns The id of the café.
 */
export async function saveNewCafe(
  { db, config, now }: Context,
  admin: Admin,
  { content, held, key }: { content: CafeContent; held: Held; key: string },
): Promise<string> {
  const { organization, mandate } = admin
  const uid = `${isUuid(key) ? key : randomUUID()}@${new URL(config.origin).host}`
  const identity = { organizationId: organization.id, uid, recurrenceId: undefined }
  const first = await findCafeByUid(db, identity)
  const isSame = first && (first.title === content.title || first.startsAt.equals(content.startsAt))
  if (isSame) {
    await reviseCafe(db, { id: first.id, content, ...held }, now())
    return first.id
  }
  const cafe = {
    content,
    organizationId: organization.id,
    organizer: organizerOf(config, organization),
    origin: config.origin,
    ...held,
    uid: first ? undefined : uid,
    announcedUnder: mandate?.territory,
  }
  try {
    return await inTransaction(db, async (trx) => {
      const made = await createCafe(trx, cafe, now())
      await logAsReferent(trx, admin, { act: 'cafe-announced', cafe: made }, now())
      return made.id
    })
  } catch (error) {
    // The other request was faster, by less time than this check takes.
    const other = await findCafeByUid(db, identity)
    if (!other) throw error
    return other.id
  }
}

const isUuid = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text)
