import { Hono, type Context as HonoContext } from 'hono'
import type { Context } from '../../../context.ts'
import { MOST_SERIES_DATES } from '../../../domain/series/recurrence.ts'
import type { Series } from '../../../domain/series/series.ts'
import { findTombstone } from '../../../store/directory/deletions.ts'
import { findSeries, findSeriesByUri, listLatestDates } from '../../../store/series/series.ts'
import { findOrganization } from '../../../store/structures/organizations.ts'
import { organizerOf } from '../../workspaces/organizer.ts'
import { type ApiEnv, findNamedWriter, findWriter, mayUse } from '../access.ts'
import { privateJson, publicJson, revisionTag } from '../answers.ts'
import {
  describeRead,
  jsonOf,
  pathParameter,
  refusals,
  STRUCTURE,
  TAGGED,
} from '../documentation.ts'
import { refuse } from '../problems.ts'
import { SeriesJson, toOwnSeriesJson, toSeriesJson } from './series-json.ts'

export const SERIES_ID = pathParameter(
  'id',
  'The last segment of its page at this server, or its whole address, percent-encoded',
)

/** The route that reads a series of this server. */
export const seriesReads = (context: Context) =>
  new Hono<ApiEnv>().get(
    '/series/:id',
    describeRead({
      id: 'getSeries',
      summary:
        'A series of this server, with its dates; with the token of its structure, a draft too',
      parameters: [SERIES_ID, STRUCTURE],
      scope: 'cafes',
      responses: {
        200: jsonOf(SeriesJson, 'The series', TAGGED),
        ...refusals(404, 410),
      },
    }),
    (c) => answerSeries(c, context),
  )

async function answerSeries(c: HonoContext<ApiEnv>, context: Context): Promise<Response> {
  const { db, config } = context
  const id = c.req.param('id') ?? ''
  const series = await (id.includes('/') ? findSeriesByUri(db, id) : findSeries(db, id))
  const organization = series && (await findOrganization(db, series.organizationId))
  if (!organization) {
    const uri = id.includes('/') ? id : `${config.origin}/series/${id}`
    const isGone = (await findTombstone(db, uri, 'series')) !== undefined
    return refuse(c, config, { type: isGone ? 'gone' : 'not-found' })
  }
  const isOwn = await isOfWriter(c, context, series)
  if (!isOwn && series.publication !== 'published') return refuse(c, config, { type: 'not-found' })
  const dates = await listLatestDates(db, series.id, MOST_SERIES_DATES)
  const surroundings = {
    origin: config.origin,
    organizer: organizerOf(config, organization),
    dates,
  }
  if (!isOwn) return publicJson(c, toSeriesJson(series, surroundings))
  return privateJson(c, toOwnSeriesJson(series, surroundings), 200, { ETag: revisionTag(series) })
}

/** Returns whether a series is of the structure whose token the request has. */
async function isOfWriter(
  c: HonoContext<ApiEnv>,
  context: Context,
  { organizationId }: Series,
): Promise<boolean> {
  if (!c.req.header('Authorization')) return false
  const known = await findWriter(c, context)
  const writer = known && mayUse(known, 'cafes') && (await findNamedWriter(c, context, known))
  return writer !== false && writer?.organization.id === organizationId
}
