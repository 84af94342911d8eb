import { orNull, orUndefined, toInstantText } from '../database/columns.ts'
import type { Database } from '../database/database.ts'
import { uuidV7 } from '../database/uuid.ts'
import { eraseMailText, hasOtherCopy } from '../queues/mails.ts'
import type { Mail } from '../schema/queues.ts'
import { findFacilitator } from './facilitators.ts'

/** A message to a person of another site; it is kept only until it is passed on. */
export type ContactMessage = {
  /** The profile of the person to whom it is addressed. */
  profileUri: string
  /** The actor of the directory that knows the profile, where this site does not. */
  via: string | undefined
  name: string
  /** The sender's address, to which the person may answer. */
  email: string
  text: string
}

export const CONTACT_MAX = { name: 210, text: 3000 } as const

/**
 * Stores a message to a person until it is relayed, and returns its id. It is called in the transaction that appends
 * what will relay it.
 */
export async function insertContactMessage(
  trx: Database,
  { profileUri, via, ...message }: ContactMessage,
  now: Temporal.Instant,
): Promise<string> {
  const id = uuidV7(now)
  await trx
    .insertInto('contact_message')
    .values({ id, profile_uri: profileUri, via: orNull(via), at: toInstantText(now), ...message })
    .execute()
  return id
}

/** Finds a message; undefined also when it was refused. */
export async function findContactMessage(
  trx: Database,
  id: string,
): Promise<ContactMessage | undefined> {
  const row = await trx
    .selectFrom('contact_message')
    .selectAll()
    .where('id', '=', id)
    .where('refused_at', 'is', null)
    .executeTakeFirst()
  return (
    row && {
      profileUri: row.profile_uri,
      via: orUndefined(row.via),
      name: row.name,
      email: row.email,
      text: row.text,
    }
  )
}

/** Deletes a message once it has been relayed or can no longer be; one that is gone is no error. */
export async function deleteContactMessage(trx: Database, id: string): Promise<void> {
  await trx.deleteFrom('contact_message').where('id', '=', id).execute()
}

/** Refuses a message: its text is deleted now, the rest once its sender has been told. */
export async function refuseContactMessage(
  trx: Database,
  id: string,
  now: Temporal.Instant,
): Promise<void> {
  await trx
    .updateTable('contact_message')
    .set({ refused_at: toInstantText(now), text: '' })
    .where('id', '=', id)
    .execute()
}

/**
 * Stores that a message that had left here could not be delivered; only its sender is kept, so that they can be told.
 */
export async function insertRefusedMessage(
  trx: Database,
  { profileUri, email }: Pick<ContactMessage, 'profileUri' | 'email'>,
  now: Temporal.Instant,
): Promise<void> {
  const left = { profileUri, email, via: undefined, name: '', text: '' }
  await refuseContactMessage(trx, await insertContactMessage(trx, left, now), now)
}

/**
 * Refuses the mail that a visitor's message became and that cannot be delivered: its text is deleted, and its author is
 * to be told, unless another copy of it was delivered or still may be.
 */
export async function refuseMailedMessage(
  trx: Database,
  mail: Mail,
  subject: string,
  now: Temporal.Instant,
): Promise<void> {
  await eraseMailText(trx, { id: mail.id, subject })
  if (!mail.replyTo) return
  // A mail about a profile is about all that was written to it, and has no copies.
  if (mail.facilitatorId === undefined && (await hasOtherCopy(trx, mail))) return
  const facilitator = await findFacilitator(trx, mail.facilitatorId ?? '')
  const profileUri = facilitator?.uri ?? ''
  await insertRefusedMessage(trx, { profileUri, email: mail.replyTo }, now)
}

/**
 * Refuses the messages to a person of this site who leaves: only the senders are kept, and nothing that says to whom
 * they wrote.
 */
export async function refuseMessagesTo(
  trx: Database,
  { id, uri }: { id: string; uri: string },
  now: Temporal.Instant,
): Promise<void> {
  const mails = await trx
    .selectFrom('mail')
    .select('reply_to')
    .where('facilitator_id', '=', id)
    .where('reply_to', '<>', '')
    .where('dropped_at', 'is', null)
    .execute()
  for (const { reply_to: email } of mails)
    if (email !== null) await insertRefusedMessage(trx, { profileUri: '', email }, now)
  await refuseUnsentMessagesTo(trx, uri, now)
}

/** Does the same as `refuseMessagesTo` for what was not passed on yet: all that waits for a person of another site. */
export async function refuseUnsentMessagesTo(
  trx: Database,
  uri: string,
  now: Temporal.Instant,
): Promise<void> {
  await trx
    .updateTable('contact_message')
    .set({ profile_uri: '', refused_at: toInstantText(now), name: '', text: '' })
    .where('profile_uri', '=', uri)
    .execute()
}

/** Lists refused messages whose senders are still to be told; `person` is the name, where the profile is known here. */
export async function listRefusedMessages(
  db: Database,
): Promise<{ id: string; email: string; person: string | undefined }[]> {
  const rows = await db
    .selectFrom('contact_message')
    .leftJoin('facilitator', 'facilitator.uri', 'contact_message.profile_uri')
    .select(['contact_message.id', 'contact_message.email', 'facilitator.name as person'])
    .where('contact_message.refused_at', 'is not', null)
    .orderBy('contact_message.id')
    .limit(100)
    .execute()
  return rows.map(({ person, ...rest }) => ({ ...rest, person: orUndefined(person) }))
}

/** Deletes messages that could neither be passed on nor be refused for so long. */
export async function deleteOldContactMessages(
  db: Database,
  before: Temporal.Instant,
): Promise<void> {
  await db.deleteFrom('contact_message').where('at', '<', toInstantText(before)).execute()
}

/** Selects messages to people of this site. */
export async function listMessagesToOwn(
  db: Database,
): Promise<{ id: string; facilitatorId: string; name: string; email: string; text: string }[]> {
  const rows = await db
    .selectFrom('contact_message')
    .innerJoin('facilitator', 'facilitator.uri', 'contact_message.profile_uri')
    .select([
      'contact_message.id',
      'facilitator.id as facilitator_id',
      'contact_message.name',
      'contact_message.email',
      'contact_message.text',
    ])
    .where('facilitator.peer_id', 'is', null)
    .where('contact_message.refused_at', 'is', null)
    .orderBy('contact_message.id')
    .execute()
  return rows.map(({ facilitator_id, ...said }) => ({ facilitatorId: facilitator_id, ...said }))
}
