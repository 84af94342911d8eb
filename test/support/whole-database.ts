import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { WebServer } from './server.ts'
import { unpackedRow } from './unpacked.ts'

/**
 * Reads everything in the database of a server as text: each row of each table on a line, `table: JSON`, with
 * compressed texts decompressed; on SQLite the bytes of its files too, including the write-ahead log.
 */
export async function readWholeDatabase({
  context,
}: Pick<WebServer, 'context'>): Promise<string[]> {
  const { db, config } = context
  const tables = await db.introspection.getTables()
  const lines: string[] = []
  for (const { name, isView } of tables) {
    if (isView) continue
    const rows = await db
      .selectFrom(name as 'setting')
      .selectAll()
      .execute()
    lines.push(...rows.map((row) => `${name}: ${JSON.stringify(unpackedRow(row))}`))
  }
  for (const file of await readdir(config.data))
    if (file.includes('.sqlite'))
      lines.push(`${file}: ${await readFile(join(config.data, file), 'latin1')}`)
  return lines
}
