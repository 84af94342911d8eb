import { AUDIT_ACTS, type AuditAct } from '../../domain/values/audit.ts'
import { fromInstantText, toInstantText } from '../database/columns.ts'
import type { Database } from '../database/database.ts'
import { uuidV7 } from '../database/uuid.ts'

/** Who did what to the ways in and to the settings: no word about anybody else. Kept for `RETENTION_DAYS.audit`. */
export type AuditEntry = {
  id: string
  at: Temporal.Instant
  /** The name or address that the account had then; empty for nobody who is known. */
  who: string
  act: AuditAct
  /** A role, or the host of a site; empty where it is about neither. */
  about: string
}

export async function appendAudit(
  db: Database,
  entry: Pick<AuditEntry, 'who' | 'act' | 'about'>,
  now: Temporal.Instant,
): Promise<void> {
  await db
    .insertInto('audit')
    .values({ id: uuidV7(now), at: toInstantText(now), ...entry })
    .execute()
}

/** Newest first. */
export async function listAudit(db: Database, limit: number): Promise<AuditEntry[]> {
  const rows = await db
    .selectFrom('audit')
    .selectAll()
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
  return rows.flatMap(({ act: text, at, ...row }) => {
    const act = AUDIT_ACTS.find((each) => each === text)
    return act ? [{ ...row, act, at: fromInstantText(at) }] : []
  })
}

/** The same once in a quarter of an hour of the clock, however often it happens: for what a stranger can repeat. */
export async function appendAuditAtMost(
  db: Database,
  entry: Pick<AuditEntry, 'who' | 'act' | 'about'>,
  now: Temporal.Instant,
): Promise<void> {
  const quarter = Math.floor(now.epochMilliseconds / (15 * 60_000))
  await db
    .insertInto('audit')
    .values({ id: `${entry.act} ${quarter}`, at: toInstantText(now), ...entry })
    .onConflict((oc) => oc.doNothing())
    .execute()
}

export async function deleteAuditBefore(db: Database, before: Temporal.Instant): Promise<void> {
  await db.deleteFrom('audit').where('at', '<', toInstantText(before)).execute()
}
