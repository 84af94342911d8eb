/**
 * A café that two servers announce is shown once: `cafe_id` is out of sight (`hidden_reason` 'duplicate') in favour of
 * `shown_id`. `distinct_cafe` is the team's word that two cafés that look alike are two; the lesser id comes first.
 */
const tables = `
create table duplicate (
  cafe_id text primary key references cafe on delete cascade,
  shown_id text not null references cafe on delete cascade,
  reason text not null check (reason in ('uid', 'likeness')),
  check (cafe_id <> shown_id)
)`

const distinct = `
create table distinct_cafe (
  one_id text not null references cafe on delete cascade,
  other_id text not null references cafe on delete cascade,
  primary key (one_id, other_id),
  check (one_id < other_id)
)`

const indexes = `
create index duplicate_shown on duplicate (shown_id);
create index cafe_uid on cafe (uid);
create index cafe_commune on cafe (code_insee, starts_at) where code_insee is not null;
create index cafe_duplicate on cafe (id) where hidden_reason = 'duplicate'
`

export const up = {
  sqlite: `${tables} strict, without rowid;\n${distinct} strict, without rowid;\n${indexes}`,
  postgres: `${tables};\n${distinct};\n${indexes}`,
}
