import type { Context } from '../../node/context.ts'
import { newsForRegistered } from '../../node/domain/cafes/change-message.ts'
import { isWritingToJoined } from '../../node/domain/federation/software.ts'
import type { Database } from '../../node/store/database/database.ts'
import { listHostHabits } from '../../node/store/directory/hosts.ts'
import { PRIVATE } from '../../node/store/facilitators/recipients.ts'
import { type JoinedAccount, listJoined } from '../../node/store/queues/registration-notices.ts'
import { takeLimited } from '../../node/store/queues/shares.ts'
import { enqueue, privateActivity } from '../wire/activities.ts'
import { changeNoteHtml } from '../wire/event-text.ts'
import type { Json } from '../wire/json.ts'
import { actorUri, CAFES, newNoteUri } from '../wire/uris.ts'
import type { CafeChange } from './change-notes.ts'

/**
 * Tells each account of another server that has a seat at a café of ours, or waits for one, what has changed: a Note for
 * it alone, in no outbox and at no address, whose text is deleted once it has arrived. A server that itself writes to who
 * takes part does so when it gets the Event.
 */
export async function sendToJoined(
  trx: Database,
  { config, now }: Pick<Context, 'config' | 'now'>,
  { cafe, before }: CafeChange,
): Promise<void> {
  if (before && newsForRegistered(before, cafe) === undefined) return
  const content = changeNoteHtml(before, cafe)
  const accounts = await listJoined(trx, cafe.id)
  const hosts = new Set(accounts.map(({ uri }) => new URL(uri).host))
  const habits = await listHostHabits(trx, [...hosts])
  for (const account of accounts) {
    const { host } = new URL(account.uri)
    if (isWritingToJoined(habits.get(host)?.software)) continue
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
