/** Where those who signed up join a café online: told to nobody else. */
export const up = {
  sqlite: `
alter table cafe add column registrants_url text check (registrants_url like 'http%')
`,
  postgres: `
alter table cafe add column registrants_url text check (registrants_url like 'http%')
`,
}
