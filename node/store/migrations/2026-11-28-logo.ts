/** A structure's own mark, among its pictures. */
export const up = {
  sqlite: `
alter table organization add column logo_id text references media
`,
  postgres: `
alter table organization add column logo_id text references media
`,
}
