import type { FormValues } from '../../../ui/components/fields.tsx'
import type { VenueContent } from '../../domain/cafes/venue.ts'
import {
  LEGAL_MINIMUM,
  type LegalNotice,
  type Settings,
} from '../../domain/structures/legal-notice.ts'
import {
  type Address,
  decideStructureProfile,
  type StructureProfile,
} from '../../domain/structures/structure-profile.ts'
import type { Problem } from '../../domain/values/problem.ts'
import { completeWebAddress } from '../../domain/values/web-address.ts'
import { renderMarkdown } from '../../formats/text/markdown.ts'
import type { Commune } from '../../geo/commune-table.ts'
import { placeVenue } from '../../geo/venue.ts'
import { decideVenueForm } from '../cafes/venue-form.ts'
import { textOf, webAddressOf } from '../http/forms.ts'
import type { LogoAnswer } from './logo-form.ts'

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
): ProfileDecision {
  const text = (name: string) => textOf(form, name)
  const place = findAddress(form)
  const body = {
    name: text('name'),
    kind: text('kind'),
    siret: text('siret'),
    rna: text('rna'),
    phone: text('phone'),
    email: text('email'),
    website: webAddressOf(form, 'website'),
    presentationMarkdown: text('presentationMarkdown').replaceAll('\r\n', '\n'),
    links: text('links')
      .split(/\s+/)
      .filter((link) => link !== '')
      .map(completeWebAddress),
  }
  const { profile, problems = [] } = decideStructureProfile(body, { place, logo, renderMarkdown })
  const added = decideAddedVenue(form)
  const others = [...wrongLogo, ...(added && 'problems' in added ? added.problems : [])]
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

/** Returns the values with which the form of a structure's profile opens; links are one in each line. */
export function valuesOfProfile(profile: StructureProfile): FormValues {
  const { address } = profile
  return {
    name: profile.name,
    kind: profile.kind ?? '',
    presentationMarkdown: profile.presentationMarkdown ?? '',
    streetAddress: address?.streetAddress ?? '',
    town: address ? [address.postalCode, address.commune].filter(Boolean).join(' ') : '',
    phone: profile.phone ?? '',
    email: profile.email ?? '',
    website: profile.website ?? '',
    links: profile.links.join('\n'),
    siret: profile.siret ?? '',
    rna: profile.rna ?? '',
  }
}

const LEGAL_TEXTS = [
  ...LEGAL_MINIMUM,
  'accessibility',
  'auditedOn',
  'auditedBy',
  'auditRate',
  'accessibilityGaps',
  'accessibilityContact',
  'accessibilityPlan',
  'accessibilityActions',
] as const satisfies readonly (keyof LegalNotice)[]

const WEB_ADDRESSES = [
  'accessibilityContact',
  'accessibilityPlan',
  'accessibilityActions',
  'sourceUrl',
]

/**
 * Reads the form of the settings as it was typed, for the schema that checks it; a web address gets its scheme where it
 * was typed without one.
 */
export function readSettingsForm(form: FormData): Record<string, unknown> {
  const names = [...LEGAL_TEXTS, 'themeColour']
  return {
    ...Object.fromEntries(names.map((name) => [name, textOf(form, name)])),
    ...Object.fromEntries(WEB_ADDRESSES.map((name) => [name, webAddressOf(form, name)])),
    dataContactIsDpo: textOf(form, 'dataContactIsDpo') !== '',
  }
}

/** Returns stored settings as the values of their form. */
export const valuesOfSettings = ({ legal, themeColour, sourceUrl }: Settings): FormValues => ({
  ...Object.fromEntries(LEGAL_TEXTS.map((name) => [name, legal[name]?.toString() ?? ''])),
  dataContactIsDpo: legal.dataContactIsDpo ? 'oui' : '',
  themeColour: themeColour ?? '',
  sourceUrl: sourceUrl ?? '',
})
