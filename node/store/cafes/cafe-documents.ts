import { type Selectable, sql } from 'kysely'
import { packBytes, unpackBytes } from '../database/compressed-text.ts'
import type { Database } from '../database/database.ts'
import { prepare } from '../database/prepared.ts'
import type { CafeTable } from '../schema/cafes.ts'

/**
 * What of a café's row its signed text repeats. The text of a peer's café is packed beside it, which leaves less than
 * two thirds; hence whoever changes one of these columns for such a café saves its text in the same transaction.
 */
const REPEATED = [
  'organizer_uri',
  'organizer_name',
  'title',
  'summary',
  'description_html',
  'venue_name',
  'street_address',
  'postal_code',
  'commune',
  'uri',
] as const satisfies (keyof CafeTable)[]

/** What a text is packed beside, and whether it is. */
export const BESIDE = ['peer_id', ...REPEATED] as const
type Row = Pick<Selectable<CafeTable>, (typeof BESIDE)[number]>

/** Ours changes at the administration before its next text is signed: that of now is packed without it. */
const besideOf = (row: Row): string =>
  row.peer_id === null ? '' : REPEATED.map((column) => row[column] ?? '').join('"')

/**
 * The signed text of an Event, ours or received: stored once with its revision, after its café, then given out byte for
 * byte by the café's address, collections, delivery and dumps. Goes with the café.
 */
export async function saveCafeDocument(
  trx: Database,
  { uri, body: text }: { uri: string; body: string },
): Promise<void> {
  const row = await trx
    .selectFrom('cafe')
    .select(['id', ...BESIDE])
    .where('uri', '=', uri)
    .executeTakeFirst()
  if (row) await saveDocumentOf(trx, row, text)
}

/** The same of a café whose row was just written. @returns the bytes that the text takes as it lies here. */
export async function saveDocumentOf(
  trx: Database,
  { id, ...row }: Row & { id: string },
  text: string,
): Promise<number> {
  const body = packBytes(text, besideOf(row))
  await upsertText(trx, { id, body })
  return body.length
}

const upsertText = prepare((trx, { id, body }: { id: string; body: Buffer<ArrayBuffer> }) =>
  trx
    .insertInto('cafe_document')
    .values({ cafe_id: id, body })
    .onConflict((oc) => oc.column('cafe_id').doUpdateSet({ body })),
)

/** Cafés that have a text and are published, with what it is unpacked beside: one that was hidden again keeps its own. */
export const selectWithText = (db: Database) =>
  db
    .selectFrom('cafe')
    .innerJoin('cafe_document', 'cafe_document.cafe_id', 'cafe.id')
    .where('cafe.publication', '=', 'published')
    .select(['cafe_document.body', 'cafe.peer_id'])
    .select(REPEATED.map((column) => `cafe.${column}` as const))

export const textOf = (row: Row & { body: Buffer }): string | undefined =>
  unpackBytes(row.body, besideOf(row))

export async function findCafeDocument(db: Database, uri: string): Promise<string | undefined> {
  const row = await selectWithText(db).where('cafe.uri', '=', uri).executeTakeFirst()
  return row && textOf(row)
}

/** Texts of our own cafés, in the order of their addresses, after one of them. */
export async function listOwnDocuments(
  db: Database,
  { after, limit }: { after: string; limit: number },
): Promise<{ uri: string; body: string }[]> {
  const rows = await selectWithText(db)
    .where('cafe.peer_id', 'is', null)
    .where('cafe.uri', '>', after)
    .orderBy('cafe.uri')
    .limit(limit)
    .execute()
  return rows.map((row) => ({ uri: row.uri, body: textOf(row) ?? '' }))
}

/**
 * The signed texts as NDJSON, byte for byte but for line breaks, which JSON holds only between its words. In the order
 * asked; a café without a text is left out.
 */
export async function signedLines(db: Database, uris: readonly string[]): Promise<string> {
  if (uris.length === 0) return ''
  const rows = await selectWithText(db).where('cafe.uri', 'in', uris).execute()
  const texts = new Map(rows.map((row) => [row.uri, textOf(row)]))
  return uris
    .flatMap((uri) => texts.get(uri) ?? [])
    .map((text) => `${text.replace(/[\r\n]+/g, ' ')}\n`)
    .join('')
}

/**
 * Roughly the bytes that a peer's café takes: its signed text as it lies here, and the two forms of its description,
 * which that text is packed beside; and the host of the peer through which it is heard. Undefined for one that is not
 * known, or ours.
 */
export async function measureCafe(
  db: Database,
  uri: string,
): Promise<{ host: string; bytes: number } | undefined> {
  const row = await db
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
    .where('cafe.uri', '=', uri)
    .executeTakeFirst()
  return row && { host: row.host, bytes: Number(row.bytes) }
}
