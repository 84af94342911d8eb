import { Hono, type Context as HonoContext } from 'hono'
import { z } from 'zod'
import type { Context } from '../../../context.ts'
import { type Cafe, isOurs } from '../../../domain/cafes/cafe.ts'
import { jsonItems } from '../../../formats/web/parts.ts'
import {
  findCafe,
  findCafeByReference,
  findCafeByUri,
  listCafesOfOrganization,
} from '../../../store/cafes/cafes.ts'
import { findSeriesOf } from '../../../store/cafes/series/outline.ts'
import { findTombstone, findTombstoneOfPage } from '../../../store/directory/deletions.ts'
import { findPeersByIds } from '../../../store/directory/public-peers.ts'
import { listFacilitatorsOf } from '../../../store/facilitators/cafe-facilitators.ts'
import { listCafePictures } from '../../../store/files/cafe-pictures.ts'
import { countFound, type FoundCafe, findPublicCafe } from '../../../store/search/search.ts'
import { giveWay } from '../../../turns/turns.ts'
import { createLongAnswers, type Writer, writeWhole } from '../../cafes/write-cafes.ts'
import { publicText } from '../../http/answers.ts'
import {
  type ApiEnv,
  findNamedWriter,
  findWriter,
  mayUse,
  refuseScope,
  requireReader,
} from '../access.ts'
import { privateJson, publicJson, revisionTag, writeAddress } from '../answers.ts'
import { readReference } from '../bodies.ts'
import {
  CAFE_ID,
  describeRead,
  flagParameter,
  jsonOf,
  queryParameters,
  REFERENCE,
  refusals,
  STRUCTURE,
  TAGGED,
} from '../documentation.ts'
import { isFlagSet } from '../parameters.ts'
import { TakenPlaceJson, toTakenPlaceJson } from '../place-json.ts'
import { refuse, toProblems } from '../problems.ts'
import { followChanges } from '../search/changes.ts'
import { PAGE_PARAMETERS, readExportSearch } from '../search/export-search.ts'
import { listOf, SearchParameters } from '../search/parameters.ts'
import { refuseStructure } from '../structures.ts'
import { CafeJson, OwnCafeJson, toCafeJson, toOwnCafeJson } from './cafe-json.ts'

const CafePageJson = z
  .object({
    items: z.array(CafeJson),
    next: z.string().nullable().describe('Address of the page that follows'),
    place: TakenPlaceJson,
    changes: z
      .string()
      .optional()
      .describe(
        'With `updatedSince`: address to ask next time, once all pages are read; it has no change twice but those made meanwhile, and misses none',
      ),
    removed: z
      .string()
      .optional()
      .describe('With `updatedSince`: address of what has left the same search since'),
    total: z
      .int()
      .optional()
      .describe(
        'With `total=1`: how many take place, on all pages, 10,000 at most; cancelled ones are apart',
      ),
    cancelled: z
      .int()
      .optional()
      .describe('With `total=1`: how many more are cancelled; left out beyond 10,000 cafés in all'),
  })
  .meta({ id: 'CafePage' })

const Fields = z.object({
  fields: listOf(z.enum(Object.keys(CafeJson.shape), 'not_a_choice'))
    .describe('The only fields of each café that are answered; all of them by default')
    .optional(),
})

const SEARCH = describeRead({
  id: 'searchCafes',
  summary: 'Cafés to come, soonest or nearest first',
  scope: 'cafes',
  description:
    'The address with `?id=` of a café redirects to `/cafes/{id}`. The parameters of the pages (`ou`, `rayon`, `quand`, `territoire`…) are understood as well. To keep a copy: ask with `updatedSince` of a date long ago, read all pages, then ask the addresses `changes` and `removed` of each answer from time to time.',
  parameters: [
    ...queryParameters(SearchParameters),
    ...queryParameters(Fields),
    flagParameter('total', '`1`: the answer has `total` and `cancelled` besides'),
    flagParameter(
      'mine',
      '`1`, with a token: all cafés of its structure, drafts and past ones too, in the order in which they were made. With `limit`, `cursor` and `structure`, and no other parameter',
    ),
  ],
  alsoTaken: [...PAGE_PARAMETERS, 'mark', 'id'],
  responses: {
    200: jsonOf(CafePageJson, 'A page of cafés'),
    307: { description: 'With `id`: where this café is' },
    ...refusals(401, 404, 410, 422),
  },
})

const BY_REFERENCE = describeRead({
  id: 'getCafeByReference',
  summary: 'The café of your own key',
  parameters: [REFERENCE],
  ...{ scope: 'cafes', isOwn: true },
  responses: { 200: jsonOf(OwnCafeJson, 'The café', TAGGED), ...refusals(401, 404) },
})

const ONE = describeRead({
  id: 'getCafe',
  summary: 'One café',
  scope: 'cafes',
  description: 'With the token of its structure, a draft too, and what only the structure knows.',
  parameters: [CAFE_ID, STRUCTURE],
  responses: {
    200: jsonOf(CafeJson, 'The café'),
    ...refusals(404, 410),
  },
})

/** The routes that read cafés: a search, or one of them. */
export const cafeReads = (context: Context) => {
  const answers = createLongAnswers(context)
  return new Hono<ApiEnv>()
    .get('/cafes', SEARCH, (c) => answerSearch(c, context, answers))
    .get('/cafes/by-reference/:reference', BY_REFERENCE, requireReader(context, 'cafes'), (c) =>
      answerByReference(c, context),
    )
    .get('/cafes/:id', ONE, (c) => {
      const id = c.req.param('id')
      return answerOne(c, context, id.includes('/') ? { uri: id } : { id })
    })
}

/** Answers a search, a page at a time; with `id` one café, and with `mine` those of the caller's structure. */
async function answerSearch(
  c: HonoContext<ApiEnv>,
  context: Context,
  answers: ReturnType<typeof createLongAnswers>,
): Promise<Response> {
  const id = c.req.query('id')
  if (id) return answerWhere(c, context, id)
  if (isFlagSet(c.req.query('mine'))) return answerMine(c, context)
  const { fields: names = [], ...asked } = c.req.queries()
  const given = names.filter((name) => name.trim() !== '')
  const chosen = Fields.safeParse(given.length === 0 ? {} : { fields: given.join(',') })
  const read = readExportSearch(c, context.now(), asked)
  if (!chosen.data || 'problems' in read)
    return refuse(c, context.config, {
      type: 'bad-request',
      problems: [
        ...(chosen.error ? [{ field: 'fields', code: 'not_a_choice' } as const] : []),
        ...('problems' in read ? read.problems : []),
      ],
    })
  const { fields } = chosen.data
  const followed = await followChanges(c, context, read.query.updatedSince)
  if (!followed) return refuse(c, context.config, { type: 'mark-unknown' })
  await giveWay()
  return answers.ofSearch(c, read.query, async ({ items, next }) => {
    const led = await findFacilitators(context, items)
    const following = {
      next: next ? writeAddress(c, context, { ...followed.pages, cursor: next }) : null,
      place: toTakenPlaceJson(c.req.query('near') || c.req.query('ou') || ''),
      ...followed.addresses,
      ...(isFlagSet(c.req.query('total')) && (await countFound(context.db, read.query))),
    }
    const writer: Writer = {
      head: '{"items":[',
      part: async (some, index) =>
        jsonItems((await toCafesJson(context, some, led)).map(onlyOf(fields)), index),
      foot: () => `],${JSON.stringify(following).slice(1)}`,
    }
    return publicText(c, await writeWhole(writer, items), 'application/json')
  })
}

/** Makes what leaves of a café only these fields. */
const onlyOf = (fields: readonly string[] | undefined) => (cafe: CafeJson) =>
  fields ? Object.fromEntries(Object.entries(cafe).filter(([name]) => fields.includes(name))) : cafe

async function answerByReference(c: HonoContext<ApiEnv>, context: Context): Promise<Response> {
  const { id } = c.var.writer.organization
  const cafe = await findCafeByReference(context.db, id, readReference(c))
  return cafe ? answerOwn(c, context, cafe) : refuse(c, context.config, { type: 'not-found' })
}

type Key = { id: string } | { uri: string }

/** Answers where the café of this ActivityPub id is. */
async function answerWhere(c: HonoContext<ApiEnv>, context: Context, uri: string) {
  const { db, config } = context
  const cafe = (await findOwn(c, context, { uri })) ?? (await findPublicCafe(db, { uri }))
  if (cafe) return c.redirect(`${config.origin}/api/v1/cafes/${cafe.id}`, 307)
  return refuse(c, config, { type: (await findTombstone(db, uri)) ? 'gone' : 'not-found' })
}

async function answerOne(c: HonoContext<ApiEnv>, context: Context, key: Key): Promise<Response> {
  const { db, config } = context
  const own = await findOwn(c, context, key)
  if (own) return answerOwn(c, context, own)
  const cafe = await findPublicCafe(db, key)
  if (cafe) {
    const [json] = await toCafesJson(context, [cafe], await findFacilitators(context, [cafe]))
    return publicJson(c, json)
  }
  const tombstone =
    'uri' in key
      ? await findTombstone(db, key.uri)
      : await findTombstoneOfPage(db, { id: key.id, origin: config.origin })
  return refuse(c, config, { type: tombstone ? 'gone' : 'not-found' })
}

async function answerOwn(c: HonoContext<ApiEnv>, context: Context, own: Cafe): Promise<Response> {
  const led = await findFacilitators(context, [own])
  const json = toOwnCafeJson(own, context.config.origin, {
    facilitators: led.get(own.id),
    series: await findSeriesOf(context.db, [own]),
  })
  return privateJson(c, json, 200, { ETag: revisionTag(own) })
}

const MineParameters = z.strictObject({
  mine: z.string(),
  structure: z.string().optional(),
  limit: z.coerce
    .number('invalid')
    .int('invalid')
    .min(1, 'number_out_of_range')
    .max(100, 'number_out_of_range')
    .default(30),
  cursor: z.uuid('invalid').optional(),
})

/** Answers with all cafés that the caller's own structure keeps, a page at a time. */
async function answerMine(c: HonoContext<ApiEnv>, context: Context): Promise<Response> {
  const { db, config } = context
  const known = await findWriter(c, context)
  if (!known) return refuse(c, config, { type: 'unauthorized' })
  if (!mayUse(known, 'cafes')) return refuseScope(c, context, 'cafes')
  const writer = await findNamedWriter(c, context, known)
  if (!writer) return refuse(c, config, refuseStructure())
  const asked = MineParameters.safeParse(c.req.query())
  if (!asked.success)
    return refuse(c, config, { type: 'bad-request', problems: toProblems(asked.error) })
  const { limit, cursor } = asked.data
  const cafes = await listCafesOfOrganization(db, writer.organization.id, {
    after: cursor,
    limit: limit + 1,
  })
  const page = cafes.slice(0, limit)
  const led = await findFacilitators(context, page)
  const series = await findSeriesOf(db, page)
  const last = cafes.length > limit ? page.at(-1) : undefined
  return privateJson(c, {
    items: page.map((cafe) =>
      toOwnCafeJson(cafe, config.origin, { facilitators: led.get(cafe.id), series }),
    ),
    next: last ? writeAddress(c, context, { cursor: last.id }) : null,
  })
}

/** Finds a café that the caller's own structure keeps, drafts included. */
export async function findOwn(
  c: HonoContext<ApiEnv>,
  context: Context,
  key: Key,
): Promise<Cafe | undefined> {
  if (!c.req.header('Authorization')) return undefined
  const known = await findWriter(c, context)
  const writer = known && mayUse(known, 'cafes') && (await findNamedWriter(c, context, known))
  if (!writer) return undefined
  const cafe =
    'uri' in key ? await findCafeByUri(context.db, key.uri) : await findCafe(context.db, key.id)
  // A program is given a draft once it has a day.
  return cafe?.organizationId === writer.organization.id && !cafe.isUndated ? cafe : undefined
}

/**
 * Returns cafés as JSON, with what is known of their servers. The people who lead them are only in live answers, and
 * never in a file.
 */
export async function toCafesJson(
  { db, config }: Pick<Context, 'db' | 'config'>,
  cafes: readonly FoundCafe[],
  led?: Awaited<ReturnType<typeof findFacilitators>>,
): Promise<CafeJson[]> {
  const ids = new Set(cafes.flatMap(({ peerId }) => peerId ?? []))
  const peers = await findPeersByIds(db, [...ids])
  const copies = await listCafePictures(
    db,
    cafes.filter((cafe) => !isOurs(cafe)).map(({ id }) => id),
  )
  const series = await findSeriesOf(db, cafes)
  return cafes.map((cafe) =>
    toCafeJson(cafe, {
      series,
      origin: config.origin,
      peer: isOurs(cafe) ? undefined : peers.get(cafe.peerId ?? ''),
      distanceKm: cafe.distanceKm,
      facilitators: led?.get(cafe.id),
      copy: copies.get(cafe.id),
    }),
  )
}

/** Finds the people who lead each of them, as far as everybody may know it now. */
const findFacilitators = ({ db, now }: Pick<Context, 'db' | 'now'>, cafes: readonly Cafe[]) =>
  listFacilitatorsOf(
    db,
    cafes.map(({ id }) => id),
    { audience: 'public', now: now() },
  )
