import { hash } from 'node:crypto'
import type { Cafe } from '../../domain/cafes/cafe.ts'
import { type PartKind, readPart, toPartAddress } from '../../domain/federation/hidden-object.ts'
import { toWording } from '../../domain/reports/question-group.ts'
import type { Report } from '../../domain/reports/report.ts'
import { findCafeByUri } from '../cafes/cafes.ts'
import type { Database } from '../database/database.ts'
import { findReport, saveReport } from './reports.ts'

/**
 * The parts of a café that a directory hides by themselves: its report, or one question of it. Their addresses are made
 * of the café's and of the words of the question, so that a report that is deleted and told again stays hidden.
 */

/** The number of characters of a question's hash in hexadecimal: 80 bits. */
const HASH_LENGTH = 20

/**
 * Returns the address of the report of a café.
 *
 * @internal
 */
export const addressOfReport = (cafeUri: string): string => toPartAddress(cafeUri, 'bilan')

/**
 * Returns the address of a question of it, the same for all that are typed alike.
 *
 * @internal
 */
export const addressOfQuestion = (cafeUri: string, text: string): string =>
  toPartAddress(cafeUri, `question-${hash('sha256', toWording(text), 'hex').slice(0, HASH_LENGTH)}`)

/** A part that may be hidden, or is. */
export type ReportPart = {
  kind: PartKind
  address: string
  /** The words of a question. */
  text: string | undefined
  hiddenReason: string | undefined
}

/** Lists what of a café's report may be hidden: all of it, then each question. Empty where it has none. */
export async function listReportParts(
  db: Database,
  { id, uri }: Pick<Cafe, 'id' | 'uri'>,
): Promise<ReportPart[]> {
  const report = await findReport(db, id)
  if (!report) return []
  return [
    {
      ...{ kind: 'report', address: addressOfReport(uri), text: undefined },
      hiddenReason: report.hiddenReason,
    },
    ...report.questions.map(
      ({ text, hiddenReason }): ReportPart => ({
        ...{ kind: 'question', address: addressOfQuestion(uri, text), text, hiddenReason },
      }),
    ),
  ]
}

/** Finds the café of the address of a part, and the words of a question that is still told. */
export async function findPart(
  db: Database,
  address: string,
): Promise<{ kind: PartKind; cafe: Cafe; text: string | undefined } | undefined> {
  const part = readPart(address)
  const cafe = part && (await findCafeByUri(db, part.of))
  if (!cafe) return undefined
  const parts = await listReportParts(db, cafe)
  return { kind: part.kind, cafe, text: parts.find((one) => one.address === address)?.text }
}

/** Returns a report of another server with what was decided here about it and its questions. */
export async function withHidden(
  db: Database,
  { uri, report }: { uri: string; report: Report },
): Promise<Report> {
  const whole = addressOfReport(uri)
  const addressOf = ({ text }: { text: string }) => addressOfQuestion(uri, text)
  const rows = await db
    .selectFrom('hidden_object')
    .select(['uri', 'reason'])
    .where('uri', 'in', [whole, ...report.questions.map(addressOf)])
    .execute()
  const reasons = new Map(rows.map((row) => [row.uri, row.reason]))
  return {
    ...report,
    hiddenReason: reasons.get(whole),
    questions: report.questions.map((question) => ({
      ...question,
      hiddenReason: reasons.get(addressOf(question)),
    })),
  }
}

/** Hides what of a café's report is hidden here now, and shows the rest, with all that is counted of it. */
export async function updateHidden(
  trx: Database,
  { id, uri }: Pick<Cafe, 'id' | 'uri'>,
): Promise<void> {
  const report = await findReport(trx, id)
  if (report) await saveReport(trx, await withHidden(trx, { uri, report }))
}

/** Finds the words of a question of a café of ours that a directory hides; undefined for anything else. */
export async function findPartText(
  db: Database,
  { cafeId, part }: { cafeId: string; part: string },
): Promise<string | undefined> {
  if (part === '') return undefined
  const report = await findReport(db, cafeId)
  return report?.questions.find(({ text }) => readPart(addressOfQuestion('', text))?.part === part)
    ?.text
}
