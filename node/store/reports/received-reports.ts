import type { Cafe } from '../../domain/cafes/cafe.ts'
import type { Report } from '../../domain/reports/report.ts'
import { isUnusual } from '../../domain/reports/unusual-number.ts'
import { isKind } from '../../domain/values/structure-kinds.ts'
import type { Database } from '../database/database.ts'
import { uuidV7 } from '../database/uuid.ts'
import { findTombstone } from '../directory/deletions.ts'
import { withHidden } from './hidden-parts.ts'
import { deleteReport, findReport, saveReport } from './reports.ts'

/** What another server tells, checked and cleaned. */
export type ReceivedReport = Pick<
  Report,
  'isHeld' | 'participants' | 'firstTimers' | 'format' | 'words' | 'nextSteps' | 'updatedAt'
> & {
  uri: string
  publishedAt: Temporal.Instant
  questions: readonly { text: string; theme: string | undefined }[]
}

/** Its own server has asked back what is unusual; what is so many times that is believed from nobody. */
const BEYOND_BELIEF = 5

/**
 * Stores what another server tells of its café, unless that was deleted or something later is stored. What was decided
 * here about the report or one of its questions holds, also where it was deleted and is told again.
 */
export async function receiveReport(
  trx: Database,
  { cafe, report }: { cafe: Cafe; report: ReceivedReport },
): Promise<void> {
  const { uri, updatedAt, publishedAt, questions, ...said } = report
  const before = await findReport(trx, cafe.id)
  if (before && Temporal.Instant.compare(updatedAt, before.updatedAt) <= 0) return
  if ((await findTombstone(trx, uri)) || before?.organizationId !== undefined) return
  // An address is that of one report.
  if (((await findReportUri(trx, uri))?.cafeId ?? cafe.id) !== cafe.id) return
  const { participants = 0 } = said
  const place = { ...cafe, kind: await findKind(trx, cafe.organizer.uri) }
  const received: Report = {
    ...said,
    ...{ cafeId: cafe.id, organizationId: undefined, uri, createdAt: publishedAt, updatedAt },
    ...{ isTextPublic: true, picture: undefined, pictureAlt: undefined, isPicturePublic: false },
    // A number that the team has let count stays so.
    isCounted:
      (before?.isCounted === true && before.participants === said.participants) ||
      !isUnusual(participants / BEYOND_BELIEF, place),
    hiddenReason: undefined,
    questions: questions.map((question) => {
      const known = before?.questions.find(({ text }) => text === question.text)
      return { ...question, id: known?.id ?? uuidV7(updatedAt), hiddenReason: undefined }
    }),
  }
  await saveReport(trx, await withHidden(trx, { uri: cafe.uri, report: received }))
}

async function findKind(trx: Database, organizerUri: string) {
  const row = await trx
    .selectFrom('structure')
    .select('kind')
    .where('uri', '=', organizerUri)
    .executeTakeFirst()
  return row?.kind && isKind(row.kind) ? row.kind : undefined
}

/** Finds the café of a report of another server by the report's address, and the organizer of that café. */
export const findReportUri = (
  trx: Database,
  uri: string,
): Promise<{ cafeId: string; organizerUri: string } | undefined> =>
  trx
    .selectFrom('report')
    .innerJoin('cafe', 'cafe.id', 'report.cafe_id')
    .select(['report.cafe_id as cafeId', 'cafe.organizer_uri as organizerUri'])
    .where('report.uri', '=', uri)
    .where('report.organization_id', 'is', null)
    .executeTakeFirst()

/** Deletes what another server no longer tells. */
export const deleteReceivedReport = (trx: Database, cafeId: string): Promise<void> =>
  deleteReport(trx, cafeId)
