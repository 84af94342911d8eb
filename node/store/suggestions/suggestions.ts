import type { ExpressionBuilder } from 'kysely'
import type { Cafe } from '../../domain/cafes/cafe.ts'
import {
  keyOf,
  type SuggestedFields,
  type Suggestion,
} from '../../domain/suggestions/suggestion.ts'
import { RETENTION_DAYS } from '../../domain/values/retention.ts'
import { toEmail } from '../accounts/accounts.ts'
import { toInstantText } from '../database/columns.ts'
import type { Database } from '../database/database.ts'
import { uuidV7 } from '../database/uuid.ts'
import { deleteMailsAbout } from '../queues/mails.ts'
import { CAFE } from '../schema/cafes.ts'
import { SUGGESTION } from '../schema/suggestions.ts'
import type { Schema } from '../schema.ts'

/**
 * Stores a suggestion whose address is not proven yet. The same one of the same person is one row: what waits for the
 * proof is as it was typed last.
 */
export async function saveSuggestion(
  trx: Database,
  { email, typed }: { email: string; typed: SuggestedFields },
  now: Temporal.Instant,
): Promise<Suggestion> {
  const asked: Suggestion = {
    ...{ id: uuidV7(now), email: toEmail(email), title: typed.title ?? '', typed },
    ...{ cafeId: undefined, createdAt: now, endedAt: undefined, endReason: undefined },
  }
  const row = { ...SUGGESTION.toRow(asked), key: keyOf(typed) }
  await trx
    .insertInto('suggestion')
    .values(row)
    .onConflict((oc) =>
      oc
        .columns(['email', 'key'])
        .doUpdateSet({ typed: row.typed, title: row.title, created_at: row.created_at })
        .where('suggestion.cafe_id', 'is', null)
        .where('suggestion.ended_at', 'is', null),
    )
    .execute()
  const saved = await trx
    .selectFrom('suggestion')
    .selectAll()
    .where('email', '=', row.email)
    .where('key', '=', row.key)
    .executeTakeFirstOrThrow()
  return SUGGESTION.fromRow(saved)
}

/** Finds a suggestion by its id. */
export async function findSuggestion(db: Database, id: string): Promise<Suggestion | undefined> {
  const row = await db.selectFrom('suggestion').selectAll().where('id', '=', id).executeTakeFirst()
  return row && SUGGESTION.fromRow(row)
}

/** Finds the suggestion of which a café was made. */
export async function findSuggestionOf(
  db: Database,
  cafeId: string,
): Promise<Suggestion | undefined> {
  const row = await db
    .selectFrom('suggestion')
    .selectAll()
    .where('cafe_id', '=', cafeId)
    .executeTakeFirst()
  return row && SUGGESTION.fromRow(row)
}

/** Notes the café that was made of a suggestion; what was typed is in that café from now on. */
export async function saveSuggestedCafe(
  trx: Database,
  { id, cafeId, title }: { id: string; cafeId: string; title: string },
): Promise<void> {
  await trx
    .updateTable('suggestion')
    .set({ cafe_id: cafeId, title, typed: null })
    .where('id', '=', id)
    .execute()
}

/** Notes the place that the author of a published café asks for; undefined once nothing is asked any more. */
export async function saveAskedPlace(
  trx: Database,
  { id, typed }: Pick<Suggestion, 'id' | 'typed'>,
): Promise<void> {
  await trx
    .updateTable('suggestion')
    .set({ typed: typed ? JSON.stringify(typed) : null })
    .where('id', '=', id)
    .where('cafe_id', 'is not', null)
    .execute()
}

/** Returns whether another place is asked for a café, which its author says is right. */
export const isOtherPlaceAsked = async (db: Database, cafeId: string): Promise<boolean> =>
  (await findSuggestionOf(db, cafeId))?.typed !== undefined

/**
 * Keeps the suggested cafés that wait for a decision: drafts, and those to come for which another place is asked.
 */
const waits = (now: Temporal.Instant) => (eb: ExpressionBuilder<Schema, 'cafe' | 'suggestion'>) =>
  eb.or([
    eb('cafe.publication', '=', 'draft'),
    eb.and([
      eb('suggestion.typed', 'is not', null),
      eb('cafe.status', '!=', 'cancelled'),
      eb('cafe.ends_at', '>', toInstantText(now)),
    ]),
  ])

/** Lists the suggested cafés that wait for a decision, everywhere or under one territory, the oldest suggestion first. */
export async function listSuggested(
  db: Database,
  { territory, now, limit }: { territory?: string; now: Temporal.Instant; limit: number },
): Promise<Cafe[]> {
  const rows = await db
    .selectFrom('suggestion')
    .innerJoin('cafe', 'cafe.id', 'suggestion.cafe_id')
    .selectAll('cafe')
    .where(waits(now))
    .$if(territory !== undefined, (query) =>
      query.where('cafe.announced_under', '=', territory ?? ''),
    )
    .orderBy('suggestion.id')
    .limit(limit)
    .execute()
  return rows.map(CAFE.fromRow)
}

/** Counts the suggested cafés that wait for a decision. */
export async function countSuggested(db: Database, now: Temporal.Instant): Promise<number> {
  const { total } = await db
    .selectFrom('suggestion')
    .innerJoin('cafe', 'cafe.id', 'suggestion.cafe_id')
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .where(waits(now))
    .executeTakeFirstOrThrow()
  return Number(total)
}

/** Deletes a suggestion with its links and the mails about it; a café that was made of it stays. */
export async function deleteSuggestion(db: Database, id: string): Promise<void> {
  await db.deleteFrom('suggestion').where('id', '=', id).execute()
  await db
    .deleteFrom('link')
    .where('purpose', '=', 'suggestion')
    .where('subject', '=', id)
    .execute()
  await deleteMailsAbout(db, id)
}

/**
 * Deletes what is kept for a time (`RETENTION_DAYS`): suggestions that nobody has proven, those that were refused, and
 * those whose café is over, also one that nobody has decided about.
 */
export async function deleteOldSuggestions(db: Database, now: Temporal.Instant): Promise<void> {
  const ago = (days: number) => toInstantText(now.subtract({ hours: days * 24 }))
  const over = ago(RETENTION_DAYS.suggestion)
  const rows = await db
    .selectFrom('suggestion')
    .leftJoin('cafe', 'cafe.id', 'suggestion.cafe_id')
    .select('suggestion.id')
    .where((eb) =>
      eb.or([
        eb('suggestion.ended_at', '<=', over),
        eb('cafe.ends_at', '<=', over),
        eb.and([
          eb('suggestion.cafe_id', 'is', null),
          eb('suggestion.ended_at', 'is', null),
          eb('suggestion.created_at', '<=', ago(RETENTION_DAYS.unprovenSuggestion)),
        ]),
      ]),
    )
    .execute()
  for (const { id } of rows) await deleteSuggestion(db, id)
}
