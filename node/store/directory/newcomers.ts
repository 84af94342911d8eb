import { PROFILES_ASKED } from '../../domain/facilitators/facilitator.ts'
import type { Arrival } from '../../domain/federation/arrivals.ts'
import { fromInstantText } from '../database/columns.ts'
import type { Database } from '../database/database.ts'
import { quotaDomainOf, sourceOf } from '../database/quota-domain.ts'
import { hasRoomAmong } from '../queues/shares.ts'

/** People who ask by themselves to appear, have proven their mailbox, and wait for the team's answer. */

type Newcomer = { id: string; email: string; at: Temporal.Instant }

async function listNewcomers(db: Database): Promise<Newcomer[]> {
  const rows = await db
    .selectFrom('facilitator')
    .innerJoin('facilitator_contact as contact', 'contact.facilitator_id', 'facilitator.id')
    .select(['facilitator.id', 'contact.email', 'facilitator.created_at'])
    .where('facilitator.organization_id', 'is not', null)
    .where('facilitator.approved_at', 'is', null)
    .where('contact.confirmed_at', 'is not', null)
    .limit(PROFILES_ASKED.inAll)
    .execute()
  return rows.flatMap(({ id, email, created_at }) =>
    email === null ? [] : [{ id, email, at: fromInstantText(created_at) }],
  )
}

/**
 * Returns whether one more request of somebody with this address may wait: not too many of its domain or of its hosting
 * service do, nor in all, of which strangers have one half. Known are those who have an account here, or an address of
 * this site's own domain.
 */
export async function hasRoomForNewcomer(
  db: Database,
  { email, origin }: { email: string; origin: string },
): Promise<boolean> {
  const newcomers = await listNewcomers(db)
  const emails = newcomers.map((one) => one.email)
  const known = await listKnownAddresses(db, { emails: [...emails, email], origin })
  const waiting = emails.map((one) => ({
    domain: quotaDomainOf(hostOf(one)),
    isStranger: !known.has(one),
  }))
  const most = { max: PROFILES_ASKED.ofDomain, all: PROFILES_ASKED.inAll }
  return hasRoomAmong(waiting, { host: hostOf(email), ...most, isStranger: !known.has(email) })
}

/** Lists them by where they come from and when. */
export async function listNewcomerArrivals(db: Database, origin: string): Promise<Arrival[]> {
  const newcomers = await listNewcomers(db)
  const known = await listKnownAddresses(db, {
    emails: newcomers.map(({ email }) => email),
    origin,
  })
  return newcomers.map(({ id, email, at }) => ({
    ...{ id, at, source: sourceOf(hostOf(email)), isKnown: known.has(email) },
  }))
}

const hostOf = (email: string): string => email.slice(email.lastIndexOf('@') + 1)

async function listKnownAddresses(
  db: Database,
  { emails, origin }: { emails: readonly string[]; origin: string },
): Promise<ReadonlySet<string>> {
  const own = quotaDomainOf(new URL(origin).host)
  const accounts = await db
    .selectFrom('account')
    .select('email')
    .where('entered_at', 'is not', null)
    .where('email', 'in', ['', ...emails])
    .execute()
  return new Set([
    ...accounts.map(({ email }) => email),
    ...emails.filter((email) => quotaDomainOf(hostOf(email)) === own),
  ])
}
