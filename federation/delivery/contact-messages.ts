import type { Context } from '../../node/context.ts'
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
import { enqueue } from '../wire/activities.ts'
import { escapeHtml } from '../wire/event-text.ts'
import { aboutFacilitator } from '../wire/facilitator-activities.ts'
import { isObject, type Json, textOf, toList } from '../wire/json.ts'
import { INSTANCE, newNoteUri } from '../wire/uris.ts'

/**
 * Somebody writes to a person whose address they do not know: the words go from the page where they were typed to the
 * site of the person, which alone has the address and mails them. Each site forgets them as it hands them on.
 */

type Effect = (trx: Database) => Promise<void>

export const forwardContactMessage = async (
  context: Context,
  messageId: string,
): Promise<Effect> => {
  return async (trx) => {
    const message = await findContactMessage(trx, messageId)
    if (!message) return
    const to = message.via ?? (await serverOf(trx, message.profileUri))
    const server = to === undefined ? undefined : await findRemoteActor(trx, to)
    if (!server) return refuseContactMessage(trx, messageId, context.now())
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
}

/** The site of the person did not take in what was handed on to it: whoever wrote is told so. */
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

/** The actor of the site that has the profile, as far as this directory knows it. */
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
