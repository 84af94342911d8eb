import { Hono } from 'hono'
import { z } from 'zod'
import { paths } from '../../../ui/paths.ts'
import type { Context } from '../../context.ts'
import type { Problem } from '../../domain/values/problem.ts'
import { findTerritory } from '../../geo/territories.ts'
import { listQuestions } from '../../store/reports/questions.ts'
import type { ApiEnv } from './access.ts'
import { publicJson, writeAddress } from './answers.ts'
import { describeRead, jsonOf, queryParameters, refusals } from './documentation.ts'
import { refuse, toProblems } from './problems.ts'
import { numberIn } from './search/parameters.ts'

const LIMIT_MAX = 100
const LIMIT_DEFAULT = 20
const PAGE_MAX = 500

const QuestionJson = z
  .object({
    id: z.string().describe('The same for questions of the same words'),
    text: z.string().describe('As it was noted last'),
    theme: z.string().nullable(),
    cafes: z.int().describe('In how many of the cafés that were asked for it came up'),
    lastOn: z.iso.date().describe('The day of the last of all cafés where it came up'),
    url: z.url().describe('Its page: the ways to ask it, and these cafés'),
  })
  .meta({ id: 'Question' })

const QuestionPageJson = z
  .object({
    items: z.array(QuestionJson),
    next: z.string().nullable().describe('Address of the page that follows'),
  })
  .meta({ id: 'QuestionPage' })

const text = z.string('invalid').max(100, 'too_long')
const day = z.iso.date('not_a_date')

const QuestionParameters = z.object({
  q: text.describe('Words, each from its beginning').optional(),
  theme: text.describe('As teams wrote it').optional(),
  territory: text.describe('`r-53`, `35`, `e-243500139`, `c-35238`').optional(),
  from: day.describe('Cafés of this day and later').optional(),
  until: day.describe('Cafés of this day and before').optional(),
  limit: numberIn(1, LIMIT_MAX).pipe(z.int('invalid')).describe('20 by default').optional(),
  page: numberIn(1, PAGE_MAX).pipe(z.int('invalid')).describe('From 1, as in `next`').optional(),
})

/** What people asked at the cafés that this site knows, what came up most first. */
export const questionReads = (context: Context) =>
  new Hono<ApiEnv>().get(
    '/questions',
    describeRead({
      id: 'listQuestions',
      summary: 'Questions that came up at cafés, what came up most first',
      description:
        'Two questions are one where they have the same words, in any order. Hidden ones and those of cafés that were withdrawn are none of them.',
      parameters: queryParameters(QuestionParameters),
      responses: { 200: jsonOf(QuestionPageJson, 'A page of them'), ...refusals(400) },
    }),
    async (c) => {
      const given = new URL(c.req.url).searchParams
      const present = Object.fromEntries([...given].filter(([, value]) => value.trim() !== ''))
      const parsed = QuestionParameters.safeParse(present)
      if (!parsed.success)
        return refuse(c, context.config, {
          type: 'bad-request',
          problems: toProblems(parsed.error),
        })
      const {
        q,
        theme,
        territory: code,
        from,
        until,
        limit = LIMIT_DEFAULT,
        page = 1,
      } = parsed.data
      const territory = code === undefined ? undefined : findTerritory(code)
      const problems: Problem[] =
        code !== undefined && !territory ? [{ field: 'territory', code: 'unknown_place' }] : []
      if (problems.length > 0) return refuse(c, context.config, { type: 'bad-request', problems })
      const found = await listQuestions(context.db, {
        ...{ words: q, theme, territory, limit: limit + 1, offset: (page - 1) * limit },
        from: from ? Temporal.PlainDate.from(from) : undefined,
        before: until ? Temporal.PlainDate.from(until).add({ days: 1 }) : undefined,
      })
      const hasMore = found.length > limit && page < PAGE_MAX
      return publicJson(c, {
        items: found.slice(0, limit).map(({ id, text, theme, cafes, lastOn }) => ({
          ...{ id, text, cafes },
          theme: theme ?? null,
          lastOn: lastOn.toString(),
          url: context.config.origin + paths.question(id),
        })),
        next: hasMore ? writeAddress(c, context, { page: String(page + 1) }) : null,
      })
    },
  )
