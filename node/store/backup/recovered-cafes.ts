import type { Cafe, CafeContent, Organizer } from '../../domain/cafes/cafe.ts'
import { type Author, decideCancellation, OPERATOR } from '../../domain/cafes/edit.ts'
import { judgeVersion, type RestoreTimes } from '../../domain/cafes/other-version.ts'
import type { DateOfSeries } from '../../domain/series/date-of-series.ts'
import type { CafeImage } from '../../domain/values/image.ts'
import { timezoneOf } from '../../geo/territories.ts'
import { saveEdit, saveNew } from '../accounts/saved-edit.ts'
import { findCafeByUri } from '../cafes/cafes.ts'
import { OWN_CAFE, toRecoveredNoun } from '../cafes/own-cafes.ts'
import { placeReceivedVenue, type ReceivedCafe } from '../cafes/received-cafes.ts'
import type { Database } from '../database/database.ts'
import { findTombstone } from '../directory/deletions.ts'
import { isClaimed } from './claimed-erasures.ts'
import type { IsGone } from './erasure-journal.ts'
import { deleteEarlierVersions, saveOtherVersion } from './other-versions.ts'
import { placeOwnCafe } from './own-place.ts'
import { saveRecoveredSeries } from './recovered-series.ts'
import { findRecurrenceId, saveRecoveredImport } from './recovered-source.ts'

/** What a site signed about one of its own cafés before it lost it, and the signed text itself. */
export type RecoveredCafe = Pick<
  ReceivedCafe,
  | 'uri'
  | 'uid'
  | 'ofSeries'
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
 * Returns it as a café of this site again, under its former id.
 * @param known - The café as the backup has it; what no signed text says is kept.
 */
function toOwnCafe(
  { body: _, content, venue, picture: __, image, ofSeries, ...said }: RecoveredCafe,
  {
    organizationId,
    organizer,
    known,
  }: Pick<Owner, 'organizationId' | 'organizer'> & { known?: Cafe | undefined },
): Cafe {
  const placed = venue && placeReceivedVenue(venue)
  // What was typed is kept where it reads the same.
  const typed = known?.descriptionHtml === content.descriptionHtml ? known : content
  const id = idOf(said.uri)
  const timezone = content.timezone ?? timezoneOf(placed?.departement)
  const recurrenceId = known
    ? known.recurrenceId
    : findRecurrenceId({ id, uid: said.uid, timezone }, ofSeries?.date)
  return {
    ...(content satisfies Omit<CafeContent, 'timezone' | 'venue'>),
    ...said,
    descriptionMarkdown: typed.descriptionMarkdown,
    venue: placed,
    timezone,
    image,
    id,
    url: said.uri,
    series: ofSeries?.uri,
    ...{ recurrenceId, reference: known?.reference, peerId: undefined },
    ...{ publication: 'published', publishAt: undefined, hiddenReason: undefined },
    ...{ announcedUnder: known?.announcedUnder, organizationId, organizer },
  }
}

/** Stores a café that was lost; its place is kept among those of the structure. */
export const saveRecoveredCafe = (
  trx: Database,
  recovered: RecoveredCafe,
  owner: Owner,
  now: Temporal.Instant,
): Promise<void> => {
  const { body, ofSeries } = recovered
  return saveSigned(trx, { cafe: toOwnCafe(recovered, owner), ofSeries, body, by: owner.by }, now)
}

async function saveSigned(
  trx: Database,
  { cafe, ofSeries, body, by }: SignedCafe,
  now: Temporal.Instant,
): Promise<void> {
  const value = await placeOwnCafe(trx, { cafe, by }, now)
  const noun = toRecoveredNoun(body)
  const { id } = value
  const edit = { id, by, seen: undefined, decide: () => ({ value }) }
  const { outcome } = await saveEdit(trx, noun, edit, now)
  const isNew = outcome === 'gone'
  if (isNew) await saveNew(trx, noun, { id, by, value }, now)
  const dated = await saveRecoveredSeries(trx, { cafe: value, ofSeries, by }, now)
  if (isNew) await saveRecoveredImport(trx, value, dated)
}

type SignedCafe = { cafe: Cafe; ofSeries: DateOfSeries | undefined; body: string; by: Author }

const idOf = (uri: string): string => uri.slice(uri.lastIndexOf('/') + 1)

/** What is known of a text that a directory gives. */
export type GivenText = {
  /** The host of the directory. */
  directory: string
  cafe: RecoveredCafe
  /** Whether one of the keys of this site has signed it. */
  isSigned: boolean
}

/**
 * Takes a café that this site signed after the backup, unless it was deleted since. A café that a directory says was
 * deleted comes back hidden, and waits for the team with the others; where only the team can decide, both versions wait.
 *
 * @param isGone - The journal of erasures.
 * @returns `refused` where too many versions wait that no key of this site has signed.
 */
export async function takeNewerCafe(
  trx: Database,
  { directory, cafe: text, isSigned }: GivenText,
  { times, isGone, ...owner }: Owner & { times: RestoreTimes; isGone: IsGone | undefined },
  now: Temporal.Instant,
): Promise<'taken' | 'waits' | 'known' | 'refused'> {
  const id = idOf(text.uri)
  if (isGone?.('cafe', id) || (await findTombstone(trx, text.uri))) return 'known'
  const known = await findCafeByUri(trx, text.uri)
  const isHidden = await isClaimed(trx, id)
  if (known && (!known.organizationId || isHidden)) return 'known'
  const organizationId = known?.organizationId ?? owner.organizationId
  const signed = { ...text, image: findSameImage(known, text) }
  const theirs = toOwnCafe(signed, { ...owner, organizationId, known })
  const verdict = judgeVersion({ theirs, known, isSigned }, times)
  if (verdict === 'known') return 'known'
  if (verdict !== 'take') {
    const version = { cafeId: id, directory, reason: verdict, cafe: theirs }
    return (await saveOtherVersion(trx, version)) ? 'waits' : 'refused'
  }
  const cafe = { ...theirs, publication: isHidden ? ('draft' as const) : ('published' as const) }
  const { body, ofSeries } = text
  await saveSigned(trx, { cafe, ofSeries, body, by: owner.by }, now)
  await deleteEarlierVersions(trx, theirs)
  if (theirs.status !== 'cancelled' && isGone?.('cafe-cancelled', id)) {
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
