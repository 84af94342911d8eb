import { findCommune } from '../../geo/communes.ts'
import { distanceKm, distanceToBox } from '../../geo/distance.ts'
import { toSeconds } from '../database/columns.ts'
import type { Database } from '../database/database.ts'
import { ANY_FACET, DAY_SECONDS, type Days, listDays } from '../search-index/former-facets.ts'
import { facetOf, listCommuneCodes, NEAR_COMMUNE_KM, token } from '../search-index/tokens.ts'
import type { CafeQuery } from './cafe-query.ts'
import { listAnnouncerTokens, listFacetTokens } from './conditions.ts'

/** The dates of a search that are the same whenever it is asked, and not reckoned from now. */
export type FixedDates = Partial<Pick<CafeQuery, 'from' | 'until'>>

/**
 * Makes the test whether a query may ever have found a café that is or was found by these facets (as an entry has them,
 * between spaces): by its filters, its place, who announces it, who may come, and its fixed dates. It says yes too often
 * and never too seldom. Words are not compared: those of before are not kept, and may be of a person who is forgotten.
 */
export async function createFormerTest(
  db: Database,
  query: CafeQuery,
  dates: FixedDates,
): Promise<(facets: string) => boolean> {
  const announcers = await listAnnouncerTokens(db, query)
  const asked = [
    ...listFacetTokens(query),
    ...opennessTokens(query),
    ...announcers.map((each) => [each]),
  ].map((tokens) => tokens.map((each) => ` ${facetOf(each)} `))
  const isInTime = inDays(dates)
  return (facets) =>
    facets.includes(` ${ANY_FACET} `) ||
    (asked.every((tokens) => tokens.some((each) => facets.includes(each))) &&
      listDays(facets).some(isInTime) &&
      mayBeNear(query, facets))
}

const opennessTokens = ({ openTo = 'public' }: CafeQuery): string[][] =>
  openTo === 'all' ? [] : [[openTo === 'reserved' ? token.reserved : token.public]]

/** How far a clock of France, or of a neighbour, may be behind UTC or ahead of it. */
const BEHIND_HOURS = 12
const AHEAD_HOURS = 14

const toDay = (day: Temporal.PlainDate): number =>
  Math.floor(toSeconds(day.toZonedDateTime('UTC').toInstant()) / DAY_SECONDS)
const dayAt = (instant: Temporal.Instant, hours: number): number =>
  Math.floor((toSeconds(instant) + hours * 3600) / DAY_SECONDS)

/** Makes the test whether some days may be within these dates; those of an instant are the days of any clock. */
function inDays({ from, until }: FixedDates): (days: Days) => boolean {
  const first = from instanceof Temporal.Instant ? dayAt(from, -BEHIND_HOURS) : from && toDay(from)
  const last = until instanceof Temporal.Instant ? dayAt(until, AHEAD_HOURS) : until && toDay(until)
  return (days) => days.last >= (first ?? -Infinity) && days.first <= (last ?? Infinity)
}

/**
 * Returns whether one of the communes of these facets may be near; true for a café without any, and for one whose point
 * is or was far from its commune.
 */
function mayBeNear({ near, box }: CafeQuery, facets: string): boolean {
  const communes = listCommuneCodes(facets.split(' ')).flatMap((code) => findCommune(code) ?? [])
  const isAnywhere = communes.length === 0 || facets.includes(` ${facetOf(token.far)} `)
  if (isAnywhere) return true
  return communes.some(
    (each) =>
      (!near || distanceKm(near, each) <= near.radiusKm + NEAR_COMMUNE_KM) &&
      (!box || distanceToBox(box, each) <= NEAR_COMMUNE_KM),
  )
}
