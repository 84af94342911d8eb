import { sql } from 'kysely'
import { facetOf, token } from './tokens.ts'

/**
 * The condition that a café is of a server whose word counts now and that had not been silent for too long when it was
 * upcoming; ours always pass.
 */
export const isShown = sql<boolean>`(entry.source is null or exists (
  select 1 from search_source as source where source.number = entry.source and source.shown = 1
    and (source.hidden_since is null or entry.ends_at <= unixepoch(source.hidden_since))))`

/**
 * The condition that a café is not cancelled. The token is written as in the indexes, which a bound value would not
 * match.
 */
export const isHeld = sql<boolean>`instr(entry.facets, ${sql.lit(` ${facetOf(token.cancelled)} `)}) = 0`
