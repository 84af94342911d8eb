/**
 * A number that is another one after every change that public pages can show, whoever makes it: pages made before are
 * then made again. What changes all the time and shows little (when a peer was last heard) is left out, since pages last
 * a minute at most.
 *
 * On SQLite one row holds a number drawn by chance: the connection that changes something sees its number before the
 * commit, and after a rollback that number must never come again. On PostgreSQL, which shows nothing before the commit,
 * there is a count for each connection, for one row for all would let only one of them write at a time; what counts is
 * their sum.
 */
const SHOWN = {
  cafe: [],
  venue: [],
  organization: [],
  blocked_domain: [],
  tombstone: [],
  duplicate: [],
  letter_choice: [],
  letter: [],
  feed: [],
  demand: [],
  peer: ['name', 'membership', 'actor_uri', 'origin'],
  structure: [
    'id',
    'name',
    'url',
    'username',
    'kind',
    'street_address',
    'postal_code',
    'commune',
    'code_insee',
    'departement',
    'region',
    'website',
  ],
}

const EVENTS = ['insert', 'update', 'delete'] as const

/** Each table's triggers; `end` is what both databases write in their own way. */
const triggers = (end: string): string[] =>
  Object.entries(SHOWN).flatMap(([table, columns]) =>
    EVENTS.map((event) => {
      const columnWords =
        event === 'update' && columns.length > 0 ? ` of ${columns.join(', ')}` : ''
      return `create trigger content_${table}_${event} after ${event}${columnWords} on ${table} ${end}`
    }),
  )

/** Of the settings, what the team says of the site. */
const settings = (end: string): string[] =>
  (['insert', 'update'] as const).map(
    (event) =>
      `create trigger content_setting_${event} after ${event} on setting for each row when (new.name = 'site') ${end}`,
  )

const change = 'begin update content_version set version = abs(random() % 9007199254740992); end'

/** More than there are connections at a time, as a rule. */
const WRITERS = 256

export const up = {
  sqlite: [
    'create table content_version (writer integer primary key, version integer not null) strict',
    'insert into content_version (writer, version) values (0, abs(random() % 9007199254740992))',
    ...triggers(change),
    ...settings(change),
  ],
  postgres: [
    'create table content_version (writer bigint primary key, version bigint not null)',
    `create function content_changed() returns trigger language plpgsql as $$
begin
  insert into content_version (writer, version) values (pg_backend_pid() % ${WRITERS}, 1)
    on conflict (writer) do update set version = content_version.version + 1;
  return null;
end $$`,
    ...triggers('for each statement execute function content_changed()'),
    ...settings('execute function content_changed()'),
  ],
}
