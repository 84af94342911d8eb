import { isInOffice, type Referent, type ReferentState } from '../../domain/referents/referent.ts'
import { RETENTION_DAYS } from '../../domain/values/retention.ts'
import { findTerritory } from '../../geo/territories.ts'
import { zoneOf } from '../../geo/territory-chain.ts'
import { toEmail } from '../accounts/accounts.ts'
import { deleteUnusedAccount } from '../accounts/unused-accounts.ts'
import { orNull, orUndefined, toInstantText } from '../database/columns.ts'
import { oncePerVersion } from '../database/content-version.ts'
import { type Database, inTransaction, type OpenDatabase } from '../database/database.ts'
import { uuidV7 } from '../database/uuid.ts'
import { deleteMailsAbout } from '../queues/mails.ts'
import { REFERENT } from '../schema/referents.ts'

export type Proposal = Pick<
  Referent,
  'territory' | 'name' | 'word' | 'email' | 'proposedBy' | 'startsOn' | 'endsOn'
> & {
  /** The registrable domain of the member that proposed; undefined for our own team. */
  domain?: string | undefined
}

/** Inserts a referent. Undefined where that address has been proposed for that territory and this is not over. */
export async function insertReferent(
  db: Database,
  proposal: Proposal,
  now: Temporal.Instant,
): Promise<string | undefined> {
  const email = proposal.email === undefined ? null : toEmail(proposal.email)
  const row = await db
    .insertInto('referent')
    .values({
      id: uuidV7(now),
      territory: proposal.territory,
      name: proposal.name,
      title: proposal.word,
      email,
      proposed_by: proposal.proposedBy,
      proposed_domain: orNull(proposal.domain),
      state: 'proposed',
      starts_on: proposal.startsOn.toString(),
      ends_on: proposal.endsOn.toString(),
      proposed_at: toInstantText(now),
    })
    .onConflict((oc) => oc.doNothing())
    .returning('id')
    .executeTakeFirst()
  return row?.id
}

/** Finds a mandate by its id, whatever its state; undefined where it was deleted. */
export async function findReferent(db: Database, id: string): Promise<Referent | undefined> {
  const row = await db.selectFrom('referent').selectAll().where('id', '=', id).executeTakeFirst()
  return row && REFERENT.fromRow(row)
}

/** Lists referents by territory, then by name. */
export async function listReferents(
  db: Database,
  states: readonly ReferentState[],
): Promise<Referent[]> {
  const rows = await db
    .selectFrom('referent')
    .selectAll()
    .where('state', 'in', [...states])
    .orderBy('territory')
    .orderBy('name')
    .orderBy('id')
    .execute()
  return rows.map(REFERENT.fromRow)
}

const listAppointed = oncePerVersion((db) => listReferents(db, ['appointed']))

/** Lists the referents who are in office today, by the date where they are. */
export async function listInOffice(db: OpenDatabase, now: Temporal.Instant): Promise<Referent[]> {
  return (await listAppointed(db)).filter((referent) =>
    isInOffice(referent, todayIn(referent.territory, now)),
  )
}

/** Returns the current day in a territory. */
export function todayIn(code: string, now: Temporal.Instant): Temporal.PlainDate {
  const territory = findTerritory(code)
  const zone = territory ? zoneOf(territory) : 'Europe/Paris'
  return now.toZonedDateTimeISO(zone).toPlainDate()
}

/** Lists the mandates under which a person who signed in may act today. */
export async function listMandates(
  db: Database,
  accountId: string,
  now: Temporal.Instant,
): Promise<Referent[]> {
  const rows = await db
    .selectFrom('referent')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('state', '=', 'appointed')
    .orderBy('territory')
    .orderBy('id')
    .execute()
  return rows.map(REFERENT.fromRow).filter((one) => isInOffice(one, todayIn(one.territory, now)))
}

/** Notes that these mandates' referent was here, which ends an escalation to the team. */
export async function markReferentSeen(
  db: Database,
  ids: readonly string[],
  now: Temporal.Instant,
): Promise<void> {
  await db
    .updateTable('referent')
    .set({ last_seen_at: toInstantText(now), escalated_at: null })
    .where('id', 'in', [...ids])
    .execute()
}

/**
 * Deletes people who declined or did not answer for a year. Of a mandate that is over, the address is deleted after 30
 * days, and the account that served nothing else.
 */
export async function deleteOldReferents(db: Database, now: Temporal.Instant): Promise<void> {
  const ago = (days: number) => toInstantText(now.subtract({ hours: days * 24 }))
  await db
    .deleteFrom('referent')
    .where((eb) =>
      eb.or([
        eb.and([
          eb('state', '=', 'declined'),
          eb('ended_at', '<=', ago(RETENTION_DAYS.declinedMandate)),
        ]),
        eb.and([
          eb('state', 'in', ['proposed', 'consented']),
          eb('proposed_at', '<=', ago(RETENTION_DAYS.proposedMandate)),
        ]),
        eb.and([eb('state', '=', 'ended'), eb('ended_at', '<=', ago(RETENTION_DAYS.endedMandate))]),
      ]),
    )
    .execute()
  const over = await db
    .selectFrom('referent')
    .select(['id', 'account_id'])
    .where('state', '=', 'ended')
    .where('ended_at', '<=', ago(RETENTION_DAYS.referentAddress))
    .where((eb) => eb.or([eb('email', 'is not', null), eb('account_id', 'is not', null)]))
    .execute()
  for (const { id, account_id: accountId } of over)
    await inTransaction(db, (trx) => deleteAddress(trx, { id, accountId: orUndefined(accountId) }))
}

/** Deletes the address of a mandate's person, the mails to it, and the account that served nothing else. */
export async function deleteAddress(
  trx: Database,
  { id, accountId }: Pick<Referent, 'id' | 'accountId'>,
): Promise<void> {
  await trx
    .updateTable('referent')
    .set({ email: null, account_id: null })
    .where('id', '=', id)
    .execute()
  await deleteMailsAbout(trx, id)
  if (accountId !== undefined) await deleteUnusedAccount(trx, accountId)
}
