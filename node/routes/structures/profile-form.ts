import type { FormValues } from '../../../ui/components/fields.tsx'
import { toFormValues } from '../../../ui/forms/description.ts'
import { PROFILE_FIELDS } from '../../../ui/structures/profile-fields.ts'
import type { VenueContent } from '../../domain/cafes/venue.ts'
import {
  type Address,
  decideStructureProfile,
  type StructureProfile,
} from '../../domain/structures/structure-profile.ts'
import type { Problem } from '../../domain/values/problem.ts'
import { renderMarkdown } from '../../formats/text/markdown.ts'
import type { Commune } from '../../geo/commune-table.ts'
import { placeVenue } from '../../geo/venue.ts'
import { townOf } from '../cafes/form.ts'
import { decideVenueForm } from '../cafes/venue-form.ts'
import { readFields, textOf } from '../http/forms.ts'
import type { LogoAnswer } from './logo-form.ts'
import { PARTNER_LINES, type PartnersAnswer } from './partner-form.ts'

export type ProfileDecision =
  | {
      profile: StructureProfile
      /** A further address to be saved for the cafés. */
      venue: VenueContent | undefined
      problems?: never
      choices?: never
    }
  /** `choices` are given when the town could be several. */
  | { problems: Problem[]; choices: Commune[] | undefined; profile?: never; venue?: never }

/** Decides a profile from the form of the place, with its town looked up, or returns every problem at once. */
export function decideProfileForm(
  form: FormData,
  { logo, problems: wrongLogo }: LogoAnswer,
  { partners, problems: wrongPartners }: PartnersAnswer,
): ProfileDecision {
  const place = findAddress(form)
  const { profile, problems = [] } = decideStructureProfile(readFields(form, PROFILE_FIELDS), {
    place,
    ...{ logo, partners, renderMarkdown },
  })
  const added = decideAddedVenue(form)
  const others = [
    ...[...wrongLogo, ...wrongPartners],
    ...(added && 'problems' in added ? added.problems : []),
  ]
  if (profile && others.length === 0)
    return { profile, venue: added && 'content' in added ? added.content : undefined }
  return {
    problems: [...problems, ...others],
    choices: 'choices' in place ? place.choices : undefined,
  }
}

/** Decides the further address that a file offered, with the problems of the fields that only it has. */
function decideAddedVenue(
  form: FormData,
): { content: VenueContent } | { problems: Problem[] } | undefined {
  if (textOf(form, 'add.venue') !== 'yes') return undefined
  const { content, problems } = decideVenueForm(form, undefined)
  if (content) return { content }
  return {
    problems: problems.filter(({ field }) => ['access', 'acceslibreUrl', 'town'].includes(field)),
  }
}

const STREET_MAX = 255

function findAddress(
  form: FormData,
): { address: Address | undefined } | { problems: Problem[]; choices: Commune[] | undefined } {
  const town = textOf(form, 'town')
  const streetAddress = textOf(form, 'streetAddress')
  if (streetAddress.length > STREET_MAX)
    return {
      problems: [{ field: 'streetAddress', code: 'too_long', detail: String(STREET_MAX) }],
      choices: undefined,
    }
  if (town === '' && streetAddress === '') return { address: undefined }
  const placed = placeVenue({
    // The address is the structure's own, whose name is another field.
    name: '-',
    streetAddress,
    commune: town,
    codeInsee: textOf(form, 'codeInsee'),
  })
  if ('problems' in placed) return { problems: placed.problems, choices: placed.choices }
  const { postalCode, commune, codeInsee, departement, region } = placed.venue
  return {
    address: {
      streetAddress: placed.venue.streetAddress,
      postalCode,
      commune,
      codeInsee,
      departement,
      region,
    },
  }
}

/** Returns the values with which the form of a structure's profile opens. */
export function valuesOfProfile(profile: StructureProfile): FormValues {
  const { address } = profile
  const nameOn = (line: number) => profile.partners.find((partner) => partner.line === line)?.name
  return toFormValues(PROFILE_FIELDS, profile, {
    ...Object.fromEntries(PARTNER_LINES.map((line) => [`partner${line}`, nameOn(line) ?? ''])),
    streetAddress: address?.streetAddress ?? '',
    town: address ? townOf(address) : '',
  })
}
