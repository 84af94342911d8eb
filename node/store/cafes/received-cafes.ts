import { sql } from 'kysely'
import {
  type Cafe,
  type CafeContent,
  type HiddenReason,
  isNewsForFollowers,
} from '../../domain/cafes/cafe.ts'
import { knownStateOf } from '../../domain/cafes/change-message.ts'
import { isUrgent } from '../../domain/cafes/change-urgency.ts'
import { accessOf, type Venue } from '../../domain/cafes/venue.ts'
import type { Peer } from '../../domain/federation/peer.ts'
import type { DateOfSeries } from '../../domain/series/date-of-series.ts'
import { timezoneOf } from '../../geo/territories.ts'
import { placeVenue } from '../../geo/venue.ts'
import type { Database } from '../database/database.ts'
import { isTextAmong, type ListParameter, toListParameter } from '../database/dialect.ts'
import { prepare } from '../database/prepared.ts'
import { shortId } from '../database/uuid.ts'
import { findTombstoneFor, rememberDeletion } from '../directory/deletions.ts'
import { isHiddenHere } from '../directory/hidden-objects.ts'
import type { AnnouncedPicture } from '../files/cafe-pictures.ts'
import { deleteMessagesAbout } from '../queues/activities.ts'
import { appendChange } from '../queues/changes.ts'
import { takeCafeOfDay } from '../queues/peer-days.ts'
import { insertAnnouncer } from './cafe-announcers.ts'
import { deleteUncitedTexts } from './cafe-documents.ts'
import { deleteCafe, findCafeByUri } from './cafes.ts'
import { releaseOrphans, updateDuplicates } from './duplicates.ts'
import { showFoundCafe } from './missing-cafes.ts'
import { chargeBytesAround } from './received-room.ts'
import { addNewCafe, planKnownPicture, planPicture, saveReceivedCafes } from './received-rows.ts'
import { placeInSeries } from './series/outline.ts'

/** What a peer says of one of its cafés, read and cleaned, with the text that it signed. */
export type ReceivedCafe = {
  uri: string
  url: string
  uid: string
  ofSeries?: DateOfSeries | undefined
  organizer: Cafe['organizer']
  updatedAt: Temporal.Instant
  publishedAt: Temporal.Instant
  confirmedAt: Temporal.Instant | undefined
  content: Omit<CafeContent, 'timezone' | 'venue'> & { timezone: string | undefined }
  venue:
    | (Omit<Venue, 'id' | 'commune' | 'departement' | 'region'> & { commune: string | undefined })
    | undefined
  /** The reason why the team must look before it is shown. */
  hiddenReason: HiddenReason | undefined
  /** The picture, on the café's own origin. */
  picture?: AnnouncedPicture | undefined
  body: string
}

export type ReceiveOutcome =
  | 'new'
  | 'changed'
  | 'known'
  | 'older'
  | 'deleted'
  | 'not-theirs'
  /** The peer has used its number of cafés for the day. */
  | 'too-many'

type Receiving = {
  /** The café as it is stored, read in this transaction. */
  current: Cafe | undefined
  /** Whether it is known that the café is neither here nor deleted. */
  isUnknown?: boolean
  /** The peer through which it is received: that of its own server, otherwise the one that announced it. */
  peer: Peer
  /** The peer that announced it here; the same peer when undefined. */
  announcer?: Peer
  /** Decodes the signed activity that brought it; undefined when it was read from a collection. */
  readActivity: (() => string) | undefined
  /** Whether it says something new to readers of texts, and not only about seats. It is asked for what is forwarded. */
  isNewToReaders: () => Promise<boolean>
  now: Temporal.Instant
  /** The maximum number of new or changed cafés of one peer that are taken in each day. */
  cafesPerDay: number
}

/**
 * Stores a received café by one upsert for Create and Update alike: the order does not matter, receiving it twice
 * changes nothing, and a deletion holds for ever. The café, its signed text and the change for this server's own
 * followers are one transaction. The signed activity is forwarded to them, when it came as one. `peer` is
 * the server through which the café is received: that of the café's origin where it is trusted, otherwise `announcer`,
 * who announced it.
 */
export async function receiveCafe(
  trx: Database,
  received: ReceivedCafe,
  said: Receiving,
): Promise<ReceiveOutcome> {
  const outcome = await upsertCafe(trx, received, said)
  const isKept = !['deleted', 'not-theirs', 'too-many'].includes(outcome)
  if (isKept && !comesFromItsServer(received, said))
    await insertAnnouncer(trx, { uri: received.uri, announcer: said.announcer ?? said.peer })
  return outcome
}

/** Lists those of these cafés that are here, or that were deleted. */
export async function listKnownUris(trx: Database, uris: readonly string[]): Promise<Set<string>> {
  if (uris.length === 0) return new Set()
  const { rows } = await selectKnown(trx, { uris: toListParameter(trx, uris) })
  return new Set(rows.map(({ uri }) => uri))
}

const selectKnown = prepare((trx, { uris }: { uris: ListParameter }) => {
  return trx
    .selectFrom('cafe')
    .select('uri')
    .where(isTextAmong(trx, sql.ref('uri'), uris))
    .unionAll(
      trx
        .selectFrom('deletion')
        .select('key as uri')
        .where('kind', '=', 'cafe')
        .where(isTextAmong(trx, sql.ref('key'), uris)),
    )
})

/**
 * Returns whether its own server sends it and it is received through that server, so that no announcer needs to be
 * stored.
 */
const comesFromItsServer = (
  { uri }: Pick<ReceivedCafe, 'uri'>,
  { peer, announcer = peer, current }: Receiving,
): boolean =>
  announcer.id === peer.id &&
  new URL(uri).origin === peer.origin &&
  (current === undefined || current.peerId === peer.id)

async function upsertCafe(
  trx: Database,
  received: ReceivedCafe,
  said: Receiving,
): Promise<ReceiveOutcome> {
  const { current, isUnknown, peer, announcer = peer, readActivity, now } = said
  const { uri, organizer } = received
  if (!isUnknown && (await findTombstoneFor(trx, { uri, ownerUri: organizer.uri })))
    return 'deleted'
  if (current && (current.peerId === undefined || !sameOrigin(current, received)))
    return 'not-theirs'
  if (current) {
    const order = Temporal.Instant.compare(received.updatedAt, current.updatedAt)
    if (order < 0) return 'older'
    if (order === 0) {
      // It is also planned when the café is read again each day, since the copy of its picture may never have begun, or
      // have failed.
      if (readActivity === undefined)
        await planKnownPicture(trx, { cafe: current, peer, picture: received.picture }, now)
      return 'known'
    }
  }
  if (!(await takeOfDay(trx, received, { ...said, current, announcer }))) return 'too-many'
  // A newer revision shows that it exists again; it is judged by what was decided before.
  const before = current && (await showFoundCafe(trx, current, now))
  const isChosen = await isHiddenHere(trx, uri, organizer.uri)
  const single = toCafe(received, { peer, current: before, isChosen, now })
  const cafe = await placeInSeries(trx, single, { ofSeries: received.ofSeries, current })
  const isForwarded = current !== undefined && readActivity !== undefined
  const isNew = !isForwarded || (await said.isNewToReaders())
  const { picture, body } = received
  if (current) {
    await chargeBytesAround(trx, received.uri, async () => {
      await saveReceivedCafes(trx, [{ cafe, body }])
      await deleteUncitedTexts(trx, current, cafe)
      await planPicture(trx, { cafe, peer, picture }, now)
    })
    await updateDuplicates(trx, cafe, now)
  } else
    await addNewCafe(
      trx,
      { cafe, peer, picture, body, isFromItsServer: comesFromItsServer(received, said) },
      now,
    )
  await appendChange(
    trx,
    {
      type: 'cafe-received',
      cafeId: cafe.id,
      activity: isForwarded ? readActivity() : undefined,
      isNews: readActivity !== undefined,
      isNewToReaders: isNew,
      first: current === undefined,
      important: current !== undefined && isNewsForFollowers(current, cafe),
      before: current && knownStateOf(current),
    },
    now,
  )
  return current ? 'changed' : 'new'
}

/**
 * Returns whether one more revision is taken that day. People who would come in vain must be told, whatever else was
 * said that day, and so must those who were told that: what is urgent has as many places again, so that whoever turns a
 * café on and off all day does not turn it for ever.
 */
async function takeOfDay(
  trx: Database,
  received: ReceivedCafe,
  { current, announcer, cafesPerDay, now }: Receiving & { announcer: Peer },
): Promise<boolean> {
  if (current && isNewlyCancelled(current, received)) return true
  const peerId = announcer.id
  if (await takeCafeOfDay(trx, { peerId, limit: cafesPerDay }, now)) return true
  if (!current || !isUrgentRevision(current, received, now)) return false
  return takeCafeOfDay(trx, { peerId, limit: 2 * cafesPerDay }, now)
}

function isUrgentRevision(
  current: Cafe,
  { content: { startsAt, endsAt, status } }: ReceivedCafe,
  now: Temporal.Instant,
): boolean {
  return isUrgent(knownStateOf(current), { ...current, startsAt, endsAt, status }, now)
}

/** Returns whether a known café no longer takes place by what is said of it now. */
export const isNewlyCancelled = (
  current: Pick<Cafe, 'status'>,
  { content }: Pick<ReceivedCafe, 'content'>,
): boolean => content.status === 'cancelled' && current.status !== 'cancelled'

const sameOrigin = (current: Cafe, received: ReceivedCafe): boolean =>
  new URL(current.organizer.uri).origin === new URL(received.organizer.uri).origin

/**
 * Deletes a café that an entitled actor has deleted; it is never accepted again under this id. `ownerUri` is the actor
 * that said so, or for which it was said: then it counts for cafés of that organizer only (of that actor, where the
 * café is not known here). When undefined, its server said so, and it counts for every organizer. `most` is `deletions`
 * of `Shares`.
 */
export async function deleteReceivedCafe(
  trx: Database,
  {
    uri,
    activity,
    ownerUri,
    now,
    most,
  }: {
    uri: string
    activity: string | undefined
    ownerUri?: string | undefined
    now: Temporal.Instant
    most: number
  },
): Promise<boolean> {
  const current = await findCafeByUri(trx, uri)
  if (current?.organizationId) return false
  await rememberDeletion(trx, {
    uri,
    cafeId: current?.id,
    ownerUri: ownerUri && (current?.organizer.uri ?? ownerUri),
    deletedAt: now,
    most,
  })
  if (!current) return false
  await chargeBytesAround(trx, uri, () => deleteCafe(trx, current.id))
  await deleteMessagesAbout(trx, uri)
  await releaseOrphans(trx, now)
  await appendChange(trx, { type: 'cafe-removed', uri, activity, series: current.series }, now)
  return true
}

function toCafe(
  received: ReceivedCafe,
  {
    peer,
    current,
    isChosen,
    now,
  }: { peer: Peer; current: Cafe | undefined; isChosen: boolean; now: Temporal.Instant },
): Cafe {
  const venue = received.venue && placeReceivedVenue(received.venue)
  return {
    ...received.content,
    venue,
    timezone: received.content.timezone ?? timezoneOf(venue?.departement),
    id: current?.id ?? shortId(now),
    uri: received.uri,
    url: received.url,
    uid: received.uid,
    recurrenceId: undefined,
    reference: undefined,
    series: undefined,
    organizationId: undefined,
    peerId: new URL(received.uri).origin === peer.origin ? peer.id : (current?.peerId ?? peer.id),
    organizer: received.organizer,
    publication: 'published',
    publishAt: undefined,
    publishedAt: received.publishedAt,
    updatedAt: received.updatedAt,
    confirmedAt: received.confirmedAt,
    hiddenReason:
      hiddenReasonAfter(current, received.hiddenReason) ?? (isChosen ? 'team' : undefined),
  }
}

/**
 * Returns why the café is hidden after this revision. One that the team has hidden stays so, whatever its server says.
 * One that the team has shown is not hidden again by an edit, unless it now has a price, was withdrawn from the public
 * until now, or had waited for the team because its server was not trusted.
 */
function hiddenReasonAfter(
  current: Cafe | undefined,
  said: HiddenReason | undefined,
): HiddenReason | undefined {
  const before = current?.hiddenReason
  if (before === 'team' || before === 'private-team') return 'team'
  const isJudgedAnew = !current || said === 'price' || before === 'private' || before === 'foreign'
  return isJudgedAnew ? said : before
}

/** Looks the town up; where it is not found, the place is kept as the peer wrote it. */
export function placeReceivedVenue(venue: NonNullable<ReceivedCafe['venue']>): Venue {
  const answer = placeVenue(venue)
  if ('venue' in answer) return { ...answer.venue, ...accessOf(venue) }
  return {
    ...venue,
    id: undefined,
    commune: venue.commune ?? '',
    departement: undefined,
    region: undefined,
  }
}
