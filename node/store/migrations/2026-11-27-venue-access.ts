/** How one comes into a venue, and who is welcome there. `accessibility` is a JSON array of codes. */
export const up = {
  sqlite: `
alter table venue add column access text check (access <> '');
alter table venue add column accessibility text not null default '[]' check (json_valid(accessibility));
alter table venue add column acceslibre_url text check (acceslibre_url like 'http%')
`,
  postgres: `
alter table venue add column access text check (access <> '');
alter table venue add column accessibility text not null default '[]' check (accessibility is json);
alter table venue add column acceslibre_url text check (acceslibre_url like 'http%')
`,
}
