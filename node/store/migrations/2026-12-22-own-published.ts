/** What this server has published lately, for alerts: without it every café was read to find them. */
const index =
  'create index cafe_own_published on cafe (published_at) where organization_id is not null'

export const up = { sqlite: index, postgres: index }
