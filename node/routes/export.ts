import { Hono, type Context as HonoContext } from 'hono'
import { stringsFor } from '../../ui/strings.ts'
import type { Context } from '../context.ts'
import { toCsv } from '../formats/csv.ts'
import { toAtom } from '../formats/feeds.ts'
import { toICalendar } from '../formats/icalendar.ts'
import { toSchemaGraph } from '../formats/schema-org.ts'
import { listDocuments } from '../store/documents.ts'
import { type CafeQuery, type FoundCafe, searchCafes } from '../store/search.ts'
import { readCursor } from '../store/search-cursor.ts'
import { openReads, publicText } from './api/answers.ts'
import { toCafesJson } from './api/cafes.ts'
import { readExportSearch } from './api/export-search.ts'
import { refuse } from './api/problems.ts'
import { createRequestLimits } from './api/request-limits.ts'
import { findSite } from './site.ts'

/** As much as one file holds; `Link: rel=next` leads to the rest. */
const CAFES_MAX = 1000
const PAGE_SIZE = 100

type Export = { body: string; contentType: string; headers?: Record<string, string> }

const EXPORTS: Record<
  string,
  (context: Context, cafes: FoundCafe[], address: string) => Promise<Export>
> = {
  ics: async (context, cafes, address) => ({
    body: toICalendar(cafes, { name: (await findSite(context)).name, url: address }),
    contentType: 'text/calendar; charset=utf-8',
  }),
  csv: async (_, cafes) => ({ body: toCsv(cafes), contentType: 'text/csv; charset=utf-8' }),
  atom: async (context, cafes, address) => {
    const { name, lang, origin } = await findSite(context)
    const { title, description } = stringsFor(lang).feed
    const about = { name: title(name), author: name, description, page: `${origin}/`, url: address }
    return {
      body: toAtom(cafes, { ...about, now: context.now() }),
      contentType: 'application/atom+xml; charset=utf-8',
    }
  },
  jsonld: async (_, cafes) => ({
    body: JSON.stringify(toSchemaGraph(cafes)),
    contentType: 'application/ld+json',
  }),
  json: async (context, cafes) => ({
    body: JSON.stringify({ items: await toCafesJson(context, cafes) }),
    contentType: 'application/json',
  }),
  /** The signed originals, as they were received: a stranger's bytes, so that no browser may make a page of them. */
  ndjson: async ({ db }, cafes) => ({
    body: await signedLines(db, cafes),
    contentType: 'application/x-ndjson',
    headers: { 'Content-Security-Policy': 'sandbox' },
  }),
}

/** Any search as a file, to be mounted at `/export`. */
export const exportRoutes = (context: Context) => {
  const limits = createRequestLimits(context.config)
  return new Hono().use(openReads).get('/:file{cafes\\.[a-z]+}', async (c) => {
    const format = c.req.param('file').slice('cafes.'.length)
    const make = Object.hasOwn(EXPORTS, format) ? EXPORTS[format] : undefined
    if (!make) return refuse(c, context.config, { type: 'not-found' })
    const tooMany = await limits.spend(c, 'export', limits.whoAsks(c))
    if (tooMany) return tooMany
    const read = readExportSearch(c, context.now())
    if ('problems' in read)
      return refuse(c, context.config, { type: 'bad-request', problems: read.problems })
    const { cafes, next } = await findAll(context, read.query)
    const { body, contentType, headers } = await make(context, cafes, addressOf(c, context))
    return publicText(c, body, contentType, {
      'Content-Disposition': `attachment; filename="cafes.${format}"`,
      'X-Content-Type-Options': 'nosniff',
      ...headers,
      ...(next && { Link: `<${addressOf(c, context, next)}>; rel="next"` }),
    })
  })
}

async function findAll(
  { db }: Context,
  query: CafeQuery,
): Promise<{ cafes: FoundCafe[]; next: string | undefined }> {
  const order = query.order ?? 'date'
  const cafes: FoundCafe[] = []
  let { cursor } = query
  let next: string | undefined
  do {
    const page = await searchCafes(db, { ...query, limit: PAGE_SIZE, cursor })
    cafes.push(...page.items)
    next = page.next
    cursor = next === undefined ? undefined : readCursor(next, order)
  } while (cursor && cafes.length < CAFES_MAX)
  return { cafes, next }
}

async function signedLines(db: Context['db'], cafes: readonly FoundCafe[]): Promise<string> {
  const documents = await listDocuments(
    db,
    cafes.map(({ uri }) => uri),
  )
  return documents.map((body) => `${toOneLine(body)}\n`).join('')
}

/** JSON holds line breaks only between its words: a text that came on several lines says the same on one. */
const toOneLine = (body: string): string => body.replace(/[\r\n]+/g, ' ')

function addressOf(c: HonoContext, { config }: Context, cursor?: string): string {
  const { pathname, searchParams } = new URL(c.req.url)
  if (cursor) searchParams.set('cursor', cursor)
  const search = searchParams.toString()
  return `${config.origin}${pathname}${search && `?${search}`}`
}
