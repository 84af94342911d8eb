import type { Context as HonoContext } from 'hono'
import { z } from 'zod'
import { problemMessage } from '../../../ui/locales/messages.ts'
import { frenchSpaces } from '../../../ui/locales/typography.ts'
import type { LegalGap } from '../../domain/structures/legal-notice.ts'
import type { TokenScope } from '../../domain/structures/token-scope.ts'
import type { Lang } from '../../domain/values/lang.ts'
import { limitOf, type Problem, toProblemCode } from '../../domain/values/problem.ts'
import { preferredLanguage } from '../http/language.ts'
import { missingForLaw } from '../structures/legal-texts.ts'
import {
  CONFLICTS,
  type Conflict,
  type LimitUnit,
  limitText,
  PROBLEM_STATUS,
  type ProblemType,
  problemTexts,
  scopeText,
} from './problem-texts.ts'

/** A problem (RFC 9457), with one entry per wrong field. */
export const ProblemJson = z
  .object({
    type: z.string().describe('Address of what this kind of problem means'),
    title: z.string(),
    status: z.int(),
    detail: z.string().optional(),
    instance: z.string().optional().describe('Of a failure of ours: what the log calls it'),
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
  /** The scope that a token lacks. */
  scope?: TokenScope | undefined
  /** The limit that was passed, where something is too long. */
  limit?: { unit: LimitUnit; most: number } | undefined
  /** The reference of an internal error in the log. */
  reference?: string | undefined
  /** What the law still wants stated before anything is published here. */
  gaps?: readonly LegalGap[] | undefined
}

export const PROBLEM_MEDIA_TYPE = 'application/problem+json'

/**
 * Converts a refusal to `application/problem+json` (RFC 9457), in one language; `type` is an address of the API's
 * documentation on this site.
 */
export function toProblemJson(
  { type, problems, conflict, scope, limit, reference, gaps }: Refusal,
  { lang, origin }: { lang: Lang; origin: string },
): ProblemJson {
  const { title, detail } = problemTexts(type, lang)
  const typography = (text: string) => (lang === 'fr' ? frenchSpaces(text) : text)
  const reason = conflict ? CONFLICTS[conflict][lang] : limit && limitText(limit, lang)
  const about = reason ?? (scope && scopeText(scope, lang)) ?? detail
  const said = gaps ? missingForLaw(gaps, { lang, origin }) : about
  return {
    type: `${origin}/api#${type}`,
    title: typography(title),
    status: PROBLEM_STATUS[type],
    ...(said && { detail: typography(said) }),
    ...(reference && { instance: `urn:uuid:${reference}` }),
    ...(problems && {
      errors: problems.map((problem) => ({
        field: problem.field,
        message: problemMessage(problem, lang),
      })),
    }),
  }
}

/** Answers with a problem in the caller's language. */
export function refuse(
  c: HonoContext,
  { origin }: { origin: string },
  refusal: Refusal,
  headers: Record<string, string> = {},
): Response {
  const lang = preferredLanguage(c)
  const json = toProblemJson(refusal, { lang, origin })
  return c.body(JSON.stringify(json), json.status as 400, {
    'Content-Type': PROBLEM_MEDIA_TYPE,
    'Content-Language': lang,
    'Cache-Control': 'no-store',
    Vary: 'Accept-Language',
    ...headers,
  })
}

/**
 * Returns the problems of a zod error whose messages are codes, with the limit or the values that each field allows.
 */
export const toProblems = (error: z.ZodError): Problem[] =>
  error.issues.flatMap((issue): Problem[] =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => ({ field: [...issue.path, key].join('.'), code: 'unknown_field' }))
      : [{ field: issue.path.join('.'), code: toProblemCode(issue.message), ...limitOf(issue) }],
  )
