/** Our own cafés by when they begin, which each minute asks for: among those of others each was read to tell. */
const index =
  'create index cafe_own_starts on cafe (organization_id, starts_at) where organization_id is not null'

export const up = { sqlite: index, postgres: index }
