import { sql } from 'kysely'

/**
 * The condition that a café is of a server whose word counts now and that had not been silent for too long when it was
 * upcoming; ours always pass.
 */
export const isShown = sql<boolean>`(entry.source is null or exists (
  select 1 from search_source as source where source.number = entry.source and source.shown = 1
    and (source.hidden_since is null or entry.ends_at <= unixepoch(source.hidden_since))))`
