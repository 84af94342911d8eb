import { type Cafe, isOff } from '../../domain/cafes/cafe.ts'
import { isOfFormerDate, type Report } from '../../domain/reports/report.ts'
import type { Database } from '../database/database.ts'
import { findReport } from './reports.ts'

/** A report as everybody may read it, with the sizes of its photo where that is shown. */
export type PublicReport = Report & {
  photo:
    | { mediaId: string; alt: string; width: number; height: number; sizes: number[] }
    | undefined
}

/**
 * Finds what everybody may read of how a café was: nothing of one that is hidden, off, was moved to another date since,
 * or whose number waits for an answer; no question that is hidden; the texts and the photo only where they are public.
 */
export async function findPublicReport(
  db: Database,
  cafe: Pick<Cafe, 'id' | 'status' | 'publication' | 'hiddenReason' | 'startsAt'>,
): Promise<PublicReport | undefined> {
  if (cafe.publication !== 'published' || cafe.hiddenReason !== undefined || isOff(cafe))
    return undefined
  const report = await findReport(db, cafe.id)
  return report && !isOfFormerDate(report, cafe) ? toPublicReport(db, report) : undefined
}

async function toPublicReport(db: Database, report: Report): Promise<PublicReport | undefined> {
  if (!report.isCounted || report.hiddenReason !== undefined) return undefined
  const { isTextPublic, isPicturePublic } = report
  return {
    ...report,
    words: isTextPublic ? report.words : undefined,
    nextSteps: isTextPublic ? report.nextSteps : undefined,
    questions: report.questions.filter(({ hiddenReason }) => hiddenReason === undefined),
    photo: isPicturePublic ? await findPhoto(db, report) : undefined,
  }
}

async function findPhoto(
  db: Database,
  { picture, pictureAlt }: Report,
): Promise<PublicReport['photo']> {
  const row =
    picture &&
    (await db
      .selectFrom('media')
      .select(['width', 'height', 'sizes'])
      .where('id', '=', picture)
      .executeTakeFirst())
  if (!row) return undefined
  const { width, height } = row
  const sizes = JSON.parse(row.sizes) as number[]
  return { mediaId: picture, alt: pictureAlt ?? '', width, height, sizes }
}
