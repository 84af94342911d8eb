import type { Database } from '../database/database.ts'
import { deleteAccountLinks } from './links.ts'

/**
 * Deletes an account that has none of what it was made for any more: a role in the team, a network to manage, or a
 * mandate.
 */
export async function deleteUnusedAccount(trx: Database, accountId: string): Promise<void> {
  const { numDeletedRows } = await trx
    .deleteFrom('account')
    .where('id', '=', accountId)
    .where((eb) => eb.not(eb.exists(rowsOf(trx, 'role', accountId))))
    .where((eb) => eb.not(eb.exists(rowsOf(trx, 'network_manager', accountId))))
    .where((eb) => eb.not(eb.exists(rowsOf(trx, 'referent', accountId))))
    .executeTakeFirst()
  if (numDeletedRows > 0n) await deleteAccountLinks(trx, accountId)
}

const rowsOf = (trx: Database, table: 'role' | 'network_manager' | 'referent', accountId: string) =>
  trx.selectFrom(table).select('account_id').where('account_id', '=', accountId)
