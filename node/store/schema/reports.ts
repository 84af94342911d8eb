import type { Report, ReportQuestion } from '../../domain/reports/report.ts'
import { describe, flag, instant, number, optional, type RowOf, text } from './table.ts'

/** The tables of what was told of cafés after they took place. */
export interface ReportTables {
  report: RowOf<typeof REPORT>
  report_question: RowOf<typeof REPORT_QUESTION> & { cafe_id: string; position: number }
}

export const REPORT = describe<Omit<Report, 'questions'>>()({
  cafeId: text,
  organizationId: optional(text),
  uri: optional(text),
  isHeld: flag,
  participants: optional(number),
  firstTimers: optional(number),
  format: optional(text),
  nextSteps: optional(text),
  words: optional(text),
  isTextPublic: flag,
  picture: optional(text),
  pictureAlt: optional(text),
  isPicturePublic: flag,
  isCounted: flag,
  hiddenReason: optional(text),
  createdAt: instant,
  updatedAt: instant,
})

export const REPORT_QUESTION = describe<ReportQuestion>()({
  id: text,
  text,
  theme: optional(text),
  hiddenReason: optional(text),
})
