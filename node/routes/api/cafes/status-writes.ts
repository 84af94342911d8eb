import { Hono, type Context as HonoContext } from 'hono'
import { z } from 'zod'
import type { Context } from '../../../context.ts'
import type { Cafe } from '../../../domain/cafes/cafe.ts'
import {
  type AskedStatusChange,
  decideStatusChange,
  NOTE_MAX,
} from '../../../domain/cafes/status-change.ts'
import { type ApiEnv, requireOwn, requireWriter } from '../access.ts'
import { readReference } from '../bodies.ts'
import {
  CAFE_ID,
  describeWrite,
  IF_MATCH,
  jsonOf,
  REFERENCE,
  refusals,
  TAGGED,
} from '../documentation.ts'
import { toProblems } from '../problems.ts'
import type { RequestLimits } from '../request-limits.ts'
import { OwnCafeJson } from './cafe-json.ts'
import { toWritten, writeJson } from './cafe-writes.ts'
import { findOwnCafe, saveProgramEdit } from './write-cafe.ts'

const words = z.string('invalid').max(NOTE_MAX, 'too_long').nullish()

/** `reason` was the earlier name of the note of a cancellation, and is still accepted. */
const Noted = z.strictObject({ note: words, reason: words }, 'invalid')
const MoveOnline = Noted.extend({ onlineUrl: z.string('not_an_url').nullish() })
const Reinstatement = z.strictObject({}, 'invalid')

const TEXT = { type: ['string', 'null'], maxLength: NOTE_MAX } as const

const NOTE = {
  note: TEXT,
  reason: { ...TEXT, deprecated: true, description: 'The old name of `note`' },
}

/** Returns the body of a request in OpenAPI; every field may be left out. */
const bodyOf = (description: string, properties: Record<string, object>) => ({
  description,
  content: {
    'application/json': {
      schema: { type: 'object' as const, properties, additionalProperties: false },
    },
  },
})

const RESPONSES = {
  200: jsonOf(OwnCafeJson, 'The whole café', TAGGED),
  ...refusals(400, 401, 404, 409, 410, 412, 413, 415, 422),
}

type Action = {
  name: string
  id: string
  summary: string
  body?: ReturnType<typeof bodyOf>
  readBody: (body: unknown) => Read
}

const ACTIONS: readonly Action[] = [
  {
    name: 'cancel',
    id: 'cancelCafe',
    summary: 'Cancel a café; it stays visible as cancelled',
    body: bodyOf('Why, in the words of the organiser; may be left out', NOTE),
    readBody: (body) =>
      read(Noted, body, (sent) => ({ statusChange: 'cancelled', ...noted(sent) })),
  },
  {
    name: 'postpone',
    id: 'postponeCafe',
    summary: 'Postpone a café to a date that is not known yet; `PUT` gives it one',
    body: bodyOf('Why, in the words of the organiser; may be left out', NOTE),
    readBody: (body) =>
      read(Noted, body, (sent) => ({ statusChange: 'postponed', ...noted(sent) })),
  },
  {
    name: 'move-online',
    id: 'moveCafeOnline',
    summary: 'Hold a café online instead of at its place',
    body: bodyOf('Where to join, unless the café says so already; and why', {
      onlineUrl: { type: ['string', 'null'], format: 'uri' },
      ...NOTE,
    }),
    readBody: (body) =>
      read(MoveOnline, body, ({ onlineUrl, ...sent }) => ({
        statusChange: 'moved-online',
        ...(onlineUrl && { onlineUrl }),
        ...noted(sent),
      })),
  },
  {
    name: 'reinstate',
    id: 'reinstateCafe',
    summary:
      'Hold a café as planned after all: not cancelled, not postponed, at its place, free seats',
    readBody: (body) => read(Reinstatement, body, () => ({ statusChange: 'as-planned' })),
  },
]

/** The two addresses of a café: by its id, or by the sender's own key. */
const ADDRESSES = [
  { path: '/cafes/:id', parameter: CAFE_ID, suffix: '' },
  { path: '/cafes/by-reference/:reference', parameter: REFERENCE, suffix: 'ByReference' },
]

/** The routes that change the status of an announced café, in the terms of the administration's page. */
export const statusWrites = (context: Context, limits: RequestLimits) => {
  const gate = requireWriter(context, limits, { scope: 'cafes' })
  const own = requireOwn(context, 'cafe')
  const routes = new Hono<ApiEnv>()
  for (const { path, parameter, suffix } of ADDRESSES)
    for (const { name, id, summary, body, readBody } of ACTIONS)
      routes.post(
        `${path}/${name}`,
        describeWrite({
          id: `${id}${suffix}`,
          scope: 'cafes',
          summary,
          parameters: [parameter, IF_MATCH],
          ...(body && { body }),
          responses: RESPONSES,
        }),
        gate,
        own,
        (c) => change(c, context, readBody),
      )
  return routes
}

const noted = ({ note, reason }: z.output<typeof Noted>) => {
  const words = note || reason
  return words ? { note: words } : {}
}

type Read = { asked: AskedStatusChange; error?: never } | { error: z.ZodError; asked?: never }

function read<T>(
  schema: z.ZodType<T>,
  body: unknown,
  toAsked: (sent: T) => AskedStatusChange,
): Read {
  const parsed = schema.safeParse(body ?? {})
  return parsed.success ? { asked: toAsked(parsed.data) } : { error: parsed.error }
}

const change = (
  c: HonoContext<ApiEnv>,
  context: Context,
  readBody: (body: unknown) => Read,
): Promise<Response> =>
  writeJson(c, context, async (scope, admin, body) => {
    const id = c.req.param('id')
    const key = id === undefined ? { reference: readReference(c) } : { id }
    const found = await findOwnCafe(scope, admin, key)
    if (found.refusal) return found
    const { asked, error } = readBody(body)
    if (error) return { refusal: { type: 'invalid', problems: toProblems(error) } }
    if (found.cafe.publication !== 'published')
      return { refusal: { type: 'conflict', conflict: 'unpublished' } }
    const decide = (cafe: Cafe) => decideStatusChange(cafe, asked)
    const edit = { cafe: found.cafe, reason: asked.note, decide }
    return toWritten(await saveProgramEdit(scope, admin, edit), scope, admin)
  })
