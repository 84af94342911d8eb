/** The question « a-t-il toujours lieu ? » as it was mailed: for one date of a café, one link per person. */
export const up = {
  sqlite: `
create table confirmation_link (
  token_hash text primary key,
  cafe_id text not null references cafe on delete cascade,
  account_id text not null references account on delete cascade,
  starts_at text not null,
  created_at text not null,
  unique (cafe_id, starts_at, account_id)
) strict, without rowid;
create index confirmation_link_starts_at on confirmation_link (starts_at)
`,
  postgres: `
create table confirmation_link (
  token_hash text primary key,
  cafe_id text not null references cafe on delete cascade,
  account_id text not null references account on delete cascade,
  starts_at text not null,
  created_at text not null,
  unique (cafe_id, starts_at, account_id)
);
create index confirmation_link_starts_at on confirmation_link (starts_at)
`,
}
