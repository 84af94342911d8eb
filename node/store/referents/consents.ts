import { fromInstantText, toInstantText } from '../database/columns.ts'
import type { Database } from '../database/database.ts'
import { uuidV7 } from '../database/uuid.ts'

type Logged = { id: string; act: 'consented' | 'declined' | 'resigned'; text: string; lang: string }

/** Appends what a referent agreed to, declined or gave up, with the very words that were shown and their language. */
export async function logConsent(
  trx: Database,
  { id, act, text, lang }: Logged,
  now: Temporal.Instant,
): Promise<void> {
  await trx
    .insertInto('referent_consent')
    .values({ id: uuidV7(now), referent_id: id, act, text, lang, at: toInstantText(now) })
    .execute()
}

export type ConsentEntry = { act: Logged['act']; text: string; at: Temporal.Instant }

/** Lists the consents of a referent, the oldest first. */
export async function listConsents(db: Database, id: string): Promise<ConsentEntry[]> {
  const rows = await db
    .selectFrom('referent_consent')
    .select(['act', 'text', 'at'])
    .where('referent_id', '=', id)
    .orderBy('id')
    .execute()
  return rows.map((row) => ({ ...row, at: fromInstantText(row.at) }))
}
