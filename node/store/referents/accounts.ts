import { randomUUID } from 'node:crypto'
import type { Referent } from '../../domain/referents/referent.ts'
import type { DeadLink, LinkPurpose } from '../../domain/values/link.ts'
import { findAccountByEmail } from '../accounts/accounts.ts'
import { consumeLink, findLink } from '../accounts/links.ts'
import { hashPassword } from '../accounts/passwords.ts'
import { toInstantText } from '../database/columns.ts'
import { type Database, inTransaction, type OpenDatabase } from '../database/database.ts'
import { findReferent } from './referents.ts'

/**
 * `mandate` accepts, declines or ends a mandate, for as long as the mandate lasts. `referent-access` opens the pages of
 * the territory, once.
 */
export type ReferentLinkPurpose = Extract<LinkPurpose, 'mandate' | 'referent-access'>

/** Finds the referent of a link; looking changes nothing. */
export async function findReferentByLink(
  db: Database,
  { token, purpose }: { token: string; purpose: ReferentLinkPurpose },
  now: Temporal.Instant,
): Promise<Referent | { dead: DeadLink }> {
  const link = await findLink(db, { token, purpose }, now)
  if ('dead' in link) return link
  return (await findReferent(db, link.subject)) ?? { dead: 'unknown' }
}

type Joining = {
  token: string
  referent: Referent
  /** The signed-in account that accepts, or the password of a new one. */
  by: { accountId: string } | { password: string }
}

/**
 * Uses up the link that opens a referent's pages. A new account has no role in the team: what it may do follows from
 * its mandates alone. The link never opens an existing account: the person who is signed in with it accepts the
 * mandate. Undefined when the link was used already, or the account was made meanwhile.
 */
export async function joinAsReferent(
  db: OpenDatabase,
  { token, referent, by }: Joining,
  now: Temporal.Instant,
): Promise<{ accountId: string } | undefined> {
  const { email, id, name } = referent
  if (email === undefined) return undefined
  const passwordHash = 'password' in by ? await hashPassword(by.password) : null
  return inTransaction(db, async (trx) => {
    const known = await findAccountByEmail(trx, email)
    if ('accountId' in by ? known?.id !== by.accountId : known) return undefined
    if (!(await consumeLink(trx, { token, purpose: 'referent-access' }, now))) return undefined
    const accountId = known?.id ?? randomUUID()
    if (!known)
      await trx
        .insertInto('account')
        .values({
          id: accountId,
          email,
          name,
          password_hash: passwordHash,
          created_at: toInstantText(now),
        })
        .execute()
    await trx.updateTable('referent').set({ account_id: accountId }).where('id', '=', id).execute()
    return { accountId }
  })
}
