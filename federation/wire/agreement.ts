import {
  AGREEMENT_KINDS,
  type Agreement,
  type AgreementKey,
  type AgreementKind,
  type AgreementStatement,
} from '../../node/domain/agreements/agreement.ts'
import { cleanText } from '../../node/formats/text/clean-text.ts'
import { toInstantText } from '../../node/store/database/columns.ts'
import { MEMBER_OF, NETWORK_CONTEXT, PUBLIC } from './context.ts'
import {
  idOf,
  isObject,
  isOfType,
  isStorable,
  type Json,
  originOf,
  textOf,
  toList,
} from './json.ts'
import { addProof, type Signer } from './proof.ts'
import { actorUri, CAFES, INSTANCE } from './uris.ts'

/** Statements about agreements as JSON: an Offer of a Relationship, or the answer to one. */

/** The `relationship` of each kind, which is a term of ours, and the actor of ours that speaks for objects of ours. */
const KINDS: Record<
  AgreementKind,
  { relationship: string; speaker: typeof INSTANCE | typeof CAFES }
> = {
  'member-of': { relationship: MEMBER_OF, speaker: INSTANCE },
}

const TYPES = { offer: 'Offer', accept: 'Accept', reject: 'Reject', undo: 'Undo' } as const

/** The object of an agreement: the actor that speaks for it, and what the object's side says of it. */
export type AgreementObject = { uri: string; actorUri: string; description: Json | string }

export type WireStatement = {
  statement: AgreementStatement
  agreement: Pick<Agreement, 'offerId' | 'subjectName'>
  object: AgreementObject
  /** The name of our structure. */
  ownName: string | undefined
  /** Of the actor that says it. */
  signer: Signer
}

/** Returns the actor that speaks for a side of ours: for our structure, which is a subject, `cafes`. */
export const senderOf = ({ kind, side }: Pick<AgreementStatement, 'kind' | 'side'>): string =>
  side === 'subject' ? CAFES : KINDS[kind].speaker

/**
 * Returns a statement as JSON, with a proof of the time when it was said.
 * @param id - The id of an activity that is sent; a statement that is only listed has none.
 */
export function signedStatement(
  origin: string,
  { statement, agreement, object, ownName, signer }: WireStatement,
  id?: string,
): Json & { type: string } {
  const { kind, side, subjectUri, word } = statement
  const name = side === 'subject' ? ownName : agreement.subjectName || undefined
  const relationship = {
    type: 'Relationship',
    subject: { id: subjectUri, type: 'Group', ...(name && { name }) },
    relationship: KINDS[kind].relationship,
    object: side === 'object' ? object.description : object.uri,
  }
  const json = {
    '@context': NETWORK_CONTEXT,
    ...(id !== undefined && { id }),
    type: TYPES[word],
    actor: actorUri(origin, senderOf(statement)),
    to: [side === 'subject' ? object.actorUri : subjectUri],
    cc: [PUBLIC],
    published: toInstantText(statement.at),
    object:
      word === 'offer'
        ? relationship
        : {
            ...(agreement.offerId && { id: agreement.offerId }),
            type: 'Offer',
            object: relationship,
          },
  }
  return addProof(json, signer, statement.at)
}

/** What a Relationship says, given on its own or within the Offer that is answered. */
export type ReadRelation = AgreementKey & {
  subjectName: string | undefined
  /** The object as it was written: its address, or what its side says of it. */
  written: unknown
}

/** Reads the agreement that an activity is about; undefined when it is about something else. */
export function readRelation({ object }: Json): ReadRelation | undefined {
  const [said] = toList(object)
  if (!isObject(said)) return undefined
  const [relation] = isOfType(said, 'Offer') ? toList(said.object) : [said]
  if (!isObject(relation) || !isOfType(relation, 'Relationship')) return undefined
  const kind = readKind(idOf(toList(relation.relationship)[0]))
  const [subject] = toList(relation.subject)
  const [written] = toList(relation.object)
  const subjectUri = idOf(subject)
  const objectUri = idOf(written)
  if (!kind || !subjectUri || !objectUri || !originOf(subjectUri) || !originOf(objectUri))
    return undefined
  if (!isStorable(subjectUri) || !isStorable(objectUri)) return undefined
  const name = isObject(subject) ? cleanText(textOf(subject.name) ?? '', 200) : ''
  return { kind, subjectUri, objectUri, subjectName: name || undefined, written }
}

const readKind = (relationship: string | undefined): AgreementKind | undefined =>
  AGREEMENT_KINDS.find((kind) => {
    const uri = KINDS[kind].relationship
    return relationship === uri || relationship === uri.replace(/^.*#/, 'cafeia:')
  })
