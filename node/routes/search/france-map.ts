import { territoryText } from '../../../ui/locales/french-articles.ts'
import type { Messages } from '../../../ui/locales/messages.ts'
import type { DrawnMap } from '../../../ui/maps/drawn-map.tsx'
import type { WholeMap } from '../../../ui/maps/france-map.tsx'
import type { Place } from '../../../ui/maps/points.ts'
import type { Commune } from '../../geo/commune-table.ts'
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
import { giveWay } from '../../turns/turns.ts'
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

/** Returns what the points of cafés say, and leads from each to its town. */
export const townTexts = (
  hrefOf: (territory: string) => string,
  { map: { inTown, aroundTown } }: Messages,
): TownTexts => ({
  titleOf: (count, name, isAround) => (isAround ? aroundTown : inTown)(count, name),
  hrefOf: (codeInsee) => hrefOf(`c-${codeInsee}`),
})

const NO_TEXTS: TownTexts = { titleOf: () => '', hrefOf: () => '' }

/** Describes the whole of France with a point for each town, in steps that give way: there may be thousands. */
export async function describeFrance({
  towns,
  counts,
  texts = NO_TEXTS,
  most = POINTS_MAX,
}: Asked & { most?: number }): Promise<WholeMap> {
  const located = await mapInSteps(towns, (count) => ({
    count,
    town: findCommune(count.codeInsee),
  }))
  const describe = async (window: MapWindow): Promise<DrawnMap> => {
    const placed = (await mapInSteps(located, (each) => placeTown(window, each))).flat()
    const points = together(placed, most)
    return {
      window,
      outlines: listOutlinesIn(window).map((outline) => ({ ...outline, isAsked: true })),
      neighbours: listNeighboursIn(window),
      points: await mapInSteps(points, (point) => toMappedPoint(point, texts)),
      kmWide: findMiddleOf(window)?.kmWide ?? 0,
      towns: [],
    }
  }
  const mainland = windowOfMainland()
  return {
    mainland: { ...(await describe(mainland)), towns: listTowns(mainland) },
    paris: await describe(windowOfParis()),
    overseas: await mapInSteps(listOverseas(), async ({ codes, window }) => ({
      ...{ territories: namesOf(codes), map: await describe(window) },
      count: counts && codes.reduce((sum, each) => sum + (counts.get(each) ?? 0), 0),
    })),
  }
}

/** Maps items one after the other, and gives way after each. */
async function mapInSteps<T, U>(items: readonly T[], map: (item: T) => U): Promise<Awaited<U>[]> {
  const mapped: Awaited<U>[] = []
  for (const item of items) {
    mapped.push(await map(item))
    await giveWay()
  }
  return mapped
}

/** Returns the mainland as one outline, for a small map. */
export const toCoast = () => ({ code: '', d: coastOfMainland(), isAsked: true })

/** Describes the same for a small map: without the départements of the mainland, and without its neighbours. */
export async function describeSmallFrance(asked: Asked): Promise<WholeMap> {
  const whole = await describeFrance({ ...asked, most: POINTS_MAX_SMALL })
  return { ...whole, mainland: { ...whole.mainland, outlines: [toCoast()], neighbours: [] } }
}

/** Returns the names of territories overseas. */
export const namesOf = (codes: readonly string[]): { code: string; name: string }[] =>
  codes.map((code) => ({ code, name: territoryText(findDepartement(code)?.name ?? code) }))

/** Towns at a place of the map: one, or several that are drawn as one. */
type PlacedTown = TownCount & Place & { name: string; isAround: boolean }

/** Returns a town at its place in a window; none outside of it. */
function placeTown(
  window: MapWindow,
  { count, town }: { count: TownCount; town: Commune | undefined },
): PlacedTown[] {
  const place = town && placeInWindow(window, town)
  return place ? [{ ...place, ...count, name: town.name, isAround: false }] : []
}

const toMappedPoint = (
  { codeInsee, held, cancelled, isAround, x, y, name }: PlacedTown,
  texts: TownTexts,
): DrawnMap['points'][number] => ({
  ...{ x, y, held, town: name, href: texts.hrefOf(codeInsee) },
  title: texts.titleOf({ codeInsee, held, cancelled }, name, isAround),
})

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
