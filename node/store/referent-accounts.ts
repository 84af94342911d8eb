import { randomUUID } from 'node:crypto'
import type { Referent } from '../domain/referent.ts'
import { findAccountByEmail } from './accounts.ts'
import { toInstantText } from './columns.ts'
import { inTransaction, type OpenDatabase } from './database.ts'
import { hashPassword } from './passwords.ts'
import { attachAccount } from './referent-links.ts'

/**
 * Uses up the link that opens a referent's desk. A new account has no role in the team: what it may do comes from its
 * mandates alone. Undefined when the link was used already.
 */
export async function joinAsReferent(
  db: OpenDatabase,
  {
    token,
    referent,
    password,
  }: { token: string; referent: Referent; password: string | undefined },
  now: Temporal.Instant,
): Promise<{ accountId: string } | undefined> {
  const { email } = referent
  if (email === undefined) return undefined
  const passwordHash = password === undefined ? undefined : await hashPassword(password)
  return inTransaction(db, async (trx) => {
    const known = await findAccountByEmail(trx, email)
    if (!known && passwordHash === undefined) return undefined
    const accountId = known?.id ?? randomUUID()
    if (!known)
      await trx
        .insertInto('account')
        .values({
          id: accountId,
          email,
          name: referent.name,
          password_hash: passwordHash ?? null,
          created_at: toInstantText(now),
        })
        .execute()
    const isAttached = await attachAccount(trx, { token, accountId, referent })
    return isAttached ? { accountId } : undefined
  })
}
