import type { Context } from '../../node/context.ts'
import { newsForRegistered } from '../../node/domain/cafes/change-message.ts'
import type { Change } from '../../node/domain/federation/change.ts'
import { isWritingToJoined } from '../../node/domain/federation/software.ts'
import type { JoinedAccount } from '../../node/domain/registrations/join.ts'
import type { Database } from '../../node/store/database/database.ts'
import { listHostHabits } from '../../node/store/directory/hosts.ts'
import { PRIVATE } from '../../node/store/facilitators/recipients.ts'
import { listJoined } from '../../node/store/queues/registration-notices.ts'
import { takeLimited } from '../../node/store/queues/shares.ts'
import { enqueue, privateActivity } from '../wire/activities.ts'
import { changeNoteHtml, noteHtml } from '../wire/event-text.ts'
import type { Json } from '../wire/json.ts'
import { actorUri, CAFES, newNoteUri } from '../wire/uris.ts'
import type { CafeChange } from './change-notes.ts'

/**
 * Tells each account of another server that has a seat at a café of ours, or waits for one, what has changed. A server
 * that itself writes to who takes part does so when it gets the Event.
 */
export async function sendToJoined(
  trx: Database,
  context: Pick<Context, 'config' | 'now'>,
  { cafe, before }: CafeChange,
): Promise<void> {
  if (before && newsForRegistered(before, cafe) === undefined) return
  const accounts = await listJoined(trx, cafe.id)
  const hosts = new Set(accounts.map(({ uri }) => new URL(uri).host))
  const habits = await listHostHabits(trx, [...hosts])
  const some = accounts.filter(
    ({ uri }) => !isWritingToJoined(habits.get(new URL(uri).host)?.software),
  )
  await sendNotes(trx, context, some, changeNoteHtml(before, cafe))
}

/** Tells accounts that joined a café of ours that it is deleted, or what the team writes to them. */
export const enqueueToJoined = (
  trx: Database,
  context: Pick<Context, 'config' | 'now'>,
  { accounts, ...message }: Extract<Change, { type: 'joined-told' }>,
): Promise<void> => sendNotes(trx, context, accounts, noteHtml(message))

/**
 * Sends a Note to each account alone: it is in no outbox and at no address, and its text is deleted once it has arrived.
 */
async function sendNotes(
  trx: Database,
  { config, now }: Pick<Context, 'config' | 'now'>,
  accounts: readonly JoinedAccount[],
  content: string,
): Promise<void> {
  for (const account of accounts) {
    const { host } = new URL(account.uri)
    if (!(await takeLimited(trx, 'notes to who joined', { host }, now()))) continue
    const object = toPrivateNote(account, { content, origin: config.origin, at: now() })
    const said = privateActivity(config.origin, {
      ...{ type: 'Create', actor: CAFES, object, to: account.uri },
    })
    // With the answers to its Join, it is deleted with the registration.
    const activity = { ...said, type: `${PRIVATE}Note`, objectUri: account.joinUri }
    await enqueue(trx, { activity, actor: CAFES, inboxes: [account.inbox] }, now())
  }
}

/** Makes a Note that only the account which it mentions may read. */
const toPrivateNote = (
  { uri, handle }: JoinedAccount,
  { content, origin, at }: { content: string; origin: string; at: Temporal.Instant },
): Json => ({
  id: newNoteUri(origin),
  type: 'Note',
  attributedTo: actorUri(origin, CAFES),
  to: [uri],
  content,
  contentMap: { fr: content },
  published: at.round({ smallestUnit: 'second', roundingMode: 'floor' }).toString(),
  tag: [{ type: 'Mention', href: uri, name: handle }],
})
