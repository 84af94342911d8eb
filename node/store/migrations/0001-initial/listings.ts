import type { Dialect } from '../dialect.ts'
import { cafes } from './cafes.ts'

/**
 * The changes of this server's listing in their order, for readers that keep a copy of it. A café that was ever visible
 * has the number and the time (in seconds since 1970) of its last change of any kind: a text, a date, a decision of the
 * team. `removed_cafe` has those of cafés that were visible and are deleted. When the standing of a server changes, the
 * change of all its cafés is one number, `search_source.changed`. A reader compares all of them
 * (`store/search/changed-cafes.ts`).
 *
 * On SQLite, where writers follow one another, the numbers are counted in `listing_state.last`. On PostgreSQL a number
 * is that of the transaction, added to `last`: the open transactions are known there, so that a reader knows up to
 * which number nothing more can appear. `epoch` changes where numbers may have been given twice; `forgotten` and
 * `forgotten_at` are those of the latest row that was deleted because it was old.
 */
export const listings = (dialect: Dialect): readonly string[] => {
  const { integer, strict, strictByKey, isPostgres } = dialect
  return [
    `create table removed_cafe (
      uri text primary key,
      number ${integer} not null,
      changed_at ${integer} not null
    ) ${strictByKey}`,
    'create index removed_cafe_number on removed_cafe (number)',
    'create index removed_cafe_changed_at on removed_cafe (changed_at)',
    `create table listing_state (
      one ${integer} primary key check (one = 1),
      epoch text not null,
      last ${integer} not null default 0,
      forgotten ${integer} not null default 0,
      forgotten_at text not null default ''
    ) ${strict}`,
    `insert into listing_state (one, epoch) values (1, ${isPostgres ? `substr(md5(gen_random_uuid()::text), 1, 12)` : 'lower(hex(randomblob(6)))'})`,
    'create index search_source_changed on search_source (changed)',
    ...(isPostgres ? onPostgres : onSqlite(dialect)),
  ]
}

const isListed = `new.publication = 'published' and new.hidden_reason is null`

/** Keeps the former address of a café that was in sight. */
const keep = (number: string, now: string) => `
  insert into removed_cafe (uri, number, changed_at)
    select old.uri, ${number}, ${now} where old.change_number is not null;`
const forget = 'delete from removed_cafe where uri = new.uri;'

/** Reads the columns of a café, without those of its last change, from the statement that makes its table. */
const columnsOf = (dialect: Dialect): string[] =>
  [
    ...cafes(dialect)
      .toString()
      .matchAll(/^ {2}(?!change)(\w+) (?:text|integer|real)\b/gm),
  ].flatMap(([, name]) => name ?? [])

/** A trigger writes the row of its café once more; this fires no trigger that compares columns of a café. */
function onSqlite(dialect: Dialect): string[] {
  const last = '(select last from listing_state)'
  const count = 'update listing_state set last = last + 1;'
  const note = `update cafe set change_number = ${last}, changed_at = unixepoch() where rowid = new.rowid;`
  const isOther = columnsOf(dialect)
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
    `create trigger listing_source_changes after update of shown, hidden_since on search_source
      when new.shown is not old.shown or new.hidden_since is not old.hidden_since begin ${count}
      update search_source set changed = ${last}, changed_at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')
      where number = new.number; end`,
  ]
}

const onPostgres = [
  `create function listing_number_now() returns bigint language sql volatile as $$
    select last + pg_current_xact_id()::text::bigint from listing_state $$`,
  `create function listing_time_now() returns text language sql volatile as $$
    select to_char(clock_timestamp() at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') $$`,
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
  `create function listing_note_source() returns trigger language plpgsql as $$ begin
      new.changed := listing_number_now();
      new.changed_at := listing_time_now();
      return new;
    end $$`,
  `create trigger listing_source_changes before update on search_source
    for each row when (new.shown is distinct from old.shown or new.hidden_since is distinct from old.hidden_since)
    execute function listing_note_source()`,
]
