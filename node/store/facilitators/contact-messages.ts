import { orNull, orUndefined, toInstantText } from '../database/columns.ts'
import type { Database } from '../database/database.ts'
import { uuidV7 } from '../database/uuid.ts'

/** What somebody wrote to a person elsewhere: here for the moment until it is handed on. */
export type ContactMessage = {
  /** Whom it is for. */
  profileUri: string
  /** The directory's actor that knows the profile, where this site does not. */
  via: string | undefined
  name: string
  /** Where the person may answer; nobody else reads it. */
  email: string
  text: string
}

export const CONTACT_MAX = { name: 210, text: 3000 } as const

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

export async function findContactMessage(
  trx: Database,
  id: string,
): Promise<ContactMessage | undefined> {
  const row = await trx
    .selectFrom('contact_message')
    .selectAll()
    .where('id', '=', id)
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

export async function deleteContactMessage(trx: Database, id: string): Promise<void> {
  await trx.deleteFrom('contact_message').where('id', '=', id).execute()
}

/** It is not handed on: its sender is to hear of that, and then it is forgotten. */
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

/** Those whose senders are to hear that they were not handed on; `person` as far as they are known here. */
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

/** What nobody took: their person has gone in between. */
export async function deleteOldContactMessages(
  db: Database,
  before: Temporal.Instant,
): Promise<void> {
  await db.deleteFrom('contact_message').where('at', '<', toInstantText(before)).execute()
}

/** Those that have arrived where their person is. */
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
