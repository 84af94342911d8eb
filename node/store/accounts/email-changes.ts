import type { DeadLink } from '../../domain/values/link.ts'
import { type Database, inTransaction } from '../database/database.ts'
import {
  type Account,
  findAccount,
  findAccountByEmail,
  toEmail,
  updateAccount,
} from './accounts.ts'
import { consumeLink, deleteLinks, findLink } from './links.ts'

/**
 * A new address of an account. It replaces the former once its mailbox has confirmed it, and serves nothing until then.
 */

const purpose = 'confirm-email'

/** Stores the address that a person wants, or removes it when undefined. Links to earlier ones end. */
export async function proposeEmail(
  trx: Database,
  { id, email }: { id: string; email: string | undefined },
): Promise<void> {
  await deleteLinks(trx, { purpose, subject: id })
  await trx
    .updateTable('account')
    .set({ asked_email: email === undefined ? null : toEmail(email) })
    .where('id', '=', id)
    .execute()
}

/** Finds the account, and the address that the link would set: the one to which it was mailed. */
export async function findProposedEmail(
  db: Database,
  token: string,
  now: Temporal.Instant,
): Promise<{ account: Account; email: string } | { dead: DeadLink }> {
  const link = await findLink(db, { token, purpose }, now)
  if ('dead' in link) return link
  const account = await findAccount(db, link.subject)
  if (!account?.askedEmail || account.askedEmail !== link.mailedTo) return { dead: 'unknown' }
  // Another account has taken this address meanwhile.
  if (await findAccountByEmail(db, account.askedEmail)) return { dead: 'unknown' }
  return { account, email: account.askedEmail }
}

/**
 * Sets the address and uses the link up.
 * @returns The account as it was before.
 */
export async function confirmEmail(
  db: Database,
  token: string,
  now: Temporal.Instant,
): Promise<{ account: Account; email: string } | { dead: DeadLink }> {
  return inTransaction(db, async (trx) => {
    const asked = await findProposedEmail(trx, token, now)
    if ('dead' in asked) return asked
    if (!(await consumeLink(trx, { token, purpose }, now))) return { dead: 'used' }
    const { account, email } = asked
    await updateAccount(trx, { id: account.id, email, name: account.name })
    await trx
      .updateTable('account')
      .set({ asked_email: null })
      .where('id', '=', account.id)
      .execute()
    return asked
  })
}
