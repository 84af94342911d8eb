import { Hono, type Context as HonoContext } from 'hono'
import { z } from 'zod'
import { DEFAULT_RADIUS } from '../../../ui/search/values.ts'
import type { Context } from '../../context.ts'
import {
  FACILITATOR_STATUSES,
  FACILITATOR_TITLES,
  type Facilitator,
  hasNetworkFields,
  TRAININGS,
} from '../../domain/facilitators/facilitator.ts'
import type { Problem } from '../../domain/values/problem.ts'
import type { Point } from '../../geo/distance.ts'
import { findTerritory, type Territory, territoryOf } from '../../geo/territories.ts'
import { lookUpWhere } from '../../geo/where.ts'
import { findPeerByActor } from '../../store/directory/peers.ts'
import {
  type FacilitatorQuery,
  type FoundFacilitator,
  isPlaceKnown,
  listFacilitators,
} from '../../store/facilitators/search.ts'
import type { ApiEnv } from './access.ts'
import { privateJson, publicJson } from './answers.ts'
import { describeRead, jsonOf, queryParameters, refusals } from './documentation.ts'
import { TakenPlaceJson, toTakenPlaceJson } from './place-json.ts'
import { refuse, toProblems } from './problems.ts'
import { narrowerOf, numberIn, RADIUS } from './search/parameters.ts'

const LIMIT_DEFAULT = 30
const LIMIT_MAX = 100
const WRONG_CURSOR: Problem = { field: 'cursor', code: 'invalid' }

const FacilitatorJson = z
  .object({
    id: z.string().describe('ActivityPub id: the address of the profile at its origin'),
    name: z.string().describe('As the person wants to be called'),
    word: z.enum(FACILITATOR_TITLES),
    url: z.string(),
    territory: z
      .object({ code: z.string(), name: z.string() })
      .nullable()
      .describe('`c-35238`, `e-243500139`, `35` or `r-53`'),
    radiusKm: z.int().nullable().describe('How far the person travels from its middle'),
    formats: z.array(z.string()),
    themes: z.array(z.string()),
    languages: z.array(z.string()).describe('BCP 47'),
    status: z.enum(FACILITATOR_STATUSES).nullable(),
    training: z.enum(TRAININGS).nullable(),
    trainedOn: z.string().nullable().describe('`2026-05`'),
    availability: z.string().nullable(),
    presentation: z.string().nullable(),
    photo: z.object({ url: z.string(), alt: z.string() }).nullable(),
    contact: z
      .object({ url: z.string().nullable(), shown: z.string().nullable() })
      .nullable()
      .describe('A page with a form, or what the person shows'),
    expiresAt: z.iso.datetime().nullable().describe('Until when the consent holds'),
    updatedAt: z.iso.datetime(),
    distanceKm: z.number().optional().describe('Only when the search has `near`'),
    forStructures: z
      .boolean()
      .optional()
      .describe(
        'Only in answers to members of a directory: something of it is for structures alone',
      ),
  })
  .meta({ id: 'Facilitator' })
type FacilitatorJson = z.output<typeof FacilitatorJson>

const FacilitatorPageJson = z
  .object({
    items: z.array(FacilitatorJson),
    total: z.int(),
    next: z.string().nullable().describe('Address of the page that follows'),
    place: TakenPlaceJson,
  })
  .meta({ id: 'FacilitatorPage' })

const text = z.string('invalid').max(500, 'too_long')

const FacilitatorParameters = z.object({
  near: text
    .describe(
      '`lat,lng`, a postcode, a town, a département or a région, by its name: who is around it, or travels to it, as `place` of the answer says',
    )
    .optional(),
  radius: RADIUS,
  territory: text.describe('Whose territory is in it or holds it: `r-53`, `35`…').optional(),
  format: text.optional(),
  theme: text.optional(),
  language: text.describe('BCP 47 tag').optional(),
  training: z.enum(TRAININGS, 'not_a_choice').optional(),
  word: z.enum(FACILITATOR_TITLES, 'not_a_choice').optional(),
  q: text.describe('Words, each from its beginning').optional(),
  limit: numberIn(1, LIMIT_MAX).pipe(z.int('invalid')).describe('30 by default').optional(),
  cursor: text
    .describe('From `next`: the page that follows; refused once whoever ended the page is gone')
    .optional(),
})

/**
 * The people who lead cafés, as everybody may see them now. They are never in a file, so that a person who withdraws is
 * gone.
 */
export const facilitatorReads = (context: Context) =>
  new Hono<ApiEnv>().get(
    '/facilitators',
    describeRead({
      id: 'searchFacilitators',
      summary: 'People who lead cafés and agree to be shown',
      description:
        'Live, by consent, field by field: do not keep it. A profile that is withdrawn is gone from here at once.',
      parameters: queryParameters(FacilitatorParameters),
      responses: {
        200: jsonOf(FacilitatorPageJson, 'A page of profiles, nearest first or by name'),
        304: { description: 'Not changed' },
        ...refusals(400),
      },
    }),
    async (c) => {
      const read = readParameters(new URL(c.req.url).searchParams)
      if ('problems' in read)
        return refuse(c, context.config, { type: 'bad-request', problems: read.problems })
      const isMember = await isAskedByMember(context, c)
      const audience = isMember ? 'network' : 'public'
      const query: FacilitatorQuery = { ...read.query, audience, now: context.now() }
      if (!(await isPlaceKnown(context.db, query)))
        return refuse(c, context.config, { type: 'bad-request', problems: [WRONG_CURSOR] })
      const { facilitators, total, next } = await listFacilitators(context.db, query)
      const answer = {
        items: facilitators.map((facilitator) => ({
          ...toFacilitatorJson(facilitator),
          ...(isMember && { forStructures: hasNetworkFields(facilitator) }),
        })),
        total,
        next: next ? nextAddress(c.req.url, context.config.origin, next) : null,
        place: toTakenPlaceJson(c.req.query('near') ?? ''),
      }
      return isMember ? privateJson(c, answer) : publicJson(c, answer)
    },
  )

/** Returns whether a member's own server asks, by its signature: it shows its structures what is for structures. */
async function isAskedByMember(
  { db, remote, isDirectory }: Context,
  c: HonoContext,
): Promise<boolean> {
  if (!isDirectory || c.req.header('Signature') === undefined) return false
  const { pathname, search } = new URL(c.req.url)
  const headers = c.req.raw.headers
  const asker = await remote.findAsker({ method: c.req.method, path: pathname + search, headers })
  const peer = asker === undefined ? undefined : await findPeerByActor(db, asker)
  return peer?.membership === 'member'
}

function nextAddress(address: string, origin: string, cursor: string): string {
  const { pathname, searchParams } = new URL(address)
  searchParams.set('cursor', cursor)
  return `${origin}${pathname}?${searchParams}`
}

type Read = { query: Omit<FacilitatorQuery, 'audience' | 'now'> } | { problems: Problem[] }

function readParameters(given: URLSearchParams): Read {
  const present = Object.fromEntries([...given].filter(([, value]) => value.trim() !== ''))
  const parsed = FacilitatorParameters.safeParse(present)
  if (!parsed.success) return { problems: toProblems(parsed.error) }
  const { near, radius, territory, limit, cursor, ...rest } = parsed.data
  const problems: Problem[] = []
  const place = near === undefined ? {} : readPlace(near)
  if (!place) problems.push({ field: 'near', code: 'unknown_place' })
  const asked = territory === undefined ? undefined : findTerritory(territory)
  if (territory !== undefined && !asked)
    problems.push({ field: 'territory', code: 'unknown_place' })
  const area = place?.area
  const found = area && asked ? narrowerOf(area, asked) : (area ?? asked)
  if (area && asked && !found) problems.push({ field: 'territory', code: 'outside_place' })
  if (problems.length > 0) return { problems }
  return {
    query: {
      ...rest,
      near: place?.point && { ...place.point, radiusKm: radius ?? DEFAULT_RADIUS },
      territory: found,
      limit: limit ?? LIMIT_DEFAULT,
      after: cursor,
    },
  }
}

type Place = { point?: Point & { within: Territory[] }; area?: Territory }

/** Reads a place: a point, with the territories that contain it where it is a town; a territory; or everywhere. */
function readPlace(text: string): Place | undefined {
  const answer = lookUpWhere(text)
  if (answer.kind === 'unknown') return undefined
  if (answer.kind === 'everywhere') return {}
  if (answer.kind === 'area') return { area: answer.area }
  const { latitude, longitude } = answer.kind === 'commune' ? answer.commune : answer
  const within = answer.kind === 'commune' ? territoryOf(answer.commune) : []
  return { point: { latitude, longitude, within } }
}

function toFacilitatorJson(facilitator: FoundFacilitator): FacilitatorJson {
  const { territory: code, distanceKm, photo } = facilitator
  const territory = code === undefined ? undefined : findTerritory(code)
  return {
    id: facilitator.uri,
    name: facilitator.name,
    word: facilitator.word,
    url: facilitator.url,
    territory: territory ? { code: territory.code, name: territory.name } : null,
    radiusKm: facilitator.radiusKm ?? null,
    formats: facilitator.formats,
    themes: facilitator.themes,
    languages: facilitator.languages,
    status: facilitator.status ?? null,
    training: facilitator.training ?? null,
    trainedOn: facilitator.trainedOn ?? null,
    availability: facilitator.availability ?? null,
    presentation: facilitator.presentation ?? null,
    photo: photo ? { url: photo.url, alt: photo.alt } : null,
    contact: contactOf(facilitator),
    expiresAt: facilitator.expiresAt?.toString() ?? null,
    updatedAt: facilitator.updatedAt.toString(),
    ...(distanceKm !== undefined && { distanceKm: Math.round(distanceKm * 10) / 10 }),
  }
}

function contactOf({ contact, shownContact, url }: Facilitator): FacilitatorJson['contact'] {
  if (contact === 'none') return null
  return contact === 'relay' ? { url, shown: null } : { url: null, shown: shownContact ?? null }
}
