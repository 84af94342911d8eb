import type pg from 'pg'

/**
 * Does the work on tables without what would hinder it, inside the open transaction: no trigger adds to what is copied,
 * rows may come before those to which they refer, and indexes are made in one go. Everything is restored afterwards
 * from the catalogue; what the rows violate is thrown then.
 */
export async function withBareTables(
  client: pg.Client,
  tables: readonly string[],
  work: () => Promise<void>,
): Promise<void> {
  const names = tables.map((name) => client.escapeIdentifier(name))
  await client.query(`lock table ${names.join(', ')} in access exclusive mode`)
  const references = await listReferences(client, tables)
  const indexes = await listIndexes(client, tables)
  for (const { table, name } of references)
    await client.query(`alter table ${table} drop constraint ${name}`)
  for (const { name } of indexes) await client.query(`drop index ${name}`)
  for (const name of names) await client.query(`alter table ${name} disable trigger user`)
  await work()
  for (const name of names) await client.query(`alter table ${name} enable trigger user`)
  for (const { definition } of indexes) await client.query(definition)
  for (const { table, name, definition } of references)
    await client.query(`alter table ${table} add constraint ${name} ${definition}`)
}

type Reference = { table: string; name: string; definition: string }

async function listReferences(client: pg.Client, tables: readonly string[]): Promise<Reference[]> {
  const { rows } = await client.query<Reference>(
    `select conrelid::regclass::text as "table", quote_ident(conname) as name,
      pg_get_constraintdef(oid) as definition
    from pg_constraint
    where contype = 'f' and conrelid in (
      select oid from pg_class where relname = any($1) and relnamespace = current_schema()::regnamespace)
    order by 1, 2`,
    [tables],
  )
  return rows
}

/** Lists the indexes, except those of keys. */
async function listIndexes(
  client: pg.Client,
  tables: readonly string[],
): Promise<{ name: string; definition: string }[]> {
  const { rows } = await client.query<{ name: string; definition: string }>(
    `select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as definition
    from pg_index
    where not exists (select from pg_constraint where conindid = indexrelid) and indrelid in (
      select oid from pg_class where relname = any($1) and relnamespace = current_schema()::regnamespace)
    order by 1`,
    [tables],
  )
  return rows
}
