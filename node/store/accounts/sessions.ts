import type { Selectable } from 'kysely'
import { LINK_MINUTES } from '../../domain/values/link.ts'
import { RETENTION_DAYS } from '../../domain/values/retention.ts'
import { fromInstantText, orUndefined, toInstantText } from '../database/columns.ts'
import type { Database, OpenDatabase } from '../database/database.ts'
import { hashSecret, newSecret } from '../database/secrets.ts'
import type { Schema } from '../schema.ts'
import { consumeLink, findLink, insertLinkTo } from './links.ts'
import { findSecondFactor, takeCode } from './second-factors.ts'

/** The session of a browser in which somebody signed in. */
export type Session = {
  /** The hash of its token, which names the session in the list without revealing the token. */
  id: string
  accountId: string
  userAgent: string
  /** The structure that its person chose to work for; undefined until they do. */
  organizationId: string | undefined
  createdAt: Temporal.Instant
  lastUsedAt: Temporal.Instant
}

/** How long a session lasts after its last use. */
export const SESSION_HOURS = RETENTION_DAYS.session * 24

/** A session is written at most once in this time to move its end. */
const TOUCH_MINUTES = 60

/** Makes a session, and returns the token, which only the browser's cookie holds. */
export async function createSession(
  db: Database,
  { accountId, userAgent }: { accountId: string; userAgent: string },
  now: Temporal.Instant,
): Promise<string> {
  const token = newSecret()
  await db
    .updateTable('account')
    .set({ entered_at: toInstantText(now) })
    .where('id', '=', accountId)
    .where('entered_at', 'is', null)
    .execute()
  await db
    .insertInto('session')
    .values({
      token_hash: hashSecret(token),
      account_id: accountId,
      user_agent: userAgent.slice(0, 300),
      created_at: toInstantText(now),
      last_used_at: toInstantText(now),
      expires_at: toInstantText(now.add({ hours: SESSION_HOURS })),
    })
    .execute()
  return token
}

/** What a password or a link opens: a session, or the second step towards one. */
export type Entry = { accountId: string } & ({ token: string } | { step: string })

/** Makes a session, or the secret of the second step where the account has a second factor. */
export async function createEntry(
  trx: Database,
  { accountId, userAgent }: { accountId: string; userAgent: string },
  now: Temporal.Instant,
): Promise<Entry> {
  if (!(await findSecondFactor(trx, accountId)))
    return { accountId, token: await createSession(trx, { accountId, userAgent }, now) }
  const expiresAt = now.add({ minutes: LINK_MINUTES[SECOND_STEP] })
  const link = { purpose: SECOND_STEP, subject: accountId, expiresAt } as const
  return { accountId, step: await insertLinkTo(trx, link, now) }
}

const SECOND_STEP = 'second-step'

/** Finds the account whose second step has this secret; undefined where it is over. */
export async function findSecondStep(
  db: Database,
  step: string,
  now: Temporal.Instant,
): Promise<string | undefined> {
  const link = await findLink(db, { token: step, purpose: SECOND_STEP }, now)
  return 'dead' in link ? undefined : link.subject
}

/** Opens a session by the second step and a code, with the key of the site; undefined where the code is wrong or was used. */
export const createSessionByCode = (
  db: OpenDatabase,
  { step, code, key, userAgent }: { step: string; code: string; key: Buffer; userAgent: string },
  now: Temporal.Instant,
): Promise<{ token: string } | undefined> =>
  db.transaction().execute(async (trx) => {
    const accountId = await findSecondStep(trx, step, now)
    if (accountId === undefined || !(await takeCode(trx, { accountId, code, key }, now)))
      return undefined
    await consumeLink(trx, { token: step, purpose: SECOND_STEP }, now)
    return { token: await createSession(trx, { accountId, userAgent }, now) }
  })

/**
 * Opens a session by a link to sign in, which it uses up, or the second step towards one, unless the code was asked for
 * already; undefined when the link leads nowhere. A new password ends all links and sessions: none of them outlives it,
 * whichever comes first.
 */
export const createSessionByLink = (
  db: OpenDatabase,
  { token, userAgent, hasCode }: { token: string; userAgent: string; hasCode: boolean },
  now: Temporal.Instant,
): Promise<Entry | undefined> =>
  db.transaction().execute(async (trx) => {
    const accountId = await consumeLink(trx, { token, purpose: 'sign-in' }, now)
    if (accountId === undefined) return undefined
    if (!hasCode) return createEntry(trx, { accountId, userAgent }, now)
    return { accountId, token: await createSession(trx, { accountId, userAgent }, now) }
  })

/** Finds the session of this token if it has not ended, and moves its end. */
export async function findSession(
  db: Database,
  token: string,
  now: Temporal.Instant,
): Promise<Session | undefined> {
  const row = await db
    .selectFrom('session')
    .selectAll()
    .where('token_hash', '=', hashSecret(token))
    .where('expires_at', '>', toInstantText(now))
    .executeTakeFirst()
  if (!row) return undefined
  const session = toSession(row)
  if (session.lastUsedAt.until(now).total('minutes') >= TOUCH_MINUTES)
    await touchSession(db, session.id, now)
  return session
}

async function touchSession(db: Database, id: string, now: Temporal.Instant): Promise<void> {
  await db
    .updateTable('session')
    .set({
      last_used_at: toInstantText(now),
      expires_at: toInstantText(now.add({ hours: SESSION_HOURS })),
    })
    .where('token_hash', '=', id)
    .execute()
}

/** Notes for which structure this session counts from now on; whether its person may work for it is asked each time. */
export async function chooseStructure(
  db: Database,
  { id, organizationId }: { id: string; organizationId: string },
): Promise<void> {
  await db
    .updateTable('session')
    .set({ organization_id: organizationId })
    .where('token_hash', '=', id)
    .execute()
}

/** Lists the sessions, the last used first. */
export async function listSessions(
  db: Database,
  accountId: string,
  now: Temporal.Instant,
): Promise<Session[]> {
  const rows = await db
    .selectFrom('session')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('expires_at', '>', toInstantText(now))
    .orderBy('last_used_at', 'desc')
    .orderBy('token_hash')
    .execute()
  return rows.map(toSession)
}

/**
 * Ends a session of this account; the id is the hash of its token. A session of another account stays, and one that is
 * gone is no error.
 */
export async function deleteSession(
  db: Database,
  { id, accountId }: { id: string; accountId: string },
): Promise<void> {
  await db
    .deleteFrom('session')
    .where('token_hash', '=', id)
    .where('account_id', '=', accountId)
    .execute()
}

/** Signs the account out everywhere, or everywhere but in the session that is kept. */
export async function deleteSessions(
  db: Database,
  { accountId, keep }: { accountId: string; keep?: string | undefined },
): Promise<void> {
  await db
    .deleteFrom('session')
    .where('account_id', '=', accountId)
    .$if(keep !== undefined, (qb) => qb.where('token_hash', '<>', keep ?? ''))
    .execute()
}

/** Deletes the sessions whose time is over. They open nothing even before this deletion. */
export async function deleteExpiredSessions(db: Database, now: Temporal.Instant): Promise<void> {
  await db.deleteFrom('session').where('expires_at', '<=', toInstantText(now)).execute()
}

const toSession = (row: Selectable<Schema['session']>): Session => ({
  id: row.token_hash,
  accountId: row.account_id,
  userAgent: row.user_agent,
  organizationId: orUndefined(row.organization_id),
  createdAt: fromInstantText(row.created_at),
  lastUsedAt: fromInstantText(row.last_used_at),
})
