import type { KeyObject } from 'node:crypto'
import {
  type Attestation,
  type AttestationRefusal,
  decideAttestation,
  type RevocationList,
} from '../../node/domain/referents/attestation.ts'
import type { ReferentProposal } from '../../node/domain/referents/referent.ts'
import { cleanText } from '../../node/formats/text/clean-text.ts'
import { ATTESTATION_CONTEXT, PROPOSAL_CONTEXT, REFERENT_OF } from './context.ts'
import { idOf, instantOf, isObject, isOfType, type Json, originOf, textOf, toList } from './json.ts'
import { verificationMethodOf, verifyProof } from './proof.ts'
import { actorUri, INSTANCE, revocationsUri, territoryUri } from './uris.ts'

/**
 * Conversion between an attestation and a Relationship: a directory's `instance` signs that a person answers for a
 * territory.
 */

/** Returns the Relationship of an attestation; its `name` says it in words. It is signed as it stands by `addProof`. */
export const toRelationship = (
  { uri, issuer, person, territory, from, until, issuedAt }: Attestation,
  name: string,
): Json => ({
  '@context': ATTESTATION_CONTEXT,
  id: uri,
  type: 'Relationship',
  name,
  attributedTo: actorUri(issuer, INSTANCE),
  subject: { type: 'Person', ...(person.uri && { id: person.uri }), name: person.name },
  relationship: REFERENT_OF,
  object: territoryUri(issuer, territory),
  startTime: toSecond(from),
  endTime: toSecond(until),
  published: toSecond(issuedAt),
})

/**
 * Reads an attestation from a Relationship. Undefined for anything else, and for one about another directory's
 * territory. The proof is not checked.
 */
function fromRelationship(document: Json): Attestation | undefined {
  const { id, subject } = document
  const uri = textOf(id)
  const issuer = originOf(uri)
  const territory = territoryOf(idOf(document.object), issuer)
  const name = isObject(subject) ? nameOf(subject) : undefined
  const [from, until, issuedAt] = [document.startTime, document.endTime, document.published].map(
    instantOf,
  )
  if (!isOfType(document, 'Relationship') || document.relationship !== REFERENT_OF) return undefined
  if (!uri || !issuer || !territory || !name || !from || !until || !issuedAt) return undefined
  if (document.attributedTo !== actorUri(issuer, INSTANCE)) return undefined
  return { uri, issuer, territory, from, until, issuedAt, person: { name, uri: idOf(subject) } }
}

const NAME_MAX = 200

const nameOf = ({ name }: Json): string => cleanText(textOf(name) ?? '', NAME_MAX)

/** Returns the code of the territory, from an address under the issuer's own; undefined for any other. */
function territoryOf(uri: string | undefined, issuer: string | undefined): string | undefined {
  const prefix = issuer && territoryUri(issuer, '')
  const code = prefix && uri?.startsWith(prefix) ? uri.slice(prefix.length) : ''
  return /^(?:[rec]-)?[0-9A-B]{2,9}$/.test(code) ? code : undefined
}

const toSecond = (instant: Temporal.Instant): string =>
  instant.round({ smallestUnit: 'second', roundingMode: 'floor' }).toString()

/**
 * Returns the list of the attestations that the directory revoked and that would still be valid by their dates. It is
 * signed like an attestation.
 */
export const toRevocationList = (
  origin: string,
  { uris, updatedAt }: { uris: readonly string[]; updatedAt: Temporal.Instant },
): Json => ({
  '@context': ATTESTATION_CONTEXT,
  id: revocationsUri(origin),
  type: 'OrderedCollection',
  attributedTo: actorUri(origin, INSTANCE),
  updated: toSecond(updatedAt),
  totalItems: uris.length,
  orderedItems: uris,
})

/** Reads a list of revocations at its own address; undefined for anything else. */
function fromRevocationList(document: Json): RevocationList | undefined {
  const issuer = originOf(textOf(document.id))
  const updatedAt = instantOf(document.updated)
  if (!issuer || !updatedAt || document.id !== revocationsUri(issuer)) return undefined
  if (document.attributedTo !== actorUri(issuer, INSTANCE)) return undefined
  const uris = toList(document.orderedItems).flatMap((item) => textOf(item) ?? [])
  return { issuer, updatedAt, uris: new Set(uris) }
}

export type CheckedAttestation =
  | { outcome: 'valid'; attestation: Attestation }
  /** The attestation could be read, but does not count. */
  | { outcome: 'refused'; reason: AttestationRefusal; attestation: Attestation }
  | { outcome: 'refused'; reason: 'not-an-attestation' | 'altered' | 'altered-list' }

/**
 * Checks an attestation without a network: its form, its proof by this key of the directory's `instance`, its dates,
 * the territory for which it is shown, and the directory's list of revocations where one is at hand.
 */
export function checkAttestation(
  document: Json,
  {
    publicKey,
    now,
    territory,
    revocations,
  }: {
    publicKey: KeyObject
    now: Temporal.Instant
    territory?: string | undefined
    revocations?: Json | undefined
  },
): CheckedAttestation {
  const attestation = fromRelationship(document)
  if (!attestation) return { outcome: 'refused', reason: 'not-an-attestation' }
  const key = actorUri(attestation.issuer, INSTANCE)
  const isSigned = (signed: Json) =>
    verificationMethodOf(signed)?.split('#')[0] === key && verifyProof(signed, publicKey)
  if (!isSigned(document)) return { outcome: 'refused', reason: 'altered' }
  const revoked = revocations && fromRevocationList(revocations)
  if (
    revocations &&
    (!revoked || (revoked.issuer === attestation.issuer && !isSigned(revocations)))
  )
    return { outcome: 'refused', reason: 'altered-list' }
  const reason = decideAttestation(attestation, { now, territory, revoked })
  return reason ? { outcome: 'refused', reason, attestation } : { outcome: 'valid', attestation }
}

/** Returns the Offer by which a place's `instance` proposes a referent for a territory of the directory. */
export const toProposal = (
  { territory, name, word, email }: ReferentProposal,
  { id, actor, directory }: { id: string; actor: string; directory: string },
): Json => ({
  '@context': PROPOSAL_CONTEXT,
  id,
  type: 'Offer',
  actor,
  to: [actorUri(directory, INSTANCE)],
  object: {
    type: 'Relationship',
    subject: { type: 'Person', name, email, word },
    relationship: REFERENT_OF,
    object: territoryUri(directory, territory),
  },
})

/**
 * Reads what an Offer to this directory proposes, as far as it can be read; its values are checked where they are
 * stored.
 */
export function fromProposal(
  activity: Json,
  directory: string,
): (Omit<ReferentProposal, 'word'> & { word: string | undefined }) | undefined {
  const { object } = activity
  if (!isObject(object) || object.relationship !== REFERENT_OF) return undefined
  const { subject } = object
  const territory = territoryOf(idOf(object.object), directory)
  if (!isObject(subject) || !territory) return undefined
  const [name, email] = [nameOf(subject), cleanText(textOf(subject.email) ?? '', 254)]
  if (!name || !email) return undefined
  return { territory, name, email, word: textOf(subject.word) }
}
