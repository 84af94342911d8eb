import { orUndefined } from '../database/columns.ts'
import type { Database } from '../database/database.ts'
import { type Account, hasKnownEmail, type Role } from './accounts.ts'

/** How often somebody is written to about what waits for them, at most. */
export type ToDoRhythm = 'daily' | 'weekly' | 'never'

export const isToDoRhythm = (text: string): text is ToDoRhythm =>
  text === 'daily' || text === 'weekly' || text === 'never'

/** How many of each kind wait: kinds are names of ours, and codes of territories. */
export type ToDoCounts = Readonly<Record<string, number>>

/** Somebody who has a desk here, and what is known of their last mail. */
export type ToDoReader = Pick<Account, 'id' | 'email'> & {
  /** Undefined for who has mandates alone. */
  role: Role | undefined
  rhythm: ToDoRhythm
  seenOn: Temporal.PlainDate | undefined
  toldOn: Temporal.PlainDate | undefined
  seen: ToDoCounts
}

/** Whoever has entered an account that has a role in the team or a mandate, and an address. */
export async function listToDoReaders(db: Database): Promise<ToDoReader[]> {
  return (await selectReaders(db).execute()).map(toReader).filter(hasKnownEmail)
}

/** How often this account is written to; undefined where it has no desk. */
export async function findToDoRhythm(
  db: Database,
  accountId: string,
): Promise<ToDoRhythm | undefined> {
  const row = await selectReaders(db).where('account.id', '=', accountId).executeTakeFirst()
  return row && toReader(row).rhythm
}

export async function saveToDoRhythm(
  db: Database,
  { accountId, rhythm }: { accountId: string; rhythm: ToDoRhythm },
): Promise<void> {
  await db.updateTable('account').set({ to_do_mail: rhythm }).where('id', '=', accountId).execute()
}

/** Takes the look of that day, with what waits; false where it was taken, by whatever process. */
export async function claimToDoDay(
  trx: Database,
  { id, day, counts }: { id: string; day: Temporal.PlainDate; counts: ToDoCounts },
): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('account')
    .set({ to_do_seen_on: day.toString(), to_do_seen: JSON.stringify(counts) })
    .where('id', '=', id)
    .where((eb) =>
      eb.or([eb('to_do_seen_on', 'is', null), eb('to_do_seen_on', '<', day.toString())]),
    )
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

export async function markToDoSent(
  trx: Database,
  { id, day }: { id: string; day: Temporal.PlainDate },
): Promise<void> {
  await trx
    .updateTable('account')
    .set({ to_do_told_on: day.toString() })
    .where('id', '=', id)
    .execute()
}

const selectReaders = (db: Database) =>
  db
    .selectFrom('account')
    .leftJoin('role', 'role.account_id', 'account.id')
    .leftJoin(
      (eb) =>
        eb
          .selectFrom('referent')
          .select('account_id as referent_account')
          .distinct()
          .where('state', '=', 'appointed')
          .as('mandate'),
      (join) => join.onRef('mandate.referent_account', '=', 'account.id'),
    )
    .select(['account.id', 'account.email', 'role.organization_id', 'role.role'])
    .select(['to_do_mail', 'to_do_seen_on', 'to_do_told_on', 'to_do_seen', 'referent_account'])
    .where((eb) =>
      eb.or([
        eb('account.password_hash', 'is not', null),
        eb('account.entered_at', 'is not', null),
      ]),
    )
    .where((eb) => eb.or([eb('role.role', 'is not', null), eb('referent_account', 'is not', null)]))
    .orderBy('account.id')

type Row = Awaited<ReturnType<ReturnType<typeof selectReaders>['execute']>>[number]

function toReader(row: Row): ToDoReader {
  const day = (text: string | null) => (text === null ? undefined : Temporal.PlainDate.from(text))
  const role =
    row.organization_id === null || row.role === null
      ? undefined
      : { organizationId: row.organization_id, role: row.role }
  return {
    ...{ id: row.id, email: row.email, role },
    rhythm: orUndefined(row.to_do_mail) ?? usualRhythm(role, row.referent_account !== null),
    ...{ seenOn: day(row.to_do_seen_on), toldOn: day(row.to_do_told_on) },
    seen: JSON.parse(row.to_do_seen ?? '{}'),
  }
}

/**
 * Of who has not said: an administrator answers for what waits, and would not come by every day to look; who answers
 * for a territory has a mail on Mondays; editors are asked by mail about each café already.
 */
function usualRhythm(role: Role | undefined, hasMandate: boolean): ToDoRhythm {
  if (role?.role === 'administrator') return 'daily'
  return hasMandate ? 'weekly' : 'never'
}
