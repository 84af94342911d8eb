/**
 * What a server's silence does. `visited_at` is the last visit, answered or not, `actor_etag` what its actor's document
 * was known by; `silent_since` is set once pages say that it does not answer, `hidden_since` once its cafés that are not
 * over by then are out of sight. The index of the search carries the last beside the source, where each search looks.
 * Both marks change what pages show.
 */
const columns = [
  'alter table peer add column visited_at text',
  'alter table peer add column actor_etag text',
  'alter table peer add column silent_since text',
  'alter table peer add column hidden_since text',
  'alter table search_source add column hidden_since text',
  'create index peer_failing on peer (failing_since) where failing_since is not null',
]

const hide = 'update search_source set hidden_since = new.hidden_since where peer_id = new.id'
const inherit = `update search_source
  set hidden_since = (select hidden_since from peer where peer.id = new.peer_id)
  where search_source.number = new.number`

export const up = {
  sqlite: [
    ...columns,
    `create trigger search_peer_hides after update of hidden_since on peer
      when new.hidden_since is not old.hidden_since begin ${hide}; end`,
    `create trigger search_source_hides after insert on search_source begin ${inherit}; end`,
    `create trigger content_peer_silence after update of silent_since, hidden_since on peer
      when new.silent_since is not old.silent_since or new.hidden_since is not old.hidden_since
      begin update content_version set version = abs(random() % 9007199254740992); end`,
  ],
  postgres: [
    ...columns,
    `create function search_hide_peer() returns trigger language plpgsql as $$ begin
      ${hide};
      return null;
    end $$`,
    `create function search_hide_source() returns trigger language plpgsql as $$ begin
      ${inherit};
      return null;
    end $$`,
    `create trigger search_peer_hides after update of hidden_since on peer for each row
      when (new.hidden_since is distinct from old.hidden_since) execute function search_hide_peer()`,
    `create trigger search_source_hides after insert on search_source
      for each row execute function search_hide_source()`,
    `create trigger content_peer_silence after update of silent_since, hidden_since on peer for each row
      when (new.silent_since is distinct from old.silent_since
        or new.hidden_since is distinct from old.hidden_since)
      execute function content_changed()`,
  ],
}
