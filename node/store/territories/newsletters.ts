import type { AttendanceMode, Cafe, CafeStatus } from '../../domain/cafes/cafe.ts'
import type { NewsletterChoice } from '../../domain/territories/newsletter.ts'
import {
  type SentCafe,
  type SentVenue,
  sentOf,
} from '../../domain/territories/newsletter-change.ts'
import { fromInstantText, toInstantText } from '../database/columns.ts'
import { type Database, inTransaction } from '../database/database.ts'
import { findSetting, saveSetting } from '../database/settings.ts'
import { uuidV7 } from '../database/uuid.ts'
import type { Schema } from '../schema.ts'

/** The name of the newsletter that is being prepared, where others have their id. */
const NEXT = 'next'

/** Lists the choices by the id of the café: of the next newsletter, or of one that was sent. */
export async function listNewsletterChoices(
  db: Database,
  letter: string = NEXT,
): Promise<Map<string, NewsletterChoice>> {
  const rows = await db
    .selectFrom('newsletter_choice')
    .select(['cafe_id', 'choice', 'position'])
    .where('letter', '=', letter)
    .orderBy('position')
    .execute()
  return new Map(rows.map(({ cafe_id, ...choice }) => [cafe_id, choice]))
}

/** The setting with the opening of the next newsletter. */
const OPENING = 'newsletter-opening'

/** The words with which the next newsletter begins; `version` changes with each edit. */
export type Opening = { text: string; version: string }

/** Finds the opening of the next newsletter; an empty one where nobody has written any. */
export async function findOpening(db: Database): Promise<Opening> {
  const stored = await findSetting(db, OPENING)
  return stored === undefined ? { text: '', version: '' } : (JSON.parse(stored) as Opening)
}

/** Saves the opening, unless somebody else saved another one since `version`; returns the one that holds. */
export const saveOpening = (
  db: Database,
  { text, version }: Opening,
  now: Temporal.Instant,
): Promise<Opening> =>
  inTransaction(db, async (trx) => {
    const before = await findOpening(trx)
    if (before.version !== version) return before
    const after = { text, version: now.toString() }
    await saveSetting(trx, OPENING, JSON.stringify(after))
    return after
  })

/** Puts a café forward, after the others; leaves it out; or, with undefined, treats it like any other. */
export function saveNewsletterChoice(
  db: Database,
  { cafeId, choice }: { cafeId: string; choice: NewsletterChoice['choice'] | undefined },
): Promise<void> {
  return inTransaction(db, async (trx) => {
    await trx
      .deleteFrom('newsletter_choice')
      .where('letter', '=', NEXT)
      .where('cafe_id', '=', cafeId)
      .execute()
    if (!choice) return
    const last = await trx
      .selectFrom('newsletter_choice')
      .select((eb) => eb.fn.max('position').as('position'))
      .where('letter', '=', NEXT)
      .executeTakeFirst()
    const position = (last?.position ?? 0) + 1
    await trx
      .insertInto('newsletter_choice')
      .values({ letter: NEXT, cafe_id: cafeId, choice, position })
      .execute()
  })
}

/** Exchanges a café with the one before it among those put forward; the first one stays. */
export function moveUpInNewsletter(db: Database, cafeId: string): Promise<void> {
  return inTransaction(db, async (trx) => {
    const forward = await trx
      .selectFrom('newsletter_choice')
      .selectAll()
      .where('letter', '=', NEXT)
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
        .where('letter', '=', NEXT)
        .where('cafe_id', '=', moved.cafe_id)
        .execute()
  })
}

export type SentNewsletter = {
  id: string
  sentAt: Temporal.Instant
  opening: string
  cafes: SentCafe[]
}

/** Finds the last letter that was sent, with the cafés of which it told. */
export const findLastNewsletter = async (db: Database): Promise<SentNewsletter | undefined> =>
  (await listLastNewsletters(db, 1))[0]

/** Lists the letters that were sent last, the latest first;two are kept. */
export async function listLastNewsletters(db: Database, limit = 2): Promise<SentNewsletter[]> {
  const letters = await db
    .selectFrom('newsletter')
    .selectAll()
    .orderBy('sent_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
  return Promise.all(
    letters.map(async ({ id, sent_at, opening }) => ({
      ...{ id, sentAt: fromInstantText(sent_at), opening },
      cafes: await listSentCafes(db, id),
    })),
  )
}

async function listSentCafes(db: Database, letter: string): Promise<SentCafe[]> {
  const rows = await db
    .selectFrom('newsletter_cafe')
    .selectAll()
    .where('newsletter_id', '=', letter)
    .orderBy('starts_at')
    .orderBy('cafe_id')
    .execute()
  return rows.map((row) => ({
    cafeId: row.cafe_id,
    title: row.title,
    url: row.url,
    startsAt: fromInstantText(row.starts_at),
    timezone: row.timezone,
    status: row.status as CafeStatus,
    place: toPlace(row),
  }))
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

/**
 * Saves what was sent; upcoming cafés of earlier letters stay known as told. The choices and the opening become those of
 * this letter, and the next one begins anew.
 */
export function saveSentNewsletter(
  db: Database,
  { cafes, stillListed }: { cafes: readonly Cafe[]; stillListed: readonly SentCafe[] },
  now: Temporal.Instant,
): Promise<void> {
  return inTransaction(db, async (trx) => {
    const id = uuidV7(now)
    await trx
      .insertInto('newsletter')
      .values({ id, sent_at: toInstantText(now), opening: (await findOpening(trx)).text })
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
    await trx
      .updateTable('newsletter_choice')
      .set({ letter: id })
      .where('letter', '=', NEXT)
      .execute()
    await saveSetting(trx, OPENING, JSON.stringify({ text: '', version: now.toString() }))
    await deleteOldNewsletters(trx)
  })
}

/** Deletes all letters that were sent but the last two, with their choices. */
async function deleteOldNewsletters(trx: Database): Promise<void> {
  const last = await trx
    .selectFrom('newsletter')
    .select('id')
    .orderBy('sent_at', 'desc')
    .orderBy('id', 'desc')
    .limit(2)
    .execute()
  const kept = last.map(({ id }) => id)
  await trx.deleteFrom('newsletter').where('id', 'not in', kept).execute()
  await trx
    .deleteFrom('newsletter_choice')
    .where('letter', 'not in', [NEXT, ...kept])
    .execute()
}
