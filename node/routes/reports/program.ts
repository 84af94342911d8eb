import { Hono, type Context as HonoContext } from 'hono'
import type { Context } from '../../context.ts'
import type { Cafe } from '../../domain/cafes/cafe.ts'
import { ReportInput, readReportInput } from '../../domain/reports/report-input.ts'
import { findTombstone, findTombstoneOfPage } from '../../store/directory/deletions.ts'
import { deleteFilesOf } from '../../store/files/media-storage.ts'
import { deleteOwnReport, saveOwnReport } from '../../store/reports/own-reports.ts'
import { findReport } from '../../store/reports/reports.ts'
import { findPublicReport } from '../../store/reports/shown-reports.ts'
import { findPublicCafe } from '../../store/search/search.ts'
import { type ApiEnv, requireOwn, requireWriter } from '../api/access.ts'
import { privateJson, publicJson, revisionTag } from '../api/answers.ts'
import { findUnknownReportFields } from '../api/bodies.ts'
import { adminOf, writeJson } from '../api/cafes/cafe-writes.ts'
import { findOwn } from '../api/cafes/cafes.ts'
import { type Admin, findOwnCafe, refuseInvalid } from '../api/cafes/write-cafe.ts'
import {
  CAFE_ID,
  describeRead,
  describeSchema,
  describeWrite,
  IF_MATCH,
  jsonOf,
  refusals,
  TAGGED,
} from '../api/documentation.ts'
import { refuse } from '../api/problems.ts'
import type { RequestLimits } from '../api/request-limits.ts'
import { hasDryRun, jsonAnswer, type WriteScope, type Written, write } from '../api/writes.ts'
import { hasTag } from '../http/answers.ts'
import { ReportJson, toOwnReportJson, toReportJson } from './report-json.ts'

const READ = describeRead({
  id: 'getReport',
  summary: 'What was told of a café after it took place',
  description:
    'The number, the questions and what its team shows to everybody; with the token of its structure, all of it. 404 where nothing is told.',
  parameters: [CAFE_ID],
  scope: 'cafes',
  responses: { 200: jsonOf(ReportJson, 'The report'), ...refusals(404, 410) },
})

const PUT = describeWrite({
  id: 'putReport',
  scope: 'cafes',
  summary: 'Tell how many came to a café of yours, which questions came up, and what comes next',
  description:
    'In place of what was told before; the photo stays. From the beginning of the café until 30 days after it. The number and the questions are public.',
  parameters: [CAFE_ID, IF_MATCH],
  body: {
    required: true,
    description:
      'A `Report` of this address may be sent back: its read-only fields are passed over, a field that does not exist is refused.',
    content: {
      'application/json': { schema: describeSchema(ReportInput.meta({ id: 'ReportInput' })) },
    },
  },
  responses: {
    200: jsonOf(ReportJson, 'The whole report', TAGGED),
    ...refusals(400, 401, 404, 409, 410, 412, 413, 415, 422),
  },
})

const DELETE = describeWrite({
  id: 'deleteReport',
  scope: 'cafes',
  summary: 'Delete what was told of a café for ever, with its photo',
  parameters: [CAFE_ID, IF_MATCH],
  responses: { 204: { description: 'Deleted' }, ...refusals(400, 401, 404, 410, 412) },
})

/** The routes by which everybody reads what was told of a café, and a program of its structure tells it. */
export const reportWrites = (context: Context, limits: RequestLimits) => {
  const gate = requireWriter(context, limits, { scope: 'cafes' })
  const own = requireOwn(context, 'cafe')
  return new Hono<ApiEnv>()
    .get('/cafes/:id/report', READ, (c) => read(c, context))
    .put('/cafes/:id/report', PUT, gate, own, (c) =>
      writeJson(
        c,
        context,
        (scope, admin, body) => saveFromBody(scope, admin, { id: c.req.param('id'), body }),
        { lines: LINES },
      ),
    )
    .delete('/cafes/:id/report', DELETE, gate, own, (c) => remove(c, context))
}

/** The fields whose line breaks are kept; a question is made one line in any case. */
const LINES = new Set(['text', 'next'])

type Asked = HonoContext<ApiEnv>

async function read(c: Asked, context: Context): Promise<Response> {
  const { db, config } = context
  const id = c.req.param('id') ?? ''
  const key = id.includes('/') ? { uri: id } : { id }
  const own = await findOwn(c, context, key)
  if (own) {
    const report = await findReport(db, own.id)
    if (!report) return refuse(c, config, { type: 'not-found' })
    return privateJson(c, toOwnReportJson(report, own), 200, { ETag: revisionTag(report) })
  }
  const cafe = await findPublicCafe(db, key)
  const report = cafe && (await findPublicReport(db, cafe))
  if (report) return publicJson(c, toReportJson(report, cafe))
  const tombstone =
    cafe ??
    ('uri' in key
      ? await findTombstone(db, key.uri)
      : await findTombstoneOfPage(db, { id, origin: config.origin }))
  return refuse(c, config, { type: cafe || !tombstone ? 'not-found' : 'gone' })
}

type Found = { cafe: Cafe; report: Awaited<ReturnType<typeof findReport>> }

/** Finds a café of the structure with what was told of it, in the revision that the program read. */
async function findOwnReport(
  { trx, ifMatch }: WriteScope,
  admin: Admin,
  id: string,
): Promise<({ refusal?: never } & Found) | Extract<Written, { answer?: never }>> {
  const found = await findOwnCafe({ trx }, admin, { id })
  if (found.refusal) return found
  const report = await findReport(trx, found.cafe.id)
  if (ifMatch !== undefined && !(report && hasTag(ifMatch, revisionTag(report))))
    return { refusal: { type: 'precondition-failed' } }
  return { cafe: found.cafe, report }
}

async function saveFromBody(
  scope: WriteScope,
  admin: Admin,
  { id, body }: { id: string; body: unknown },
): Promise<Written> {
  const found = await findOwnReport(scope, admin, id)
  if (found.refusal) return found
  const read = readReportInput(body)
  const problems = [...(read.problems ?? []), ...findUnknownReportFields(body, ReportJson)]
  if (read.problems || problems.length > 0) return refuseInvalid(problems)
  const { cafe } = found
  const { trx, now } = scope
  const told = { cafeId: cafe.id, told: read.input, seen: undefined, by: admin.by }
  const saved = await saveOwnReport(trx, told, now)
  if (saved.outcome === 'refused' && saved.refusal !== 'gone')
    return { refusal: { type: 'conflict', conflict: `report-${saved.refusal}` } }
  if (saved.outcome !== 'saved') return { refusal: { type: 'not-found' } }
  const json = toOwnReportJson(saved.report, cafe)
  if (scope.isDryRun) return { answer: jsonAnswer(200, { ...json, dryRun: true }) }
  return { answer: jsonAnswer(200, json, { etag: revisionTag(saved.report) }) }
}

/** The files of its photo are deleted after the rest, since no transaction brings a file back. */
async function remove(c: Asked, context: Context): Promise<Response> {
  const { db, config } = context
  let picture: string | undefined
  const answer = await write(c, context, '', async (scope): Promise<Written> => {
    const admin = adminOf(c, context)
    const found = await findOwnReport(scope, admin, c.req.param('id') ?? '')
    if (found.refusal) return found
    const { cafe, report } = found
    if (!report) return { refusal: { type: 'not-found' } }
    await deleteOwnReport(scope.trx, { cafeId: cafe.id, by: admin.by }, scope.now)
    picture = report.picture
    return { answer: jsonAnswer(204, undefined) }
  })
  if (picture && answer.status === 204 && !hasDryRun(c))
    await deleteFilesOf({ db, config }, picture)
  return answer
}
