import { Hono, type MiddlewareHandler } from 'hono'
import { messagesFor } from '../../../ui/locales/messages.ts'
import { paths } from '../../../ui/paths.ts'
import { MapPage } from '../../../ui/search/map-page.tsx'
import { MapQuestionPage } from '../../../ui/search/map-question.tsx'
import { NO_SEARCH, type SearchValues, searchHref } from '../../../ui/search/values.ts'
import type { Context } from '../../context.ts'
import { findCommune } from '../../geo/communes.ts'
import { listInhabited } from '../../geo/territory-family.ts'
import { searchCafes } from '../../store/search/search.ts'
import type { TownCount } from '../../store/search/shown-counts.ts'
import { allowTiles } from '../http/middleware.ts'
import { findSite } from '../http/site.ts'
import { findAdmin, type WebEnv } from '../workspaces/access.ts'
import { describeFrance, type TownTexts, townTexts } from './france-map.ts'
import { countFound, describeMapped } from './map-search.ts'
import { findPlacesToCome } from './places-to-come.ts'
import { parameterOf, readSearch, readSearchValues } from './query.ts'
import { describePart } from './results-map.ts'

/** The upcoming cafés on a map. */
export function mapRoutes(context: Context) {
  const { tiles } = context.config
  return new Hono<WebEnv>().get('/carte', tiles ? allowTiles(tiles.origin) : noTiles, async (c) => {
    const values = readSearchValues(parameterOf(c), context.now())
    const { query, problems } = readSearch(values, context.now())
    const site = await findSite(context, c)
    const signedIn = (await findAdmin(c, context)) !== undefined
    if (!query)
      return c.html(
        <MapQuestionPage site={site} values={values} problems={problems} signedIn={signedIn} />,
      )
    const found = isAsked(values) ? await countFound(context, query) : undefined
    const { counts, towns, placeless } = found ?? (await findPlacesToCome(context))
    // The first café says how the one who announces it is called, where the search names them.
    const [first] = found
      ? (await searchCafes(context.db, { ...query, limit: 1, isBrief: true })).items
      : []
    const search = found && {
      ...(await describeMapped(context, { query, values, first }, site.lang)),
      counted: found.counted,
    }
    const texts = townTexts(search?.hrefWithin ?? paths.territory, messagesFor(site.lang))
    const part = query.area ? describePart(query, towns, texts) : undefined
    return c.html(
      <MapPage
        site={site}
        map={
          part && !part.part.overseas
            ? { kind: 'part', ...part }
            : { kind: 'whole', whole: await describeFrance({ towns, counts, texts }) }
        }
        regions={listInhabited()
          .filter(({ departements }) => search || departements.length > 1)
          .map(({ region, departements }) => ({ ...region, departements }))}
        counts={counts}
        placeless={placeless}
        tiles={tiles && { ...tiles, points: towns.flatMap((town) => toTilePoint(town, texts)) }}
        search={search}
        signedIn={signedIn}
      />,
    )
  })
}

const isAsked = (values: SearchValues): boolean => searchHref(values) !== searchHref(NO_SEARCH)

const noTiles: MiddlewareHandler = (_, next) => next()

function toTilePoint(town: TownCount, { titleOf, hrefOf }: TownTexts) {
  const { latitude, longitude, name } = findCommune(town.codeInsee) ?? {}
  if (latitude === undefined || longitude === undefined || name === undefined) return []
  return [[latitude, longitude, hrefOf(town.codeInsee), titleOf(town, name, false)] as const]
}
