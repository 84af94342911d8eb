import type { ActorKey, KeyDates } from '../../domain/federation/actor-key.ts'
import { choice, describe, instant, optional, type RowOf, text } from './table.ts'

/** The tables of actors, ours and those of others, with their keys. */
export interface ActorTables {
  actor_key: RowOf<typeof ACTOR_KEY>
  remote_actor: RowOf<typeof REMOTE_ACTOR> & { fetched_at: string }
  remote_key: RowOf<typeof REMOTE_KEY> & { fetched_at: string }
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

const keyDates = {
  keyId: text,
  algorithm: choice<KeyDates['algorithm']>(),
  createdAt: instant,
  retiredAt: optional(instant),
}

/** The columns that say which keys an actor of ours has and had. */
export const KEY_DATES = describe<KeyDates>()(keyDates)

/** The columns of a key pair of one of our actors. */
export const ACTOR_KEY = describe<ActorKey>()({
  ...keyDates,
  actor: text,
  privatePem: text,
  publicPem: text,
})

/** What we keep of another server's actor: its inboxes and its public keys. */
export type RemoteActor = {
  uri: string
  type: string
  name: string
  preferredUsername: string | undefined
  inbox: string
  sharedInbox: string | undefined
}

/** The columns of another server's actor. */
export const REMOTE_ACTOR = describe<RemoteActor>()(
  {
    uri: text,
    type: text,
    name: text,
    preferredUsername: optional(text),
    inbox: text,
    sharedInbox: optional(text),
  },
  { host: ({ uri }: RemoteActor) => new URL(uri).host },
)

export type RemoteKey = { keyId: string; actorUri: string; pem: string }

/** The columns of a public key that another server's actor names. */
export const REMOTE_KEY = describe<RemoteKey>()({ keyId: text, actorUri: text, pem: text })
