import type { Context } from '../../node/context.ts'
import { isOurs, isPast } from '../../node/domain/cafes/cafe.ts'
import { isInFeeds } from '../../node/domain/territories/feed.ts'
import { findCafe } from '../../node/store/cafes/cafes.ts'
import { markChangesDone } from '../../node/store/queues/changes.ts'
import { findAuthorKeys } from '../actors/keys.ts'
import type { Effect, Services } from '../services.ts'
import { claimNote } from './cafe-pace.ts'
import { sendFeedNotes, sendUnsent } from './feeds/feed-notes.ts'
import { findAnnouncers, updateFeeds } from './feeds/feeds.ts'
import { sendNotes } from './own-cafes.ts'
import { listSiblings, sendTogether } from './series/own-dates.ts'

/**
 * Sends the Notes that waited, about the café as it is now, if it is still to come and if they say something new. Then
 * it leaves the feeds in which it no longer belongs, and enters others.
 */
export async function sendDueNotes(
  context: Context,
  services: Services,
  { cafeId, changeId }: { cafeId: string; changeId: number },
): Promise<Effect> {
  const known = await findCafe(context.db, cafeId)
  const { signer } = (await findAuthorKeys(context, services, known)).ed25519
  const announcers = await findAnnouncers(context, services, known?.uri)
  return async (trx) => {
    const cafe = await findCafe(trx, cafeId)
    if (!cafe) return
    const isOwn = isOurs(cafe)
    const isShown = isOwn ? cafe.publication === 'published' : isInFeeds(cafe)
    const isToCome = !isPast(cafe, context.now())
    const siblings = isOwn ? await listSiblings(trx, context, cafe) : []
    const asked = { cafe, changeId, isTogether: siblings.length > 0 }
    const change = isShown && isToCome && (await claimNote(trx, context, asked))
    const noteUri = change && (await sendTogether(trx, context, { change, siblings, signer }))
    if (change && noteUri) await sendFeedNotes(trx, context, { ...change, announcers, noteUri })
    else if (change && isOwn) await sendNotes(trx, context, { ...change, signer, announcers })
    else if (change) await sendFeedNotes(trx, context, { ...change, announcers })
    await markChangesDone(trx, [changeId], context.now())
    if (!change && isShown && isToCome) await sendUnsent(trx, context, { cafe, announcers })
    if (context.isDirectory) await updateFeeds(trx, context, { cafe, isNews: true })
  }
}
