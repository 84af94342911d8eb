import type { Dialect } from '../dialect.ts'
import { cafes } from './cafes.ts'

/**
 * The changes of this server's listing in their order, for readers that keep a copy of it. `listing` has a row for each
 * café that was ever visible, also after the café was deleted: `number` is that of its last change of any kind (a text,
 * a date, a decision of the team, a deletion). When the standing of a server changes, the change of all its cafés is
 * one number, `search_source.changed`. A reader compares both (`store/search/changed-cafes.ts`).
 *
 * On SQLite, where writers follow one another, the numbers are counted in `listing_state.last`. On PostgreSQL a number
 * is that of the transaction, added to `last`: the open transactions are known there, so that a reader knows up to
 * which number nothing more can appear. `epoch` changes where numbers may have been given twice; `forgotten` and
 * `forgotten_at` are those of the latest row that was deleted because it was old.
 */
export const listings = (dialect: Dialect): readonly string[] => {
  const { integer, strict, strictByKey, isPostgres } = dialect
  return [
    `create table listing (
      uri text primary key,
      number ${integer} not null,
      changed_at text not null
    ) ${strictByKey}`,
    'create index listing_number on listing (number, uri)',
    'create index listing_changed_at on listing (changed_at, uri)',
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

/** Reads all columns of a café from the statement that makes its table. */
export const columnsOf = (dialect: Dialect): string[] =>
  [
    ...cafes(dialect)
      .toString()
      .matchAll(/^ {2}(\w+) (?:text|integer|real)\b/gm),
  ].flatMap(([, name]) => name ?? [])

function onSqlite(dialect: Dialect): string[] {
  const at = `strftime('%Y-%m-%dT%H:%M:%SZ', 'now')`
  const count = 'update listing_state set last = last + 1;'
  const last = '(select last from listing_state)'
  const enter = `
    insert into listing (uri, number, changed_at) select new.uri, ${last}, ${at} where ${isListed}
      on conflict (uri) do update set number = excluded.number, changed_at = excluded.changed_at;`
  const revise = (uri: string) =>
    `update listing set number = ${last}, changed_at = ${at} where uri = ${uri};`
  const isOther = columnsOf(dialect)
    .map((name) => `new.${name} is not old.${name}`)
    .join(' or ')
  return [
    `create trigger listing_cafe_comes after insert on cafe when ${isListed} begin ${count} ${enter} end`,
    `create trigger listing_cafe_changes after update on cafe when ${isOther}
      begin ${count} ${revise('old.uri')} ${enter} end`,
    `create trigger listing_cafe_goes after delete on cafe begin ${count} ${revise('old.uri')} end`,
    `create trigger listing_source_changes after update of shown, hidden_since on search_source
      when new.shown is not old.shown or new.hidden_since is not old.hidden_since begin ${count}
      update search_source set changed = ${last}, changed_at = ${at} where number = new.number; end`,
  ]
}

const onPostgres = [
  `create function listing_number_now() returns bigint language sql volatile as $$
    select last + pg_current_xact_id()::text::bigint from listing_state $$`,
  `create function listing_time_now() returns text language sql volatile as $$
    select to_char(clock_timestamp() at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') $$`,
  `create function listing_note_cafe() returns trigger language plpgsql as $$ begin
      if tg_op <> 'INSERT' then
        update listing set number = listing_number_now(), changed_at = listing_time_now()
          where uri = old.uri;
      end if;
      if tg_op <> 'DELETE' and ${isListed} then
        insert into listing (uri, number, changed_at)
          values (new.uri, listing_number_now(), listing_time_now())
          on conflict (uri) do update set number = excluded.number, changed_at = excluded.changed_at;
      end if;
      return null;
    end $$`,
  `create trigger listing_cafe_comes after insert or delete on cafe
    for each row execute function listing_note_cafe()`,
  `create trigger listing_cafe_changes after update on cafe
    for each row when (new.* is distinct from old.*) execute function listing_note_cafe()`,
  `create function listing_note_source() returns trigger language plpgsql as $$ begin
      new.changed := listing_number_now();
      new.changed_at := listing_time_now();
      return new;
    end $$`,
  `create trigger listing_source_changes before update on search_source
    for each row when (new.shown is distinct from old.shown or new.hidden_since is distinct from old.hidden_since)
    execute function listing_note_source()`,
]
