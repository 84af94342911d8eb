import { orUndefined } from '../database/columns.ts'
import type { Database } from '../database/database.ts'
import { type Account, hasKnownEmail, type Role } from './accounts.ts'

/** How often, at most, a person is mailed about what waits for them. */
export type ToDoRhythm = 'daily' | 'weekly' | 'never'

/** Returns whether a text from a form is one of the rhythms. */
export const isToDoRhythm = (text: string): text is ToDoRhythm =>
  text === 'daily' || text === 'weekly' || text === 'never'

/** How many of each kind wait. Kinds are names of ours, and codes of territories. */
export type ToDoCounts = Readonly<Record<string, number>>

/** A person who has something to do here, and what is known of their last mail. */
export type ToDoReader = Pick<Account, 'id' | 'email'> & {
  /** Undefined for a person who only has mandates. */
  role: Role | undefined
  rhythm: ToDoRhythm
  seenOn: Temporal.PlainDate | undefined
  sentOn: Temporal.PlainDate | undefined
  seen: ToDoCounts
}

/**
 * Lists the people who have signed in with an account that has a role in the team or a mandate, and a known address.
 */
export async function listToDoReaders(db: Database): Promise<ToDoReader[]> {
  return (await selectReaders(db).execute()).map(toReader).filter(hasKnownEmail)
}

/** Returns how often this account is mailed; undefined where it has nothing to do here. */
export async function findToDoRhythm(
  db: Database,
  accountId: string,
): Promise<ToDoRhythm | undefined> {
  const row = await selectReaders(db).where('account.id', '=', accountId).executeTakeFirst()
  return row && toReader(row).rhythm
}

/** Saves how often, at most, this person is mailed about what waits for them. */
export async function saveToDoRhythm(
  db: Database,
  { accountId, rhythm }: { accountId: string; rhythm: ToDoRhythm },
): Promise<void> {
  await db.updateTable('account').set({ to_do_mail: rhythm }).where('id', '=', accountId).execute()
}

/** Claims that day's check of an account, with what waits; false where any process has claimed it already. */
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

/** Notes the day of the last mail about what waits. It is called in the transaction that appends the mail. */
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
    // The first structure for which somebody works says the hour; the mail is about all of them.
    .leftJoin('role', (join) =>
      join
        .onRef('role.account_id', '=', 'account.id')
        .on((eb) =>
          eb(
            'role.organization_id',
            '=',
            eb
              .selectFrom('role as own')
              .innerJoin('organization', 'organization.id', 'own.organization_id')
              .select('own.organization_id')
              .whereRef('own.account_id', '=', 'account.id')
              .orderBy('organization.created_at')
              .orderBy('organization.id')
              .limit(1),
          ),
        ),
    )
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
    ...{ seenOn: day(row.to_do_seen_on), sentOn: day(row.to_do_told_on) },
    seen: JSON.parse(row.to_do_seen ?? '{}'),
  }
}

/**
 * Returns the rhythm of a person who has not chosen one. An administrator answers for what waits, and would not come
 * every day to look; a referent has a mail on Mondays; editors are asked by mail about each café already.
 */
function usualRhythm(role: Role | undefined, hasMandate: boolean): ToDoRhythm {
  if (role?.role === 'administrator') return 'daily'
  return hasMandate ? 'weekly' : 'never'
}
