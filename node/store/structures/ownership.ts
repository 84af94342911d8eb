import { sql } from 'kysely'
import type { Database } from '../database/database.ts'

/** What belongs to a structure and is named in an address: the table of its rows, and the column that names one. */
const OWNED = {
  cafe: ['cafe', 'id'],
  venue: ['venue', 'id'],
  series: ['series', 'id'],
  calendar: ['followed_calendar', 'id'],
  person: ['facilitator', 'id'],
  token: ['api_token', 'id'],
  webhook: ['webhook', 'id'],
  network: ['network', 'slug'],
  resource: ['resource', 'id'],
  colleague: ['role', 'account_id'],
  invitation: ['team_invitation', 'id'],
  mandate: ['referent', 'id'],
} as const

/** Returns whether a text is an id of ours and not a slug, which is never so long without a word. */
const isUuid = (text: string): boolean => /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/.test(text)

/** A thing of a structure by the word of its need: `own:cafe`. */
export type Owned = keyof typeof OWNED

/**
 * Returns whether something belongs to another structure of this server, or did when it was deleted. False for what does
 * not exist and what is no structure's here, as a café of another server: the look-up of that decides.
 *
 * @param id - What the address names: an id, of a café or a series also its whole address, of a network its slug, of a resource either.
 */
export async function belongsToOther(
  db: Database,
  { what, id, organizationId }: { what: Owned; id: string; organizationId: string },
): Promise<boolean> {
  const [table, column] = OWNED[what]
  const isSlug = what === 'resource' && !isUuid(id)
  const key = isSlug
    ? 'slug'
    : (what === 'cafe' || what === 'series') && id.includes('/')
      ? 'uri'
      : column
  const { rows } = await sql<{ owner: string }>`
    select organization_id as owner from ${sql.table(table)}
    where ${sql.ref(key)} = ${id} and organization_id is not null
    union all
    select organization_id as owner from act
    where subject = ${`${what} ${id}`} and organization_id is not null`.execute(db)
  return rows.length > 0 && rows.every(({ owner }) => owner !== organizationId)
}
