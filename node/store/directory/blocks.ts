import { type RawBuilder, sql } from 'kysely'
import { toHost } from '../../domain/values/host.ts'
import { fromInstantText, toInstantText } from '../database/columns.ts'
import type { Database } from '../database/database.ts'
import { isTextAmong, type ListParameter, toListParameter } from '../database/dialect.ts'
import { prepare } from '../database/prepared.ts'

/** A registrable domain (or host) whose servers are neither trusted nor shown here. */
export type BlockedDomain = {
  domain: string
  /** What everybody reads, the blocked site too. */
  reason: string
  /** What the team alone reads. */
  note: string
  /** The last day; undefined for a block that the team ends itself. */
  endsOn: Temporal.PlainDate | undefined
  createdAt: Temporal.Instant
}

/** A block that somebody decides. */
export type NewBlock = Pick<BlockedDomain, 'domain' | 'reason'> &
  Partial<Pick<BlockedDomain, 'note' | 'endsOn'>>

/**
 * Blocks a domain. Its stored cafés are hidden at once, since every list leaves blocked domains out; unblocking it
 * shows them again.
 */
export async function blockDomain(
  db: Database,
  { domain, reason, note = '', endsOn }: NewBlock,
  now: Temporal.Instant,
): Promise<void> {
  const said = { reason, note, ends_on: endsOn?.toString() ?? null }
  await db
    .insertInto('blocked_domain')
    .values({ domain: toDomain(domain), ...said, created_at: toInstantText(now) })
    .onConflict((oc) => oc.column('domain').doUpdateSet(said))
    .execute()
}

/**
 * Ends the block of a domain and of what is below it, and shows its stored cafés again; nothing happens where it was
 * not blocked.
 */
export async function unblockDomain(db: Database, domain: string): Promise<void> {
  await db.deleteFrom('blocked_domain').where('domain', '=', toDomain(domain)).execute()
}

/** Lists the blocked domains with the team's reasons, by name. */
export async function listBlockedDomains(db: Database): Promise<BlockedDomain[]> {
  const rows = await db.selectFrom('blocked_domain').selectAll().orderBy('domain').execute()
  return rows.map((row) => ({
    domain: row.domain,
    reason: row.reason,
    note: row.note,
    endsOn: row.ends_on === null ? undefined : Temporal.PlainDate.from(row.ends_on),
    createdAt: fromInstantText(row.created_at),
  }))
}

/** Lists the domains whose block has ended: its last day, in Paris, is over. */
export async function listEndedBlocks(db: Database, now: Temporal.Instant): Promise<string[]> {
  const today = now.toZonedDateTimeISO('Europe/Paris').toPlainDate().toString()
  const rows = await db
    .selectFrom('blocked_domain')
    .select('domain')
    .where('ends_on', '<', today)
    .orderBy('domain')
    .execute()
  return rows.map(({ domain }) => domain)
}

/** Returns whether this host, or a domain above it, is blocked. */
export async function isBlocked(db: Database, host: string): Promise<boolean> {
  const domains = toListParameter(db, withParents(toDomain(host)))
  return (await selectAmong(db, { domains })).rows.length > 0
}

const selectAmong = prepare((db, { domains }: { domains: ListParameter }) =>
  db
    .selectFrom('blocked_domain')
    .select('domain')
    .where(isTextAmong(db, sql.ref('domain'), domains)),
)

/** Returns the same condition inside a query, on a column that holds `host[:port]`. */
export function isBlockedHost(column: string): RawBuilder<boolean> {
  const host = sql.ref<string>(column)
  const name = sql<string>`
    case when ${host} like '[%' or instr(${host}, ':') = 0 then ${host}
    else substr(${host}, 1, instr(${host}, ':') - 1) end`
  return sql<boolean>`exists (
    select 1 from blocked_domain as blocked
    where blocked.domain in (${host}, ${name})
      or substr(${name}, length(${name}) - length(blocked.domain)) = '.' || blocked.domain
  )`
}

/**
 * Returns the host of an address, or a host, in its one spelling (CVE-2023-42451). A port that is not the default is
 * kept.
 */
export const toDomain = (text: string): string => {
  const address = text.trim()
  const [, scheme = 'https:', bare = ''] = /^(https?:)?(?:\/\/)?([^/]*)/i.exec(address) ?? []
  return toHost(bare, scheme) ?? bare.toLowerCase()
}

const withParents = (host: string): string[] => {
  const name = host.replace(/:\d+$/, '')
  const labels = name.split('.')
  const parents = labels.map((_, index) => labels.slice(index).join('.'))
  return [...new Set([host, ...parents])]
}
