import { sql } from 'kysely'
import { giveWay } from '../../turns/turns.ts'
import { isVisible } from '../cafes/visibility.ts'
import { toInstantText } from '../database/columns.ts'
import type { Database, OpenDatabase } from '../database/database.ts'
import { saveSetting } from '../database/settings.ts'
import { joinShownReport } from '../reports/reported-cafes.ts'
import { NO_COUNTS, selectTotals, type TotalsRow } from '../reports/totals.ts'
import { addGroups, createGroups, saveGroups } from './grouped-counts.ts'
import { type MonthCounts, saveMonths } from './saved-months.ts'
import { COUNTED_AT } from './statistics.ts'

const COLUMNS = Object.keys(NO_COUNTS) as (keyof TotalsRow)[]

/** How many cafés are counted in one statement: it takes a few milliseconds, so that no page waits for longer. */
const TOGETHER = 250

/** The month by the wall clock at the place. */
const wallMonth = sql<string>`substr(cafe.wall_starts_at, 1, 7)`

type Asked = {
  now: Temporal.Instant
  /** Leaves out the cafés of other servers. */
  isOurs: boolean
}

/** Finds the beginning of the café that comes after so many others; undefined where there are not as many. */
async function findStepEnd(db: Database, from: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('cafe')
    .select('starts_at')
    .where('starts_at', '>', from)
    .orderBy('starts_at')
    .orderBy('id')
    .offset(TOGETHER)
    .limit(1)
    .executeTakeFirst()
  return row?.starts_at
}

/** Returns the condition of the cafés that begin in a span, of which the end is not part. */
const conditionsOf = (from: string, until: string | undefined, isOurs: boolean) => sql<boolean>`
  cafe.starts_at >= ${from} and ${until === undefined ? sql`true` : sql`cafe.starts_at < ${until}`}
  and ${isVisible} and ${isOurs ? sql`cafe.organization_id is not null` : sql`true`}`

type Counting = {
  where: ReturnType<typeof sql<boolean>>
  now: Temporal.Instant
  months: Map<string, MonthCounts>
}

/** Adds some cafés to the counts of their months; true where there are none. */
async function addToMonths(db: Database, { where, now, months }: Counting): Promise<boolean> {
  const { rows } = await sql<
    TotalsRow & { month: string; departement: string; organizer_uri: string }
  >`
    select ${wallMonth} as month, coalesce(cafe.departement, '') as departement,
      cafe.organizer_uri, ${selectTotals(now)}
    from cafe ${joinShownReport}
    where ${where}
    group by 1, 2, 3`.execute(db)
  for (const { month, departement, organizer_uri, ...more } of rows) {
    const { counts, organizers } = months.get(month) ?? {
      counts: new Map<string, TotalsRow>(),
      organizers: new Set<string>(),
    }
    months.set(month, { counts, organizers })
    const known = counts.get(departement) ?? { ...NO_COUNTS }
    for (const column of COLUMNS) known[column] += Number(more[column])
    counts.set(departement, known)
    if (Number(more.held) + Number(more.to_come) > 0) organizers.add(organizer_uri)
  }
  return rows.length === 0
}

/** Counts some hundred cafés at a time along the index of dates, and gives way after each, so that a million delay nobody. */
export async function recountStatistics(db: OpenDatabase, { now, isOurs }: Asked): Promise<void> {
  const months = new Map<string, MonthCounts>()
  const groups = createGroups(now)
  for (let from: string | undefined = ''; from !== undefined; ) {
    const until: string | undefined = await findStepEnd(db, from)
    const where = conditionsOf(from, until, isOurs)
    const isEmpty = await addToMonths(db, { where, now, months })
    if (!isEmpty) await addGroups(db, { where, now, groups })
    from = until
    await giveWay()
  }
  await saveMonths(db, months)
  await saveGroups(db, groups)
  await saveSetting(db, COUNTED_AT, toInstantText(now))
}
