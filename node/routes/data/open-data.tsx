import { Readable } from 'node:stream'
import { Hono, type Context as HonoContext } from 'hono'
import { OpenDataPage } from '../../../ui/data/open-data-page.tsx'
import { messagesFor, refusalText } from '../../../ui/locales/messages.ts'
import { paths } from '../../../ui/paths.ts'
import type { Context } from '../../context.ts'
import {
  isOpenDataName,
  isStale,
  OPEN_DATA_FILES,
  type OpenDataName,
} from '../../domain/territories/open-data.ts'
import { OPEN_DATA_COLUMNS } from '../../formats/csv/cafe-columns.ts'
import { exampleCafes } from '../../formats/csv/table-example.ts'
import { cafesDataPackage, cafesTableSchema } from '../../formats/csv/table-schema.ts'
import { csvParts } from '../../formats/csv/write.ts'
import {
  findOpenData,
  isOpenDataWanted,
  openOpenDataFile,
  requestOpenData,
} from '../../store/files/open-data.ts'
import { hasTag, openReads, publicText } from '../http/answers.ts'
import { readRange } from '../http/byte-range.ts'
import { compressWhenAsked } from '../http/compression.ts'
import { languageOf } from '../http/language.ts'
import { findSite } from '../http/site.ts'
import { findAdmin, type WebEnv } from '../workspaces/access.ts'

/** The files of open data and their descriptions. They are made at night; a page never waits for them. */
export const openDataRoutes = (context: Context) => {
  const { config } = context
  const where = {
    origin: config.origin,
    schema: config.origin + paths.tableSchema,
    example: config.origin + paths.tableExample,
  }
  return new Hono<WebEnv>()
    .get('/donnees', (c) => c.redirect(paths.openData, 301))
    .get(paths.openData, async (c) => {
      const site = await findSite(context, c)
      return c.html(
        <OpenDataPage
          site={site}
          data={await findOrWant(context)}
          columns={OPEN_DATA_COLUMNS}
          signedIn={(await findAdmin(c, context)) !== undefined}
        />,
      )
    })
    .use(`${paths.openData}/*`, openReads)
    .use('/donnees-ouvertes/:name', compressWhenAsked)
    .get(paths.tableSchema, (c) =>
      publicText(c, JSON.stringify(cafesTableSchema(where), undefined, 2), 'application/json'),
    )
    .get(paths.tableExample, (c) => {
      const { head, part, foot } = csvParts(OPEN_DATA_COLUMNS)
      return publicText(c, head + part(exampleCafes(), 0) + foot(), 'text/csv; charset=utf-8')
    })
    .get(paths.dataPackage, async (c) => {
      const data = await findOrWant(context)
      if (!data) return preparing(c)
      const titles = messagesFor('fr').data.open.what
      const files = data.files.map((file) => ({
        ...file,
        mediaType: mediaTypeOf(file.name),
        title: titles[file.name],
      }))
      const described = cafesDataPackage(where, { createdAt: data.createdAt, files })
      return publicText(c, JSON.stringify(described, undefined, 2), 'application/json')
    })
    .get('/donnees-ouvertes/:name', async (c) => {
      const name = c.req.param('name')
      if (!isOpenDataName(name)) return c.notFound()
      return (await sendFile(c, context, name)) ?? preparing(c)
    })
}

/** Seconds after which files that are being made may be there. */
const RETRY_SECONDS = '30'

const preparing = (c: HonoContext): Response =>
  c.text(`${refusalText('data.files_in_preparation', languageOf(c))}\n`, 503, {
    'Retry-After': RETRY_SECONDS,
    'Cache-Control': 'no-store',
  })

/** Finds the current files. Where there are none, or a night was missed, they are requested, once for all readers. */
async function findOrWant(context: Context) {
  const { db, now, wake } = context
  const data = await findOpenData(context)
  const isEnough = data && !isStale(data, now())
  if (!isEnough && !(await isOpenDataWanted(db, data))) {
    await requestOpenData(db, now())
    wake()
  }
  return data
}

/** Sends the file or the part of it that was asked for, as fast as the caller reads it (RFC 9110 §13, §14). */
async function sendFile(
  c: HonoContext<WebEnv>,
  context: Context,
  name: OpenDataName,
): Promise<Response | undefined> {
  if (!(await findOrWant(context))) return undefined
  const file = await openOpenDataFile(context, name)
  if (!file) return undefined
  const etag = `"${file.sha256}"`
  const headers: Record<string, string> = {
    ETag: etag,
    'Last-Modified': new Date(file.createdAt.epochMilliseconds).toUTCString(),
    'Cache-Control': 'public, max-age=300, must-revalidate',
    'Accept-Ranges': 'bytes',
    'Content-Type': mediaTypeOf(name),
    'Content-Disposition': `attachment; filename="${name}"`,
    'Content-Security-Policy': 'sandbox',
  }
  const isKnown = hasTag(c.req.header('If-None-Match'), etag)
  const condition = c.req.header('If-Range')
  const isSame = condition === undefined || condition === etag
  const range = isSame ? readRange(c.req.header('Range'), file.bytes) : undefined
  if (isKnown || range === 'unsatisfiable' || c.req.method === 'HEAD') {
    await file.close()
    if (isKnown) return c.body(null, 304, headers)
    if (range === 'unsatisfiable')
      return c.body(null, 416, { ...headers, 'Content-Range': `bytes */${file.bytes}` })
    return c.body(null, 200, { ...headers, 'Content-Length': String(file.bytes) })
  }
  const { start, end } = range ?? { start: 0, end: file.bytes - 1 }
  const part = range && { 'Content-Range': `bytes ${start}-${end}/${file.bytes}` }
  const stream = file.stream(start, end)
  return c.body(Readable.toWeb(stream) as ReadableStream, range ? 206 : 200, {
    ...headers,
    ...part,
    'Content-Length': String(end - start + 1),
  })
}

const mediaTypeOf = (wanted: OpenDataName): string =>
  OPEN_DATA_FILES.find(({ name }) => name === wanted)?.mediaType ?? 'application/octet-stream'
