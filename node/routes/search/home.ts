import { territoryText } from '../../../ui/locales/french-articles.ts'
import { messagesFor } from '../../../ui/locales/messages.ts'
import { paths } from '../../../ui/paths.ts'
import type { HomePageProps } from '../../../ui/search/home-page.tsx'
import { NO_SEARCH } from '../../../ui/search/values.ts'
import type { Context } from '../../context.ts'
import type { Lang } from '../../domain/values/lang.ts'
import { findRegion, findTerritory } from '../../geo/territories.ts'
import { mainCommuneOf } from '../../geo/territory-family.ts'
import { listFoundCafes } from '../../store/search/search.ts'
import { countPlacesToCome } from '../../store/territories/departement-counts.ts'
import { toListed } from '../cafes/cards.ts'
import { findOwnOnline } from '../series/own-online.ts'
import { listFirstCards } from './folded-page.ts'
import { describeSmallFrance, townTexts } from './france-map.ts'
import { readSearch } from './query.ts'

/** The maximum number of cafés on the home page, as many as one reads at a glance; the list has the others. */
const NEXT_CAFES = 6

type Home = Pick<HomePageProps, 'cafes' | 'total' | 'departements' | 'regions' | 'map' | 'online'>

/** Finds what the home page of a directory shows before anything is searched. */
export async function findHome(
  { db, now }: Pick<Context, 'db' | 'now'>,
  lang: Lang,
): Promise<Home> {
  const { query } = readSearch(NO_SEARCH, now())
  const cards = query ? await listFirstCards(db, { ...query, isHeld: true }, NEXT_CAFES) : []
  const next = cards.map(({ id }) => id)
  const { counts, towns } = await countPlacesToCome(db, now())
  return {
    cafes: await toListed(db, await listFoundCafes(db, next)),
    total: [...counts.values()].reduce((sum, count) => sum + count, 0),
    ...toTerritories(counts),
    online: await findOwnOnline({ db, now }),
    map: await describeSmallFrance({ towns, texts: townTexts(paths.territory, messagesFor(lang)) }),
  }
}

/** Returns where cafés are upcoming: the départements, and the régions, those with the most first. */
function toTerritories(counts: ReadonlyMap<string | undefined, number>) {
  const byRegion = new Map<string, number>()
  const departements = [...counts].flatMap(([code = '', toCome]) => {
    const territory = findTerritory(code)
    const town = territory?.kind === 'departement' ? mainCommuneOf(territory) : undefined
    if (!territory || !town || toCome === 0) return []
    byRegion.set(town.region, (byRegion.get(town.region) ?? 0) + toCome)
    return [code]
  })
  const regions = [...byRegion]
    .sort(([oneCode, one], [otherCode, other]) => other - one || oneCode.localeCompare(otherCode))
    .flatMap(([code]) => {
      const region = findRegion(code)
      return region ? [{ code: `r-${code}`, name: territoryText(region.name) }] : []
    })
  return { departements, regions }
}
