import type { Context } from '../../node/context.ts'
import type { AgreementKey, Side } from '../../node/domain/agreements/agreement.ts'
import type { Author } from '../../node/domain/cafes/edit.ts'
import type { NetworkDescription } from '../../node/domain/structures/network.ts'
import { decodeEntities, sanitizeHtml } from '../../node/formats/text/html-text.ts'
import { htmlToMarkdown } from '../../node/formats/text/markdown.ts'
import { findAgreement } from '../../node/store/agreements/agreements.ts'
import { saveStatement } from '../../node/store/agreements/statements.ts'
import {
  takeBackEnd,
  takeBackNetwork,
  takeBackProfile,
  type WordOutcome,
} from '../../node/store/backup/recovered-words.ts'
import type { Restoration } from '../../node/store/backup/restoration.ts'
import type { SignedProfile } from '../../node/store/backup/word-nouns.ts'
import type { Database } from '../../node/store/database/database.ts'
import { deleteHeldAttestation } from '../../node/store/referents/attestations.ts'
import { EMAIL_FACT, nameOfAccount, PHONE_FACT } from '../actors/actors.ts'
import { toOwnTerms } from '../gate/jsonld.ts'
import { receiveAttestation } from '../inbox/referents.ts'
import { readRelation } from '../wire/agreement.ts'
import { idOf, isObject, isOfType, type Json, originOf, textOf, toList } from '../wire/json.ts'
import { fromOrganization } from '../wire/network.ts'
import { wordTimeOf } from '../wire/proof.ts'
import { actorUri, CAFES, INSTANCE } from '../wire/uris.ts'
import { isOfLostKey, isSignedBy, type OwnKey } from './own-texts.ts'
import { describeStructure } from './read-structures.ts'

/**
 * What a directory gives back to a restored site beside its cafés: what the site signed of its structure, its networks
 * and their members, and the mandates that the directory gave to people of the site.
 */

/** A word, read and checked. */
export type OwnWord = { type: 'word' } & (
  | ({ is: 'profile'; said: SignedProfile } & SignedAt)
  | ({ is: 'network'; said: NetworkDescription & { uri: string; actorUri: string } } & SignedAt)
  | { is: 'end'; said: { uri: string }; at: Temporal.Instant }
  | { is: 'statement'; key: AgreementKey; side: Side; isYes: boolean; at: Temporal.Instant }
  | { is: 'mandate'; document: Json }
  | { is: 'revoked'; uri: string }
  /** None of our keys has signed it. */
  | { is: 'unsigned' }
)

type SignedAt = {
  at: Temporal.Instant
  /** Whether a key of this site has signed it; else one that it does not have says that it did. */
  isSigned: boolean
}

type Asked = {
  /** The origin of this site. */
  origin: string
  /** The actor of the directory. */
  uri: string
  wordKeys: readonly OwnKey[]
}

/** The types of a structure, of a network and its end, and of statements. */
const TYPES = ['Group', 'Organization', 'Delete', 'Offer', 'Accept', 'Reject', 'Undo']

/** Reads what is no café and no deletion of one; undefined for anything else. */
export async function readWord(
  item: Json,
  { origin, uri: directory, wordKeys }: Asked,
  now: Temporal.Instant,
): Promise<OwnWord | undefined> {
  const ofDirectory = readMandate(item, directory)
  if (ofDirectory) return ofDirectory
  const speaker = speakerOf(item, origin)
  if (!speaker || !TYPES.some((type) => isOfType(item, type))) return undefined
  const keys = wordKeys.filter(({ keyId }) => keyId.startsWith(`${speaker}#`))
  const isSigned = isSignedBy(item, keys)
  const isDescription = item.id === speaker || isOfType(item, 'Organization')
  if (!isSigned && !(isDescription && isOfLostKey(item, { keys, actor: speaker })))
    return { type: 'word', is: 'unsigned' }
  const at = wordTimeOf(item)
  const read = await toOwnTerms(item)
  if (!at || !read || Temporal.Instant.compare(at, now) > 0) return undefined
  if (item.id === speaker)
    return { type: 'word', is: 'profile', said: readProfile(item), at, isSigned }
  const isServer = speaker === actorUri(origin, INSTANCE)
  if (isOfType(read, 'Organization') && isServer) {
    const said = fromOrganization(read)
    return said && originOf(said.uri) === origin
      ? { type: 'word', is: 'network', said, at, isSigned }
      : undefined
  }
  if (isOfType(read, 'Delete') && isServer) {
    const uri = idOf(toList(read.object)[0])
    return uri?.startsWith(`${origin}/reseaux/`)
      ? { type: 'word', is: 'end', said: { uri }, at }
      : undefined
  }
  return readStatement(read, { speaker, origin, at })
}

/** Reads an attestation of the directory, or that it was revoked. */
function readMandate(item: Json, directory: string): OwnWord | undefined {
  const uri = idOf(item)
  if (uri === undefined || originOf(uri) !== originOf(directory)) return undefined
  if (isOfType(item, 'Relationship')) return { type: 'word', is: 'mandate', document: item }
  const isRevoked = isOfType(item, 'Tombstone') && item.formerType === 'Relationship'
  return isRevoked ? { type: 'word', is: 'revoked', uri } : undefined
}

/** Returns which actor of ours says it: the structure of itself, or who owns the network or makes the statement. */
function speakerOf(item: Json, origin: string): string | undefined {
  const said = idOf(item.actor) ?? idOf(toList(item.attributedTo)[0]) ?? idOf(item)
  return [actorUri(origin, CAFES), actorUri(origin, INSTANCE)].find((uri) => uri === said)
}

const YES = ['Offer', 'Accept']

function readStatement(
  read: Json,
  { speaker, origin, at }: { speaker: string; origin: string; at: Temporal.Instant },
): OwnWord | undefined {
  const relation = readRelation(read)
  const type = ['Offer', 'Accept', 'Reject', 'Undo'].find((name) => isOfType(read, name))
  if (!relation || !type) return undefined
  const { kind, subjectUri, objectUri } = relation
  const side = subjectUri === speaker ? 'subject' : 'object'
  if (side === 'object' && originOf(objectUri) !== origin) return undefined
  const key = { kind, subjectUri, objectUri }
  return { type: 'word', is: 'statement', key, side, isYes: YES.includes(type), at }
}

/** Reads back what `findOwnActor` and `toActorJson` say of the structure. */
function readProfile(document: Json): SignedProfile {
  const { kind, website, address } = describeStructure(document)
  const name = textOf(document.name) ?? ''
  const summary = textOf(document.summary) ?? ''
  const [before = ''] = summary.split('</p>', 1)
  const presentationHtml = sanitizeHtml(summary.slice(before.length + '</p>'.length))
  const facts = toList(document.attachment).filter(isObject)
  const factOf = (label: string) => {
    const value = textOf(facts.find((fact) => fact.name === label)?.value)
    return value === undefined ? undefined : decodeEntities(value)
  }
  return {
    ...{ kind, website, address, presentationHtml },
    name: nameOfAccount(name),
    presentationMarkdown: htmlToMarkdown(presentationHtml) || undefined,
    email: factOf(EMAIL_FACT),
    phone: factOf(PHONE_FACT),
  }
}

type Given = { uri: string; by: Author; restoration: Restoration; organizationId: string }

/** Applies a word; what this site has said since the restore holds. */
export async function takeWord(
  trx: Database,
  { now: clock }: Context,
  word: OwnWord,
  { uri, by, restoration: times, organizationId }: Given,
): Promise<WordOutcome> {
  const now = clock()
  const given = { by, times, organizationId }
  const isSigned = 'isSigned' in word && word.isSigned
  switch (word.is) {
    case 'unsigned':
      return 'refused'
    case 'profile':
      return takeBackProfile(trx, { ...given, said: word.said, at: word.at, isSigned }, now)
    case 'network':
      return takeBackNetwork(trx, { ...given, said: word.said, at: word.at, isSigned }, now)
    case 'end':
      return takeBackEnd(trx, { ...given, said: word.said, at: word.at }, now)
    case 'statement':
      return takeStatement(trx, word, now)
    case 'mandate': {
      const isNew = await receiveAttestation(
        trx,
        { object: word.document, actorUri: uri },
        { now: clock },
      )
      return isNew ? 'taken' : 'known'
    }
    case 'revoked': {
      const issuer = originOf(uri) ?? ''
      return (await deleteHeldAttestation(trx, { uri: word.uri, issuer })) ? 'taken' : 'known'
    }
  }
}

/** Notes a yes or no that was said before the restore; everybody else has heard it, and a later one holds. */
async function takeStatement(
  trx: Database,
  { key, side, isYes, at }: Extract<OwnWord, { is: 'statement' }>,
  now: Temporal.Instant,
): Promise<WordOutcome> {
  const before = await findAgreement(trx, key)
  const last = isYes ? before?.[`${side}At`] : before?.endedAt
  if (last && Temporal.Instant.compare(last, at) >= 0) return 'known'
  await saveStatement(trx, { ...key, side, isYes, at }, now)
  return 'taken'
}
