import { Hono } from 'hono'
import { z } from 'zod'
import type { Context } from '../../../context.ts'
import { findTerritory } from '../../../geo/territories.ts'
import { countFacets, FACET_NAMES, type FacetCount } from '../../../store/search/facet-counts.ts'
import type { ApiEnv } from '../access.ts'
import { publicJson } from '../answers.ts'
import { describeRead, jsonOf, queryParameters, refusals } from '../documentation.ts'
import { refuse, toProblems } from '../problems.ts'
import { PAGE_PARAMETERS, readExportSearch } from './export-search.ts'
import { listOf, SearchParameters } from './parameters.ts'

const FacetJson = z.object({
  value: z
    .string()
    .describe(
      'To be asked for by the parameter of this name; that of a territory by `territory`, and a month, as 2026-12, by its days',
    ),
  name: z.string().optional().describe('Of a territory'),
  cafes: z.int(),
})

const FacetsJson = z
  .object({
    total: z.int().describe('How many take place, 10,000 at most'),
    isCapped: z.boolean().describe('Whether there are more, of which only the soonest are counted'),
    facets: z
      .partialRecord(z.enum(FACET_NAMES), z.array(FacetJson))
      .describe('The hundred values with the most cafés, those first'),
  })
  .meta({ id: 'Facets' })

const By = z.object({
  by: listOf(z.enum(FACET_NAMES, 'not_a_choice'))
    .describe('What to count by; everything by default')
    .optional(),
})

/** How many cafés a search finds, by territory, kind, month and other things. */
export const facetReads = (context: Context) =>
  new Hono<ApiEnv>().get(
    '/facets',
    describeRead({
      id: 'getFacets',
      summary: 'How many cafés of a search there are, by territory, format, kind, month…',
      description:
        'With the same parameters as `/cafes`. Cancelled cafés are not counted; each number is that of the search with this value. A café with two audiences counts for both.',
      parameters: queryParameters(
        By.extend(
          SearchParameters.omit({ order: true, limit: true, cursor: true, updatedSince: true })
            .shape,
        ),
      ),
      alsoTaken: PAGE_PARAMETERS,
      responses: { 200: jsonOf(FacetsJson, 'The counts'), ...refusals(400) },
    }),
    async (c) => {
      const { by: names, ...asked } = c.req.queries()
      const given = (names ?? []).filter((name) => name.trim() !== '')
      const by = By.safeParse(given.length === 0 ? {} : { by: given.join(',') })
      const read = readExportSearch(c, context.now(), asked)
      const problems = [
        ...(by.error ? toProblems(by.error).slice(0, 1).map(inWhole) : []),
        ...('problems' in read ? read.problems : []),
      ]
      if (!by.data || 'problems' in read)
        return refuse(c, context.config, { type: 'bad-request', problems })
      const { total, isCapped, counts } = await countFacets(
        context.db,
        read.query,
        by.data.by ?? FACET_NAMES,
      )
      const facets = Object.fromEntries(
        [...counts].map(([name, values]) => [name, values.map(withName)]),
      )
      return publicJson(c, { total, isCapped, facets })
    },
  )

/** A value of a list that is wrong is a problem of the parameter. */
const inWhole = <T extends { field: string }>(problem: T): T => ({ ...problem, field: 'by' })

const withName = ({ value, cafes }: FacetCount): z.input<typeof FacetJson> => {
  const name = findTerritory(value)?.name
  return { value, ...(name !== undefined && { name }), cafes }
}
