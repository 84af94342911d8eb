import { toInstantText } from '../database/columns.ts'
import { type Database, inTransaction, type OpenDatabase } from '../database/database.ts'
import { type Account, type AccountRole, toEmail } from './accounts.ts'
import { deleteAccountLinks } from './links.ts'

/** A colleague, with their role, and whether they sign in with a second factor. */
export type Colleague = Omit<Account, 'wasEntered' | 'isByLinkOnly'> & {
  role: AccountRole
  hasFactor: boolean
}

/** Lists the colleagues, administrators first, then by name. */
export async function listColleagues(db: Database, organizationId: string): Promise<Colleague[]> {
  const rows = await db
    .selectFrom('account')
    .innerJoin('role', 'role.account_id', 'account.id')
    .leftJoin('second_factor', 'second_factor.account_id', 'account.id')
    .select(['account.id', 'account.email', 'account.name', 'account.password_hash', 'role.role'])
    .select('second_factor.confirmed_at')
    .where('role.organization_id', '=', organizationId)
    .orderBy('role.role')
    .orderBy('account.name')
    .orderBy('account.created_at')
    .orderBy('account.id')
    .execute()
  return rows.map(({ password_hash, confirmed_at, ...row }) => ({
    ...row,
    hasPassword: password_hash !== null,
    hasFactor: confirmed_at !== null,
  }))
}

/**
 * Counts the administrators of a structure. The last one can neither leave nor become an editor, which is decided in
 * the transaction of that change.
 */
export async function countAdministrators(db: Database, organizationId: string): Promise<number> {
  const { many } = await db
    .selectFrom('role')
    .select((eb) => eb.fn.countAll<number>().as('many'))
    .where('organization_id', '=', organizationId)
    .where('role', '=', 'administrator')
    .executeTakeFirstOrThrow()
  return many
}

type TeamChange = { outcome: 'done' } | { outcome: 'unknown' } | { outcome: 'last_administrator' }

type Member = { accountId: string; organizationId: string }

/**
 * Changes a role. When two administrators take the role from each other at once, one is too late. Open invitations of
 * somebody who no longer administers are deleted.
 */
export async function changeRole(
  db: OpenDatabase,
  { accountId, organizationId, role }: Member & { role: AccountRole },
): Promise<TeamChange> {
  return inTransaction(db, async (trx) => {
    const refused = await refuse(trx, {
      accountId,
      organizationId,
      stays: role === 'administrator',
    })
    if (refused) return refused
    await trx
      .updateTable('role')
      .set({ role })
      .where('account_id', '=', accountId)
      .where('organization_id', '=', organizationId)
      .execute()
    if (role !== 'administrator')
      await trx
        .deleteFrom('team_invitation')
        .where('invited_by', '=', accountId)
        .where('organization_id', '=', organizationId)
        .execute()
    return { outcome: 'done' }
  })
}

/**
 * Ends the work of somebody for a structure, with the invitations and API tokens that they made for it. Who works for no
 * other structure here has no account any more: it is deleted with its links and its sessions (`on delete cascade`).
 */
export async function removeColleague(db: Database, member: Member): Promise<TeamChange> {
  return inTransaction(db, async (trx) => {
    const refused = await refuse(trx, { ...member, stays: false })
    if (refused) return refused
    if (await hasOtherRole(trx, member)) {
      for (const [table, column] of MADE_BY)
        await trx
          .deleteFrom(table)
          .where(column, '=', member.accountId)
          .where('organization_id', '=', member.organizationId)
          .execute()
      return { outcome: 'done' }
    }
    await deleteAccountLinks(trx, member.accountId)
    await trx.deleteFrom('account').where('id', '=', member.accountId).execute()
    return { outcome: 'done' }
  })
}

/** What an account has of one structure, and the column that names the account. */
const MADE_BY = [
  ['role', 'account_id'],
  ['api_token', 'account_id'],
  ['team_invitation', 'invited_by'],
] as const

/** Returns whether a member works for another structure here as well. */
export async function hasOtherRole(
  db: Database,
  { accountId, organizationId }: Member,
): Promise<boolean> {
  const other = await db
    .selectFrom('role')
    .select('organization_id')
    .where('account_id', '=', accountId)
    .where('organization_id', '<>', organizationId)
    .executeTakeFirst()
  return other !== undefined
}

/** Adds a role to an account that works for other structures here; one that it has is left as it is. */
export async function insertRole(
  trx: Database,
  { accountId, organizationId, role }: Member & { role: AccountRole },
): Promise<void> {
  await trx
    .insertInto('role')
    .values({ account_id: accountId, organization_id: organizationId, role })
    .onConflict((oc) => oc.doNothing())
    .execute()
}

/** Returns why a member cannot be changed: they are not of this structure, or nobody would administer it any more. */
async function refuse(
  trx: Database,
  { accountId, organizationId, stays }: Member & { stays: boolean },
): Promise<TeamChange | undefined> {
  const current = await trx
    .selectFrom('role')
    .select('role')
    .where('account_id', '=', accountId)
    .where('organization_id', '=', organizationId)
    .executeTakeFirst()
  if (!current) return { outcome: 'unknown' }
  if (stays || current.role !== 'administrator') return undefined
  const others = (await countAdministrators(trx, organizationId)) - 1
  return others > 0 ? undefined : { outcome: 'last_administrator' }
}

/** Inserts a new colleague who has a password already, so that they need no first steps. */
export async function insertColleague(
  trx: Database,
  account: Omit<Colleague, 'hasPassword' | 'hasFactor'> & {
    passwordHash: string
    organizationId: string
  },
  now: Temporal.Instant,
): Promise<void> {
  const { id, email, name, passwordHash, organizationId, role } = account
  await trx
    .insertInto('account')
    .values({
      id,
      email: toEmail(email),
      name: name.trim(),
      password_hash: passwordHash,
      created_at: toInstantText(now),
    })
    .execute()
  await trx
    .insertInto('role')
    .values({ account_id: id, organization_id: organizationId, role })
    .execute()
}
