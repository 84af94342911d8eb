import { toInstantText } from './columns.ts'
import type { Database } from './database.ts'
import { packText, unpackText } from './packed-text.ts'

/**
 * The signed text of an Event, ours or received: stored once with its revision, then given out byte for byte by the
 * café's address, collections, delivery and dumps.
 */
export async function saveDocument(
  db: Database,
  document: { uri: string; updatedAt: Temporal.Instant; body: string },
): Promise<void> {
  const row = { updated_at: toInstantText(document.updatedAt), body: packText(document.body) }
  await db
    .insertInto('document')
    .values({ uri: document.uri, ...row })
    .onConflict((oc) => oc.column('uri').doUpdateSet(row))
    .execute()
}

export async function findDocument(db: Database, uri: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('document')
    .select('body')
    .where('uri', '=', uri)
    .executeTakeFirst()
  return row && unpackText(row.body)
}

export async function deleteDocument(db: Database, uri: string): Promise<void> {
  await db.deleteFrom('document').where('uri', '=', uri).execute()
}

/** In the order asked; an address without a document is left out. */
async function listDocuments(db: Database, uris: readonly string[]): Promise<string[]> {
  if (uris.length === 0) return []
  const rows = await db
    .selectFrom('document')
    .select(['uri', 'body'])
    .where('uri', 'in', uris)
    .execute()
  const bodies = new Map(rows.map((row) => [row.uri, unpackText(row.body)]))
  return uris.flatMap((uri) => bodies.get(uri) ?? [])
}

/** The signed texts as NDJSON, byte for byte but for line breaks, which JSON holds only between its words. */
export async function signedLines(db: Database, uris: readonly string[]): Promise<string> {
  const bodies = await listDocuments(db, uris)
  return bodies.map((body) => `${body.replace(/[\r\n]+/g, ' ')}\n`).join('')
}

/** A place in the list of cafés to come: the last one that was read. */
export type UpcomingCursor = { startsAt: string; id: string }

export type UpcomingPage = {
  /** Signed Events, whole, soonest first. */
  bodies: string[]
  next: UpcomingCursor | undefined
}

/** Our own published cafés that are not over, soonest first. */
export async function listUpcomingDocuments(
  db: Database,
  {
    now,
    after,
    limit,
  }: { now: Temporal.Instant; after: UpcomingCursor | undefined; limit: number },
): Promise<UpcomingPage> {
  const rows = await upcoming(db, now)
    .innerJoin('document', 'document.uri', 'cafe.uri')
    .select(['document.body', 'cafe.starts_at', 'cafe.id'])
    .$if(after !== undefined, (qb) =>
      qb.where((eb) =>
        eb(
          eb.refTuple('cafe.starts_at', 'cafe.id'),
          '>',
          eb.tuple(after?.startsAt ?? '', after?.id ?? ''),
        ),
      ),
    )
    .orderBy('cafe.starts_at')
    .orderBy('cafe.id')
    .limit(limit + 1)
    .execute()
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return {
    bodies: page.map((row) => unpackText(row.body)),
    next: rows.length > limit && last ? { startsAt: last.starts_at, id: last.id } : undefined,
  }
}

export async function countUpcoming(db: Database, now: Temporal.Instant): Promise<number> {
  const { total } = await upcoming(db, now)
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  return total
}

export async function listUpcomingUris(
  db: Database,
  now: Temporal.Instant,
  limit: number,
): Promise<string[]> {
  const rows = await upcoming(db, now)
    .select('cafe.uri')
    .where('cafe.status', '<>', 'cancelled')
    .orderBy('cafe.starts_at')
    .orderBy('cafe.id')
    .limit(limit)
    .execute()
  return rows.map((row) => row.uri)
}

const upcoming = (db: Database, now: Temporal.Instant) =>
  db
    .selectFrom('cafe')
    .where('cafe.organization_id', 'is not', null)
    .where('cafe.publication', '=', 'published')
    .where('cafe.ends_at', '>=', toInstantText(now))
