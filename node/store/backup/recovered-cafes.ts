import type { Cafe, CafeContent, Organizer } from '../../domain/cafes/cafe.ts'
import { type Author, decideCancellation, OPERATOR } from '../../domain/cafes/edit.ts'
import type { CafeImage } from '../../domain/values/image.ts'
import { timezoneOf } from '../../geo/territories.ts'
import { saveEdit, saveNew } from '../accounts/saved-edit.ts'
import { findCafeByUri } from '../cafes/cafes.ts'
import { OWN_CAFE, toRecoveredNoun } from '../cafes/own-cafes.ts'
import { placeReceivedVenue, type ReceivedCafe } from '../cafes/received-cafes.ts'
import { ensureVenue } from '../cafes/venues.ts'
import type { Database } from '../database/database.ts'
import { findTombstone } from '../directory/deletions.ts'
import { isClaimed } from './claimed-erasures.ts'
import type { IsGone } from './erasure-journal.ts'

/** What a site signed about one of its own cafés before it lost it, and the signed text itself. */
export type RecoveredCafe = Pick<
  ReceivedCafe,
  | 'uri'
  | 'uid'
  | 'series'
  | 'updatedAt'
  | 'publishedAt'
  | 'confirmedAt'
  | 'content'
  | 'venue'
  | 'picture'
  | 'body'
> & {
  /** The picture, where there was a copy of it. */
  image?: CafeImage | undefined
}

/** Whose café it is, and who brings it back. */
type Owner = { organizationId: string; organizer: Organizer; by: Author }

/**
 * Stores it as a café of this site again, under its former id; its place is kept among those of the structure.
 * @param known - The café as the backup has it; what no signed text says is kept.
 */
export async function saveRecoveredCafe(
  trx: Database,
  recovered: RecoveredCafe,
  {
    organizationId,
    organizer,
    by,
    known,
    publication = 'published',
  }: Owner & { known?: Cafe | undefined; publication?: 'published' | 'draft' },
  now: Temporal.Instant,
): Promise<void> {
  const { body, content, venue: read, picture: _, image, ...said } = recovered
  const venue = read && placeReceivedVenue(read)
  const kept = venue && (await ensureVenue(trx, { venue, organizationId, by }, now))
  const value: Cafe = {
    ...(content satisfies Omit<CafeContent, 'timezone' | 'venue'>),
    ...said,
    venue: venue && { ...venue, id: kept?.id },
    timezone: content.timezone ?? timezoneOf(venue?.departement),
    image,
    id: idOf(said.uri),
    url: said.uri,
    ...{ recurrenceId: known?.recurrenceId, reference: known?.reference, peerId: undefined },
    ...{ publication, publishAt: undefined, hiddenReason: undefined },
    ...{ announcedUnder: known?.announcedUnder, organizationId, organizer },
  }
  const noun = toRecoveredNoun(body)
  const { id } = value
  const decide = () => ({ value })
  if (known) await saveEdit(trx, noun, { id, by, seen: undefined, decide }, now)
  else await saveNew(trx, noun, { id, by, value }, now)
}

const idOf = (uri: string): string => uri.slice(uri.lastIndexOf('/') + 1)

/**
 * Takes a café that this site signed after the backup, unless it was deleted since. A café that a directory says was
 * deleted comes back hidden, and waits for the team with the others.
 *
 * @param restoration - When the backup was made and when it was restored, and the journal of erasures.
 * @returns `conflict` where it was changed here too since the restore: then it stays as it is.
 */
export async function takeNewerCafe(
  trx: Database,
  signed: RecoveredCafe,
  {
    since,
    at,
    isGone,
    ...owner
  }: Owner & { since: Temporal.Instant; at: Temporal.Instant; isGone: IsGone | undefined },
  now: Temporal.Instant,
): Promise<'taken' | 'conflict' | 'known'> {
  const id = idOf(signed.uri)
  const isLater = (one: Temporal.Instant, other: Temporal.Instant) =>
    Temporal.Instant.compare(one, other) > 0
  if (!isLater(at, signed.updatedAt) || isGone?.('cafe', id)) return 'known'
  if (await findTombstone(trx, signed.uri)) return 'known'
  const known = await findCafeByUri(trx, signed.uri)
  const isHidden = await isClaimed(trx, id)
  const isCancelled = signed.content.status === 'cancelled'
  if (known) {
    if (!known.organizationId || isHidden) return 'known'
    const isChangedHere = !isLater(at, known.updatedAt)
    const isSame = isCancelled && known.status === 'cancelled'
    if (isChangedHere) return isLater(signed.updatedAt, since) && !isSame ? 'conflict' : 'known'
    if (!isLater(signed.updatedAt, known.updatedAt)) return 'known'
  }
  await saveRecoveredCafe(
    trx,
    { ...signed, image: findSameImage(known, signed) },
    {
      ...owner,
      ...(known?.organizationId && { organizationId: known.organizationId }),
      known,
      publication: isHidden ? 'draft' : 'published',
    },
    now,
  )
  if (!isCancelled && isGone?.('cafe-cancelled', id)) {
    const decide = (cafe: Cafe) => decideCancellation(cafe, undefined)
    await saveEdit(trx, OWN_CAFE, { id, by: OPERATOR, seen: undefined, decide }, now)
  }
  return 'taken'
}

/** Returns the picture that the backup has, where it is the one that the signed text names. */
function findSameImage(known: Cafe | undefined, { picture }: RecoveredCafe): CafeImage | undefined {
  const image = known?.image
  if (!image || !picture) return undefined
  const isSame = image.url === picture.address || picture.address.includes(image.mediaId ?? ' ')
  return isSame ? { ...image, alt: picture.alt } : undefined
}
