import { giveWay } from '../../turns/turns.ts'
import { type Database, inTransaction, type OpenDatabase } from '../database/database.ts'
import type { TotalsRow } from '../reports/totals.ts'

/** What was counted of the cafés of one month: by département (`''` where there is none), and who announced them. */
export type MonthCounts = { counts: Map<string, TotalsRow>; organizers: Set<string> }

/** The rows that one statement writes: few enough for the event loop, and for the variables of a statement. */
const ROWS = 200
/** The rows after which a transaction ends, so that others may write. */
const ROWS_TOGETHER = 1000

/** Splits rows into those of each statement. */
export const splitRows = <T>(rows: readonly T[]): T[][] =>
  Array.from({ length: Math.ceil(rows.length / ROWS) }, (_, part) =>
    rows.slice(part * ROWS, (part + 1) * ROWS),
  )

/** Saves the counts of all months in place of what was there, some months in each transaction. */
export async function saveMonths(
  db: OpenDatabase,
  months: ReadonlyMap<string, MonthCounts>,
): Promise<void> {
  const left = [...months].toSorted(([one], [other]) => (one < other ? -1 : 1))
  let after = ''
  do {
    const together: typeof left = []
    for (let rows = 0; left.length > 0 && rows < ROWS_TOGETHER; ) {
      const [month] = left.splice(0, 1)
      if (month) together.push(month)
      rows += (month?.[1].counts.size ?? 0) + (month?.[1].organizers.size ?? 0)
    }
    const until = left.length === 0 ? undefined : together.at(-1)?.[0]
    await inTransaction(db, (trx) => replaceMonths(trx, together, { after, until }))
    after = until ?? ''
    await giveWay()
  } while (left.length > 0)
}

/** Writes these months in place of all that is there after a month, up to and with another one. */
async function replaceMonths(
  trx: Database,
  months: readonly (readonly [string, MonthCounts])[],
  { after, until }: { after: string; until: string | undefined },
): Promise<void> {
  for (const table of ['monthly_count', 'active_organizer'] as const)
    await trx
      .deleteFrom(table)
      .where('month', '>', after)
      .$if(until !== undefined, (query) => query.where('month', '<=', until ?? ''))
      .execute()
  const counts = months.flatMap(([month, each]) =>
    [...each.counts].map(([departement, totals]) => ({ month, departement, ...totals })),
  )
  for (const part of splitRows(counts)) await trx.insertInto('monthly_count').values(part).execute()
  const organizers = months.flatMap(([month, each]) =>
    [...each.organizers].map((organizer_uri) => ({ month, organizer_uri })),
  )
  for (const part of splitRows(organizers))
    await trx.insertInto('active_organizer').values(part).execute()
}
