import { randomUUID } from 'node:crypto'
import type { FacilitatorField, Level } from '../../domain/facilitators/facilitator.ts'
import type { Lang } from '../../domain/values/lang.ts'
import { fromInstantText, instantOrUndefined, toInstantText } from '../database/columns.ts'
import type { Database } from '../database/database.ts'

/** What a person agreed to, for one field or one place where the profile goes, in the words that they read. */
export type Consent = {
  field: FacilitatorField | 'name' | 'directory' | 'fediverse'
  level: Level
  /** The words that were shown; never the value. */
  text: string
  lang: Lang
}

export type LoggedConsent = Consent & {
  at: Temporal.Instant
  /** Withdrawn, replaced or run out. */
  endedAt: Temporal.Instant | undefined
}

/** All that the person now agrees to; what they agreed to before ends, and stays in the log. */
export async function logConsents(
  trx: Database,
  { facilitatorId, consents }: { facilitatorId: string; consents: readonly Consent[] },
  now: Temporal.Instant,
): Promise<void> {
  await endConsents(trx, facilitatorId, now)
  if (consents.length === 0) return
  await trx
    .insertInto('consent')
    .values(
      consents.map(({ field, level, text, lang }) => ({
        ...{ id: randomUUID(), facilitator_id: facilitatorId, field, level, text, lang },
        at: toInstantText(now),
        ended_at: null,
      })),
    )
    .execute()
}

export async function endConsents(
  trx: Database,
  facilitatorId: string,
  now: Temporal.Instant,
): Promise<void> {
  await trx
    .updateTable('consent')
    .set({ ended_at: toInstantText(now) })
    .where('facilitator_id', '=', facilitatorId)
    .where('ended_at', 'is', null)
    .execute()
}

/** The latest first. */
export async function listConsents(db: Database, facilitatorId: string): Promise<LoggedConsent[]> {
  const rows = await db
    .selectFrom('consent')
    .selectAll()
    .where('facilitator_id', '=', facilitatorId)
    .orderBy('at', 'desc')
    .orderBy('field')
    .execute()
  return rows.map((row) => ({
    field: row.field as Consent['field'],
    level: row.level as Level,
    text: row.text,
    lang: row.lang as Lang,
    at: fromInstantText(row.at),
    endedAt: instantOrUndefined(row.ended_at),
  }))
}
