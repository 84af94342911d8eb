import { messagesFor } from '../../../ui/locales/messages.ts'
import { paths } from '../../../ui/paths.ts'
import type { Context } from '../../context.ts'
import { CAFE_COLUMNS } from '../../formats/csv/cafe-columns.ts'
import { csvParts } from '../../formats/csv/write.ts'
import { icalendarParts } from '../../formats/icalendar/parts.ts'
import { atomParts, jsonFeedParts } from '../../formats/web/feed-parts.ts'
import { geoJsonParts } from '../../formats/web/geojson.ts'
import { openAgendaParts } from '../../formats/web/open-agenda.ts'
import { jsonItems } from '../../formats/web/parts.ts'
import { schemaGraphParts } from '../../formats/web/schema-org.ts'
import { signedLines } from '../../store/cafes/cafe-documents.ts'
import type { FoundCafe } from '../../store/search/search.ts'
import { toCafesJson } from '../api/cafes/cafes.ts'
import type { Writer } from '../cafes/write-cafes.ts'
import { describeSite } from '../http/site.ts'

/** The file's own address, the title of the search (undefined for all cafés), and the path of its page. */
type ExportAbout = { address: string; title: string | undefined; page: string }

export type ExportFormat = {
  contentType: string
  headers?: Record<string, string>
  /** The path of the description of its columns. */
  schema?: string
  /** Makes the writer; `first` are the cafés with which the file begins, and all of them where it is `paged`. */
  writer: (
    context: Context,
    about: ExportAbout,
    first: readonly FoundCafe[],
  ) => Writer | Promise<Writer>
  /** Whether it continues at another address where this one ends: a feed reader wants the next cafés, not all. */
  paged?: true
}

/** The formats of a search's file, by their name. */
export const EXPORTS: Record<string, ExportFormat> = {
  'cafes.ics': {
    contentType: 'text/calendar; charset=utf-8',
    writer: async (context, { address, title }) => {
      const { name } = await describeSite(context)
      return icalendarParts({ name: title ? `${title} – ${name}` : name, url: address })
    },
  },
  'cafes.csv': {
    contentType: 'text/csv; charset=utf-8',
    schema: paths.exportSchema,
    writer: () => csvParts(CAFE_COLUMNS),
  },
  'cafes.geojson': { contentType: 'application/geo+json', writer: () => geoJsonParts() },
  'cafes.jsonld': {
    contentType: 'application/ld+json',
    writer: () => schemaGraphParts(),
  },
  'cafes.json': {
    contentType: 'application/json',
    writer: (context) => ({
      head: '{"items":[\n',
      part: async (cafes, index) => jsonItems(await toCafesJson(context, cafes), index),
      foot: () => '\n]}\n',
    }),
  },
  'cafes.atom': {
    contentType: 'application/atom+xml; charset=utf-8',
    writer: feedWriter(atomParts),
    paged: true,
  },
  'feed.json': {
    contentType: 'application/feed+json; charset=utf-8',
    writer: feedWriter(jsonFeedParts),
    paged: true,
  },
  /**
   * The signed originals, as they were received. They are a stranger's bytes, so no browser may make a page of them.
   */
  'cafes.ndjson': {
    contentType: 'application/x-ndjson',
    headers: { 'Content-Security-Policy': 'sandbox' },
    writer: ({ db }) => ({
      head: '',
      part: (cafes) =>
        signedLines(
          db,
          cafes.map(({ uri }) => uri),
        ),
      foot: () => '',
    }),
  },
  'openagenda.json': { contentType: 'application/json', writer: () => openAgendaParts() },
}

function feedWriter(partsOf: typeof atomParts): ExportFormat['writer'] {
  return async (context, { address, title: search, page }, cafes) => {
    const { name, lang, origin } = await describeSite(context)
    const { title, description } = messagesFor(lang).follow.feed
    return partsOf(cafes, {
      name: search ? `${search} – ${name}` : title(name),
      author: name,
      description,
      page: origin + page,
      url: address,
      now: context.now(),
    })
  }
}
