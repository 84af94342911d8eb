import { type RawBuilder, sql } from 'kysely'
import type { Cafe } from '../domain/cafe.ts'
import { toCafe } from './cafes.ts'
import type { Database } from './database.ts'

/** What the members of a network announce. */

/** Of `cafe`: its organizer is a member of the network called so here. */
export const isOfNetwork = (slug: string): RawBuilder<boolean> => sql<boolean>`exists (
  select 1 from network_member as member join network on network.uri = member.network_uri
  where member.structure_uri = cafe.organizer_uri and member.active = 1
    and network.slug = ${slug} and network.ended_at is null)`

/** Slugs of the networks that a structure belongs to. */
export async function listNetworkSlugs(db: Database, structureUri: string): Promise<string[]> {
  const rows = await db
    .selectFrom('network_member')
    .innerJoin('network', 'network.uri', 'network_member.network_uri')
    .select('network.slug')
    .where('network_member.structure_uri', '=', structureUri)
    .where('network_member.active', '=', 1)
    .where('network.ended_at', 'is', null)
    .orderBy('network.slug')
    .execute()
  return rows.map(({ slug }) => slug)
}

const PORTION = 200

/**
 * Some of a structure's cafés, by their ids, found from now on by its networks of now; `next` is where to go on,
 * undefined at the end.
 */
export async function reindexSomeCafes(
  trx: Database,
  { structureUri, after }: { structureUri: string; after: string },
): Promise<{ cafes: Cafe[]; next: string | undefined }> {
  const rows = await trx
    .selectFrom('cafe')
    .selectAll()
    .where('organizer_uri', '=', structureUri)
    .where('id', '>', after)
    .orderBy('id')
    .limit(PORTION)
    .execute()
  const ids = rows.map(({ id }) => id)
  if (ids.length > 0)
    await trx
      .updateTable('cafe')
      // The trigger on this column does the rest.
      .set((eb) => ({ search_facets: eb.ref('search_facets') }))
      .where('id', 'in', ids)
      .execute()
  return { cafes: rows.map(toCafe), next: rows.length === PORTION ? ids.at(-1) : undefined }
}
