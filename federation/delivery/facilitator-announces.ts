import type { Context } from '../../node/context.ts'
import type { Facilitator } from '../../node/domain/facilitators/facilitator.ts'
import { awaitsChangePost, mayHaveChangePost } from '../../node/domain/federation/software.ts'
import { isFeedName } from '../../node/domain/territories/feed.ts'
import type { Database } from '../../node/store/database/database.ts'
import {
  listAnnouncedBy,
  listLedCafes,
  listLedUris,
} from '../../node/store/facilitators/recipients.ts'
import { deleteAnnounced, listAnnounced, markAnnounced } from '../../node/store/feeds/announced.ts'
import { listFollowerInboxes } from '../../node/store/feeds/followers.ts'
import { INSTANCE, newActivityUri } from '../wire/uris.ts'
import { enqueueAnnounce, enqueueUndo } from './announce.ts'
import { announceChangeNote } from './change-notes.ts'

/**
 * Announces each coming café that a person leads by that person's account, once, and undoes it when they no longer lead
 * it.
 */
export async function announceLedCafes(
  trx: Database,
  { config, now }: Context,
  { id, handle }: Pick<Facilitator, 'id' | 'handle'>,
): Promise<void> {
  const { origin } = config
  const announced = await listAnnouncedBy(trx, handle)
  const led = await listLedUris(trx, id)
  for (const { uri, activityId, at } of announced) {
    if (led.has(uri)) continue
    await deleteAnnounced(trx, { actor: handle, objectUri: uri })
    const announcement = { id: activityId, actor: handle, objectUri: uri, at }
    await enqueueUndo(trx, { config, now }, announcement)
  }
  const had = new Set(announced.map(({ uri }) => uri))
  for (const { uri } of await listLedCafes(trx, id, now())) {
    if (had.has(uri)) continue
    const announceId = newActivityUri(origin)
    const at = now()
    const mark = { actor: handle, objectUri: uri, activityId: announceId, at }
    if (!(await markAnnounced(trx, { ...mark, state: 'posted' }))) continue
    await enqueueAnnounce(trx, { config }, { id: announceId, actor: handle, objectUri: uri, at })
  }
}

/**
 * Shares the place's Note about a change by the accounts of the people who lead the café, since the followers of a
 * person need not follow the place.
 */
export async function announceNoteByFacilitators(
  trx: Database,
  context: Context,
  note: { noteUri: string; cafeUri: string },
): Promise<void> {
  for (const actor of await listLeaders(trx, note.cafeUri)) {
    const inboxes = await listFollowerInboxes(trx, actor, awaitsChangePost)
    if (inboxes.length > 0) await announceChangeNote(trx, context, note, { actor, inboxes })
  }
}

/** Returns the inboxes at which such a share was received. */
export async function listShareReaders(trx: Database, cafeUri: string): Promise<string[]> {
  const inboxes: string[] = []
  for (const actor of await listLeaders(trx, cafeUri))
    inboxes.push(...(await listFollowerInboxes(trx, actor, mayHaveChangePost)))
  return inboxes
}

/** Returns the accounts of the people who announced the café. */
async function listLeaders(trx: Database, cafeUri: string): Promise<string[]> {
  const announced = await listAnnounced(trx, cafeUri)
  return announced
    .map(({ actor }) => actor)
    .filter((actor) => actor !== INSTANCE && !isFeedName(actor))
}
