import type { KeyObject } from 'node:crypto'
import { cleanText } from '../../node/formats/text/clean-text.ts'
import type { RemoteActor, RemoteKey } from '../../node/store/schema/actors.ts'
import { isObject, isOfType, isStorable, type Json, originOf, toList } from '../wire/json.ts'
import { fromMultibase } from '../wire/multikey.ts'
import { isAcceptable, parsePublicPem } from './public-keys.ts'

/** A public key that an actor's own document lists. `pem` is a SubjectPublicKeyInfo, whatever form the key came in. */
export type ListedKey = RemoteKey & { key: KeyObject }

/** What we keep of an actor's document, fetched at the actor's own id. Every field is bounded in length. */
export type ActorDocument = {
  actor: RemoteActor
  keys: ListedKey[]
  /** Ids of its own keys that somebody else may hold: nothing that they ever signed counts. */
  leaked: string[]
  /** Where it says that it is now, and the addresses that it says to have had or to have beside this one. */
  movedTo: string | undefined
  alsoKnownAs: string[]
  /** Why nothing may be delivered to it; such an actor may not speak here. */
  unreachable: string | undefined
}

const ACTOR_TYPES = ['Application', 'Group', 'Organization', 'Person', 'Service']
const MAX_KEYS = 8
const MAX_ALIASES = 16

/**
 * Reads an actor document that was fetched at `uri`; undefined when it is not that actor's. Its inbox must be on the
 * actor's own origin and pass `check`, since a follower's inbox at 127.0.0.1 is a known attack. A shared inbox that
 * does not pass is ignored.
 */
export function parseActorDocument(
  json: unknown,
  { uri, check }: { uri: string; check: (url: string) => string | undefined },
): ActorDocument | undefined {
  if (!isObject(json)) return undefined
  const document = json
  const type = ACTOR_TYPES.find((name) => isOfType(document, name))
  if (document.id !== uri || type === undefined) return undefined
  const refusalOf = (url: string | undefined): string | undefined => {
    if (!url) return 'it has no inbox'
    if (!URL.canParse(url) || new URL(url).origin !== new URL(uri).origin)
      return 'its inbox is on another server'
    return check(url)
  }
  const inbox = addressOf(document.inbox)
  const { endpoints } = document
  const sharedInbox = addressOf(isObject(endpoints) ? endpoints.sharedInbox : undefined)
  const preferredUsername = cleaned(document.preferredUsername, 128)
  return {
    actor: {
      uri,
      type,
      name: cleaned(document.name, 300) || preferredUsername || new URL(uri).host,
      preferredUsername,
      inbox: inbox ?? '',
      sharedInbox: refusalOf(sharedInbox) ? undefined : sharedInbox,
    },
    keys: listKeys(document, uri),
    leaked: toList(document.revokedKeys)
      .slice(0, MAX_KEYS)
      .flatMap((id) => addressOf(id) ?? [])
      .filter((id) => originOf(id) === originOf(uri)),
    movedTo: addressOf(document.movedTo),
    alsoKnownAs: toList(document.alsoKnownAs)
      .slice(0, MAX_ALIASES)
      .flatMap((uri) => addressOf(uri) ?? []),
    unreachable: refusalOf(inbox),
  }
}

/**
 * Returns the key that signs under this id. The actor's own id as key id (activitypub-express) means its `publicKey`.
 */
export const keyFor = (keys: readonly ListedKey[], keyId: string): ListedKey | undefined =>
  keys.find((key) => key.keyId === keyId) ?? keys.find((key) => key.actorUri === keyId)

/**
 * Lists the keys of `publicKey` (one or several) and the Multikeys of `assertionMethod` (FEP-521a) whose owner is the
 * actor itself. A key under an id of another server is left out: it would be of no use here, and would take the place
 * of that server's own.
 */
function listKeys(document: Json, actorUri: string): ListedKey[] {
  const byPem = itemsOf(document.publicKey).map((item) => ({
    id: item.id,
    owner: item.owner,
    key: typeof item.publicKeyPem === 'string' ? parsePublicPem(item.publicKeyPem) : undefined,
  }))
  const byMultikey = itemsOf(document.assertionMethod).map((item) => ({
    id: item.id,
    owner: item.controller,
    key:
      typeof item.publicKeyMultibase === 'string'
        ? fromMultibase(item.publicKeyMultibase)
        : undefined,
  }))
  return [...byPem, ...byMultikey].flatMap(({ id, owner, key }) => {
    const keyId = addressOf(id)
    if (
      !key ||
      !isAcceptable(key) ||
      !keyId ||
      owner !== actorUri ||
      originOf(keyId) !== originOf(actorUri)
    )
      return []
    return [{ keyId, actorUri, key, pem: key.export({ type: 'spki', format: 'pem' }).toString() }]
  })
}

const itemsOf = (value: unknown): Json[] => toList(value).slice(0, MAX_KEYS).filter(isObject)

const cleaned = (value: unknown, most: number): string | undefined =>
  typeof value === 'string' ? cleanText(value, most) || undefined : undefined

const addressOf = (value: unknown): string | undefined =>
  typeof value === 'string' && isStorable(value) ? value : undefined
