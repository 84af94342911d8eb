import { randomUUID } from 'node:crypto'
import { mandateBounds } from '../../domain/referents/attestation.ts'
import type { Referent } from '../../domain/referents/referent.ts'
import type { DeadLink, LinkPurpose } from '../../domain/values/link.ts'
import { RETENTION_DAYS } from '../../domain/values/retention.ts'
import { findTerritory } from '../../geo/territories.ts'
import { zoneOf } from '../../geo/territory-chain.ts'
import { findAccountByEmail, toEmail } from '../accounts/accounts.ts'
import { consumeLink, deleteHandedLinks, findLink, insertLinkTo } from '../accounts/links.ts'
import { hashPassword } from '../accounts/passwords.ts'
import { toInstantText } from '../database/columns.ts'
import { type Database, inTransaction, type OpenDatabase } from '../database/database.ts'
import { findCodeMadeAt } from './codes.ts'
import { isHeldByOther } from './mandate-acts.ts'
import { findReferent } from './referents.ts'

/**
 * `mandate` accepts, declines or ends a mandate, until its address is deleted. `referent-access` opens the pages of
 * the territory, once. `not-my-mandate` says that the mailbox is not that of the person.
 */
export type ReferentLinkPurpose = Extract<
  LinkPurpose,
  'mandate' | 'referent-access' | 'not-my-mandate'
>

/** Finds the referent of a link; looking changes nothing. */
export async function findReferentByLink(
  db: Database,
  { token, purpose }: { token: string; purpose: ReferentLinkPurpose },
  now: Temporal.Instant,
): Promise<LinkedReferent | { dead: DeadLink }> {
  const link = await findLink(db, { token, purpose }, now)
  if ('dead' in link) return link
  const referent = await findReferent(db, link.subject)
  if (!referent) return { dead: 'unknown' }
  const { email } = referent
  const isOwn = email !== undefined && link.mailedTo !== undefined
  const isProven = isOwn && toEmail(link.mailedTo ?? '') === email
  return { ...referent, isProven, codeMadeAt: await findCodeMadeAt(db, referent.id, now) }
}

/**
 * A mandate as a link opens it. `isProven`: the link was mailed to the mailbox of the mandate, which opening it proves.
 * One that the team handed over proposes, and agrees to nothing without the code that was made at `codeMadeAt`: anybody
 * who saw it could have used it.
 */
export type LinkedReferent = Referent & {
  isProven: boolean
  codeMadeAt: Temporal.Instant | undefined
}

/** Finds when links to a mandate end: as the address of its person is deleted, after the last day that is asked. */
export async function findEndOfMandateLinks(
  db: Database,
  id: string,
): Promise<Temporal.Instant | undefined> {
  const referent = await findReferent(db, id)
  if (!referent) return undefined
  const { startsOn, endsOn, askedEndsOn = endsOn, territory } = referent
  const days = [endsOn, askedEndsOn].sort(Temporal.PlainDate.compare)
  const place = findTerritory(territory)
  const { until } = mandateBounds(
    { startsOn, endsOn: days[1] ?? endsOn },
    place ? zoneOf(place) : 'Europe/Paris',
  )
  return until.add({ hours: RETENTION_DAYS.referentAddress * 24 })
}

/** Makes a link to a mandate that the team hands over; those that it handed over before end. Returns its token. */
export const insertPaperMandateLink = (
  db: Database,
  id: string,
  now: Temporal.Instant,
): Promise<string> =>
  inTransaction(db, async (trx) => {
    await deleteHandedLinks(trx, { purpose: 'mandate', subject: id })
    const expiresAt = await findEndOfMandateLinks(trx, id)
    const link = { purpose: 'mandate', subject: id, expiresAt, isFilledIn: true } as const
    return insertLinkTo(trx, link, now)
  })

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

/** Stores the address of a person who was proposed without one. Undefined where it is another or taken there. */
export async function saveProposedAddress(
  trx: Database,
  { id, email }: { id: string; email: string },
): Promise<Referent | undefined> {
  const referent = await findReferent(trx, id)
  if (referent?.state !== 'proposed') return undefined
  if (referent.email !== undefined) return referent.email === email ? referent : undefined
  if (await isHeldByOther(trx, { ...referent, email })) return undefined
  await trx.updateTable('referent').set({ email }).where('id', '=', id).execute()
  return { ...referent, email }
}
