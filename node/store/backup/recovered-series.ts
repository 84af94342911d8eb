import type { Cafe } from '../../domain/cafes/cafe.ts'
import type { Author } from '../../domain/cafes/edit.ts'
import type { DateOfSeries } from '../../domain/series/date-of-series.ts'
import { nearsAt } from '../../domain/series/nearing.ts'
import { decideOwnFields } from '../../domain/series/own-fields.ts'
import type { WallTime } from '../../domain/series/recurrence.ts'
import {
  contentAt,
  type Series,
  type SeriesSource,
  seriesContentOf,
} from '../../domain/series/series.ts'
import { saveEdit, saveNew } from '../accounts/saved-edit.ts'
import type { Database } from '../database/database.ts'
import { markAnnounced } from '../feeds/announced.ts'
import { findImportedSeries } from '../series/imported-series.ts'
import { findSeriesByUri, OWN_SERIES } from '../series/series.ts'
import { sourceOf } from './recovered-source.ts'

type Recovered = { cafe: Cafe; ofSeries: DateOfSeries | undefined; by: Author }

/**
 * Makes a café that comes back from a signed text a date of its series again, which is made of the same text where it
 * was lost too. A later text says when the series takes place; what it says of all dates stays as the first text had it.
 * The job that makes dates goes on from today.
 * @returns The series and the date of it that the café is; undefined for a single café.
 */
export async function saveRecoveredSeries(
  trx: Database,
  { cafe, ofSeries, by }: Recovered,
  now: Temporal.Instant,
): Promise<{ series: Series; date: WallTime } | undefined> {
  if (!ofSeries?.recurrence || ofSeries.date === undefined || !cafe.organizationId) return undefined
  const { uri, recurrence, date } = ofSeries
  const known = await findSeriesByUri(trx, uri)
  if (known && known.organizationId !== cafe.organizationId) return undefined
  const { timezone, updatedAt, organizationId, announcedUnder } = cafe
  const series: Series = known ?? {
    ...{ id: uri.slice(uri.lastIndexOf('/') + 1), uri, organizationId },
    source: await findSource(trx, { ...cafe, organizationId }),
    ...{ announcedUnder, publication: 'published', content: seriesContentOf(cafe) },
    ...{ recurrence, timezone, updatedAt },
  }
  const edit = { id: series.id, by }
  if (!known) await saveNew(trx, OWN_SERIES, { ...edit, value: series }, now)
  else if (Temporal.Instant.compare(updatedAt, known.updatedAt) > 0) {
    const decide = (one: Series) => ({ value: { ...one, recurrence, timezone, updatedAt } })
    await saveEdit(trx, OWN_SERIES, { ...edit, seen: undefined, decide }, now)
  }
  const before = contentAt(series, date)
  const said = { before, after: cafe, content: series.content, timezone: series.timezone }
  const own = decideOwnFields({ own: {}, date }, said)
  await trx
    .insertInto('series_date')
    .values({ series_id: series.id, date, cafe_id: cafe.id, own_fields: JSON.stringify(own) })
    .onConflict((oc) => oc.doNothing())
    .execute()
  const today = now.toZonedDateTimeISO(timezone).toPlainDate().toString()
  await trx.updateTable('series').set({ next_on: today }).where('id', '=', series.id).execute()
  await markHeard(trx, { cafe, uri }, now)
  return { series, date }
}

/** Finds from which event a series was imported, unless another series is of that event meanwhile. */
async function findSource(
  trx: Database,
  cafe: Cafe & { organizationId: string },
): Promise<SeriesSource | undefined> {
  const source = sourceOf(cafe)
  if (!source) return undefined
  const { organizationId } = cafe
  const asked = { organizationId, uid: source.uid, calendarId: undefined }
  return (await findImportedSeries(trx, asked)).series ? undefined : source
}

/** Notes that followers know of the series, and that they hear of a far date as it nears. */
async function markHeard(
  trx: Database,
  { cafe, uri }: { cafe: Cafe; uri: string },
  now: Temporal.Instant,
): Promise<void> {
  const mark = { actor: 'cafes', activityId: `${cafe.organizer.uri}/announces/${cafe.id}` }
  const at = now.subtract({ hours: 24 })
  await markAnnounced(trx, { ...mark, objectUri: uri, at, state: 'series' })
  const nears = nearsAt(cafe)
  if (Temporal.Instant.compare(nears, now) > 0)
    await markAnnounced(trx, { ...mark, objectUri: cafe.uri, at: nears, state: 'later' })
}
