import type { Context } from '../../node/context.ts'
import { canReceiveJudgements } from '../../node/domain/federation/peer.ts'
import { APPEAL_WORDS_MAX, FLAG_WORDS_MAX, type Flagged } from '../../node/domain/flags/flag.ts'
import { cleanLines, cleanText } from '../../node/formats/text/clean-text.ts'
import { plainText, sanitizeHtml } from '../../node/formats/text/html-text.ts'
import type { Database } from '../../node/store/database/database.ts'
import { findPeerByActor } from '../../node/store/directory/peers.ts'
import { saveAppealOfPlace } from '../../node/store/flags/appeals.ts'
import { saveFlag } from '../../node/store/flags/cases.ts'
import { findFlagged } from '../../node/store/flags/flagged.ts'
import { count } from '../../node/store/queues/counters.ts'
import { takeLimited } from '../../node/store/queues/shares.ts'
import { idOf, originOf, textOf, toList } from '../wire/json.ts'
import { identifierOf } from '../wire/uris.ts'
import type { Handler, Received } from './handler.ts'
import { isAboutOurs, isFromTracked, type ListeningRule } from './listening.ts'

/** How many objects of a Flag are looked up: Mastodon names the account first, then the posts that were chosen. */
const LOOKED_UP = 10

/**
 * Allows a Flag about what is ours, from anybody, and at a directory one about what others publish, from those who tell
 * us about cafés.
 */
export const mayFlag: ListeningRule = async (message, context) =>
  (await isAboutOurs(message, context)) ||
  (context.isDirectory && (await isFromTracked(message, context)))

/**
 * Puts what another server flags into the queue of the team: a thing of ours or, at a directory, one that it shows. A
 * server has one flag in each case, whose words are its last; of the sender only the host is kept.
 */
export const onFlag: Handler = async (trx, { activity, actorUri: from }, context) => {
  const { now } = context
  const { host } = new URL(from)
  const flagged = await findFirst(trx, toList(activity.object), context)
  if (!flagged || (flagged.peerId !== undefined && !context.isDirectory))
    return count(trx, 'inbox:refused', now())
  if (!(await takeLimited(trx, 'flagged', { host }, now())))
    return count(trx, 'inbox:refused', now())
  const html = (textOf(activity.content) ?? '').slice(0, 4 * FLAG_WORDS_MAX)
  const words = cleanLines(plainText(sanitizeHtml(html)), FLAG_WORDS_MAX)
  await saveFlag(trx, flagged, { reason: 'other', words, email: undefined, host }, now())
}

/** Finds the first of these objects that is a thing here; any actor of ours stands for the structure of this site. */
async function findFirst(
  trx: Database,
  objects: readonly unknown[],
  { config: { origin }, now }: Context,
): Promise<Flagged | undefined> {
  const uris = objects.slice(0, LOOKED_UP).flatMap((object) => idOf(object) ?? [])
  const isActor = (uri: string) =>
    originOf(uri) === origin && identifierOf(origin, uri) !== undefined
  for (const uri of uris.filter((one) => !isActor(one))) {
    // The Note of a café stands for the café.
    const address = uri.replace(/\/(?:note|post)$/, '')
    const flagged = await findFlagged(trx, { address, origin }, now())
    if (flagged) return flagged
  }
  return uris.some(isActor) ? findFlagged(trx, { address: `${origin}/`, origin }, now()) : undefined
}

/**
 * Handles the statement of a member that it disagrees with what this directory hides of it, given by its address. It is
 * the appeal of the place against the case, or the hiding without one. False for anything else.
 */
export async function receiveAppeal(
  trx: Database,
  { activity, actorUri: from }: Received,
  { isDirectory, now }: Context,
): Promise<boolean> {
  const uri = textOf(toList(activity.object)[0])
  const peer = await findPeerByActor(trx, from)
  if (!isDirectory || !uri || !peer || !canReceiveJudgements(peer, { uri })) return false
  const words = cleanText(textOf(activity.summary) ?? '', APPEAL_WORDS_MAX)
  if (words === '' || !(await takeLimited(trx, 'flagged', { host: peer.host }, now()))) return false
  return saveAppealOfPlace(trx, { uri, words }, now())
}
