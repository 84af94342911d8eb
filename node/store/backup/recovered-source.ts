import type { Cafe } from '../../domain/cafes/cafe.ts'
import { toRecurrenceId } from '../../domain/cafes/import.ts'
import { contentSnapshot } from '../../domain/cafes/import-snapshot.ts'
import type { DateOfSeries } from '../../domain/series/date-of-series.ts'
import { instantOf } from '../../domain/series/recurrence.ts'
import { contentAt, type Series, type SeriesSource } from '../../domain/series/series.ts'
import { saveImportSnapshot } from '../cafes/import-snapshots.ts'
import type { Database } from '../database/database.ts'

/**
 * What is known of the calendar from which a lost café was imported: its event, by the UID that the café was signed
 * with, and when that had it. What the calendar said besides, no signed text says.
 */

/** Returns whether an event of a calendar gave a café of ours its UID: otherwise it holds the café's own id. */
const isImported = ({ id, uid }: Pick<Cafe, 'id' | 'uid'>): boolean => !uid.includes(id)

/** Returns what its calendar calls the date of a series that a café is, so that the next reading knows it. */
export const findRecurrenceId = (
  cafe: Pick<Cafe, 'id' | 'uid' | 'timezone'>,
  date: DateOfSeries['date'],
): string | undefined =>
  date !== undefined && isImported(cafe)
    ? toRecurrenceId(instantOf(date, cafe.timezone))
    : undefined

/** It took place as far as its calendar knows: what was cancelled stays so until that says something new. */
const AS_PLANNED = { standing: 'scheduled', statusNote: '' }

/** Returns from which event the series of a café was imported; undefined for one that was planned here. */
export const sourceOf = (cafe: Cafe): SeriesSource | undefined =>
  isImported(cafe)
    ? { uid: cafe.uid, calendarId: undefined, said: { words: AS_PLANNED, recurrence: undefined } }
    : undefined

/**
 * Notes that an import brought a café that came back, so that a calendar which is followed again goes on with it: it says
 * when the café takes place, and the words that differ from its own stay until somebody decides.
 */
export async function saveRecoveredImport(
  trx: Database,
  cafe: Cafe,
  dated: { series: Series; date: string } | undefined,
): Promise<void> {
  // The calendar was read already, and brought this date anew.
  if (!isImported(cafe) || cafe.recurrenceId === cafe.id) return
  const planned = dated && contentSnapshot(contentAt(dated.series, dated.date)).times
  await saveImportSnapshot(trx, cafe.id, {
    ...AS_PLANNED,
    ...(planned !== undefined && { times: planned }),
  })
}
