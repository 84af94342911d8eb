import type { ExpressionBuilder } from 'kysely'
import {
  type DeadLink,
  type LinkPurpose,
  purposeToStop,
  REPEATED_MAILS,
} from '../../domain/values/link.ts'
import { RETENTION_DAYS } from '../../domain/values/retention.ts'
import {
  fromInstantText,
  instantOrUndefined,
  orNull,
  orUndefined,
  toInstantText,
} from '../database/columns.ts'
import type { Database } from '../database/database.ts'
import { hashToken, newCode, newSecret } from '../database/secrets.ts'
import type { Schema } from '../schema.ts'

/**
 * A secret link. The holder of its token may do one thing (`purpose`) to one row (`subject`, its id). The token is in
 * the link only; the database has its hash.
 */
export type Link = {
  subject: string
  /** The mailbox to which it was mailed, and which opening it proves; the team's own for a question about a café. */
  mailedTo: string | undefined
  expiresAt: Temporal.Instant | undefined
}

/** The table of each purpose's subject. A link whose subject was deleted is dead, and is deleted at night. */
const TABLES = {
  'sign-in': 'account',
  'second-step': 'account',
  'first-password': 'account',
  'confirm-email': 'account',
  'join-team': 'team_invitation',
  'join-directory': 'invitation',
  'confirm-cafe': 'cafe',
  report: 'cafe',
  'keep-alert': 'alert',
  'stop-alert': 'alert',
  'stop-to-do': 'account',
  'stop-confirm-cafe': 'account',
  'stop-answers': 'account',
  'stop-report': 'account',
  'stop-profile-named': 'facilitator',
  'own-profile': 'facilitator',
  mandate: 'referent',
  'referent-access': 'referent',
  'mandate-code': 'referent',
  registration: 'registration',
  suggestion: 'suggestion',
  flag: 'flag',
  'not-my-mandate': 'referent',
} as const satisfies Record<LinkPurpose, string>

type Table = (typeof TABLES)[LinkPurpose]

type NewLink = {
  purpose: LinkPurpose
  subject: string
  mailedTo?: string | undefined
  /** Undefined for a link that is valid for as long as its subject exists. */
  expiresAt?: Temporal.Instant | undefined
  /** Whether the token is a code to be typed from paper: three groups of five letters. */
  isFilledIn?: boolean | undefined
}

/**
 * Makes a link.
 * @returns The token, which only the link contains; undefined when its subject no longer exists.
 */
export async function insertLink(
  db: Database,
  { purpose, subject, mailedTo, expiresAt, isFilledIn = false }: NewLink,
  now: Temporal.Instant,
): Promise<string | undefined> {
  if (!(await hasSubject(db, TABLES[purpose], subject))) return undefined
  const token = isFilledIn ? newCode() : newSecret()
  await db
    .insertInto('link')
    .values({
      token_hash: hashToken(token),
      purpose,
      subject,
      mailed_to: orNull(mailedTo),
      created_at: toInstantText(now),
      expires_at: expiresAt ? toInstantText(expiresAt) : null,
      used_at: null,
    })
    .execute()
  return token
}

/** Makes a link like `insertLink`, to a subject that was just written. */
export async function insertLinkTo(
  db: Database,
  link: NewLink,
  now: Temporal.Instant,
): Promise<string> {
  const token = await insertLink(db, link, now)
  if (token === undefined) throw new Error(`no ${TABLES[link.purpose]} for a ${link.purpose} link`)
  return token
}

const hasSubject = async (db: Database, table: Table, id: string): Promise<boolean> =>
  (await db.selectFrom(table).select('id').where('id', '=', id).executeTakeFirst()) !== undefined

type Asked = { token: string; purpose: LinkPurpose }

/**
 * Finds the subject of a link, or why it leads nowhere: without its subject it is `unknown`. Looking does not use it
 * up.
 */
export async function findLink(
  db: Database,
  { token, purpose }: Asked,
  now: Temporal.Instant,
): Promise<Link | { dead: DeadLink }> {
  const row = await db
    .selectFrom('link')
    .selectAll()
    .where('token_hash', '=', hashToken(token))
    .where('purpose', '=', purpose)
    .executeTakeFirst()
  if (!row || !(await hasSubject(db, TABLES[purpose], row.subject))) return { dead: 'unknown' }
  if (row.used_at !== null) return { dead: 'used' }
  const expiresAt = instantOrUndefined(row.expires_at)
  if (expiresAt && Temporal.Instant.compare(expiresAt, now) <= 0) return { dead: 'expired' }
  return { subject: row.subject, mailedTo: orUndefined(row.mailed_to), expiresAt }
}

/** Extends a link that is in use until this time; it is written once a day at most. */
export async function renewLink(
  db: Database,
  { token, until }: { token: string; until: Temporal.Instant },
): Promise<void> {
  await db
    .updateTable('link')
    .set({ expires_at: toInstantText(until) })
    .where('token_hash', '=', hashToken(token))
    .where('expires_at', '<', toInstantText(until.subtract({ hours: 24 })))
    .execute()
}

/** Ends all other links of the purpose to the subject; their page then says so. */
export async function expireOtherLinks(
  db: Database,
  {
    purpose,
    subject,
    tokens,
  }: Pick<NewLink, 'purpose' | 'subject'> & { tokens: readonly string[] },
  now: Temporal.Instant,
): Promise<void> {
  const at = toInstantText(now)
  await db
    .updateTable('link')
    .set({ expires_at: at })
    .where('subject', '=', subject)
    .where('purpose', '=', purpose)
    .where((eb) => eb.or([eb('expires_at', 'is', null), eb('expires_at', '>', at)]))
    .$if(tokens.length > 0, (qb) => qb.where('token_hash', 'not in', tokens.map(hashToken)))
    .execute()
}

/** Lists the valid links, without their tokens, the newest first. */
export async function listOpenLinks(
  db: Database,
  { purpose, subject }: Pick<NewLink, 'purpose' | 'subject'>,
  now: Temporal.Instant,
): Promise<
  { mailedTo: string | undefined; at: Temporal.Instant; until: Temporal.Instant | undefined }[]
> {
  const rows = await db
    .selectFrom('link')
    .select(['mailed_to', 'created_at', 'expires_at'])
    .where('subject', '=', subject)
    .where('purpose', '=', purpose)
    .where('used_at', 'is', null)
    .where((eb) => eb.or([eb('expires_at', 'is', null), eb('expires_at', '>', toInstantText(now))]))
    .orderBy('created_at', 'desc')
    .orderBy('token_hash')
    .execute()
  return rows.map((row) => ({
    mailedTo: orUndefined(row.mailed_to),
    at: fromInstantText(row.created_at),
    until: instantOrUndefined(row.expires_at),
  }))
}

/**
 * Uses a link up in one statement, so that one of two simultaneous clicks succeeds. Returns its subject, which exists.
 */
export async function consumeLink(
  db: Database,
  { token, purpose }: Asked,
  now: Temporal.Instant,
): Promise<string | undefined> {
  const at = toInstantText(now)
  const row = await db
    .updateTable('link')
    .set({ used_at: at })
    .where('token_hash', '=', hashToken(token))
    .where('purpose', '=', purpose)
    .where('used_at', 'is', null)
    .where((eb) => eb.or([eb('expires_at', 'is', null), eb('expires_at', '>', at)]))
    .where((eb) => eb.exists(subjectOfLink(eb, TABLES[purpose])))
    .returning('subject')
    .executeTakeFirst()
  return row?.subject
}

const subjectOfLink = (eb: ExpressionBuilder<Schema, 'link'>, table: Table) =>
  eb.selectFrom(table).select('id').whereRef('id', '=', 'link.subject')

/** Deletes the links of an account that is removed, so that none ever opens it again. */
export async function deleteAccountLinks(trx: Database, accountId: string): Promise<void> {
  const purposes = Object.keys(TABLES) as LinkPurpose[]
  for (const purpose of purposes.filter((each) => TABLES[each] === 'account'))
    await deleteLinks(trx, { purpose, subject: accountId })
}

/** Deletes all links of one purpose to one subject, so that nobody can use them any more. */
export async function deleteLinks(
  db: Database,
  { purpose, subject }: { purpose: LinkPurpose; subject: string },
): Promise<void> {
  await db
    .deleteFrom('link')
    .where('subject', '=', subject)
    .where('purpose', '=', purpose)
    .execute()
}

/**
 * Deletes the links that stop mails to a person who has another address now, which their former mailbox is not to read.
 */
export async function deleteStopLinks(trx: Database, subject: string): Promise<void> {
  for (const mail of REPEATED_MAILS)
    await deleteLinks(trx, { purpose: purposeToStop(mail), subject })
}

/** Deletes the links of one purpose to one subject that were mailed to nobody. */
export async function deleteHandedLinks(
  trx: Database,
  { purpose, subject }: Pick<NewLink, 'purpose' | 'subject'>,
): Promise<void> {
  await trx
    .deleteFrom('link')
    .where('subject', '=', subject)
    .where('purpose', '=', purpose)
    .where('mailed_to', 'is', null)
    .execute()
}

/** Deletes the links to a profile that went to another mailbox than this, or to none. */
export async function deleteLinksMailedElsewhere(
  trx: Database,
  { subject, mailedTo }: { subject: string; mailedTo: string },
): Promise<void> {
  await trx
    .deleteFrom('link')
    .where('subject', '=', subject)
    .where('purpose', '=', 'own-profile')
    .where((eb) => eb.or([eb('mailed_to', 'is', null), eb('mailed_to', '<>', mailedTo)]))
    .execute()
}

/** Deletes links by their tokens: their mail was refused for good, so that nobody has them. */
export async function deleteLinksByToken(db: Database, tokens: readonly string[]): Promise<void> {
  if (tokens.length === 0) return
  await db.deleteFrom('link').where('token_hash', 'in', tokens.map(hashToken)).execute()
}

/** Deletes links that ended so long ago (`RETENTION_DAYS.deadLink`), and those whose subject was deleted. */
export async function deleteDeadLinks(db: Database, now: Temporal.Instant): Promise<void> {
  const before = toInstantText(now.subtract({ hours: RETENTION_DAYS.deadLink * 24 }))
  await db
    .deleteFrom('link')
    .where((eb) => eb.or([eb('expires_at', '<=', before), eb('used_at', '<=', before)]))
    .execute()
  for (const [purpose, table] of Object.entries(TABLES) as [LinkPurpose, Table][])
    await db
      .deleteFrom('link')
      .where('purpose', '=', purpose)
      .where((eb) => eb.not(eb.exists(subjectOfLink(eb, table))))
      .execute()
}
