import type { Cafe } from '../../../node/domain/cafes/cafe.ts'
import { findQuestionProblem } from '../../../node/domain/reports/question-text.ts'
import type { Report } from '../../../node/domain/reports/report.ts'
import {
  NEXT_MAX,
  PARTICIPANTS_MAX,
  QUESTION_MAX,
  QUESTIONS_MAX,
  WORDS_MAX,
} from '../../../node/domain/reports/report-input.ts'
import { escapeHtml } from '../../../node/domain/values/escape-html.ts'
import { plural } from '../../../node/domain/values/number-text.ts'
import { cleanLines, cleanText } from '../../../node/formats/text/clean-text.ts'
import { PUBLIC, REPORT_CONTEXT } from '../context.ts'
import { idOf, isObject, isStorable, type Json, originOf, textOf, toList } from '../json.ts'
import { readInstant } from '../read-event.ts'
import { actorUri, authorOf, followersUri } from '../uris.ts'

/** A report on the wire: a `Note` in reply to its Event, with terms of ours beside a text that other software shows. */

type ToldReport = Report & { uri: string }

/** Returns what everybody may read of a report as JSON, without its proof. Its photo stays on this site. */
export function toReportNote(report: ToldReport, cafe: Cafe, origin: string): Json {
  const identifier = authorOf(origin, cafe)
  const author = actorUri(origin, identifier)
  const [language = 'fr'] = cafe.languages
  const content = contentOf(report, cafe)
  const { isHeld, participants, firstTimers, format, isTextPublic, words, nextSteps } = report
  const published = report.createdAt.toString()
  const updated = report.updatedAt.toString()
  return {
    '@context': REPORT_CONTEXT,
    id: report.uri,
    type: 'Note',
    url: `${cafe.url}#bilan`,
    attributedTo: author,
    inReplyTo: cafe.uri,
    to: [PUBLIC],
    cc: [followersUri(origin, identifier)],
    content,
    contentMap: { [language]: content },
    published,
    ...(updated !== published && { updated }),
    held: isHeld,
    ...(participants !== undefined && { participants }),
    ...(firstTimers !== undefined && { firstTimers }),
    ...(format !== undefined && { format }),
    questions: shownQuestions(report).map(({ text, theme }) => ({
      ...{ name: text, ...(theme !== undefined && { theme }) },
    })),
    ...(isTextPublic && words !== undefined && { words }),
    ...(isTextPublic && nextSteps !== undefined && { nextSteps }),
  }
}

const shownQuestions = ({ questions }: Report) =>
  questions.filter(({ hiddenReason }) => hiddenReason === undefined)

function contentOf(report: ToldReport, cafe: Cafe): string {
  const { isHeld, participants = 0, firstTimers, isTextPublic, words, nextSteps } = report
  const first = firstTimers === undefined ? '' : `, dont ${firstTimers} pour la première fois`
  const numbers = isHeld
    ? `${plural(participants, 'personne', 'personnes')}${first}.`
    : 'Ce café n’a finalement pas eu lieu.'
  const asked = shownQuestions(report)
  return [
    `<p><strong>${escapeHtml(cafe.title)}</strong><br>${escapeHtml(numbers)}</p>`,
    ...(asked.length > 0
      ? [
          `<p>Les questions entendues :<br>${asked.map(({ text }) => escapeHtml(`– ${text}`)).join('<br>')}</p>`,
        ]
      : []),
    ...(isTextPublic ? [words, nextSteps] : []).flatMap((text) =>
      text === undefined ? [] : [`<p>${escapeHtml(text).replaceAll('\n', '<br>')}</p>`],
    ),
  ].join('')
}

/** What another server tells of a café of its own. */
export type ReadReport = Pick<
  Report,
  'isHeld' | 'participants' | 'firstTimers' | 'format' | 'words' | 'nextSteps' | 'updatedAt'
> & {
  uri: string
  cafeUri: string
  ownerUri: string
  publishedAt: Temporal.Instant
  questions: { text: string; theme: string | undefined }[]
}

/** Returns whether an object is a report, by a term of ours. */
export const isReportNote = (object: Json): boolean => object.held !== undefined

const SHORT = 80
/** How far a time may be ahead of our clock; a later one counts as now, or no later change would ever count. */
const AHEAD = { minutes: 10 }

/**
 * Reads a report, in the terms of our own context. Undefined where it is none, names no café of its own origin, or has a
 * number that no café has. A question that everybody may not read is left out.
 */
export function fromReportNote(note: Json, now: Temporal.Instant): ReadReport | undefined {
  const uri = idOf(note)
  const [cafeUri, ownerUri] = [note.inReplyTo, note.attributedTo].map((said) =>
    idOf(toList(said)[0]),
  )
  if (!uri || !cafeUri || !ownerUri || !isStorable(uri)) return undefined
  const origin = originOf(uri)
  if (origin === undefined || originOf(cafeUri) !== origin || originOf(ownerUri) !== origin)
    return undefined
  const isHeld = note.held === true
  const participants = isHeld ? readNumber(note.participants) : undefined
  if (isHeld && participants === undefined) return undefined
  const firstTimers = readNumber(note.firstTimers)
  const publishedAt = readTime(note.published, now)
  return {
    ...{ uri, cafeUri, ownerUri, isHeld, participants, publishedAt },
    firstTimers:
      participants === undefined || firstTimers === undefined || firstTimers > participants
        ? undefined
        : firstTimers,
    format: readText(note.format, SHORT),
    words: readLines(note.words, WORDS_MAX),
    nextSteps: readLines(note.nextSteps, NEXT_MAX),
    updatedAt: note.updated === undefined ? publishedAt : readTime(note.updated, now),
    questions: readQuestions(note.questions),
  }
}

function readTime(value: unknown, now: Temporal.Instant): Temporal.Instant {
  const at = readInstant(value)
  return at && Temporal.Instant.compare(at, now.add(AHEAD)) <= 0 ? at : now
}

const readNumber = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= PARTICIPANTS_MAX
    ? value
    : undefined

const readText = (value: unknown, max: number): string | undefined =>
  cleanText(textOf(value) ?? '', max) || undefined

const readLines = (value: unknown, max: number): string | undefined =>
  cleanLines(textOf(value) ?? '', max) || undefined

function readQuestions(value: unknown): ReadReport['questions'] {
  const asked = new Map<string, string | undefined>()
  for (const item of toList(value).slice(0, QUESTIONS_MAX)) {
    if (!isObject(item)) continue
    const text = readText(item.name, QUESTION_MAX)
    if (text !== undefined && !findQuestionProblem(text))
      asked.set(text, readText(item.theme, SHORT))
  }
  return [...asked].map(([text, theme]) => ({ text, theme }))
}
