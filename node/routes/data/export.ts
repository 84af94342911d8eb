import { Hono, type Context as HonoContext } from 'hono'
import { paths } from '../../../ui/paths.ts'
import type { Context } from '../../context.ts'
import { sizeOf } from '../../domain/cafes/cafe-size.ts'
import { DomainError } from '../../domain/values/errors.ts'
import { CAFE_COLUMNS } from '../../formats/csv/cafe-columns.ts'
import { cafesTableSchema } from '../../formats/csv/table-schema.ts'
import type { CafeQuery } from '../../store/search/cafe-query.ts'
import type { FoundCafe } from '../../store/search/search.ts'
import { type SearchedPage, searchPages } from '../../store/search/search-pages.ts'
import { runAsLongWork } from '../../turns/turns.ts'
import { refuse } from '../api/problems.ts'
import { createRequestLimits } from '../api/request-limits.ts'
import { findUnknownSearchParameters, readExportSearch } from '../api/search/export-search.ts'
import { writeChunks, writeWhole } from '../cafes/write-cafes.ts'
import { bytesFor, COME_BACK_S, openReads, publicText, takeMemory } from '../http/answers.ts'
import { compressWhenAsked } from '../http/compression.ts'
import { createPacedStream } from '../http/paced-stream.ts'
import { describeExport } from './export-title.ts'
import { EXPORTS, type ExportFormat } from './export-writers.ts'

/** Limits in cafés and characters. */
type Bounds = { cafes: number; size: number }

/** An export within these bounds is no more work than a search page, and waits for no long one. */
const SHORT: Bounds = { cafes: 100, size: 256 * 1024 }

/** The amount that is gathered before it is sent, so that it has an entity tag; a longer file is streamed. */
const GATHERED: Bounds = { cafes: 1000, size: 1024 ** 2 }

/** The routes that give any search as a file, mounted at `/export`. */
export const exportRoutes = (context: Context) => {
  const limits = createRequestLimits(context)
  return new Hono()
    .use(openReads)
    .use(compressWhenAsked)
    .get('/schema.json', (c) => {
      const { origin } = context.config
      const schema = cafesTableSchema({ origin, schema: origin + paths.exportSchema }, CAFE_COLUMNS)
      return publicText(c, JSON.stringify(schema, undefined, 2), 'application/json')
    })
    .get('/:file{[a-z]+\\.[a-z]+}', async (c) => {
      const file = c.req.param('file')
      const format = Object.hasOwn(EXPORTS, file) ? EXPORTS[file] : undefined
      if (!format) return refuse(c, context.config, { type: 'not-found' })
      const tooMany = await limits.spend(c, 'export', limits.whoAsks(c))
      if (tooMany) return refuseForNow(c, context, tooMany.headers.get('Retry-After'))
      const read = readExportSearch(c, context.now())
      const problems = [
        ...findUnknownSearchParameters(c.req.queries()),
        ...('problems' in read ? read.problems : []),
      ]
      if (problems.length > 0 || 'problems' in read)
        return refuse(c, context.config, { type: 'bad-request', problems })
      const asked = { file, format, query: read.query }
      if (!(await takeMemory(c, context.config, bytesFor(SHORT.size))))
        return refuseForNow(c, context)
      const short = await writeShort(c, context, asked)
      if (short) return short
      if (!(await takeMemory(c, context.config, bytesFor(GATHERED.size))))
        return refuseForNow(c, context)
      return runAsLongWork(() => writeExport(c, context, asked))
    })
}

type Asked = { file: string; format: ExportFormat }

/**
 * Writes a short file; undefined for a longer one, which is read again once there is memory. It is a function of its own,
 * since a function that waits keeps all of its variables.
 */
async function writeShort(
  c: HonoContext,
  context: Context,
  { query, ...asked }: Asked & { query: CafeQuery },
): Promise<Response | undefined> {
  const short = await gather(searchPages(context.db, query), SHORT)
  return short.next === undefined ? writeGathered(c, context, asked, short) : undefined
}

/** Writes the file, whole or as a stream. */
async function writeExport(
  c: HonoContext,
  context: Context,
  { query, ...asked }: Asked & { query: CafeQuery },
): Promise<Response> {
  const pages = searchPages(context.db, query)
  const gathered = await gather(pages, GATHERED)
  const { format } = asked
  if (!gathered.next || format.paged) return writeGathered(c, context, asked, gathered)
  const streamed = {
    'Content-Type': format.contentType,
    'Cache-Control': 'no-store',
    ...headersOf(asked, context),
  }
  // The body of an answer to HEAD would never be read.
  if (c.req.method === 'HEAD') return c.body(null, 200, streamed)
  const writer = await format.writer(context, aboutFile(c, context), gathered.cafes)
  const body = createPacedStream(writeChunks(writer, allPages(gathered.cafes, pages)))
  return c.body(body, 200, streamed)
}

/** Answers with the file of these cafés, and where it continues. */
async function writeGathered(
  c: HonoContext,
  context: Context,
  asked: Asked,
  { cafes, next }: SearchedPage,
): Promise<Response> {
  const { format } = asked
  const writer = await format.writer(context, aboutFile(c, context), cafes)
  const body = await writeWhole(writer, cafes)
  const link = next && { Link: `<${addressOfFile(c, context, next)}>; rel="next"` }
  return publicText(c, body, format.contentType, { ...headersOf(asked, context), ...link })
}

const headersOf = ({ file, format }: Asked, { config }: Context) => ({
  'Content-Disposition': `attachment; filename="${file}"`,
  ...(format.schema && { Link: `<${config.origin}${format.schema}>; rel="describedby"` }),
  'X-Content-Type-Options': 'nosniff',
  ...format.headers,
})

const aboutFile = (c: HonoContext, context: Context) => ({
  address: addressOfFile(c, context),
  ...describeExport(c, context.now()),
})

/**
 * Refuses an export for now: to a network that has asked for too many within a minute, or to anybody while there is no
 * memory. `Retry-After` says when to come back (RFC 9110 §10.2.3), in seconds; a browser gets a page.
 */
function refuseForNow(c: HonoContext, { config }: Context, limited?: string | null): Response {
  const isLimit = limited !== undefined
  const seconds = limited ?? COME_BACK_S
  const later = { 'Retry-After': seconds }
  if (!/\btext\/html\b/.test(c.req.header('Accept') ?? ''))
    return refuse(c, config, { type: isLimit ? 'too-many-requests' : 'busy' }, later)
  c.header('Retry-After', seconds)
  c.header('Cache-Control', 'no-store')
  const minutes = Math.ceil(Number(seconds) / 60)
  const refusal = { key: 'data.exports_busy', params: { minutes } } as const
  throw new DomainError(isLimit ? 'too_many' : 'busy', refusal)
}

/** Gathers the first pages, and tells whether more follow. */
async function gather(pages: AsyncGenerator<SearchedPage>, most: Bounds): Promise<SearchedPage> {
  const cafes: FoundCafe[] = []
  let size = 0
  let next: string | undefined
  do {
    const page = await pages.next()
    if (page.done) return { cafes, next: undefined }
    cafes.push(...page.value.cafes)
    for (const cafe of page.value.cafes) size += sizeOf(cafe)
    next = page.value.next
  } while (next && cafes.length < most.cafes && size < most.size)
  return { cafes, next }
}

async function* allPages(
  first: FoundCafe[],
  pages: AsyncGenerator<SearchedPage>,
): AsyncGenerator<FoundCafe[]> {
  yield first
  for await (const { cafes } of pages) yield cafes
}

function addressOfFile(c: HonoContext, { config }: Context, cursor?: string): string {
  const { pathname, searchParams } = new URL(c.req.url)
  if (cursor) searchParams.set('cursor', cursor)
  const search = searchParams.toString()
  return `${config.origin}${pathname}${search && `?${search}`}`
}
