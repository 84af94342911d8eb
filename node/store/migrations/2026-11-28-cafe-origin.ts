/**
 * Whose café it is, as a host: a blocked domain is hidden whoever passed its cafés on. And of what was deleted, the id
 * that it had here, so that its page can say so.
 */
export const up = {
  sqlite: `
alter table cafe add column origin_host text not null default '';
update cafe set origin_host = substr(
  substr(uri, instr(uri, '://') + 3),
  1,
  instr(substr(uri, instr(uri, '://') + 3) || '/', '/') - 1
);
alter table tombstone add column cafe_id text;
create index tombstone_cafe_id on tombstone (cafe_id) where cafe_id is not null
`,
  postgres: `
alter table cafe add column origin_host text not null default '';
update cafe set origin_host = split_part(split_part(uri, '://', 2), '/', 1);
alter table tombstone add column cafe_id text;
create index tombstone_cafe_id on tombstone (cafe_id) where cafe_id is not null
`,
}
