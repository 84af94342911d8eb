import type { JournalAct } from '../../domain/referents/referent.ts'
import { fromInstantText, toInstantText } from '../database/columns.ts'
import type { Database } from '../database/database.ts'
import { uuidV7 } from '../database/uuid.ts'

/** Who did what, where and why; it is kept for three years. */
export type JournalEntry = {
  id: string
  at: Temporal.Instant
  who: string
  act: JournalAct
  /** The id here of the object of the act. */
  subject: string
  /** The title or name that the café or the person had then. */
  title: string
  /** The territory of the mandate under which it was done. */
  territory: string
  reason: string
}

/** The territory of what the team did, which no referent reads. */
export const NO_TERRITORY = '-'

/** Appends what a referent did. It is called in the transaction of the act. */
export async function appendJournal(
  trx: Database,
  entry: Omit<JournalEntry, 'id' | 'at'> & { accountId: string },
  now: Temporal.Instant,
): Promise<void> {
  const { accountId, ...said } = entry
  await trx
    .insertInto('journal')
    .values({ id: uuidV7(now), at: toInstantText(now), account_id: accountId, ...said })
    .execute()
}

/** Lists the entries, the newest first; only those of these territories and of this act, where they are given. */
export async function listJournal(
  db: Database,
  { territories, act, limit }: { territories?: readonly string[]; act?: JournalAct; limit: number },
): Promise<JournalEntry[]> {
  const rows = await db
    .selectFrom('journal')
    .selectAll()
    .$if(territories !== undefined, (qb) =>
      qb.where('territory', 'in', ['', ...(territories ?? [])]),
    )
    .$if(act !== undefined, (qb) => qb.where('act', '=', act ?? ''))
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
  return rows.map((row) => ({
    id: row.id,
    at: fromInstantText(row.at),
    who: row.who,
    act: row.act as JournalAct,
    subject: row.subject,
    title: row.title,
    territory: row.territory,
    reason: row.reason,
  }))
}
