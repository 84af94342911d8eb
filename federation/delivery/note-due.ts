import type { Context } from '../../node/context.ts'
import { isOurs, isPast } from '../../node/domain/cafes/cafe.ts'
import { isInFeeds } from '../../node/domain/territories/feed.ts'
import { findCafe } from '../../node/store/cafes/cafes.ts'
import type { Effect, Services } from '../services.ts'
import { CAFES } from '../wire/uris.ts'
import { claimNote } from './cafe-pace.ts'
import { findAnnouncers, sendFeedNotes } from './feeds.ts'
import { sendNotes } from './own-cafes.ts'

/**
 * Sends the Notes that waited for the end of the ten minutes, about the café as it is now, if it is still to come and
 * if they say something new.
 */
export async function sendDueNotes(
  context: Context,
  services: Services,
  { cafeId, changeId }: { cafeId: string; changeId: number },
): Promise<Effect> {
  const { signer } = (await services.keyRing.keysOf(CAFES)).ed25519
  const known = await findCafe(context.db, cafeId)
  const announcers = await findAnnouncers(context, services, known?.uri)
  return async (trx) => {
    const cafe = await findCafe(trx, cafeId)
    if (!cafe || isPast(cafe, context.now())) return
    const isShown = isOurs(cafe) ? cafe.publication === 'published' : isInFeeds(cafe)
    const change = isShown && (await claimNote(trx, context, { cafe, changeId }))
    if (!change) return
    if (isOurs(cafe)) await sendNotes(trx, context, { ...change, signer, announcers })
    else await sendFeedNotes(trx, context, { ...change, announcers })
  }
}
