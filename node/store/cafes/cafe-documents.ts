import { sql } from 'kysely'
import type { Cafe } from '../../domain/cafes/cafe.ts'
import type { Author } from '../../domain/cafes/edit.ts'
import { giveWayHolding } from '../../turns/turns.ts'
import { appendAudit, deleteWordsOf } from '../accounts/acts.ts'
import { toInstantText } from '../database/columns.ts'
import { packText, unpackText } from '../database/compressed-text.ts'
import { type Database, inTransaction } from '../database/database.ts'
import { toSubquery } from '../database/dialect.ts'
import { prepare, prepareRows } from '../database/prepared.ts'
import { countErasedCafe } from '../database/write-log/erased-cafes.ts'
import { deleteActivitiesAbout } from '../queues/activities.ts'
import { appendChange } from '../queues/changes.ts'
import { deleteAnswersAbout } from '../queues/idempotency.ts'
import { findCafe } from './cafes.ts'

/**
 * Stores the signed text of an Event, ours or received, with its revision, after its café is stored. It is then given
 * byte for byte at the café's address, in collections, deliveries and dumps, and is deleted with the café.
 */
export async function saveCafeDocument(
  trx: Database,
  { uri, body: text }: { uri: string; body: string },
): Promise<void> {
  const row = await trx.selectFrom('cafe').select('id').where('uri', '=', uri).executeTakeFirst()
  if (row) await saveDocumentsOf(trx, [{ id: row.id, text }])
}

/**
 * Does the same for cafés whose rows were just written.
 * @returns The number of bytes of each stored text.
 */
export async function saveDocumentsOf(
  trx: Database,
  cafes: readonly { id: string; text: string }[],
): Promise<number[]> {
  const texts: TextRow[] = []
  for (const { id, text } of cafes) {
    await giveWayHolding()
    texts.push({ cafe_id: id, body: packText(text) })
  }
  await upsertTexts(trx, texts)
  return texts.map(({ body }) => body.length)
}

type TextRow = { cafe_id: string; body: Buffer<ArrayBuffer> }

const upsertTexts = prepareRows((trx, rows: readonly TextRow[]) =>
  trx
    .insertInto('cafe_document')
    .values(rows)
    .onConflict((oc) =>
      oc.column('cafe_id').doUpdateSet((eb) => ({ body: eb.ref('excluded.body') })),
    ),
)

/** Selects the texts of published cafés; a café that was hidden keeps its text. */
export const selectTexts = (db: Database) =>
  db
    .selectFrom('cafe')
    .innerJoin('cafe_document', 'cafe_document.cafe_id', 'cafe.id')
    // SQLite compares a parameter with the conditions of its indexes, and so compiles the query anew each time.
    .where('cafe.publication', '=', sql.lit('published'))
    .select(['cafe.uri', 'cafe_document.body'])

/**
 * Finds the signed text of a café's Event, byte for byte as it is given to other servers; undefined where none is
 * stored.
 */
export async function findCafeDocument(db: Database, uri: string): Promise<string | undefined> {
  const [row] = (await selectDocument(db, { uri })).rows
  return row && unpackText(row.body)
}

const selectDocument = prepare((db, { uri }: { uri: string }) =>
  selectTexts(db).where('cafe.uri', '=', toSubquery(uri)),
)

/**
 * Lists the texts that another server signed since a time of its own cafés, in the order of their addresses, up to
 * `limit` texts of `bytes` characters in all; one at least.
 */
export async function listTextsOf(
  db: Database,
  { origin, since, after, ...most }: TextsQuery,
): Promise<{ items: string[]; next: string | undefined }> {
  const rows = await selectTexts(db)
    .where('cafe.uri', '>', after > `${origin}/` ? after : `${origin}/`)
    // `0` is the character after the slash, and texts are compared by their bytes.
    .where('cafe.uri', '<', `${origin}0`)
    .where('cafe.updated_at', '>=', toInstantText(since))
    .orderBy('cafe.uri')
    .limit(most.limit)
    .execute()
  const items: string[] = []
  let left = most.bytes
  for (const { body } of rows) {
    const text = unpackText(body)
    left -= text.length
    if (items.length > 0 && left < 0) break
    items.push(text)
  }
  const isLast = items.length === rows.length && rows.length < most.limit
  return { items, next: isLast ? undefined : rows[items.length - 1]?.uri }
}

type TextsQuery = {
  origin: string
  since: Temporal.Instant
  after: string
  limit: number
  bytes: number
}

/** Lists texts of our own cafés in the order of their addresses, after one of them. */
export async function listOwnDocuments(
  db: Database,
  { after, limit }: { after: string; limit: number },
): Promise<{ uri: string; body: string }[]> {
  const rows = await selectTexts(db)
    .where('cafe.peer_id', 'is', null)
    .where('cafe.uri', '>', after)
    .orderBy('cafe.uri')
    .limit(limit)
    .execute()
  return rows.map(({ uri, body }) => ({ uri, body: unpackText(body) }))
}

/**
 * Returns the signed texts as NDJSON, byte for byte except line breaks, which JSON holds only between its tokens. They
 * are in the given order; a café without a text is left out.
 */
export async function signedLines(db: Database, uris: readonly string[]): Promise<string> {
  if (uris.length === 0) return ''
  const rows = await selectTexts(db).where('cafe.uri', 'in', uris).execute()
  const texts = new Map(rows.map(({ uri, body }) => [uri, unpackText(body)]))
  return uris
    .flatMap((uri) => texts.get(uri) ?? [])
    .map((text) => `${text.replace(/[\r\n]+/g, ' ')}\n`)
    .join('')
}

/**
 * Returns the approximate number of bytes that a peer's café takes as it is stored, with its description, its signed
 * text and the copies of its picture, and the host of the peer through which it is received. Undefined for a café that
 * is unknown or ours.
 */
export async function measureCafe(
  db: Database,
  uri: string,
): Promise<{ host: string; bytes: number } | undefined> {
  const [row] = (await selectMeasures(db, { uri })).rows
  return row && { host: row.host, bytes: Number(row.bytes) }
}

const selectMeasures = prepare((db, { uri }: { uri: string }) =>
  db
    .selectFrom('cafe')
    .innerJoin('peer', 'peer.id', 'cafe.peer_id')
    .leftJoin('cafe_document', 'cafe_document.cafe_id', 'cafe.id')
    .leftJoin('cafe_picture', 'cafe_picture.cafe_id', 'cafe.id')
    .select([
      'peer.host',
      sql<number>`octet_length(cafe.description_html) + octet_length(cafe.description_text) + coalesce(octet_length(cafe_document.body), 0)
        + coalesce(octet_length(cafe_picture.small), 0) + coalesce(octet_length(cafe_picture.large), 0)`.as(
        'bytes',
      ),
    ])
    .where('cafe.uri', '=', toSubquery(uri)),
)

/** What an activity about a café says of it: ours, and a member's that a directory forwards. */
const WITH_TEXT = ['Create', 'Update', 'forwarded-Create', 'forwarded-Update'] as const

/** Follows each edit of a café, before the new text is said: where it cites somebody no more, nothing old is said again. */
export async function deleteUncitedTexts(
  trx: Database,
  before: Pick<Cafe, 'uri' | 'speakers'>,
  after: Pick<Cafe, 'speakers'>,
): Promise<void> {
  if (before.speakers.every((name) => after.speakers.includes(name))) return
  await deleteActivitiesAbout(trx, before.uri, WITH_TEXT)
}

/**
 * Deletes every earlier text of a café of ours, also of one that is deleted: the words of its history, what was sent of
 * it, and the answers to programs. What is still on its way is not delivered; the text of today is sent once more. The
 * café itself stays as it is.
 */
export const deleteFormerTexts = (
  db: Database,
  { cafe, by }: { cafe: Pick<Cafe, 'id' | 'uri'>; by: Author },
  now: Temporal.Instant,
): Promise<void> =>
  inTransaction(db, async (trx) => {
    await deleteWordsOf(trx, { type: 'cafe', id: cafe.id })
    await deleteAnswersAbout(trx, cafe.uri)
    await deleteActivitiesAbout(trx, cafe.uri, WITH_TEXT)
    await trx.deleteFrom('other_version').where('cafe_id', '=', cafe.id).execute()
    await countErasedCafe(trx)
    await appendAudit(trx, { act: 'words-forgotten', who: by.name, kind: by.kind, about: '' }, now)
    if ((await findCafe(trx, cafe.id))?.publication === 'published')
      await appendChange(trx, { type: 'cafe-updated', cafeId: cafe.id, important: false }, now)
  })
