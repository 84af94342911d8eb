import { Hono } from 'hono'
import { z } from 'zod'
import type { Context } from '../../context.ts'
import {
  findRegion,
  findTerritory,
  searchTerritories,
  type Territory,
  territoryOf,
} from '../../geo/territories.ts'
import { lookUpWhere } from '../../geo/where.ts'
import { countByTerritory } from '../../store/territories/territory-counts.ts'
import { findNames } from '../search/suggested-names.ts'
import type { ApiEnv } from './access.ts'
import { publicJson } from './answers.ts'
import { describeRead, jsonOf, pathParameter, queryParameters, refusals } from './documentation.ts'
import { refuse } from './problems.ts'

const SUGGESTIONS = 20
const NAMES = 5

export const TerritoryJson = z
  .object({
    code: z.string().describe('`r-53`, `35`, `e-243500139`, `c-35238`'),
    name: z.string(),
    kind: z.enum(['region', 'departement', 'epci', 'commune']),
  })
  .meta({ id: 'Territory' })

const WholeTerritoryJson = z
  .object({
    ...TerritoryJson.shape,
    parents: z.array(TerritoryJson).describe('That it is in, narrowest first'),
    cafes: z.int().describe('Cafés to come, open to all and not cancelled'),
  })
  .meta({ id: 'WholeTerritory' })

const TerritoryParameters = z.object({
  q: z.string().optional().describe('The beginning of a name, or a code'),
})

const NameJson = z
  .object({
    text: z.string().describe('What `near` and `q` of a search take'),
    kind: z.enum(['structure', 'venue']),
  })
  .meta({ id: 'Name' })

const NameParameters = z.object({
  q: z.string().optional().describe('The beginnings of its words, three letters at least'),
})

/** What can be typed as a place: régions, départements, intercommunalities, communes; structures and venues. */
export const territoryReads = ({ db, config, now }: Context) =>
  new Hono<ApiEnv>()
    .get(
      '/territories',
      describeRead({
        id: 'searchTerritories',
        summary: 'Territories by name',
        parameters: queryParameters(TerritoryParameters),
        responses: {
          200: jsonOf(
            z.object({ items: z.array(TerritoryJson) }),
            `At most ${SUGGESTIONS}, whole names first; where few bear the name, what may be meant by it: a quarter, an area, or a slip`,
          ),
          ...refusals(),
        },
      }),
      (c) => {
        const found = suggestTerritories((c.req.query('q') ?? '').slice(0, TEXT_MAX))
        return publicJson(c, { items: found.map(toTerritoryJson) })
      },
    )
    .get(
      '/names',
      describeRead({
        id: 'searchNames',
        summary: 'Structures and venues by name, to be suggested while one types',
        parameters: queryParameters(NameParameters),
        responses: {
          200: jsonOf(
            z.object({ items: z.array(NameJson) }),
            `At most ${NAMES}, those with the next cafés first`,
          ),
          ...refusals(),
        },
      }),
      async (c) => {
        const text = (c.req.query('q') ?? '').slice(0, 100)
        return publicJson(c, { items: await findNames(db, { text, limit: NAMES, now: now() }) })
      },
    )
    .get(
      '/territories/:code',
      describeRead({
        id: 'getTerritory',
        summary: 'One territory, and how many cafés are to come there',
        parameters: [pathParameter('code', 'As in `code`')],
        responses: { 200: jsonOf(WholeTerritoryJson, 'The territory'), ...refusals(404) },
      }),
      async (c) => {
        const territory = findTerritory(c.req.param('code'))
        if (!territory) return refuse(c, config, { type: 'not-found' })
        const counts = await countByTerritory(db, { territories: [territory], now: now() })
        return publicJson(c, {
          ...toTerritoryJson(territory),
          parents: parentsOf(territory).map(toTerritoryJson),
          cafes: counts.get(territory.code) ?? 0,
        })
      },
    )

const TEXT_MAX = 100
/** With fewer territories of this name, what may have been meant is suggested too. */
const FEW = 3

/** Suggests territories by name, and where few bear it what is meant by it: a quarter, an area, or a slip. */
function suggestTerritories(text: string): Territory[] {
  const found = searchTerritories(text, SUGGESTIONS)
  if (found.length >= FEW || text.trim().length < FEW) return found
  const where = lookUpWhere(text)
  const towns =
    where.kind === 'commune' ? [where.commune] : where.kind === 'unknown' ? where.close.towns : []
  const area = where.kind === 'unknown' ? where.close.area : undefined
  const meant = towns.flatMap(({ codeInsee }) => findTerritory(`c-${codeInsee}`) ?? [])
  const known = new Set(found.map(({ code }) => code))
  return [...found, ...(area ? [area] : []), ...meant.filter(({ code }) => !known.has(code))]
}

/** Makes the JSON of a territory within another answer. */
export const toTerritoryJson = ({ code, name, kind }: Territory) => ({ code, name, kind })

/**
 * Returns the territories that contain this one. An intercommunality may lie in several départements, so it has no
 * parent.
 */
function parentsOf(territory: Territory): Territory[] {
  switch (territory.kind) {
    case 'commune':
      return territoryOf(territory.commune).slice(1)
    case 'departement': {
      const region = findRegion(territory.departement.region)
      return region ? [findTerritory(`r-${region.code}`) ?? []].flat() : []
    }
    case 'region':
    case 'epci':
      return []
  }
}
