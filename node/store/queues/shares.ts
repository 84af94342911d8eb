import { type RawBuilder, sql } from 'kysely'
import { DOMAINS_READ, LIMITS, NEIGHBOURS_READ } from '../../domain/limits/limits.ts'
import { giveWayHolding } from '../../turns/turns.ts'
import { toDayText } from '../database/columns.ts'
import type { Database, OpenDatabase } from '../database/database.ts'
import { prepare, prepareRows } from '../database/prepared.ts'
import { hostingOf, quotaDomainOf } from '../database/quota-domain.ts'

/** What is counted for one registrable domain: `Kept` is in the database now, `Daily` was done on one day (UTC). */
type Kept = 'network' | 'resource' | 'membership' | 'people' | 'deletion' | 'bytes'
type DailyOfSettings = 'join-request' | 'message' | 'refused-message'
type DailyLimited =
  | (
      | 'erased'
      | 'notice'
      | 'carried'
      | 'restoration'
      | 'stamp'
      | 'urgent notes'
      | 'joins'
      | 'notes to who joined'
      | 'flagged'
    )
  | ('messages to a site' | 'visitors to a site')
type Daily = DailyOfSettings | DailyLimited

export type Taking = {
  /** The host as in a URL, with the port if there is one. */
  host: string
  /** The limit of the domain. */
  max: number
  amount?: number
}

/**
 * Takes some of what a domain may keep here.
 * @returns false, and takes nothing, when that would pass the limit.
 */
export const takeShare = (trx: Database, kind: Kept, taking: Taking): Promise<boolean> =>
  take(trx, { kind, day: '', ...taking })

/** Does the same as `takeShare` for what a domain may do on one day (UTC). */
export const takeDaily = (
  trx: Database,
  kind: DailyOfSettings,
  taking: Taking,
  now: Temporal.Instant,
): Promise<boolean> => take(trx, { kind, day: toDayText(now), ...taking })

/** Does the same up to the limit of that name. */
export const takeLimited = (
  trx: Database,
  kind: DailyLimited,
  taking: Omit<Taking, 'max'>,
  now: Temporal.Instant,
): Promise<boolean> => take(trx, { kind, day: toDayText(now), max: LIMITS[kind].points, ...taking })

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

/** Returns the limit of what waits for people, for all domains together; `max` is that of one domain. */
export const mostOfAllDomains = (max: number): number => max * DOMAINS_READ

/** One of those that wait: its registrable domain, and whether nobody here knows or recommends it. */
export type Waiting = { domain: string; isStranger: boolean }

/**
 * Returns whether people can read one more of this host's domain: few of it wait, not many of its hosting service, and
 * not too many in all, of which strangers have one half.
 * @param waiting - Those that wait; as many as may wait in all are enough.
 */
export function hasRoomAmong(
  waiting: readonly Waiting[],
  {
    host,
    max,
    all = mostOfAllDomains(max),
    isStranger,
  }: Pick<Taking, 'host' | 'max'> & Pick<Waiting, 'isStranger'> & { all?: number | undefined },
): boolean {
  const domain = quotaDomainOf(host)
  const hosting = hostingOf(domain)
  const countOf = (is: (one: Waiting) => boolean) => waiting.filter(is).length
  return (
    waiting.length < all &&
    countOf((one) => one.domain === domain) < max &&
    (hosting === undefined ||
      countOf((one) => hostingOf(one.domain) === hosting) < max * NEIGHBOURS_READ) &&
    (!isStranger || countOf((one) => one.isStranger) < all / 2)
  )
}

/** Finds how much of a kind a domain keeps here. */
export async function findShare(db: Database, kind: Kept, host: string): Promise<number> {
  const [row] = (await selectShare(db, { domain: quotaDomainOf(host), kind })).rows
  return Number(row?.total ?? 0)
}

const selectShare = prepare((db, { domain, kind }: { domain: string; kind: Kept }) =>
  db
    .selectFrom('share')
    .select('total')
    .where('domain', '=', domain)
    .where('kind', '=', kind)
    .where('day', '=', ''),
)

/** Corrects a count without a limit, by adding `amount`, which may be negative. */
export async function addToShare(
  trx: Database,
  kind: Kept,
  { host, amount }: { host: string; amount: number },
): Promise<void> {
  const domain = quotaDomainOf(host)
  await correctShare(trx, { domain, kind, amount, total: Math.max(0, amount) })
}

type Correction = { domain: string; kind: Kept; amount: number; total: number }

const correctShare = prepare((trx, { domain, kind, amount, total }: Correction) =>
  trx
    .insertInto('share')
    .values({ domain, kind, day: '', total })
    .onConflict((oc) =>
      oc.columns(['domain', 'kind', 'day']).doUpdateSet({
        total: sql<number>`case when share.total + ${amount} > 0 then share.total + ${amount} else 0 end`,
      }),
    ),
)

/** Adds amounts that are not negative to the counts of several hosts, without a limit. */
export async function addToShares(
  trx: Database,
  kind: Kept,
  additions: readonly { host: string; amount: number }[],
): Promise<void> {
  const totals = new Map<string, number>()
  for (const { host, amount } of additions) {
    const domain = quotaDomainOf(host)
    totals.set(domain, (totals.get(domain) ?? 0) + amount)
  }
  await addTotals(
    trx,
    [...totals].map(([domain, total]) => ({ domain, kind, day: '', total })),
  )
}

const addTotals = prepareRows(
  (trx, rows: readonly { domain: string; kind: Kept; day: string; total: number }[]) =>
    trx
      .insertInto('share')
      .values(rows)
      .onConflict((oc) =>
        oc
          .columns(['domain', 'kind', 'day'])
          .doUpdateSet({ total: sql<number>`share.total + excluded.total` }),
      ),
)

/** Deletes the counts of days before this one. */
export async function deleteSharesBefore(db: Database, day: Temporal.PlainDate): Promise<void> {
  await db.deleteFrom('share').where('day', '<>', '').where('day', '<', day.toString()).execute()
}

/** A row with the host to which it is charged, its amount, and the key by which the table is read on. */
type Charged = { key: string; second?: string; host: string; amount: number }

const ROWS_AT_ONCE = 1000

/** Reads the rows after one, in the order of their keys. */
type ReadRows = (after: Pick<Charged, 'key' | 'second'>) => RawBuilder<Charged>

const ROWS: Record<Kept, ReadRows> = {
  network: ({ key }) => sql`select network.id as key, peer.host as host, 1 as amount
    from network join peer on peer.id = network.peer_id
    where network.id > ${key} order by network.id limit ${ROWS_AT_ONCE}`,
  resource: ({ key }) => sql`select resource.id as key, peer.host as host, 1 as amount
    from resource join peer on peer.id = resource.peer_id
    where resource.id > ${key} order by resource.id limit ${ROWS_AT_ONCE}`,
  // The agreement is charged to the side that spoke first.
  membership: ({
    key,
    second = '',
  }) => sql`select object_uri as key, subject_uri || ' ' || kind as second, 1 as amount,
      case
        when subject_at is null and object_at is null and ended_by = 'object' then object_uri
        when subject_at is null and object_at is not null then object_uri
        when object_at < subject_at then object_uri
        else subject_uri
      end as host
    from agreement where (object_uri, subject_uri || ' ' || kind) > (${key}, ${second})
    order by object_uri, subject_uri || ' ' || kind limit ${ROWS_AT_ONCE}`,
  people: ({ key }) => sql`select facilitator.id as key, peer.host as host, 1 as amount
    from facilitator join peer on peer.id = facilitator.peer_id
    where facilitator.id > ${key} order by facilitator.id limit ${ROWS_AT_ONCE}`,
  deletion: ({
    key,
    second = '',
  }) => sql`select key, owner_uri as second, domain as host, 1 as amount
    from deletion where kind = 'cafe' and domain is not null and (key, owner_uri) > (${key}, ${second})
    order by key, owner_uri limit ${ROWS_AT_ONCE}`,
  // It is counted like in `measureCafe`. The lengths in bytes are known without reading the texts.
  bytes: ({ key }) => sql`select cafe.id as key, peer.host as host,
      octet_length(description_html) + octet_length(description_text)
        + coalesce(octet_length(body), 0)
        + coalesce(octet_length(small), 0) + coalesce(octet_length(large), 0) as amount
    from cafe join peer on peer.id = cafe.peer_id
      left join cafe_document on cafe_document.cafe_id = cafe.id
      left join cafe_picture on cafe_picture.cafe_id = cafe.id
    where cafe.id > ${key} order by cafe.id limit ${ROWS_AT_ONCE}`,
}

/** What is stored beside the profiles of people counts as bytes too, as `measureFacilitator` says. */
const rowsOfFacilitators: ReadRows = ({
  key,
}) => sql`select facilitator.id as key, peer.host as host,
    coalesce((select octet_length(bytes) from facilitator_picture where facilitator_id = facilitator.id), 0)
      + coalesce((select sum(octet_length(cafe_uri)) from facilitates where facilitator_id = facilitator.id), 0)
      as amount
  from facilitator join peer on peer.id = facilitator.peer_id
  where facilitator.id > ${key} order by facilitator.id limit ${ROWS_AT_ONCE}`

/** Counts anew what is kept, since rows that a cascade deletes are not subtracted. */
export async function recountShares(db: OpenDatabase): Promise<void> {
  for (const kind of Object.keys(ROWS) as Kept[])
    await db.transaction().execute(async (trx) => {
      const totals = new Map<string, number>()
      await countRows(trx, ROWS[kind], totals)
      if (kind === 'bytes') await countRows(trx, rowsOfFacilitators, totals)
      await trx.deleteFrom('share').where('kind', '=', kind).execute()
      for (const [domain, total] of totals)
        await trx.insertInto('share').values({ domain, kind, day: '', total }).execute()
    })
}

/** Adds rows to the totals of their domains, some at a time, so that pages are answered in between. */
async function countRows(
  trx: Database,
  readRows: ReadRows,
  totals: Map<string, number>,
): Promise<void> {
  let last: Pick<Charged, 'key' | 'second'> | undefined = { key: '' }
  while (last) {
    await giveWayHolding()
    const rows: Charged[] = (await readRows(last).execute(trx)).rows
    for (const { host, amount } of rows) {
      const domain = quotaDomainOf(host.includes('://') ? new URL(host).host : host)
      totals.set(domain, (totals.get(domain) ?? 0) + Number(amount))
    }
    last = rows.length < ROWS_AT_ONCE ? undefined : rows.at(-1)
  }
}
