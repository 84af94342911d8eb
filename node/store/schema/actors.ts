/** The tables of actors, ours and those of others, with their keys. */
export interface ActorTables {
  actor_key: {
    key_id: string
    actor: string
    algorithm: 'rsa' | 'ed25519'
    private_pem: string
    public_pem: string
    created_at: string
    retired_at: string | null
  }
  remote_actor: {
    uri: string
    host: string
    type: string
    name: string
    preferred_username: string | null
    inbox: string
    shared_inbox: string | null
    fetched_at: string
  }
  remote_key: { key_id: string; actor_uri: string; pem: string; fetched_at: string }
  pinned_key: {
    key_id: string
    actor_uri: string
    public_pem: string
    first_seen_at: string
    retired_at: string | null
  }
  host: {
    name: string
    signature: 'cavage' | 'rfc9421' | null
    software: string | null
    software_version: string | null
    software_at: string | null
    last_success_at: string | null
  }
}
