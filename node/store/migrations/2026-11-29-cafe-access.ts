/** How one comes in where a café is held, as its venue says it: others' cafés bring no venue of ours. */
export const up = {
  sqlite: `
alter table cafe add column venue_access text check (venue_access <> '');
alter table cafe add column venue_acceslibre_url text check (venue_acceslibre_url like 'http%')
`,
  postgres: `
alter table cafe add column venue_access text check (venue_access <> '');
alter table cafe add column venue_acceslibre_url text check (venue_acceslibre_url like 'http%')
`,
}
