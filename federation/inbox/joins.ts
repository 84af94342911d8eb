import type { Context } from '../../node/context.ts'
import {
  findJoinRefusal,
  JOIN_REFUSALS,
  JOINED_OF_DOMAIN,
  type JoinRefusal,
} from '../../node/domain/registrations/join.ts'
import {
  NAME_MAX,
  type Registration,
  sidesOf,
} from '../../node/domain/registrations/registration.ts'
import { handleOf } from '../../node/domain/structures/structure.ts'
import { cleanText } from '../../node/formats/text/clean-text.ts'
import { findCafeByUri } from '../../node/store/cafes/cafes.ts'
import type { Database } from '../../node/store/database/database.ts'
import { quotaDomainOf } from '../../node/store/database/quota-domain.ts'
import { findRemoteActor } from '../../node/store/directory/remote-actors.ts'
import { count } from '../../node/store/queues/counters.ts'
import { isInboxFull } from '../../node/store/queues/deliveries.ts'
import { takeLimited } from '../../node/store/queues/shares.ts'
import { deleteJoinAnswers } from '../../node/store/registrations/purge.ts'
import {
  deleteRegistration,
  listRegistrationsOf,
} from '../../node/store/registrations/registrations.ts'
import { appendAnswer, type Seating, saveJoin } from '../../node/store/registrations/seating.ts'
import {
  addRegistration,
  answerOffer,
  endRegistration,
  withSeating,
} from '../../node/store/registrations/seats.ts'
import type { RemoteActor } from '../../node/store/schema/actors.ts'
import { idOf, isObject, isOfType, originOf, toList } from '../wire/json.ts'
import type { Handler, Received } from './handler.ts'
import { enqueueJoinAnswer } from './join-answers.ts'

/**
 * Who takes part in a café of ours from another server: `Join`, and `Leave` or the Undo of the Join. The words that
 * Mobilizon sends along (`participationMessage`) are not kept, since they may say anything of a person's health.
 */

/** Handles a Join, which is always answered: an account that asks again has the answer again, and one seat. */
export const onJoin: Handler = async (trx, received, context) => {
  const { activity, actorUri, id: joinUri } = received
  const sender = await findRemoteActor(trx, actorUri)
  const uri = idOf(toList(activity.object)[0])
  if (!sender || !uri || originOf(uri) !== context.config.origin) return
  if (await isInboxFull(trx, sender.inbox)) return count(trx, 'inbox:refused', context.now())
  const refusal = await takeSeat(trx, context, { uri, sender, joinUri })
  if (refusal === undefined) return
  const answer = { type: 'Reject', summary: JOIN_REFUSALS[refusal], cafeUri: uri } as const
  await enqueueJoinAnswer(trx, context, { ...answer, joinUri, actor: sender })
}

type Joining = { uri: string; sender: RemoteActor; joinUri: string }

async function takeSeat(
  trx: Database,
  { now }: Context,
  { uri, sender, joinUri }: Joining,
): Promise<JoinRefusal | undefined> {
  const cafe = await findCafeByUri(trx, uri)
  const closed = cafe ? findJoinRefusal(cafe, now()) : 'elsewhere'
  if (!cafe || closed) return closed
  if (sender.type !== 'Person') return 'no-person'
  return withSeating(trx, { cafeId: cafe.id, now: now() }, async (seating) => {
    const known = seating.open.find(({ actorUri }) => actorUri === sender.uri)
    if (known) return repeatAnswer(seating, await saveJoin(seating, known, joinUri))
    if (!(await hasRoomForDomain(seating, sender.uri))) return 'too-many'
    const [side = 'onsite'] = sidesOf(cafe)
    const handle = handleOf(sender.uri, sender.preferredUsername) ?? sender.uri
    const added = await addRegistration(seating, {
      ...{ side, seats: 1, name: cleanText(sender.name, NAME_MAX) || handle, needs: [] },
      ...{ email: undefined, phone: undefined, actorUri: sender.uri, handle, joinUri },
      ...{ source: 'fediverse', isByAdult: false, formToken: undefined },
    })
    if (!('free' in added)) return undefined
    return added.why === undefined ? 'full' : REFUSED[added.why]
  })
}

const REFUSED = { 'must-prove': 'only-by-mail', 'too-many': 'crowded' } as const

/** Answers once more; in the last hours, when seats are for who asks first, who waits and asks again takes one. */
async function repeatAnswer(seating: Seating, known: Registration): Promise<undefined> {
  const taken = await answerOffer(seating, { registration: known, isAccepted: true })
  if (!taken) await appendAnswer(seating, known)
}

/** A domain may invent as many accounts as it likes. */
async function hasRoomForDomain({ trx, open, now }: Seating, actorUri: string): Promise<boolean> {
  const { host } = new URL(actorUri)
  const domain = quotaDomainOf(host)
  const joined = open.filter((one) => one.actorUri && isOfDomain(one.actorUri, domain))
  return joined.length < JOINED_OF_DOMAIN && takeLimited(trx, 'joins', { host }, now)
}

const isOfDomain = (uri: string, domain: string): boolean =>
  quotaDomainOf(new URL(uri).host) === domain

/** Handles a Leave, which cancels what the same account has at that café. */
export const onLeave: Handler = async (trx, { activity, actorUri }, context) => {
  const cafe = await findCafeByUri(trx, idOf(toList(activity.object)[0]) ?? '')
  if (!cafe) return
  const all = await listRegistrationsOf(trx, actorUri)
  await leaveAll(
    trx,
    context,
    all.filter(({ cafeId }) => cafeId === cafe.id),
  )
}

/**
 * Cancels what an Undo of a Join takes back: the Join is named, or embedded.
 * @returns Whether the Undo is about a Join.
 */
export async function receiveUndoOfJoin(
  trx: Database,
  { activity, actorUri }: Pick<Received, 'activity' | 'actorUri'>,
  context: Context,
): Promise<boolean> {
  const [object] = toList(activity.object)
  const all = await listRegistrationsOf(trx, actorUri)
  const undone = all.filter(({ joinUri }) => joinUri !== undefined && joinUri === idOf(object))
  await leaveAll(trx, context, undone)
  return undone.length > 0 || (isObject(object) && isOfType(object, 'Join'))
}

/** Ends registrations of an account that leaves, which is told nothing more. */
const leaveAll = (trx: Database, context: Context, all: readonly Registration[]): Promise<void> =>
  endAll(trx, context, all, leave)

async function leave(seating: Seating, one: Registration): Promise<void> {
  if (one.joinUri !== undefined) await deleteJoinAnswers(seating.trx, [one.joinUri])
  await endRegistration(seating, await saveJoin(seating, one, undefined))
}

/** Erases all that an account of another server has here that is deleted there. */
export async function eraseJoinsOf(
  trx: Database,
  actorUri: string,
  context: Context,
): Promise<void> {
  const all = await listRegistrationsOf(trx, actorUri)
  await endAll(trx, context, all, async (seating, one) => {
    await leave(seating, one)
    await deleteRegistration(seating.trx, one.id)
  })
}

async function endAll(
  trx: Database,
  { now }: Context,
  all: readonly Registration[],
  end: (seating: Seating, one: Registration) => Promise<void>,
): Promise<void> {
  for (const one of all)
    await withSeating(trx, { cafeId: one.cafeId, now: now() }, (seating) => end(seating, one))
}
