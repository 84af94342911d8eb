import { sql } from 'kysely'
import type { Database } from '../database/database.ts'
import { prepare } from '../database/prepared.ts'

/** A café or series of ours that a short code stands for. */
export type Coded = { type: 'cafe' | 'series'; id: string }

/**
 * Finds the café or series of ours whose id ends with these ten hexadecimal digits, which are a short code
 * (`readShortCode`). Where two have the same, which one in a hundred million pairs does, the older one is found.
 */
export async function findCoded(db: Database, idEnd: string): Promise<Coded | undefined> {
  const { rows } = await selectCafe(db, { idEnd })
  const [cafe] = rows
  if (cafe) return { type: 'cafe', id: cafe.id }
  const series = await db
    .selectFrom('series')
    .select('id')
    .where(sql<string>`substr(id, 27)`, '=', idEnd)
    .orderBy('id')
    .limit(1)
    .executeTakeFirst()
  return series && { type: 'series', id: series.id }
}

const selectCafe = prepare((db, { idEnd }: { idEnd: string }) =>
  db
    .selectFrom('cafe')
    .select('id')
    .where('organization_id', 'is not', null)
    .where(sql<string>`substr(id, 27)`, '=', idEnd)
    .orderBy('id')
    .limit(1),
)
