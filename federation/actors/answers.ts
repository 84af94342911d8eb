import type { Tombstone } from '../../node/store/directory/deletions.ts'
import { ACTIVITY_STREAMS } from '../wire/context.ts'

const ACTIVITY_TYPE = 'application/activity+json; charset=utf-8'

/**
 * Returns an answer in ActivityPub's media type. Anybody may cache it, since it is the same for every reader, also when
 * the request is signed.
 */
export const activity = (body: string, status = 200): Response =>
  new Response(body, {
    status,
    headers: {
      'content-type': ACTIVITY_TYPE,
      vary: 'Accept',
      'cache-control': 'public, max-age=60',
      'x-content-type-options': 'nosniff',
      'content-security-policy': 'sandbox',
    },
  })

/** Returns a 410 answer with a Tombstone, which says what was here and since when it is gone (RFC 9110 §15.5.11). */
export const gone = (
  { deletedAt }: Pick<Tombstone, 'deletedAt'>,
  id: string,
  formerType: string,
): Response =>
  activity(
    JSON.stringify({
      '@context': ACTIVITY_STREAMS,
      id,
      type: 'Tombstone',
      formerType,
      deleted: deletedAt.toString(),
    }),
    410,
  )
