import type { Context } from '../../node/context.ts'
import type { Change } from '../../node/domain/federation/change.ts'
import type { StampKind } from '../../node/domain/federation/stamp.ts'
import { findCafeDocument } from '../../node/store/cafes/cafe-documents.ts'
import { findVenue } from '../../node/store/cafes/venues.ts'
import type { Database } from '../../node/store/database/database.ts'
import { findOwnFacilitator } from '../../node/store/facilitators/facilitators.ts'
import { PRIVATE } from '../../node/store/facilitators/recipients.ts'
import { deleteStampsOf, findStamp } from '../../node/store/feeds/stamps.ts'
import { findDocument } from '../../node/store/queues/documents.ts'
import type { Effect } from '../services.ts'
import { enqueue } from '../wire/activities.ts'
import { type Consent, consentAnswer, consentOf, toStampDelete } from '../wire/consent.ts'
import { venueJson } from '../wire/event.ts'
import { idOf, type Json, originOf } from '../wire/json.ts'
import { toFacilitatorProfile } from '../wire/profile.ts'
import { identifierOf } from '../wire/uris.ts'
import { findOwnActor, policyOf } from './actors.ts'
import { featuredCollectionText } from './featured-collections.ts'

/** Who speaks for an object of ours, and who may quote or list it as it is published now. */
export type Giver = { giver: string; consent: Consent }

/**
 * Finds who answers for an account or an object of ours, by what is published at its address: a deleted or withdrawn
 * one has nobody.
 */
export async function findGiver(
  trx: Database,
  context: Pick<Context, 'db' | 'config' | 'now' | 'isDirectory'>,
  { kind, uri }: { kind: StampKind; uri: string },
): Promise<Giver | undefined> {
  const { origin } = context.config
  if (originOf(uri) !== origin) return undefined
  const identifier = identifierOf(origin, uri)
  if (identifier !== undefined) {
    const actor = await findOwnActor(context, identifier, trx)
    return actor && { giver: identifier, consent: consentOf(kind, policyOf(actor, origin)) }
  }
  const text =
    (await findCafeDocument(trx, uri)) ??
    (await findDocument(trx, uri)) ??
    (await findComputedText(trx, context, uri))
  if (text === undefined || !text.startsWith('{')) return undefined
  const object: Json = JSON.parse(text)
  const giver = identifierOf(origin, idOf(object.attributedTo) ?? '')
  return giver === undefined ? undefined : { giver, consent: consentOf(kind, object) }
}

/** Finds what is made anew each time that its address is asked: a collection of places, a profile, or a place. */
async function findComputedText(
  db: Database,
  context: Pick<Context, 'config' | 'now' | 'isDirectory'>,
  uri: string,
): Promise<string | undefined> {
  const { config, now } = context
  const { origin } = config
  const path = uri.slice(origin.length)
  const [, identifier, part] = /^\/actors\/([^/]+)\/collections\/(\d{1,6})$/.exec(path) ?? []
  if (identifier)
    return featuredCollectionText({ ...context, db }, { identifier, part: Number(part) })
  const [, handle] = /^\/animation\/([^/]+)$/.exec(path) ?? []
  const person = handle === undefined ? undefined : await findOwnFacilitator(db, handle)
  if (person?.uri === uri) {
    const profile = toFacilitatorProfile(person, {
      reader: 'public',
      origin,
      cafes: [],
      now: now(),
    })
    return profile && JSON.stringify(profile)
  }
  const [, venueId] = /^\/lieux\/([0-9a-f-]{36})$/.exec(path) ?? []
  const venue = venueId === undefined ? undefined : await findVenue(db, venueId)
  return venue && JSON.stringify(venueJson(venue, origin))
}

/**
 * Withdraws the stamps of objects that are gone: their addresses answer no longer, and the servers that asked for them
 * are told.
 */
export async function withdrawStamps(
  trx: Database,
  { config, now }: Pick<Context, 'config' | 'now'>,
  targetUris: readonly string[],
): Promise<void> {
  for (const stamp of await deleteStampsOf(trx, targetUris)) {
    if (stamp.state !== 'given') continue
    const activity = toStampDelete(config.origin, stamp)
    await enqueue(trx, { activity, actor: stamp.giver, inboxes: [stamp.inbox] }, now())
  }
}

/** Withdraws the stamps of a person's account that is closed; nothing of it is left here once the others are told. */
export async function withdrawStampsOfAccount(
  trx: Database,
  { config, now }: Pick<Context, 'config' | 'now'>,
  uri: string,
): Promise<void> {
  for (const stamp of await deleteStampsOf(trx, [uri])) {
    if (stamp.state !== 'given') continue
    const said = toStampDelete(config.origin, stamp)
    const activity = { ...said, type: `${PRIVATE}Delete`, objectUri: uri }
    await enqueue(trx, { activity, actor: stamp.giver, inboxes: [stamp.inbox] }, now())
  }
}

/**
 * Tells who asked what the team decided: a request that waited is answered, and a stamp that was given is withdrawn by
 * its Delete (FEP-044f, FEP-7aa9). Of an object that is gone meanwhile nobody is told anything more.
 */
export const enqueueDecidedStamp =
  (context: Context, { stampId, was }: Extract<Change, { type: 'stamp-decided' }>): Effect =>
  async (trx) => {
    const { config, now } = context
    const stamp = await findStamp(trx, stampId)
    const giving = stamp && (await findGiver(trx, context, { ...stamp, uri: stamp.targetUri }))
    if (!stamp || !giving) return
    const { requestUri } = stamp
    const isGiven = stamp.state === 'given'
    const activity =
      was === 'asked' && requestUri !== undefined
        ? consentAnswer(config.origin, { ...stamp, requestUri }, isGiven ? stamp.id : undefined)
        : toStampDelete(config.origin, stamp)
    await enqueue(trx, { activity, actor: stamp.giver, inboxes: [stamp.inbox] }, now())
  }
