import type { Suspension } from '../../domain/structures/hosted.ts'
import type { AccountRole } from '../accounts/accounts.ts'
import { oncePerVersion } from '../database/content-version.ts'
import type { Database, OpenDatabase } from '../database/database.ts'
import { countHosted, findHosted, listHosted } from './hosted.ts'
import { findOrganization, ORGANIZATION_COLUMNS, type Organization } from './organizations.ts'
import { findSiteStructure } from './site-structure.ts'

/** What an account may do, and for which structure: everything that it reads or changes is of that structure. */
export type Workspace = {
  organization: Organization
  role: AccountRole
  /** Whether it is the structure whose name this site bears, whose team looks after the site and those that it hosts. */
  isSite: boolean
  suspension: Suspension | undefined
  /** The structures between which the person may choose; undefined where there is nothing to choose. */
  choices: Choices | undefined
}

type Choices = {
  listed: readonly Pick<Organization, 'id' | 'name'>[]
  /** The number of those that are not listed. */
  others: number
  /** Whether the person may work for all structures, and has a list of them. */
  areAll: boolean
}

/** The most structures that are listed for the team of the site; the others are found in the list of all. */
const MOST_LISTED = 5
/** The most that are listed for somebody else, who has no list of all. */
const MOST_OWN = 50

/** What is the same for everybody, and needs no look at each request: the hosted structures, the first of them by name. */
const findHosting = oncePerVersion(async (db) => ({
  site: await findSiteStructure(db),
  total: (await countHosted(db)).all,
  first: await listHosted(db, MOST_LISTED),
}))

/**
 * Finds for which structure an account works: the one that was chosen, if it has a role there or administers the site,
 * otherwise the first one. Undefined for an account without a role.
 */
export async function findWorkspace(
  db: OpenDatabase,
  { accountId, chosen }: { accountId: string; chosen: string | undefined },
): Promise<Workspace | undefined> {
  const roles = await listRoles(db, accountId)
  const [first] = roles
  if (!first) return undefined
  const { site, total, first: hosted } = await findHosting(db)
  const isSiteAdministrator = first.id === site?.id && first.role === 'administrator'
  const own = roles.find(({ id }) => id === chosen)
  const other =
    !own && chosen !== undefined && isSiteAdministrator
      ? await findOrganization(db, chosen)
      : undefined
  const { role, ...organization } = own ?? (other && { ...other, role: first.role }) ?? first
  const isSite = organization.id === site?.id
  const suspension = isSite ? undefined : (await findHosted(db, organization))?.suspension
  const all = isSiteAdministrator ? [first, ...hosted] : roles.slice(0, MOST_OWN)
  const listed = all.map(({ id, name }) => ({ id, name }))
  const others = (isSiteAdministrator ? total + 1 : roles.length) - listed.length
  const choices = listed.length > 1 ? { listed, others, areAll: isSiteAdministrator } : undefined
  return { organization, role, isSite, suspension, choices }
}

/** Lists the structures for which an account has a role, that of the site first, then by age. */
export const listRoles = (
  db: Database,
  accountId: string,
): Promise<(Organization & { role: AccountRole })[]> =>
  db
    .selectFrom('role')
    .innerJoin('organization', 'organization.id', 'role.organization_id')
    .select(ORGANIZATION_COLUMNS.map((column) => `organization.${column}` as const))
    .select('role.role')
    .where('role.account_id', '=', accountId)
    .orderBy('organization.created_at')
    .orderBy('organization.id')
    .execute()

/** Returns whether a structure of ours is the one whose name this site bears, and no hosted one. */
export const isSiteStructure = async (db: OpenDatabase, id: string): Promise<boolean> =>
  (await findHosting(db)).site?.id === id
