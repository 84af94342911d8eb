import type { Dialect } from '../dialect.ts'

/**
 * The changes of this server's listing in their order, for readers that keep a copy of it. A café that was ever visible
 * has the number and the time (in seconds since 1970) of its last change of any kind: a text, a date, a decision of the
 * team (`search-index/write-cafes.ts`). `removed_cafe` has those of cafés that were visible and are deleted, with the
 * facets by which they were ever found; `former_facets` those by which a café was found before and is not now. When the
 * standing of a server changes, the change of all its cafés is one number, `search_source.changed`. A reader compares
 * all of them (`store/search/changed-cafes.ts`).
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
      changed_at ${integer} not null,
      facets text not null
    ) ${strictByKey}`,
    `create table former_facets (
      cafe_id text primary key references cafe on delete cascade,
      facets text not null
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
    ...(isPostgres ? onPostgres : onSqlite),
  ]
}

const onSqlite = [
  `create trigger listing_source_changes after update of shown, hidden_since on search_source
    when new.shown is not old.shown or new.hidden_since is not old.hidden_since begin
    update listing_state set last = last + 1;
    update search_source set changed = (select last from listing_state),
      changed_at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now') where number = new.number; end`,
]

const onPostgres = [
  `create function listing_number_now() returns bigint language sql volatile as $$
    select last + pg_current_xact_id()::text::bigint from listing_state $$`,
  `create function listing_note_source() returns trigger language plpgsql as $$ begin
      new.changed := listing_number_now();
      new.changed_at := to_char(clock_timestamp() at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS"Z"');
      return new;
    end $$`,
  `create trigger listing_source_changes before update on search_source
    for each row when (new.shown is distinct from old.shown or new.hidden_since is distinct from old.hidden_since)
    execute function listing_note_source()`,
]
