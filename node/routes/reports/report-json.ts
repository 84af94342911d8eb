import { z } from 'zod'
import type { Cafe } from '../../domain/cafes/cafe.ts'
import type { Report } from '../../domain/reports/report.ts'
import { orNull } from '../../store/database/columns.ts'
import type { PublicReport } from '../../store/reports/shown-reports.ts'

const OF_OWN = 'Only with the token of its structure'

/** A report as JSON. Every key is present that everybody is given; what is not known or not public is null. */
export const ReportJson = z
  .object({
    id: z
      .string()
      .nullable()
      .describe('ActivityPub id; null while its number waits for `confirmed`'),
    cafe: z.string().describe('The id of its café'),
    held: z.boolean().describe('Whether the café took place; without that there are no numbers'),
    participants: z.int().nullable().describe('As its team declares'),
    firstTimers: z.int().nullable(),
    format: z.string().nullable(),
    questions: z.array(z.object({ text: z.string(), theme: z.string().nullable() })),
    next: z.string().nullable().describe('Null where it is not public'),
    text: z.string().nullable().describe('Null where it is not public'),
    updatedAt: z.iso.datetime(),
    publish: z
      .array(z.enum(['text', 'photo']))
      .optional()
      .describe(OF_OWN),
    counted: z
      .boolean()
      .optional()
      .describe(
        `${OF_OWN}: false while a number much larger than such cafés have is neither shown nor counted, until it is sent again with \`confirmed\``,
      ),
    dryRun: z.literal(true).optional().describe('Nothing was stored'),
  })
  .meta({ id: 'Report' })
export type ReportJson = z.output<typeof ReportJson>

/** Converts a report to what everybody may read of it; the caller has left out what is not public. */
export const toReportJson = (report: Report | PublicReport, { uri }: Cafe): ReportJson => ({
  ...{ id: orNull(report.uri), cafe: uri, held: report.isHeld },
  participants: orNull(report.participants),
  firstTimers: orNull(report.firstTimers),
  format: orNull(report.format),
  questions: report.questions.map(({ text, theme }) => ({ text, theme: orNull(theme) })),
  ...{ next: orNull(report.nextSteps), text: orNull(report.words) },
  updatedAt: report.updatedAt.toString(),
})

/** Converts a report of ours to all that the token of its structure may read. */
export const toOwnReportJson = (report: Report, cafe: Cafe): ReportJson => ({
  ...toReportJson(report, cafe),
  publish: [
    ...(report.isTextPublic ? (['text'] as const) : []),
    ...(report.isPicturePublic ? (['photo'] as const) : []),
  ],
  counted: report.isCounted,
})
