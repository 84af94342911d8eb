import { sql } from 'kysely'
import type { Database } from '../database/database.ts'
import { isAmong } from '../database/dialect.ts'
import { joinShownReport } from '../reports/reported-cafes.ts'
import type { CafeQuery } from './cafe-query.ts'
import { planSearch, selectHits } from './hits.ts'

/** The greatest number that is added up; beyond it « more than 1,000 » is shown. */
const ADDED_MAX = 1000

/** Counts the cafés of a figure and adds up their participations, which are undefined beyond a thousand cafés. */
export async function countReported(
  db: Database,
  query: CafeQuery,
): Promise<{ total: number; participations: number | undefined; isCapped: boolean }> {
  const plan = await planSearch(db, query)
  const hits = selectHits(plan, {
    ...{ columns: sql`entry.position, entry.cafe_id`, order: 'latest', limit: ADDED_MAX + 1 },
  })
  const { rows } = await sql<{ total: number; participations: number | null }>`
    select count(*) as total, sum(report.participants) as participations
    from (${hits}) as hit join cafe on cafe.id = hit.cafe_id ${joinShownReport}`.execute(db)
  const total = Number(rows[0]?.total ?? 0)
  const isCapped = total > ADDED_MAX
  const participations = isCapped ? undefined : Number(rows[0]?.participations ?? 0)
  return { total: Math.min(total, ADDED_MAX), participations, isCapped }
}

/** Finds the participants that shown reports tell of these cafés, by the cafés' ids. */
export async function findParticipants(
  db: Database,
  cafeIds: readonly string[],
): Promise<Map<string, number>> {
  const { rows } = await sql<{ id: string; participants: number | null }>`
    select cafe.id, report.participants from cafe ${joinShownReport}
    where ${isAmong(db, sql`cafe.id`, cafeIds)}`.execute(db)
  return new Map(
    rows.flatMap(({ id, participants }) => (participants === null ? [] : [[id, participants]])),
  )
}
