import { randomUUID } from 'node:crypto'
import type { Selectable } from 'kysely'
import { DomainError } from '../../domain/values/errors.ts'
import type { DeadLink } from '../../domain/values/link.ts'
import { orNull, orUndefined, toInstantText } from '../database/columns.ts'
import { type Database, inTransaction, type OpenDatabase } from '../database/database.ts'
import type { Schema } from '../schema.ts'
import { deleteLinks, deleteStopLinks, findLink } from './links.ts'
import { hashPassword, verifyPassword } from './passwords.ts'
import { createEntry, type Entry } from './sessions.ts'

/** A person who may sign in. */
export type Account = {
  id: string
  /** The address in lower case. It ends in `.invalid` until the person has given their own. */
  email: string
  /** The address that they want instead; it replaces `email` once its mailbox has confirmed it. */
  askedEmail?: string | undefined
  name: string
  hasPassword: boolean
  /** Whether the person removed the password, so that they sign in by mailed links. */
  isByLinkOnly: boolean
  /** Whether somebody has signed in with it at least once. */
  wasEntered: boolean
}

export type AccountRole = Schema['role']['role']

/** What an account may do, and for which structure. */
export type Role = { organizationId: string; role: AccountRole }

/** The only rule for a password is its length (NIST SP 800-63B). */
export const PASSWORD_MIN = 12
export const PASSWORD_MAX = 200
export const NAME_MAX = 100

/** A domain that no mail can reach (RFC 2606), for the first account before its e-mail address is known. */
const UNKNOWN_DOMAIN = '@a-completer.invalid'

/**
 * Returns whether mails can reach the account: it is false for the first account of a site until a person has typed an
 * address.
 */
export const hasKnownEmail = (account: Pick<Account, 'email'>): boolean =>
  !account.email.endsWith(UNKNOWN_DOMAIN)

/**
 * Returns whether the account is ready to use: its person chose an e-mail address of their own, and either a password
 * or links only.
 */
export const isComplete = (account: Account): boolean =>
  (account.hasPassword || account.isByLinkOnly) && hasKnownEmail(account)

/** Returns an e-mail address as it is stored and compared: without spaces around it, in lower case. */
export const toEmail = (text: string): string => text.trim().toLowerCase()

/** Finds an account by its id; undefined when it was deleted or never existed. */
export async function findAccount(db: Database, id: string): Promise<Account | undefined> {
  const row = await db.selectFrom('account').selectAll().where('id', '=', id).executeTakeFirst()
  return row && toAccount(row)
}

/** Finds an account by its e-mail address in any case; undefined where none has it. */
export async function findAccountByEmail(
  db: Database,
  email: string,
): Promise<Account | undefined> {
  const row = await db
    .selectFrom('account')
    .selectAll()
    .where('email', '=', toEmail(email))
    .executeTakeFirst()
  return row && toAccount(row)
}

/** Finds the oldest administrator, for whom a link is that the command line makes without an e-mail address. */
export async function findFirstAdministrator(db: Database): Promise<Account | undefined> {
  const row = await db
    .selectFrom('account')
    .innerJoin('role', 'role.account_id', 'account.id')
    .selectAll('account')
    .where('role.role', '=', 'administrator')
    .orderBy('account.created_at')
    .orderBy('account.id')
    .executeTakeFirst()
  return row && toAccount(row)
}

/** Returns whether anybody has signed in at least once. */
export async function hasEnteredAccount(db: Database): Promise<boolean> {
  const row = await db
    .selectFrom('account')
    .select('id')
    .where((eb) => eb.or([eb('password_hash', 'is not', null), eb('entered_at', 'is not', null)]))
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** Finds the first structure for which an account works, that of the site before hosted ones, with its role there. */
export async function findRole(db: Database, accountId: string): Promise<Role | undefined> {
  const row = await db
    .selectFrom('role')
    .innerJoin('organization', 'organization.id', 'role.organization_id')
    .select(['role.organization_id', 'role.role'])
    .where('role.account_id', '=', accountId)
    .orderBy('organization.created_at')
    .orderBy('organization.id')
    .executeTakeFirst()
  return row && { organizationId: row.organization_id, role: row.role }
}

/**
 * Creates an account without a password and its role in one transaction. Without an address, the account gets one that
 * no mail can reach (`hasKnownEmail`). An address that another account has violates a UNIQUE constraint.
 */
export async function insertAccount(
  db: Database,
  {
    email,
    name = '',
    organizationId,
    role,
  }: { email: string | undefined; name?: string | undefined } & Role,
  now: Temporal.Instant,
): Promise<Account> {
  const id = randomUUID()
  const account = { id, email: email ? toEmail(email) : `${id}${UNKNOWN_DOMAIN}`, name }
  await inTransaction(db, async (trx) => {
    await trx
      .insertInto('account')
      .values({ ...account, password_hash: null, created_at: toInstantText(now) })
      .execute()
    await trx
      .insertInto('role')
      .values({ account_id: id, organization_id: organizationId, role })
      .execute()
  })
  return { ...account, hasPassword: false, isByLinkOnly: false, wasEntered: false }
}

/**
 * Updates the name and e-mail address. Links that were mailed to the former address no longer sign in or stop mails.
 * @throws DomainError conflict when another account has that address.
 */
export async function updateAccount(
  db: Database,
  { id, email, name }: Pick<Account, 'id' | 'email' | 'name'>,
): Promise<void> {
  const other = await findAccountByEmail(db, email)
  if (other && other.id !== id) throw new DomainError('conflict', 'accounts.email_taken')
  if (!other) {
    await deleteLinks(db, { purpose: 'sign-in', subject: id })
    await deleteStopLinks(db, id)
  }
  await db
    .updateTable('account')
    .set({ email: toEmail(email), name: name.trim() })
    .where('id', '=', id)
    .execute()
}

/**
 * Changes the password and ends all other sessions and links of the account (CVE-2025-62174); `keepSession` is the
 * caller's own, undefined for somebody who has none.
 */
export async function changePassword(
  db: Database,
  change: { accountId: string; password: string; keepSession: string | undefined },
): Promise<void> {
  const { accountId, password, keepSession } = change
  const hash = await hashPassword(password)
  await replacePassword(db, { accountId, keepSession, hash })
}

/** Removes the password, so that only mailed links sign in. All other sessions end, as after any change of it. */
export const deletePassword = (
  db: OpenDatabase,
  { accountId, keepSession }: { accountId: string; keepSession: string },
): Promise<void> => replacePassword(db, { accountId, keepSession, hash: undefined })

const replacePassword = (
  db: Database,
  {
    accountId,
    keepSession,
    hash,
  }: { accountId: string; keepSession: string | undefined; hash: string | undefined },
): Promise<void> =>
  inTransaction(db, async (trx) => {
    await trx
      .updateTable('account')
      .set({ password_hash: orNull(hash), by_link_only: hash === undefined ? 1 : 0 })
      .where('id', '=', accountId)
      .execute()
    await trx
      .deleteFrom('session')
      .where('account_id', '=', accountId)
      .$if(keepSession !== undefined, (qb) => qb.where('token_hash', '<>', keepSession ?? ''))
      .execute()
    await deleteLinks(trx, { purpose: 'sign-in', subject: accountId })
    await deleteLinks(trx, { purpose: 'second-step', subject: accountId })
  })

/**
 * Finds the account of a link that chooses a first password, as long as nobody has signed in with it by another way.
 */
export async function findNewAccount(
  db: Database,
  token: string,
  now: Temporal.Instant,
): Promise<Account | { dead: DeadLink }> {
  const link = await findLink(db, { token, purpose: 'first-password' }, now)
  if ('dead' in link) return link
  const account = await findAccount(db, link.subject)
  if (!account) return { dead: 'unknown' }
  // Its person signed in by another way; the link itself was not used.
  return account.wasEntered ? { dead: 'unknown' } : account
}

/**
 * Sets the first password. When two people send it at once, one becomes the account's owner; false for the other, and
 * once somebody has signed in.
 */
export async function chooseFirstPassword(
  db: OpenDatabase,
  { accountId, password }: { accountId: string; password: string },
  now: Temporal.Instant,
): Promise<boolean> {
  const hash = await hashPassword(password)
  const { numUpdatedRows } = await db
    .updateTable('account')
    .set({ password_hash: hash, entered_at: toInstantText(now) })
    .where('id', '=', accountId)
    .where('password_hash', 'is', null)
    .where('entered_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** Finds the account when both address and password are right. It takes as long for an address that no account has. */
export async function findAccountByPassword(
  db: Database,
  typed: { email: string; password: string },
): Promise<Account | undefined> {
  const row = await findRowByPassword(db, typed)
  return row && toAccount(row)
}

/**
 * Opens a session when both address and password are right. A password that is replaced while it is verified is wrong:
 * its replacement ends all other sessions, and this one would come after that.
 * @returns A session, or the second step where the account has a second factor; undefined where one of the two is wrong.
 */
export async function createSessionByPassword(
  db: OpenDatabase,
  { userAgent, ...typed }: { email: string; password: string; userAgent: string },
  now: Temporal.Instant,
): Promise<Entry | undefined> {
  const row = await findRowByPassword(db, typed)
  if (!row) return undefined
  const { id: accountId, password_hash } = row
  return db.transaction().execute(async (trx) => {
    // Whoever replaces the password waits for this row, and ends this session.
    const { numUpdatedRows } = await trx
      .updateTable('account')
      .set({ password_hash })
      .where('id', '=', accountId)
      .where('password_hash', '=', password_hash)
      .executeTakeFirst()
    if (numUpdatedRows === 0n) return undefined
    return createEntry(trx, { accountId, userAgent }, now)
  })
}

async function findRowByPassword(
  db: Database,
  { email, password }: { email: string; password: string },
): Promise<Selectable<Schema['account']> | undefined> {
  const row = await db
    .selectFrom('account')
    .selectAll()
    .where('email', '=', toEmail(email))
    .executeTakeFirst()
  const isRight = await verifyPassword(password, row?.password_hash ?? undefined)
  return isRight ? row : undefined
}

/** Converts a row; the password hash stays here, and only whether there is one is returned. */
export const toAccount = (row: Selectable<Schema['account']>): Account => ({
  id: row.id,
  email: row.email,
  askedEmail: orUndefined(row.asked_email),
  name: row.name,
  hasPassword: row.password_hash !== null,
  isByLinkOnly: row.by_link_only === 1,
  wasEntered: row.password_hash !== null || row.entered_at !== null,
})
