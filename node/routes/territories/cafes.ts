import type { ListedCafe } from '../../../ui/cafes/card.tsx'
import { paths } from '../../../ui/paths.ts'
import type { TerritoryPageProps } from '../../../ui/territories/territory-page.tsx'
import type { Context } from '../../context.ts'
import type { Lang } from '../../domain/values/lang.ts'
import type { Point } from '../../geo/distance.ts'
import { labelOf } from '../../geo/places.ts'
import type { Territory } from '../../geo/territories.ts'
import { mainCommuneOf } from '../../geo/territory-family.ts'
import { type FoundCafe, searchCafes } from '../../store/search/search.ts'
import { giveWay } from '../../turns/turns.ts'
import { toListed } from '../cafes/cards.ts'
import { findFirstDatesPage, toListedDates } from '../cafes/first-dates.ts'
import { describeCafesMap, findOthers, type Others } from '../search/results-map.ts'

const PAGE_SIZE = 20

/** A commune is small, so cafés around it are shown, as far as one travels for an evening. */
const AROUND_KM = 30
const AROUND_MAX = 8

type TerritoryCafes = Pick<TerritoryPageProps, 'cafes' | 'moreHref' | 'around' | 'nearest' | 'map'>

const isHeld = ({ status }: FoundCafe): boolean => status !== 'cancelled'

/** Finds the first upcoming cafés; where none takes place there, the nearest. */
export async function findTerritoryCafes(
  context: Context,
  territory: Territory,
  lang: Lang,
): Promise<TerritoryCafes> {
  const { db, now } = context
  const query = { from: now(), territory }
  const { found, next } = await findFirstDatesPage(db, { ...query, limit: PAGE_SIZE })
  const items = found.map(({ cafe }) => cafe)
  const around =
    territory.kind === 'commune' && items.length < PAGE_SIZE
      ? await findAround(context, territory.commune, items)
      : undefined
  const isFar = !next && ![...items, ...(around ?? [])].some(isHeld)
  const [within, beside] = [await toListedDates(db, found), await toListed(db, around ?? [])]
  const others = await findOthers(db, query, { isWhole: next === undefined, lang })
  await giveWay()
  return {
    cafes: within,
    moreHref: next && paths.territorySearch(territory.code),
    around: around && { cafes: beside, radiusKm: AROUND_KM },
    map: describeTerritoryMap(territory, [...within, ...beside], others),
    nearest: isFar ? await findNearest(context, territory) : undefined,
  }
}

/** Describes the map, of a commune with what is around it; undefined where there is no point to show. */
function describeTerritoryMap(territory: Territory, cafes: readonly ListedCafe[], others: Others) {
  const near =
    territory.kind === 'commune' ? { ...territory.commune, radiusKm: AROUND_KM } : undefined
  const map = describeCafesMap({ near, area: territory }, cafes, others)
  return map && map.points.length > 0 ? map : undefined
}

async function findAround(
  { db, now }: Context,
  { latitude, longitude }: Point,
  within: readonly FoundCafe[],
): Promise<FoundCafe[]> {
  const near = { latitude, longitude, radiusKm: AROUND_KM }
  const limit = AROUND_MAX + within.length
  const { items } = await searchCafes(db, {
    from: now(),
    near,
    order: 'distance',
    limit,
    isBrief: true,
  })
  const known = new Set(within.map(({ id }) => id))
  return items.filter(({ id }) => !known.has(id)).slice(0, AROUND_MAX)
}

/** Radii of circles that are searched one after the other; the last is half the circumference of the Earth. */
const CIRCLES_KM = [60, 250, 1_000, 20_040]

async function findNearest(
  { db, now }: Context,
  territory: Territory,
): Promise<TerritoryCafes['nearest']> {
  const town = mainCommuneOf(territory)
  if (!town) return undefined
  for (const radiusKm of CIRCLES_KM) {
    const near = { latitude: town.latitude, longitude: town.longitude, radiusKm }
    const { items } = await searchCafes(db, {
      isBrief: true,
      from: now(),
      near,
      isHeld: true,
      order: 'distance',
      limit: 1,
    })
    const [listed] = await toListed(db, items)
    if (listed) return { listed, from: labelOf(town) }
  }
  return undefined
}
