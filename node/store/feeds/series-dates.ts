import { fromSeconds, toSeconds } from '../database/columns.ts'
import { type Database, inTransaction } from '../database/database.ts'
import { appendChange } from '../queues/changes.ts'
import { type Announced, announcerOf, findAnnounced, markAnnounced } from './announced.ts'

/** What our accounts tell of the dates of series: each as it nears, and at most one of a series a day. */

/** Sets when all accounts that are still to tell of a date do so, as when it has another day. */
export async function setNearingAt(db: Database, uri: string, at: Temporal.Instant): Promise<void> {
  await db
    .updateTable('announced_row')
    .set({ at: toSeconds(at) })
    .where('state', '=', 'later')
    .where('cafe', '=', db.selectFrom('announced_cafe').select('number').where('uri', '=', uri))
    .execute()
}

/** Notes what an account has told of a date that waited, at this time. */
export async function endNearing(
  db: Database,
  { actor, objectUri, state, at }: Pick<Announced, 'actor' | 'objectUri' | 'state' | 'at'>,
): Promise<void> {
  const cafe = db.selectFrom('announced_cafe').select('number').where('uri', '=', objectUri)
  await db
    .updateTable('announced_row')
    .set({ state, at: toSeconds(at) })
    .where('cafe', '=', cafe)
    .where('announcer', '=', announcerOf(db, actor))
    .execute()
}

/** The maximum number of dates that are taken in one transaction. */
const AT_ONCE = 200

const DAY = 24 * 3600

/**
 * Appends a change for each date that nears now, the earliest first. A date that is not told then (another date of its
 * series was, that day) is taken again a day later.
 * @returns Whether there may be more of them.
 */
export const planNearDates = (db: Database, now: Temporal.Instant): Promise<boolean> =>
  inTransaction(db, async (trx) => {
    const due = await trx
      .selectFrom('announced_row')
      .innerJoin('announced_cafe', 'announced_cafe.number', 'announced_row.cafe')
      .select(['announced_row.cafe', 'announced_cafe.uri'])
      .where('state', '=', 'later')
      .where('at', '<=', toSeconds(now))
      .orderBy('at')
      .orderBy('announced_row.cafe')
      .limit(AT_ONCE)
      .execute()
    if (due.length === 0) return false
    const cafes = new Map(due.map(({ cafe, uri }) => [cafe, uri]))
    await trx
      .updateTable('announced_row')
      .set({ at: toSeconds(now) + DAY })
      .where('state', '=', 'later')
      .where('at', '<=', toSeconds(now))
      .where('cafe', 'in', [...cafes.keys()])
      .execute()
    for (const uri of cafes.values()) await appendChange(trx, { type: 'date-near', uri }, now)
    return due.length === AT_ONCE
  })

type OfSeries = {
  actor: string
  series: string
  /** The zone in which its days begin. */
  timezone: string
  /** An id of the account's Announces. */
  activityId: string
}

/** Returns whether an account has told of a series before. */
export const isSeriesKnown = async (
  db: Database,
  { actor, series }: Pick<OfSeries, 'actor' | 'series'>,
): Promise<boolean> => (await findAnnounced(db, { actor, objectUri: series })) !== undefined

/**
 * Claims the one place that a series has on a day in what an account posts, and notes the time.
 * @returns Whether nothing of it was posted that day.
 */
export async function claimDayOfSeries(
  db: Database,
  { actor, series, timezone, activityId }: OfSeries,
  now: Temporal.Instant,
): Promise<boolean> {
  const mark = { actor, objectUri: series, activityId, at: now, state: 'series' as const }
  if (await markAnnounced(db, mark)) return true
  const known = await findAnnounced(db, mark)
  const dayOf = (at: Temporal.Instant) => at.toZonedDateTimeISO(timezone).toPlainDate()
  if (known && dayOf(fromSeconds(known.at)).equals(dayOf(now))) return false
  await endNearing(db, mark)
  return true
}

/** Returns whether a series has a date, of ours or another server's, past ones included. */
export const hasDates = async (db: Database, series: string): Promise<boolean> =>
  (await db
    .selectFrom('cafe')
    .select('id')
    .where('series', '=', series)
    .limit(1)
    .executeTakeFirst()) !== undefined
