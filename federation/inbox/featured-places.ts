import type { Context } from '../../node/context.ts'
import type { Database } from '../../node/store/database/database.ts'
import {
  findPlaceOfRequest,
  findPlaceOfStamp,
  markFeatureAnswered,
} from '../../node/store/feeds/featured-places.ts'
import { idOf, isPlainlySpelled, originOf, toList } from '../wire/json.ts'
import type { Received } from './handler.ts'
import { changeListing } from './listed-places.ts'

/**
 * Notes the answer of a place that a collection of ours asked to list; false for an answer to anything else.
 */
export async function receiveFeatureAnswer(
  trx: Database,
  { activity, actorUri, type }: Received,
  context: Context,
): Promise<boolean> {
  const requestUri = idOf(toList(activity.object)[0])
  const place = requestUri && (await findPlaceOfRequest(trx, requestUri))
  if (!place || place.actorUri !== actorUri) return false
  // Who said no is not asked again, so a later yes answers nothing.
  if (place.answeredAt && place.stampUri === undefined) return true
  const given = type === 'Accept' ? idOf(toList(activity.result)[0]) : undefined
  const isTheirs =
    given !== undefined && isPlainlySpelled(given) && originOf(given) === originOf(actorUri)
  const stamp = isTheirs ? given : undefined
  // A stamp is of one place: another place of the same server may not answer with it too.
  const holder = stamp === undefined ? undefined : await findPlaceOfStamp(trx, stamp)
  const isOfAnother = holder !== undefined && holder.actorUri !== actorUri
  const answer = { actorUri, stampUri: isOfAnother ? undefined : stamp }
  await changeListing(trx, context, actorUri, () => markFeatureAnswered(trx, answer, context.now()))
  return true
}

/** Takes a place out of its collection when it withdraws its stamp; it is not asked again. False for any other Delete. */
export async function receiveStampDelete(
  trx: Database,
  { uri, actorUri }: { uri: string; actorUri: string },
  context: Context,
): Promise<boolean> {
  const place = await findPlaceOfStamp(trx, uri)
  if (place?.actorUri !== actorUri) return false
  await changeListing(trx, context, actorUri, () =>
    markFeatureAnswered(trx, { actorUri, stampUri: undefined }, context.now()),
  )
  return true
}
