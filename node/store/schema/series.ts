import type { Generated } from 'kysely'
import { isOpenEnded, type Recurrence } from '../../domain/series/recurrence.ts'
import type {
  OwnFields,
  Series,
  SeriesContent,
  SeriesDate,
  SeriesSource,
} from '../../domain/series/series.ts'
import { choice, describe, instant, json, named, optional, type RowOf, text } from './table.ts'

/** The tables of series. */
export interface SeriesTables {
  series: SeriesTable
  series_date: RowOf<typeof SERIES_DATE>
  peer_series: {
    uri: string
    organizer_uri: string
    recurrence: string | null
    timezone: string
    updated_at: string
  }
}

/** The columns of a series of ours, but the day of its next date. */
export const SERIES = describe<Series>()(
  {
    id: text,
    uri: text,
    organizationId: text,
    source: {
      prefix: '',
      presentIf: 'uid',
      fields: { uid: text, calendarId: optional(text), said: json<SeriesSource['said']>() },
    },
    announcedUnder: optional(text),
    publication: choice<Series['publication']>(),
    content: json<SeriesContent>(),
    recurrence: json<Recurrence>(),
    timezone: text,
    updatedAt: instant,
  },
  {
    venue_id: ({ content }: Series) => content.venue?.id ?? null,
    media_id: ({ content }: Series) => content.image?.mediaId ?? null,
    open_ended: ({ recurrence }: Series) => (isOpenEnded(recurrence) ? 1 : 0),
  },
)

interface SeriesTable extends RowOf<typeof SERIES> {
  next_on: Generated<string | null>
}

/** The columns of a date of a series. */
export const SERIES_DATE = describe<SeriesDate>()({
  seriesId: text,
  date: text,
  cafeId: optional(text),
  own: named('own_fields', json<OwnFields>()),
})
