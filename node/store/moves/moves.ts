import { sql } from 'kysely'
import type { Database } from '../database/database.ts'
import { findSetting, saveSetting } from '../database/settings.ts'
import { PLANNED_MOVE } from '../migrations/data-state.ts'
import { appendChange } from '../queues/changes.ts'
import { updateCafes } from '../search-index/write-cafes.ts'

/** The setting with the addresses that the site had. */
const FORMER_ORIGINS = 'former-origins'

/** Finds the origin to which the site is to move when it is started there; undefined where no move is planned. */
export const findPlannedMove = async (db: Database): Promise<string | undefined> =>
  (await findSetting(db, PLANNED_MOVE)) || undefined

/** Plans the move to an origin; undefined undoes the plan. */
export const savePlannedMove = (db: Database, origin: string | undefined): Promise<void> =>
  saveSetting(db, PLANNED_MOVE, origin ?? '')

/** Lists the origins that the site had before, the latest first. */
export async function listFormerOrigins(db: Database): Promise<string[]> {
  const text = await findSetting(db, FORMER_ORIGINS)
  return text ? (JSON.parse(text) as string[]) : []
}

/** What keeps the former origin: what was sent under it stays as it is, and goes on being signed by it. */
const KEPT = new Set(['activity', 'delivery', 'seen', 'kysely_migration', 'kysely_migration_lock'])

/**
 * Moves all data of the site to another origin, all or nothing: every address of ours in every table. What waits to be
 * sent was signed under the former origin and is still sent by it; what follows (new signatures, the message to who
 * follows) is planned as a change. The UIDs of cafés stay, so that the calendars of people keep their entries.
 */
export async function moveSite(
  trx: Database,
  { from, to }: { from: string; to: string },
  now: Temporal.Instant,
): Promise<void> {
  // Of several processes that start at once, the first moves the data.
  const { numUpdatedRows } = await trx
    .updateTable('setting')
    .set({ value: to })
    .where('name', '=', 'origin')
    .where('value', '=', from)
    .executeTakeFirstOrThrow()
  if (numUpdatedRows === 0n) return
  const former = await listFormerOrigins(trx)
  await replaceOrigin(trx, from, to)
  const [fromHost, toHost] = [new URL(from).host, new URL(to).host]
  // Who keeps a copy of the list hears that each of them has another address.
  await updateCafes(trx, { origin_host: toHost }, (update) =>
    update.where('peer_id', 'is', null).where('origin_host', '=', fromHost),
  )
  await sql`update structure set id = replace(id, ${`@${fromHost}`}, ${`@${toHost}`}) where peer_id is null`.execute(
    trx,
  )
  // The account of old signs what it said: its outbox is over, and its deliveries are still tried.
  await sql`update activity set actor = ${`${from}/actors/`} || actor`.execute(trx)
  await sql`update delivery set signer = ${`${from}/actors/`} || signer`.execute(trx)
  await saveSetting(
    trx,
    FORMER_ORIGINS,
    JSON.stringify([from, ...former.filter((origin) => origin !== from && origin !== to)]),
  )
  await savePlannedMove(trx, undefined)
  await appendChange(trx, { type: 'site-moved', from }, now)
}

/** Replaces an origin wherever a text begins with it, or holds it as the beginning of an address or as a JSON string. */
async function replaceOrigin(trx: Database, from: string, to: string): Promise<void> {
  const tables = await trx.introspection.getTables()
  for (const { name, columns, isView } of tables) {
    if (isView || KEPT.has(name)) continue
    for (const column of columns.filter(({ dataType }) => /^text$/i.test(dataType))) {
      const [table, value] = [sql.table(name), sql.ref(column.name)]
      await sql`update ${table} set ${value} = replace(replace(${value}, ${`${from}/`}, ${`${to}/`}), ${`"${from}"`}, ${`"${to}"`})
        where instr(${value}, ${from}) > 0`.execute(trx)
      await sql`update ${table} set ${value} = ${to} where ${value} = ${from}`.execute(trx)
    }
  }
}

/** Hides at the new address of a site what is hidden at the former one, where it stays hidden as well. */
export async function copyHidden(trx: Database, from: string, to: string): Promise<void> {
  const there = sql<string>`replace(uri, ${`${from}/`}, ${`${to}/`})`
  await trx
    .insertInto('hidden_object')
    .columns(['uri', 'kind', 'reason', 'at', 'territory'])
    .expression((eb) =>
      eb
        .selectFrom('hidden_object')
        .select([there.as('uri'), 'kind', 'reason', 'at', 'territory'])
        .where(sql<boolean>`instr(uri, ${`${from}/`}) = 1`),
    )
    .onConflict((oc) => oc.doNothing())
    .execute()
}

/** Counts the published cafés of this site. */
export async function countPublished(db: Database): Promise<number> {
  const { total } = await db
    .selectFrom('cafe')
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .where('peer_id', 'is', null)
    .where('publication', '=', 'published')
    .executeTakeFirstOrThrow()
  return Number(total)
}
