import { type RawBuilder, type SelectQueryBuilder, sql } from 'kysely'
import { z } from 'zod'
import {
  type BlockLevel,
  type BlockList,
  isWithinDomain,
  LIST_CHANGES,
  type ListChange,
  type ListedBlock,
} from '../../domain/federation/block.ts'
import { Refusal } from '../../domain/values/refusal.ts'
import { giveWay } from '../../turns/turns.ts'
import { fromInstantText } from '../database/columns.ts'
import type { Database } from '../database/database.ts'
import { isAmong } from '../database/dialect.ts'
import { type ListPage, placePage } from '../database/list-page.ts'
import { isRegistrable } from '../database/quota-domain.ts'
import { deleteSetting, findSetting, saveSetting } from '../database/settings.ts'
import { withParents } from './blocks.ts'

const SETTING = 'block-list'

const StoredSchema = z.object({
  address: z.string().optional(),
  readAt: z.string().optional(),
  fault: Refusal.optional(),
  etag: z.string().optional(),
  lastModified: z.string().optional(),
  unread: z.int(),
})

/** Finds the list that is followed, or that was chosen last; undefined where there is none. */
export async function findBlockList(db: Database): Promise<BlockList | undefined> {
  const stored = await findSetting(db, SETTING)
  if (stored === undefined) return undefined
  const { address, readAt, fault, etag, lastModified, unread } = StoredSchema.parse(
    JSON.parse(stored),
  )
  const read = readAt === undefined ? undefined : fromInstantText(readAt)
  return { address, readAt: read, fault, etag, lastModified, unread }
}

/** Stores what is known of the list. */
export const saveBlockList = (db: Database, list: BlockList): Promise<void> =>
  saveSetting(db, SETTING, JSON.stringify(list))

/** Forgets the list and what it said; what was taken over from it stays in force. */
export async function deleteBlockList(trx: Database): Promise<void> {
  await deleteSetting(trx, SETTING)
  await trx.deleteFrom('listed_block').execute()
}

const WRITTEN_AT_ONCE = 500

/**
 * Stores what a list says, in place of what was read before, in a transaction. A name that nobody can register, such as
 * `gouv.fr`, and a domain that contains this site are left out.
 * @returns How many were left out.
 */
export async function replaceListed(
  trx: Database,
  blocks: readonly ListedBlock[],
  ownHost: string,
): Promise<number> {
  const stored = blocks.filter(
    ({ target }) => isRegistrable(target) && !isWithinDomain(target)(ownHost),
  )
  await trx.deleteFrom('listed_block').execute()
  for (let at = 0; at < stored.length; at += WRITTEN_AT_ONCE) {
    await trx
      .insertInto('listed_block')
      .values(stored.slice(at, at + WRITTEN_AT_ONCE))
      .execute()
    await giveWay()
  }
  return blocks.length - stored.length
}

type Rows = SelectQueryBuilder<
  { found: { target: string; level: BlockLevel; reason: string } },
  'found',
  object
>

/** Selects what differs in one way; `kept` are the targets that hold a site with which this one is. */
function selectChanges(db: Database, change: ListChange, kept: readonly string[]): Rows {
  const isKept = isAmong(db, sql.ref('listed.target'), kept)
  const inForce = (which: RawBuilder<boolean>) => sql<boolean>`exists (
    select 1 from block where block.target = listed.target and ${which})`
  const listed = (which: RawBuilder<boolean>) =>
    db
      .selectFrom('listed_block as listed')
      .select(['listed.target', 'listed.level', 'listed.reason'])
      .where(which)
  const rows = {
    added: () => listed(sql`not ${inForce(sql`true`)} and not ${isKept}`),
    changed: () =>
      listed(sql`${inForce(sql`block.is_listed = 1 and block.level <> listed.level`)}
        and not ${isKept}`),
    kept: () => listed(sql`${isKept} and not ${inForce(sql`true`)}`),
    gone: () =>
      db
        .selectFrom('block')
        .select(['block.target', 'block.level', 'block.reason'])
        .where('block.is_listed', '=', 1)
        .where(sql<boolean>`not exists (
          select 1 from listed_block as listed where listed.target = block.target)`),
  }[change]()
  return db.selectFrom(rows.as('found')) as unknown as Rows
}

/** Counts what differs in each way. */
export async function countChanges(db: Database): Promise<Record<ListChange, number>> {
  const kept = await listKept(db)
  const totals = await Promise.all(
    LIST_CHANGES.map(async (change) => [change, await countOne(db, change, kept)] as const),
  )
  return Object.fromEntries(totals) as Record<ListChange, number>
}

async function countOne(db: Database, change: ListChange, kept: readonly string[]) {
  const { total } = await selectChanges(db, change, kept)
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  return Number(total)
}

/** Finds one page of what differs in one way, by name. */
export async function findChangePage(
  db: Database,
  { change, ...asked }: { change: ListChange; page: number; size: number },
): Promise<ListPage<ListedBlock>> {
  const kept = await listKept(db)
  const { offset, ...placed } = placePage(await countOne(db, change, kept), asked)
  const rows = await selectChanges(db, change, kept)
    .selectAll()
    .orderBy('target')
    .limit(asked.size)
    .offset(offset)
    .execute()
  return { ...placed, rows }
}

/** Lists all that differs in one of these ways. */
export async function listChanges(
  db: Database,
  changes: readonly ListChange[],
): Promise<ListedBlock[]> {
  const kept = await listKept(db)
  const found: ListedBlock[] = []
  for (const change of changes)
    found.push(...(await selectChanges(db, change, kept).selectAll().orderBy('target').execute()))
  return found
}

/** Lists the targets of the list that hold a site with which this one is: a member, a directory, one that is followed. */
async function listKept(db: Database): Promise<string[]> {
  const peers = await db
    .selectFrom('peer')
    .select('host')
    .where((eb) => eb.or([eb('membership', '=', 'member'), eb('following', '<>', 'none')]))
    .orderBy('host')
    .execute()
  const joined = await db
    .selectFrom('following')
    .select('target_uri')
    .where('target_uri', 'is not', null)
    .orderBy('id')
    .execute()
  const hosts = [
    ...peers.map(({ host }) => host),
    ...joined.map(({ target_uri }) => new URL(target_uri ?? '').host),
  ]
  const rows = await db
    .selectFrom('listed_block')
    .select('target')
    .where(isAmong(db, sql.ref('target'), [...new Set(hosts.flatMap(withParents))]))
    .orderBy('target')
    .execute()
  return rows.map(({ target }) => target)
}
