import type { Context } from '../../node/context.ts'
import type { AgreementKind, Side } from '../../node/domain/agreements/agreement.ts'
import { findAgreement, listPendingHosts } from '../../node/store/agreements/agreements.ts'
import { saveStatement } from '../../node/store/agreements/statements.ts'
import type { Database } from '../../node/store/database/database.ts'
import { hasRoomForHost } from '../../node/store/directory/known-hosts.ts'
import { findRemoteActor } from '../../node/store/directory/remote-actors.ts'
import { findKnownNetwork } from '../../node/store/networks/networks.ts'
import { count } from '../../node/store/queues/counters.ts'
import { takeShare } from '../../node/store/queues/shares.ts'
import { findSpeaker } from '../actors/owners.ts'
import { type ReadRelation, readRelation } from '../wire/agreement.ts'
import { type Json, originOf } from '../wire/json.ts'
import { actorUri, CAFES } from '../wire/uris.ts'
import type { Received } from './handler.ts'
import { receiveNetworkOf } from './networks.ts'
import { saveSignedText } from './signed-texts.ts'

/**
 * What others tell us about agreements. Each side says only its own word, Offer or Accept (yes), Reject or Undo (no),
 * about a Relationship: the subject by its own actor, the object by the actor that speaks for it. Other actors are
 * refused. A directory is told by both sides and keeps the words of both.
 */

type ObjectRule = {
  /** Returns whether there is an object of ours at this address. */
  isKnown: (trx: Database, uri: string, context: Context) => Promise<boolean>
  /** Returns whether this actor of the object's server speaks for it, and stores what it says of it. */
  mayState: (
    trx: Database,
    stated: { written: unknown; objectUri: string; from: string },
    context: Context,
  ) => Promise<boolean>
  /** How many offers may wait for the answer of one of our subjects or objects: in all, and of one registrable domain. */
  pending: Record<Side, { all: number; max: number }>
}

const OBJECTS: Record<AgreementKind, ObjectRule> = {
  'member-of': {
    isKnown: async (trx, uri) => (await findKnownNetwork(trx, uri)) !== undefined,
    mayState: receiveNetworkOf,
    // A domain that fills its own part shuts nobody else out.
    pending: { subject: { all: 50, max: 10 }, object: { all: 1_000, max: 100 } },
  },
}

/** A statement about an agreement, received in the inbox or read in its speaker's list. */
export type ReceivedStatement = Pick<Received, 'id' | 'type' | 'actorUri' | 'activity' | 'written'>

/**
 * Applies an activity about an agreement, or refuses and counts it.
 * @returns false when it is about something else.
 */
export async function receiveAgreement(
  trx: Database,
  received: ReceivedStatement,
  context: Context,
): Promise<boolean> {
  const relation = readRelation(received.activity)
  if (!relation) return false
  const refusal = await decideRefusal(trx, { relation, received }, context)
  if (refusal) await count(trx, `inbox:${refusal}`, context.now())
  else await saveReceived(trx, { relation, received }, context)
  return true
}

type Stated = { relation: ReadRelation; received: ReceivedStatement }

const sideOf = ({ relation, received }: Stated): Side =>
  relation.subjectUri === received.actorUri ? 'subject' : 'object'

/** Returns under what a directory keeps the last word of a side. */
const wordOf = ({ relation: { kind, subjectUri, objectUri }, received: { actorUri } }: Stated) =>
  `${actorUri}/memberships#${new URLSearchParams({ kind, subjectUri, objectUri })}`

const isYes = ({ received: { type } }: Stated): boolean => type === 'Offer' || type === 'Accept'

/** Decides why a statement is not stored; undefined where it is. */
async function decideRefusal(
  trx: Database,
  stated: Stated,
  context: Context,
): Promise<'too-many' | 'refused' | undefined> {
  const { relation, received } = stated
  const isNew = (await findAgreement(trx, relation)) === undefined
  // This is checked before anything of it is stored.
  if (isNew && isYes(stated) && (await isTooMuch(trx, stated, context))) return 'too-many'
  const isOurs = sideOf(stated) === 'subject' ? isForUs : isFromObject
  if (!(await isOurs(trx, stated, context))) return 'refused'
  const taking = { host: new URL(received.actorUri).host, max: context.config.shares.memberships }
  return isNew && !(await takeShare(trx, 'membership', taking)) ? 'too-many' : undefined
}

async function saveReceived(trx: Database, stated: Stated, context: Context): Promise<void> {
  const { now } = context
  const { relation, received } = stated
  const { actorUri, written } = received
  await saveSignedText(trx, context, { uri: wordOf(stated), actorUri, document: written })
  const { kind, subjectUri, objectUri, subjectName } = relation
  const side = sideOf(stated)
  const name = subjectName ?? (await findRemoteActor(trx, subjectUri))?.name
  await saveStatement(
    trx,
    {
      ...{ kind, subjectUri, objectUri, side },
      isYes: isYes(stated),
      subjectName: side === 'subject' ? name : undefined,
      offerId: received.type === 'Offer' ? received.id : undefined,
      at: statedAt(received.activity, now()),
    },
    now(),
  )
}

/**
 * Returns whether a subject's statement is for us: it is about an object of ours, or we are a directory that trusts its
 * server.
 */
async function isForUs(
  trx: Database,
  { relation: { kind, objectUri }, received }: Stated,
  context: Context,
): Promise<boolean> {
  if (originOf(objectUri) === context.config.origin)
    return OBJECTS[kind].isKnown(trx, objectUri, context)
  return context.isDirectory && (await findSpeaker(trx, received.actorUri)) !== undefined
}

/**
 * Returns whether an object's statement counts: it comes from the object's own server, by the actor that speaks for it.
 * Our structure accepts an offer of any object; a directory accepts them only from servers that it trusts.
 */
async function isFromObject(
  trx: Database,
  { relation: { kind, subjectUri, objectUri, written }, received: { actorUri: from } }: Stated,
  context: Context,
): Promise<boolean> {
  const origin = originOf(objectUri)
  if (origin !== originOf(from) || origin === context.config.origin) return false
  const isToUs = subjectUri === actorUri(context.config.origin, CAFES)
  const isTrusted = context.isDirectory && (await findSpeaker(trx, from)) !== undefined
  if (!isToUs && !isTrusted) return false
  return OBJECTS[kind].mayState(trx, { written, objectUri, from }, context)
}

/** Returns whether too many offers wait for our team already. A no, and a known pair, are never too many. */
async function isTooMuch(
  trx: Database,
  { relation: { kind, subjectUri, objectUri }, ...stated }: Stated,
  { config }: Context,
): Promise<boolean> {
  const isFromSubject = subjectUri === stated.received.actorUri
  const ours = isFromSubject ? objectUri : subjectUri
  if (originOf(ours) !== config.origin) return false
  const most = OBJECTS[kind].pending[isFromSubject ? 'object' : 'subject']
  const party = { kind, ...(isFromSubject ? { objectUri } : { subjectUri }) }
  const waiting = await listPendingHosts(trx, party, most.all)
  const { host } = new URL(isFromSubject ? subjectUri : objectUri)
  return !(await hasRoomForHost(trx, waiting, { host, ...most }))
}

/** How far a time may be ahead of our clock: clocks differ, and `decideStatement` dates statements a second apart. */
const AHEAD_MINUTES = 10

/** Returns when it was said. A time too far ahead counts as now; otherwise no later statement would ever count. */
function statedAt({ published }: Json, now: Temporal.Instant): Temporal.Instant {
  try {
    const said = Temporal.Instant.from(String(published))
    const latest = now.add({ minutes: AHEAD_MINUTES })
    return Temporal.Instant.compare(said, latest) > 0 ? now : said
  } catch {
    return now
  }
}
