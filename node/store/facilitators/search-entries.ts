import type { Insertable } from 'kysely'
import {
  type Facilitator,
  isShownTo,
  selectShownFields,
} from '../../domain/facilitators/facilitator.ts'
import { instantOrNull, orNull, toListText } from '../database/columns.ts'
import type { Database } from '../database/database.ts'
import type { Schema } from '../schema.ts'
import { foldWords } from '../search-index/fold-words.ts'

/**
 * The entries by which everybody, and the structures of the network, find a profile. `facilitator-search.ts` reads
 * them.
 */

const AUDIENCES = ['public', 'network'] as const
type Audience = (typeof AUDIENCES)[number]

/** Saves the entries, in the transaction that saves the profile. */
export async function saveFacilitatorEntries(
  trx: Database,
  facilitator: Facilitator,
): Promise<void> {
  await trx.deleteFrom('facilitator_entry').where('facilitator_id', '=', facilitator.id).execute()
  const entries = AUDIENCES.flatMap((audience) => entryFor(facilitator, audience) ?? [])
  if (entries.length > 0) await trx.insertInto('facilitator_entry').values(entries).execute()
}

/** Makes an entry. Whether its consent has expired is checked at each search; everything else is known now. */
function entryFor(
  facilitator: Facilitator,
  audience: Audience,
): Insertable<Schema['facilitator_entry']> | undefined {
  const unending = { ...facilitator, expiresAt: undefined }
  if (!isShownTo(unending, audience, facilitator.updatedAt)) return undefined
  const seen = selectShownFields(facilitator, audience)
  return {
    facilitator_id: seen.id,
    audience,
    name: foldWords(seen.name).trim(),
    peer_id: orNull(seen.peerId),
    organization_id: orNull(seen.organizationId),
    title: seen.word,
    territory: seen.territory || null,
    departement: orNull(seen.departement),
    region: orNull(seen.region),
    latitude: orNull(seen.latitude),
    longitude: orNull(seen.longitude),
    radius_km: orNull(seen.radiusKm),
    training: orNull(seen.training),
    languages: toListText(seen.languages),
    formats: foldEach(seen.formats),
    themes: foldEach(seen.themes),
    words: wordsOf(seen),
    expires_at: instantOrNull(seen.expiresAt),
  }
}

/** Folds names, and separates them so that a word of one is never the neighbour of a word of the next. */
const foldEach = (names: readonly string[]): string => names.map(foldWords).join('|')

/**
 * Returns all folded words that a search may find; of a profile as an audience sees it, those by which that audience
 * may find it.
 *
 * @internal
 */
export const wordsOf = (
  facilitator: Pick<Facilitator, 'name' | 'presentation' | 'formats' | 'themes' | 'availability'>,
): string =>
  foldWords(
    [
      facilitator.name,
      facilitator.presentation ?? '',
      facilitator.availability ?? '',
      ...facilitator.formats,
      ...facilitator.themes,
    ].join(' '),
  )
