import { z } from 'zod'
import { optionalText } from '../values/optional-fields.ts'
import { limitOf, type Problem, toProblemCode } from '../values/problem.ts'
import { isWebAddress, WEB_ADDRESS_MAX } from '../values/web-address.ts'
import {
  RESOURCE_AUDIENCES,
  RESOURCE_KINDS,
  RESOURCE_LEVELS,
  RESOURCE_LICENCES,
  type ResourceContent,
} from './resource.ts'

export const TITLE_MAX = 100
export const SUMMARY_MAX = 200
export const AUTHOR_MAX = 120
export const DESCRIPTION_MAX = 10_000
export const LIST_MAX = 12
export const ITEM_MAX = 120
/** No room holds more; a day has no more minutes. */
export const GROUP_MAX = 1_000
export const MINUTES_MAX = 24 * 60

const line = (max: number) => z.string('required').trim().min(1, 'required').max(max, 'too_long')

const lines = z
  .array(z.string('invalid').trim().max(ITEM_MAX, 'too_long'), 'invalid')
  .max(LIST_MAX, 'too_many')
  .nullish()
  .transform((all) => [...new Set((all ?? []).filter((text) => text !== ''))])

const whole = (max: number) =>
  z
    .number('invalid')
    .int('invalid')
    .min(1, 'number_out_of_range')
    .max(max, 'number_out_of_range')
    .nullish()
    .transform((number) => number ?? undefined)

/** What a form or a program says of a resource. Messages are codes (`ProblemCode`). */
export const ResourceInput = z.object(
  {
    title: line(TITLE_MAX),
    summary: line(SUMMARY_MAX).describe('One sentence that says what happens'),
    kind: z.enum(RESOURCE_KINDS, 'not_a_choice'),
    audiences: z
      .array(z.enum(RESOURCE_AUDIENCES, 'not_a_choice'), 'invalid')
      .nullish()
      .transform((all) => [...new Set(all ?? [])])
      .describe('For whom it is above all; nobody in particular where it is left out'),
    groupMin: whole(GROUP_MAX).describe('The smallest group'),
    groupMax: whole(GROUP_MAX).describe('The largest group'),
    minutes: whole(MINUTES_MAX).describe('How long it takes'),
    material: lines.describe('What one must have ready'),
    needsComputer: z
      .boolean('invalid')
      .nullish()
      .transform((needs) => needs ?? false),
    level: z
      .enum(RESOURCE_LEVELS, 'not_a_choice')
      .nullish()
      .transform((level) => level ?? 'beginner'),
    language: z
      .string('invalid')
      .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})?$/, 'invalid')
      .nullish()
      .transform((language) => language ?? 'fr')
      .describe('A BCP 47 tag; `fr` where it is left out'),
    licence: z
      .enum(RESOURCE_LICENCES, 'not_a_choice')
      .nullish()
      .transform((licence) => licence ?? RESOURCE_LICENCES[0])
      .describe('An SPDX name; `CC-BY-4.0` where it is left out'),
    author: line(AUTHOR_MAX).describe('Who wrote it'),
    themes: lines,
    descriptionMarkdown: optionalText(DESCRIPTION_MAX).describe('How it goes, step by step'),
    link: optionalText(WEB_ADDRESS_MAX).refine(
      (link) => link === undefined || isWebAddress(link),
      'not_an_url',
    ),
  },
  'invalid',
)

/** The same, whose largest group is not below the smallest. */
const CheckedInput = ResourceInput.superRefine(({ groupMin, groupMax }, found) => {
  if (groupMin !== undefined && groupMax !== undefined && groupMin > groupMax)
    found.addIssue({ code: 'custom', path: ['groupMax'], message: 'number_out_of_range' })
})

type Typed = z.output<typeof ResourceInput>

/**
 * Parses what a form or a program says of a resource, or returns what is wrong with it.
 *
 * @param renderDescription - Makes sanitised HTML of Markdown.
 */
export function parseResource(
  typed: unknown,
  renderDescription: (markdown: string) => string,
): { content: ResourceContent } | { problems: Problem[] } {
  const parsed = CheckedInput.safeParse(typed)
  if (!parsed.success)
    return {
      problems: parsed.error.issues.map((issue) => ({
        ...{ field: String(issue.path[0]), code: toProblemCode(issue.message) },
        ...limitOf(issue),
      })),
    }
  return { content: { ...parsed.data, descriptionHtml: render(parsed.data, renderDescription) } }
}

const render = ({ descriptionMarkdown: markdown }: Typed, renderDescription: Render): string =>
  markdown === undefined ? '' : renderDescription(markdown)

type Render = (markdown: string) => string
