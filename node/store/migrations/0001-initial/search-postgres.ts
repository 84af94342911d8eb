import { postgres } from '../dialect.ts'
import { ENTRY_OF, kindToken, LATER, PER_MINUTE, placedTokens } from './search.ts'

/**
 * Makes a trigger that maintains the search index on PostgreSQL, for every writer of cafés; each trigger calls a
 * function.
 */
const trigger = (name: string, body: string): string =>
  `create function ${name}() returns trigger language plpgsql as $$ begin
      ${body};
      return null;
    end $$`

/** A token of a tsvector has at most 2046 bytes. */
const tokensOf = `create function search_tokens_of(said cafe, facets text) returns tsvector language sql stable as $$
  select array_to_tsvector(array(
    select distinct left(token, 500)
    from unnest(string_to_array(said.search_text || facets || ${placedTokens('said', postgres)}, ' ')) as token
    where token <> ''))
$$`

const firstGap = `return (
      select min(taken.position) + 1 from search_entry as taken
      where taken.position >= first
        and not exists (select from search_entry as after where after.position = taken.position + 1));`

const later = `for later in 1..${LATER} loop
      if not exists (
        select from search_entry where position = first + later * ${PER_MINUTE} + (${PER_MINUTE} - 1)
      ) then
        return coalesce(
          (select max(position) from search_entry where position between
            first + later * ${PER_MINUTE} and first + later * ${PER_MINUTE} + (${PER_MINUTE} - 1)),
          first + later * ${PER_MINUTE} - 1) + 1;
      end if;
    end loop;
    ${firstGap}`

/** The next free position: after the last of the minute, or in a later minute when that is full. */
const freePosition = `create function search_free_position(first bigint) returns bigint language plpgsql as $$
  declare last bigint := (
    select max(position) from search_entry where position between first and first + (${PER_MINUTE} - 1));
  begin
    if last is null then return first; end if;
    if last < first + (${PER_MINUTE} - 1) then return last + 1; end if;
    ${later}
  end $$`

const noteCafe = `create function search_note_cafe() returns trigger language plpgsql as $$
  declare
    minute bigint := unixepoch(new.starts_at) / 60 * ${PER_MINUTE};
    is_findable boolean := new.publication = 'published' and new.hidden_reason is null;
    place bigint;
    entry search_entry;
  begin
    if new.peer_id is not null and not exists (
      select from search_source where peer_id = new.peer_id and host = new.origin_host
    ) then
      insert into search_source (peer_id, host) values (new.peer_id, new.origin_host);
    end if;
    select position into place from search_entry where cafe_id = new.id;
    if place is not null and not (is_findable and place / ${PER_MINUTE} * ${PER_MINUTE} = minute) then
      delete from search_entry where cafe_id = new.id;
      place := null;
    end if;
    if not is_findable then return null; end if;
    entry.cafe_id := new.id;
    entry.starts_at := unixepoch(new.starts_at);
    entry.ends_at := unixepoch(new.ends_at);
    entry.starts_local := unixepoch(coalesce(nullif(new.wall_starts_at, ''), new.starts_at));
    entry.ends_local := case when new.wall_ends_at = '' then entry.starts_local + entry.ends_at - entry.starts_at
        else unixepoch(new.wall_ends_at) end;
    entry.latitude := new.latitude;
    entry.longitude := new.longitude;
    entry.source := (
      select number from search_source where peer_id = new.peer_id and host = new.origin_host);
    entry.reserved := (new.open_to = 'reserved')::integer;
    entry.archived := (entry.ends_at <= (select horizon from search_state))::integer;
    entry.facets := ' ' || trim(new.search_facets || ${kindToken}) || ' ';
    entry.tokens := search_tokens_of(new, entry.facets); entry.facets := replace(entry.facets, ' ___', ' ');
    if place is null then
      entry.position := search_free_position(minute);
      insert into search_entry select (entry).*;
    else
      update search_entry set starts_at = entry.starts_at, ends_at = entry.ends_at,
        starts_local = entry.starts_local, ends_local = entry.ends_local, latitude = entry.latitude,
        longitude = entry.longitude, source = entry.source, reserved = entry.reserved,
        archived = entry.archived, facets = entry.facets, tokens = entry.tokens
        where position = place;
    end if;
    return null;
  end $$`

/** An update that leaves a row of `cafe` unchanged makes its entry anew. */
const writeAgain = 'update cafe set search_facets = search_facets where'

const cafeTriggers = [
  tokensOf,
  freePosition,
  noteCafe,
  `create trigger search_cafe_comes after insert on cafe for each row execute function search_note_cafe()`,
  `create trigger search_cafe_changes after update of ${ENTRY_OF}, search_text, search_facets on cafe
    for each row execute function search_note_cafe()`,
  trigger('search_forget_cafe', 'delete from search_entry where cafe_id = old.id'),
  `create trigger search_cafe_goes after delete on cafe for each row execute function search_forget_cafe()`,
  trigger('search_note_organization', `${writeAgain} organization_id = new.id`),
  `create trigger search_organization_changes after update of kind on organization
    for each row when (new.kind is distinct from old.kind) execute function search_note_organization()`,
  trigger('search_note_structure', `${writeAgain} organizer_uri = new.uri`),
  `create trigger search_structure_comes after insert on structure
    for each row when (new.kind is not null) execute function search_note_structure()`,
  `create trigger search_structure_changes after update of kind on structure
    for each row when (new.kind is distinct from old.kind) execute function search_note_structure()`,
]

/** Whether a host is blocked, with its port or without, or one of the domains above it. */
const isBlocked = `create function search_is_blocked(host text) returns boolean language sql stable as $$
  select exists (
    select from blocked_domain as blocked, (
      select case when $1 like '[%' or strpos($1, ':') = 0 then $1 else split_part($1, ':', 1) end as name
    ) as bare
    where blocked.domain in ($1, bare.name)
      or right(bare.name, length(blocked.domain) + 1) = '.' || blocked.domain)
$$`

/**
 * Cafés of others count while the server that passes them on is a member or followed, and neither it nor their origin
 * is blocked.
 */
const judgedSources = `create view search_source_judged as
  select source.number, source.peer_id, (
    (peer.membership = 'member' or peer.following = 'accepted')
    and not search_is_blocked(peer.host) and not search_is_blocked(source.host))::integer as shown
  from search_source as source join peer on peer.id = source.peer_id`

const judgeAgain = (which: string) => `
  update search_source set shown = judged.shown from search_source_judged as judged
    where judged.number = search_source.number and ${which}`

const sourceTriggers = [
  isBlocked,
  judgedSources,
  trigger('search_judge_source', judgeAgain('search_source.number = new.number')),
  `create trigger search_source_comes after insert on search_source
    for each row execute function search_judge_source()`,
  trigger('search_judge_peer', judgeAgain('search_source.peer_id = new.id')),
  `create trigger search_peer_changes after update of membership, following, host on peer
    for each row execute function search_judge_peer()`,
  trigger('search_judge_all', judgeAgain('search_source.shown <> judged.shown')),
  `create trigger search_domain_blocked after insert or delete on blocked_domain
    for each statement execute function search_judge_all()`,
  trigger(
    'search_hide_source',
    `update search_source
      set hidden_since = (select hidden_since from peer where peer.id = new.peer_id)
      where search_source.number = new.number`,
  ),
  `create trigger search_source_hides after insert on search_source
    for each row execute function search_hide_source()`,
  trigger(
    'search_hide_peer',
    'update search_source set hidden_since = new.hidden_since where peer_id = new.id',
  ),
  `create trigger search_peer_hides after update of hidden_since on peer
    for each row when (new.hidden_since is distinct from old.hidden_since) execute function search_hide_peer()`,
]

export const searchOnPostgres = [...cafeTriggers, ...sourceTriggers]
