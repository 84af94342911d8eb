import { Hono, type Context as HonoContext } from 'hono'
import type { Context } from '../context.ts'
import type { FoundCafe } from '../store/search.ts'
import { type SearchedPage, searchPages } from '../store/search-pages.ts'
import { openReads, publicText } from './api/answers.ts'
import { readExportSearch } from './api/export-search.ts'
import { refuse } from './api/problems.ts'
import { createRequestLimits } from './api/request-limits.ts'
import { describeExport } from './export-title.ts'
import { EXPORTS, type Writer } from './export-writers.ts'

/** What is gathered before it is sent, to be given with an entity tag; a longer file is sent as it is read. */
const GATHERED = 1000

/** Any search as a file, to be mounted at `/export`. */
export const exportRoutes = (context: Context) => {
  const limits = createRequestLimits(context.config)
  return new Hono().use(openReads).get('/:file{[a-z]+\\.[a-z]+}', async (c) => {
    const file = c.req.param('file')
    const format = Object.hasOwn(EXPORTS, file) ? EXPORTS[file] : undefined
    if (!format) return refuse(c, context.config, { type: 'not-found' })
    const tooMany = await limits.spend(c, 'export', limits.whoAsks(c))
    if (tooMany) return tooMany
    const read = readExportSearch(c, context.now())
    if ('problems' in read)
      return refuse(c, context.config, { type: 'bad-request', problems: read.problems })
    const pages = searchPages(context.db, read.query)
    const { cafes, next } = await gather(pages)
    const writer = await format.writer(context, {
      address: addressOf(c, context),
      ...describeExport(c, context.now()),
    })
    const headers = {
      'Content-Disposition': `attachment; filename="${file}"`,
      'X-Content-Type-Options': 'nosniff',
      ...format.headers,
    }
    if (next && !format.paged)
      return c.body(toStream(writeAll(writer, cafes, pages)), 200, {
        'Content-Type': format.contentType,
        'Cache-Control': 'no-store',
        ...headers,
      })
    const body = writer.head + (await writer.part(cafes, 0)) + writer.foot()
    const link = next && { Link: `<${addressOf(c, context, next)}>; rel="next"` }
    return publicText(c, body, format.contentType, { ...headers, ...link })
  })
}

/** The first pages, and whether more follow. */
async function gather(pages: AsyncGenerator<SearchedPage>): Promise<SearchedPage> {
  const cafes: FoundCafe[] = []
  let next: string | undefined
  do {
    const page = await pages.next()
    if (page.done) return { cafes, next: undefined }
    cafes.push(...page.value.cafes)
    next = page.value.next
  } while (next && cafes.length < GATHERED)
  return { cafes, next }
}

async function* writeAll(
  writer: Writer,
  first: FoundCafe[],
  pages: AsyncGenerator<SearchedPage>,
): AsyncGenerator<string> {
  yield writer.head + (await writer.part(first, 0))
  let written = first.length
  for await (const { cafes } of pages) {
    yield await writer.part(cafes, written)
    written += cafes.length
  }
  yield writer.foot()
}

/** Read from as fast as the caller takes it, and no faster. */
function toStream(texts: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  return new ReadableStream({
    pull: async (controller) => {
      // A pull that gives nothing is not called again.
      for (;;) {
        const { done, value } = await texts.next()
        if (done) return controller.close()
        if (value !== '') return controller.enqueue(encoder.encode(value))
      }
    },
    cancel: async () => {
      await texts.return(undefined)
    },
  })
}

function addressOf(c: HonoContext, { config }: Context, cursor?: string): string {
  const { pathname, searchParams } = new URL(c.req.url)
  if (cursor) searchParams.set('cursor', cursor)
  const search = searchParams.toString()
  return `${config.origin}${pathname}${search && `?${search}`}`
}
