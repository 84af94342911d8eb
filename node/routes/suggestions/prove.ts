import type { Context } from '../../context.ts'
import type { CafeContent } from '../../domain/cafes/cafe.ts'
import type { Venue } from '../../domain/cafes/venue.ts'
import { findTerritory, type Territory } from '../../geo/territories.ts'
import { isWithin } from '../../geo/territory-chain.ts'
import { createCafe } from '../../store/cafes/own-cafes.ts'
import { runStep } from '../../store/database/locks.ts'
import { listInOffice } from '../../store/referents/referents.ts'
import { findSuggestion, saveSuggestedCafe } from '../../store/suggestions/suggestions.ts'
import { findPublicStructure } from '../http/site.ts'
import { organizerOf } from '../workspaces/organizer.ts'

const NARROWEST_FIRST: readonly Territory['kind'][] = ['commune', 'epci', 'departement', 'region']

/**
 * Makes the draft of a suggestion whose address is proven, once however often its button is pressed. It is announced under
 * the narrowest territory that has a referent, who examines it as the team does.
 */
export async function createSuggestedCafe(
  { db, config, now }: Context,
  { id, content }: { id: string; content: CafeContent },
): Promise<void> {
  const organization = await findPublicStructure(db)
  if (!organization) return
  const announcedUnder = await findTerritoryToExamine({ db, now }, content.venue)
  await runStep(db, async (trx) => {
    const current = await findSuggestion(trx, id)
    if (!current || current.cafeId !== undefined || current.endedAt) return
    const cafe = await createCafe(
      trx,
      {
        ...{ content, announcedUnder, publication: 'draft' },
        by: { kind: 'link', name: content.announcedFor ?? '' },
        organizationId: organization.id,
        organizer: organizerOf(config, organization),
        origin: config.origin,
      },
      now(),
    )
    await saveSuggestedCafe(trx, { id, cafeId: cafe.id, title: cafe.title })
  })
}

/** Finds the code of the narrowest territory around a place whose referent is in office; undefined where there is none. */
async function findTerritoryToExamine(
  { db, now }: Pick<Context, 'db' | 'now'>,
  venue: Venue | undefined,
): Promise<string | undefined> {
  if (!venue) return undefined
  const around = (await listInOffice(db, now())).flatMap(({ territory }) => {
    const found = findTerritory(territory)
    return found && isWithin(found, venue) ? [found] : []
  })
  const rankOf = ({ kind }: Territory) => NARROWEST_FIRST.indexOf(kind)
  return around.sort((one, other) => rankOf(one) - rankOf(other))[0]?.code
}
