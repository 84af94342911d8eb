import type { Context } from '../../node/context.ts'
import { isShownTo, levelOf } from '../../node/domain/facilitators/facilitator.ts'
import { isEmail } from '../../node/domain/values/contact.ts'
import { cleanLines, cleanText } from '../../node/formats/text/clean-text.ts'
import { plainText, sanitizeHtml } from '../../node/formats/text/html-text.ts'
import type { Database } from '../../node/store/database/database.ts'
import { findPeerByActor } from '../../node/store/directory/peers.ts'
import {
  CONTACT_MAX,
  type ContactMessage,
  insertContactMessage,
  refuseContactMessage,
} from '../../node/store/facilitators/contact-messages.ts'
import { findFacilitatorByUri } from '../../node/store/facilitators/facilitators.ts'
import { listJoinedDirectories } from '../../node/store/facilitators/recipients.ts'
import { appendChange } from '../../node/store/queues/changes.ts'
import { count } from '../../node/store/queues/counters.ts'
import { takeDaily } from '../../node/store/queues/shares.ts'
import { isObject, type Json, originOf, textOf, toList } from '../wire/json.ts'
import type { Handler } from './handler.ts'

/**
 * Handles a message to a person who leads cafés: at the person's own site it comes from a directory that the site
 * joined; at a directory it comes from a member, for a person whom the directory shows.
 */
export const onContact: Handler = async (trx, { activity, actorUri: from }, context) => {
  const [note] = toList(activity.object)
  const read = isObject(note) ? readNote(note) : undefined
  const facilitator = read && (await findFacilitatorByUri(trx, read.profileUri))
  if (!read) return count(trx, 'inbox:refused', context.now())
  if (originOf(read.profileUri) === context.config.origin) {
    const directories = await listJoinedDirectories(trx)
    if (!directories.some(({ uri }) => uri === from))
      return count(trx, 'inbox:stranger', context.now())
    const isTaken =
      facilitator?.directories.includes(new URL(from).host) === true &&
      isReachable(facilitator, context.now())
    // A job writes the mail with the texts of `ui`, which this layer does not import.
    if (isTaken) await storeMessage(trx, read, { from, context })
    else await refuseMessage(trx, read, { from, context })
    return
  }
  if (!facilitator || !isReachable(facilitator, context.now()))
    return count(trx, 'inbox:refused', context.now())
  const sender = await findPeerByActor(trx, from)
  if (!context.isDirectory || sender?.membership !== 'member')
    return count(trx, 'inbox:stranger', context.now())
  const messageId = await storeMessage(trx, read, { from, context })
  if (messageId !== undefined)
    await appendChange(trx, { type: 'person-contacted', messageId }, context.now())
}

const isReachable = (
  facilitator: Parameters<typeof levelOf>[0] &
    Parameters<typeof isShownTo>[0] & { contact: string },
  now: Temporal.Instant,
): boolean =>
  facilitator.contact === 'relay' &&
  isShownTo(facilitator, 'network', now) &&
  levelOf(facilitator, 'contact') !== 'nobody'

function readNote(note: Json): Omit<ContactMessage, 'via'> | undefined {
  const profileUri = textOf(toList(note.to)[0])
  const name = cleanText(textOf(note.senderName) ?? '', CONTACT_MAX.name)
  const email = cleanText(textOf(note.replyTo) ?? '', 254)
  const text = cleanLines(plainText(sanitizeHtml(textOf(note.content) ?? '')), CONTACT_MAX.text)
  if (!profileUri || name === '' || text === '' || !isEmail(email)) return undefined
  return { profileUri, name, email, text }
}

/** Stores the message to be passed on. Undefined when its domain has used its share of the day: then it is refused. */
async function storeMessage(
  trx: Database,
  read: Omit<ContactMessage, 'via'>,
  { from, context }: { from: string; context: Context },
): Promise<string | undefined> {
  const { config, now } = context
  const { host } = new URL(from)
  const { messages } = config.shares
  if (await takeDaily(trx, 'message', { host, max: messages }, now()))
    return insertContactMessage(trx, { ...read, via: undefined }, now())
  await refuseMessage(trx, read, { from, context })
  return undefined
}

/**
 * Stores the address of the message's author, so that they are told by mail that it is not passed on; only so many a
 * day.
 */
async function refuseMessage(
  trx: Database,
  read: Omit<ContactMessage, 'via'>,
  { from, context: { config, now } }: { from: string; context: Context },
): Promise<void> {
  await count(trx, 'inbox:message-refused', now())
  const taking = { host: new URL(from).host, max: config.shares.messages }
  if (!(await takeDaily(trx, 'refused-message', taking, now()))) return
  const id = await insertContactMessage(trx, { ...read, via: undefined }, now())
  await refuseContactMessage(trx, id, now())
}
