import { randomUUID } from 'node:crypto'
import { findLink, insertLinkTo } from '../accounts/links.ts'
import {
  fromInstantText,
  instantOrUndefined,
  orUndefined,
  toInstantText,
} from '../database/columns.ts'
import { type Database, inTransaction } from '../database/database.ts'

/** A code that admits one structure at once; it is valid for 90 days. */
export type Invitation = {
  id: string
  label: string
  createdAt: Temporal.Instant
  expiresAt: Temporal.Instant
  usedAt: Temporal.Instant | undefined
  usedBy: string | undefined
}

const LIFETIME_HOURS = 90 * 24

/** Makes a code, and returns it so that it can be shown once. */
export async function createInvitation(
  db: Database,
  { organizationId, label }: { organizationId: string; label: string },
  now: Temporal.Instant,
): Promise<string> {
  const id = randomUUID()
  const expiresAt = now.add({ hours: LIFETIME_HOURS })
  return inTransaction(db, async (trx) => {
    await trx
      .insertInto('invitation')
      .values({
        id,
        organization_id: organizationId,
        label,
        created_at: toInstantText(now),
        expires_at: toInstantText(expiresAt),
        used_at: null,
        used_by: null,
      })
      .execute()
    const link = { purpose: 'join-directory', subject: id, expiresAt, isFilledIn: true } as const
    return insertLinkTo(trx, link, now)
  })
}

/**
 * Lists the newest 200 invitations to join the directory, newest first, used and expired ones included. The codes
 * themselves are stored as hashes and cannot be listed.
 */
export async function listInvitations(db: Database): Promise<Invitation[]> {
  const rows = await db
    .selectFrom('invitation')
    .selectAll()
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .limit(200)
    .execute()
  return rows.map((row) => ({
    id: row.id,
    label: row.label,
    createdAt: fromInstantText(row.created_at),
    expiresAt: fromInstantText(row.expires_at),
    usedAt: instantOrUndefined(row.used_at),
    usedBy: orUndefined(row.used_by),
  }))
}

/**
 * Uses the code up for one structure, which may present it again. Returns the label of the invitation; undefined when
 * it does not admit.
 */
export async function consumeInvitation(
  db: Database,
  { code, usedBy }: { code: string; usedBy: string },
  now: Temporal.Instant,
): Promise<string | undefined> {
  const link = await findLink(db, { token: code, purpose: 'join-directory' }, now)
  if ('dead' in link) return undefined
  const row = await db
    .updateTable('invitation')
    .set({ used_at: toInstantText(now), used_by: usedBy })
    .where('id', '=', link.subject)
    .where((eb) => eb.or([eb('used_at', 'is', null), eb('used_by', '=', usedBy)]))
    .returning('label')
    .executeTakeFirst()
  return row?.label
}
