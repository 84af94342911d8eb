/** The cafés to come at a place, without reading all cafés: a place of thousands changes. */
export const up = {
  sqlite: `
create index cafe_venue on cafe (venue_id, ends_at) where venue_id is not null
`,
  postgres: `
create index cafe_venue on cafe (venue_id, ends_at) where venue_id is not null
`,
}
