import { territoryText } from '../../../ui/locales/french-articles.ts'
import type { DrawnMap } from '../../../ui/maps/drawn-map.tsx'
import type { WholeMap } from '../../../ui/maps/france-map.tsx'
import type { Place } from '../../../ui/maps/points.ts'
import { findCommune } from '../../geo/communes.ts'
import {
  coastOfMainland,
  findMiddleOf,
  listNeighboursIn,
  listOutlinesIn,
  listOverseas,
  type MapWindow,
  placeInWindow,
  windowOfMainland,
  windowOfParis,
} from '../../geo/outlines.ts'
import { findDepartement } from '../../geo/territories.ts'
import type { TownCount } from '../../store/search/shown-counts.ts'
import { listTowns } from './map-towns.ts'

/** What the points of a map say, and where they lead. */
export type TownTexts = {
  /** `isAround`: whether it includes the towns around, where not every town has room for a point. */
  titleOf: (count: TownCount, name: string, isAround: boolean) => string
  hrefOf: (codeInsee: string) => string
}

/** Beyond this number, points that are near each other become one; on a small map there are fewer. */
const POINTS_MAX = 500
const POINTS_MAX_SMALL = 150

type Asked = {
  towns: readonly TownCount[]
  /** What there is in each département, where the map is about cafés. */
  counts?: ReadonlyMap<string | undefined, number> | undefined
  /** Undefined where there is no point. */
  texts?: TownTexts
}

const NO_TEXTS: TownTexts = { titleOf: () => '', hrefOf: () => '' }

/** Describes the whole of France with a point for each town. */
export function describeFrance({
  towns,
  counts,
  texts = NO_TEXTS,
  most = POINTS_MAX,
}: Asked & { most?: number }): WholeMap {
  const describe = (window: MapWindow): DrawnMap => ({
    window,
    outlines: listOutlinesIn(window).map((outline) => ({ ...outline, isAsked: true })),
    neighbours: listNeighboursIn(window),
    points: together(
      towns.flatMap((town) => placeTown(window, town)),
      most,
    ).map(({ codeInsee, held, cancelled, isAround, x, y, name }) => ({
      ...{ x, y, held, town: name, href: texts.hrefOf(codeInsee) },
      title: texts.titleOf({ codeInsee, held, cancelled }, name, isAround),
    })),
    kmWide: findMiddleOf(window)?.kmWide ?? 0,
    towns: [],
  })
  const mainland = windowOfMainland()
  return {
    mainland: { ...describe(mainland), towns: listTowns(mainland) },
    paris: describe(windowOfParis()),
    overseas: listOverseas().map(({ codes, window }) => ({
      ...{ territories: namesOf(codes), map: describe(window) },
      count: counts && codes.reduce((sum, each) => sum + (counts.get(each) ?? 0), 0),
    })),
  }
}

/** Returns the mainland as one outline, for a small map. */
export const toCoast = () => ({ code: '', d: coastOfMainland(), isAsked: true })

/** Describes the same for a small map: without the départements of the mainland, and without its neighbours. */
export function describeSmallFrance(asked: Asked): WholeMap {
  const whole = describeFrance({ ...asked, most: POINTS_MAX_SMALL })
  return { ...whole, mainland: { ...whole.mainland, outlines: [toCoast()], neighbours: [] } }
}

/** Returns the names of territories overseas. */
export const namesOf = (codes: readonly string[]): { code: string; name: string }[] =>
  codes.map((code) => ({ code, name: territoryText(findDepartement(code)?.name ?? code) }))

/** Towns at a place of the map: one, or several that are drawn as one. */
type PlacedTown = TownCount & Place & { name: string; isAround: boolean }

/** Returns a town at its place in a window; none outside of it. */
function placeTown(window: MapWindow, count: TownCount): PlacedTown[] {
  const town = findCommune(count.codeInsee)
  const place = town && placeInWindow(window, town)
  return place ? [{ ...place, ...count, name: town.name, isAround: false }] : []
}

/** The first size of the cells in which points become one, in parts of the map's width. */
const CELL = 1 / 160

/** Puts towns together where there are too many: one point stands at the town with the most, for all of its cell. */
function together(points: readonly PlacedTown[], most: number, cell = CELL): readonly PlacedTown[] {
  if (points.length <= most) return points
  const cells = Map.groupBy(points, ({ x, y }) => `${Math.floor(x / cell)} ${Math.floor(y / cell)}`)
  const joined = [...cells.values()].flatMap((group) => {
    const [largest] = group.toSorted((one, other) => other.held - one.held)
    if (!largest || group.length === 1) return group
    const sum = (of: 'held' | 'cancelled') => group.reduce((all, each) => all + each[of], 0)
    return [{ ...largest, held: sum('held'), cancelled: sum('cancelled'), isAround: true }]
  })
  return together(joined, most, cell * 1.5)
}
