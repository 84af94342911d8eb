import { giveWay } from '../../turns/turns.ts'
import { fromInstantText } from '../database/columns.ts'
import type { Database } from '../database/database.ts'
import { isVisible } from './visibility.ts'

export type OwnPage = { id: string; updatedAt: Temporal.Instant }

/** Number of rows that are read within a few milliseconds. */
const PAGE_SIZE = 500

/**
 * Reads the pages of the cafés of this server that everybody may find, the latest first, `most` of them, a few at a
 * time. Other servers' cafés that a directory shows have their page at their origin. It gives way between two reads.
 */
export async function* readOwnPages(db: Database, most: number): AsyncGenerator<OwnPage[]> {
  let left = most
  let last: { starts_at: string; id: string } | undefined
  do {
    const rows = await listOwnPages(db, { after: last, limit: Math.min(PAGE_SIZE, left) })
    yield rows.map(({ id, updated_at }) => ({ id, updatedAt: fromInstantText(updated_at) }))
    left -= rows.length
    last = rows.length < PAGE_SIZE ? undefined : rows.at(-1)
    await giveWay()
  } while (last && left > 0)
}

const listOwnPages = (
  db: Database,
  { after, limit }: { after: { starts_at: string; id: string } | undefined; limit: number },
) =>
  db
    .selectFrom('cafe')
    .select(['cafe.id', 'cafe.starts_at', 'cafe.updated_at'])
    // It goes along the index of each structure of this server, so that no café of others is read.
    .where('cafe.organization_id', 'in', (eb) =>
      eb.selectFrom('organization').select('organization.id'),
    )
    .where('cafe.open_to', '=', 'public')
    .where(isVisible)
    .$if(after !== undefined, (qb) =>
      qb.where((eb) =>
        eb.or([
          eb('cafe.starts_at', '<', after?.starts_at ?? ''),
          eb.and([
            eb('cafe.starts_at', '=', after?.starts_at ?? ''),
            eb('cafe.id', '<', after?.id ?? ''),
          ]),
        ]),
      ),
    )
    .orderBy('cafe.starts_at', 'desc')
    .orderBy('cafe.id', 'desc')
    .limit(limit)
    .execute()
