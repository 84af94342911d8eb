import type { MiddlewareHandler } from 'hono'
import { describeRoute, resolver } from 'hono-openapi'
import { z } from 'zod'
import { CafeInput, REFERENCE_MAX, VenueInput } from '../../domain/cafes/cafe-input.ts'
import { RecurrenceInput } from '../../domain/series/recurrence-input.ts'
import { SLUG_MAX } from '../../domain/structures/hosted.ts'
import type { TokenScope } from '../../domain/structures/token-scope.ts'
import { giveWay } from '../../turns/turns.ts'
import type { ApiEnv } from './access.ts'
import { findWrongParameters } from './parameters.ts'
import { PROBLEM_MEDIA_TYPE, ProblemJson, refuse } from './problems.ts'

/** How each address is described in the OpenAPI document, from the schemas that the code itself uses. */

type Responses = NonNullable<Parameters<typeof describeRoute>[0]['responses']>
type RequestBody = NonNullable<Parameters<typeof describeRoute>[0]['requestBody']>
type Parameter = {
  in: 'query' | 'header' | 'path'
  name: string
  description?: string
  required?: boolean
  schema: Record<string, unknown>
}

/** Describes a schema in JSON. All of them together take a tenth of a second, so each gives way to other requests. */
export function describeSchema(
  ...described: Parameters<typeof resolver>
): ReturnType<typeof resolver> {
  const made = resolver(...described)
  return {
    ...made,
    toOpenAPISchema: async (options) => {
      await giveWay()
      return made.toOpenAPISchema(options)
    },
  }
}

type Headers = Record<string, { description: string; schema: { type: 'string' } }>

/** The ETag of one's own object, to be sent back as `If-Match`. */
export const TAGGED: Headers = {
  ETag: { description: 'Of this revision, for `If-Match`', schema: { type: 'string' } },
}
export const TAGGED_AT: Headers = {
  ...TAGGED,
  Location: { description: 'Where it is now', schema: { type: 'string' } },
}

/** Describes for OpenAPI an answer of JSON. */
export const jsonOf = (
  schema: z.ZodType,
  description: string,
  headers?: Headers,
): Responses[string] => ({
  description,
  ...(headers && { headers }),
  content: {
    'application/json': { schema: describeSchema(schema, { options: { io: 'output' } }) },
  },
})

const REFUSALS: Record<number, string> = {
  400: 'Not understood: a parameter, or a body that is not JSON',
  401: 'No token, or none that is known',
  403: 'The token lacks the scope that `detail` names',
  404: 'Nothing at this address, or not yours',
  408: 'Its body does not arrive',
  409: 'Contradicts what is stored',
  410: 'Deleted',
  412: 'Another revision than that of `If-Match`',
  413: 'Too long',
  415: 'Not JSON',
  422: 'Errors in what was sent, field by field',
  429: 'Too many requests: wait as `Retry-After` says',
  431: 'An address and headers of more than 16 KiB',
  500: 'A failure of ours; `instance` names it in the log',
  503: 'Just restored from a backup; shows nothing for a minute',
  507: 'The disk is full: nothing was saved',
}

/** What every address may answer. */
const ALWAYS = [400, 429, 431, 500, 503]

/**
 * Returns the refusals of an address, each of which is a problem (RFC 9457). Where a token is needed, it may lack the
 * scope; a body that may be too long may also be too slow.
 */
export const refusals = (...statuses: (keyof typeof REFUSALS)[]): Responses =>
  Object.fromEntries(
    [
      ...statuses,
      ...(statuses.includes(401) ? [403] : []),
      ...(statuses.includes(413) ? [408] : []),
      ...ALWAYS,
    ].map((status) => [
      String(status),
      {
        description: REFUSALS[Number(status)] ?? '',
        content: { [PROBLEM_MEDIA_TYPE]: { schema: describeSchema(ProblemJson) } },
      },
    ]),
  )

/** Returns the properties of an object schema, each as a parameter of the address. */
export function queryParameters(schema: z.ZodObject): Parameter[] {
  const { properties = {} } = z.toJSONSchema(schema, { io: 'input' })
  return Object.entries(properties).map(([name, property]) => {
    const { description, ...rest } = typeof property === 'object' ? property : {}
    return { in: 'query', name, ...(description && { description }), schema: { ...rest } }
  })
}

/** Describes a parameter that is said or not: `1` or `true`; `0` and `false` are as if it were left out. */
export const flagParameter = (name: string, description: string): Parameter => ({
  in: 'query',
  name,
  description,
  schema: { type: 'string', enum: FLAGS },
})
const FLAGS = ['0', '1', 'true', 'false']

const DRY_RUN = flagParameter(
  'dryRun',
  '`1`: everything is checked and answered, nothing is stored',
)

/** The structure for which one reads or writes, of those that a site hosts. */
export const STRUCTURE: Parameter = {
  in: 'query',
  name: 'structure',
  description:
    'With a token of the site: slug of the structure that it hosts for which this is asked; that of the token by default',
  schema: { type: 'string', maxLength: SLUG_MAX },
}

const IDEMPOTENCY_KEY: Parameter = {
  in: 'header',
  name: 'Idempotency-Key',
  description:
    'The same key with the same body gets the first answer again; with another body, 422',
  schema: { type: 'string', minLength: 1, maxLength: 255 },
}

/** The `If-Match` header of requests that change an existing café or place. */
export const IF_MATCH: Parameter = {
  in: 'header',
  name: 'If-Match',
  description: 'The `ETag` of the revision that was read: of another one nothing is changed (412)',
  schema: { type: 'string' },
}

/** Describes for OpenAPI a part of the path. */
export const pathParameter = (name: string, description: string): Parameter => ({
  in: 'path',
  name,
  description,
  required: true,
  schema: { type: 'string' },
})

export const CAFE_ID = pathParameter(
  'id',
  'The last segment of its page at this server, or its whole id, percent-encoded',
)

export const REFERENCE = {
  ...pathParameter('reference', "The sender's own key"),
  schema: { type: 'string', minLength: 1, maxLength: REFERENCE_MAX },
}

/** A place may be named by the key under which it was sent before. */
const CafeBody = CafeInput.extend({
  structure: z
    .string()
    .max(SLUG_MAX)
    .nullish()
    .describe(
      'Slug of the structure for which it is, of those that this site hosts, with a token of the site; that of the token by default',
    ),
  venue: z.union([VenueInput, z.object({ reference: z.string().max(REFERENCE_MAX) })]).nullish(),
}).meta({ id: 'CafeInput' })

export const CAFE_BODY: RequestBody = {
  required: true,
  description:
    'A `Cafe` with `descriptionMarkdown`; its read-only fields may be sent back and are passed over, a field that does not exist is refused. `draft` or `publishAt` hold it back. `venue` may be `{"reference": "…"}` of a place sent before.',
  content: { 'application/json': { schema: describeSchema(CafeBody) } },
}

const SeriesBody = CafeBody.omit({ reference: true, uid: true, series: true, publishAt: true })
  .extend({ recurrence: RecurrenceInput })
  .meta({ id: 'SeriesInput' })

export const SERIES_BODY: RequestBody = {
  required: true,
  description:
    'A café as its first date is, and when it takes place again; its read-only fields may be sent back and are passed over. `draft` holds it back.',
  content: { 'application/json': { schema: describeSchema(SeriesBody) } },
}

type WriteDescription = {
  id: string
  /** The scope that its token needs. */
  scope: TokenScope
  summary: string
  description?: string
  parameters?: Parameter[]
  body?: RequestBody
  responses: Responses
}

/** Describes a write: it has a token, a dry run, and a key against repetition. */
export const describeWrite = ({ id, scope, parameters = [], body, ...rest }: WriteDescription) =>
  describe({
    ...rest,
    operationId: id,
    tags: ['Writing'],
    security: [{ token: [scope] }],
    parameters: [...parameters, STRUCTURE, DRY_RUN, IDEMPOTENCY_KEY],
    ...(body && { requestBody: body }),
    responses: { ...rest.responses, ...refusals(401, 422, 507) },
  })

type ReadDescription = {
  id: string
  summary: string
  description?: string
  parameters?: Parameter[]
  /** The scope of the token that it needs, of the structure whose objects it gives. */
  scope?: TokenScope
  /** Whether only one's own objects are given, or more of them with a token. */
  isOwn?: boolean
  /** The names of parameters that it takes besides those that are described. */
  alsoTaken?: readonly string[]
  responses: Responses
}

/** Describes a read for the OpenAPI document. */
export const describeRead = ({
  id,
  parameters = [],
  scope,
  isOwn,
  alsoTaken,
  ...rest
}: ReadDescription) =>
  describe(
    {
      ...rest,
      operationId: id,
      tags: ['Reading'],
      security: scope ? [...(isOwn ? [] : [{}]), { token: [scope] }] : [],
      parameters: isOwn ? [...parameters, STRUCTURE] : parameters,
      responses: {
        ...rest.responses,
        ...(isOwn ? refusals(422) : { 304: { description: 'Not changed' } }),
      },
    },
    alsoTaken,
  )

/**
 * Makes the first handler of an operation, which describes it for OpenAPI and refuses, with 400, a parameter that it
 * does not take: a search without a misspelt condition would find everything, and a misspelt `dryRun` would store.
 */
function describe(
  operation: Omit<Parameters<typeof describeRoute>[0], 'parameters'> & {
    parameters: Parameter[]
    responses: Responses
  },
  alsoTaken: readonly string[] = [],
): MiddlewareHandler<ApiEnv> {
  const choices = new Map<string, readonly string[] | undefined>([
    ...alsoTaken.map((name) => [name, undefined] as const),
    ...operation.parameters
      .filter((parameter) => parameter.in === 'query')
      .map(({ name, schema }) => [name, schema.enum === FLAGS ? FLAGS : undefined] as const),
  ])
  const handler: MiddlewareHandler<ApiEnv> = async (c, next) => {
    const problems = findWrongParameters(c.req.queries(), choices)
    return problems.length === 0
      ? next()
      : refuse(c, { origin: c.var.origin }, { type: 'bad-request', problems })
  }
  // hono-openapi finds the description as a property of the handler.
  return Object.assign(handler, describeRoute(operation))
}
