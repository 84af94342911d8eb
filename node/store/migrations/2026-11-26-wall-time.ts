/** What the clock on the wall will say, beside the instant: rules of time zones change, opening hours do not. */
export const up = {
  sqlite: `
alter table cafe add column wall_starts_at text not null default '';

alter table cafe add column wall_ends_at text not null default ''
`,
  postgres: `
alter table cafe add column wall_starts_at text not null default '';

alter table cafe add column wall_ends_at text not null default ''
`,
}
