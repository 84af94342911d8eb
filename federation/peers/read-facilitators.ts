import type { Context } from '../../node/context.ts'
import type { Peer } from '../../node/domain/federation/peer.ts'
import { drawPortrait } from '../../node/formats/images/portrait.ts'
import { hasRoomForPicture } from '../../node/store/cafes/received-room.ts'
import { findPeer } from '../../node/store/directory/peers.ts'
import { findFacilitatorByUri } from '../../node/store/facilitators/facilitators.ts'
import { saveFacilitatorPicture } from '../../node/store/facilitators/photos.ts'
import { confirmListed, eraseFacilitator } from '../../node/store/facilitators/received-profiles.ts'
import { countFacilitatorBytesAround } from '../../node/store/facilitators/stored-bytes.ts'
import { enqueueTask, type Task } from '../../node/store/queues/tasks.ts'
import { toOwnTerms } from '../gate/jsonld.ts'
import { applyFacilitatorProfile, isFacilitatorProfileUri } from '../inbox/facilitators.ts'
import { EgressError } from '../remote/egress-error.ts'
import { fetchPicture } from '../remote/fetch-picture.ts'
import type { Services } from '../services.ts'
import { idOf, isObject, type Json, originOf, textOf, toList } from '../wire/json.ts'

/** What a directory reads of its members' people: each week whether they still exist, and once their picture. */

/** Reads all people of one site; those that it no longer lists are asked for at their own addresses. */
export async function readFacilitators(
  context: Context,
  services: Services,
  { actor, peer }: { actor: Json; peer: Peer },
): Promise<void> {
  const list = textOf(actor.facilitators)
  if (!context.isDirectory || peer.membership !== 'member') return
  if (!list || originOf(list) !== peer.origin) return
  const collection = await fetchObject(services, list)
  const uris = toList(collection?.items).flatMap((item) => idOf(item) ?? [])
  for (const uri of new Set(uris.slice(0, MOST_PEOPLE))) {
    services.signal.throwIfAborted()
    if (isFacilitatorProfileUri(uri) && originOf(uri) === peer.origin)
      await readPerson(context, services, { uri, peer })
  }
}

/** A network of a département has hundreds of people; an endless list is not read. */
const MOST_PEOPLE = 2000

/**
 * Finds which people a member has now: those that it names are shown for another day; each of the others is asked for
 * at its own address.
 */
export async function confirmFacilitators(
  context: Context,
  services: Services,
  { subject: actorUri }: Pick<Task, 'subject'>,
): Promise<void> {
  const { db, now, wake } = context
  const peer = await services.findTrustedPeer(new URL(actorUri).origin)
  if (peer?.actorUri !== actorUri || peer.membership !== 'member') return
  const actor = await fetchObject(services, actorUri)
  const list = textOf(actor?.facilitators)
  const isOwn = list !== undefined && originOf(list) === peer.origin
  const collection = isOwn ? await fetchObject(services, list) : undefined
  const listed = new Set(toList(collection?.items).flatMap((item) => idOf(item) ?? []))
  await db.transaction().execute(async (trx) => {
    for (const uri of await confirmListed(trx, { peerId: peer.id, listed }, now()))
      await enqueueTask(trx, { kind: 'person', subject: uri }, now())
  })
  wake()
}

/** Reads one profile at its own address. */
export async function checkFacilitator(
  context: Context,
  services: Services,
  { subject: uri }: Pick<Task, 'subject'>,
): Promise<void> {
  const known = (await findFacilitatorByUri(context.db, uri))?.peerId
  const peer = known
    ? await findPeer(context.db, known)
    : await services.findTrustedPeer(new URL(uri).origin)
  if (peer) await readPerson(context, services, { uri, peer })
}

async function readPerson(
  context: Context,
  services: Services,
  { uri, peer }: { uri: string; peer: Peer },
): Promise<void> {
  try {
    const profile = await fetchObject(services, uri)
    if (profile && profile.id === uri)
      await context.db
        .transaction()
        .execute((trx) => applyFacilitatorProfile(trx, context, { profile, peer }))
  } catch (error) {
    const status = error instanceof EgressError ? error.status : undefined
    if (status !== 404 && status !== 410) throw error
    // 410 is final; a profile that is not found may come back by the same consent.
    const at = status === 410 ? context.now() : undefined
    await context.db
      .transaction()
      .execute((trx) => eraseFacilitator(trx, { uri, at }, context.now()))
  }
}

/** Fetches an object in our own terms from its own server: a redirect to another server does not count. */
async function fetchObject(services: Services, uri: string): Promise<Json | undefined> {
  const { url, json } = await services.egress.getJson(uri, { sign: services.signQuestion })
  if (!isObject(json) || originOf(url) !== originOf(uri)) return undefined
  return toOwnTerms(json)
}

/**
 * Makes a small copy of the photo, since pages show nothing from other servers. A file that is no picture is left out.
 */
export async function copyPortrait(
  { db, config }: Context,
  services: Services,
  { subject: uri }: Pick<Task, 'subject'>,
): Promise<void> {
  const facilitator = await findFacilitatorByUri(db, uri)
  const address = facilitator?.photo?.url
  if (!facilitator || !address || originOf(address) !== originOf(uri)) return
  const room = { host: new URL(uri).host, max: config.shares.megabytes }
  if (!(await hasRoomForPicture(db, room))) return
  const bytes = await fetchPicture(services, address)
  if (!bytes) return
  const portrait = await drawPortrait(bytes)
  if ('problem' in portrait) return
  await db.transaction().execute(async (trx) => {
    const current = await findFacilitatorByUri(trx, uri)
    if (current?.photo?.url !== address) return
    const { id: facilitatorId } = current
    await countFacilitatorBytesAround(trx, uri, () =>
      saveFacilitatorPicture(trx, { facilitatorId, address, ...portrait }),
    )
  })
}
