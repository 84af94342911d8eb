import type { ListedCafe } from '../../../ui/cafes/card.tsx'
import type { CafesMap, MappedTown } from '../../../ui/components/cafes-map.tsx'
import { findCommune } from '../../geo/communes.ts'
import {
  findWindowAround,
  listOutlinesIn,
  type MapWindow,
  placeInWindow,
  windowOf,
} from '../../geo/outlines.ts'
import { listTownsAround } from '../../geo/surroundings.ts'
import type { Territory } from '../../geo/territories.ts'
import { departementsOf, mainCommuneOf } from '../../geo/territory-family.ts'
import type { SearchQuery } from './query.ts'

/** More than a circle is shown around it, so that one knows where it is. */
const AROUND_CIRCLE = 2.5
const LEAST_KM = 30
/** The outlines are those of a map of France: nearer they would be edges. */
const MOST_KM = 260
const TOWNS = 70

/** Where the cafés of a page are, numbered as in the list; undefined where no map of ours shows them. */
export function describeCafesMap(
  { near, area }: Pick<SearchQuery, 'near' | 'area'>,
  cafes: readonly ListedCafe[],
): CafesMap | undefined {
  const around = near && area && findAround(area, near)
  const window = around?.window ?? (area && windowOf(departementsOf(area).map(({ code }) => code)))
  if (!window) return undefined
  const points = cafes.flatMap(({ cafe }, at) => {
    const { venue } = cafe
    if (venue?.latitude === undefined || venue.longitude === undefined) return []
    const { departement, latitude, longitude } = venue
    const place = placeInWindow(window, { departement, latitude, longitude })
    if (!place || !isInside(place)) return []
    return [{ ...place, number: at + 1, title: cafe.title, town: venue.commune }]
  })
  return {
    outlines: listOutlinesIn(window).map(({ code, d }) => ({
      ...{ code, d },
      isAsked: area !== undefined && departementsOf(area).some((own) => own.code === code),
    })),
    window,
    points,
    towns: listTowns(window, near ?? (area && mainCommuneOf(area))),
    ...(around && { circle: around.circle, label: around.label }),
  }
}

const isInside = ({ x, y }: { x: number; y: number }): boolean => x > 0 && x < 1 && y > 0 && y < 1

function findAround(area: Territory, near: NonNullable<SearchQuery['near']>) {
  const main = area.kind === 'commune' ? area.commune : undefined
  const kmWide = Math.min(MOST_KM, Math.max(LEAST_KM, near.radiusKm * AROUND_CIRCLE))
  const here = { ...near, departement: main?.departement }
  const window = findWindowAround(here, kmWide)
  if (!window) return undefined
  const radius = (near.radiusKm * window.unitsAKm) / window.size
  return { window, circle: { x: 0.5, y: 0.5, radius }, label: main?.name ?? '' }
}

/** The largest towns that the window shows. */
function listTowns(
  window: MapWindow & { unitsAKm?: number },
  center: { latitude: number; longitude: number } | undefined,
): MappedTown[] {
  if (!center) return []
  const halfKm = window.unitsAKm ? window.size / window.unitsAKm / 2 : MOST_KM / 2
  return listTownsAround(center, { eastKm: halfKm, northKm: halfKm, most: TOWNS }).flatMap(
    ({ codeInsee, name, population }) => {
      const town = findCommune(codeInsee)
      const place = town && placeInWindow(window, town)
      return place && isInside(place) ? [{ name, population, ...place }] : []
    },
  )
}
