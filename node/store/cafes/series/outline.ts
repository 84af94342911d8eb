import type { Cafe } from '../../../domain/cafes/cafe.ts'
import type { DateOfSeries, SeriesOutline } from '../../../domain/series/date-of-series.ts'
import { dayOf, type Recurrence } from '../../../domain/series/recurrence.ts'
import { toInstantText } from '../../database/columns.ts'
import type { Database } from '../../database/database.ts'
import { prepare } from '../../database/prepared.ts'

/** What pages say of a series beside its dates, whoever plans it. */

/** Finds when the series of these cafés take place, ours and those of other servers, by their addresses. */
export async function findSeriesOf(
  db: Database,
  cafes: readonly Pick<Cafe, 'series'>[],
): Promise<ReadonlyMap<string, SeriesOutline>> {
  const uris = [...new Set(cafes.flatMap(({ series }) => series ?? []))]
  if (uris.length === 0) return new Map()
  const rows: { uri: string; timezone: string; recurrence: string | null }[] = []
  for (const table of ['series', 'peer_series'] as const)
    rows.push(
      ...(await db
        .selectFrom(table)
        .select(['uri', 'timezone', 'recurrence'])
        .where('uri', 'in', uris)
        .execute()),
    )
  return new Map(
    rows.flatMap(({ uri, timezone, recurrence }) =>
      recurrence === null
        ? []
        : [[uri, { uri, timezone, recurrence: JSON.parse(recurrence) as Recurrence }]],
    ),
  )
}

/**
 * Finds when a series of ours takes place, without the dates that were made and then deleted, which nobody makes again.
 */
export async function findOwnRecurrence(
  db: Database,
  uri: string,
): Promise<Recurrence | undefined> {
  const [own] = (await selectOwn(db, { uri })).rows
  if (!own) return undefined
  const recurrence = JSON.parse(own.recurrence) as Recurrence
  const { rows } = await selectDeleted(db, { uri })
  const exclude = new Set([...recurrence.exclude, ...rows.map(({ date }) => dayOf(date))])
  return { ...recurrence, exclude: [...exclude].sort() }
}

const selectDeleted = prepare((db, { uri }: { uri: string }) =>
  db
    .selectFrom('series_date')
    .innerJoin('series', 'series.id', 'series_date.series_id')
    .select('series_date.date')
    .where('series.uri', '=', uri)
    .where('series_date.cafe_id', 'is', null),
)

const selectOwn = prepare((db, { uri }: { uri: string }) =>
  db.selectFrom('series').select('recurrence').where('uri', '=', uri),
)

const selectPeers = prepare((db, { uri }: { uri: string }) =>
  db
    .selectFrom('peer_series')
    .select(['recurrence', 'organizer_uri', 'updated_at'])
    .where('uri', '=', uri),
)

/**
 * Returns a revision of a café of another server as a date of the series that it names, and keeps what it states of
 * that, if no later one has. A series that is another organizer's is none: who has its first café puts cafés into it.
 * @param current - The café until now.
 */
export async function placeInSeries(
  trx: Database,
  cafe: Cafe,
  { ofSeries, current }: { ofSeries: DateOfSeries | undefined; current: Cafe | undefined },
): Promise<Cafe> {
  if (!ofSeries) return cafe
  const { uri, recurrence } = ofSeries
  const { organizer, timezone, updatedAt } = cafe
  const [known] = (await selectPeers(trx, { uri })).rows
  if (known && known.organizer_uri !== organizer.uri && current?.series !== uri) return cafe
  const at = toInstantText(updatedAt)
  const dated = { ...cafe, series: uri }
  if (known && known.updated_at > at) return dated
  const kept = recurrence ? JSON.stringify(recurrence) : (known?.recurrence ?? null)
  const row = { organizer_uri: organizer.uri, recurrence: kept, timezone, updated_at: at }
  await trx
    .insertInto('peer_series')
    .values({ uri, ...row })
    .onConflict((oc) => oc.column('uri').doUpdateSet(row))
    .execute()
  return dated
}

/** Deletes what was said of the series of other servers of which no café is left. */
export async function deleteSeriesWithoutDates(db: Database): Promise<void> {
  await db
    .deleteFrom('peer_series')
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('cafe').select('cafe.id').whereRef('cafe.series', '=', 'peer_series.uri'),
        ),
      ),
    )
    .execute()
}
