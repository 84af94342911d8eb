import type { Context } from '../../node/context.ts'
import type { Peer } from '../../node/domain/federation/peer.ts'
import type { Database } from '../../node/store/database/database.ts'
import { findRemoteActor } from '../../node/store/directory/remote-actors.ts'
import {
  deleteFeaturedPlace,
  findDepartementOfPlace,
  findFeaturedPlace,
  findPartWithRoom,
  saveFeaturedPlace,
} from '../../node/store/feeds/featured-places.ts'
import { ensureFeed } from '../../node/store/feeds/feeds.ts'
import { changeListing } from '../inbox/listed-places.ts'
import { enqueue } from '../wire/activities.ts'
import { isOpenTo, toFeatureRequest } from '../wire/consent.ts'
import type { Json } from '../wire/json.ts'
import { featuredCollectionUri, newActivityUri } from '../wire/uris.ts'

/** After how many hours a place that has not answered is asked once more. */
const ASKED_AGAIN_HOURS = 24

/**
 * Asks a place of a member to be listed in the collection of its département, once, as it was just read: only where
 * its account says that everybody may list it. A place that moved is asked for its new one.
 */
export async function askToFeature(
  trx: Database,
  { config, now }: Pick<Context, 'config' | 'now'>,
  { uri, peer, document }: { uri: string; peer: Peer; document: Json },
): Promise<void> {
  const place = await findRemoteActor(trx, uri)
  const code = await findDepartementOfPlace(trx, uri)
  const feed = code && (await ensureFeed(trx, { kind: 'departement', code }, now()))
  if (peer.membership !== 'member' || !place || !feed || !isOpenTo('feature', document))
    return changeListing(trx, { config, now }, uri, () => deleteFeaturedPlace(trx, uri))
  const known = await findFeaturedPlace(trx, uri)
  const isHere = known?.feed === feed.name
  if (isHere && (known.answeredAt || known.askedAt.until(now()).total('hours') < ASKED_AGAIN_HOURS))
    return
  const part = isHere ? known.part : await findPartWithRoom(trx, feed.name)
  const requestUri = newActivityUri(config.origin)
  const asked = { actorUri: uri, feed: feed.name, part, requestUri, askedAt: now() }
  await changeListing(trx, { config, now }, uri, () =>
    saveFeaturedPlace(trx, { ...asked, stampUri: undefined, answeredAt: undefined }),
  )
  const activity = toFeatureRequest(config.origin, {
    id: requestUri,
    asker: feed.name,
    collection: featuredCollectionUri(config.origin, feed.name, part),
    target: uri,
  })
  await enqueue(trx, { activity, actor: feed.name, inboxes: [place.inbox] }, now())
}
