import type { Context } from '../../node/context.ts'
import type { Database } from '../../node/store/database/database.ts'
import {
  findFeaturedPlace,
  findListedPlace,
  listPlacesOfPeer,
} from '../../node/store/feeds/featured-places.ts'
import { listFollowerInboxes } from '../../node/store/feeds/followers.ts'
import { enqueue } from '../wire/activities.ts'
import { toListingActivity } from '../wire/featured-collection.ts'

type Known = Pick<Context, 'config' | 'now'>

/**
 * Does something that may change whether a place is listed in a collection, and tells those who follow the feed, once,
 * if it did: `Remove` from where it was, `Add` to where it is (FEP-7aa9).
 */
export async function changeListing(
  trx: Database,
  context: Known,
  placeUri: string,
  change: () => Promise<void>,
): Promise<void> {
  const before = await findListedPlace(trx, placeUri)
  await change()
  const after = await findListedPlace(trx, placeUri)
  const isSame = before?.feed === after?.feed && before?.part === after?.part
  if (before && !(after && isSame))
    await enqueueListing(trx, context, { type: 'Remove', place: before })
  if (after && !(before && isSame))
    await enqueueListing(trx, context, { type: 'Add', place: after })
}

/** Tells of the places of a server that has just become a member or is one no longer, was blocked or unblocked. */
export async function enqueuePlacesOfPeer(
  trx: Database,
  context: Known,
  peerId: string,
): Promise<void> {
  for (const uri of await listPlacesOfPeer(trx, peerId)) await enqueuePlace(trx, context, uri)
}

/** Tells whether a place that agreed is in its collection now; nothing of any other address. */
export async function enqueuePlace(trx: Database, context: Known, uri: string): Promise<void> {
  const listed = await findListedPlace(trx, uri)
  if (listed) return enqueueListing(trx, context, { type: 'Add', place: listed })
  const known = await findFeaturedPlace(trx, uri)
  if (known?.stampUri) await enqueueListing(trx, context, { type: 'Remove', place: known })
}

async function enqueueListing(
  trx: Database,
  { config, now }: Known,
  told: Parameters<typeof toListingActivity>[1],
): Promise<void> {
  const { feed } = told.place
  const inboxes = await listFollowerInboxes(trx, feed)
  if (inboxes.length === 0) return
  await enqueue(
    trx,
    { activity: toListingActivity(config.origin, told), actor: feed, inboxes },
    now(),
  )
}
