import { randomUUID } from 'node:crypto'
import type { Context } from '../../../context.ts'
import type { Cafe, CafeContent } from '../../../domain/cafes/cafe.ts'
import { decideRevision } from '../../../domain/cafes/edit.ts'
import { isSameAddress } from '../../../domain/cafes/venue.ts'
import { saveEdit } from '../../../store/accounts/saved-edit.ts'
import { listCafesStartingAt } from '../../../store/cafes/alike.ts'
import { findCafeByUid } from '../../../store/cafes/cafes.ts'
import { createCafe, OWN_CAFE } from '../../../store/cafes/own-cafes.ts'
import type { OpenDatabase } from '../../../store/database/database.ts'
import { type Admin, authorOf, mayEdit } from '../../workspaces/access.ts'
import { organizerOf } from '../../workspaces/organizer.ts'
import { listCafeChanges } from '../cafe-changes.ts'
import type { Held } from './publication-form.ts'

/** After this time, somebody who announces the same again did not come back to it by "back". */
const BACK_MINUTES = 60

/**
 * Saves a new café once even when its form is sent twice: the form's own number is in the UID, which is unique. Sent
 * again with another title and another time, after "back", it is another café; with only one of them changed, it is a
 * correction. A browser that asks for the page anew at "back", since it may not store it, gets another number and fills
 * in what was typed: then the same title, time and place are a correction too.
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
  // The number comes with the form, so that it may be that of somebody else's café, whose UID everybody reads.
  const isCorrected =
    first &&
    mayEdit(admin, first) &&
    (first.title === content.title || first.startsAt.equals(content.startsAt))
  const same = isCorrected ? first : await findJustSaved(db, { admin, content }, now())
  if (same) {
    const decide = (cafe: Cafe) => decideRevision(cafe, { content, ...held })
    const edit = {
      id: same.id,
      by: authorOf(admin),
      seen: undefined,
      changesOf: listCafeChanges,
      decide,
    }
    await saveEdit(db, OWN_CAFE, edit, now())
    return same.id
  }
  const cafe = {
    by: authorOf(admin),
    content,
    organizationId: organization.id,
    organizer: organizerOf(config, organization),
    origin: config.origin,
    ...held,
    uid: first ? undefined : uid,
    announcedUnder: mandate?.territory,
  }
  try {
    return (await createCafe(db, cafe, now())).id
  } catch (error) {
    // The other request was faster, by less time than this check takes.
    const other = await findCafeByUid(db, identity)
    if (!other || !mayEdit(admin, other)) throw error
    return other.id
  }
}

/** Finds the same café that this person may change, where it was saved lately; one without a day is never the same. */
async function findJustSaved(
  db: OpenDatabase,
  { admin, content }: { admin: Admin; content: CafeContent },
  now: Temporal.Instant,
): Promise<Cafe | undefined> {
  if (content.isUndated) return undefined
  const since = now.subtract({ minutes: BACK_MINUTES })
  const others = await listCafesStartingAt(db, admin.organization.id, content.startsAt)
  return others.find(
    (other) =>
      mayEdit(admin, other) &&
      Temporal.Instant.compare(other.updatedAt, since) > 0 &&
      isSameAnnouncement(other, content),
  )
}

function isSameAnnouncement(one: Cafe, other: CafeContent): boolean {
  const isSamePlace =
    one.venue && other.venue
      ? isSameAddress({ ...one.venue, id: other.venue.id }, other.venue)
      : one.venue === other.venue
  return (
    isSamePlace &&
    one.title === other.title &&
    one.status === other.status &&
    one.openTo === other.openTo &&
    one.announcedFor === other.announcedFor
  )
}

const isUuid = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text)
