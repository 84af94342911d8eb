import type { Cafe, CafeContent, Organizer } from '../../domain/cafes/cafe.ts'
import { OPERATOR } from '../../domain/cafes/edit.ts'
import type { CafeImage } from '../../domain/values/image.ts'
import { timezoneOf } from '../../geo/territories.ts'
import { saveCafeDocument } from '../cafes/cafe-documents.ts'
import { saveCafe } from '../cafes/cafes.ts'
import { placeReceivedVenue, type ReceivedCafe } from '../cafes/received-cafes.ts'
import { ensureVenue } from '../cafes/venues.ts'
import type { Database } from '../database/database.ts'

/** What a site signed about one of its own cafés before it lost everything, and the signed text itself. */
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

/** Stores it as a café of this site again, under its former id; its place is kept among those of the structure. */
export async function saveRecoveredCafe(
  trx: Database,
  recovered: RecoveredCafe,
  { organizationId, organizer }: { organizationId: string; organizer: Organizer },
  now: Temporal.Instant,
): Promise<void> {
  const { body, content, venue: read, picture: _, image, ...said } = recovered
  const venue = read && placeReceivedVenue(read)
  const kept = venue && (await ensureVenue(trx, { venue, organizationId, by: OPERATOR }, now))
  const cafe: Cafe = {
    ...(content satisfies Omit<CafeContent, 'timezone' | 'venue'>),
    ...said,
    venue: venue && { ...venue, id: kept?.id },
    timezone: content.timezone ?? timezoneOf(venue?.departement),
    image,
    id: said.uri.slice(said.uri.lastIndexOf('/') + 1),
    url: said.uri,
    ...{ recurrenceId: undefined, reference: undefined, peerId: undefined },
    ...{ publication: 'published', publishAt: undefined, hiddenReason: undefined },
    ...{ announcedUnder: undefined, organizationId, organizer },
  }
  await saveCafe(trx, cafe)
  await saveCafeDocument(trx, { uri: said.uri, body })
}
