import type { Context } from '../node/context.ts'
import { type Cafe, isPast } from '../node/domain/cafe.ts'
import type { Change } from '../node/domain/change.ts'
import { findAnnounced } from '../node/store/announced.ts'
import { findCafe } from '../node/store/cafes.ts'
import type { Database } from '../node/store/database.ts'
import { listFollowerInboxes } from '../node/store/followers.ts'
import { enqueue } from './activities.ts'
import { announce, takeBack } from './deliver-announce.ts'
import { sendChangeNote, withdrawNotes } from './deliver-notes.ts'
import type { Services } from './federation.ts'
import { isObject, textOf } from './json.ts'
import { NATIONAL } from './uris.ts'

/**
 * What a directory says of its members' cafés: it announces each once, and carries the member's own Update and Delete
 * on, unchanged, to those who know the café through it alone (the activity's proof makes it believable).
 */

type CafeReceived = Extract<Change, { type: 'cafe-received' }>
type Effect = (trx: Database) => Promise<void>

const NOTHING: Effect = async () => undefined

export async function carryOn(
  context: Context,
  services: Services,
  { cafeId, activity, first, important }: Omit<CafeReceived, 'type'>,
): Promise<Effect> {
  if (!context.isDirectory) return NOTHING
  const { signer } = (await services.keyRing.keysOf(NATIONAL)).ed25519
  return async (trx) => {
    const cafe = await findCafe(trx, cafeId)
    // Read from a collection, it is old news: a new member does not flood the feed.
    if (!cafe || activity === undefined) return
    const known = !first && (await findAnnounced(trx, NATIONAL, cafe.uri))
    if (!known) return announceToCome(trx, context, cafe)
    await forward(trx, { now: context.now(), activity, uri: cafe.uri })
    if (!important) return
    const inboxes = await listFollowerInboxes(trx, NATIONAL)
    await sendChangeNote(trx, context, cafe, { actor: NATIONAL, signer, inboxes })
  }
}

/** The team shows what was held back until now. */
export function announceReceived(context: Context, cafeId: string): Effect {
  return async (trx) => {
    const cafe = await findCafe(trx, cafeId)
    if (context.isDirectory && cafe) await announceToCome(trx, context, cafe)
  }
}

/** Once per café, and only what anybody may still come to. */
async function announceToCome(trx: Database, context: Context, cafe: Cafe): Promise<void> {
  if (cafe.hiddenReason !== undefined || cafe.openTo === 'reserved' || isPast(cafe, context.now()))
    return
  await announce(trx, context, { actor: NATIONAL, uri: cafe.uri })
}

export async function undoAnnounce(
  context: Context,
  services: Services,
  { uri, activity }: { uri: string; activity: string | undefined },
): Promise<Effect> {
  if (!context.isDirectory) return NOTHING
  const { signer } = (await services.keyRing.keysOf(NATIONAL)).ed25519
  return async (trx) => {
    if (!(await findAnnounced(trx, NATIONAL, uri))) return
    if (activity !== undefined) await forward(trx, { now: context.now(), activity, uri })
    await takeBack(trx, context, { actor: NATIONAL, uri })
    const inboxes = await listFollowerInboxes(trx, NATIONAL)
    await withdrawNotes(trx, context, uri, { actor: NATIONAL, signer, inboxes })
  }
}

/**
 * The author's own bytes, under the author's own id; signed by us only as the messenger, so that without a proof of
 * its own nobody would believe it.
 */
async function forward(
  trx: Database,
  { now, activity, uri }: { now: Temporal.Instant; activity: string; uri: string },
): Promise<void> {
  const parsed: unknown = JSON.parse(activity)
  if (!isObject(parsed) || !isObject(parsed.proof)) return
  const inboxes = await listFollowerInboxes(trx, NATIONAL)
  const forwarded = {
    id: textOf(parsed.id) ?? '',
    type: `forwarded-${textOf(parsed.type)}`,
    objectUri: uri,
    body: activity,
  }
  await enqueue(trx, { activity: forwarded, actor: NATIONAL, inboxes }, now)
}
