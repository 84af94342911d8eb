import type { AttendanceMode, Cafe, CafeStatus } from '../../domain/cafes/cafe.ts'
import type { NewsletterChoice } from '../../domain/territories/newsletter.ts'
import {
  type SentCafe,
  type SentVenue,
  sentOf,
} from '../../domain/territories/newsletter-change.ts'
import { fromInstantText, toInstantText } from '../database/columns.ts'
import { type Database, inTransaction } from '../database/database.ts'
import { uuidV7 } from '../database/uuid.ts'
import type { Schema } from '../schema.ts'

/** Lists the choices by the id of the café. */
export async function listNewsletterChoices(db: Database): Promise<Map<string, NewsletterChoice>> {
  const rows = await db.selectFrom('newsletter_choice').selectAll().orderBy('position').execute()
  return new Map(rows.map(({ cafe_id, ...choice }) => [cafe_id, choice]))
}

/** Puts a café forward, after the others; leaves it out; or, with undefined, treats it like any other. */
export function saveNewsletterChoice(
  db: Database,
  { cafeId, choice }: { cafeId: string; choice: NewsletterChoice['choice'] | undefined },
): Promise<void> {
  return inTransaction(db, async (trx) => {
    await trx.deleteFrom('newsletter_choice').where('cafe_id', '=', cafeId).execute()
    if (!choice) return
    const last = await trx
      .selectFrom('newsletter_choice')
      .select((eb) => eb.fn.max('position').as('position'))
      .executeTakeFirst()
    const position = (last?.position ?? 0) + 1
    await trx
      .insertInto('newsletter_choice')
      .values({ cafe_id: cafeId, choice, position })
      .execute()
  })
}

/** Exchanges a café with the one before it among those put forward; the first one stays. */
export function moveUpInNewsletter(db: Database, cafeId: string): Promise<void> {
  return inTransaction(db, async (trx) => {
    const forward = await trx
      .selectFrom('newsletter_choice')
      .selectAll()
      .where('choice', '=', 'forward')
      .orderBy('position')
      .execute()
    const at = forward.findIndex((row) => row.cafe_id === cafeId)
    const [before, row] = [forward[at - 1], forward[at]]
    if (!before || !row) return
    for (const [moved, position] of [
      [row, before.position],
      [before, row.position],
    ] as const)
      await trx
        .updateTable('newsletter_choice')
        .set({ position })
        .where('cafe_id', '=', moved.cafe_id)
        .execute()
  })
}

export type SentNewsletter = { sentAt: Temporal.Instant; cafes: SentCafe[] }

/** Finds the last letter that was sent, with the cafés of which it told. */
export async function findLastNewsletter(db: Database): Promise<SentNewsletter | undefined> {
  const newsletter = await db
    .selectFrom('newsletter')
    .selectAll()
    .orderBy('sent_at', 'desc')
    .orderBy('id')
    .limit(1)
    .executeTakeFirst()
  if (!newsletter) return undefined
  const rows = await db
    .selectFrom('newsletter_cafe')
    .selectAll()
    .where('newsletter_id', '=', newsletter.id)
    .orderBy('starts_at')
    .orderBy('cafe_id')
    .execute()
  return {
    sentAt: fromInstantText(newsletter.sent_at),
    cafes: rows.map((row) => ({
      cafeId: row.cafe_id,
      title: row.title,
      url: row.url,
      startsAt: fromInstantText(row.starts_at),
      timezone: row.timezone,
      status: row.status as CafeStatus,
      place: toPlace(row),
    })),
  }
}

function toPlace(row: Schema['newsletter_cafe']): SentVenue {
  return {
    attendanceMode: row.attendance_mode as AttendanceMode,
    venue:
      row.venue_name === null && row.venue_commune === null
        ? undefined
        : { name: row.venue_name ?? '', commune: row.venue_commune ?? '' },
  }
}

/** Saves what was sent; upcoming cafés of earlier letters stay known as told. Choices begin anew. */
export function saveSentNewsletter(
  db: Database,
  { cafes, stillListed }: { cafes: readonly Cafe[]; stillListed: readonly SentCafe[] },
  now: Temporal.Instant,
): Promise<void> {
  return inTransaction(db, async (trx) => {
    const id = uuidV7(now)
    await trx
      .insertInto('newsletter')
      .values({ id, sent_at: toInstantText(now) })
      .execute()
    const sent = new Map(
      [...stillListed, ...cafes.map(sentOf)].map((each) => [each.cafeId, each] as const),
    )
    for (const { cafeId, title, url, startsAt, timezone, status, place } of sent.values())
      await trx
        .insertInto('newsletter_cafe')
        .values({
          newsletter_id: id,
          cafe_id: cafeId,
          title,
          url,
          starts_at: toInstantText(startsAt),
          timezone,
          status,
          attendance_mode: place.attendanceMode,
          venue_name: place.venue?.name ?? null,
          venue_commune: place.venue?.commune ?? null,
        })
        .execute()
    await trx.deleteFrom('newsletter').where('id', '<>', id).execute()
    await trx.deleteFrom('newsletter_choice').execute()
  })
}
