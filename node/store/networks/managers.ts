import { randomUUID } from 'node:crypto'
import type { Network } from '../../domain/structures/network.ts'
import { findAccountByEmail, toAccount, toEmail } from '../accounts/accounts.ts'
import { deleteUnusedAccount } from '../accounts/unused-accounts.ts'
import { fromInstantText, toInstantText } from '../database/columns.ts'
import { type Database, inTransaction } from '../database/database.ts'
import { findNetwork } from './networks.ts'

/** A person who sees the dashboard of a network and changes nothing. They need no role in any structure. */
export type Manager = {
  accountId: string
  email: string
  name: string
  /** Whether somebody has signed in with the account at least once. */
  wasEntered: boolean
}

type Access = { networkId: string; accountId: string }

/** Lists the accounts that manage a network, by e-mail address. */
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
 * Gives a person access. Where no account has that address, one is made, which a `first-password` link opens; an
 * existing account gets the role and no link, since its owner is not the one who adds it.
 * @returns The account, and whether nobody has signed in with it yet.
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

/** Finds when a manager last said that they had read the answers to the network; at first when they got access. */
export async function findAnswersReadAt(
  db: Database,
  { networkId, accountId }: Access,
): Promise<Temporal.Instant> {
  const row = await db
    .selectFrom('network_manager')
    .select(['seen_at', 'created_at'])
    .where('network_id', '=', networkId)
    .where('account_id', '=', accountId)
    .executeTakeFirstOrThrow()
  return fromInstantText(row.seen_at ?? row.created_at)
}

/** Notes that a manager has read the answers to the network. */
export async function saveAnswersReadAt(
  db: Database,
  { networkId, accountId }: Access,
  now: Temporal.Instant,
): Promise<void> {
  await db
    .updateTable('network_manager')
    .set({ seen_at: toInstantText(now) })
    .where('network_id', '=', networkId)
    .where('account_id', '=', accountId)
    .execute()
}

/** Removes the access of all managers to a network that has ended. */
export async function removeAllManagers(trx: Database, networkId: string): Promise<void> {
  for (const { accountId } of await listManagers(trx, networkId))
    await removeManager(trx, { networkId, accountId })
}

/** Removes the access of a manager, and the account when it serves nothing else. */
export async function removeManager(db: Database, { networkId, accountId }: Access): Promise<void> {
  await inTransaction(db, async (trx) => {
    await trx
      .deleteFrom('network_manager')
      .where('network_id', '=', networkId)
      .where('account_id', '=', accountId)
      .execute()
    await deleteUnusedAccount(trx, accountId)
  })
}

/** Returns whether an account manages a network at all. */
export const isNetworkManager = async (db: Database, accountId: string): Promise<boolean> =>
  (await listManagedNetworks(db, accountId)).length > 0

/** Lists the networks that an account manages, by name. */
export async function listManagedNetworks(db: Database, accountId: string): Promise<Network[]> {
  const rows = await db
    .selectFrom('network_manager')
    .innerJoin('network', 'network.id', 'network_manager.network_id')
    .select('network.uri')
    .where('network_manager.account_id', '=', accountId)
    .orderBy('network.name')
    .orderBy('network.uri')
    .execute()
  const networks = await Promise.all(rows.map(({ uri }) => findNetwork(db, { uri })))
  return networks.flatMap((network) => network ?? [])
}
