/**
 * « J’aimerais un café ici » : a total per commune and month, and for one day only the hashes that keep a visitor from
 * counting twice. A month is `2026-11`.
 */
export const up = {
  sqlite: `
create table demand (
  code_insee text not null,
  month text not null,
  departement text not null,
  region text not null,
  total integer not null check (total > 0),
  primary key (code_insee, month)
) strict, without rowid;
create index demand_month on demand (month);
create index demand_departement on demand (departement, month);

create table demand_voice (
  day text not null,
  voice_hash text not null,
  code_insee text not null,
  primary key (day, voice_hash, code_insee)
) strict, without rowid
`,
  postgres: `
create table demand (
  code_insee text not null,
  month text not null,
  departement text not null,
  region text not null,
  total bigint not null check (total > 0),
  primary key (code_insee, month)
);
create index demand_month on demand (month);
create index demand_departement on demand (departement, month);

create table demand_voice (
  day text not null,
  voice_hash text not null,
  code_insee text not null,
  primary key (day, voice_hash, code_insee)
)
`,
}
