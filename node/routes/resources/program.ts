import { Hono, type Context as HonoContext } from 'hono'
import { z } from 'zod'
import { paths } from '../../../ui/paths.ts'
import type { Context } from '../../context.ts'
import { decideDeletion } from '../../domain/cafes/edit.ts'
import { RESOURCES_OF_STRUCTURE } from '../../domain/limits/limits.ts'
import {
  LICENCE_PAGES,
  RESOURCE_AUDIENCES,
  RESOURCE_KINDS,
  RESOURCE_LEVELS,
  RESOURCE_LICENCES,
  RESOURCE_NEEDS,
  type Resource,
} from '../../domain/resources/resource.ts'
import { MINUTES_MAX, parseResource, ResourceInput } from '../../domain/resources/resource-input.ts'
import { renderMarkdown } from '../../formats/text/markdown.ts'
import { saveEdit } from '../../store/accounts/saved-edit.ts'
import {
  countOwnResources,
  createResource,
  findOwnResource,
  listResources,
  OWN_RESOURCE,
} from '../../store/resources/resources.ts'
import { countUses } from '../../store/resources/used-resources.ts'
import { type ApiEnv, requireOwn, requireWriter } from '../api/access.ts'
import { publicJson, revisionTag, writeAddress } from '../api/answers.ts'
import { findUnknownResourceFields } from '../api/bodies.ts'
import { adminOf, writeJson } from '../api/cafes/cafe-writes.ts'
import { type Admin, refuseInvalid } from '../api/cafes/write-cafe.ts'
import {
  describeRead,
  describeSchema,
  describeWrite,
  IF_MATCH,
  jsonOf,
  pathParameter,
  queryParameters,
  refusals,
  TAGGED,
  TAGGED_AT,
} from '../api/documentation.ts'
import { refuse, toProblems } from '../api/problems.ts'
import type { RequestLimits } from '../api/request-limits.ts'
import { numberIn } from '../api/search/parameters.ts'
import { jsonAnswer, type WriteScope, type Written, write } from '../api/writes.ts'
import { hasTag } from '../http/answers.ts'
import { resourceHomeOf } from './resource-home.ts'

const LIMIT_MAX = 100
const LIMIT_DEFAULT = 20
const PAGE_MAX = 500

/** A resource as everybody reads it. */
const ResourceJson = z
  .object({
    id: z.url().describe('ActivityPub id: the address of its page where it was published'),
    url: z.url().describe('Its page here'),
    title: z.string(),
    summary: z.string(),
    kind: z.enum(RESOURCE_KINDS),
    audiences: z.array(z.enum(RESOURCE_AUDIENCES)),
    groupMin: z.int().nullable(),
    groupMax: z.int().nullable(),
    minutes: z.int().nullable(),
    material: z.array(z.string()),
    needsComputer: z.boolean(),
    level: z.enum(RESOURCE_LEVELS),
    language: z.string(),
    licence: z.enum(RESOURCE_LICENCES),
    licenceUrl: z.url(),
    author: z.string().describe('Who wrote it, as the organisation that publishes it says'),
    themes: z.array(z.string()),
    descriptionMarkdown: z.string().nullable().describe('Of resources of this server only'),
    descriptionHtml: z.string(),
    link: z.url().nullable(),
    publishedBy: z.string().describe('The organisation that publishes it'),
    cafes: z.int().describe('How many cafés that were held named it'),
    updatedAt: z.iso.datetime(),
    dryRun: z.literal(true).optional().describe('Where nothing was stored'),
  })
  .meta({ id: 'Resource' })
type ResourceJson = z.output<typeof ResourceJson>

const ResourcePageJson = z
  .object({
    items: z.array(ResourceJson),
    next: z.string().nullable().describe('Address of the page that follows'),
  })
  .meta({ id: 'ResourcePage' })

const text = z.string('invalid').max(120, 'too_long')

const ResourceParameters = z.object({
  q: text.describe('Words, each from its beginning').optional(),
  need: z.enum(RESOURCE_NEEDS, 'not_a_choice').describe('What one looks for').optional(),
  duration: numberIn(1, MINUTES_MAX)
    .pipe(z.int('invalid'))
    .describe('The longest that it may take, in minutes')
    .optional(),
  theme: text.describe('As teams wrote it').optional(),
  limit: numberIn(1, LIMIT_MAX).pipe(z.int('invalid')).describe('20 by default').optional(),
  page: numberIn(1, PAGE_MAX).pipe(z.int('invalid')).describe('From 1, as in `next`').optional(),
})

const LIST = describeRead({
  id: 'listResources',
  summary: 'What one can lead a café with, what most cafés used first',
  parameters: queryParameters(ResourceParameters),
  responses: { 200: jsonOf(ResourcePageJson, 'A page of them'), ...refusals(400) },
})

const RESOURCE_ID = pathParameter('slug', 'The last segment of its page’s address')

const BODY = {
  required: true,
  description:
    'A `Resource` may be sent back: its read-only fields are passed over, a field that does not exist is refused.',
  content: {
    'application/json': { schema: describeSchema(ResourceInput.meta({ id: 'ResourceInput' })) },
  },
}

const POST = describeWrite({
  id: 'publishResource',
  scope: 'resources',
  summary: 'Publish a resource of your structure',
  description: `Everybody reads it, here and in the directories that were joined. At most ${RESOURCES_OF_STRUCTURE}.`,
  body: BODY,
  responses: {
    200: jsonOf(ResourceJson, 'What a dry run would publish'),
    201: jsonOf(ResourceJson, 'The resource', TAGGED_AT),
    ...refusals(400, 401, 409, 413, 415, 422),
  },
})

const PUT = describeWrite({
  id: 'changeResource',
  scope: 'resources',
  summary: 'Replace a resource of your structure',
  parameters: [RESOURCE_ID, IF_MATCH],
  body: BODY,
  responses: {
    200: jsonOf(ResourceJson, 'The resource', TAGGED),
    ...refusals(400, 401, 404, 412, 413, 415, 422),
  },
})

const DELETE = describeWrite({
  id: 'withdrawResource',
  scope: 'resources',
  summary: 'Withdraw a resource of your structure; its address is never used again',
  parameters: [RESOURCE_ID, IF_MATCH],
  responses: { 204: { description: 'Withdrawn' }, ...refusals(400, 401, 404, 412) },
})

/** The routes by which everybody reads what one leads cafés with, and a program of a structure publishes it. */
export const resourceWrites = (context: Context, limits: RequestLimits) => {
  const gate = requireWriter(context, limits, { scope: 'resources' })
  const own = requireOwn(context, 'resource')
  return new Hono<ApiEnv>()
    .get('/resources', LIST, (c) => list(c, context))
    .post('/resources', POST, gate, (c) =>
      writeJson(c, context, (scope, admin, body) => publish(scope, admin, { context, body }), {
        lines: LINES,
      }),
    )
    .put('/resources/:slug', PUT, gate, own, (c) =>
      writeJson(
        c,
        context,
        (scope, admin, body) => replace(scope, admin, { context, slug: c.req.param('slug'), body }),
        { lines: LINES },
      ),
    )
    .delete('/resources/:slug', DELETE, gate, own, (c) =>
      write(c, context, '', (scope) => withdraw(scope, adminOf(c, context), c.req.param('slug'))),
    )
}

const LINES = new Set(['descriptionMarkdown'])

async function list(c: HonoContext<ApiEnv>, context: Context): Promise<Response> {
  const { db, config, now } = context
  const given = new URL(c.req.url).searchParams
  const present = Object.fromEntries([...given].filter(([, value]) => value.trim() !== ''))
  const parsed = ResourceParameters.safeParse(present)
  if (!parsed.success)
    return refuse(c, config, { type: 'bad-request', problems: toProblems(parsed.error) })
  const { q, need, duration, theme, limit = LIMIT_DEFAULT, page = 1 } = parsed.data
  const found = await listResources(db, {
    ...{ words: q, need, minutes: duration, theme },
    ...{ limit: limit + 1, offset: (page - 1) * limit },
  })
  const items = found.slice(0, limit)
  const uris = items.map(({ uri }) => uri)
  const uses = await countUses(db, uris, now())
  const hasMore = found.length > limit && page < PAGE_MAX
  return publicJson(c, {
    items: items.map((one) => toResourceJson(one, uses.get(one.uri) ?? 0, config.origin)),
    next: hasMore ? writeAddress(c, context, { page: String(page + 1) }) : null,
  })
}

const toResourceJson = (resource: Resource, cafes: number, origin: string): ResourceJson => {
  const { uri, slug, owner, updatedAt, groupMin, groupMax, minutes, link } = resource
  const { title, summary, kind, audiences, material, needsComputer, level } = resource
  const { language, licence, author, themes, descriptionMarkdown, descriptionHtml } = resource
  return {
    ...{ id: uri, url: origin + paths.resource(slug), title, summary, kind, audiences },
    ...{ groupMin: groupMin ?? null, groupMax: groupMax ?? null, minutes: minutes ?? null },
    ...{ material, needsComputer, level, language, licence },
    ...{ licenceUrl: LICENCE_PAGES[licence], author, themes },
    ...{ descriptionMarkdown: descriptionMarkdown ?? null, descriptionHtml, link: link ?? null },
    ...{ publishedBy: owner.name, cafes, updatedAt: updatedAt.toString() },
  }
}

type Asked = { context: Context; body: unknown }

function readBody(body: unknown) {
  const read = parseResource(body, renderMarkdown)
  const problems = [
    ...('problems' in read ? read.problems : []),
    ...findUnknownResourceFields(body, ResourceJson),
  ]
  return 'problems' in read || problems.length > 0 ? { problems } : { content: read.content }
}

async function publish(
  { trx, now, isDryRun }: WriteScope,
  { organization, by }: Admin,
  { context: { config }, body }: Asked,
): Promise<Written> {
  const read = readBody(body)
  if (!read.content) return refuseInvalid(read.problems)
  if ((await countOwnResources(trx, organization.id)) >= RESOURCES_OF_STRUCTURE)
    return { refusal: { type: 'conflict', conflict: 'resources-full' } }
  const home = resourceHomeOf(config, organization)
  const made = await createResource(trx, { content: read.content, home, by }, now)
  const json = toResourceJson(made, 0, config.origin)
  if (isDryRun) return { answer: jsonAnswer(200, { ...json, dryRun: true }) }
  const location = `${config.origin}/api/v1/resources/${made.slug}`
  return { answer: jsonAnswer(201, json, { location, etag: revisionTag(made) }) }
}

/** Finds a resource of the structure, in the revision that the program read. */
async function findForWriting(
  { trx, ifMatch }: WriteScope,
  { organization }: Admin,
  slug: string,
): Promise<{ resource: Resource; refusal?: never } | Extract<Written, { answer?: never }>> {
  const resource = await findOwnResource(trx, { slug })
  if (resource?.organizationId !== organization.id) return { refusal: { type: 'not-found' } }
  if (ifMatch !== undefined && !hasTag(ifMatch, revisionTag(resource)))
    return { refusal: { type: 'precondition-failed' } }
  return { resource }
}

async function replace(
  scope: WriteScope,
  admin: Admin,
  { context: { config }, slug, body }: Asked & { slug: string },
): Promise<Written> {
  const { trx, now, isDryRun } = scope
  const found = await findForWriting(scope, admin, slug)
  if (found.refusal) return found
  const read = readBody(body)
  if (!read.content) return refuseInvalid(read.problems)
  const { content } = read
  const { id } = found.resource
  const decide = (before: Resource) => ({ value: { ...before, ...content } })
  const saved = await saveEdit(
    trx,
    OWN_RESOURCE,
    { id, by: admin.by, seen: undefined, decide },
    now,
  )
  if (saved.outcome !== 'saved') return { refusal: { type: 'not-found' } }
  const uses = await countUses(trx, [saved.value.uri], now)
  const json = toResourceJson(saved.value, uses.get(saved.value.uri) ?? 0, config.origin)
  if (isDryRun) return { answer: jsonAnswer(200, { ...json, dryRun: true }) }
  return { answer: jsonAnswer(200, json, { etag: revisionTag(saved.value) }) }
}

async function withdraw(scope: WriteScope, admin: Admin, slug: string): Promise<Written> {
  const found = await findForWriting(scope, admin, slug)
  if (found.refusal) return found
  const { id } = found.resource
  const edit = { id, by: admin.by, seen: undefined, decide: decideDeletion }
  await saveEdit(scope.trx, OWN_RESOURCE, edit, scope.now)
  return { answer: jsonAnswer(204, undefined) }
}
