import { LRUCache } from 'lru-cache'
import type { ListedCafe } from '../../../ui/cafes/card.tsx'
import type { MappedTown, NumberedMap } from '../../../ui/components/numbered-map.tsx'
import { findCommune } from '../../geo/communes.ts'
import type { Point } from '../../geo/distance.ts'
import {
  findMiddleOf,
  findWindowAround,
  listFramesIn,
  listOutlinesIn,
  type MapWindow,
  placeInWindow,
  windowOf,
  windowOfFrance,
} from '../../geo/outlines.ts'
import { listTownsAround } from '../../geo/surroundings.ts'
import type { Territory } from '../../geo/territories.ts'
import { departementsOf } from '../../geo/territory-family.ts'
import type { ListedStructure } from '../../store/structures/structures.ts'
import type { SearchQuery } from './query.ts'

/** The map shows more than the circle, so that people recognise the area. */
const AROUND_CIRCLE = 2.5
const LEAST_KM = 30
/** The outlines are those of a map of France, which would be mere edges on a smaller map. */
const MOST_KM = 260
const TOWNS = 70

type Asked = Partial<Pick<SearchQuery, 'near' | 'area'>>

/** The position of an item of a list, and its town. */
type Located = {
  title: string
  town: string
  departement: string | undefined
  latitude: number
  longitude: number
}

/** Returns the map of the cafés of a page, numbered as in the list; undefined where no map of ours shows them. */
export const describeCafesMap = (
  asked: Asked,
  cafes: readonly ListedCafe[],
): NumberedMap | undefined =>
  describeMap(
    asked,
    cafes.map(({ cafe: { title, venue } }) => {
      const { latitude, longitude, departement, commune } = venue ?? {}
      if (latitude === undefined || longitude === undefined) return undefined
      return { title, town: commune ?? '', departement, latitude, longitude }
    }),
  )

/** Returns the map of structures, each where its commune is. */
export const describeStructuresMap = (
  asked: Asked,
  structures: readonly Pick<ListedStructure, 'name' | 'address'>[],
): NumberedMap | undefined =>
  describeMap(
    asked,
    structures.map(({ name, address }) => {
      const commune = address?.codeInsee ? findCommune(address.codeInsee) : undefined
      if (!commune) return undefined
      const { latitude, longitude, departement } = commune
      return { title: name, town: commune.name, departement, latitude, longitude }
    }),
  )

/** Describes a map around what was searched; otherwise around what is shown. Undefined where there is no point. */
function describeMap(
  { near, area }: Asked,
  places: readonly (Located | undefined)[],
): NumberedMap | undefined {
  const around = near && area && findAround(area, near)
  const window =
    around?.window ?? (area ? windowOf(codesOf(departementsOf(area))) : findWindowOf(places))
  const middle = window && findMiddleOf(window)
  if (!middle) return undefined
  const points = places.flatMap((at, index) => {
    const place = at && placeInWindow(window, at)
    if (!place || !isInside(place, window)) return []
    return [{ ...place, number: index + 1, title: at.title, town: at.town }]
  })
  const codes = area && codesOf(departementsOf(area))
  return {
    outlines: listOutlinesIn(window).map(({ code, d }) => ({
      ...{ code, d },
      isAsked: !codes || codes.includes(code),
    })),
    frames: listFramesIn(window),
    window,
    points,
    kmWide: middle.kmWide,
    towns: listTowns(window, middle),
    ...(around && { circle: around.circle, label: around.label }),
  }
}

const codesOf = (territories: readonly Territory[]): string[] => territories.map(({ code }) => code)

/** Returns the window of the départements where something is, if one map shows them; otherwise the whole of France. */
function findWindowOf(places: readonly (Located | undefined)[]): MapWindow | undefined {
  const departements = places.flatMap((at) => at?.departement ?? [])
  return departements.length === 0 ? undefined : (windowOf(departements) ?? windowOfFrance())
}

const isInside = ({ x, y }: { x: number; y: number }, { tall }: MapWindow): boolean =>
  x > 0 && x < 1 && y > 0 && y < tall

function findAround(area: Territory, near: NonNullable<SearchQuery['near']>) {
  const main = area.kind === 'commune' ? area.commune : undefined
  const kmWide = Math.min(MOST_KM, Math.max(LEAST_KM, near.radiusKm * AROUND_CIRCLE))
  const here = { ...near, departement: main?.departement }
  const window = findWindowAround(here, kmWide)
  if (!window) return undefined
  const radius = (near.radiusKm * window.unitsAKm) / window.size
  return { window, circle: { x: 0.5, y: 0.5, radius }, label: main?.name ?? '' }
}

/** Maps of France, of its régions and départements, and around the places that were searched last. */
const MOST_WINDOWS = 150
const townsOfWindows = new LRUCache<string, MappedTown[]>({ max: MOST_WINDOWS })

/** Lists the largest towns that the window shows. */
function listTowns(window: MapWindow, middle: Point & { kmWide: number }): MappedTown[] {
  const { frame, left, top, size, tall } = window
  const key = [frame, left, top, size, tall].join(' ')
  const towns = townsOfWindows.get(key) ?? findTowns(window, middle)
  townsOfWindows.set(key, towns)
  return towns
}

function findTowns(window: MapWindow, middle: Point & { kmWide: number }): MappedTown[] {
  const eastKm = middle.kmWide / 2
  const within = { eastKm, northKm: eastKm * window.tall, most: TOWNS }
  return listTownsAround(middle, within).flatMap((town) => {
    const { name, population } = town
    const place = placeInWindow(window, town)
    return place && isInside(place, window) ? [{ name, population, ...place }] : []
  })
}
