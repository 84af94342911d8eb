import { Hono } from 'hono'
import { resolver } from 'hono-openapi'
import { z } from 'zod'
import type { Context } from '../../context.ts'
import { VenueInput } from '../../domain/cafe-input.ts'
import { venueOf } from '../../domain/venue.ts'
import { placeVenue } from '../../geo/venue.ts'
import { reviseCafe } from '../../store/own-cafes.ts'
import { findVenueByReference, listCafesAtVenue, saveVenue } from '../../store/venues.ts'
import { type ApiEnv, writersOnly } from './access.ts'
import { toVenueJson, VenueJson } from './cafe-json.ts'
import { writeJson } from './cafe-writes.ts'
import { describeWrite, jsonOf, pathParameter, refusals } from './documentation.ts'
import { toProblems } from './problems.ts'
import type { RequestLimits } from './request-limits.ts'
import { jsonAnswer } from './writes.ts'

const PlaceJson = z.object({ reference: z.string(), ...VenueJson.shape }).meta({ id: 'Place' })

/** The places of a structure, under keys of its own; its cafés to come there follow a change. */
export const placeWrites = (context: Context, limits: RequestLimits) =>
  new Hono<ApiEnv>().put(
    '/places/by-reference/:reference',
    describeWrite({
      id: 'putPlaceByReference',
      summary: 'Keep or change a place under your own key',
      description:
        'A café may then say `"venue": {"reference": "…"}`. The cafés to come that are held there change with it.',
      parameters: [pathParameter('reference', "The sender's own key")],
      body: {
        required: true,
        content: {
          'application/json': { schema: resolver(VenueInput.meta({ id: 'VenueInput' })) },
        },
      },
      responses: {
        200: jsonOf(PlaceJson, 'Changed'),
        201: jsonOf(PlaceJson, 'Kept'),
        ...refusals(400, 401, 413, 415, 422),
      },
    }),
    writersOnly(context, limits, 'write'),
    (c) =>
      writeJson(c, context, async ({ trx, now, isDryRun }, { organization }, body) => {
        const reference = c.req.param('reference').trim()
        const parsed = VenueInput.safeParse(body)
        if (!parsed.success || reference === '' || reference.length > 255) {
          const problems = parsed.success
            ? [{ field: 'reference', code: 'invalid' } as const]
            : toProblems(parsed.error)
          return { refusal: { type: 'invalid', problems } }
        }
        const { latitude, longitude, ...rest } = parsed.data
        const placed = placeVenue({
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
        const known = await findVenueByReference(trx, organization.id, reference)
        const kept = await saveVenue(
          trx,
          { venue: placed.venue, organizationId: organization.id, reference },
          now,
        )
        const venue = venueOf(kept)
        for (const cafe of await listCafesAtVenue(trx, { venueId: kept.id, now }))
          await reviseCafe(trx, { id: cafe.id, content: { ...cafe, venue } }, now)
        const json = { reference, ...toVenueJson(kept) }
        return { answer: jsonAnswer(known || isDryRun ? 200 : 201, json) }
      }),
  )
