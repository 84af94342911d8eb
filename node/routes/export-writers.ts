import { stringsFor } from '../../ui/strings.ts'
import type { Context } from '../context.ts'
import { CAFE_COLUMNS } from '../formats/cafe-columns.ts'
import { csvParts } from '../formats/csv.ts'
import { toAtom, toJsonFeed } from '../formats/feeds.ts'
import { geoJsonParts } from '../formats/geojson.ts'
import { icalendarParts } from '../formats/icalendar-parts.ts'
import { openAgendaParts } from '../formats/open-agenda.ts'
import { jsonItems } from '../formats/parts.ts'
import { schemaGraphParts } from '../formats/schema-org.ts'
import { signedLines } from '../store/cafe-documents.ts'
import type { FoundCafe } from '../store/search.ts'
import { toCafesJson } from './api/cafes.ts'
import { describeSite } from './site.ts'

/** A file written a few cafés at a time. */
export type Writer = {
  head: string
  part: (cafes: FoundCafe[], index: number) => string | Promise<string>
  foot: () => string
}

/** Its own address, what the search is called (undefined for all cafés), and the path of its page. */
type ExportAbout = { address: string; title: string | undefined; page: string }

export type ExportFormat = {
  contentType: string
  headers?: Record<string, string>
  writer: (context: Context, about: ExportAbout) => Writer | Promise<Writer>
  /** Goes on at another address where this one ends: a feed reader wants the next ones, not all. */
  paged?: true
}

/** The files that any search can be had as, by their name. */
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
    writer: feedWriter(toAtom),
    paged: true,
  },
  'feed.json': {
    contentType: 'application/feed+json; charset=utf-8',
    writer: feedWriter(toJsonFeed),
    paged: true,
  },
  /** The signed originals, as they were received: a stranger's bytes, so that no browser may make a page of them. */
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

/** Its head says when it changed last, which only the cafés tell: all of it is its foot. */
function feedWriter(toFeed: typeof toAtom): ExportFormat['writer'] {
  return async (context, { address, title: search, page }) => {
    const { name, lang, origin } = await describeSite(context)
    const { title, description } = stringsFor(lang).feed
    const about = {
      name: search ? `${search} – ${name}` : title(name),
      author: name,
      description,
      page: origin + page,
      url: address,
    }
    const all: FoundCafe[] = []
    return {
      head: '',
      part: (cafes) => {
        all.push(...cafes)
        return ''
      },
      foot: () => toFeed(all, { ...about, now: context.now() }),
    }
  }
}
