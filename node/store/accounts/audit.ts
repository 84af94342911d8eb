import { AUDIT_ACTS, type AuditAct } from '../../domain/values/audit.ts'
import { fromInstantText, toInstantText } from '../database/columns.ts'
import type { Database } from '../database/database.ts'
import { uuidV7 } from '../database/uuid.ts'

/**
 * What somebody did to the accounts, tokens or settings. It says nothing about anybody else, and is kept for
 * `RETENTION_DAYS.audit`.
 */
export type AuditEntry = {
  id: string
  at: Temporal.Instant
  /** The name or address that the account had then; empty when no known account did it. */
  who: string
  act: AuditAct
  /** A role, or the host of a site; empty where it is about neither. */
  about: string
}

/** Appends an entry to the journal of accesses, which administrators read. */
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

/** Lists the entries, the newest first. */
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

/**
 * Appends an entry at most once in each quarter of an hour, however often it happens, for acts that a stranger can
 * repeat.
 */
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

/** Deletes the entries that are older than this instant; the nightly purge calls it. */
export async function deleteAuditBefore(db: Database, before: Temporal.Instant): Promise<void> {
  await db.deleteFrom('audit').where('at', '<', toInstantText(before)).execute()
}
