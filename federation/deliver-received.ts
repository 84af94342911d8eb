import type { Context } from '../node/context.ts'
import { type Cafe, isPast } from '../node/domain/cafe.ts'
import { findAnnounced } from '../node/store/announced.ts'
import { findCafe } from '../node/store/cafes.ts'
import type { Database } from '../node/store/database.ts'
import { listFollowerInboxes } from '../node/store/followers.ts'
import { enqueue } from './activities.ts'
import { announce, takeBack } from './deliver-announce.ts'
import { isObject, textOf } from './json.ts'
import { NATIONAL } from './uris.ts'

/**
 * What a directory says of its members' cafés: it announces each once, and carries the member's own Update and Delete
 * on, unchanged, to those who know the café through it alone (the activity's proof makes it believable).
 */

type Effect = (trx: Database) => Promise<void>

export function carryOn(
  context: Context,
  { cafeId, activity, first }: { cafeId: string; activity: string | undefined; first: boolean },
): Effect {
  return async (trx) => {
    const cafe = await findCafe(trx, cafeId)
    // Read from a collection, it is old news: a new member does not flood the feed.
    if (!context.isDirectory || !cafe || activity === undefined) return
    const known = !first && (await findAnnounced(trx, NATIONAL, cafe.uri))
    if (known) await forward(trx, { now: context.now(), activity, uri: cafe.uri })
    else await announceToCome(trx, context, cafe)
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

export function undoAnnounce(
  context: Context,
  { uri, activity }: { uri: string; activity: string | undefined },
): Effect {
  return async (trx) => {
    if (!(await findAnnounced(trx, NATIONAL, uri))) return
    if (activity !== undefined) await forward(trx, { now: context.now(), activity, uri })
    await takeBack(trx, context, { actor: NATIONAL, uri })
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
