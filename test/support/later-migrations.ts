import { type Kysely, sql } from 'kysely'
import { migrations } from '../../node/store/migrations/index.ts'

/** A title that the tables of a later version refuse, so that the upgrade fails. */
export const UNFIT_TITLE = 'Un titre que la suite refuse'

/** What a later version could do to the tables, so that the databases of this one are those of an earlier one. */
const LATER: Readonly<Record<string, readonly string[]>> = {
  '9998-later': [
    `create table later (id text primary key, title text not null check (title <> '${UNFIT_TITLE}'))`,
    'insert into later (id, title) select id, title from cafe',
    'alter table cafe add column later text',
    'create index cafe_later on cafe (later)',
    'alter table follower_server rename to follower_server_before',
    `create table follower_server (
      peer_id text not null references peer (id) on delete cascade,
      host text not null,
      inbox text not null,
      missing_since text,
      later text,
      primary key (peer_id, host)
    )`,
    `insert into follower_server (peer_id, host, inbox, missing_since)
      select peer_id, host, inbox, missing_since from follower_server_before`,
    'drop table follower_server_before',
  ],
  '9999-last': [
    'alter table later add column words text',
    'update later set words = title',
    'create index later_words on later (words)',
  ],
}

export const LATER_COUNT = Object.keys(LATER).length

/** Adds them to those of the program that runs in this process. */
export function addLaterMigrations(): void {
  for (const [name, statements] of Object.entries(LATER))
    migrations[name] = {
      async up(db: Kysely<unknown>) {
        for (const statement of statements) await sql.raw(statement).execute(db)
      },
    }
}

export function removeLaterMigrations(): void {
  for (const name of Object.keys(LATER)) delete migrations[name]
}
