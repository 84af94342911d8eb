import type { Context } from '../../node/context.ts'
import { findPeerByActor } from '../../node/store/directory/peers.ts'
import { listTombstonesOf } from '../../node/store/directory/tombstones.ts'
import { findErasedAt } from '../../node/store/facilitators/erasures.ts'
import { findFacilitatorByUri } from '../../node/store/facilitators/facilitators.ts'
import { ACTIVITY_STREAMS } from '../wire/context.ts'
import type { Json } from '../wire/json.ts'
import { actorUri, erasuresUri, facilitatorActorUri, INSTANCE } from '../wire/uris.ts'

/**
 * What a server that was restored from a backup is told about its own objects: which of its cafés were deleted here
 * since a given time, and what became of the profiles that it names. The answer has addresses and times only, all of
 * the asker's own origin.
 */

/** Number of deletions on a page. */
const PAGE = 200

/** The maximum number of profiles that one question may name. */
export const MOST_NAMED = 50

const HANDLE = /^[a-z\d][a-z\d-]{0,79}$/

/**
 * Returns the answer as JSON text; undefined when the asker is not the `instance` of a server that is known here.
 *
 * @param query - `since` (an instant) and `page` for cafés, or `facilitators`: handles separated by commas.
 */
export async function erasuresText(
  { db, config }: Context,
  { asker, query }: { asker: string | undefined; query: URLSearchParams },
): Promise<string | 'malformed' | undefined> {
  const origin = asker === undefined ? undefined : new URL(asker).origin
  if (asker === undefined || origin === undefined) return undefined
  if (asker !== actorUri(origin, INSTANCE) || !(await findPeerByActor(db, asker))) return undefined
  const id = erasuresUri(config.origin)
  const page = (items: Json[], next?: string) =>
    JSON.stringify({
      '@context': ACTIVITY_STREAMS,
      id: `${id}?${query}`,
      type: 'CollectionPage',
      partOf: id,
      items,
      ...(next !== undefined && { next }),
    })
  const named = query.get('facilitators')
  if (named !== null) {
    const handles = named.split(',')
    if (handles.length > MOST_NAMED || !handles.every((handle) => HANDLE.test(handle)))
      return 'malformed'
    const uris = handles.map((handle) => `${facilitatorActorUri(origin)}/${handle}`)
    return page((await Promise.all(uris.map((uri) => describeProfile(db, uri)))).flat())
  }
  const since = parseInstant(query.get('since'))
  const after = query.get('page') ?? ''
  if (!since || after.length > 2000) return 'malformed'
  const { items, next } = await listTombstonesOf(db, { origin, since, after, limit: PAGE })
  const following = new URLSearchParams({ since: since.toString(), page: next ?? '' })
  return page(
    items.map(({ uri, deletedAt }) => tombstone(uri, 'Event', deletedAt)),
    next === undefined ? undefined : `${id}?${following}`,
  )
}

/**
 * Returns a Tombstone for a profile that is gone, or the time when what is shown of it here was last changed. The list
 * is empty for a profile that was never here.
 */
async function describeProfile(db: Context['db'], uri: string): Promise<Json[]> {
  const shown = await findFacilitatorByUri(db, uri)
  if (shown) return [{ id: uri, type: 'Profile', updated: shown.updatedAt.toString() }]
  const at = await findErasedAt(db, uri)
  return at ? [tombstone(uri, 'Profile', at)] : []
}

const tombstone = (id: string, formerType: string, deleted: Temporal.Instant): Json => ({
  id,
  type: 'Tombstone',
  formerType,
  deleted: deleted.toString(),
})

function parseInstant(text: string | null): Temporal.Instant | undefined {
  try {
    return Temporal.Instant.from(text ?? '')
  } catch {
    return undefined
  }
}
