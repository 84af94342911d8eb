import type { Selectable } from 'kysely'
import {
  type EndReason,
  isInOffice,
  type Referent,
  ReferentSettings,
  type ReferentState,
  USUAL_REFERENT_SETTINGS,
} from '../../domain/referents/referent.ts'
import { RETENTION_DAYS } from '../../domain/values/retention.ts'
import { findTerritory } from '../../geo/territories.ts'
import { zoneOf } from '../../geo/territory-chain.ts'
import { toEmail } from '../accounts/accounts.ts'
import { deleteNeedlessAccount } from '../accounts/needless-accounts.ts'
import {
  fromInstantText,
  instantOrUndefined,
  orNull,
  orUndefined,
  toInstantText,
} from '../database/columns.ts'
import { oncePerVersion } from '../database/content-version.ts'
import { type Database, inTransaction, type OpenDatabase } from '../database/database.ts'
import { findSetting, saveSetting } from '../database/settings.ts'
import { uuidV7 } from '../database/uuid.ts'
import { listClaimants } from '../facilitators/claims.ts'
import { appendChange } from '../queues/changes.ts'
import { deleteMailsAbout } from '../queues/mails.ts'
import type { Schema } from '../schema.ts'
import { revokeAttestations } from './attestations.ts'

export type Proposal = Pick<
  Referent,
  'territory' | 'name' | 'word' | 'email' | 'proposedBy' | 'startsOn' | 'endsOn'
> & {
  /** The registrable domain of the member that proposed; undefined for our own team. */
  domain?: string | undefined
}

/** Undefined where that address has been proposed for that territory and it is not over. */
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
      word: proposal.word,
      email,
      account_id: null,
      facilitator_uri: null,
      proposed_by: proposal.proposedBy,
      proposed_domain: orNull(proposal.domain),
      state: 'proposed',
      starts_on: proposal.startsOn.toString(),
      ends_on: proposal.endsOn.toString(),
      proposed_at: toInstantText(now),
      consented_at: null,
      appointed_at: null,
      ended_at: null,
      end_reason: null,
      last_seen_at: null,
      escalated_at: null,
      told_on: null,
      reminded_days: null,
    })
    .onConflict((oc) => oc.doNothing())
    .returning('id')
    .executeTakeFirst()
  return row?.id
}

export async function findReferent(db: Database, id: string): Promise<Referent | undefined> {
  const row = await db.selectFrom('referent').selectAll().where('id', '=', id).executeTakeFirst()
  return row && toReferent(row)
}

/** By territory, then by name. */
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
  return rows.map(toReferent)
}

const listAppointed = oncePerVersion((db) => listReferents(db, ['appointed']))

/** Everybody whose word counts today, where they are. */
export async function listInOffice(db: OpenDatabase, now: Temporal.Instant): Promise<Referent[]> {
  return (await listAppointed(db)).filter((referent) =>
    isInOffice(referent, todayIn(referent.territory, now)),
  )
}

/** The day that it is in a territory. */
export function todayIn(code: string, now: Temporal.Instant): Temporal.PlainDate {
  const territory = findTerritory(code)
  const zone = territory ? zoneOf(territory) : 'Europe/Paris'
  return now.toZonedDateTimeISO(zone).toPlainDate()
}

/** The mandates under which somebody who signed in may act today. */
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
    .execute()
  return rows.map(toReferent).filter((one) => isInOffice(one, todayIn(one.territory, now)))
}

type MandateDays = Pick<Referent, 'startsOn' | 'endsOn'>

export type ProposalAnswer = {
  id: string
  /** The days that they were shown: what the team changed meanwhile is not agreed to. */
  shown: MandateDays
  /** What the person chose to be shown by; undefined when they decline. */
  agreed: (Pick<Referent, 'name' | 'word'> & { email: string }) | undefined
  /** The words that they were shown. */
  text: string
  lang: string
}

/** The person says yes or no. False when there is nothing to answer any more, or it is not what they were shown. */
export async function answerProposal(
  db: OpenDatabase,
  { id, shown, agreed, text, lang }: ProposalAnswer,
  now: Temporal.Instant,
): Promise<boolean> {
  const at = toInstantText(now)
  return inTransaction(db, async (trx) => {
    const referent = await findReferent(trx, id)
    if (referent?.state !== 'proposed') return false
    if (agreed && !isSameDays(referent, shown)) return false
    if (agreed && (await isHeldByOther(trx, referent, toEmail(agreed.email)))) return false
    await trx
      .updateTable('referent')
      .set(
        agreed
          ? { ...agreed, email: toEmail(agreed.email), state: 'consented', consented_at: at }
          : { state: 'declined', ended_at: at, email: null, facilitator_uri: null },
      )
      .where('id', '=', id)
      .execute()
    if (!agreed) await deleteMailsAbout(trx, id)
    await logConsent(trx, { id, act: agreed ? 'consented' : 'declined', text, lang }, now)
    return true
  })
}

/** Whether these are the very days of a mandate. */
export const isSameDays = (one: MandateDays, other: MandateDays): boolean =>
  one.startsOn.equals(other.startsOn) && one.endsOn.equals(other.endsOn)

async function isHeldByOther(
  trx: Database,
  { id, territory }: Pick<Referent, 'id' | 'territory'>,
  email: string,
): Promise<boolean> {
  const other = await trx
    .selectFrom('referent')
    .select('id')
    .where('territory', '=', territory)
    .where('email', '=', email)
    .where('state', 'in', ['proposed', 'consented', 'appointed'])
    .where('id', '<>', id)
    .executeTakeFirst()
  return other !== undefined
}

type Logged = { id: string; act: 'consented' | 'declined' | 'resigned'; text: string; lang: string }

async function logConsent(
  trx: Database,
  { id, act, text, lang }: Logged,
  now: Temporal.Instant,
): Promise<void> {
  await trx
    .insertInto('referent_consent')
    .values({ id: uuidV7(now), referent_id: id, act, text, lang, at: toInstantText(now) })
    .execute()
}

export type ConsentEntry = { act: Logged['act']; text: string; at: Temporal.Instant }

/** Oldest first. */
export async function listConsents(db: Database, id: string): Promise<ConsentEntry[]> {
  const rows = await db
    .selectFrom('referent_consent')
    .select(['act', 'text', 'at'])
    .where('referent_id', '=', id)
    .orderBy('id')
    .execute()
  return rows.map((row) => ({ ...row, at: fromInstantText(row.at) }))
}

/**
 * The team appoints who agreed, for the days that they agreed to; what is signed about it is made afterwards
 * (`referent-appointed`). False where nobody agreed.
 */
export async function appointReferent(
  db: OpenDatabase,
  id: string,
  now: Temporal.Instant,
): Promise<boolean> {
  return inTransaction(db, async (trx) => {
    const { numUpdatedRows } = await trx
      .updateTable('referent')
      .set({ state: 'appointed', appointed_at: toInstantText(now) })
      .where('id', '=', id)
      .where('state', '=', 'consented')
      .where('email', 'is not', null)
      .executeTakeFirst()
    if (numUpdatedRows === 0n) return false
    await appendChange(trx, { type: 'referent-appointed', referentId: id }, now)
    return true
  })
}

/**
 * Other days than those that the person agreed to: whoever was not appointed yet is asked again, as if for the first time;
 * of a mandate the last day alone can be another, and until its person agrees to it nothing changes. False where neither.
 */
export async function proposeMandateDays(
  db: Database,
  { id, startsOn, endsOn }: MandateDays & { id: string },
): Promise<boolean> {
  const days = { starts_on: startsOn.toString(), ends_on: endsOn.toString() }
  const { numUpdatedRows: again } = await db
    .updateTable('referent')
    .set({ ...days, state: 'proposed', consented_at: null })
    .where('id', '=', id)
    .where('state', '=', 'consented')
    .executeTakeFirst()
  const { numUpdatedRows: asked } = await db
    .updateTable('referent')
    .set({ asked_ends_on: days.ends_on })
    .where('id', '=', id)
    .where('state', '=', 'appointed')
    .executeTakeFirst()
  return again + asked > 0n
}

/** The person keeps the days that they agreed to. */
export async function refuseRenewal(db: Database, id: string): Promise<void> {
  await db.updateTable('referent').set({ asked_ends_on: null }).where('id', '=', id).execute()
}

/**
 * The person agrees to the last day that they were asked for, in the words that they were shown: what was signed before
 * is taken back and signed anew. False where another day, or none, is asked for by now.
 */
export async function renewReferent(
  db: OpenDatabase,
  { id, endsOn, text, lang }: Pick<Referent, 'id' | 'endsOn'> & { text: string; lang: string },
  now: Temporal.Instant,
): Promise<boolean> {
  return inTransaction(db, async (trx) => {
    const { numUpdatedRows } = await trx
      .updateTable('referent')
      .set({ ends_on: endsOn.toString(), asked_ends_on: null, reminded_days: null })
      .where('id', '=', id)
      .where('state', '=', 'appointed')
      .where('asked_ends_on', '=', endsOn.toString())
      .executeTakeFirst()
    if (numUpdatedRows === 0n) return false
    await logConsent(trx, { id, act: 'consented', text, lang }, now)
    await signAnew(trx, id, now)
    return true
  })
}

type Tie = {
  id: string
  /** `profile` is undefined where the mandate is to name none. */
  profile: string | undefined
  /** The mandate's address, which the profile must name. */
  mandate: string
  /** The words that the person was shown. */
  text: string
  lang: string
}

/**
 * The person says, by the mandate's own link, that a profile is theirs, or no longer: what was signed is taken back
 * and signed anew. Saying it twice changes nothing. False where the mandate is over or not agreed to, and where the
 * profile is not one that everybody may see and that names this very mandate.
 */
export const linkProfile = (
  db: OpenDatabase,
  { id, profile, mandate, text, lang }: Tie,
  now: Temporal.Instant,
): Promise<boolean> =>
  inTransaction(db, async (trx) => {
    const referent = await findReferent(trx, id)
    if (!referent || !mayBeTied(referent, now)) return false
    if (referent.facilitatorUri === profile) return true
    if (profile !== undefined) {
      const claimants = await listClaimants(trx, mandate, now)
      if (!claimants.some(({ uri }) => uri === profile)) return false
    }
    await trx
      .updateTable('referent')
      .set({ facilitator_uri: orNull(profile) })
      .where('id', '=', id)
      .execute()
    await logConsent(trx, { id, act: 'consented', text, lang }, now)
    await signAnew(trx, id, now)
    return true
  })

/** Whether its person has agreed to a mandate that is not over: it may name a profile. */
const mayBeTied = (
  { state, territory, endsOn }: Pick<Referent, 'state' | 'territory' | 'endsOn'>,
  now: Temporal.Instant,
): boolean =>
  (state === 'consented' || state === 'appointed') &&
  Temporal.PlainDate.compare(endsOn, todayIn(territory, now)) >= 0

/** Of a mandate that runs: what was signed is taken back, and what it says now is signed. */
export async function signAnew(trx: Database, id: string, now: Temporal.Instant): Promise<void> {
  if ((await findReferent(trx, id))?.state !== 'appointed') return
  await revokeAttestations(trx, id, now)
  await appendChange(trx, { type: 'referent-appointed', referentId: id }, now)
}

/** Over, at once and everywhere that we reach: by the person, the team or the calendar. */
export async function endReferent(
  db: Database,
  { id, reason, said }: { id: string; reason: EndReason; said?: { text: string; lang: string } },
  now: Temporal.Instant,
): Promise<boolean> {
  return inTransaction(db, async (trx) => {
    const { numUpdatedRows } = await trx
      .updateTable('referent')
      .set({
        state: 'ended',
        ended_at: toInstantText(now),
        end_reason: reason,
        asked_ends_on: null,
        facilitator_uri: null,
      })
      .where('id', '=', id)
      .where('state', 'in', ['consented', 'appointed'])
      .executeTakeFirst()
    if (numUpdatedRows === 0n) return false
    if (said) await logConsent(trx, { id, act: 'resigned', ...said }, now)
    await revokeAttestations(trx, id, now)
    return true
  })
}

/** A proposal that nobody answered is withdrawn with all that it said of the person. */
export async function withdrawProposal(db: Database, id: string): Promise<void> {
  await inTransaction(db, async (trx) => {
    const { numDeletedRows } = await trx
      .deleteFrom('referent')
      .where('id', '=', id)
      .where('state', '=', 'proposed')
      .executeTakeFirst()
    if (numDeletedRows > 0n) await deleteMailsAbout(trx, id)
  })
}

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
 * Whoever declined or was never answered for a year is forgotten; of a mandate that is over, after 30 days the address,
 * and the account that was good for nothing else.
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
    await inTransaction(db, async (trx) => {
      await trx
        .updateTable('referent')
        .set({ email: null, account_id: null })
        .where('id', '=', id)
        .execute()
      await deleteMailsAbout(trx, id)
      if (accountId !== null) await deleteNeedlessAccount(trx, accountId)
    })
  await db.deleteFrom('journal').where('at', '<=', ago(RETENTION_DAYS.journal)).execute()
}

const SETTINGS = 'referents'

export async function findReferentSettings(db: Database): Promise<ReferentSettings> {
  const text = await findSetting(db, SETTINGS)
  const read = text === undefined ? undefined : ReferentSettings.safeParse(JSON.parse(text)).data
  return read ?? USUAL_REFERENT_SETTINGS
}

export const saveReferentSettings = (db: Database, settings: ReferentSettings): Promise<void> =>
  saveSetting(db, SETTINGS, JSON.stringify(settings))

export const toReferent = (row: Selectable<Schema['referent']>): Referent => ({
  id: row.id,
  territory: row.territory,
  name: row.name,
  word: row.word,
  email: orUndefined(row.email),
  accountId: orUndefined(row.account_id),
  facilitatorUri: orUndefined(row.facilitator_uri),
  proposedBy: row.proposed_by,
  proposedDomain: orUndefined(row.proposed_domain),
  state: row.state,
  startsOn: Temporal.PlainDate.from(row.starts_on),
  endsOn: Temporal.PlainDate.from(row.ends_on),
  askedEndsOn: row.asked_ends_on === null ? undefined : Temporal.PlainDate.from(row.asked_ends_on),
  proposedAt: fromInstantText(row.proposed_at),
  consentedAt: instantOrUndefined(row.consented_at),
  appointedAt: instantOrUndefined(row.appointed_at),
  endedAt: instantOrUndefined(row.ended_at),
  endReason: orUndefined(row.end_reason),
  lastSeenAt: instantOrUndefined(row.last_seen_at),
  escalatedAt: instantOrUndefined(row.escalated_at),
})
