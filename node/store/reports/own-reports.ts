import { type Cafe, nextUpdatedAt } from '../../domain/cafes/cafe.ts'
import { findReportRefusal, type Report, type ReportRefusal } from '../../domain/reports/report.ts'
import type { ReportInput } from '../../domain/reports/report-input.ts'
import { isUnusual } from '../../domain/reports/unusual-number.ts'
import { type EditedNoun, type Signed, saveEdit, saveNew } from '../accounts/saved-edit.ts'
import { findCafe } from '../cafes/cafes.ts'
import { type Database, inTransaction, type OpenDatabase } from '../database/database.ts'
import { uuidV7 } from '../database/uuid.ts'
import { deleteMedia } from '../files/media.ts'
import { appendChange } from '../queues/changes.ts'
import { appendReportDeletion } from '../queues/report-deletions.ts'
import { findStructureProfile } from '../structures/profiles.ts'
import { deleteReport, findReport, saveReport } from './reports.ts'

/** What was told of the cafés of this server, which teams and programs edit by `saveEdit`. */
const OWN_REPORT: EditedNoun<Report> = {
  type: 'report',
  find: async (trx, id) => {
    const report = await findReport(trx, id)
    return report?.organizationId ? report : undefined
  },
  versionOf: (report) => versionOfReport(report),
  ownerOf: ({ organizationId }) => organizationId,
  save: async (trx, { before, after }, now) => {
    const saved = { ...after, updatedAt: nextUpdatedAt(before?.updatedAt, now) }
    await saveReport(trx, saved)
    await deleteFormerPicture(trx, before, saved)
    if (saved.uri) await appendChange(trx, { type: 'report-saved', cafeId: saved.cafeId }, now)
    return saved
  },
  remove: async (trx, { id, value: report }, now) => {
    await appendReportDeletion(trx, id, now)
    await deleteReport(trx, id)
    await deleteFormerPicture(trx, report, undefined)
  },
}

/** Deletes a photo that a report no longer has, since the people on it may have withdrawn it. */
async function deleteFormerPicture(
  trx: Database,
  before: Report | undefined,
  after: Report | undefined,
): Promise<void> {
  if (before?.picture && before.picture !== after?.picture) await deleteMedia(trx, before.picture)
}

/** Returns the version of a report that a page carries; `-` where there was none. */
export const versionOfReport = (report: Report | undefined): string =>
  report?.updatedAt.toString() ?? '-'

/** What a photo of a report is, kept or new. */
type ReportPicture = Pick<Report, 'picture' | 'pictureAlt'>

/** What is told of a café, of which the parts that are left out stay as they were. */
export type SentReport = ReportInput & { photo?: ReportPicture | undefined }

export type SavedReport =
  | { outcome: 'saved'; report: Report }
  /** Somebody has saved another one since: it is stored, and nothing is written. */
  | { outcome: 'stale'; report: Report | undefined }
  | { outcome: 'refused'; refusal: ReportRefusal | 'gone' }

/**
 * Saves what is told of a café of ours. An unusual number does not count before it is confirmed; one that was confirmed
 * stays so. Call `context.wake()` after it.
 * @param told.seen - The version that the author saw (`versionOfReport`); undefined for a program.
 */
export const saveOwnReport = (
  db: OpenDatabase,
  {
    cafeId,
    told,
    seen,
    by,
  }: Signed<Report> & { cafeId: string; told: SentReport; seen: string | undefined },
  now: Temporal.Instant,
): Promise<SavedReport> =>
  inTransaction(db, async (trx) => {
    const cafe = await findCafe(trx, cafeId)
    const refusal = cafe?.organizationId ? findReportRefusal(cafe, now) : 'gone'
    if (!cafe || refusal) return { outcome: 'refused', refusal: refusal ?? 'gone' }
    const before = await OWN_REPORT.find(trx, cafeId)
    if (seen !== undefined && seen !== versionOfReport(before))
      return { outcome: 'stale', report: before }
    const after = await toReport(trx, { cafe, before, told }, now)
    if (!before)
      return {
        outcome: 'saved',
        report: await saveNew(trx, OWN_REPORT, { id: cafeId, by, value: after }, now),
      }
    const decide = () => ({ value: after })
    const saved = await saveEdit(trx, OWN_REPORT, { id: cafeId, by, seen: undefined, decide }, now)
    return { outcome: 'saved', report: saved.outcome === 'saved' ? saved.value : after }
  })

type Making = { cafe: Cafe; before: Report | undefined; told: SentReport }

async function toReport(
  trx: Database,
  { cafe, before, told }: Making,
  now: Temporal.Instant,
): Promise<Report> {
  const { held: isHeld, next, text, publish } = told
  const participants = isHeld ? told.participants : undefined
  const photo = told.photo ?? before
  const isCounted = await isToCount(trx, { cafe, before, told, participants })
  return {
    ...{ cafeId: cafe.id, organizationId: cafe.organizationId },
    uri: before?.uri ?? (isCounted ? `${cafe.uri}/reports/${uuidV7(now)}` : undefined),
    ...{ isHeld, participants, firstTimers: isHeld ? told.firstTimers : undefined },
    ...{ format: told.format, nextSteps: next, words: text },
    isTextPublic: publish.includes('text'),
    ...{ picture: photo?.picture, pictureAlt: photo?.pictureAlt },
    isPicturePublic: photo?.picture !== undefined && publish.includes('photo'),
    isCounted,
    hiddenReason: before?.hiddenReason,
    createdAt: before?.createdAt ?? nextUpdatedAt(undefined, now),
    updatedAt: before?.updatedAt ?? nextUpdatedAt(undefined, now),
    questions: told.questions.map((question) => ({
      ...question,
      // A question that stays keeps its id, and so what was decided about it.
      ...(before?.questions.find(({ text }) => text === question.text) ?? {
        ...{ id: uuidV7(now), hiddenReason: undefined },
      }),
      theme: question.theme,
    })),
  }
}

async function isToCount(
  trx: Database,
  { cafe, before, told, participants }: Making & { participants: number | undefined },
): Promise<boolean> {
  if (participants === undefined || told.confirmed) return true
  if (before?.isCounted && before.participants === participants) return true
  const profile = cafe.organizationId && (await findStructureProfile(trx, cafe.organizationId))
  return !isUnusual(participants, { ...cafe, kind: profile ? profile.kind : undefined })
}

/** Deletes what was told of a café of ours for ever, with its photo, also after it can no longer be edited. */
export async function deleteOwnReport(
  db: OpenDatabase,
  { cafeId, by }: Pick<Signed<Report>, 'by'> & { cafeId: string },
  now: Temporal.Instant,
): Promise<boolean> {
  const decide = () => ({ value: undefined })
  const edit = { id: cafeId, by, seen: undefined, decide }
  return (await saveEdit(db, OWN_REPORT, edit, now)).outcome === 'deleted'
}
