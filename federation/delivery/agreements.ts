import type { Context } from '../../node/context.ts'
import {
  type AgreementKey,
  type AgreementStatement,
  standingStatement,
} from '../../node/domain/agreements/agreement.ts'
import type { Change } from '../../node/domain/federation/change.ts'
import {
  AGREEMENTS_PAGE,
  findAgreement,
  listOwnAgreements,
} from '../../node/store/agreements/agreements.ts'
import { setOfferId } from '../../node/store/agreements/statements.ts'
import type { Database } from '../../node/store/database/database.ts'
import { findRemoteActor } from '../../node/store/directory/remote-actors.ts'
import { listInstanceInboxes } from '../../node/store/feeds/followers.ts'
import { findSiteStructure } from '../../node/store/structures/site-structure.ts'
import { findAgreementObject, listOwnObjects } from '../actors/agreements.ts'
import { rememberActor } from '../actors/remember-actor.ts'
import { lookUpActor } from '../remote/look-up.ts'
import type { Effect, Services } from '../services.ts'
import { enqueue } from '../wire/activities.ts'
import { senderOf, signedStatement } from '../wire/agreement.ts'
import { originOf } from '../wire/json.ts'
import { actorUri, CAFES, newActivityUri } from '../wire/uris.ts'
import { findSigners, type Signers } from './feeds/feeds.ts'

/** What we say about agreements, to their other sides and to the directories that hear us. */

/** Sends a statement about an agreement. Its receiver must be known before it can be told. */
export async function enqueueStatement(
  context: Context,
  services: Services,
  change: Extract<Change, { type: 'agreement-stated' }>,
): Promise<Effect> {
  const { db, config, now } = context
  const statement = { ...change, at: Temporal.Instant.from(change.at) }
  const otherUri =
    change.side === 'subject'
      ? (await findAgreementObject(db, change))?.actorUri
      : change.subjectUri
  const isKnown =
    !otherUri || originOf(otherUri) === config.origin || (await findRemoteActor(db, otherUri))
  const found = isKnown ? undefined : await lookUpActor(services, otherUri)
  const signers = await findSigners(services, [senderOf(statement)])
  return async (trx) => {
    if (found) await rememberActor(trx, found, now())
    const other = otherUri ? await findRemoteActor(trx, otherUri) : undefined
    const directories = await listInstanceInboxes(trx, { directories: true })
    const inboxes = [...new Set([...(other ? [other.inbox] : []), ...directories])]
    await sendStatement(trx, context, { statement, inboxes, signers })
  }
}

/** Who is told, and by which keys our actors sign. */
type Told = { inboxes: readonly string[]; signers: Signers }

async function sendStatement(
  trx: Database,
  { config: { origin }, now }: Context,
  { statement, inboxes, signers }: Told & { statement: AgreementStatement },
): Promise<void> {
  const signer = signers.get(senderOf(statement))
  const object = await findAgreementObject(trx, statement)
  const agreement = await findAgreement(trx, statement)
  if (!object || !agreement || !signer) return
  const id = newActivityUri(origin)
  if (statement.word === 'offer') await setOfferId(trx, statement, id)
  const ownName = (await findSiteStructure(trx))?.name
  const json = signedStatement(origin, { statement, agreement, object, ownName, signer }, id)
  const activity = { id, type: json.type, objectUri: object.uri, body: JSON.stringify(json) }
  await enqueue(trx, { activity, actor: senderOf(statement), inboxes }, now())
}

/**
 * Tells a directory, some at a time, each yes of ours that still counts.
 * @returns The agreement after which to go on.
 */
export async function enqueueStandingStatements(
  trx: Database,
  context: Context,
  { after, ...told }: Told & { after: AgreementKey | undefined },
): Promise<AgreementKey | undefined> {
  const { origin } = context.config
  const subjectUri = actorUri(origin, CAFES)
  const objectUris = await listOwnObjects(trx, { origin })
  const { items, next } = await listOwnAgreements(
    trx,
    { subjectUri, objectUris },
    { after, limit: AGREEMENTS_PAGE },
  )
  for (const agreement of items) {
    const sides = [
      ...(objectUris.includes(agreement.objectUri) ? (['object'] as const) : []),
      ...(agreement.subjectUri === subjectUri ? (['subject'] as const) : []),
    ]
    for (const side of sides) {
      const statement = standingStatement(agreement, side)
      if (statement) await sendStatement(trx, context, { statement, ...told })
    }
  }
  return next && { kind: next.kind, subjectUri: next.subjectUri, objectUri: next.objectUri }
}
