import type { Nearby } from '../../../ui/cafes/nearby.tsx'
import { toPrintedName } from '../../../ui/locales/typography.ts'
import { paths } from '../../../ui/paths.ts'
import type { Context } from '../../context.ts'
import type { Cafe } from '../../domain/cafes/cafe.ts'
import { findCommune } from '../../geo/communes.ts'
import { labelOf } from '../../geo/places.ts'
import { listDirectoryLinks, ofListedSites, pointOf } from './cards.ts'
import { type FirstDate, findFirstDatesPage, toListedDates } from './first-dates.ts'

/** The maximum number of other cafés that are shown below one. */
const MOST = 3
const RADIUS_KM = 30

/** Finds the next other cafés: around this one in a directory, of the same site at a place. */
export async function findNearby(context: Context, cafe: Cafe): Promise<Nearby> {
  const { db, now, isDirectory } = context
  const point = pointOf(cafe)
  const { found } = await findFirstDatesPage(db, {
    from: now(),
    isHeld: true,
    near: isDirectory && point ? { ...point, radiusKm: RADIUS_KM } : undefined,
    ...ofListedSites(context),
    order: 'date',
    limit: MOST + 2,
  })
  const isOther = ({ cafe: { id, series } }: FirstDate) =>
    id !== cafe.id && (series === undefined || series !== cafe.series)
  const others = found.filter(isOther).slice(0, MOST)
  const town = cafe.venue?.codeInsee === undefined ? undefined : findCommune(cafe.venue.codeInsee)
  // The label has its département, since several towns may have that name.
  const around = town ? `?${new URLSearchParams({ ou: labelOf(town) })}` : ''
  return {
    cafes: await toListedDates(db, others),
    all:
      isDirectory && town
        ? { href: paths.home + around, town: toPrintedName(town.name), place: labelOf(town) }
        : { href: paths.cafes },
    directories: isDirectory ? [] : await listDirectoryLinks(db, around),
  }
}
