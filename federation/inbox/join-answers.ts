import type { Context } from '../../node/context.ts'
import type { Change } from '../../node/domain/federation/change.ts'
import { JOIN_REFUSALS } from '../../node/domain/registrations/join.ts'
import type { RegistrationState } from '../../node/domain/registrations/registration.ts'
import { findCafe, findCafeByUri } from '../../node/store/cafes/cafes.ts'
import type { Database } from '../../node/store/database/database.ts'
import { findRemoteActor } from '../../node/store/directory/remote-actors.ts'
import { PRIVATE } from '../../node/store/facilitators/recipients.ts'
import { findRegistration } from '../../node/store/registrations/registrations.ts'
import type { RemoteActor } from '../../node/store/schema/actors.ts'
import { enqueue, privateActivity } from '../wire/activities.ts'
import { authorOf, CAFES } from '../wire/uris.ts'

type JoinAnswer = {
  type: 'Accept' | 'TentativeAccept' | 'Reject'
  joinUri: string
  /** Who joined. */
  actor: RemoteActor
  cafeUri: string
  /** The reason of a Reject, in plain words. */
  summary?: string | undefined
}

/**
 * Queues the answer to a Join, for who joined alone. It is in no outbox and at no address, and is deleted once it has
 * arrived.
 */
export async function enqueueJoinAnswer(
  trx: Database,
  { config, now }: Pick<Context, 'config' | 'now'>,
  { type, joinUri, actor, cafeUri, summary }: JoinAnswer,
): Promise<void> {
  const cafe = await findCafeByUri(trx, cafeUri)
  const author = cafe ? authorOf(config.origin, cafe) : CAFES
  const object = { id: joinUri, type: 'Join', actor: actor.uri, object: cafeUri }
  const said = privateActivity(config.origin, {
    type,
    actor: author,
    object,
    to: actor.uri,
    summary,
  })
  const activity = { ...said, type: `${PRIVATE}${type}`, objectUri: joinUri }
  await enqueue(trx, { activity, actor: author, inboxes: [actor.inbox] }, now())
}

const ANSWERS: Partial<Record<RegistrationState, JoinAnswer['type']>> = {
  confirmed: 'Accept',
  waiting: 'TentativeAccept',
  cancelled: 'Reject',
  lapsed: 'Reject',
}

/** Tells an account of another server what became of its Join; nothing once it has left, or is erased. */
export async function enqueueJoinState(
  trx: Database,
  context: Context,
  { registrationId, state }: Extract<Change, { type: 'join-answered' }>,
): Promise<void> {
  const { joinUri, actorUri, cafeId } = (await findRegistration(trx, registrationId)) ?? {}
  const type = ANSWERS[state]
  if (!joinUri || !actorUri || !cafeId || !type) return
  const [cafe, actor] = [await findCafe(trx, cafeId), await findRemoteActor(trx, actorUri)]
  if (!cafe || !actor) return
  const summary = type === 'Reject' ? JOIN_REFUSALS.cancelled : undefined
  await enqueueJoinAnswer(trx, context, { type, joinUri, actor, cafeUri: cafe.uri, summary })
}
