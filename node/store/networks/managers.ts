import { randomUUID } from 'node:crypto'
import type { Network } from '../../domain/structures/network.ts'
import { findAccountByEmail, toAccount, toEmail } from '../accounts/accounts.ts'
import { deleteNeedlessAccount } from '../accounts/needless-accounts.ts'
import { toInstantText } from '../database/columns.ts'
import { type Database, inTransaction } from '../database/database.ts'
import { findNetwork } from './networks.ts'

/** Who looks after a network: sees its dashboard, changes nothing. An account without a role in any structure will do. */
export type Manager = {
  accountId: string
  email: string
  name: string
  /** Somebody has signed in with the account, at least once. */
  wasEntered: boolean
}

type Access = { networkId: string; accountId: string }

export async function listManagers(db: Database, networkId: string): Promise<Manager[]> {
  const rows = await db
    .selectFrom('network_manager')
    .innerJoin('account', 'account.id', 'network_manager.account_id')
    .selectAll('account')
    .where('network_manager.network_id', '=', networkId)
    .orderBy('account.email')
    .execute()
  return rows.map((row) => {
    const { id: accountId, ...account } = toAccount(row)
    return { accountId, ...account }
  })
}

/**
 * Lets a person look. Where nobody has that address an account is made, to be opened by a `first-password` link; an
 * account that exists gets the role and no link, since whoever adds it is somebody else than its owner.
 * @returns whose account it is, and whether nobody has entered it yet.
 */
export async function addManager(
  db: Database,
  { networkId, email }: { networkId: string; email: string },
  now: Temporal.Instant,
): Promise<{ accountId: string; isNew: boolean }> {
  return inTransaction(db, async (trx) => {
    const known = await findAccountByEmail(trx, email)
    const accountId = known?.id ?? randomUUID()
    if (!known)
      await trx
        .insertInto('account')
        .values({
          id: accountId,
          email: toEmail(email),
          name: '',
          password_hash: null,
          created_at: toInstantText(now),
        })
        .execute()
    await trx
      .insertInto('network_manager')
      .values({ network_id: networkId, account_id: accountId, created_at: toInstantText(now) })
      .onConflict((oc) => oc.doNothing())
      .execute()
    return { accountId, isNew: known === undefined || !known.wasEntered }
  })
}

/** A network that has ended is nobody's to look at. */
export async function removeAllManagers(trx: Database, networkId: string): Promise<void> {
  for (const { accountId } of await listManagers(trx, networkId))
    await removeManager(trx, { networkId, accountId })
}

/** The account goes too when it is good for nothing else. */
export async function removeManager(db: Database, { networkId, accountId }: Access): Promise<void> {
  await inTransaction(db, async (trx) => {
    await trx
      .deleteFrom('network_manager')
      .where('network_id', '=', networkId)
      .where('account_id', '=', accountId)
      .execute()
    await deleteNeedlessAccount(trx, accountId)
  })
}

export const isNetworkManager = async (db: Database, accountId: string): Promise<boolean> =>
  (await listManagedNetworks(db, accountId)).length > 0

/** By name. */
export async function listManagedNetworks(db: Database, accountId: string): Promise<Network[]> {
  const rows = await db
    .selectFrom('network_manager')
    .innerJoin('network', 'network.id', 'network_manager.network_id')
    .select('network.uri')
    .where('network_manager.account_id', '=', accountId)
    .orderBy('network.name')
    .execute()
  const networks = await Promise.all(rows.map(({ uri }) => findNetwork(db, { uri })))
  return networks.flatMap((network) => network ?? [])
}
