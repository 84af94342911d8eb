import { type RawBuilder, type Selectable, sql } from 'kysely'
import { toInstantText } from '../database/columns.ts'
import type { Database } from '../database/database.ts'
import type { Schema } from '../schema.ts'

/** A picture whose files are in the media folder, whether or not a café shows it. It never changes. */
export type Media = {
  /** 32 hexadecimal digits, random or made of an address, with which the names of its files begin. */
  id: string
  organizationId: string
  /** The width of its widest file, in pixels. */
  width: number
  height: number
  /** The widths in ascending order. */
  sizes: number[]
}

/** Stores the row of a picture whose files are already on the disk, unless it has one; the sizes are widths in pixels. */
export async function insertMedia(
  db: Database,
  {
    id,
    organizationId,
    width,
    height,
    sizes,
    isOfPerson = false,
  }: Media & {
    /** Whether it shows a person, who may withdraw it at any time. */
    isOfPerson?: boolean
  },
  now: Temporal.Instant,
): Promise<void> {
  await db
    .insertInto('media')
    .values({
      ...{ id, width, height },
      organization_id: organizationId,
      sizes: JSON.stringify(sizes),
      of_person: isOfPerson ? 1 : 0,
      created_at: toInstantText(now),
    })
    .onConflict((oc) => oc.column('id').doNothing())
    .execute()
}

/**
 * Finds a picture. Only the structure that sent it may show it. One of a person may be shown by nobody else, since it
 * is deleted when they withdraw it.
 */
export async function findMedia(
  db: Database,
  { id, organizationId }: Pick<Media, 'id' | 'organizationId'>,
): Promise<Media | undefined> {
  const row = await db
    .selectFrom('media')
    .selectAll()
    .where('id', '=', id)
    .where('organization_id', '=', organizationId)
    .where('of_person', '=', 0)
    .executeTakeFirst()
  return row && toMedia(row)
}

const SHOWN_IN = {
  cafe: 'media_id',
  series: 'media_id',
  organization: 'logo_id',
  facilitator: 'media_id',
  facilitator_draft: 'media_id',
  report: 'picture',
} as const

const TABLES = Object.keys(SHOWN_IN) as (keyof typeof SHOWN_IN)[]

const isShownBy = (table: keyof typeof SHOWN_IN): RawBuilder<boolean> =>
  sql<boolean>`exists (
    select 1 from ${sql.table(table)} as shown where ${sql.ref(`shown.${SHOWN_IN[table]}`)} = media.id)`

const not = (...conditions: RawBuilder<boolean>[]): RawBuilder<boolean> =>
  sql<boolean>`not (${sql.join(conditions, sql` or `)})`

/** The logo of a partner is in the list of its structure: an id is longer and odder than any name. */
const isOfPartner = sql<boolean>`exists (
  select 1 from organization as shown
  where shown.id = media.organization_id and shown.partners like '%' || media.id || '%')`

const isUnused = not(...TABLES.map(isShownBy), isOfPartner)

/** Deletes a picture at once because its person has withdrawn it. The caller removes its files. */
export async function deleteMedia(trx: Database, id: string): Promise<void> {
  await trx.deleteFrom('media').where('id', '=', id).execute()
}

/**
 * Deletes the pictures that no café, structure or person shows and that were sent before this time; a form may still
 * hold a younger one.
 */
export async function deleteUnusedMedia(db: Database, before: Temporal.Instant): Promise<void> {
  await db
    .deleteFrom('media')
    .where('created_at', '<', toInstantText(before))
    .where(isUnused)
    .execute()
}

/** Lists the ids of all pictures, by which a file that belongs to none is recognised. */
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
