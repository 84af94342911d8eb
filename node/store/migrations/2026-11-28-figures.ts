/**
 * Counts by month, so that the page of figures never reads the cafés themselves: `departement` is empty for cafés
 * that are online only, or somewhere unknown. And for each who announces cafés, the months of its first and last one.
 */
export const up = {
  sqlite: `
create table monthly_count (
  month text not null check (length(month) = 7),
  departement text not null,
  held integer not null check (held >= 0),
  to_come integer not null check (to_come >= 0),
  cancelled integer not null check (cancelled >= 0),
  primary key (month, departement)
) strict, without rowid;

create table active_organizer (
  month text not null check (length(month) = 7),
  organizer_uri text not null,
  primary key (month, organizer_uri)
) strict, without rowid
`,
  postgres: `
create table monthly_count (
  month text not null check (length(month) = 7),
  departement text not null,
  held bigint not null check (held >= 0),
  to_come bigint not null check (to_come >= 0),
  cancelled bigint not null check (cancelled >= 0),
  primary key (month, departement)
);

create table active_organizer (
  month text not null check (length(month) = 7),
  organizer_uri text not null,
  primary key (month, organizer_uri)
)
`,
}
