import { z } from 'zod'
import { optionalText } from '../values/optional-fields.ts'
import { limitOf, type Problem, toProblemCode } from '../values/problem.ts'
import { findQuestionProblem } from './question-text.ts'

/** No room holds more; what is far more than such a café has is asked back long before (`isUnusual`). */
export const PARTICIPANTS_MAX = 100_000
export const QUESTIONS_MAX = 20
export const QUESTION_MAX = 200
const THEME_MAX = 80
const FORMAT_MAX = 80
export const NEXT_MAX = 500
export const WORDS_MAX = 3000

const people = z
  .number('invalid')
  .int('invalid')
  .min(0, 'number_out_of_range')
  .max(PARTICIPANTS_MAX, 'number_out_of_range')
  .nullish()
  .transform((number) => number ?? undefined)

const oneLine = (value: string): string => value.replace(/\s+/g, ' ').trim()

/** A question in one line, which names nobody and leads nowhere: everybody reads it, and it goes on from here. */
const QuestionText = z
  .string('invalid')
  .max(QUESTION_MAX * 2, 'too_long')
  .transform(oneLine)
  .pipe(z.string().max(QUESTION_MAX, 'too_long'))
  .superRefine((value, found) => {
    const code = findQuestionProblem(value)
    if (code) found.addIssue({ code: 'custom', message: code })
  })

const QuestionInput = z
  .union(
    [QuestionText, z.object({ text: QuestionText, theme: optionalText(THEME_MAX) }, 'invalid')],
    'invalid',
  )
  .transform((question) =>
    typeof question === 'string' ? { text: question, theme: undefined } : question,
  )
  .describe('A text of one line, or `{"text","theme"}`')

/** What may be shown to everybody beside the number and the questions. */
const PUBLISHED_PARTS = ['text', 'photo'] as const

/** What a form or a program tells of a café after it took place. Messages are codes (`ProblemCode`). */
export const ReportInput = z.object(
  {
    held: z
      .boolean('invalid')
      .nullish()
      .transform((held) => held ?? true)
      .describe('False where the café did not take place; there are no numbers then'),
    participants: people.describe('How many people were there, the team included'),
    firstTimers: people.describe('How many of them were at a café for the first time'),
    confirmed: z
      .boolean('invalid')
      .nullish()
      .transform((confirmed) => confirmed ?? false)
      .describe('That a number much larger than such cafés have is meant; it counts only then'),
    format: optionalText(FORMAT_MAX).describe('The format that was used'),
    questions: z
      .array(QuestionInput, 'invalid')
      .max(QUESTIONS_MAX, 'too_many')
      .nullish()
      .transform((all) => {
        const asked = (all ?? []).filter(({ text }) => text !== '')
        return [...new Map(asked.map((question) => [question.text, question])).values()]
      })
      .describe(
        'Questions that came up, each in one line and without a name, an address or a number',
      ),
    next: optionalText(NEXT_MAX).describe('What comes next'),
    text: optionalText(WORDS_MAX).describe('How it was, in plain text'),
    publish: z
      .array(z.enum(PUBLISHED_PARTS, 'not_a_choice'), 'invalid')
      .max(PUBLISHED_PARTS.length, 'too_many')
      .nullish()
      .transform((parts) => parts ?? [])
      .describe(
        '`text` shows `text` and `next` to everybody, `photo` the photo; neither is otherwise',
      ),
  },
  'invalid',
)

export type ReportInput = z.output<typeof ReportInput>

/** Checks what was sent; a question with a problem is named by its place, as `questions.2`, from 0. */
export function readReportInput(
  body: unknown,
): { input: ReportInput; problems?: never } | { problems: Problem[] } {
  const parsed = ReportInput.safeParse(body)
  if (!parsed.success)
    return {
      problems: parsed.error.issues.map((issue) => ({
        field: issue.path.slice(0, 2).join('.'),
        code: toProblemCode(issue.message),
        ...limitOf(issue),
      })),
    }
  const problems = problemsOf(parsed.data)
  return problems.length > 0 ? { problems } : { input: parsed.data }
}

function problemsOf({ held, participants, firstTimers }: ReportInput): Problem[] {
  if (!held) return []
  if (participants === undefined) return [{ field: 'participants', code: 'required' }]
  return firstTimers !== undefined && firstTimers > participants
    ? [{ field: 'firstTimers', code: 'more_than_participants', detail: String(participants) }]
    : []
}
