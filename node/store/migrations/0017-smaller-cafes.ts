import { columnsOf } from './0001-initial/listings.ts'
import type { Dialect, Statements } from './dialect.ts'

/**
 * A café takes a fifth less on the disk. The number and the time of its last change (`listings.ts`) lie in its row,
 * where `listing` held its address three times; `removed_cafe` has those of cafés that were in sight and are deleted.
 * Times are seconds since 1970. The UID of a peer's café is empty where it is the one that our software gives a café of
 * that address.
 */
export const smallerCafes = (dialect: Dialect): Statements => [
  ...(dialect.isPostgres ? REMOVED.postgres : REMOVED.sqlite),
  `alter table cafe add column change_number ${dialect.integer}`,
  `alter table cafe add column changed_at ${dialect.integer}`,
  `update cafe set change_number = listing.number, changed_at = ${toSeconds('listing.changed_at', dialect)},
    uid = case when ${HAS_USUAL_UID} then '' else uid end
    from listing where listing.uri = cafe.uri`,
  `create table removed_cafe (
    uri text primary key,
    number ${dialect.integer} not null,
    changed_at ${dialect.integer} not null
  ) ${dialect.strictByKey}`,
  `insert into removed_cafe (uri, number, changed_at)
    select uri, number, ${toSeconds('changed_at', dialect)} from listing
    where not exists (select 1 from cafe where cafe.uri = listing.uri)`,
  'drop table listing',
  'create index cafe_change_number on cafe (change_number)',
  'create index cafe_changed_at on cafe (changed_at)',
  'create index removed_cafe_number on removed_cafe (number)',
  'create index removed_cafe_changed_at on removed_cafe (changed_at)',
  'drop index cafe_uid',
  `create index cafe_uid on cafe (uid) where uid <> ''`,
  ...(dialect.isPostgres ? onPostgres : onSqlite(dialect)),
]

const REMOVED = {
  sqlite: ['comes', 'changes', 'goes'].map((name) => `drop trigger listing_cafe_${name}`),
  postgres: [
    'drop trigger listing_cafe_comes on cafe',
    'drop trigger listing_cafe_changes on cafe',
    'drop function listing_note_cafe()',
  ],
}

const toSeconds = (time: string, { isPostgres }: Dialect): string =>
  isPostgres ? `extract(epoch from ${time}::timestamptz)::bigint` : `unixepoch(${time})`

const HOME = `'https://' || origin_host || '/cafes/'`
const HAS_USUAL_UID = `peer_id is not null and substr(cafe.uri, 1, length(${HOME})) = ${HOME}
  and uid = substr(cafe.uri, length(${HOME}) + 1) || '@' || origin_host`

const isListed = `new.publication = 'published' and new.hidden_reason is null`

/** Keeps the former address of a café that was in sight. */
const keep = (number: string, now: string) => `
  insert into removed_cafe (uri, number, changed_at)
    select old.uri, ${number}, ${now} where old.change_number is not null;`
const forget = 'delete from removed_cafe where uri = new.uri;'

/** A trigger writes the row of its café once more; this fires no trigger that compares columns of a café. */
function onSqlite(dialect: Dialect): string[] {
  const last = '(select last from listing_state)'
  const count = 'update listing_state set last = last + 1;'
  const note = `update cafe set change_number = ${last}, changed_at = unixepoch() where rowid = new.rowid;`
  const isOther = [...columnsOf(dialect), 'announced_for', 'announced_under', 'undated']
    .map((name) => `new.${name} is not old.${name}`)
    .join(' or ')
  return [
    `create trigger listing_cafe_comes after insert on cafe when ${isListed} begin ${count} ${note} ${forget} end`,
    `create trigger listing_cafe_changes after update on cafe
      when (${isListed} or old.change_number is not null) and (${isOther})
      begin ${count} ${note} ${forget} end`,
    `create trigger listing_cafe_moves after update of uri on cafe when new.uri is not old.uri
      begin ${count} ${keep(last, 'unixepoch()')} end`,
    `create trigger listing_cafe_goes after delete on cafe when old.change_number is not null
      begin ${count} ${keep(last, 'unixepoch()')} end`,
  ]
}

const onPostgres = [
  `create function listing_seconds_now() returns bigint language sql volatile as $$
    select extract(epoch from clock_timestamp())::bigint $$`,
  `create function listing_note_cafe() returns trigger language plpgsql as $$ begin
      if (${isListed}) or (tg_op = 'UPDATE' and new.change_number is not null) then
        new.change_number := listing_number_now();
        new.changed_at := listing_seconds_now();
      end if;
      return new;
    end $$`,
  `create function listing_note_removed() returns trigger language plpgsql as $$ begin
      if tg_op = 'DELETE' or (tg_op = 'UPDATE' and new.uri <> old.uri) then
        ${keep('listing_number_now()', 'listing_seconds_now()')}
      end if;
      if tg_op <> 'DELETE' and new.change_number is not null then ${forget} end if;
      return null;
    end $$`,
  `create trigger listing_cafe_comes before insert on cafe
    for each row execute function listing_note_cafe()`,
  `create trigger listing_cafe_changes before update on cafe
    for each row when (new.* is distinct from old.*) execute function listing_note_cafe()`,
  `create trigger listing_cafe_goes after insert or delete on cafe
    for each row execute function listing_note_removed()`,
  `create trigger listing_cafe_moves after update on cafe
    for each row when (new.uri <> old.uri or (old.change_number is null and new.change_number is not null))
    execute function listing_note_removed()`,
]
