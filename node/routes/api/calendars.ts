import { Hono, type Context as HonoContext } from 'hono'
import { z } from 'zod'
import { refusalText } from '../../../ui/locales/messages.ts'
import type { Context } from '../../context.ts'
import { MOST_CALENDARS, toCalendarAddress } from '../../domain/cafes/followed-calendar.ts'
import type { Lang } from '../../domain/values/lang.ts'
import {
  findCalendar,
  followCalendar,
  listCalendars,
  postponeCalendar,
  unfollowCalendar,
} from '../../store/cafes/followed-calendars.ts'
import {
  type CalendarState,
  findCalendarState,
  listCalendarStates,
} from '../cafes/calendar-states.ts'
import { preferredLanguage } from '../http/language.ts'
import { type ApiEnv, requireOwn, requireReader, requireWriter } from './access.ts'
import { privateJson } from './answers.ts'
import { writeJson } from './cafes/cafe-writes.ts'
import {
  describeRead,
  describeSchema,
  describeWrite,
  jsonOf,
  pathParameter,
  refusals,
} from './documentation.ts'
import { refuse, toProblems } from './problems.ts'
import type { RequestLimits } from './request-limits.ts'
import { hasDryRun, jsonAnswer, type WriteScope, type Written, write } from './writes.ts'

const CALENDAR_ID = pathParameter('id', 'The `id` of a followed calendar')

const Publication = z.enum(['published', 'draft'])

const CalendarInput = z
  .strictObject({
    url: z.string('required').describe('Its address: iCalendar, our own CSV, or OpenAgenda JSON'),
    publication: Publication.optional().describe('Of new cafés; published by default'),
  })
  .meta({ id: 'CalendarInput' })

const CalendarJson = z
  .object({
    id: z.string(),
    url: z.string(),
    publication: Publication,
    leftOut: z
      .array(z.object({ uid: z.string(), recurrenceId: z.string().nullable() }))
      .describe('Events that somebody left out; without `recurrenceId`, all dates of the event'),
    readAt: z.iso.datetime().nullable().describe('Its last good answer'),
    dueAt: z.iso.datetime().describe('When it is read again'),
    cafes: z.int().describe('Rows of its last whole reading that are cafés here'),
    leftAside: z.int().describe('Rows that are not, for the reason that the administration shows'),
    failingSince: z.iso.datetime().nullable(),
    fault: z.string().nullable().describe('Why it cannot be read, as a sentence'),
    missing: z.int().describe('Cafés to come that it brought and no longer has'),
    needsDecision: z
      .boolean()
      .describe('So many are missing that none is cancelled before the team says so'),
  })
  .meta({ id: 'Calendar' })

const CalendarsJson = z.object({ items: z.array(CalendarJson) }).meta({ id: 'Calendars' })

const LIST = describeRead({
  id: 'listCalendars',
  summary: 'The calendars that your structure follows',
  ...{ scope: 'calendars', isOwn: true },
  responses: { 200: jsonOf(CalendarsJson, 'All of them'), ...refusals(401) },
})

const ONE = describeRead({
  id: 'getCalendar',
  summary: 'A followed calendar',
  parameters: [CALENDAR_ID],
  ...{ scope: 'calendars', isOwn: true },
  responses: { 200: jsonOf(CalendarJson, 'As it was read last'), ...refusals(401, 404) },
})

const READ = describeWrite({
  id: 'readCalendar',
  scope: 'calendars',
  summary: 'Read a followed calendar now',
  description: 'Within a minute; what it gave is in the calendar then.',
  parameters: [CALENDAR_ID],
  responses: { 200: jsonOf(CalendarJson, 'It is due'), ...refusals(400, 401, 404) },
})

const UNFOLLOW = describeWrite({
  id: 'unfollowCalendar',
  scope: 'calendars',
  summary: 'Stop following a calendar; the cafés that it brought stay',
  parameters: [CALENDAR_ID],
  responses: { 204: { description: 'No longer followed' }, ...refusals(400, 401, 404) },
})

const describeFollow = (minutes: number) =>
  describeWrite({
    id: 'followCalendar',
    scope: 'calendars',
    summary: 'Follow a calendar',
    description: `It is first read within a minute, then every ${minutes} minutes: new cafés, changes and cancellations follow. A dry run asks the address, and says in \`fault\` why it cannot be read. An address that is followed already gets this \`publication\`. At most ${MOST_CALENDARS} for one structure.`,
    body: {
      required: true,
      content: { 'application/json': { schema: describeSchema(CalendarInput) } },
    },
    responses: {
      200: jsonOf(CalendarJson, 'Followed already, or a dry run'),
      201: jsonOf(CalendarJson, 'Followed from now on'),
      ...refusals(400, 401, 409, 413, 415, 422),
    },
  })

/** The routes of the calendars that a structure follows. */
export function calendarWrites(context: Context, limits: RequestLimits) {
  const { db, config, now } = context
  const gate = requireWriter(context, limits, { scope: 'calendars' })
  const reader = requireReader(context, 'calendars')
  const own = requireOwn(context, 'calendar')

  return new Hono<ApiEnv>()
    .get('/calendars', LIST, reader, async (c) => {
      const { writer } = c.var
      const states = await listCalendarStates(db, writer.organization.id, now())
      return privateJson(c, {
        items: states.map((state) => toCalendarJson(state, preferredLanguage(c))),
      })
    })
    .get('/calendars/:id', ONE, reader, own, async (c) => {
      const { writer } = c.var
      const asked = { id: c.req.param('id'), organizationId: writer.organization.id }
      const calendar = await findCalendar(db, asked)
      if (!calendar) return refuse(c, config, { type: 'not-found' })
      const state = await findCalendarState(db, calendar, now())
      return privateJson(c, toCalendarJson(state, preferredLanguage(c)))
    })
    .post(
      '/calendars',
      describeFollow(config.calendarMinutes),
      requireWriter(context, limits, { scope: 'calendars', what: 'batch' }),
      async (c) => {
        const answer = await writeJson(c, context, (scope, { organization }, body) =>
          followFromBody(scope, {
            organizationId: organization.id,
            body,
            lang: preferredLanguage(c),
          }),
        )
        return answer.status === 200 && hasDryRun(c) ? withFault(c, context, answer) : answer
      },
    )
    .post('/calendars/:id/read', READ, gate, own, (c) =>
      write(c, context, '', async (scope): Promise<Written> => {
        const asked = { id: c.req.param('id'), organizationId: c.var.writer.organization.id }
        const calendar = await findCalendar(scope.trx, asked)
        if (!calendar) return { refusal: { type: 'not-found' } }
        await postponeCalendar(scope.trx, calendar.id, scope.now)
        const due = { ...calendar, dueAt: scope.now }
        const state = await findCalendarState(scope.trx, due, scope.now)
        return { answer: jsonAnswer(200, toCalendarJson(state, preferredLanguage(c))) }
      }),
    )
    .delete('/calendars/:id', UNFOLLOW, gate, own, (c) =>
      write(c, context, '', async ({ trx, now }): Promise<Written> => {
        const asked = { id: c.req.param('id'), organizationId: c.var.writer.organization.id }
        if (!(await findCalendar(trx, asked))) return { refusal: { type: 'not-found' } }
        await unfollowCalendar(trx, asked, now)
        return { answer: jsonAnswer(204, undefined) }
      }),
    )
}

async function followFromBody(
  { trx, now, isDryRun }: WriteScope,
  { organizationId, body, lang }: { organizationId: string; body: unknown; lang: Lang },
): Promise<Written> {
  const parsed = CalendarInput.safeParse(body)
  if (!parsed.success) return { refusal: { type: 'invalid', problems: toProblems(parsed.error) } }
  const address = toCalendarAddress(parsed.data.url)
  if (address === undefined)
    return { refusal: { type: 'invalid', problems: [{ field: 'url', code: 'not_an_url' }] } }
  const calendars = await listCalendars(trx, organizationId)
  const known = calendars.find((calendar) => calendar.address === address)
  if (!known && calendars.length >= MOST_CALENDARS) return { refusal: { type: 'conflict' } }
  const { publication = 'published' } = parsed.data
  const choices = { organizationId, address, publication, leftOut: known?.leftOut ?? [] }
  const state = await findCalendarState(trx, await followCalendar(trx, choices, now), now)
  const status = known || isDryRun ? 200 : 201
  return { answer: jsonAnswer(status, toCalendarJson(state, lang)) }
}

/** Adds to the answer of a dry run why its address cannot be read now. */
async function withFault(c: HonoContext, { remote, now }: Context, answer: Response) {
  const calendar = (await answer.json()) as z.output<typeof CalendarJson>
  const file = await remote.fetchCalendar(calendar.url)
  if (file.outcome === 'fetched') return privateJson(c, calendar)
  const fault = refusalText(file.reason, preferredLanguage(c))
  return privateJson(c, { ...calendar, fault, failingSince: now().toString() })
}

const toCalendarJson = (calendar: CalendarState, lang: Lang): z.input<typeof CalendarJson> => ({
  id: calendar.id,
  url: calendar.address,
  publication: calendar.publication,
  leftOut: calendar.leftOut.map(({ uid, recurrenceId }) => ({
    uid,
    recurrenceId: recurrenceId ?? null,
  })),
  readAt: calendar.readAt?.toString() ?? null,
  dueAt: calendar.dueAt.toString({ smallestUnit: 'second' }),
  cafes: calendar.cafes,
  leftAside: calendar.aside,
  failingSince: calendar.failingSince?.toString() ?? null,
  fault: calendar.fault === undefined ? null : refusalText(calendar.fault, lang),
  missing: calendar.absent.length,
  needsDecision: calendar.isDoubtful,
})
