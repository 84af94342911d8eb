import { Hono } from 'hono'
import { z } from 'zod'
import type { Context } from '../../context.ts'
import { findDepartement } from '../../geo/territories.ts'
import { statisticsOf } from '../territories/statistics-data.ts'
import type { ApiEnv } from './access.ts'
import { publicJson } from './answers.ts'
import { describeRead, jsonOf, refusals } from './documentation.ts'

const Totals = {
  held: z.int().describe('Over, open to everyone, not cancelled'),
  toCome: z.int(),
  cancelled: z.int().describe('In no other figure'),
}

const FiguresJson = z
  .object({
    ...Totals,
    placed: z.int().describe('Held or to come, at a place'),
    outsideParis: z
      .number()
      .nullable()
      .describe('Part of `placed` outside the city of Paris, 0 to 1'),
    departements: z
      .int()
      .describe('Départements, and collectivities overseas, with a café held or to come'),
    organizers: z.int().describe('With a café held in the last twelve months or to come'),
    byMonth: z.array(z.object({ month: z.string().describe('2026-12'), ...Totals })),
    byDepartement: z.array(z.object({ departement: z.string(), name: z.string(), ...Totals })),
    countedAt: z.iso.datetime(),
  })
  .meta({ id: 'Figures' })

/** The route of what the directory counts. */
export function statisticsReads(context: Context) {
  const findStatistics = statisticsOf(context)
  return new Hono<ApiEnv>().get(
    '/figures',
    describeRead({
      id: 'getFigures',
      summary: 'How many cafés, when and where',
      responses: { 200: jsonOf(FiguresJson, 'Counted at most an hour ago'), ...refusals() },
    }),
    async (c) => {
      const { countedAt, outsideParis, departements, byMonth, byDepartement, ...totals } =
        await findStatistics()
      return publicJson(c, {
        ...totals,
        departements: departements.length,
        outsideParis: outsideParis ?? null,
        byMonth: byMonth.map(({ month, ...each }) => ({ month: month.toString(), ...each })),
        byDepartement: byDepartement.map(({ departement, ...each }) => ({
          departement,
          name: findDepartement(departement)?.name ?? departement,
          ...each,
        })),
        countedAt: countedAt.round({ smallestUnit: 'second', roundingMode: 'floor' }).toString(),
      })
    },
  )
}
