import { type Cafe, WITHHELD } from '../../domain/cafes/cafe.ts'
import { type DomainPage, pageByDomain } from '../../domain/federation/domain-page.ts'
import { toInstantText } from '../database/columns.ts'
import type { Database } from '../database/database.ts'
import { quotaDomainOf } from '../database/quota-domain.ts'
import { toCafe } from './cafes.ts'

/**
 * Selects received upcoming cafés that are hidden until the team decides; those that it set aside (`team`) are decided.
 */
const selectHeld = (db: Database, now: Temporal.Instant) =>
  db
    .selectFrom('cafe')
    .where('peer_id', 'is not', null)
    .where('hidden_reason', 'is not', null)
    .where('hidden_reason', 'not in', ['team', 'duplicate', ...WITHHELD])
    .where('ends_at', '>', toInstantText(now))

/**
 * Lists them by registrable domain, soonest first; those that are shown are read completely, the others are counted.
 */
export async function listHeldByDomain(
  db: Database,
  { now, page, domain }: { now: Temporal.Instant; page: number; domain?: string | undefined },
): Promise<DomainPage<Cafe>> {
  const waiting = await selectHeld(db, now)
    .select(['id', 'origin_host'])
    .orderBy('starts_at')
    .orderBy('id')
    .limit(MOST)
    .execute()
  const domains = new Map<string, string>()
  const domainOf = ({ origin_host: host }: { origin_host: string }): string => {
    const known = domains.get(host) ?? quotaDomainOf(host)
    domains.set(host, known)
    return known
  }
  const found = pageByDomain(waiting, { domainOf, page, domain })
  const ids = found.groups.flatMap(({ items }) => items.map(({ id }) => id))
  const rows = await db
    .selectFrom('cafe')
    .selectAll()
    .where('id', 'in', ids.length > 0 ? ids : [''])
    .execute()
  const cafes = new Map(rows.map((row) => [row.id, toCafe(row)]))
  const groups = found.groups.map((group) => ({
    ...group,
    items: group.items.flatMap(({ id }) => cafes.get(id) ?? []),
  }))
  return { ...found, groups }
}

/** The maximum number of cafés that are listed; those that take place sooner are decided first. */
const MOST = 20_000

/**
 * Counts the received upcoming cafés that are hidden until the team decides about them, for the list of what is to be
 * done.
 */
export async function countHeldCafes(db: Database, now: Temporal.Instant): Promise<number> {
  const { total } = await selectHeld(db, now)
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  return total
}
