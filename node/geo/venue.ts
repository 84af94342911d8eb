import { accessOf, type Venue, type VenueAccess } from '../domain/cafes/venue.ts'
import type { Problem } from '../domain/values/problem.ts'
import type { Commune } from './commune-table.ts'
import { communesNamed, findCommune, nearestCommune, wholeCommune } from './communes.ts'
import { distanceKm, isOnEarth, type Point } from './distance.ts'
import { comparableName } from './names.ts'
import { lookUpPlace } from './places.ts'

/** A venue as a person or a program writes it: any of the ways to say which town is enough. */
export type VenueInput = {
  name: string
  streetAddress?: string | undefined
  postalCode?: string | undefined
  commune?: string | undefined
  codeInsee?: string | undefined
  latitude?: number | undefined
  longitude?: number | undefined
} & Partial<VenueAccess>

export type PlacedVenue = { venue: Venue } | { problems: Problem[]; choices?: Commune[] }

/**
 * Completes a venue: the town by its INSEE code, otherwise by postcode and name, otherwise by the point; then the names
 * and codes of its territories, and the town's coordinates when none were given. Given ones are kept. When the town
 * could be several, `choices` holds them, for the person to pick one.
 */
export function placeVenue(input: VenueInput): PlacedVenue {
  const point = readPoint(input)
  const problems: Problem[] = [
    ...(input.name.trim() === '' ? [{ field: 'venue.name', code: 'required' } as const] : []),
    ...('problems' in point ? point.problems : []),
  ]
  const here = 'point' in point ? point.point : undefined
  const town = findTown(input, here)
  if ('problem' in town) {
    return {
      problems: [...problems, town.problem],
      ...(town.choices ? { choices: town.choices } : {}),
    }
  }
  if (problems.length > 0) return { problems }

  const { commune } = town
  const onlyPostcode = commune.postcodes.length === 1 ? commune.postcodes[0] : undefined
  return {
    venue: {
      id: undefined,
      name: input.name.trim(),
      streetAddress: present(input.streetAddress),
      postalCode: present(input.postalCode) ?? town.postcode ?? onlyPostcode,
      commune: wholeCommune(commune).name,
      codeInsee: commune.codeInsee,
      departement: commune.departement,
      region: commune.region,
      latitude: here?.latitude ?? commune.latitude,
      longitude: here?.longitude ?? commune.longitude,
      ...accessOf(input),
    },
  }
}

/** No point in the largest commune of the mainland is farther than this from the commune's own point, in km. */
const FAR_KM = 30
/** Guyane and the Pacific, where a commune may be as large as a région. */
const VAST = ['973', '984', '986', '987', '988']
const VAST_KM = 300

/**
 * Finds what contradicts itself in a venue that was understood: an INSEE code beside the name of another town, a point
 * far from the town. It checks what our own people and programs write; what other servers say is accepted as it is.
 */
export function checkVenue(input: VenueInput, venue: Venue): Problem[] {
  const commune = venue.codeInsee === undefined ? undefined : findCommune(venue.codeInsee)
  if (!commune) return []
  const isThere = (other: Commune) =>
    wholeCommune(other).codeInsee === wholeCommune(commune).codeInsee
  // Without a code there is nothing that the name could contradict, and to look it up is dear.
  const [code, name] = [present(input.codeInsee), present(input.commune)]
  const named = code && name ? communesNamed(comparableName(name)) : []
  const isOther = named.length > 0 && !named.some(isThere)
  const { latitude, longitude } = input
  const km =
    latitude === undefined || longitude === undefined
      ? 0
      : distanceKm(commune, { latitude, longitude })
  const isFar = km > (VAST.includes(commune.departement) ? VAST_KM : FAR_KM)
  const detail = venue.commune
  return [
    ...(isOther ? [{ field: 'venue.codeInsee', code: 'contradicts_place', detail } as const] : []),
    ...(isFar ? [{ field: 'venue.latitude', code: 'far_from_place', detail } as const] : []),
  ]
}

const present = (text: string | undefined): string | undefined => text?.trim() || undefined

/** Reads the point: neither coordinate, or both and valid. */
function readPoint({
  latitude,
  longitude,
}: VenueInput): { point?: Point } | { problems: Problem[] } {
  if (latitude === undefined && longitude === undefined) return {}
  const problems: Problem[] = []
  if (latitude === undefined || !isOnEarth({ latitude, longitude: 0 })) {
    problems.push({ field: 'venue.latitude', code: 'invalid' })
  }
  if (longitude === undefined || !isOnEarth({ latitude: 0, longitude })) {
    problems.push({ field: 'venue.longitude', code: 'invalid' })
  }
  if (latitude === undefined || longitude === undefined || problems.length > 0) return { problems }
  return { point: { latitude, longitude } }
}

type Town = { commune: Commune; postcode?: string } | { problem: Problem; choices?: Commune[] }

function findTown(input: VenueInput, here: Point | undefined): Town {
  const code = present(input.codeInsee)
  if (code) {
    const commune = findCommune(code)
    if (commune) return { commune }
    return {
      problem: { field: 'venue.codeInsee', code: 'unknown_place', detail: code.slice(0, 20) },
    }
  }
  const typed = [present(input.postalCode), present(input.commune)].filter(Boolean).join(' ')
  if (typed === '') {
    if (here) return { commune: nearestCommune(here.latitude, here.longitude).commune }
    return { problem: { field: 'venue.commune', code: 'required' } }
  }
  const answer = lookUpPlace(typed)
  if (answer.kind === 'commune') return answer
  if (answer.kind === 'several') {
    const [near, ...others] = here ? choicesNear(answer.choices, here) : []
    if (near && others.length === 0) return { commune: near }
    return {
      problem: { field: 'venue.commune', code: 'ambiguous_place', detail: typed },
      choices: answer.choices,
    }
  }
  return {
    problem: { field: 'venue.commune', code: 'unknown_place', detail: typed.slice(0, 200) },
  }
}

/** Towns of the same name are farther apart than this; towns that share a postcode are not, and remain to be chosen. */
const NAMESAKES_APART_KM = 25

const choicesNear = (choices: Commune[], here: Point): Commune[] =>
  choices.filter((commune) => distanceKm(commune, here) < NAMESAKES_APART_KM)
