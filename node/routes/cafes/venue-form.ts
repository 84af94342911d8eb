import { VENUE_FIELDS } from '../../../ui/cafes/cafe-fields.ts'
import type { FormValues } from '../../../ui/components/fields.tsx'
import { toFormValues } from '../../../ui/forms/description.ts'
import type { Context } from '../../context.ts'
import type { CafeContent } from '../../domain/cafes/cafe.ts'
import {
  ACCESS_MAX,
  type SavedVenue,
  type VenueContent,
  venueOf,
} from '../../domain/cafes/venue.ts'
import { CLOSURES_MAX, readClosures } from '../../domain/series/closures.ts'
import { ACCESSIBILITY_CODES } from '../../domain/values/accessibility.ts'
import type { Problem } from '../../domain/values/problem.ts'
import { isWebAddress } from '../../domain/values/web-address.ts'
import type { Commune } from '../../geo/commune-table.ts'
import { placeVenue } from '../../geo/venue.ts'
import { ensureVenue, findUsualVenue, listVenues } from '../../store/cafes/venues.ts'
import { inTransaction } from '../../store/database/database.ts'
import type { Organization } from '../../store/structures/organizations.ts'
import { findStructureProfile } from '../../store/structures/profiles.ts'
import { textOf, textsOf, webAddressOf } from '../http/forms.ts'
import { authorOf, type WebEnv } from '../workspaces/access.ts'
import { chosenCode, newCafeValues, townOf, valuesOfAddress } from './form.ts'

const NAME_MAX = 100
const STREET_MAX = 255

export type VenueDecision =
  | { content: VenueContent; problems?: never; choices?: never }
  /** `choices` are given when the town could be several. */
  | { problems: Problem[]; choices: Commune[] | undefined; content?: never }

/**
 * Decides a venue from its form, with its town looked up, or returns every problem at once, under the names of its
 * inputs. A point that was not touched is replaced when the address changes, since it belonged to the old one.
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
    ...problemsOfClosures(text('closures')),
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
      closures: text('closures') || undefined,
    },
  }
}

function problemsOfClosures(text: string): Problem[] {
  const { wrong } = readClosures(text)
  if (wrong !== undefined) return [{ field: 'closures', code: 'not_a_closure', detail: wrong }]
  return tooLong(text, 'closures', CLOSURES_MAX)
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

/** Returns the values with which the form of a saved venue opens; coordinates have a decimal comma. */
export const valuesOfVenue = (venue: SavedVenue): FormValues =>
  toFormValues(VENUE_FIELDS, venue, {
    town: townOf(venue),
    latitude: venue.latitude?.toString().replace('.', ',') ?? '',
    longitude: venue.longitude?.toString().replace('.', ',') ?? '',
  })

/**
 * Returns the values of a new form: the venue of the last café, otherwise the only one or that of the same name,
 * otherwise the structure's own address.
 */
export async function findNewCafeValues(
  { db }: Pick<Context, 'db'>,
  { id, name }: Organization,
): Promise<FormValues> {
  const venues = await listVenues(db, id)
  const own = venues.find((venue) => venue.name === name)
  const usual = (await findUsualVenue(db, id)) ?? (venues.length === 1 ? venues[0] : own)
  if (usual || venues.length > 0) return newCafeValues({ 'venue.id': usual?.id ?? '' })
  const address = (await findStructureProfile(db, id))?.address
  return newCafeValues(address && valuesOfAddress({ ...address, name }))
}

/** Returns the café with its venue, which is saved when its form says to keep it for next time. */
export async function withSavedVenue(
  { db, now }: Pick<Context, 'db' | 'now'>,
  { form, admin }: WebEnv['Variables'],
  content: CafeContent,
): Promise<CafeContent> {
  const { venue } = content
  const isAsked = textOf(form, 'venue.keep') !== '' && admin.mandate === undefined
  if (!venue || venue.id !== undefined || !isAsked) return content
  const organizationId = admin.organization.id
  const kept = await inTransaction(db, (trx) =>
    ensureVenue(trx, { venue, organizationId, by: authorOf(admin) }, now()),
  )
  return { ...content, venue: venueOf(kept) }
}
