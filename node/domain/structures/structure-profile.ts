import { z } from 'zod'
import type { Logo } from '../values/logo.ts'
import {
  optionalEmail,
  optionalPhone,
  optionalText,
  optionalWebAddress,
} from '../values/optional-fields.ts'
import { limitOf, type Problem, toProblemCode } from '../values/problem.ts'
import { isKind, type Kind } from '../values/structure-kinds.ts'
import { isRna, isSiret } from './siret.ts'

/** The address of a structure, whose town was looked up. */
export type Address = {
  streetAddress: string | undefined
  postalCode: string | undefined
  commune: string
  codeInsee: string | undefined
  departement: string | undefined
  region: string | undefined
}

/** A partner whose logo stands on the sheets of a structure: the line of the form that says it, from 1, and its name. */
export type Partner = { line: number; name: string; logo: Logo }

/** The most partners of a structure: as many logos as a poster has room for. */
export const MOST_PARTNERS = 4

/** What a structure says about itself; all of it is public. */
export type StructureProfile = {
  name: string
  kind: Kind | undefined
  siret: string | undefined
  rna: string | undefined
  address: Address | undefined
  phone: string | undefined
  email: string | undefined
  website: string | undefined
  presentationMarkdown: string | undefined
  /** Sanitised HTML. */
  presentationHtml: string
  /** Addresses of its pages elsewhere: social networks, newsletters. */
  links: readonly string[]
  logo: Logo | undefined
  partners: readonly Partner[]
}

/** Returns the profile of a structure that has said nothing about itself yet. */
export const emptyProfileFor = (name: string): StructureProfile => ({
  name,
  kind: undefined,
  siret: undefined,
  rna: undefined,
  address: undefined,
  phone: undefined,
  email: undefined,
  website: undefined,
  presentationMarkdown: undefined,
  presentationHtml: '',
  links: [],
  logo: undefined,
  partners: [],
})

const NAME_MAX = 100
const PRESENTATION_MAX = 1_000
const LINKS_MAX = 6

const withoutSpaces = optionalText(40).transform((value) => value?.replaceAll(/\s/g, ''))

const ProfileInput = z.object({
  name: z.string('required').trim().min(1, 'required').max(NAME_MAX, 'too_long'),
  kind: z
    .string('invalid')
    .nullish()
    .transform((value) => value || undefined)
    .refine((value) => value === undefined || isKind(value), 'invalid')
    .transform((value) => (value !== undefined && isKind(value) ? value : undefined)),
  siret: withoutSpaces.refine((value) => value === undefined || isSiret(value), 'invalid'),
  rna: withoutSpaces
    .transform((value) => value?.toUpperCase())
    .refine((value) => value === undefined || isRna(value), 'invalid'),
  phone: optionalPhone,
  email: optionalEmail,
  website: optionalWebAddress,
  presentationMarkdown: optionalText(PRESENTATION_MAX),
  links: z.array(optionalWebAddress).max(LINKS_MAX, 'too_many'),
})

type Surroundings = {
  /** The town that was found, or what is wrong with it. The address is undefined when none was given. */
  place: { address: Address | undefined } | { problems: Problem[] }
  logo?: Logo | undefined
  partners?: readonly Partner[]
  renderMarkdown: (markdown: string) => string
}

/** Returns a profile that may be stored, or every problem at once. Fields have the form's own names. */
export function decideStructureProfile(
  body: unknown,
  { place, logo, partners = [], renderMarkdown }: Surroundings,
): { profile: StructureProfile; problems?: never } | { problems: Problem[]; profile?: never } {
  const read = ProfileInput.safeParse(body)
  const problems: Problem[] = [
    ...(read.success ? [] : read.error.issues.map(toProblem)),
    ...('problems' in place ? place.problems : []),
  ]
  if (!read.success || 'problems' in place) return { problems }
  const { links, ...input } = read.data
  const profile: StructureProfile = {
    ...input,
    address: place.address,
    presentationHtml: input.presentationMarkdown ? renderMarkdown(input.presentationMarkdown) : '',
    links: [...new Set(links.filter((link) => link !== undefined))],
    ...{ logo, partners },
  }
  return { profile }
}

const toProblem = (issue: z.core.$ZodIssue): Problem => ({
  field: String(issue.path[0] ?? ''),
  code: toProblemCode(issue.message),
  ...limitOf(issue),
})
