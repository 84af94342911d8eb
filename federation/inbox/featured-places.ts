import type { Context } from '../../node/context.ts'
import type { Database } from '../../node/store/database/database.ts'
import {
  findPlaceOfRequest,
  findPlaceOfStamp,
  markFeatureAnswered,
} from '../../node/store/feeds/featured-places.ts'
import { idOf, isPlainlySpelled, originOf, toList } from '../wire/json.ts'
import type { Received } from './handler.ts'

/**
 * Notes the answer of a place that a collection of ours asked to list; false for an answer to anything else.
 */
export async function receiveFeatureAnswer(
  trx: Database,
  { activity, actorUri, type }: Received,
  { now }: Context,
): Promise<boolean> {
  const requestUri = idOf(toList(activity.object)[0])
  const place = requestUri && (await findPlaceOfRequest(trx, requestUri))
  if (!place || place.actorUri !== actorUri) return false
  const stamp = type === 'Accept' ? idOf(toList(activity.result)[0]) : undefined
  const isTheirs = stamp && isPlainlySpelled(stamp) && originOf(stamp) === originOf(actorUri)
  await markFeatureAnswered(trx, { actorUri, stampUri: isTheirs ? stamp : undefined }, now())
  return true
}

/** Takes a place out of its collection when it withdraws its stamp; it is not asked again. False for any other Delete. */
export async function receiveStampDelete(
  trx: Database,
  { uri, actorUri }: { uri: string; actorUri: string },
  { now }: Context,
): Promise<boolean> {
  const place = await findPlaceOfStamp(trx, uri)
  if (place?.actorUri !== actorUri) return false
  await markFeatureAnswered(trx, { actorUri, stampUri: undefined }, now())
  return true
}
