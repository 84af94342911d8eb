import type { Selectable } from 'kysely'
import { toInstantText } from './columns.ts'
import type { Database } from './database.ts'
import type { Schema } from './schema.ts'

/** A picture whose files are in the media folder, whether or not a café shows it. It never changes. */
export type Media = {
  /** 32 random hexadecimal digits: what its files' names begin with. */
  id: string
  organizationId: string
  /** Of its widest file, in pixels. */
  width: number
  height: number
  /** Rising. */
  sizes: number[]
}

export async function insertMedia(
  db: Database,
  { id, organizationId, width, height, sizes }: Media,
  now: Temporal.Instant,
): Promise<void> {
  await db
    .insertInto('media')
    .values({
      ...{ id, width, height },
      organization_id: organizationId,
      sizes: JSON.stringify(sizes),
      created_at: toInstantText(now),
    })
    .execute()
}

/** Only the structure that sent a picture may show it. */
export async function findMedia(
  db: Database,
  { id, organizationId }: Pick<Media, 'id' | 'organizationId'>,
): Promise<Media | undefined> {
  const row = await db
    .selectFrom('media')
    .selectAll()
    .where('id', '=', id)
    .where('organization_id', '=', organizationId)
    .executeTakeFirst()
  return row && toMedia(row)
}

/** At once: its person has taken it back. Its files are the caller's to remove. */
export async function deleteMedia(trx: Database, id: string): Promise<void> {
  await trx.deleteFrom('media').where('id', '=', id).execute()
}

/** Forgets the pictures that no café, no structure and no person shows and that were sent before; a form may still hold a younger one. */
export async function deleteUnusedMedia(db: Database, before: Temporal.Instant): Promise<void> {
  await db
    .deleteFrom('media')
    .where('created_at', '<', toInstantText(before))
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom('cafe').select('cafe.id').whereRef('cafe.media_id', '=', 'media.id'))),
    )
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('organization')
            .select('organization.id')
            .whereRef('organization.logo_id', '=', 'media.id'),
        ),
      ),
    )
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('facilitator')
            .select('facilitator.id')
            .whereRef('facilitator.media_id', '=', 'media.id'),
        ),
      ),
    )
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('facilitator_draft')
            .select('facilitator_draft.facilitator_id')
            .whereRef('facilitator_draft.media_id', '=', 'media.id'),
        ),
      ),
    )
    .execute()
}

export async function listMediaIds(db: Database): Promise<Set<string>> {
  const rows = await db.selectFrom('media').select('id').execute()
  return new Set(rows.map(({ id }) => id))
}

const toMedia = (row: Selectable<Schema['media']>): Media => ({
  id: row.id,
  organizationId: row.organization_id,
  width: row.width,
  height: row.height,
  sizes: JSON.parse(row.sizes) as number[],
})
