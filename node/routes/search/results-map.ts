import type { ListedCafe } from '../../../ui/cafes/card.tsx'
import { type Messages, messagesFor } from '../../../ui/locales/messages.ts'
import type { MapPoint } from '../../../ui/maps/drawn-map.tsx'
import type { ListMap } from '../../../ui/maps/map-panel.tsx'
import { paths } from '../../../ui/paths.ts'
import type { Lang } from '../../domain/values/lang.ts'
import type { Commune } from '../../geo/commune-table.ts'
import { findCommune } from '../../geo/communes.ts'
import {
  findMiddleOf,
  findWindowAround,
  listNeighboursIn,
  listOutlinesIn,
  listOverseas,
  type MapWindow,
  placeInWindow,
  windowOf,
  windowOfMainland,
} from '../../geo/outlines.ts'
import { shortLabelOf } from '../../geo/places.ts'
import type { Territory } from '../../geo/territories.ts'
import { departementsOf } from '../../geo/territory-family.ts'
import type { Database } from '../../store/database/database.ts'
import type { CafeQuery } from '../../store/search/cafe-query.ts'
import { countShownByPlace, type TownCount } from '../../store/search/shown-counts.ts'
import type { ListedStructure } from '../../store/structures/structures.ts'
import { namesOf, type TownTexts, toCoast, townTexts } from './france-map.ts'
import { isInside, listTowns } from './map-towns.ts'
import type { SearchQuery } from './query.ts'

/** The map shows more than the circle, so that people recognise the area. */
const AROUND_CIRCLE = 2.5
/** The outlines are those of a map of France, which would be mere edges on a smaller map. */
const LEAST_KM = 30
/** A map that would be wider shows the whole mainland. */
const MOST_KM = 700

type Asked = Partial<Pick<SearchQuery, 'near' | 'area'>>

/** The position of an item of a list, and its town. */
type Located = Pick<MapPoint, 'title' | 'town' | 'href' | 'number' | 'held'> & {
  departement: string | undefined
  latitude: number
  longitude: number
}

/** What else the search found, by town: it has points without a number. */
export type Others = { towns: readonly TownCount[]; t: Messages }

/** Finds what a search finds beside one of its pages; nothing where the page has all. */
export const findOthers = async (
  db: Database,
  query: CafeQuery,
  { isWhole, lang }: { isWhole: boolean; lang: Lang },
): Promise<Others> => ({
  towns: isWhole ? [] : (await countShownByPlace(db, query)).towns,
  t: messagesFor(lang),
})

/** Returns the map of the cafés of a page, numbered as in the list; undefined where no map of ours shows them. */
export function describeCafesMap(
  asked: Asked,
  cafes: readonly ListedCafe[],
  others?: Others,
): ListMap | undefined {
  const listed = cafes.flatMap(({ cafe: { title, venue, status } }, at): Located[] => {
    const { latitude, longitude, departement, commune } = venue ?? {}
    if (latitude === undefined || longitude === undefined) return []
    return [
      {
        ...{ number: at + 1, href: `#cafe-${at + 1}`, town: commune ?? '', title },
        ...{ held: status === 'cancelled' ? 0 : 1, departement, latitude, longitude },
      },
    ]
  })
  return describeMap(asked, [...listed, ...(others ? listOthers(others, cafes) : [])])
}

/** Returns the map of structures, each where its commune is. */
export const describeStructuresMap = (
  asked: Asked,
  structures: readonly Pick<ListedStructure, 'name' | 'address'>[],
): ListMap | undefined =>
  describeMap(
    asked,
    structures.flatMap(({ name, address }, at): Located[] => {
      const commune = address?.codeInsee ? findCommune(address.codeInsee) : undefined
      if (!commune) return []
      const { latitude, longitude, departement } = commune
      const item = { number: at + 1, href: `#structure-${at + 1}`, title: name, held: 1 }
      return [{ ...item, town: commune.name, departement, latitude, longitude }]
    }),
  )

/** The towns of a map that have numbers, since a list is beside it; of more, each is a point that leads to its cafés. */
const LISTED_TOWNS_MAX = 30

/**
 * Describes the part of France where a search looked: a point for each town, and the towns as a list, the one with the
 * most cafés first, if they are few. Undefined where no map shows it.
 */
export function describePart(asked: Asked, counted: readonly TownCount[], texts: TownTexts) {
  const places = counted
    .flatMap((count): Located[] => {
      const commune = findCommune(count.codeInsee)
      return commune ? [toLocated(commune, count, texts)] : []
    })
    .toSorted((one, other) => other.held - one.held)
  const towns = places.length > LISTED_TOWNS_MAX ? [] : places
  const numbered = towns.map((town, at) => ({
    ...town,
    number: at + 1,
    href: `#commune-${at + 1}`,
  }))
  const part = describeMap(asked, towns.length > 0 ? numbered : places)
  return part && { part, towns }
}

/** Returns all the cafés of a town as one point. */
const toLocated = (
  { codeInsee, name, departement, latitude, longitude }: Commune,
  { held, cancelled }: Omit<TownCount, 'codeInsee'>,
  { titleOf, hrefOf }: TownTexts,
): Located => ({
  ...{ title: titleOf({ codeInsee, held, cancelled }, name, false), town: name },
  ...{ href: hrefOf(codeInsee), held, departement, latitude, longitude },
})

/** Lists the towns with cafés that the page does not show, each with their number. */
function listOthers({ towns, t }: Others, shown: readonly ListedCafe[]): Located[] {
  const ofTown = Map.groupBy(shown, ({ cafe }) => cafe.venue?.codeInsee ?? '')
  return towns.flatMap((town): Located[] => {
    const commune = findCommune(town.codeInsee)
    const known = ofTown.get(town.codeInsee) ?? []
    const off = known.filter(({ cafe }) => cafe.status === 'cancelled').length
    const held = town.held - (known.length - off)
    const cancelled = town.cancelled - off
    if (!commune || held + cancelled <= 0) return []
    return [toLocated(commune, { held, cancelled }, townTexts(paths.territory, t))]
  })
}

/** Describes a map around what was searched; otherwise around what is shown. Undefined where there is nothing. */
function describeMap({ near, area }: Asked, places: readonly Located[]): ListMap | undefined {
  const around = near && area && findAround({ area, near }, places)
  const window =
    around?.window ?? (area ? windowOf(codesOf(departementsOf(area))) : findWindowOf(places))
  if (!window) return undefined
  const map = describeWindow(window, places, area && codesOf(departementsOf(area)))
  const isWhole = !area && map.kmWide > MOST_KM && window.frame === windowOfMainland().frame
  return {
    ...map,
    ...(isWhole && {
      // A hundred départements would take three times as much as all else in the drawing.
      outlines: [toCoast()],
      overseas: listOverseas().map(({ codes, window: own }) => ({
        territories: namesOf(codes),
        map: { ...describeWindow(own, places, undefined), towns: [] },
      })),
    }),
    ...(around && { circle: around.circle, label: around.label }),
  }
}

/** Describes what a window shows; only these départements are in the colour of the land, all of them by default. */
function describeWindow(
  window: MapWindow,
  places: readonly Located[],
  codes: readonly string[] | undefined,
): ListMap {
  return {
    window,
    outlines: listOutlinesIn(window).map(({ code, d }) => ({
      ...{ code, d, isAsked: !codes || codes.includes(code) },
    })),
    neighbours: listNeighboursIn(window),
    points: places.flatMap(({ departement, latitude, longitude, ...point }) => {
      const place = placeInWindow(window, { departement, latitude, longitude })
      return place && isInside(place, window) ? [{ ...place, ...point }] : []
    }),
    kmWide: findMiddleOf(window)?.kmWide ?? 0,
    towns: listTowns(window),
  }
}

const codesOf = (territories: readonly Territory[]): string[] => territories.map(({ code }) => code)

/** Returns the window of the départements where something is, if one map shows them; otherwise the mainland. */
function findWindowOf(places: readonly Located[]): MapWindow | undefined {
  const departements = places.flatMap((at) => at.departement ?? [])
  return departements.length === 0 ? undefined : (windowOf(departements) ?? windowOfMainland())
}

/** Finds the map around the centre of a search: wide enough for its circle, and for what is listed farther away. */
function findAround(
  { area, near }: { area: Territory; near: NonNullable<SearchQuery['near']> },
  places: readonly Located[],
) {
  const main = area.kind === 'commune' ? area.commune : undefined
  const here = { ...near, departement: main?.departement }
  const least = Math.max(LEAST_KM, near.radiusKm * AROUND_CIRCLE)
  const small = findWindowAround(here, least)
  if (!small) return undefined
  const far = places.map((each) => {
    const { x, y } = placeInWindow(small, each) ?? { x: 0.5, y: 0.5 }
    return Math.max(Math.abs(x - 0.5), Math.abs(y - 0.5)) * least
  })
  const kmWide = Math.max(least, 2 * FARTHEST * Math.max(0, ...far))
  const isWhole = kmWide > MOST_KM && small.frame === windowOfMainland().frame
  const window = isWhole ? windowOfMainland() : (findWindowAround(here, kmWide) ?? small)
  const middle = placeInWindow(window, here) ?? { x: 0.5, y: 0.5 }
  const radius = (near.radiusKm * small.unitsAKm) / window.size
  const circle = { ...middle, radius, km: near.radiusKm }
  return { window, circle, label: main ? shortLabelOf(main) : '' }
}

/** How much farther than the farthest item the map reaches. */
const FARTHEST = 1.12
