import { LRUCache } from 'lru-cache'
import type { MappedTown } from '../../../ui/maps/drawn-map.tsx'
import { findMiddleOf, type MapWindow, placeInWindow } from '../../geo/outlines.ts'
import { listTownsAround } from '../../geo/surroundings.ts'

/** How many towns are drawn; of a wide map, suburbs are left out of more. */
const TOWNS = 70
const TOWNS_WIDE = 160
const WIDE_KM = 400
/** Maps of France, of its régions and départements, and around the places that were searched last. */
const MOST_WINDOWS = 150
const townsOfWindows = new LRUCache<string, MappedTown[]>({ max: MOST_WINDOWS })

/** Lists the largest towns that a window shows, the most populous first. */
export function listTowns(window: MapWindow): MappedTown[] {
  const { frame, left, top, size, tall } = window
  const key = [frame, left, top, size, tall].join(' ')
  const towns = townsOfWindows.get(key) ?? findTowns(window)
  townsOfWindows.set(key, towns)
  return towns
}

function findTowns(window: MapWindow): MappedTown[] {
  const middle = findMiddleOf(window)
  if (!middle) return []
  const eastKm = middle.kmWide / 2
  const within = {
    eastKm,
    northKm: eastKm * window.tall,
    most: middle.kmWide > WIDE_KM ? TOWNS_WIDE : TOWNS,
  }
  return listTownsAround(middle, within).flatMap((town) => {
    const { name, population } = town
    const place = placeInWindow(window, town)
    return place && isInside(place, window) ? [{ name, population, ...place }] : []
  })
}

/** Returns whether a window shows a place of it. */
export const isInside = ({ x, y }: { x: number; y: number }, { tall }: MapWindow): boolean =>
  x > 0 && x < 1 && y > 0 && y < tall
