import type { NavLink } from '../../../ui/components/site.ts'
import {
  type FacilitatorSearchValues,
  facilitatorSearchHref,
  isFacilitatorSearch,
  NO_FACILITATOR_SEARCH,
  type SearchedPlace,
} from '../../../ui/facilitators/search-page.tsx'
import { DEFAULT_RADIUS, MAX_RADIUS } from '../../../ui/search/values.ts'
import { TRAININGS } from '../../domain/facilitators/facilitator.ts'
import type { Problem } from '../../domain/values/problem.ts'
import { comparableName, splitLabel } from '../../geo/names.ts'
import {
  findTerritory,
  searchTerritories,
  type Territory,
  territoryOf,
} from '../../geo/territories.ts'
import { lookUpWhere, type Meanings } from '../../geo/where.ts'
import type { FacilitatorQuery } from '../../store/facilitators/search.ts'
import { labelOfTerritory } from '../http/territory-links.ts'
import { askFor, choicesOf, placeProblem, within } from '../search/place-choices.ts'

const TEXT_MAX = 100
const CHOICES = 8

/** Reads the parameters of the address; a value that no choice offers is ignored. */
export function readFacilitatorValues(
  parameter: (name: string) => string | undefined,
): FacilitatorSearchValues {
  const text = (name: keyof FacilitatorSearchValues) =>
    (parameter(name) ?? '').trim().slice(0, TEXT_MAX)
  const values = { ...NO_FACILITATOR_SEARCH }
  for (const name of Object.keys(values) as (keyof FacilitatorSearchValues)[])
    values[name] = text(name)
  const isRadius = Number(values.rayon) >= 1 && Number(values.rayon) <= MAX_RADIUS
  return {
    ...values,
    rayon: isRadius ? values.rayon : '',
    langue: /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(values.langue) ? values.langue : '',
    formation: TRAININGS.some((one) => one === values.formation) ? values.formation : '',
  }
}

export type ReadFacilitatorSearch = {
  query?: Omit<FacilitatorQuery, 'audience' | 'now' | 'limit' | 'after'>
  place?: SearchedPlace | undefined
  problems: Problem[]
  /** What else the place may mean. */
  or: NavLink[]
}

/** Reads a search and reports wrong input. `page` is the page to which the links lead. */
export function readFacilitatorSearch(
  page: string,
  values: FacilitatorSearchValues,
): ReadFacilitatorSearch {
  if (!isFacilitatorSearch(values)) return { query: {}, problems: [], or: [] }
  const answer = values.ou === '' ? undefined : lookUpWhere(values.ou)
  if (answer?.kind === 'everywhere') return readFacilitatorSearch(page, { ...values, ou: '' })
  const meanings = answer && 'or' in answer ? answer.or : undefined
  const linksTo = (towns: Meanings) =>
    choicesOf(towns).map((choice) => ({
      href: facilitatorSearchHref(page, values, askFor(choice)),
      label: choice.label,
    }))
  const or = linksTo(meanings ?? { towns: [] })
  if (answer?.kind === 'area')
    return { ...readFacilitatorSearch(page, { ...values, ...within(answer.area) }), or }
  const territory = values.territoire === '' ? undefined : readTerritory(values.territoire)
  const problems: Problem[] = [
    ...(answer?.kind === 'unknown' ? [placeProblem('ou', answer)] : []),
    ...(values.territoire !== '' && !territory
      ? [{ field: 'territoire', code: 'unknown_place' } as const]
      : []),
  ]
  if (answer?.kind === 'unknown') return { problems, or: linksTo(answer.close) }
  if (problems.length > 0) return { problems, or: [] }
  const point = answer?.kind === 'commune' ? answer.commune : answer
  return {
    query: {
      near: point && {
        latitude: point.latitude,
        longitude: point.longitude,
        radiusKm: Number(values.rayon || DEFAULT_RADIUS),
        within: answer?.kind === 'commune' ? territoryOf(answer.commune) : [],
      },
      territory,
      theme: values.theme || undefined,
      format: values.format || undefined,
      language: values.langue || undefined,
      training: TRAININGS.find((one) => one === values.formation),
      q: values.q || undefined,
    },
    place: answer
      ? { label: answer.label, isAround: true }
      : territory && { label: labelOfTerritory(territory), isAround: false },
    problems: [],
    or,
  }
}

/** Reads a code, or a name with or without the code that our pages put behind it; the widest territory of that name. */
function readTerritory(typed: string): Territory | undefined {
  const byCode = findTerritory(typed)
  if (byCode) return byCode
  const { name, note: code } = splitLabel(typed, /^\w{2,3}$/)
  if (code !== undefined) {
    const departement = findTerritory(code)
    if (departement && comparableName(departement.name) === comparableName(name)) return departement
  }
  const found = searchTerritories(name, CHOICES)
  const wanted = comparableName(name)
  return (
    found.find((one) => comparableName(one.name) === wanted) ??
    (found.length === 1 ? found[0] : undefined)
  )
}
