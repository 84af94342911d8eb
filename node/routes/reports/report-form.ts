import type { FieldMessage, FormState, FormValues } from '../../../ui/components/fields.tsx'
import { messagesOf } from '../../../ui/components/fields.tsx'
import { fieldsOf, toFormValues } from '../../../ui/forms/description.ts'
import type { Messages } from '../../../ui/locales/messages.ts'
import { REPORT_FIELDS } from '../../../ui/reports/report-fields.ts'
import type { Context } from '../../context.ts'
import type { Report } from '../../domain/reports/report.ts'
import {
  QUESTIONS_MAX,
  type ReportInput,
  readReportInput,
} from '../../domain/reports/report-input.ts'
import type { Problem } from '../../domain/values/problem.ts'
import type { SentReport } from '../../store/reports/own-reports.ts'
import { receivePortrait } from '../facilitators/photo.ts'
import { fileOf, readFields, textOf } from '../http/forms.ts'

const NUMBERS = Array.from({ length: QUESTIONS_MAX }, (_, index) => index)
const LINES_MIN = 3
const LINES_MORE = 3

/** Returns how many lines for questions a form with these values has. */
export function linesOf(values: FormValues, isMore = false): number {
  const filled = NUMBERS.filter((index) => values[`question.${index}`])
  const needed = Math.max(LINES_MIN, (filled.at(-1) ?? -1) + 2)
  return Math.min(QUESTIONS_MAX, isMore ? needed + LINES_MORE : needed)
}

/** Returns the fields of a report as they are kept. */
export const valuesOfReport = (report: Report): FormValues => ({
  ...toFormValues(fieldsOf(REPORT_FIELDS), report, { publish: report.isTextPublic ? 'text' : '' }),
  'image.alt': report.pictureAlt ?? '',
  consent: report.picture ? 'yes' : '',
  publishPhoto: report.isPicturePublic ? 'photo' : '',
  ...Object.fromEntries(
    report.questions.flatMap(({ text, theme = '' }, index) => [
      [`question.${index}`, text],
      [`theme.${index}`, theme],
    ]),
  ),
})

/** Makes the state of the form, where the line of each question has a name too. */
export const reportFormState = (
  values: FormValues,
  messages: FieldMessage[],
  t: Messages,
): FormState => {
  const { details } = t.report
  const ofLines = NUMBERS.flatMap((index) => [
    [`question.${index}`, details.question(index + 1)],
    [`theme.${index}`, details.theme(index + 1)],
  ])
  const labels = { ...t.report.labels, ...Object.fromEntries(ofLines) }
  return { values, messages, labels, hints: t.report.hints, t }
}

export type ReadReport = { told: SentReport } | { messages: FieldMessage[] }

/** Reads the number alone; the rest stays as it is kept, but where the café did not take place. */
export function readNumber(form: FormData, report: Report | undefined, t: Messages): ReadReport {
  const isHeld = textOf(form, 'held') !== 'no'
  const { participants } = readFields(form, REPORT_FIELDS.number) as { participants?: number }
  // Fewer people than were there for the first time: that number goes, and can be typed again.
  const firstTimers = (report?.firstTimers ?? 0) <= (participants ?? 0) ? report?.firstTimers : null
  const confirmed = textOf(form, 'step') === 'confirm'
  const body = { ...toBody(report), held: isHeld, participants, firstTimers, confirmed }
  return toRead(readReportInput(body), t)
}

/** Returns what is kept as a program would send it. */
const toBody = (report: Report | undefined) => ({
  held: report?.isHeld,
  participants: report?.participants,
  firstTimers: report?.firstTimers,
  format: report?.format,
  questions: report?.questions.map(({ text, theme }) => ({ text, theme })),
  next: report?.nextSteps,
  text: report?.words,
  publish: [
    ...(report?.isTextPublic ? ['text'] : []),
    ...(report?.isPicturePublic ? ['photo'] : []),
  ],
})

type Where = Pick<Context, 'db' | 'config' | 'now'>

/** Reads all but the number, which stays as it is kept; a photo is stored only where nothing is wrong. */
export async function readDetails(
  where: Where,
  form: FormData,
  report: Report & { organizationId: string },
  t: Messages,
): Promise<ReadReport> {
  const asked = NUMBERS.filter((index) => textOf(form, `question.${index}`) !== '')
  const { publish, words, nextSteps, ...typed } = readFields(form, REPORT_FIELDS.details)
  const body = {
    ...{ held: report.isHeld, participants: report.participants, confirmed: report.isCounted },
    ...{ ...typed, text: words, next: nextSteps },
    questions: asked.map((index) => ({
      text: textOf(form, `question.${index}`),
      theme: textOf(form, `theme.${index}`),
    })),
    publish: [...(publish ? ['text'] : []), ...(form.has('publishPhoto') ? ['photo'] : [])],
  }
  const read = readReportInput(body)
  const lacksConsent = hasPhoto(form, report) && !form.has('consent')
  const consent: Problem[] = lacksConsent ? [{ field: 'consent', code: 'consent_required' }] : []
  const { image, problems } = await receivePortrait(where, form, {
    current: report.picture
      ? { url: '', alt: report.pictureAlt ?? '', mediaId: report.picture }
      : undefined,
    organizationId: report.organizationId,
    isRefused: read.problems !== undefined || lacksConsent,
  })
  const all = [...(read.problems ?? []), ...consent, ...problems]
  if (!('input' in read) || all.length > 0) return toRead({ problems: all }, t, asked)
  const photo = { picture: image?.mediaId, pictureAlt: image?.alt }
  return { told: { ...read.input, photo } }
}

const hasPhoto = (form: FormData, { picture }: Report): boolean =>
  fileOf(form, 'image') !== undefined || (picture !== undefined && !form.has('image.remove'))

const INPUTS: Record<string, string> = { next: 'nextSteps', text: 'words' }

function toRead(
  read: { input: ReportInput } | { problems: Problem[] },
  t: Messages,
  asked: readonly number[] = NUMBERS,
): ReadReport {
  if ('input' in read) return { told: read.input }
  const inputFor = (field: string) => {
    const [, place] = /^questions\.(\d+)$/.exec(field) ?? []
    return place ? `question.${asked[Number(place)] ?? place}` : (INPUTS[field] ?? field)
  }
  return { messages: messagesOf(read.problems, t, inputFor) }
}
