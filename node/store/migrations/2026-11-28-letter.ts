/**
 * The letter of the coming cafés: what the team puts forward or leaves out, and what each letter that went out said,
 * so that the next one tells what has changed since.
 */
export const up = {
  sqlite: `
create table letter_choice (
  cafe_id text primary key references cafe on delete cascade,
  choice text not null check (choice in ('forward', 'out')),
  position integer not null
) strict, without rowid;

create table letter (
  id text primary key,
  sent_at text not null
) strict, without rowid;

create table letter_cafe (
  letter_id text not null references letter on delete cascade,
  cafe_id text not null,
  title text not null,
  url text not null,
  starts_at text not null,
  timezone text not null,
  status text not null,
  primary key (letter_id, cafe_id)
) strict, without rowid
`,
  postgres: `
create table letter_choice (
  cafe_id text primary key references cafe on delete cascade,
  choice text not null check (choice in ('forward', 'out')),
  position bigint not null
);

create table letter (
  id text primary key,
  sent_at text not null
);

create table letter_cafe (
  letter_id text not null references letter on delete cascade,
  cafe_id text not null,
  title text not null,
  url text not null,
  starts_at text not null,
  timezone text not null,
  status text not null,
  primary key (letter_id, cafe_id)
)
`,
}
