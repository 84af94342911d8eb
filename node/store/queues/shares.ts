import { sql } from 'kysely'
import type { Database, OpenDatabase } from '../database/database.ts'
import { quotaDomainOf } from '../database/quota-domain.ts'

/** What is counted for one registrable domain: `Kept` is in the database now, `Daily` was done on one day (UTC). */
type Kept = 'network' | 'membership' | 'people' | 'deletion' | 'bytes'
type Daily = 'join-request' | 'message' | 'refused-message' | 'erased' | 'notice' | 'carried'

export type Taking = {
  /** As in a URL, with the port if there is one. */
  host: string
  /** The limit of the domain. */
  max: number
  amount?: number
}

/** Takes some of what a domain may keep here. @returns false, and takes nothing, when that would pass the limit. */
export const takeShare = (trx: Database, kind: Kept, taking: Taking): Promise<boolean> =>
  take(trx, { kind, day: '', ...taking })

/** As `takeShare`, of what a domain may do on one day (UTC). */
export const takeDaily = (
  trx: Database,
  kind: Daily,
  taking: Taking,
  now: Temporal.Instant,
): Promise<boolean> => take(trx, { kind, day: now.toString().slice(0, 10), ...taking })

async function take(
  trx: Database,
  { kind, day, host, max, amount = 1 }: Taking & { kind: Kept | Daily; day: string },
): Promise<boolean> {
  if (amount > max) return false
  const { numInsertedOrUpdatedRows } = await trx
    .insertInto('share')
    .values({ domain: quotaDomainOf(host), kind, day, total: amount })
    .onConflict((oc) =>
      oc
        .columns(['domain', 'kind', 'day'])
        .doUpdateSet((eb) => ({ total: eb('share.total', '+', amount) }))
        .where((eb) => eb(eb('share.total', '+', amount), '<=', max)),
    )
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

/** How much of a kind a domain keeps here. */
export async function findShare(db: Database, kind: Kept, host: string): Promise<number> {
  const row = await db
    .selectFrom('share')
    .select('total')
    .where('domain', '=', quotaDomainOf(host))
    .where('kind', '=', kind)
    .where('day', '=', '')
    .executeTakeFirst()
  return Number(row?.total ?? 0)
}

/** Corrects what is counted, without a limit: by `amount` more, or less where that is negative. */
export async function addToShare(
  trx: Database,
  kind: Kept,
  { host, amount }: { host: string; amount: number },
): Promise<void> {
  await trx
    .insertInto('share')
    .values({ domain: quotaDomainOf(host), kind, day: '', total: Math.max(0, amount) })
    .onConflict((oc) =>
      oc.columns(['domain', 'kind', 'day']).doUpdateSet({
        total: sql<number>`case when share.total + ${amount} > 0 then share.total + ${amount} else 0 end`,
      }),
    )
    .execute()
}

/** Deletes the counts of days before this one. */
export async function deleteSharesBefore(db: Database, day: Temporal.PlainDate): Promise<void> {
  await db.deleteFrom('share').where('day', '<>', '').where('day', '<', day.toString()).execute()
}

/** How much of each kind the tables hold, by host. */
const COUNTS: Record<Kept, string> = {
  network: `select peer.host, count(*) as total from network join peer on peer.id = network.peer_id group by peer.host`,
  membership: `select case when network_at is null then structure_uri else network_uri end as host, 1 as total
    from network_member`,
  people: `select peer.host, count(*) as total from facilitator join peer on peer.id = facilitator.peer_id
    group by peer.host`,
  deletion: `select domain as host, count(*) as total from tombstone where ours = 0 group by domain`,
  bytes: `select origin_host as host,
      sum(length(description_html) + coalesce((select length(body) from cafe_document where cafe_id = id), 0)) as total
    from cafe where peer_id is not null group by origin_host`,
}

/** Counts anew what is kept, since rows that a cascade deletes are not subtracted. */
export async function recountShares(db: OpenDatabase): Promise<void> {
  for (const kind of Object.keys(COUNTS) as Kept[])
    await db.transaction().execute(async (trx) => {
      const totals = new Map<string, number>()
      const { rows } = await sql
        .raw<{ host: string | null; total: number | null }>(COUNTS[kind])
        .execute(trx)
      for (const { host, total } of rows) {
        const domain = quotaDomainOf(host?.includes('://') ? new URL(host).host : (host ?? ''))
        totals.set(domain, (totals.get(domain) ?? 0) + Number(total ?? 0))
      }
      await trx.deleteFrom('share').where('kind', '=', kind).execute()
      for (const [domain, total] of totals)
        await trx.insertInto('share').values({ domain, kind, day: '', total }).execute()
    })
}
