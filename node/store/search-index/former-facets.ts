import { sql } from 'kysely'
import type { Database } from '../database/database.ts'
import { prepare } from '../database/prepared.ts'

/**
 * The facets by which a café was found before and is not now (`former_facets`): who keeps a copy of a search must
 * delete what has left it. They are separated and enclosed by spaces, as in the index.
 */

/** A café with more former facets than this many characters may have been found by any search. */
const FORMER_MAX = 1000

/** Stands for every facet. */
export const ANY_FACET = '*'

export const DAY_SECONDS = 86_400

/** Returns the facet of the days on which a café takes place, from the seconds at which its own clock shows its times. */
export const facetOfDays = ({ starts, ends }: { starts: number; ends: number }): string =>
  `t${Math.floor(starts / DAY_SECONDS)}_${Math.ceil(ends / DAY_SECONDS) - 1}`

/** Days since 1970. */
export type Days = { first: number; last: number }

/** Returns the days of each time at which a café takes or took place by its facets. */
export const listDays = (facets: string): Days[] =>
  [...facets.matchAll(/ t(-?\d+)_(-?\d+)(?= )/g)].map(([, first, last]) => ({
    first: Number(first),
    last: Number(last),
  }))

/** All facets by which a row of `cafe` is or was found. */
export const facetsOfCafe = sql<string>`coalesce(
  (select facets from search_entry where cafe_id = cafe.id), '') || coalesce(
  (select facets from former_facets where cafe_id = cafe.id), '')`

/** In a conflict of `former_facets`: the facets of both rows. */
export const joinedFacets = sql<string>`case
  when length(former_facets.facets || excluded.facets) > ${sql.lit(FORMER_MAX)} then ${sql.lit(` ${ANY_FACET} `)}
  else former_facets.facets || excluded.facets end`

type Indexed = { id: string; facets: string | null; former: string | null }

/** Notes the facets that a café loses by what is made of it now; undefined for one that is found no longer. */
export async function saveFormerFacets(
  db: Database,
  { id, facets, former }: Indexed,
  current: string | undefined,
): Promise<void> {
  const known = new Set((former ?? '').split(' ').filter(Boolean))
  const kept = new Set(current?.split(' '))
  const lost = (facets ?? '').split(' ').filter((facet) => facet !== '' && !kept.has(facet))
  const added = lost.filter((facet) => !known.has(facet))
  if (added.length === 0 || known.has(ANY_FACET)) return
  const text = ` ${[...known, ...added].join(' ')} `
  await save(db, { id, text: text.length > FORMER_MAX ? ` ${ANY_FACET} ` : text })
}

const save = prepare((db, { id, text }: { id: string; text: string }) =>
  db
    .insertInto('former_facets')
    .values({ cafe_id: id, facets: text })
    .onConflict((oc) => oc.column('cafe_id').doUpdateSet({ facets: text })),
)
