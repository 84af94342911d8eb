import { paths } from '../../../ui/paths.ts'
import type { Context } from '../../context.ts'
import type { Referent } from '../../domain/referents/referent.ts'
import { findTerritoryOfDeleted } from '../../store/accounts/acts.ts'
import { findCafe } from '../../store/cafes/cafes.ts'
import { listMandates } from '../../store/referents/referents.ts'
import { findOrganization, type Organization } from '../../store/structures/organizations.ts'

/** The pages of one café, none of which shows anything else of the structure. */
const CAFE_PAGE =
  /^\/administration\/cafes\/([0-9a-f-]{36})(?:\/(?:situation|annuler|supprimer|confirmer|historique|lieu|bilan|bilan\/effacer))?$/

const NEW_CAFE = /^\/administration\/cafes\/nouveau\/([a-z0-9-]+)$/i

/**
 * Finds a referent at the pages of a café that was announced for a structure, under a current mandate of theirs or by
 * somebody else under the same territory, also once it was deleted, or at the form of a new one. Undefined for any
 * other page, and for a café of a site or of the team.
 */
export async function findReferentAt(
  { db, now }: Pick<Context, 'db' | 'now'>,
  path: string,
  accountId: string,
): Promise<{ mandate: Referent; organization: Organization } | undefined> {
  const [, code] = NEW_CAFE.exec(path) ?? []
  const [, id] = CAFE_PAGE.exec(path) ?? []
  const cafe = id === undefined ? undefined : await findCafe(db, id)
  const isGone = id !== undefined && cafe === undefined
  const deletedUnder = isGone ? await findTerritoryOfDeleted(db, id) : undefined
  const under = code ?? cafe?.announcedUnder ?? deletedUnder
  if (under === undefined) return undefined
  const mandates = await listMandates(db, accountId, now())
  const mandate = mandates.find(({ territory }) => territory === under)
  const organization =
    mandate?.organizationId && (await findOrganization(db, mandate.organizationId))
  if (!mandate || !organization) return undefined
  const isOthers = cafe !== undefined && cafe.organizationId !== organization.id
  return isOthers ? undefined : { mandate, organization }
}

/** Returns whether a person of the team opens this page as the referent that they also are. */
export const isOfMandate = (path: string): boolean => NEW_CAFE.test(path)

/** A person of the team, or a referent under a mandate. */
type MaybeReferent = { mandate?: Referent | undefined }

/** Returns the page to which one returns once something is done: the team's home, or the territory's. */
export const homeOf = ({ mandate }: MaybeReferent): string =>
  mandate ? paths.referentDashboardOf(mandate.territory) : paths.admin

/**
 * Returns the page on which one sees what became of a café once it is saved: the café's own page of the
 * administration, which only its team may open, or the territory's.
 */
export const cafeHomeOf = (admin: MaybeReferent, cafeId: string): string =>
  admin.mandate ? homeOf(admin) : paths.cafeOnline(cafeId)
