import { fromInstantText, instantOrUndefined, orUndefined, toInstantText } from './columns.ts'
import type { Database } from './database.ts'
import { hashCode, newCode } from './secrets.ts'

/** A code that admits one structure at once, for 90 days. */
export type Invitation = {
  codeHash: string
  label: string
  createdAt: Temporal.Instant
  expiresAt: Temporal.Instant
  usedAt: Temporal.Instant | undefined
  usedBy: string | undefined
}

const LIFETIME_HOURS = 90 * 24

/** Returns the code, shown once. */
export async function createInvitation(
  db: Database,
  { organizationId, label }: { organizationId: string; label: string },
  now: Temporal.Instant,
): Promise<string> {
  const code = newCode()
  await db
    .insertInto('invitation')
    .values({
      code_hash: hashCode(code),
      organization_id: organizationId,
      label,
      created_at: toInstantText(now),
      expires_at: toInstantText(now.add({ hours: LIFETIME_HOURS })),
      used_at: null,
      used_by: null,
    })
    .execute()
  return code
}

export async function listInvitations(db: Database): Promise<Invitation[]> {
  const rows = await db
    .selectFrom('invitation')
    .selectAll()
    .orderBy('created_at', 'desc')
    .limit(200)
    .execute()
  return rows.map((row) => ({
    codeHash: row.code_hash,
    label: row.label,
    createdAt: fromInstantText(row.created_at),
    expiresAt: fromInstantText(row.expires_at),
    usedAt: instantOrUndefined(row.used_at),
    usedBy: orUndefined(row.used_by),
  }))
}

/** Uses the code up; the label of the invitation, or undefined when it does not admit. */
export async function redeemInvitation(
  db: Database,
  { code, usedBy }: { code: string; usedBy: string },
  now: Temporal.Instant,
): Promise<string | undefined> {
  const at = toInstantText(now)
  const row = await db
    .updateTable('invitation')
    .set({ used_at: at, used_by: usedBy })
    .where('code_hash', '=', hashCode(code))
    .where('expires_at', '>', at)
    .where((eb) => eb.or([eb('used_at', 'is', null), eb('used_by', '=', usedBy)]))
    .returning('label')
    .executeTakeFirst()
  return row?.label
}
