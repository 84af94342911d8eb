import { Hono, type Context as HonoContext } from 'hono'
import { z } from 'zod'
import type { Context } from '../../../context.ts'
import { NOTE_MAX } from '../../../domain/cafes/status-change.ts'
import { endBefore } from '../../../domain/series/changes.ts'
import { findOpenDay } from '../../../domain/series/edit.ts'
import { MOST_SERIES_DATES } from '../../../domain/series/recurrence.ts'
import type { Series } from '../../../domain/series/series.ts'
import { deleteSeries } from '../../../store/series/edit-series.ts'
import { listLatestDates } from '../../../store/series/series.ts'
import { homeOf } from '../../series/series-home.ts'
import { type ApiEnv, requireOwn, requireWriter } from '../access.ts'
import { revisionTag } from '../answers.ts'
import { adminOf, writeJson } from '../cafes/cafe-writes.ts'
import { type Admin, refuseInvalid } from '../cafes/write-cafe.ts'
import {
  describeSchema,
  describeWrite,
  IF_MATCH,
  jsonOf,
  refusals,
  SERIES_BODY,
  TAGGED,
  TAGGED_AT,
} from '../documentation.ts'
import { type Refusal, toProblems } from '../problems.ts'
import type { RequestLimits } from '../request-limits.ts'
import { jsonAnswer, type WriteScope, type Written, write } from '../writes.ts'
import { SERIES_ID } from './series.ts'
import { OwnSeriesJson, toOwnSeriesJson } from './series-json.ts'
import {
  createSeriesFromBody,
  editSeriesOf,
  findOwnSeries,
  reviseSeriesFromBody,
  toWrittenSeries,
  type WrittenSeries,
} from './write-series.ts'

const Day = z.iso.date('not_a_date')

const FROM = {
  in: 'query' as const,
  name: 'from',
  description:
    'A day, `2027-02-01`: only the dates on it and after it. Without it, all that have not begun',
  schema: { type: 'string', format: 'date' },
}

const REVISED = {
  200: jsonOf(OwnSeriesJson, 'The whole series', TAGGED),
  ...refusals(400, 401, 404, 409, 412, 413, 415, 422),
}

const CREATE = describeWrite({
  id: 'createSeries',
  scope: 'cafes',
  summary: 'Announce a series: each of its dates is a café',
  description:
    'A series that ends has 400 dates at most, which are announced a year ahead; one without an end is announced some weeks ahead.',
  body: SERIES_BODY,
  responses: {
    201: jsonOf(OwnSeriesJson, 'The whole series, at the address of `Location`', TAGGED_AT),
    200: jsonOf(OwnSeriesJson, 'A dry run: the series as it would be'),
    ...refusals(400, 401, 409, 413, 415, 422),
  },
})

const UPDATE = describeWrite({
  id: 'updateSeries',
  scope: 'cafes',
  summary: 'Change a series, or its dates from a day on',
  description:
    'What has begun stays, and what was changed on one date alone. Without `recurrence`, only the hour of `startsAt` counts. Dates that are none any more are cancelled; where one near them is new, their café moves.',
  parameters: [SERIES_ID, FROM, IF_MATCH],
  body: SERIES_BODY,
  responses: REVISED,
})

const Cancellation = z.strictObject(
  {
    reason: z.string('invalid').max(NOTE_MAX, 'too_long').nullish(),
    from: Day.nullish().describe(
      'The first day that is cancelled; all that have not begun without it',
    ),
  },
  'invalid',
)

const CANCEL = describeWrite({
  id: 'cancelSeries',
  scope: 'cafes',
  summary: 'Cancel the dates of a series, which ends before them; they stay visible as cancelled',
  parameters: [SERIES_ID, IF_MATCH],
  body: {
    description: 'Why, in the words of the organiser, and from when; may be left out',
    content: { 'application/json': { schema: describeSchema(Cancellation) } },
  },
  responses: REVISED,
})

const DELETE = describeWrite({
  id: 'deleteSeries',
  scope: 'cafes',
  summary: 'Delete a series announced by mistake, with the cafés that have not begun',
  parameters: [SERIES_ID, FROM, IF_MATCH],
  responses: { 204: { description: 'Deleted' }, ...refusals(401, 404, 412, 422) },
})

/** The routes that write series: `PUT`, the cancellation and `DELETE` of all dates, or of those from a day on. */
export const seriesWrites = (context: Context, limits: RequestLimits) => {
  const gate = requireWriter(context, limits, { scope: 'cafes' })
  const own = requireOwn(context, 'series')
  return new Hono<ApiEnv>()
    .post('/series', CREATE, gate, (c) =>
      writeJson(
        c,
        context,
        async (scope, admin, body) =>
          toAnswer(await createSeriesFromBody(scope, admin, body), scope, admin),
        { namesStructure: true },
      ),
    )
    .put('/series/:id', UPDATE, gate, requireOwn(context, 'series', { isNamedInBody: true }), (c) =>
      writeJson(
        c,
        context,
        async (scope, admin, body) => {
          const asked = await findAsked(c, scope, admin)
          if (asked.refusal) return asked
          const { series: current, from } = asked
          return toAnswer(
            await reviseSeriesFromBody(scope, admin, { body, current, from }),
            scope,
            admin,
          )
        },
        { namesStructure: true },
      ),
    )
    .post('/series/:id/cancel', CANCEL, gate, own, (c) =>
      writeJson(c, context, async (scope, admin, body) => {
        const asked = await findAsked(c, scope, admin)
        if (asked.refusal) return asked
        const sent = Cancellation.safeParse(body ?? {})
        if (!sent.success) return refuseInvalid(toProblems(sent.error))
        const { reason, from } = sent.data
        const ended = await endSeries(scope, admin, asked.series, {
          ...{ from: from ?? undefined, reason: reason?.trim() || undefined },
          dropped: 'cancelled',
        })
        return toAnswer(ended, scope, admin)
      }),
    )
    .delete('/series/:id', DELETE, gate, own, (c) =>
      write(c, context, '', async (scope) => {
        const admin = adminOf(c, context)
        const asked = await findAsked(c, scope, admin)
        if (asked.refusal) return asked
        const { series, from } = asked
        const { refusal } =
          from === undefined
            ? await removeSeries(scope, admin, series)
            : await endSeries(scope, admin, series, { from, dropped: 'deleted' })
        return refusal ? { refusal } : { answer: jsonAnswer(204, undefined) }
      }),
    )
}

/** Finds the series that a request names, and the day from which on it is to be changed. */
async function findAsked(
  c: HonoContext<ApiEnv>,
  scope: WriteScope,
  admin: Admin,
): Promise<
  | { series: Series; from: string | undefined; refusal?: never }
  | { refusal: Refusal; series?: never }
> {
  const from = c.req.query('from')
  if (from !== undefined && !Day.safeParse(from).success)
    return refuseInvalid([{ field: 'from', code: 'not_a_date' }])
  const found = await findOwnSeries(scope, admin, c.req.param('id') ?? '')
  return found.refusal ? found : { series: found.series, from }
}

const endSeries = (
  scope: WriteScope,
  admin: Admin,
  series: Series,
  asked: {
    from: string | undefined
    reason?: string | undefined
    dropped: 'cancelled' | 'deleted'
  },
): Promise<WrittenSeries> =>
  editSeriesOf(scope, admin, {
    ...{ series, fields: [], ...asked },
    decide: (current) => {
      const day = findOpenDay(current, asked.from, scope.now)
      return { value: { ...current, recurrence: endBefore(current.recurrence, day) } }
    },
  })

async function removeSeries(
  { trx, now }: WriteScope,
  { by }: Admin,
  { id }: Series,
): Promise<WrittenSeries> {
  return toWrittenSeries(await deleteSeries(trx, { id, by, seen: undefined }, now))
}

/** Converts the result of a write to its answer; in a dry run, what is new has no id yet. */
async function toAnswer(
  written: WrittenSeries,
  { trx, isDryRun }: WriteScope,
  admin: Admin,
): Promise<Written> {
  if (written.refusal) return { refusal: written.refusal }
  const { series, isNew } = written
  const { origin } = admin.config
  const dates = await listLatestDates(trx, series.id, MOST_SERIES_DATES)
  const json = toOwnSeriesJson(series, { origin, organizer: homeOf(admin).organizer, dates })
  if (isDryRun) {
    const unborn = isNew && {
      ...{ id: null, url: null },
      dates: json.dates.map((date) => ({ ...date, id: null })),
    }
    return { answer: jsonAnswer(200, { ...json, ...unborn, dryRun: true }) }
  }
  const etag = revisionTag(series)
  if (!isNew) return { answer: jsonAnswer(200, json, { etag }) }
  const location = `${origin}/api/v1/series/${series.id}`
  return { answer: jsonAnswer(201, json, { location, etag }) }
}
