import { hasKnownEmail } from '../accounts/accounts.ts'
import { listColleagues } from '../accounts/team.ts'
import type { Database } from '../database/database.ts'
import { findSiteProfile } from './profiles.ts'
import { findSiteStructure } from './site-structure.ts'

/** Lists the addresses to which mail to the team goes: the structure's own, otherwise those of its administrators. */
export async function listTeamEmails(db: Database): Promise<string[]> {
  const profile = await findSiteProfile(db)
  return profile?.email ? [profile.email] : listAdministratorEmails(db)
}

/** Lists the known addresses of the administrators of a structure, by default of the one whose name this site bears. */
export async function listAdministratorEmails(
  db: Database,
  organizationId?: string,
): Promise<string[]> {
  const id = organizationId ?? (await findSiteStructure(db))?.id
  const colleagues = id ? await listColleagues(db, id) : []
  return colleagues
    .filter((colleague) => colleague.role === 'administrator' && hasKnownEmail(colleague))
    .map(({ email }) => email)
}
