import { Hono } from 'hono'
import { z } from 'zod'
import type { Context } from '../../context.ts'
import { REFERENCE_MAX, VenueInput } from '../../domain/cafes/cafe-input.ts'
import { type SavedVenue, venueOf } from '../../domain/cafes/venue.ts'
import type { Problem } from '../../domain/values/problem.ts'
import { reviseCafesAt } from '../../store/cafes/own-cafes.ts'
import { findVenueByReference, listVenues, saveVenue } from '../../store/cafes/venues.ts'
import { listCafeChanges, listVenueChanges } from '../cafes/cafe-changes.ts'
import { placeChecked } from '../cafes/validation.ts'
import { hasTag, tagOf } from '../http/answers.ts'
import { type ApiEnv, requireReader, requireWriter } from './access.ts'
import { privateJson } from './answers.ts'
import { findOtherKey, findUnknownPlaceFields, isRecord, readReference } from './bodies.ts'
import { BATCH_RESPONSES, batchBody, LINES_MAX, writeBatch } from './cafes/batch.ts'
import { toVenueJson, VenueJson } from './cafes/cafe-json.ts'
import { writeJson } from './cafes/cafe-writes.ts'
import type { Admin } from './cafes/write-cafe.ts'
import {
  describeRead,
  describeSchema,
  describeWrite,
  IF_MATCH,
  jsonOf,
  REFERENCE,
  refusals,
  TAGGED,
} from './documentation.ts'
import { type Refusal, refuse, toProblems } from './problems.ts'
import type { RequestLimits } from './request-limits.ts'
import { jsonAnswer, type WriteScope } from './writes.ts'

const PlaceJson = z.object({ reference: z.string(), ...VenueJson.shape }).meta({ id: 'Place' })

/** The places of a structure, under keys of its own; a change applies to its upcoming cafés there. */
export const venueWrites = (context: Context, limits: RequestLimits) =>
  new Hono<ApiEnv>().route('/', venueReads(context)).put(
    '/places/by-reference/:reference',
    describeWrite({
      id: 'putPlaceByReference',
      scope: 'places',
      summary: 'Keep or change a place under your own key',
      description:
        'A café may then say `"venue": {"reference": "…"}`. The cafés to come that are held there change with it.',
      parameters: [REFERENCE, IF_MATCH],
      body: {
        required: true,
        content: {
          'application/json': { schema: describeSchema(VenueInput.meta({ id: 'VenueInput' })) },
        },
      },
      responses: {
        200: jsonOf(PlaceJson, 'Changed', TAGGED),
        201: jsonOf(PlaceJson, 'Kept', TAGGED),
        ...refusals(400, 401, 412, 413, 415, 422),
      },
    }),
    requireWriter(context, limits, { scope: 'places' }),
    (c) =>
      writeJson(c, context, async (scope, admin, body) => {
        const written = await writePlace(scope, admin, readReference(c), body)
        if (written.refusal) return written
        const { venue, isNew } = written
        if (scope.isDryRun) return { answer: jsonAnswer(200, toPlaceJson(venue)) }
        const etag = placeTag(venue)
        return { answer: jsonAnswer(isNew ? 201 : 200, toPlaceJson(venue), { etag }) }
      }),
  )

const OwnPlaceJson = PlaceJson.extend({ reference: z.string().nullable() }).meta({ id: 'OwnPlace' })

/** What a structure keeps, for the program that sent it. */
const venueReads = (context: Context) =>
  new Hono<ApiEnv>()
    .get(
      '/places',
      describeRead({
        id: 'listPlaces',
        summary: 'The places of your structure, by name',
        ...{ scope: 'places', isOwn: true },
        responses: {
          200: jsonOf(z.object({ items: z.array(OwnPlaceJson) }), 'All of them'),
          ...refusals(401),
        },
      }),
      requireReader(context, 'places'),
      async (c) => {
        const { writer } = c.var
        const venues = await listVenues(context.db, writer.organization.id)
        return privateJson(c, { items: venues.map(toPlaceJson) })
      },
    )
    .get(
      '/places/by-reference/:reference',
      describeRead({
        id: 'getPlaceByReference',
        summary: 'The place of your own key',
        parameters: [REFERENCE],
        ...{ scope: 'places', isOwn: true },
        responses: { 200: jsonOf(PlaceJson, 'The place', TAGGED), ...refusals(401, 404) },
      }),
      requireReader(context, 'places'),
      async (c) => {
        const { writer } = c.var
        const { id } = writer.organization
        const venue = await findVenueByReference(context.db, id, readReference(c))
        return venue
          ? privateJson(c, toPlaceJson(venue), 200, { ETag: placeTag(venue) })
          : refuse(c, context.config, { type: 'not-found' })
      },
    )

const toPlaceJson = (venue: SavedVenue) => ({
  reference: venue.reference ?? null,
  ...toVenueJson(venue),
})

/** Returns the entity tag of a place that a program keeps, made from all that it is given of it. */
const placeTag = (venue: SavedVenue): string => tagOf(JSON.stringify(toPlaceJson(venue)))

/** Writes many places at once: each line is one, with its `reference`. */
export const venueBatch = (context: Context, limits: RequestLimits) =>
  new Hono<ApiEnv>().post(
    '/places/batch',
    describeWrite({
      id: 'writePlaces',
      scope: 'places',
      summary: `Keep or change up to ${LINES_MAX} places`,
      description:
        'NDJSON: a `VenueInput` with its `reference` a line. The good lines are kept, whatever the others are; one result a line.',
      body: batchBody('One `VenueInput` with its `reference` a line'),
      responses: BATCH_RESPONSES,
    }),
    requireWriter(context, limits, { scope: 'places', what: 'batch' }),
    (c) =>
      writeBatch(c, context, async (scope, admin, body) => {
        const reference = isRecord(body) ? body.reference : undefined
        const key = typeof reference === 'string' ? reference.trim() : ''
        const written = await writePlace(scope, admin, key, body)
        if (written.refusal) return written
        return { status: written.isNew ? 201 : 200, reference: key }
      }),
  )

const wrongReference = (reference: string): Problem =>
  reference === ''
    ? { field: 'reference', code: 'required' }
    : { field: 'reference', code: 'too_long', detail: String(REFERENCE_MAX) }

type WrittenPlace =
  | { reference: string; venue: SavedVenue; isNew: boolean; refusal?: never }
  | { refusal: Refusal }

async function writePlace(
  { trx, now, ifMatch }: WriteScope,
  { organization, by }: Admin,
  reference: string,
  body: unknown,
): Promise<WrittenPlace> {
  const parsed = VenueInput.safeParse(body)
  if (!parsed.success || reference === '' || reference.length > REFERENCE_MAX) {
    const problems = parsed.success ? [wrongReference(reference)] : toProblems(parsed.error)
    return { refusal: { type: 'invalid', problems } }
  }
  const slips = [...findUnknownPlaceFields(body), ...findOtherKey(body, 'reference', reference)]
  if (slips.length > 0) return { refusal: { type: 'invalid', problems: slips } }
  const { latitude, longitude, ...rest } = parsed.data
  const placed = placeChecked({
    ...rest,
    latitude: latitude ?? undefined,
    longitude: longitude ?? undefined,
  })
  if ('problems' in placed) {
    const problems = placed.problems.map((problem) => ({
      ...problem,
      field: problem.field.replace(/^venue\./, ''),
    }))
    return { refusal: { type: 'invalid', problems } }
  }
  const { access, acceslibreUrl } = rest
  const known = await findVenueByReference(trx, organization.id, reference)
  if (ifMatch !== undefined && !(known && hasTag(ifMatch, placeTag(known))))
    return { refusal: { type: 'precondition-failed' } }
  const kept = await saveVenue(
    trx,
    {
      venue: { ...placed.venue, access, acceslibreUrl },
      organizationId: organization.id,
      reference,
      by,
      changesOf: listVenueChanges,
    },
    now,
  )
  const revised = { venueId: kept.id, said: { venue: venueOf(kept) }, by }
  await reviseCafesAt(trx, { ...revised, changesOf: listCafeChanges }, now)
  return { reference, venue: kept, isNew: known === undefined }
}
