import type { Selectable } from 'kysely'
import { OPERATOR } from '../../domain/cafes/edit.ts'
import type { StructureProfile } from '../../domain/structures/structure-profile.ts'
import type { Logo } from '../../domain/values/logo.ts'
import { isKind } from '../../domain/values/structure-kinds.ts'
import { type EditedNoun, saveEdit } from '../accounts/saved-edit.ts'
import {
  fromListText,
  orNull,
  orUndefined,
  toAddress,
  toAddressColumns,
  toListText,
} from '../database/columns.ts'
import type { Database } from '../database/database.ts'
import { appendChange } from '../queues/changes.ts'
import type { Schema } from '../schema.ts'
import { reindexCafesOf } from '../search-index/reindex-cafes.ts'
import { renameOrganization } from './organizations.ts'

/** Finds the profile of the structure for which this server publishes, its oldest; undefined before there is one. */
export async function findFirstStructureProfile(
  db: Database,
): Promise<StructureProfile | undefined> {
  const row = await selectProfiles(db).orderBy('organization.created_at').executeTakeFirst()
  return row && toFacilitatorProfile(row)
}

/** Finds how a structure of ours describes itself, with its logo; undefined where there is no such structure. */
export async function findStructureProfile(
  db: Database,
  id: string,
): Promise<StructureProfile | undefined> {
  const row = await selectProfiles(db).where('organization.id', '=', id).executeTakeFirst()
  return row && toFacilitatorProfile(row)
}

/** Finds the logo of the structure for which this server publishes. */
export async function findFirstLogo(db: Database): Promise<Logo | undefined> {
  const row = await selectProfiles(db).orderBy('organization.created_at').executeTakeFirst()
  return row && toLogo(row)
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
    await trx.updateTable('organization').set(toColumns(after)).where('id', '=', id).execute()
    if (before?.name !== after.name) await renameOrganization(trx, id, after.name)
    if (before?.kind !== after.kind) await reindexCafesOf(trx, 'organization_id', id)
    await appendChange(trx, { type: 'profile-updated' }, now)
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
  await saveEdit(db, OWN_PROFILE, { id, by: OPERATOR, decide }, now)
}

const toColumns = (profile: StructureProfile) => ({
  kind: orNull(profile.kind),
  siret: orNull(profile.siret),
  rna: orNull(profile.rna),
  ...toAddressColumns(profile.address),
  phone: orNull(profile.phone),
  email: orNull(profile.email),
  website: orNull(profile.website),
  presentation_markdown: orNull(profile.presentationMarkdown),
  presentation_html: profile.presentationHtml,
  links: toListText(profile.links),
  logo_id: orNull(profile.logo?.mediaId),
})

type LogoColumns = {
  logo_id: string | null
  logo_width: number | null
  logo_height: number | null
  logo_sizes: string | null
}

const toLogo = (row: LogoColumns): Logo | undefined =>
  row.logo_id === null || row.logo_width === null || row.logo_height === null
    ? undefined
    : {
        mediaId: row.logo_id,
        width: row.logo_width,
        height: row.logo_height,
        sizes: JSON.parse(row.logo_sizes ?? '[]') as number[],
      }

const toFacilitatorProfile = (
  row: Selectable<Schema['organization']> & LogoColumns,
): StructureProfile => ({
  name: row.name,
  kind: row.kind !== null && isKind(row.kind) ? row.kind : undefined,
  siret: orUndefined(row.siret),
  rna: orUndefined(row.rna),
  phone: orUndefined(row.phone),
  email: orUndefined(row.email),
  website: orUndefined(row.website),
  presentationMarkdown: orUndefined(row.presentation_markdown),
  address: toAddress(row),
  presentationHtml: row.presentation_html,
  links: fromListText(row.links),
  logo: toLogo(row),
})
