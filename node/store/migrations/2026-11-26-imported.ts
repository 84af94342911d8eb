/** What the source of an imported café said last, so that the next import sees what changed there. */
export const up = {
  sqlite: `
create table imported (
  cafe_id text primary key references cafe on delete cascade,
  said text not null check (json_valid(said))
) strict, without rowid
`,
  postgres: `
create table imported (
  cafe_id text primary key references cafe on delete cascade,
  said text not null check (said is json)
)
`,
}
