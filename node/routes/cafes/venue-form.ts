import type { FormValues } from '../../../ui/components/fields.tsx'
import { ACCESS_MAX, type SavedVenue, type VenueContent } from '../../domain/cafes/venue.ts'
import { ACCESSIBILITY_CODES } from '../../domain/values/accessibility.ts'
import type { Problem } from '../../domain/values/problem.ts'
import { isWebAddress } from '../../domain/values/web-address.ts'
import type { Commune } from '../../geo/commune-table.ts'
import { placeVenue } from '../../geo/venue.ts'
import { textOf, textsOf, webAddressOf } from '../http/forms.ts'
import { chosenCode, townOf } from './form.ts'

const NAME_MAX = 100
const STREET_MAX = 255

export type VenueDecision =
  | { content: VenueContent; problems?: never; choices?: never }
  /** `choices` when the town could be several. */
  | { problems: Problem[]; choices: Commune[] | undefined; content?: never }

/**
 * The form of a venue, its town looked up, or every problem at once, under the names of its inputs. A point that was
 * not touched follows the address: it belonged to the old one.
 */
export function decideVenueForm(form: FormData, current: SavedVenue | undefined): VenueDecision {
  const text = (name: string) => textOf(form, name)
  const point = readPoint(form, current)
  const placed = placeVenue({
    name: text('name'),
    streetAddress: text('streetAddress'),
    commune: text('town'),
    codeInsee: chosenCode(text('town'), text('codeInsee')),
    ...point.point,
  })
  const problems: Problem[] = [
    ...('problems' in placed ? placed.problems.map(toInput) : []),
    ...point.problems,
    ...tooLong(text('name'), 'name', NAME_MAX),
    ...tooLong(text('streetAddress'), 'streetAddress', STREET_MAX),
    ...tooLong(text('access'), 'access', ACCESS_MAX),
  ]
  const acceslibreUrl = webAddressOf(form, 'acceslibreUrl') || undefined
  if (acceslibreUrl && !isWebAddress(acceslibreUrl))
    problems.push({ field: 'acceslibreUrl', code: 'not_an_url' })
  if ('problems' in placed) return { problems, choices: placed.choices }
  if (problems.length > 0) return { problems, choices: undefined }
  const chosen = textsOf(form, 'accessibility')
  return {
    content: {
      ...placed.venue,
      access: text('access').replaceAll('\r\n', '\n') || undefined,
      accessibility: ACCESSIBILITY_CODES.filter((code) => chosen.includes(code)),
      acceslibreUrl,
    },
  }
}

const INPUTS: Record<string, string> = { commune: 'town', postalCode: 'town', codeInsee: 'town' }

const toInput = ({ field, ...problem }: Problem): Problem => {
  const name = field.replace(/^venue\./, '')
  return { ...problem, field: INPUTS[name] ?? name }
}

const tooLong = (text: string, field: string, max: number): Problem[] =>
  text.length > max ? [{ field, code: 'too_long', detail: String(max) }] : []

type Point = { latitude?: number | undefined; longitude?: number | undefined }

function readPoint(
  form: FormData,
  current: SavedVenue | undefined,
): { point: Point; problems: Problem[] } {
  const fields = ['latitude', 'longitude'] as const
  const shown: FormValues = current ? valuesOfVenue(current) : {}
  const isSame = (name: string) => textOf(form, name) === (shown[name] ?? '')
  const hasMoved = !(isSame('town') && isSame('streetAddress'))
  if (current && hasMoved && fields.every(isSame)) return { point: {}, problems: [] }
  const point: Point = {}
  const problems: Problem[] = []
  for (const field of fields) {
    const typed = textOf(form, field).replace(',', '.')
    if (typed === '') continue
    const degrees = /^-?\d{1,3}(\.\d+)?$/.test(typed) ? Number(typed) : Number.NaN
    if (Number.isNaN(degrees)) problems.push({ field, code: 'invalid' })
    else point[field] = degrees
  }
  return problems.length > 0 ? { point: {}, problems } : { point, problems }
}

export const valuesOfVenue = (venue: SavedVenue): FormValues => ({
  name: venue.name,
  town: townOf(venue),
  streetAddress: venue.streetAddress ?? '',
  access: venue.access ?? '',
  accessibility: venue.accessibility,
  acceslibreUrl: venue.acceslibreUrl ?? '',
  latitude: venue.latitude?.toString().replace('.', ',') ?? '',
  longitude: venue.longitude?.toString().replace('.', ',') ?? '',
})
