import type { Context as HonoContext } from 'hono'
import { accepts } from 'hono/accepts'
import { z } from 'zod'
import { type MessageLang, problemMessage } from '../../../ui/strings.ts'
import { frenchSpaces } from '../../../ui/typography.ts'
import { PROBLEM_CODES, type Problem } from '../../domain/problem.ts'
import {
  CONFLICTS,
  type Conflict,
  PROBLEM_STATUS,
  type ProblemType,
  problemWords,
} from './problem-words.ts'

/** RFC 9457, with one entry per wrong field. */
export const ProblemJson = z
  .object({
    type: z.string().describe('Address of what this kind of problem means'),
    title: z.string(),
    status: z.int(),
    detail: z.string().optional(),
    errors: z
      .array(
        z.object({
          field: z.string().describe('Dotted path, e.g. `venue.postalCode`'),
          message: z.string().describe('In French, or in English by `Accept-Language`'),
        }),
      )
      .optional(),
  })
  .meta({ id: 'Problem' })
export type ProblemJson = z.output<typeof ProblemJson>

export type Refusal = {
  type: ProblemType
  problems?: readonly Problem[] | undefined
  conflict?: Conflict | undefined
}

export const PROBLEM_MEDIA_TYPE = 'application/problem+json'

/** The language of messages: French, unless English is preferred. */
export const langOf = (c: HonoContext): MessageLang =>
  accepts(c, {
    header: 'Accept-Language',
    supports: ['fr', 'en'],
    default: 'fr',
    match: preferred,
  }) === 'en'
    ? 'en'
    : 'fr'

/** `en-GB` asks for English; of two languages the one with the larger q wins, then the first. */
const preferred = (
  accepted: { type: string; q: number }[],
  { supports, default: fallback }: { supports: string[]; default: string },
): string => {
  const [first] = accepted
    .filter(({ q }) => q > 0)
    .toSorted((one, other) => other.q - one.q)
    .map(({ type }) => type.toLowerCase().split('-')[0] ?? '')
    .filter((language) => supports.includes(language))
  return first ?? fallback
}

export function toProblemJson(
  { type, problems, conflict }: Refusal,
  { lang, origin }: { lang: MessageLang; origin: string },
): ProblemJson {
  const { title, detail } = problemWords(type, lang)
  const typography = (text: string) => (lang === 'fr' ? frenchSpaces(text) : text)
  const said = conflict ? CONFLICTS[conflict][lang] : detail
  return {
    type: `${origin}/api#${type}`,
    title: typography(title),
    status: PROBLEM_STATUS[type],
    ...(said && { detail: typography(said) }),
    ...(problems && {
      errors: problems.map((problem) => ({
        field: problem.field,
        message: problemMessage(problem, lang),
      })),
    }),
  }
}

/** What went wrong, in the caller's language. */
export function refuse(
  c: HonoContext,
  { origin }: { origin: string },
  refusal: Refusal,
  headers: Record<string, string> = {},
): Response {
  const lang = langOf(c)
  const json = toProblemJson(refusal, { lang, origin })
  return c.body(JSON.stringify(json), json.status as 400, {
    'Content-Type': PROBLEM_MEDIA_TYPE,
    'Content-Language': lang,
    'Cache-Control': 'no-store',
    Vary: 'Accept-Language',
    ...headers,
  })
}

/** The problems of a zod error whose messages are codes. */
export const toProblems = (error: z.ZodError): Problem[] =>
  error.issues.map((issue) => ({
    field: issue.path.join('.'),
    code: PROBLEM_CODES.find((code) => code === issue.message) ?? 'invalid',
  }))
