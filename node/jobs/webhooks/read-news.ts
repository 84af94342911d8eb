import type { Context } from '../../context.ts'
import { toCafesJson } from '../../routes/api/cafes/cafes.ts'
import { fixedDatesOf, MUCH_LATER, readPlace, writePlace } from '../../routes/api/search/changes.ts'
import { readWebhookSearch } from '../../routes/webhooks/webhook-search.ts'
import { inTransaction } from '../../store/database/database.ts'
import type { WebhookPosition } from '../../store/schema/queues.ts'
import type { CafeQuery } from '../../store/search/cafe-query.ts'
import {
  findMark,
  isStillKnown,
  type Mark,
  readMark,
  writeMark,
} from '../../store/search/changed-cafes.ts'
import { readCursor } from '../../store/search/cursor.ts'
import { listRemoved, type Removed } from '../../store/search/removed.ts'
import { type FoundCafe, searchCafes } from '../../store/search/search.ts'
import {
  appendMessage,
  markWebhookStopped,
  type NewMessage,
  saveWebhookPosition,
} from '../../store/webhooks/messages.ts'
import { listWebhooksToRead, type PlacedWebhook } from '../../store/webhooks/webhooks.ts'
import { giveWay } from '../../turns/turns.ts'

/** The maximum numbers of cafés in one message, and of characters of their texts as far as that can be chosen. */
const MOST_CHANGED = 50
const MOST_REMOVED = 200
const MOST_CHARACTERS = 256 * 1024

/** How many webhooks are read before what they have to tell is saved together. */
const TOGETHER = 50

/** What a webhook has to tell, and its position then; without one where this program no longer understands its search. */
type News = {
  webhook: PlacedWebhook
  position: WebhookPosition | undefined
  message?: NewMessage | undefined
}

/**
 * Makes the next message of each webhook that has something to tell. A message and how far its webhook has told are one
 * transaction, so that a crash loses nothing and tells nothing twice.
 */
export async function readAllNews(context: Context): Promise<void> {
  const { db, now } = context
  const mark = await findMark(db)
  let after = ''
  for (;;) {
    const asked = { mark, after, limit: TOGETHER, now: now() }
    const webhooks: PlacedWebhook[] = await listWebhooksToRead(db, asked)
    const last = webhooks.at(-1)
    if (!last) return
    const news: News[] = []
    for (const webhook of webhooks) {
      news.push(await readNews(context, webhook, mark))
      await giveWay()
    }
    await inTransaction(db, async (trx) => {
      for (const { webhook, position, message } of news) {
        if (position) await saveWebhookPosition(trx, webhook.id, position)
        else await markWebhookStopped(trx, webhook.id, now())
        if (message) await appendMessage(trx, { webhookId: webhook.id, ...message }, now())
      }
    })
    after = last.id
  }
}

type Read = { position: WebhookPosition; changed: FoundCafe[]; removed: Removed[] }

async function readNews(context: Context, webhook: PlacedWebhook, mark: Mark): Promise<News> {
  const { db } = context
  const query = readWebhookSearch(webhook.search, context.now())
  if (!query) return { webhook, position: undefined }
  const since = readMark(webhook.since)
  const upto = webhook.upto === undefined ? mark : readMark(webhook.upto)
  const isKnown = since && upto && (await isStillKnown(db, since)) && (await isStillKnown(db, upto))
  if (!isKnown) {
    const position = { since: writeMark(mark), upto: undefined, place: undefined }
    const message = { kind: 'restart', items: 0, body: bodyOf(context, webhook, {}) } as const
    return { webhook, position, message }
  }
  let position: WebhookPosition = { ...webhook, upto: writeMark(upto) }
  do {
    const read = await readPage(context, webhook, { query, since, position })
    position = read.position
    const items = read.changed.length + read.removed.length
    if (items > 0) {
      const told = {
        changed: await toCafesJson(context, read.changed),
        removed: read.removed.map(({ uri, at }) => ({ id: uri, deletedAt: at.toString() })),
      }
      const message = { kind: 'changes', items, body: bodyOf(context, webhook, told) } as const
      return { webhook, position, message }
    }
    await giveWay()
  } while (position.upto !== undefined)
  return { webhook, position, message: undefined }
}

type Page = { query: CafeQuery; since: Mark; position: WebhookPosition }

/** Reads a page of what changed and, after the last one, of what left the search. */
async function readPage(context: Context, webhook: PlacedWebhook, page: Page): Promise<Read> {
  const { query, since, position } = page
  const { upto = position.since, place = '' } = position
  const changes = place.startsWith(REMOVED) ? NOTHING : await readChanges(context, page)
  const at = changes.place ?? place
  const kept = { since: position.since, upto }
  if (!at.startsWith(REMOVED))
    return { position: { ...kept, place: at }, changed: changes.changed, removed: [] }
  const later = readWebhookSearch(webhook.search, context.now().add(MUCH_LATER)) ?? query
  const { items, next } = await listRemoved(context.db, query, {
    ...{ since, after: readPlace(at.slice(REMOVED.length)), limit: MOST_REMOVED },
    dates: fixedDatesOf(query, { query: later }),
  })
  const after = next
    ? { ...kept, place: REMOVED + writePlace(next) }
    : { since: upto, upto: undefined, place: undefined }
  return { position: after, changed: changes.changed, removed: items }
}

const CHANGED = 'cafes '
const REMOVED = 'removed '
const NOTHING = { changed: [], place: undefined }

async function readChanges(
  { db }: Context,
  { query, since, position: { place } }: Page,
): Promise<{ changed: FoundCafe[]; place: string }> {
  const cursor = place === undefined ? undefined : readCursor(place.slice(CHANGED.length), 'date')
  const asked = { ...query, updatedSince: since, limit: MOST_CHANGED, cursor }
  const { items, next } = await searchCafes(db, asked, { size: MOST_CHARACTERS })
  return { changed: items, place: next === undefined ? REMOVED : CHANGED + next }
}

/** Writes the body of a message (Standard Webhooks, « Payload structure »). */
function bodyOf({ config, now }: Context, { id, search }: PlacedWebhook, told: object): string {
  const isRestart = !('changed' in told)
  const cafes = `${config.origin}/api/v1/cafes?${search}`
  return JSON.stringify({
    type: isRestart ? 'cafes.restart' : 'cafes.changed',
    timestamp: now().toString({ smallestUnit: 'second' }),
    data: { webhook: id, search, ...told, ...(isRestart && { cafes }) },
  })
}
