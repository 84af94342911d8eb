import { isDeepStrictEqual } from 'node:util'
import type { Selectable } from 'kysely'
import { isKind } from '../domain/kinds.ts'
import type { Profile } from '../domain/profile.ts'
import { appendChange } from './changes.ts'
import { fromListText, orNull, orUndefined, toListText } from './columns.ts'
import { type Database, inTransaction } from './database.ts'
import { renameOrganization } from './organizations.ts'
import type { Schema } from './schema.ts'

/** The profile of the structure that this server publishes for, its oldest; undefined before there is one. */
export async function findFirstProfile(db: Database): Promise<Profile | undefined> {
  const row = await db
    .selectFrom('organization')
    .selectAll()
    .orderBy('created_at')
    .executeTakeFirst()
  return row && toProfile(row)
}

export async function findProfile(db: Database, id: string): Promise<Profile | undefined> {
  const row = await db
    .selectFrom('organization')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst()
  return row && toProfile(row)
}

/** Stores the profile; the network hears of it, and cafés carry the new name, when there is something new. */
export async function saveProfile(
  db: Database,
  { id, profile }: { id: string; profile: Profile },
  now: Temporal.Instant,
): Promise<void> {
  await inTransaction(db, async (trx) => {
    const before = await findProfile(trx, id)
    if (isDeepStrictEqual(before, profile)) return
    const { address } = profile
    await trx
      .updateTable('organization')
      .set({
        kind: orNull(profile.kind),
        siret: orNull(profile.siret),
        rna: orNull(profile.rna),
        street_address: orNull(address?.streetAddress),
        postal_code: orNull(address?.postalCode),
        commune: orNull(address?.commune),
        code_insee: orNull(address?.codeInsee),
        departement: orNull(address?.departement),
        region: orNull(address?.region),
        phone: orNull(profile.phone),
        email: orNull(profile.email),
        website: orNull(profile.website),
        presentation_markdown: orNull(profile.presentationMarkdown),
        presentation_html: profile.presentationHtml,
        links: toListText(profile.links),
      })
      .where('id', '=', id)
      .execute()
    if (before?.name !== profile.name) await renameOrganization(trx, id, profile.name)
    await appendChange(trx, { type: 'profile-updated' }, now)
  })
}

const toProfile = (row: Selectable<Schema['organization']>): Profile => ({
  name: row.name,
  kind: row.kind !== null && isKind(row.kind) ? row.kind : undefined,
  siret: orUndefined(row.siret),
  rna: orUndefined(row.rna),
  phone: orUndefined(row.phone),
  email: orUndefined(row.email),
  website: orUndefined(row.website),
  presentationMarkdown: orUndefined(row.presentation_markdown),
  address:
    row.commune === null
      ? undefined
      : {
          streetAddress: orUndefined(row.street_address),
          postalCode: orUndefined(row.postal_code),
          commune: row.commune,
          codeInsee: orUndefined(row.code_insee),
          departement: orUndefined(row.departement),
          region: orUndefined(row.region),
        },
  presentationHtml: row.presentation_html,
  links: fromListText(row.links),
})
