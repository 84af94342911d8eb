import type { DrawnMap } from '../../../ui/maps/drawn-map.tsx'
import { LOCAL_TALL } from '../../../ui/maps/local-map.tsx'
import {
  findWindowAround,
  listNeighboursIn,
  listOutlinesIn,
  placeInWindow,
} from '../../geo/outlines.ts'
import { listTownsAround } from '../../geo/surroundings.ts'

/** The widths of the map around a café in km: a town and what is next to it, or a larger area where that has few towns. */
const WIDTHS_KM = [24, 60] as const
const FEW_TOWNS = 5
const MOST_TOWNS = 60

type Here = { departement: string | undefined; latitude: number; longitude: number }

/** Describes what is around a café, which is in the middle and named by its town; undefined where no map shows it. */
export function describeSurroundings(here: Here, label: string): DrawnMap | undefined {
  const maps = WIDTHS_KM.flatMap((kmWide) => describeAround(here, { kmWide, label }) ?? [])
  return maps.find(({ towns }) => towns.length >= FEW_TOWNS) ?? maps.at(-1)
}

function describeAround(
  here: Here,
  { kmWide, label }: { kmWide: number; label: string },
): DrawnMap | undefined {
  const square = findWindowAround(here, kmWide)
  if (!square) return undefined
  const { frame, left, size } = square
  const top = square.top + (size * (1 - LOCAL_TALL)) / 2
  const window = { frame, left, size, top, tall: LOCAL_TALL }
  const within = { eastKm: kmWide / 2, northKm: (kmWide * LOCAL_TALL) / 2, most: MOST_TOWNS }
  return {
    window,
    outlines: listOutlinesIn(window).map(({ code, d }) => ({ code, d, isAsked: true })),
    neighbours: listNeighboursIn(window),
    points: [],
    kmWide,
    towns: listTownsAround(here, within).flatMap((town) => {
      const place = placeInWindow(window, town)
      return place ? [{ name: town.name, population: town.population, ...place }] : []
    }),
    circle: { x: 0.5, y: LOCAL_TALL / 2, radius: 0, km: 0 },
    label,
  }
}
