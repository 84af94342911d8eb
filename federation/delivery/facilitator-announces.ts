import type { Context } from '../../node/context.ts'
import type { Facilitator } from '../../node/domain/facilitators/facilitator.ts'
import { awaitsChangePost, mayHaveChangePost } from '../../node/domain/federation/software.ts'
import { isFeedName } from '../../node/domain/territories/feed.ts'
import { findCafeByUri } from '../../node/store/cafes/cafes.ts'
import type { Database } from '../../node/store/database/database.ts'
import {
  listAnnouncedBy,
  listLedCafes,
  listLedUris,
} from '../../node/store/facilitators/recipients.ts'
import { listAnnounced } from '../../node/store/feeds/announced.ts'
import { listFollowerInboxes } from '../../node/store/feeds/followers.ts'
import { deleteAnnounces, listPublicAnnounces } from '../../node/store/queues/activities.ts'
import { enqueue, undoAnnounceActivity } from '../wire/activities.ts'
import { CAFES, INSTANCE } from '../wire/uris.ts'
import { announceOnce, isOfAuthor, withdrawAnnounces } from './announce.ts'
import { announceChangeNote, lineOf } from './change-notes.ts'

/**
 * Announces each coming café that a person leads by that person's account, once, and undoes it when they no longer lead
 * it, with the shares of what was said of it: nothing about it stays in their outbox.
 */
export async function announceLedCafes(
  trx: Database,
  context: Context,
  { id, handle }: Pick<Facilitator, 'id' | 'handle'>,
): Promise<void> {
  const announced = (await listAnnouncedBy(trx, handle)).map((each) => ({ ...each, actor: handle }))
  const led = await listLedUris(trx, id)
  const left = announced.filter(({ objectUri }) => !led.has(objectUri))
  await withdrawAnnounces(trx, context, left)
  await withdrawShares(trx, context, { actor: handle, led })
  const had = new Set(announced.map(({ objectUri }) => objectUri))
  for (const { uri } of await listLedCafes(trx, id, context.now())) {
    const cafe = had.has(uri) ? undefined : await findCafeByUri(trx, uri)
    if (cafe) await announceOnce(trx, context, { actor: handle, cafe })
  }
}

/** Undoes whatever else an account announced about cafés that the person does not lead, as it was sent. */
async function withdrawShares(
  trx: Database,
  { config, now }: Context,
  { actor, led }: { actor: string; led: ReadonlySet<string> },
): Promise<void> {
  const left = await listPublicAnnounces(trx, { actor, but: led })
  if (left.length === 0) return
  const inboxes = await listFollowerInboxes(trx, actor, mayHaveChangePost)
  for (const { id, objectUri, body } of left) {
    const { object, published } = JSON.parse(body) as { object: string; published: string }
    const share = { actor, objectUri: object, announceId: id, at: Temporal.Instant.from(published) }
    const undo = undoAnnounceActivity(config.origin, share)
    const activity = { ...undo, objectUri, kind: 'note' as const, line: lineOf(actor, objectUri) }
    await enqueue(trx, { activity, actor, inboxes }, now())
  }
  await deleteAnnounces(
    trx,
    left.map(({ id }) => id),
  )
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
    .filter((one) => !isOfAuthor(one))
    .map(({ actor }) => actor)
    .filter((actor) => actor !== INSTANCE && actor !== CAFES && !isFeedName(actor))
}
