import type { Context } from '../../node/context.ts'
import { escapeHtml } from '../../node/domain/values/escape-html.ts'
import type { Database } from '../../node/store/database/database.ts'
import { findPeer } from '../../node/store/directory/peers.ts'
import { findRemoteActor } from '../../node/store/directory/remote-actors.ts'
import {
  type ContactMessage,
  deleteContactMessage,
  findContactMessage,
  insertRefusedMessage,
  refuseContactMessage,
} from '../../node/store/facilitators/contact-messages.ts'
import { findFacilitatorByUri } from '../../node/store/facilitators/facilitators.ts'
import { takeLimited } from '../../node/store/queues/shares.ts'
import type { Effect } from '../services.ts'
import { enqueue } from '../wire/activities.ts'
import { aboutFacilitator } from '../wire/facilitator-activities.ts'
import { isObject, type Json, textOf, toList } from '../wire/json.ts'
import { INSTANCE, newNoteUri } from '../wire/uris.ts'

/**
 * A message to a person whose address its author does not know. It goes from the site where it was typed to the
 * person's own site, which alone has the address and sends the mail. Each site deletes the message once it is passed
 * on.
 */

/**
 * Passes a message on to the person’s own server, or tells its author that it cannot be: the person is not known, or
 * that server was handed as many today as it takes.
 */
export const forwardContactMessage =
  (context: Context, messageId: string): Effect =>
  async (trx) => {
    const message = await findContactMessage(trx, messageId)
    if (!message) return
    const to = message.via ?? (await serverOf(trx, message.profileUri))
    const server = to === undefined ? undefined : await findRemoteActor(trx, to)
    const taking = server && { host: new URL(server.uri).host }
    const isTaken = taking && (await takeLimited(trx, 'messages to a site', taking, context.now()))
    if (!isTaken) return refuseContactMessage(trx, messageId, context.now())
    await deleteContactMessage(trx, messageId)
    const { origin } = context.config
    const activity = aboutFacilitator(
      {
        type: 'Create',
        actor: INSTANCE,
        objectUri: message.profileUri,
        object: toNote(message, newNoteUri(origin)),
        to: [message.profileUri],
      },
      { origin, now: context.now() },
    )
    await enqueue(trx, { activity, actor: INSTANCE, inboxes: [server.inbox] }, context.now())
  }

/** Tells the author of a message that the person's site did not accept it. */
export async function refuseUndelivered(
  trx: Database,
  body: string,
  now: Temporal.Instant,
): Promise<void> {
  const { object } = JSON.parse(body) as Json
  if (!isObject(object) || object.type !== 'Note') return
  const profileUri = textOf(toList(object.to)[0])
  const email = textOf(object.replyTo)
  if (profileUri && email) await insertRefusedMessage(trx, { profileUri, email }, now)
}

/** Returns the `instance` of the site that has the profile, as far as this directory knows it; undefined otherwise. */
async function serverOf(trx: Database, profileUri: string): Promise<string | undefined> {
  const facilitator = await findFacilitatorByUri(trx, profileUri)
  return facilitator?.peerId && (await findPeer(trx, facilitator.peerId))?.actorUri
}

const toNote = ({ profileUri, name, email, text }: ContactMessage, id: string): Json => ({
  id,
  type: 'Note',
  to: [profileUri],
  content: `<p>${escapeHtml(text).replaceAll('\n', '<br>')}</p>`,
  senderName: name,
  replyTo: email,
})
