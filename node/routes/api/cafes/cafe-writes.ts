import { Hono, type Context as HonoContext } from 'hono'
import type { Context } from '../../../context.ts'
import { decideDeletion } from '../../../domain/cafes/edit.ts'
import { findSeriesOf } from '../../../store/cafes/series/outline.ts'
import { type ApiEnv, requireOwn, requireWriter } from '../access.ts'
import { revisionTag } from '../answers.ts'
import { BODY_MAX, JSON_TYPES, parseJson, readReference, readText } from '../bodies.ts'
import {
  CAFE_BODY,
  CAFE_ID,
  describeWrite,
  IF_MATCH,
  jsonOf,
  REFERENCE,
  refusals,
  TAGGED,
  TAGGED_AT,
} from '../documentation.ts'
import { refuse } from '../problems.ts'
import type { RequestLimits } from '../request-limits.ts'
import { chooseStructure } from '../structures.ts'
import { hasDryRun, jsonAnswer, type WriteScope, type Written, write } from '../writes.ts'
import { OwnCafeJson, toOwnCafeJson } from './cafe-json.ts'
import { receivePictures } from './pictures.ts'
import {
  type Admin,
  createFromBody,
  findOwnCafe,
  reviseFromBody,
  saveProgramEdit,
  type WrittenCafe,
  writeByReference,
} from './write-cafe.ts'

const CREATE = describeWrite({
  id: 'createCafe',
  scope: 'cafes',
  summary: 'Announce a café',
  body: CAFE_BODY,
  responses: {
    201: jsonOf(OwnCafeJson, 'The whole café, at the address of `Location`', TAGGED_AT),
    200: jsonOf(OwnCafeJson, 'A dry run: the café as it would be'),
    ...refusals(400, 401, 409, 413, 415, 422),
  },
})

const PUT = describeWrite({
  id: 'putCafeByReference',
  scope: 'cafes',
  summary: 'Announce or change the café of your own key',
  parameters: [REFERENCE, IF_MATCH],
  body: CAFE_BODY,
  responses: {
    200: jsonOf(OwnCafeJson, 'Changed', TAGGED),
    201: jsonOf(OwnCafeJson, 'Announced', TAGGED_AT),
    ...refusals(400, 401, 409, 412, 413, 415, 422),
  },
})

const UPDATE = describeWrite({
  id: 'updateCafe',
  scope: 'cafes',
  summary: 'Change a café',
  parameters: [CAFE_ID, IF_MATCH],
  body: CAFE_BODY,
  responses: {
    200: jsonOf(OwnCafeJson, 'The whole café', TAGGED),
    ...refusals(400, 401, 404, 409, 410, 412, 413, 415, 422),
  },
})

/** The routes that write cafés, one at a time. */
export const cafeWrites = (context: Context, limits: RequestLimits) => {
  const gate = requireWriter(context, limits, { scope: 'cafes' })
  const own = requireOwn(context, 'cafe')
  return new Hono<ApiEnv>()
    .post('/cafes', CREATE, gate, (c) =>
      writeJson(
        c,
        context,
        async (scope, admin, body) =>
          toWritten(await createFromBody(scope, admin, body), scope, admin),
        { addsCafes: true, namesStructure: true },
      ),
    )
    .put('/cafes/by-reference/:reference', PUT, gate, (c) =>
      writeJson(
        c,
        context,
        async (scope, admin, body) =>
          toWritten(await writeByReference(scope, admin, readReference(c), body), scope, admin),
        { addsCafes: true, namesStructure: true },
      ),
    )
    .put('/cafes/:id', UPDATE, gate, requireOwn(context, 'cafe', { isNamedInBody: true }), (c) =>
      writeJson(
        c,
        context,
        async (scope, admin, body) => {
          const found = await findOwnCafe(scope, admin, c.req.param())
          if (found.refusal) return found
          return toWritten(await reviseFromBody(scope, admin, body, found.cafe), scope, admin)
        },
        { namesStructure: true },
      ),
    )
    .delete('/cafes/:id', describeDelete('deleteCafe', CAFE_ID), gate, own, (c) =>
      deleteOwn(c, context, c.req.param()),
    )
    .delete(
      '/cafes/by-reference/:reference',
      describeDelete('deleteCafeByReference', REFERENCE),
      gate,
      (c) => deleteOwn(c, context, { reference: readReference(c) }),
    )
}

const describeDelete = (id: string, parameter: typeof CAFE_ID) =>
  describeWrite({
    ...{ id, scope: 'cafes' },
    summary: 'Delete a café announced by mistake; its id answers 410 for ever',
    parameters: [parameter, IF_MATCH],
    responses: { 204: { description: 'Deleted' }, ...refusals(401, 404, 410, 412) },
  })

const deleteOwn = (
  c: HonoContext<ApiEnv>,
  context: Context,
  key: { id?: string; reference?: string },
): Promise<Response> =>
  write(c, context, '', async (scope) => {
    const admin = adminOf(c, context)
    const found = await findOwnCafe(scope, admin, key)
    if (found.refusal) return found
    const { cafe } = found
    const deleted = await saveProgramEdit(scope, admin, { cafe, decide: decideDeletion })
    if (deleted.refusal) return deleted
    return { answer: jsonAnswer(204, undefined) }
  })

/** Returns the structure for which a request writes, as the pages of the administration take it. */
export const adminOf = (
  c: HonoContext<ApiEnv>,
  { config, isDirectory }: Context,
  organization = c.var.writer.organization,
): Admin => ({
  organization,
  config,
  isDirectory,
  by: { kind: 'token', name: c.var.writer.token.label },
})

/**
 * Reads the body as JSON, an empty one as undefined, then writes.
 * @param how.lines - The fields whose line breaks are kept.
 * @param how.namesStructure - Whether the field `structure` says for which structure it is.
 */
export async function writeJson(
  c: HonoContext<ApiEnv>,
  context: Context,
  work: (scope: WriteScope, admin: Admin, body: unknown) => Promise<Written>,
  how: { addsCafes?: boolean; lines?: ReadonlySet<string>; namesStructure?: boolean } = {},
): Promise<Response> {
  const text = isBare(c) ? { value: '' } : await readText(c, { types: JSON_TYPES, max: BODY_MAX })
  if (text.refusal) return refuse(c, context.config, text.refusal)
  const body = text.value === '' ? { value: undefined } : parseJson(text.value, how.lines)
  if (body.refusal) return refuse(c, context.config, body.refusal)
  const own = c.var.writer.organization
  const chosen = how.namesStructure
    ? await chooseStructure(context, own, body.value)
    : { organization: own, body: body.value }
  if (chosen.refusal) return refuse(c, context.config, chosen.refusal)
  const admin = adminOf(c, context, chosen.organization)
  const asked = { organizationId: admin.organization.id, isDryRun: hasDryRun(c) }
  const pictures = await receivePictures(context, asked, [chosen.body])
  return write(
    c,
    context,
    text.value,
    (scope) => work({ ...scope, pictures }, admin, chosen.body),
    how,
  )
}

/** Returns whether a request has no body at all, like a cancellation without a reason. */
const isBare = (c: HonoContext): boolean =>
  c.req.header('Content-Type') === undefined &&
  (c.req.header('Content-Length') ?? '0') === '0' &&
  c.req.header('Transfer-Encoding') === undefined

/**
 * Converts the result of a write to its answer: 201 with the address for a new café, 200 for a changed one. In a dry
 * run it is 200, and a new café has no id yet.
 */
export async function toWritten(
  written: WrittenCafe,
  scope: WriteScope,
  admin: Admin,
): Promise<Written> {
  if (written.refusal) return { refusal: written.refusal }
  const { outcome, cafe } = written
  const json = toOwnCafeJson(cafe, admin.config.origin, {
    series: await findSeriesOf(scope.trx, [cafe]),
  })
  if (scope.isDryRun) {
    const unborn = outcome === 'created' && { id: null, uid: null, url: null }
    return { answer: jsonAnswer(200, { ...json, ...unborn, dryRun: true }) }
  }
  const etag = revisionTag(cafe)
  if (outcome === 'revised') return { answer: jsonAnswer(200, json, { etag }) }
  const location = `${admin.config.origin}/api/v1/cafes/${cafe.id}`
  return { answer: jsonAnswer(201, json, { location, etag }) }
}
