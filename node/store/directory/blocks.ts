import { type RawBuilder, type Selectable, sql } from 'kysely'
import {
  type Block,
  type BlockLevel,
  hostOfTarget,
  isAccount,
} from '../../domain/federation/block.ts'
import { dayInParis } from '../../domain/values/days.ts'
import { toHost } from '../../domain/values/host.ts'
import { giveWay } from '../../turns/turns.ts'
import { fromInstantText, toInstantText } from '../database/columns.ts'
import type { Database } from '../database/database.ts'
import {
  contains,
  isAmong,
  isTextAmong,
  type ListParameter,
  toListParameter,
} from '../database/dialect.ts'
import { type ListPage, placePage } from '../database/list-page.ts'
import { prepare } from '../database/prepared.ts'
import type { Schema } from '../schema.ts'

/** A block that somebody decides. */
export type NewBlock = Pick<Block, 'target' | 'reason'> &
  Partial<Pick<Block, 'level' | 'note' | 'endsOn' | 'isListed'>>

/**
 * Blocks or limits a domain or an account; of one that is in force what is said changes. The stored cafés of a domain are
 * hidden at once, since every list leaves blocked domains out; the end of the block shows them again. It is called
 * inside a transaction where there are several.
 */
export async function saveBlocks(
  db: Database,
  blocks: readonly NewBlock[],
  now: Temporal.Instant,
): Promise<void> {
  for (let at = 0; at < blocks.length; at += WRITTEN_AT_ONCE) {
    const rows = blocks.slice(at, at + WRITTEN_AT_ONCE).map((block) => toRow(block, now))
    await db
      .insertInto('block')
      .values(rows)
      .onConflict((oc) =>
        oc.column('target').doUpdateSet((eb) => ({
          level: eb.ref('excluded.level'),
          reason: eb.ref('excluded.reason'),
          note: eb.ref('excluded.note'),
          ends_on: eb.ref('excluded.ends_on'),
          is_listed: eb.ref('excluded.is_listed'),
        })),
      )
      .execute()
    await giveWay()
  }
  await judgeSources(db)
}

/** The number of blocks in one statement, which may have 32,766 values. */
const WRITTEN_AT_ONCE = 500

const toRow = (
  { target, level = 'block', reason, note = '', endsOn, isListed = false }: NewBlock,
  now: Temporal.Instant,
) => ({
  ...{ target: toTarget(target), level, reason, note, ends_on: endsOn?.toString() ?? null },
  ...{ is_listed: isListed ? 1 : 0, created_at: toInstantText(now) },
})

/**
 * Blocks or limits one domain or account.
 *
 * @internal
 */
export const saveBlock = (db: Database, block: NewBlock, now: Temporal.Instant): Promise<void> =>
  saveBlocks(db, [block], now)

/** Ends blocks, and shows the stored cafés again; nothing happens where one was not in force. */
export async function deleteBlocks(db: Database, targets: readonly string[]): Promise<void> {
  await db
    .deleteFrom('block')
    .where(isAmong(db, sql.ref('target'), targets.map(toTarget)))
    .execute()
  await judgeSources(db)
}

/**
 * Ends one block.
 *
 * @internal
 */
export const deleteBlock = (db: Database, target: string): Promise<void> =>
  deleteBlocks(db, [target])

/** Makes the search follow the blocks: which sources are shown, and which are in no list. */
const judgeSources = (db: Database) =>
  sql`update search_source set shown = judged.shown, hidden_since = judged.hidden_since
    from search_source_judged as judged where judged.number = search_source.number
      and (judged.shown <> search_source.shown
        or judged.hidden_since is distinct from search_source.hidden_since)`.execute(db)

const toBlock = (row: Selectable<Schema['block']>): Block => ({
  ...{ target: row.target, level: row.level, reason: row.reason, note: row.note },
  endsOn: row.ends_on === null ? undefined : Temporal.PlainDate.from(row.ends_on),
  isListed: row.is_listed === 1,
  createdAt: fromInstantText(row.created_at),
})

/** Finds the blocks of these targets that are in force. */
export async function findBlocks(db: Database, targets: readonly string[]): Promise<Block[]> {
  const rows = await db
    .selectFrom('block')
    .selectAll()
    .where(isAmong(db, sql.ref('target'), targets.map(toTarget)))
    .orderBy('target')
    .execute()
  return rows.map(toBlock)
}

/** Lists blocks by name, after this one, at most `limit`. */
export async function listBlocks(
  db: Database,
  { after = '', limit, isDecidedHere }: { after?: string; limit: number; isDecidedHere?: true },
): Promise<Block[]> {
  const rows = await db
    .selectFrom('block')
    .selectAll()
    .where('target', '>', after)
    .$if(isDecidedHere === true, (qb) => qb.where('is_listed', '=', 0))
    .orderBy('target')
    .limit(limit)
    .execute()
  return rows.map(toBlock)
}

/** Finds one page of the blocks of a level whose target holds these words. */
export async function findBlockPage(
  db: Database,
  { level, words, ...asked }: { level: BlockLevel; words: string; page: number; size: number },
): Promise<ListPage<Block>> {
  let blocks = db.selectFrom('block').where('level', '=', level)
  for (const word of words.toLowerCase().split(/\s+/).filter(Boolean))
    blocks = blocks.where(contains(db, sql.ref('target'), word))
  const { total } = await blocks
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  const { offset, ...placed } = placePage(Number(total), asked)
  const rows = await blocks.selectAll().orderBy('target').limit(asked.size).offset(offset).execute()
  return { ...placed, rows: rows.map(toBlock) }
}

/** Counts the blocks of each level. */
export async function countBlocks(db: Database): Promise<Record<BlockLevel, number>> {
  const rows = await db
    .selectFrom('block')
    .select((eb) => ['level', eb.fn.countAll<number>().as('total')])
    .groupBy('level')
    .execute()
  const totalOf = (level: BlockLevel) => Number(rows.find((row) => row.level === level)?.total ?? 0)
  return { block: totalOf('block'), limit: totalOf('limit') }
}

/** Counts the blocks that were taken over from a list. */
export async function countListedBlocks(db: Database): Promise<number> {
  const { total } = await db
    .selectFrom('block')
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .where('is_listed', '=', 1)
    .executeTakeFirstOrThrow()
  return Number(total)
}

/** Lists the targets whose block has ended: its last day, in Paris, is over. */
export async function listEndedBlocks(db: Database, now: Temporal.Instant): Promise<string[]> {
  const today = dayInParis(now).toString()
  const rows = await db
    .selectFrom('block')
    .select('target')
    .where('ends_on', '<', today)
    .orderBy('target')
    .execute()
  return rows.map(({ target }) => target)
}

/** Returns whether an account, its host or a domain above it is blocked; `who` is the id of an account or a host. */
export async function isBlocked(db: Database, who: string): Promise<boolean> {
  const host = isAccount(who) ? hostOfTarget(who) : toDomain(who)
  const targets = toListParameter(db, [who, ...withParents(host)])
  return (await selectAmong(db, { targets })).rows.length > 0
}

const selectAmong = prepare((db, { targets }: { targets: ListParameter }) =>
  db
    .selectFrom('block')
    .select('target')
    .where('level', '=', sql.lit<BlockLevel>('block'))
    .where(isTextAmong(db, sql.ref('target'), targets)),
)

/**
 * Returns the condition that a host is blocked, or limited, on a column that holds `host[:port]`. Each name above the
 * host is looked up, so that a long list of blocks costs no more than a short one; without any, nothing is looked up.
 */
export function isBlockedHost(column: string, level: BlockLevel = 'block'): RawBuilder<boolean> {
  const host = sql.ref<string>(column)
  const name = sql<string>`
    case when ${host} like '[%' or instr(${host}, ':') = 0 then ${host}
    else substr(${host}, 1, instr(${host}, ':') - 1) end`
  const isLevel = sql`blocked.level = ${sql.lit(level)}`
  return sql<boolean>`(exists (select 1 from block as blocked where ${isLevel}) and exists (
    with recursive up (name) as (
      select ${host} union all select ${name} union all
      select substr(up.name, instr(up.name, '.') + 1) from up where instr(up.name, '.') > 0)
    select 1 from up cross join block as blocked where blocked.target = up.name and ${isLevel}
  ))`
}

/** Returns the condition that an account is blocked, or its host, on columns that hold its id and its host. */
export const isBlockedAccount = (uri: string, host: string): RawBuilder<boolean> =>
  sql<boolean>`(${isBlockedHost(host)} or exists (select 1 from block as blocked
    where blocked.level = 'block' and blocked.target = ${sql.ref(uri)}))`

/** Returns a target as it is stored: the id of an account, else the one spelling of a host. */
export const toTarget = (text: string): string => {
  const typed = text.trim()
  if (!/^https?:\/\//i.test(typed) || !URL.canParse(typed)) return toDomain(typed)
  const { pathname, search, href } = new URL(typed)
  return pathname === '/' && search === '' ? toDomain(typed) : href
}

/**
 * Returns the host of an address, or a host, in its one spelling (CVE-2023-42451). A port that is not the default is
 * kept.
 *
 * @internal
 */
export const toDomain = (text: string): string => {
  const address = text.trim()
  const [, scheme = 'https:', bare = ''] = /^(https?:)?(?:\/\/)?([^/]*)/i.exec(address) ?? []
  return toHost(bare, scheme) ?? bare.toLowerCase()
}

/** Lists a host, its name without a port, and the domains above it. */
export const withParents = (host: string): string[] => {
  const name = host.replace(/:\d+$/, '')
  const labels = name.split('.')
  const parents = labels.map((_, index) => labels.slice(index).join('.'))
  return [...new Set([host, ...parents])]
}
