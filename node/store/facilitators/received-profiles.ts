import type { Facilitator, FacilitatorContent } from '../../domain/facilitators/facilitator.ts'
import type { Peer } from '../../domain/federation/peer.ts'
import { RETENTION_DAYS } from '../../domain/values/retention.ts'
import { findTerritory, type Territory } from '../../geo/territories.ts'
import { mainCommuneOf, parentsOf } from '../../geo/territory-family.ts'
import { hasRoom } from '../cafes/received-room.ts'
import { toInstantText } from '../database/columns.ts'
import type { Database, OpenDatabase } from '../database/database.ts'
import { uuidV7 } from '../database/uuid.ts'
import { deleteRemoteActor } from '../directory/remote-actors.ts'
import { addToShare, takeShare } from '../queues/shares.ts'
import { enqueueTask } from '../queues/tasks.ts'
import { refuseUnsentMessagesTo } from './contact-messages.ts'
import { claimHiddenProfile, eraseHiddenProfile, findErasedAt, insertErased } from './erasures.ts'
import {
  deleteFacilitator,
  endOfShowing,
  findFacilitatorByUri,
  saveFacilitator,
} from './facilitators.ts'
import { countFacilitatorBytesAround } from './stored-bytes.ts'

/** What a peer says of one of its people, read and cleaned; its place on the map follows from its territory. */
export type ReceivedFacilitator = Omit<
  FacilitatorContent,
  'departement' | 'region' | 'latitude' | 'longitude' | 'photo'
> &
  Pick<
    Facilitator,
    'uri' | 'handle' | 'url' | 'actorUri' | 'mandates' | 'level' | 'fieldLevels' | 'updatedAt'
  > & {
    photo: { url: string; alt: string } | undefined
    cafes: readonly string[]
    consentedAt: Temporal.Instant
    expiresAt: Temporal.Instant
  }

export type ReceiveOutcome =
  | 'new'
  | 'changed'
  | 'known'
  | 'older'
  | 'erased'
  | 'not-theirs'
  | 'full'

type Receiving = {
  peer: Peer
  now: Temporal.Instant
  /** `people` and `megabytes` of `Shares`. */
  most: number
  megabytes: number
}

/**
 * Stores a received profile by one upsert for Create and Update alike: receiving it twice or receiving an older
 * revision changes nothing. A person who was erased comes back only by a consent given after that. Where the domain has
 * no room left, it is stored without the cafés.
 */
export const receiveFacilitator = (
  trx: Database,
  received: ReceivedFacilitator,
  said: Receiving,
): Promise<ReceiveOutcome> =>
  countFacilitatorBytesAround(trx, received.uri, async () => {
    const { host } = new URL(received.uri)
    const cafes = (await hasRoom(trx, { host, max: said.megabytes })) ? received.cafes : []
    return upsertFacilitator(trx, { ...received, cafes }, said)
  })

async function upsertFacilitator(
  trx: Database,
  received: ReceivedFacilitator,
  { peer, now, most }: Receiving,
): Promise<ReceiveOutcome> {
  const erasedAt = await findErasedAt(trx, received.uri)
  if (erasedAt && Temporal.Instant.compare(received.consentedAt, erasedAt) <= 0) return 'erased'
  const current = await findFacilitatorByUri(trx, received.uri)
  if (current && current.peerId !== peer.id) return 'not-theirs'
  const order = current ? Temporal.Instant.compare(received.updatedAt, current.updatedAt) : 1
  if (current && order <= 0) {
    if (order < 0) return 'older'
    // The cafés that a person leads change without a new revision of the profile.
    await saveCafes(trx, current.id, received.cafes)
    await markRead(trx, current.id, received, now)
    return 'known'
  }
  if (!current && !(await takeShare(trx, 'people', { host: peer.host, max: most }))) return 'full'
  const state = (await claimHiddenProfile(trx, received.uri)) ? 'hidden' : 'published'
  const facilitator = { ...toFacilitator(received, { peer, current, now }), state } as const
  await saveFacilitator(trx, facilitator, now)
  await markRead(trx, facilitator.id, received, now)
  await saveCafes(trx, facilitator.id, received.cafes)
  await planPicture(trx, { id: facilitator.id, received, known: current?.photo?.url }, now)
  return current ? 'changed' : 'new'
}

/** Notes that its site says so now, or still. */
async function markRead(
  trx: Database,
  id: string,
  { expiresAt }: Pick<ReceivedFacilitator, 'expiresAt'>,
  now: Temporal.Instant,
): Promise<void> {
  await trx
    .updateTable('facilitator')
    .set({ checked_at: toInstantText(now), expires_at: toInstantText(expiresAt) })
    .where('id', '=', id)
    .execute()
  await markConfirmed(trx, id, now)
}

/** Notes that its site says that it still exists: it is shown for another day. */
async function markConfirmed(trx: Database, id: string, now: Temporal.Instant): Promise<void> {
  const row = await trx
    .updateTable('facilitator')
    .set({ confirmed_at: toInstantText(now) })
    .where('id', '=', id)
    .returning(['expires_at', 'confirmed_at'])
    .executeTakeFirst()
  if (!row) return
  await trx
    .updateTable('facilitator_entry')
    .set({ expires_at: endOfShowing(row) })
    .where('facilitator_id', '=', id)
    .execute()
}

/**
 * Notes which people a site has now.
 * @returns The addresses of those people of the site that it did not name.
 */
export async function confirmListed(
  trx: Database,
  { peerId, listed }: { peerId: string; listed: ReadonlySet<string> },
  now: Temporal.Instant,
): Promise<string[]> {
  const rows = await trx
    .selectFrom('facilitator')
    .select(['id', 'uri'])
    .where('peer_id', '=', peerId)
    .execute()
  for (const { id, uri } of rows) if (listed.has(uri)) await markConfirmed(trx, id, now)
  return rows.flatMap(({ uri }) => (listed.has(uri) ? [] : [uri]))
}

async function saveCafes(trx: Database, id: string, uris: readonly string[]): Promise<void> {
  await trx.deleteFrom('facilitates').where('facilitator_id', '=', id).execute()
  if (uris.length === 0) return
  await trx
    .insertInto('facilitates')
    .values(uris.map((uri) => ({ facilitator_id: id, cafe_uri: uri })))
    .execute()
}

/** Plans the copy of the photo; the copy of one that the profile no longer has is deleted now. */
async function planPicture(
  trx: Database,
  { id, received, known }: { id: string; received: ReceivedFacilitator; known: string | undefined },
  now: Temporal.Instant,
): Promise<void> {
  if (received.photo?.url === known) return
  await trx.deleteFrom('facilitator_picture').where('facilitator_id', '=', id).execute()
  const requester = `peer:${new URL(received.uri).host}` as const
  if (received.photo)
    await enqueueTask(trx, { kind: 'picture', subject: received.uri, requester }, now)
}

function toFacilitator(
  { cafes: _, ...received }: ReceivedFacilitator,
  { peer, current, now }: { peer: Peer; current: Facilitator | undefined; now: Temporal.Instant },
): Facilitator {
  const territory = findTerritory(received.territory ?? '')
  const point = territory && mainCommuneOf(territory)
  return {
    ...received,
    id: current?.id ?? uuidV7(now),
    organizationId: undefined,
    alias: undefined,
    peerId: peer.id,
    // A profile may hide its territory.
    territory: territory?.code ?? '',
    ...codesOf(territory),
    latitude: point?.latitude,
    longitude: point?.longitude,
    directories: [],
    fediverse: received.actorUri !== undefined,
    state: 'published',
    approvedAt: undefined,
    createdAt: current?.createdAt ?? now,
  }
}

function codesOf(territory: Territory | undefined) {
  const all = territory ? [territory, ...parentsOf(territory)] : []
  const departement = all.find(({ kind }) => kind === 'departement')?.code
  const region = all.find(({ kind }) => kind === 'region')?.code.replace(/^r-/, '')
  return { departement, region }
}

/**
 * Erases a profile because its site says that it is gone, or no longer gives it: only the hash of its address stays.
 * `at` is when the person withdrew it; without it, the same consent may bring it back.
 */
export async function eraseFacilitator(
  trx: Database,
  { uri, at }: { uri: string; at?: Temporal.Instant | undefined },
  now: Temporal.Instant,
): Promise<boolean> {
  const current = await findFacilitatorByUri(trx, uri)
  if (current && current.peerId === undefined) return false
  if (current) await addToShare(trx, 'people', { host: new URL(uri).host, amount: -1 })
  const before = current?.consentedAt?.subtract({ seconds: 1 })
  const until = at ?? before
  if (until) await insertErased(trx, uri, until)
  await trx
    .deleteFrom('task')
    .where('subject', '=', uri)
    .where('kind', 'in', ['person', 'picture'])
    .execute()
  await refuseUnsentMessagesTo(trx, uri, now)
  if (!current) return false
  await eraseHiddenProfile(trx, uri)
  await countFacilitatorBytesAround(trx, uri, () => deleteFacilitator(trx, current.id, now))
  if (current.actorUri) {
    await deleteRemoteActor(trx, current.actorUri)
    await trx.deleteFrom('pinned_key').where('actor_uri', '=', current.actorUri).execute()
  }
  return true
}

/** Erases all people of a site that is no member any more. */
export async function eraseFacilitatorsOf(
  trx: Database,
  peerId: string,
  now: Temporal.Instant,
): Promise<void> {
  const rows = await trx
    .selectFrom('facilitator')
    .select('uri')
    .where('peer_id', '=', peerId)
    .execute()
  for (const { uri } of rows) await eraseFacilitator(trx, { uri }, now)
}

const UNCONFIRMED_DAYS = 35
const RECHECK_DAYS = 7

/**
 * Erases profiles whose consent has expired, or which their site has not confirmed for five weeks, though asked weekly.
 */
export async function eraseUnconfirmed(db: OpenDatabase, now: Temporal.Instant): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const rows = await trx
      .selectFrom('facilitator')
      .select('uri')
      .where('peer_id', 'is not', null)
      .where((eb) =>
        eb.or([
          eb('expires_at', '<=', toInstantText(now)),
          eb('checked_at', '<=', toInstantText(now.subtract({ hours: UNCONFIRMED_DAYS * 24 }))),
        ]),
      )
      .execute()
    for (const { uri } of rows) await eraseFacilitator(trx, { uri }, now)
  })
}

/**
 * Hours between two questions. A site that does not answer is asked every hour, so that it has three quarters of a day
 * before its people are hidden.
 */
const RELIST_HOURS = 6

/**
 * Marks all people of other sites as unconfirmed, so that none is shown before their site has named them again
 * (`planRechecks`): what is here comes from a backup, which does not have who withdrew since.
 */
export async function markAllUnconfirmed(trx: Database, now: Temporal.Instant): Promise<void> {
  const unconfirmed = now.subtract({ hours: RETENTION_DAYS.unconfirmedProfile * 24 })
  const rows = await trx
    .selectFrom('facilitator')
    .select('id')
    .where('peer_id', 'is not', null)
    .where('confirmed_at', 'is not', null)
    .execute()
  for (const { id } of rows) await markConfirmed(trx, id, unconfirmed)
}

/**
 * Plans that each site is asked four times a day which people it has, and that each profile is read again once a week
 * at its own address.
 */
export async function planRechecks(db: Database, now: Temporal.Instant): Promise<void> {
  const peers = await db
    .selectFrom('facilitator')
    .innerJoin('peer', 'peer.id', 'facilitator.peer_id')
    .select('peer.actor_uri')
    .distinct()
    .where('facilitator.confirmed_at', '<=', toInstantText(now.subtract({ hours: RELIST_HOURS })))
    .execute()
  for (const { actor_uri } of peers)
    await enqueueTask(db, { kind: 'people', subject: actor_uri }, now)
  const rows = await db
    .selectFrom('facilitator')
    .select('uri')
    .where('peer_id', 'is not', null)
    .where('checked_at', '<=', toInstantText(now.subtract({ hours: RECHECK_DAYS * 24 })))
    .execute()
  for (const { uri } of rows) await enqueueTask(db, { kind: 'person', subject: uri }, now)
}
