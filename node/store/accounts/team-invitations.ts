import { randomUUID } from 'node:crypto'
import type { Selectable } from 'kysely'
import type { DeadLink } from '../../domain/values/link.ts'
import { LINK_MINUTES } from '../../domain/values/link.ts'
import { fromInstantText, orNull, orUndefined, toInstantText } from '../database/columns.ts'
import { type Database, inTransaction, type OpenDatabase } from '../database/database.ts'
import type { Schema } from '../schema.ts'
import { type AccountRole, findAccountByEmail } from './accounts.ts'
import { consumeLink, findLink } from './links.ts'
import { hashPassword } from './passwords.ts'
import { insertColleague, insertRole } from './team.ts'

/**
 * An invitation for one person to join the team with a role, by mail or on paper. It can be used once, within seven
 * days.
 */
export type TeamInvitation = {
  id: string
  organizationId: string
  role: AccountRole
  /** Undefined for an invitation on paper. */
  email: string | undefined
  /** The id of the account that made it. */
  invitedBy: string
  expiresAt: Temporal.Instant
}

/** An invitation with the mailbox that received the link by which it was opened; undefined for a code on paper. */
export type OpenedInvitation = TeamInvitation & { mailedTo: string | undefined }

/**
 * Makes an invitation.
 * @returns Its id, as the subject of a `join-team` link that is shown once or mailed.
 */
export async function createTeamInvitation(
  db: Database,
  asked: Pick<TeamInvitation, 'organizationId' | 'role' | 'email' | 'invitedBy'>,
  now: Temporal.Instant,
): Promise<Pick<TeamInvitation, 'id' | 'expiresAt'>> {
  const id = randomUUID()
  const expiresAt = now.add({ minutes: LINK_MINUTES['join-team'] })
  await db
    .insertInto('team_invitation')
    .values({
      id,
      organization_id: asked.organizationId,
      role: asked.role,
      email: orNull(asked.email),
      invited_by: asked.invitedBy,
      created_at: toInstantText(now),
      expires_at: toInstantText(expiresAt),
      used_at: null,
    })
    .execute()
  return { id, expiresAt }
}

/** Lists the invitations that can still be used, the newest first. */
export async function listTeamInvitations(
  db: Database,
  organizationId: string,
  now: Temporal.Instant,
): Promise<TeamInvitation[]> {
  const rows = await selectOpen(db, now)
    .where('organization_id', '=', organizationId)
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .execute()
  return rows.map(toInvitation)
}

/** Returns the invitation to which a link leads, or why it leads to none; looking does not use it up. */
export async function findTeamInvitation(
  db: Database,
  code: string,
  now: Temporal.Instant,
): Promise<OpenedInvitation | { dead: DeadLink }> {
  const link = await findLink(db, { token: code, purpose: 'join-team' }, now)
  if ('dead' in link) return link
  const row = await db
    .selectFrom('team_invitation')
    .selectAll()
    .where('id', '=', link.subject)
    .executeTakeFirst()
  if (!row) return { dead: 'unknown' }
  if (row.used_at !== null) return { dead: 'used' }
  return { ...toInvitation(row), mailedTo: link.mailedTo }
}

type Joined =
  | { outcome: 'joined'; accountId: string }
  | { outcome: 'dead'; dead: DeadLink }
  | { outcome: 'email_taken' }

/** Makes the account and uses the invitation up, in one transaction. An address that has an account is refused. */
export async function joinTeam(
  db: OpenDatabase,
  person: { code: string; name: string; email: string; password: string },
  now: Temporal.Instant,
): Promise<Joined> {
  const passwordHash = await hashPassword(person.password)
  return inTransaction(db, async (trx) => {
    const invitation = await findTeamInvitation(trx, person.code, now)
    if ('dead' in invitation) return { outcome: 'dead', ...invitation }
    if (await findAccountByEmail(trx, person.email)) return { outcome: 'email_taken' }
    if (!(await takeInvitation(trx, { id: invitation.id, code: person.code }, now)))
      return { outcome: 'dead', dead: 'used' }
    const { role, organizationId } = invitation
    const { name, email } = person
    const id = randomUUID()
    await insertColleague(trx, { id, name, email, passwordHash, role, organizationId }, now)
    return { outcome: 'joined', accountId: id }
  })
}

/**
 * Uses an invitation up for an account that is there already, whose mailbox received it: it works for this structure too
 * from now on. The session of its person is not opened by it.
 */
export const joinTeamAs = (
  db: OpenDatabase,
  { code, accountId }: { code: string; accountId: string },
  now: Temporal.Instant,
): Promise<Exclude<Joined, { outcome: 'email_taken' }>> =>
  inTransaction(db, async (trx) => {
    const invitation = await findTeamInvitation(trx, code, now)
    if ('dead' in invitation) return { outcome: 'dead', ...invitation }
    if (!(await takeInvitation(trx, { id: invitation.id, code }, now)))
      return { outcome: 'dead', dead: 'used' }
    await insertRole(trx, { accountId, ...invitation })
    return { outcome: 'joined', accountId }
  })

/** Marks an invitation and its link as used; false where somebody else was faster. */
async function takeInvitation(
  trx: Database,
  { id, code }: { id: string; code: string },
  now: Temporal.Instant,
): Promise<boolean> {
  const used = await trx
    .updateTable('team_invitation')
    .set({ used_at: toInstantText(now) })
    .where('id', '=', id)
    .where('used_at', 'is', null)
    .executeTakeFirst()
  if (used.numUpdatedRows === 0n) return false
  await consumeLink(trx, { token: code, purpose: 'join-team' }, now)
  return true
}

/** Deletes an invitation of this structure; one of another structure is left as it is. */
export async function withdrawTeamInvitation(
  db: Database,
  { id, organizationId }: { id: string; organizationId: string },
): Promise<void> {
  await db
    .deleteFrom('team_invitation')
    .where('id', '=', id)
    .where('organization_id', '=', organizationId)
    .execute()
}

/** Deletes the invitations whose time is over, whether they were used or not. */
export async function deleteExpiredTeamInvitations(
  db: Database,
  now: Temporal.Instant,
): Promise<void> {
  await db.deleteFrom('team_invitation').where('expires_at', '<=', toInstantText(now)).execute()
}

const selectOpen = (db: Database, now: Temporal.Instant) =>
  db
    .selectFrom('team_invitation')
    .selectAll()
    .where('used_at', 'is', null)
    .where('expires_at', '>', toInstantText(now))

const toInvitation = (row: Selectable<Schema['team_invitation']>): TeamInvitation => ({
  id: row.id,
  organizationId: row.organization_id,
  role: row.role,
  email: orUndefined(row.email),
  invitedBy: row.invited_by,
  expiresAt: fromInstantText(row.expires_at),
})
