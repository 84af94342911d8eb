import { OPERATOR } from '../../domain/cafes/edit.ts'
import type { StructureProfile } from '../../domain/structures/structure-profile.ts'
import { type EditedNoun, saveEdit } from '../accounts/saved-edit.ts'
import { instantOrUndefined, toInstantText } from '../database/columns.ts'
import type { Database } from '../database/database.ts'
import { appendChange } from '../queues/changes.ts'
import { PROFILE } from '../schema/structures.ts'
import { reindexCafesOf } from '../search-index/write-cafes.ts'
import { findHosted } from './hosted.ts'
import { renameOrganization } from './organizations.ts'
import { findSiteStructure } from './site-structure.ts'

/** Finds the profile of the structure whose name this site bears; undefined before there is one. */
export async function findSiteProfile(db: Database): Promise<StructureProfile | undefined> {
  const own = await findSiteStructure(db)
  return own && findStructureProfile(db, own.id)
}

/** Finds when that profile was last changed; undefined before anybody did. */
export async function findSiteProfileTime(db: Database): Promise<Temporal.Instant | undefined> {
  const own = await findSiteStructure(db)
  const row = await db
    .selectFrom('organization')
    .select('updated_at')
    .where('id', '=', own?.id ?? '')
    .executeTakeFirst()
  return instantOrUndefined(row?.updated_at ?? null)
}

/** Finds how a structure of ours describes itself, with its logo; undefined where there is no such structure. */
export async function findStructureProfile(
  db: Database,
  id: string,
): Promise<StructureProfile | undefined> {
  const row = await selectProfiles(db).where('organization.id', '=', id).executeTakeFirst()
  return row && PROFILE.fromRow(row)
}

const selectProfiles = (db: Database) =>
  db
    .selectFrom('organization')
    .leftJoin('media', 'media.id', 'organization.logo_id')
    .selectAll('organization')
    .select(['media.width as logo_width', 'media.height as logo_height'])
    .select('media.sizes as logo_sizes')

/** The profiles of our structures, which people edit by `saveEdit`; cafés get the new name. */
export const OWN_PROFILE: EditedNoun<StructureProfile> = {
  type: 'structure',
  find: findStructureProfile,
  versionOf: (profile) => JSON.stringify(profile),
  save: async (trx, { id, before, after }, now) => {
    const columns = { ...toColumns(after), updated_at: toInstantText(now) }
    await trx.updateTable('organization').set(columns).where('id', '=', id).execute()
    if (before?.name !== after.name) await renameOrganization(trx, id, after.name)
    if (before?.kind !== after.kind) await reindexCafesOf(trx, 'organization_id', id)
    const slug = (await findHosted(trx, { id }))?.slug
    await appendChange(trx, { type: 'profile-updated', slug }, now)
    return after
  },
}

/** Saves the profile as a command of the operator says it. */
export async function saveStructureProfile(
  db: Database,
  { id, profile }: { id: string; profile: StructureProfile },
  now: Temporal.Instant,
): Promise<void> {
  const decide = () => ({ value: profile })
  await saveEdit(db, OWN_PROFILE, { id, by: OPERATOR, seen: undefined, decide }, now)
}

/** Returns the columns of a profile in its own table. */
function toColumns(profile: StructureProfile) {
  const { logo_width, logo_height, logo_sizes, ...columns } = PROFILE.toRow(profile)
  return columns
}
