import type pg from 'pg'
import { VERSION_SETTING } from '../migrations/data-state.ts'
import type { SourceTable } from './source.ts'

/**
 * The tables that each database keeps for itself: which migrations it has, how often its pages have changed, how often
 * something about a person was deleted from its files, and the index of the search, which is made again.
 */
export const NOT_COPIED = [
  'kysely_migration',
  'kysely_migration_lock',
  'content_version',
  'erasure',
  'search_entry',
]

export type TargetTable = { name: string; columns: TargetColumn[] }

/** A column. `type` is PostgreSQL's; `counts` says whether PostgreSQL numbers the rows itself. */
type TargetColumn = { name: string; type: string; counts: boolean }

/** Lists the tables of the address's default schema, from the catalogue. */
export async function listTargetTables(client: pg.Client): Promise<TargetTable[]> {
  const { rows } = await client.query<TargetColumn & { table: string }>(`
    select c.relname as "table", a.attname as name, format_type(a.atttypid, a.atttypmod) as type,
      a.attidentity <> '' as counts
    from pg_class c left join pg_attribute a
      on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
    where c.relkind in ('r', 'p') and c.relnamespace = current_schema()::regnamespace
    order by c.relname, a.attnum`)
  return [...Map.groupBy(rows, ({ table }) => table)].map(([name, columns]) => ({ name, columns }))
}

/** Lists the tables that hold a row, without those that a server fills when it starts for the first time. */
export async function listFilledTables(
  client: pg.Client,
  tables: readonly TargetTable[],
): Promise<string[]> {
  const filled: string[] = []
  for (const { name } of tables) {
    if ([...NOT_COPIED, 'search_state', 'listing_state'].includes(name)) continue
    const own = name === 'setting' ? `where name not in ('search_index', '${VERSION_SETTING}')` : ''
    const { rowCount } = await client.query(
      `select from ${client.escapeIdentifier(name)} ${own} limit 1`,
    )
    if (rowCount) filled.push(name)
  }
  return filled
}

/** Number of rows that are inserted together; a row of the largest table has some kilobytes. */
const BATCH = 1_000

/** Copies all rows of a table into the one of the same name. */
export async function copyRows(
  client: pg.Client,
  { source, target }: { source: SourceTable; target: TargetTable },
  onRows: (more: number) => void,
): Promise<void> {
  const types = new Map(target.columns.map(({ name, type }) => [name, type]))
  const missing = source.columns.find((name) => !types.has(name))
  if (missing) throw new Error(`PostgreSQL has no column ${source.name}.${missing}`)
  const names = source.columns.map((name) => client.escapeIdentifier(name)).join(', ')
  const values = source.columns.map((name, index) => `$${index + 1}::${types.get(name)}[]`)
  const statement = `insert into ${client.escapeIdentifier(source.name)} (${names})
    overriding system value select * from unnest(${values.join(', ')})`
  const send = async (batch: unknown[][]) => {
    if (batch.length === 0) return
    await client.query(
      statement,
      source.columns.map((_, index) => batch.map((row) => storable(row[index]))),
    )
    onRows(batch.length)
  }
  let batch: unknown[][] = []
  for (const row of source.rows()) {
    batch.push(row)
    if (batch.length < BATCH) continue
    await send(batch)
    batch = []
  }
  await send(batch)
}

/** Returns the value as PostgreSQL can store it, like every text that is sent to it (see `connectPostgres`). */
const storable = (value: unknown): unknown =>
  typeof value === 'string' ? value.replaceAll('\0', '\ufffd') : value

/** Continues the numbering, so that the next number is one that was never given. */
export async function continueNumbers(
  client: pg.Client,
  { source, target }: { source: SourceTable; target: TargetTable },
): Promise<void> {
  for (const { name } of target.columns.filter(({ counts }) => counts))
    await client.query(
      `select setval(pg_get_serial_sequence($1, $2), last) from (
        select greatest(max(${client.escapeIdentifier(name)}), $3::bigint) as last
        from ${client.escapeIdentifier(target.name)}) as given where last > 0`,
      [client.escapeIdentifier(target.name), name, source.lastNumber],
    )
}

/** Counts the rows of a table of the PostgreSQL database that is copied to; the name of the table is quoted. */
export async function countRows(client: pg.Client, table: string): Promise<number> {
  const { rows } = await client.query<{ total: number }>(
    `select count(*) as total from ${client.escapeIdentifier(table)}`,
  )
  return rows[0]?.total ?? 0
}
