/**
 * Networks (heads of structures), who belongs to them and who looks after them. `network` holds ours and those of others
 * (`peer_id`); one that ended keeps its row, since its slug is never given again. `network_member` holds what each side
 * last said: a yes counts while it is later than the last no, and `active` is what follows. Times are UTC text. A
 * structure is named by its actor, a network by its page, since a directory may hear of one before the other.
 *
 * A feed may be a network's: `feed` and the tables that refer to it are made anew, because a check of SQLite cannot be
 * changed. The tokens of a café in the index of the search name its networks, `___w` and the network's id.
 */
const network = (isStrict: string) => `
create table network (
  id text primary key,
  uri text not null unique,
  slug text not null unique check (slug <> ''),
  name text not null,
  presentation text not null default '',
  website text,
  actor_uri text not null,
  organization_id text references organization,
  peer_id text references peer on delete cascade,
  created_at text not null,
  updated_at text not null,
  ended_at text
)${isStrict}`

const member = (isStrict: string, integer: string) => `
create table network_member (
  network_uri text not null,
  structure_uri text not null,
  structure_name text not null default '',
  offer_id text,
  structure_at text,
  network_at text,
  ended_at text,
  ended_by text check (ended_by in ('structure', 'network')),
  active ${integer} not null generated always as (
    case when structure_at > coalesce(ended_at, '') and network_at > coalesce(ended_at, '')
      then 1 else 0 end) stored,
  primary key (network_uri, structure_uri),
  check ((ended_at is null) = (ended_by is null))
)${isStrict}`

const manager = (isStrict: string) => `
create table network_manager (
  network_id text not null references network on delete cascade,
  account_id text not null references account on delete cascade,
  created_at text not null,
  primary key (network_id, account_id)
)${isStrict}`

const indexes = [
  'create index network_peer on network (peer_id)',
  'create index network_member_structure on network_member (structure_uri, active)',
  'create index network_manager_account on network_manager (account_id)',
]

const KINDS = `('national', 'online', 'region', 'departement', 'network')`

const networkTokens = (cafe: string) => `coalesce((
  select ${cafe === 'cafe' ? 'group_concat' : 'string_agg'}(' ___w' || replace(network.id, '-', ''), '')
  from network_member join network on network.uri = network_member.network_uri
  where network_member.structure_uri = ${cafe}.organizer_uri and network_member.active = 1), '')`

/** Degrees of latitude and longitude of the smallest cells; each size is four times the last. */
const cells = [0, 1, 2, 3].map((size) => [size, 0.05 * 4 ** size, 0.07 * 4 ** size] as const)

const changed = 'begin update content_version set version = abs(random() % 9007199254740992); end'
const tables = ['network', 'network_member']
const events = ['insert', 'update', 'delete']

const contentTriggers = (names: readonly string[], end: string) =>
  names.flatMap((table) =>
    events.map(
      (event) => `create trigger content_${table}_${event} after ${event} on ${table} ${end}`,
    ),
  )

/** What is indexed of each café on SQLite, `own` being the words of its row. */
export const viewOfWords = (own: string) => `create view search_words as select cafe.id as cafe_id,
      ${own} || entry.facets
        || case when cafe.organization_id is null then ''
           else '___s' || replace(cafe.organization_id, '-', '') end
        || ${networkTokens('cafe')}
        || case when cafe.latitude is null or cafe.longitude is null then '' else ${cells
          .map(
            ([
              size,
              height,
              width,
            ]) => `' ___g${size}_' || cast((cafe.latitude + 90) / ${height} as integer)
      || '_' || cast((cafe.longitude + 180) / ${width} as integer)`,
          )
          .join(' || ')} end as words
      from search_entry as entry join cafe on cafe.id = entry.cafe_id`

export const up = {
  sqlite: [
    network(' strict'),
    member(' strict, without rowid', 'integer'),
    manager(' strict, without rowid'),
    ...indexes,
    `create table feed_anew (
      name text primary key,
      kind text not null check (kind in ${KINDS}),
      code text not null,
      title text not null,
      timezone text not null,
      created_at text not null,
      unique (kind, code)) strict, without rowid`,
    'insert into feed_anew select name, kind, code, title, timezone, created_at from feed',
    `create table feed_day_anew (
      feed text not null references feed_anew,
      day text not null,
      posts integer not null check (posts > 0),
      primary key (feed, day)) strict, without rowid`,
    'insert into feed_day_anew select feed, day, posts from feed_day',
    `create table feed_digest_anew (
      feed text not null references feed_anew,
      kind text not null check (kind in ('daily', 'weekly')),
      day text not null,
      primary key (feed, kind, day)) strict, without rowid`,
    'insert into feed_digest_anew select feed, kind, day from feed_digest',
    'drop table feed_day',
    'drop table feed_digest',
    'drop table feed',
    'alter table feed_anew rename to feed',
    'alter table feed_day_anew rename to feed_day',
    'alter table feed_digest_anew rename to feed_digest',
    ...contentTriggers([...tables, 'feed'], changed),
    'drop view search_words',
    viewOfWords('cafe.search_text'),
  ],
  postgres: [
    network(''),
    member('', 'bigint'),
    manager(''),
    ...indexes,
    'alter table feed drop constraint feed_kind_check',
    `alter table feed add constraint feed_kind_check check (kind in ${KINDS})`,
    ...contentTriggers(tables, 'for each statement execute function content_changed()'),
    `create or replace function search_tokens_of(said cafe, facets text) returns tsvector language sql stable as $$
      select array_to_tsvector(array(
        select distinct left(token, 500) from unnest(string_to_array(
          said.search_text || facets
            || case when said.organization_id is null then ''
               else '___s' || replace(said.organization_id, '-', '') end
            || ${networkTokens('said')}
            || case when said.latitude is null or said.longitude is null then '' else ${cells
              .map(
                ([
                  size,
                  height,
                  width,
                ]) => `' ___g${size}_' || trunc((said.latitude + 90) / ${height})::bigint
      || '_' || trunc((said.longitude + 180) / ${width})::bigint`,
              )
              .join(' || ')} end,
          ' ')) as token
        where token <> ''))
    $$`,
  ],
}
